"""Everything that may be said unasked, as facts. Words and buttons are made where Slack is spoken."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field, replace
from datetime import datetime, timedelta
from enum import StrEnum
from typing import Literal

from council.conflict import Conflict, Ladders, State
from council.deadlines import said_at
from council.workspace import Workspace

KEEPS = timedelta(days=14)
"""How long a notice stays worth saying when nothing shortens it."""


class NoticeKind(StrEnum):
    """The facts people are told."""

    OWNER_ASKED = "owner asked"
    CONCERNS_YOU = "concerns you"
    REMINDED = "reminded to acknowledge"
    DUE = "due soon"
    CHAIN_ASKED = "chain asked"
    STILL_OPEN = "still open"
    TAKEN_OVER = "taken over"
    HANDED_OVER = "handed over"
    DEADLINE_MOVED = "deadline moved"
    LATER_ASKED = "later deadline asked"
    DEADLINE_KEPT = "deadline kept"
    CARRIED_OVER = "carried over"
    JOINED = "joined"
    CONTEXT = "context added"
    DECIDED = "decided"
    WITHDRAWN = "withdrawn"
    RESOLVED = "resolved"
    MERGED = "merged"
    REOPENED = "reopened"
    KIND_CHANGED = "kind changed"
    REROUTED = "owner changed by the set-up"
    RULE_PROPOSED = "standing rule proposed"
    SUCCESSOR_WANTED = "successor wanted"
    SOLVED_IT = "did it solve it"
    NOT_SOLVED = "not solved"
    LOOK_AGAIN = "look again"
    LOGGED = "logged"
    CARD_MOVED = "card elsewhere"
    TAKE_OVER_OFFERED = "take over offered"
    TYPED_ANSWER = "typed answer"
    WHICH_ONE = "which one"
    ON_IT = "on it already"
    CAN_DO = "what can be done"
    CALL_ASKED = "call asked for"
    CALLED = "emergency meeting called"
    CALL_DECLINED = "call declined"
    CALL_OVER = "emergency meeting over"
    CALL_CLOSED = "emergency meeting closed"
    ITEM_GIVEN = "action item given"
    ITEM_DUE = "action item due"
    ITEM_DONE = "action item done"
    METRICS_ASKED = "shared metrics asked"
    MEETING_MOVED = "meeting moved"
    MEETING_SKIPPED = "meeting skipped"
    MEETING_ADDED = "extra meeting"
    CADENCE_CHANGED = "cadence changed"
    ON_HOLIDAY = "meeting on a holiday"
    STANDUP_ASKED = "standup asked"
    STANDUP_REMINDED = "standup reminded"
    STANDUP_MOVED = "standup moved"
    STANDUP_OFF = "standup off"
    TOOK_PLACE = "did the meeting take place"
    NOT_FINISHED = "meeting not finished"
    MINUTES = "minutes"
    MINUTES_FILE = "minutes as a file"
    MINUTES_DRAFTED = "minutes as a draft"
    LOOKS_AWAY = "owner looks away"
    RETURNED = "back from absence"
    GUARD_RAIL = "guard rail"
    CALENDAR_FILE = "calendar file"
    TROUBLE = "trouble"


MORNING = frozenset(
    {
        NoticeKind.DECIDED,
        NoticeKind.RESOLVED,
        NoticeKind.WITHDRAWN,
        NoticeKind.MERGED,
        NoticeKind.REOPENED,
        NoticeKind.SOLVED_IT,
        NoticeKind.NOT_SOLVED,
    }
)
"""What waits for the start of the receiver's day and is gathered there: nothing has to be done by an hour."""
ANSWERS = frozenset(
    {
        NoticeKind.TAKE_OVER_OFFERED,
        NoticeKind.TYPED_ANSWER,
        NoticeKind.WHICH_ONE,
        NoticeKind.ON_IT,
        NoticeKind.CAN_DO,
    }
)
"""What answers something that was just typed."""
Priority = Literal[1, 2, 3]
"""1: asked, or a card · 2: reminders and news · 3: digests."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Notice:
    """One thing to be said to one person (`to` is a user id) or channel (`to` is a channel id)."""

    kind: NoticeKind
    to: str
    at: datetime
    not_before: datetime
    good_until: datetime
    priority: Priority = 2
    facts: Mapping[str, str | int] = field(default_factory=dict)

    @property
    def introduces(self) -> bool:
        """True for the very first thing a person heard of us."""
        return bool(self.facts.get("introduces"))

    @property
    def similar(self) -> str:
        """The id of the decision that was told along with it; empty for none."""
        return str(self.facts.get("similar") or "")


def said_along(notice: Notice, *, introduces: bool, similar: str) -> dict[str, str | int]:
    """The notice's facts with what is said along with it: kept, so that a later update says it as well."""
    along: dict[str, str | int] = {"introduces": int(introduces), "similar": similar}
    kept = {key: fact for key, fact in notice.facts.items() if key not in along}
    return {**kept, **{key: fact for key, fact in along.items() if fact}}


