"""What a lane has to do next, found and marked in one transaction, directly before it is done."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta

from council.notice import said_along
from council.quiet import MOST_SHOWN
from council.speaking import Blocked
from council.workspace import Workspace
from schedules import places, subjects, trouble
from schedules.gathering import next_parts
from schedules.places import Look
from storage import blocked, homes, lanes, messages, outbox, people, workspaces
from storage.lanes import READ_BACK_AFTER, Lane
from storage.messages import Message
from storage.outbox import Waiting
from storage.overview import Overview, overview
from storage.people import is_person
from storage.store import Unit
from storage.subject import Gathered, Subject

PACE = timedelta(seconds=1)
"""Slack takes about one post a second in a conversation."""


@dataclass(frozen=True, slots=True)
class ReadBack:
    """Posts whose outcome is unknown: look whether they stand there, before anything else is said."""

    notices: list[Waiting]
    cards: list[Message]
    channel: str | None
    join: bool


@dataclass(frozen=True, slots=True)
class Show:
    """A card or a living direct message to be posted or changed; `join` its channel first.

    `gathered`: what else was said in it, when it speaks of several things.
    """

    message: Message
    subject: Subject
    workspace: Workspace
    join: bool
    gathered: Gathered | None = None


@dataclass(frozen=True, slots=True)
class TakeDown:
    """A message of ours that is not to be seen any more."""

    message: Message


@dataclass(frozen=True, slots=True)
class Tell:
    """One notice, or several in one message; `channel` is None while the direct message is not opened."""

    parts: tuple[Subject, ...]
    workspace: Workspace
    channel: str | None
    first: bool

    @property
    def waiting(self) -> list[Waiting]:
        """The notices it says."""
        return [part.waiting for part in self.parts if part.waiting]

    @property
    def ids(self) -> list[str]:
        """Their ids."""
        return [each.id for each in self.waiting]


@dataclass(frozen=True, slots=True)
class Publish:
    """Somebody's App Home, as of when it was wanted."""

    person: str
    seen: Overview
    workspace: Workspace | None
    as_of: datetime


Errand = ReadBack | Look | Show | TakeDown | Publish | Tell


def next_errand(unit: Unit, lane: Lane) -> Errand | None:
    """The next thing to do, its lease renewed; None when there is nothing now and the lane was given back."""
    now = unit.clock()
    doubts = _in_doubt(unit, lane)
    found: Errand | Blocked | timedelta | None
    if doubts is not None:
        found = doubts if _old_enough(doubts, now) else None
    else:
        found = places.unseen(unit, lane, now) or _next(unit, lane, now)
    match found:
        case Blocked():
            trouble.rest(unit, lane, found)
            return None
        case timedelta() | None:
            lanes.release(unit.connection, lane, now, pause=found or timedelta(0))
            return None
    lanes.keep(unit.connection, lane, now)
    return found


def _next(
    unit: Unit, lane: Lane, now: datetime
) -> TakeDown | Publish | Show | Tell | Blocked | timedelta | None:
    if found := _take_down(unit, lane, now) or _publish(unit, lane, now):
        return found
    places.leave(unit, lane, now)
    return _show(unit, lane, now) or _tell(unit, lane, now)


def _take_down(unit: Unit, lane: Lane, now: datetime) -> TakeDown | Blocked | None:
    """What must not be seen any more goes first, wherever it stands."""
    message = messages.next_gone(unit.connection, lane.team, lane.lane, now)
    if message is None:
        return None
    if message.ts is None:
        messages.give_up(unit.connection, message)
        return _take_down(unit, lane, now)
    held = _blocked(unit, "chat.delete", message.channel or lane.lane, now)
    return held or TakeDown(message)


def _publish(unit: Unit, lane: Lane, now: datetime) -> Publish | None:
    """Somebody looks at their Home, or did lately; while Slack takes none it waits for the next opening."""
    as_of = homes.next_due(unit.connection, lane.team, lane.lane, now) if is_person(lane.lane) else None
    if as_of is None:
        return None
    if _blocked(unit, "views.publish", lane.lane, now):
        homes.drawn(unit.connection, lane.team, lane.lane, as_of)
        return None
    seen = overview(unit.connection, unit.team, lane.lane, now)
    named = {lane.lane, *seen.people}
    workspace = workspaces.load(unit.connection, unit.team, named, now=now)
    return Publish(lane.lane, seen, workspace, as_of)


