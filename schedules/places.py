"""Whether a channel may still be spoken into: looked at before it is, left for good when it may not."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import datetime, timedelta

from council.people import Channel
from council.speaking import SHARED, Blocked, Failed, Spoken
from schedules import trouble
from storage import blocked, conflicts, messages, outbox, people, workspaces
from storage.lanes import Lane, keep
from storage.people import FRESH, is_person
from storage.store import Unit
from storage.uncovering import keep_channel

UNHEARD = timedelta(minutes=1)
"""Slack tells nothing of a channel the bot is not in, so what was seen there counts no longer than this."""
INFO = "conversations.info"


@dataclass(frozen=True, slots=True)
class Look:
    """Nobody knows how the channel is by now; `known` is how it was when it was last looked at."""

    known: Channel


def unseen(unit: Unit, lane: Lane, now: datetime) -> Look | Blocked | None:
    """What is to be looked at before something is said there; None for people, and for what is known."""
    if is_person(lane.lane) or not _has_something_to_say(unit, lane, now):
        return None
    known = _channel(unit, lane)
    counts = FRESH if known.bot_in else UNHEARD
    if known.fetched_at is not None and timedelta(0) <= now - known.fetched_at < counts:
        return None
    until = blocked.until(unit.connection, unit.team, INFO, lane.lane, now)
    return Blocked((until - now).total_seconds(), INFO, lane.lane) if until else Look(known)


def _has_something_to_say(unit: Unit, lane: Lane, now: datetime) -> bool:
    here = (unit.connection, lane.team, lane.lane, now)
    return messages.next_due(*here) is not None or bool(outbox.due(*here, most=1))


def _channel(unit: Unit, lane: Lane) -> Channel:
    found = people.find_channels(unit.connection, unit.team, [lane.lane])
    return found.get(lane.lane) or Channel(id=lane.lane, kind="private")


def looked(unit: Unit, lane: Lane, look: Look, found: Channel | Spoken) -> bool:
    """Remember what was seen, else what was known. True when the lane was given back."""
    if isinstance(found, Blocked | Failed):
        return trouble.rest(unit, lane, found)
    seen = found if isinstance(found, Channel) else look.known
    keep_channel(unit, replace(seen, fetched_at=unit.clock()))
    keep(unit.connection, lane, unit.clock())
    return False


def leave(unit: Unit, lane: Lane, now: datetime) -> None:
    """From a channel that is shared or archived all that waits goes to its fallback; cards stay as they are.

    To bring a card up to date there would show new facts to people of another organisation.
    """
    if is_person(lane.lane):
        return
    channel = _channel(unit, lane)
    error = "is_archived" if channel.archived else SHARED if channel.shared else None
    if error is not None:
        _cards_leave(unit, lane, now, error)
        _news_leave(unit, lane, now, error)


def _cards_leave(unit: Unit, lane: Lane, now: datetime, error: str) -> None:
    while message := messages.next_due(unit.connection, lane.team, lane.lane, now):
        conflict = conflicts.find(unit.connection, unit.team, message.conflict or "")
        workspace = workspaces.load(
            unit.connection, unit.team, conflict.insiders if conflict else (), now=now
        )
        if workspace is None or (conflict is None and message.subject is None):
            messages.give_up(unit.connection, message)
        else:
            trouble.homeless(unit, message, conflict, workspace, error)


def _news_leave(unit: Unit, lane: Lane, now: datetime, error: str) -> None:
    while waiting := outbox.due(unit.connection, lane.team, lane.lane, now):
        ids = [each.id for each in waiting]
        workspace = workspaces.load(unit.connection, unit.team, now=now)
        if workspace is None:
            outbox.drop(unit.connection, ids, error)
        else:
            trouble.unreachable(unit, lane, ids, workspace, error, opened_before=True)