def tell(
    kind: NoticeKind,
    to: str,
    workspace: Workspace,
    now: datetime,
    *,
    priority: Priority = 2,
    waits: bool = True,
    **facts: str | int,
) -> Notice:
    """A notice for a person; `waits` holds it until their hours, or until their day begins (`MORNING`)."""
    start = starts(kind, to, workspace, now) if waits else now
    return Notice(
        kind=kind, to=to, at=now, not_before=start, good_until=start + KEEPS, priority=priority, facts=facts
    )


def in_time(notice: Notice, wanted_by: datetime | None, workspace: Workspace) -> Notice:
    """Not kept for the morning when that is too late: at or after the instant it is `wanted_by`."""
    if wanted_by is None or not notice.at < wanted_by <= notice.not_before:
        return notice
    return replace(notice, not_before=workspace.hours_of(notice.to).opening(notice.at))


def starts(kind: NoticeKind, to: str, workspace: Workspace, since: datetime) -> datetime:
    """When something that may wait is said to a person, if it arose then."""
    if kind in MORNING:
        return workspace.morning(to, since)
    return said_at(since, workspace.hours_of(to), immediate=False)


def announce(kind: NoticeKind, channel: str, now: datetime, **facts: str | int) -> Notice:
    """A notice for a channel, at once."""
    return Notice(kind=kind, to=channel, at=now, not_before=now, good_until=now + KEEPS, facts=facts)


def still_true(notice: Notice, conflict: Conflict) -> bool:
    """Asked again directly before it is said: what is not true any more is dropped and recorded."""
    holds = _HOLDS.get(notice.kind)
    return holds is None or holds(notice, conflict)


def _newest(notice: Notice, conflict: Conflict) -> bool:
    """No rung was climbed since, and the ladder did not begin anew."""
    return notice.at >= (conflict.acknowledge if _acknowledging(notice) else conflict.due).since


def _asks_rightly(notice: Notice, conflict: Conflict) -> bool:
    """It reaches the owner, or whom the chain asks; and nobody has acknowledged what waits for just that."""
    reminds = notice.kind in (NoticeKind.REMINDED, NoticeKind.DUE)
    addressed = conflict.owner if reminds else conflict.asked
    return notice.to == addressed and (conflict.state is State.OPEN or not _acknowledging(notice))


def _acknowledging(notice: Notice) -> bool:
    return notice.facts.get("ladder") == Ladders.ACKNOWLEDGE.value


def _ended_so(notice: Notice, conflict: Conflict) -> bool:
    states = {
        NoticeKind.RESOLVED: State.RESOLVED,
        NoticeKind.WITHDRAWN: State.WITHDRAWN,
        NoticeKind.MERGED: State.MERGED,
    }
    ended = conflict.state is states.get(notice.kind, State.DECIDED)
    return ended and notice.facts.get("version", conflict.version) == conflict.version


