"""How often somebody hears from us.

What asks somebody, and what answers what they asked, is said at its instant: who decides and whom a report
concerns at any hour, reminders and the chain in the hours of whoever is told. What only informs waits for
the start of their day (`notice.MORNING`), where everything that waits becomes one message: reminders that
fell due at night, action items, questions without haste, news. Before it would be too late for what it is
wanted for, it is said at once.

And what only informs never takes anybody above three messages a week. Whoever was asked to decide something
in it is promised six at most, and is kept room for two that ask: for them it is four. What is left waits for
Monday, unless there is a message for other reasons, which takes it along. A report that concerns somebody is
so much news as well, but waits no longer than its deadline allows. A week begins on Monday by the person's
own clock. What asks is never held back, so whoever is asked more than six times in a week hears more.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, time, timedelta

from council.conflict import Conflict
from council.hours import instant_of, wall
from council.notice import MORNING, Notice, NoticeKind, starts
from council.workspace import Workspace

OWNERS_MOST, OTHERS_MOST = 4, 3
"""Messages a week up to which somebody is told what only informs."""
MOST_SHOWN = 15
"""So many things of a gathered message have a line of their own."""
ASKS = frozenset(
    {
        NoticeKind.OWNER_ASKED,
        NoticeKind.HANDED_OVER,
        NoticeKind.REMINDED,
        NoticeKind.DUE,
        NoticeKind.CHAIN_ASKED,
        NoticeKind.STILL_OPEN,
    }
)
"""Whoever hears one of these is asked to decide."""
INFORMS = MORNING | {NoticeKind.CONCERNS_YOU}
RANKS = (
    ASKS,
    frozenset({NoticeKind.ITEM_DUE}),
    frozenset(NoticeKind) - INFORMS - ASKS,
    frozenset({NoticeKind.CONCERNS_YOU, NoticeKind.SOLVED_IT, NoticeKind.NOT_SOLVED, NoticeKind.REOPENED}),
    MORNING,
)
"""What stands first in a gathered message."""


@dataclass(frozen=True, slots=True)
class Heard:
    """What a person has heard from us this week: how many messages, and whether they were asked."""

    messages: int = 0
    asked: bool = False

    @property
    def enough(self) -> bool:
        """True when what only informs is kept from them for the rest of the week."""
        return self.messages >= (OWNERS_MOST if self.asked else OTHERS_MOST)


def week_of(person: str, workspace: Workspace, now: datetime) -> datetime:
    """When the week began, by the person's own clock."""
    zone = workspace.zone_of(person)
    today = wall(now, zone).date()
    return instant_of(today - timedelta(days=today.weekday()), time(), zone)


def urgency(notice: Notice) -> tuple[int, int, datetime]:
    """Less is more urgent. It depends on nothing that changes, so that nothing jumps later."""
    rank = next(place for place, kinds in enumerate(RANKS) if notice.kind in kinds)
    late = int(notice.facts.get("rung", 0)) if notice.kind is NoticeKind.ITEM_DUE else 0
    return rank, -late, notice.at


def waited(notice: Notice) -> bool:
    """True for what was not to be said at the instant it arose."""
    return notice.not_before > notice.at


def kept_until(notice: Notice, workspace: Workspace, now: datetime) -> datetime | None:
    """A better moment for what is due and may wait: their return, or their morning as it is by now.

    None: now is right. Their zone or their hour may have changed since, and nobody who is away is told.
    """
    if not waited(notice):
        return None
    absence = workspace.absence(notice.to, now)
    if absence is not None:
        return workspace.morning(notice.to, absence.until)
    rightly = starts(notice.kind, notice.to, workspace, notice.at)
    return rightly if rightly > now else None


def only_informs(notice: Notice, conflict: Conflict | None) -> bool:
    """True for what can be kept until Monday: not for what is immediate, nor for an answer to a report."""
    immediate = conflict is not None and conflict.route.immediate
    at_once = not waited(notice) and notice.kind is not NoticeKind.CONCERNS_YOU
    return notice.kind in INFORMS and not immediate and not at_once


def next_week(
    notice: Notice, conflict: Conflict | None, workspace: Workspace, now: datetime
) -> datetime | None:
    """Until when it is kept once they have heard enough; None when nothing but now is in time."""
    to = notice.to
    monday = workspace.morning(to, week_of(to, workspace, now) + timedelta(days=7))
    limit = conflict.deadline.limit if conflict and conflict.is_open else None
    if limit is None or limit <= now or monday < limit:
        return monday
    tomorrow = workspace.morning(to, now + timedelta(seconds=1))
    return tomorrow if tomorrow < limit else None
