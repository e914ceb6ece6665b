"""Everything that may be said unasked, as facts. Words and buttons are made where Slack is spoken."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
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
    JOINED = "joined"
    CONTEXT = "context added"
    DECIDED = "decided"
    WITHDRAWN = "withdrawn"
    RESOLVED = "resolved"
    LOGGED = "logged"
    CARD_MOVED = "card elsewhere"
    TAKE_OVER_OFFERED = "take over offered"
    TYPED_ANSWER = "typed answer"
    WHICH_ONE = "which one"
    CAN_DO = "what can be done"
    TROUBLE = "trouble"


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
    """A notice for a person; `waits` holds it until the workspace's hours, read in the person's zone."""
    start = said_at(now, workspace.hours, workspace.zone_of(to), immediate=not waits)
    return Notice(
        kind=kind, to=to, at=now, not_before=start, good_until=start + KEEPS, priority=priority, facts=facts
    )


def still_true(notice: Notice, conflict: Conflict) -> bool:
    """Asked again directly before it is said: what is not true any more is dropped and recorded."""
    match notice.kind:
        case NoticeKind.OWNER_ASKED | NoticeKind.HANDED_OVER:
            return conflict.is_open and conflict.owner == notice.to
        case NoticeKind.REMINDED | NoticeKind.DUE | NoticeKind.CHAIN_ASKED | NoticeKind.STILL_OPEN:
            return conflict.is_open and _newest(notice, conflict) and _asks_rightly(notice, conflict)
        case NoticeKind.DEADLINE_MOVED:
            return conflict.is_open and notice.facts.get("limit") == conflict.deadline.limit.isoformat()
        case NoticeKind.CONCERNS_YOU | NoticeKind.JOINED | NoticeKind.CONTEXT:
            return conflict.is_open
        case NoticeKind.TAKEN_OVER:
            return conflict.is_open and conflict.owner != notice.to
        case NoticeKind.TAKE_OVER_OFFERED:
            return conflict.is_open and notice.to in conflict.reached
        case NoticeKind.DECIDED | NoticeKind.LOGGED | NoticeKind.RESOLVED | NoticeKind.WITHDRAWN:
            return _ended_so(notice, conflict)
    return True


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
    states = {NoticeKind.RESOLVED: State.RESOLVED, NoticeKind.WITHDRAWN: State.WITHDRAWN}
    ended = conflict.state is states.get(notice.kind, State.DECIDED)
    return ended and notice.facts.get("version", conflict.version) == conflict.version