def _owns_it(notice: Notice, conflict: Conflict) -> bool:
    return conflict.is_open and conflict.owner == notice.to


def _went_on(notice: Notice, conflict: Conflict) -> bool:
    return conflict.is_open and conflict.owner != notice.to


def _asks(notice: Notice, conflict: Conflict) -> bool:
    return conflict.is_open and _newest(notice, conflict) and _asks_rightly(notice, conflict)


def _same_limit(notice: Notice, conflict: Conflict) -> bool:
    return conflict.is_open and notice.facts.get("limit") == conflict.deadline.limit.isoformat()


def _asked_later(notice: Notice, conflict: Conflict) -> bool:
    return conflict.asks_to_agree(notice.to, notice.facts.get("limit"))


def _may_take_over(notice: Notice, conflict: Conflict) -> bool:
    return conflict.is_open and notice.to in conflict.reached


def _still_looks_away(notice: Notice, conflict: Conflict) -> bool:
    return _may_take_over(notice, conflict) and conflict.owner == notice.facts.get("before")


def _is_open(_: Notice, conflict: Conflict) -> bool:
    return conflict.is_open


def _is_decided(_: Notice, conflict: Conflict) -> bool:
    return conflict.state is State.DECIDED


def _unanswered(_: Notice, conflict: Conflict) -> bool:
    return conflict.state is State.DECIDED and conflict.solved is None


def _call_is(*states: str) -> Callable[[Notice, Conflict], bool]:
    def holds(_: Notice, conflict: Conflict) -> bool:
        return conflict.is_open and conflict.call is not None and conflict.call.state in states

    return holds


def _call_unanswered(_: Notice, conflict: Conflict) -> bool:
    return conflict.is_open and conflict.call is not None and conflict.call.over == "asked"


_HOLDS: dict[NoticeKind, Callable[[Notice, Conflict], bool]] = {
    NoticeKind.OWNER_ASKED: _owns_it,
    NoticeKind.HANDED_OVER: _owns_it,
    NoticeKind.ON_IT: _owns_it,
    NoticeKind.REMINDED: _asks,
    NoticeKind.DUE: _asks,
    NoticeKind.CHAIN_ASKED: _asks,
    NoticeKind.STILL_OPEN: _asks,
    NoticeKind.DEADLINE_MOVED: _same_limit,
    NoticeKind.DEADLINE_KEPT: _same_limit,
    NoticeKind.CARRIED_OVER: _same_limit,
    NoticeKind.LATER_ASKED: _asked_later,
    NoticeKind.CONCERNS_YOU: _is_open,
    NoticeKind.JOINED: _is_open,
    NoticeKind.CONTEXT: _is_open,
    NoticeKind.REOPENED: _is_open,
    NoticeKind.TAKEN_OVER: _went_on,
    NoticeKind.KIND_CHANGED: _went_on,
    NoticeKind.REROUTED: _went_on,
    NoticeKind.CALL_ASKED: _call_is("asked"),
    NoticeKind.CALLED: _call_is("called"),
    NoticeKind.CALL_DECLINED: _call_is("declined"),
    NoticeKind.CALL_OVER: _call_unanswered,
    NoticeKind.CALL_CLOSED: _owns_it,
    NoticeKind.TAKE_OVER_OFFERED: _may_take_over,
    NoticeKind.LOOKS_AWAY: _still_looks_away,
    NoticeKind.DECIDED: _ended_so,
    NoticeKind.LOGGED: _ended_so,
    NoticeKind.RESOLVED: _ended_so,
    NoticeKind.WITHDRAWN: _ended_so,
    NoticeKind.MERGED: _ended_so,
    NoticeKind.SOLVED_IT: _unanswered,
    NoticeKind.NOT_SOLVED: _is_decided,
    NoticeKind.LOOK_AGAIN: _is_decided,
    NoticeKind.RULE_PROPOSED: _is_decided,
}
"""What must hold of a conflict for a notice about it to be worth saying; the others always are."""