def _in_doubt(unit: Unit, lane: Lane) -> ReadBack | None:
    notices = outbox.unknown(unit.connection, lane.team, lane.lane)
    cards = messages.unknown(unit.connection, lane.team, lane.lane)
    if not notices and not cards:
        return None
    channel = people.conversation(unit.connection, lane.team, lane.lane)
    return ReadBack(notices, cards, channel, join=bool(cards) and _must_join(unit, cards[0]))


def _old_enough(doubts: ReadBack, now: datetime) -> bool:
    """Only when Slack can no longer be at it; an instant from a later clock counts for nothing."""
    said, posted = (each.called_at for each in doubts.notices), (each.called_at for each in doubts.cards)
    return all(at > now or now - at >= READ_BACK_AFTER for at in (*said, *posted) if at)


def _show(unit: Unit, lane: Lane, now: datetime) -> Show | Blocked | None:
    connection = unit.connection
    message = messages.next_due(connection, lane.team, lane.lane, now)
    if message is None:
        return None
    place, method = message.channel or lane.lane, "chat.update" if message.ts else "chat.postMessage"
    if held := _blocked(unit, method, place, now):
        return held
    subject = subjects.of_message(unit, message)
    gathered = subjects.gathered(unit, message, subject)
    named = gathered.people if gathered else subject.people
    workspace = workspaces.load(connection, unit.team, named, now=now)
    if not subject.found or workspace is None:
        messages.give_up(connection, message)
        return _show(unit, lane, now)
    if message.ts is None:
        messages.begin(connection, message, now)
    return Show(message, subject, workspace, _must_join(unit, message), gathered)


def _must_join(unit: Unit, message: Message) -> bool:
    """True for the first card in a public channel the bot is not in."""
    if message.ts is not None or message.channel is None:
        return False
    known = people.find_channels(unit.connection, unit.team, [message.channel]).get(message.channel)
    return known is not None and known.kind == "public" and not known.bot_in


def _tell(unit: Unit, lane: Lane, now: datetime) -> Tell | Blocked | timedelta | None:
    """The next notice that is still true, marked as being said; too many small ones go out together."""
    channel = people.conversation(unit.connection, lane.team, lane.lane)
    method = "chat.postMessage" if channel else "conversations.open"
    if held := _blocked(unit, method, channel or lane.lane, now):
        return held
    parts, waits = next_parts(unit, lane, now)
    if not parts:
        return PACE if waits else None
    return _begun(unit, lane, parts, channel, now)


def _begun(
    unit: Unit, lane: Lane, parts: tuple[Subject, ...], channel: str | None, now: datetime
) -> Tell | None:
    connection = unit.connection
    if len(parts) == 1:
        parts = (subjects.with_similar(unit, parts[0]),)
    named = {lane.lane, *(person for part in parts[:MOST_SHOWN] for person in part.people)}
    workspace = workspaces.load(connection, unit.team, named, now=now)
    first = is_person(lane.lane) and not people.greeted(connection, unit.team, lane.lane)
    waiting = [part.waiting for part in parts if part.waiting]
    ids, leader = [each.id for each in waiting], waiting[0]
    if workspace is None:
        outbox.drop(connection, ids, "the workspace is not set up")
        return None
    if len(parts) > 1:
        outbox.call_together(connection, ids, now, told_with=leader.key)
    similar = parts[0].similar
    along = said_along(leader.notice, introduces=first, similar=similar.id if similar else "")
    outbox.call(connection, leader.id, along, now)
    return Tell(parts=parts, workspace=workspace, channel=channel, first=first)


def _blocked(unit: Unit, method: str, place: str, now: datetime) -> Blocked | None:
    until = blocked.until(unit.connection, unit.team, method, place, now)
    return Blocked((until - now).total_seconds(), method, place) if until else None
