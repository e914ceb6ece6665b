"""What follows when Slack does not take something: wait, go elsewhere, tell the admins once."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import datetime, timedelta

from council.conflict import Conflict
from council.notice import NoticeKind, tell
from council.speaking import SHARED, Blocked, Failed
from council.workspace import Workspace
from storage import blocked, conflicts, lanes, messages, outbox, people, standups, wakes, workspaces
from storage.lanes import STUCK, Lane
from storage.messages import Message
from storage.outbox import Waiting
from storage.people import is_person
from storage.store import Unit
from storage.wakes import Wake

TRIES = 3
QUEUED = timedelta(minutes=1)
"""After three tries the lane is tried again once a minute."""
SHORTEST = timedelta(seconds=1)
LEFT = frozenset({"user_disabled", "user_not_found", "user_not_visible"})
REASONS = {
    "is_archived": "it is archived",
    SHARED: "it is shared with another organisation",
    "channel_not_found": "it is gone, or private and I am not in it",
    "not_in_channel": "I am not in it",
    "restricted_action": "only some people may post there",
    "user_disabled": "the account is deactivated",
    "user_not_found": "the account is gone",
}
NO_ACCESS = frozenset({"channel_not_found", "not_in_channel"})


def rest(unit: Unit, lane: Lane, problem: Blocked | Failed) -> bool:
    """The lane is given back and tried again: when Slack says so, else after growing pauses."""
    now = unit.clock()
    if isinstance(problem, Blocked):
        until = now + max(timedelta(seconds=problem.seconds), SHORTEST)
        place = (unit.team, problem.method, problem.channel)
        blocked.block(unit.connection, *place, since=now, until=until)
        words = f"{problem.method} is blocked for {problem.seconds:.0f} s"
        lanes.postpone(unit.connection, lane, until, now, words, tried=False)
    else:
        pause = timedelta(seconds=2 ** (lane.tries + 1)) if lane.tries < TRIES else QUEUED
        lanes.postpone(unit.connection, lane, now + pause, now, problem.error)
    if lane.failing_since is not None and now - lane.failing_since >= STUCK:
        _stuck(unit, lane, lane.failing_since)
    return True


def unreachable(
    unit: Unit, lane: Lane, ids: Sequence[str], workspace: Workspace, error: str, *, opened_before: bool
) -> None:
    """A receiver that is gone for good: a person's conflicts are looked at anew, a channel has a fallback."""
    if is_person(lane.lane):
        _person(unit, lane.lane, ids, workspace, error, opened_before=opened_before)
        return
    fallback = _fallback(lane.lane, workspace)
    for id in ids:
        if fallback is None:
            outbox.drop(unit.connection, [id], error)
        else:
            outbox.redirect(unit.connection, id, fallback, unit.clock())
    _note(unit, lane.lane, error)
    _warn(unit, _name(unit, lane.lane), lane.lane, workspace, error, fallback)


def _person(
    unit: Unit, person: str, ids: Sequence[str], workspace: Workspace, error: str, *, opened_before: bool
) -> None:
    if opened_before and error in NO_ACCESS:  # the conversation that was kept is not ours any more
        people.keep_dm(unit.connection, unit.team, person, None)
        outbox.wait(unit.connection, ids)
        return
    outbox.drop(unit.connection, ids, error)
    if error in LEFT:
        people.change_person(unit.connection, unit.team, person, deactivated=True)
    else:
        known = workspace.people.get(person)
        _warn(unit, known.name if known else person, person, workspace, error, None)
    wakes.look_now(unit.connection, unit.team, person, unit.clock() + SHORTEST)
    standups.look_now(unit.connection, unit.team, unit.clock() + SHORTEST)


def homeless(
    unit: Unit, message: Message, conflict: Conflict | None, workspace: Workspace, error: str
) -> None:
    """What was to stand in a channel can't: it goes to its fallback, and the admins hear of it once."""
    if message.kind in ("dm", "log"):
        messages.give_up(unit.connection, message)
        return
    if error == "not_in_channel" and _left_a_public_channel(unit, message):
        messages.again(unit.connection, message, unit.clock() + SHORTEST)
        return
    hidden = conflict is not None and conflict.facts.confidential
    fallback = None if hidden else _fallback(message.lane, workspace, conflict)
    if fallback is None:
        messages.give_up(unit.connection, message)
    else:
        if conflict is not None:
            conflicts.rehome(unit.connection, conflict.id, fallback)
        messages.move_card(unit.connection, message, fallback, unit.clock())
    if message.ts is None and conflict is not None:
        _tell_reporter(unit, conflict, workspace, fallback)
    _note(unit, message.lane, error)
    _warn(unit, _name(unit, message.lane), message.lane, workspace, error, fallback)


