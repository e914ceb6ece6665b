"""What follows when Slack does not take something: wait, go elsewhere, tell the admins once."""

from __future__ import annotations

from datetime import datetime, timedelta

from council.conflict import Conflict
from council.notice import NoticeKind, tell
from council.speaking import Blocked, Failed, Spoken
from council.workspace import Workspace
from storage import conflicts, messages, outbox, people, wakes, workspaces
from storage.messages import Message
from storage.outbox import Lane, Waiting
from storage.people import is_person
from storage.store import Unit

TRIES = 3
QUEUED = timedelta(minutes=1)
"""After three tries the lane is tried again once a minute."""
LEFT = frozenset({"user_disabled", "account_inactive", "user_not_found", "user_not_visible"})
NO_ACCESS = frozenset({"channel_not_found", "not_in_channel"})


def again_at(problem: Spoken, lane: Lane, now: datetime) -> datetime:
    """When the lane is tried again: as Slack says, else with growing pauses."""
    if isinstance(problem, Blocked):
        return now + timedelta(seconds=max(problem.seconds, 1.0))
    return now + (timedelta(seconds=2 ** (lane.tries + 1)) if lane.tries < TRIES else QUEUED)


def words(problem: Spoken) -> str:
    """The error as it is kept with the lane."""
    match problem:
        case Blocked(seconds, method):
            return f"{method} is blocked for {seconds:g} s"
        case Failed(error):
            return error
        case _:
            return type(problem).__name__


def unreachable(unit: Unit, waiting: Waiting, workspace: Workspace, error: str) -> None:
    """A receiver that is gone for good: a person's conflicts are looked at anew, a channel has a fallback."""
    now = unit.clock()
    fallback = _fallback(waiting.lane, workspace)
    if is_person(waiting.lane) or fallback is None:
        outbox.mark(unit.connection, [waiting.id], "dropped", why=error, now=now)
    else:
        outbox.move(unit.connection, waiting.id, fallback, now)
    if is_person(waiting.lane):
        if error in LEFT:
            people.change_person(unit.connection, unit.team, waiting.lane, deactivated=True)
        wakes.look_now(unit.connection, unit.team, waiting.lane, now + timedelta(seconds=1))
        return
    _warn(unit, waiting.lane, workspace, error, fallback)


def homeless(unit: Unit, message: Message, conflict: Conflict, error: str) -> None:
    """The card can't stand where it was to stand: it goes to its fallback, and the admins hear of it once."""
    now = unit.clock()
    workspace = workspaces.load(unit.connection, unit.team, conflict.insiders, now=now)
    fallback = None
    if workspace is not None and message.kind == "card" and not conflict.facts.confidential:
        fallback = _fallback(message.lane, workspace, conflict)
    if fallback is None:
        messages.give_up(unit.connection, message)
    else:
        messages.move_card(unit.connection, message, fallback, now)
        conflicts.rehome(unit.connection, conflict.id, fallback)
    if workspace is not None and message.kind == "card":
        _warn(unit, message.lane, workspace, error, fallback)


def _fallback(lane: str, workspace: Workspace, conflict: Conflict | None = None) -> str | None:
    """The type's home channel, then the council's: the first that is not the one in trouble."""
    homes: list[str | None] = [workspace.configuration.channels.council]
    if conflict is not None:
        rows = (row for row in workspace.configuration.matrix if row.key == conflict.facts.type)
        homes = [*(row.home_channel for row in rows), *homes]
    return next((home for home in homes if home and home != lane), None)


def _warn(unit: Unit, lane: str, workspace: Workspace, error: str, fallback: str | None) -> None:
    """Each admin is told once of a channel in trouble, with what mends it."""
    now = unit.clock()
    inviting, choosing = "invite me there with /invite", "choose another channel in the configuration"
    place, instead = _name(unit, lane), _name(unit, fallback) if fallback else "nobody"
    for admin in workspace.keepers:
        notice = tell(
            NoticeKind.TROUBLE,
            admin,
            workspace,
            now,
            place=place,
            reason=error.replace("_", " "),
            instead=instead,
            remedy=inviting if error in NO_ACCESS else choosing,
        )
        subject = f"{lane}:{error}"
        outbox.add(unit.connection, unit.team, unit.ids(), notice, conflict=None, subject=subject, version=0)


def _name(unit: Unit, channel: str) -> str:
    known = people.find_channels(unit.connection, unit.team, [channel]).get(channel)
    return f"#{known.name}" if known and known.name else channel