def _left_a_public_channel(unit: Unit, message: Message) -> bool:
    """The bot was taken out of a public channel without our hearing of it: it joins again, once."""
    place = message.channel or message.lane
    known = people.find_channels(unit.connection, unit.team, [place]).get(place)
    if message.ts is not None or known is None or known.kind != "public" or not known.bot_in:
        return False
    people.change_channel(unit.connection, unit.team, place, bot_in=False)
    return True


def _tell_reporter(unit: Unit, conflict: Conflict, workspace: Workspace, fallback: str | None) -> None:
    """The receipt named another place; the reporter hears where the card really stands."""
    place = _name(unit, fallback) if fallback else ""
    notice = tell(NoticeKind.CARD_MOVED, conflict.reporter, workspace, unit.clock(), waits=False, place=place)
    outbox.add(unit.connection, unit.team, unit.ids(), notice, conflict=conflict.id, version=conflict.version)


def _note(unit: Unit, channel: str, error: str) -> None:
    """The form does not promise this channel any more, until an event says that it is back."""
    if error == "is_archived":
        people.change_channel(unit.connection, unit.team, channel, archived=True)
    elif error in NO_ACCESS:
        people.change_channel(unit.connection, unit.team, channel, bot_in=False)


def _fallback(lane: str, workspace: Workspace, conflict: Conflict | None = None) -> str | None:
    """The type's home channel, then the council's; from there it only goes on, never back."""
    homes: list[str | None] = [workspace.configuration.channels.council]
    if conflict is not None:
        rows = (row for row in workspace.configuration.matrix if row.key == conflict.facts.type)
        homes = [*(row.home_channel for row in rows), *homes]
    ordered = list(dict.fromkeys(home for home in homes if home))
    further = ordered[ordered.index(lane) + 1 :] if lane in ordered else ordered
    return next(iter(further), None)


def _warn(
    unit: Unit, place: str, receiver: str, workspace: Workspace, error: str, fallback: str | None
) -> None:
    """Each admin is told once of a receiver in trouble, with what mends it."""
    inviting, choosing = "invite me there with /invite", "choose another channel in the configuration"
    _tell_admins(
        unit,
        workspace,
        f"{receiver}:{error}",
        about="unreachable",
        place=place,
        reason=REASONS.get(error, error.replace("_", " ")),
        instead=_name(unit, fallback) if fallback else "direct messages only",
        remedy=inviting if error in NO_ACCESS else choosing,
    )


KINDS = {
    "action": "an action item",
    "absence": "somebody's absence",
    "ceremony": "a ceremony",
    "meeting": "a meeting",
    "standup": "a standup",
    "rails": "the guard rails",
}
"""What an admin calls what is looked at, by the kind of subject."""


def parked(unit: Unit, due: Wake, number: int) -> None:
    """A rule raised again and again: its subject is left alone, and the admins hear of it once."""
    workspace = workspaces.load(unit.connection, unit.team, now=unit.clock())
    if workspace is not None:
        kind = due.subject.partition(":")[0]
        place = f"#{number}" if number else f"{KINDS[kind]} ({due.subject})"
        _tell_admins(unit, workspace, f"parked:{due.subject}", about="parked", place=place)


def _stuck(unit: Unit, lane: Lane, since: datetime) -> None:
    workspace = workspaces.load(unit.connection, unit.team, [lane.lane], now=unit.clock())
    if workspace is None:
        return
    known = workspace.people.get(lane.lane)
    place = known.name if known else _name(unit, lane.lane)
    subject = f"stuck:{lane.lane}:{since.isoformat()}"
    _tell_admins(unit, workspace, subject, about="stuck", place=place, receiver=lane.lane)


def stands(unit: Unit, waiting: Waiting) -> bool:
    """False once a lane that was stuck takes something again."""
    receiver = waiting.notice.facts.get("receiver")
    return not receiver or lanes.fails(unit.connection, unit.team, str(receiver))


def _tell_admins(unit: Unit, workspace: Workspace, subject: str, *, about: str, **facts: str) -> None:
    told = {"place": "", "reason": "", "instead": "", "remedy": "", **facts, "about": about}
    for admin in workspace.keepers:
        notice = replace(tell(NoticeKind.TROUBLE, admin, workspace, unit.clock()), facts=told)
        outbox.add(unit.connection, unit.team, unit.ids(), notice, conflict=None, subject=subject, version=0)


def _name(unit: Unit, channel: str) -> str:
    known = people.find_channels(unit.connection, unit.team, [channel]).get(channel)
    return f"#{known.name}" if known and known.name else channel
