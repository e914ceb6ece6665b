"""A meeting that falls on a holiday: its chair is asked to move it, and until then it stands.

What recurs weekly skips holidays by itself (`cadence`); what comes more seldom would be missed.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import datetime

from council.cadence import Calendar, Ceremony, Occurrence, next_occurrence
from council.hours import wall
from council.notice import Notice, NoticeKind, tell
from council.preparing import agenda_due
from council.rhythm import AT_ONCE
from council.workspace import Workspace


@dataclass(frozen=True, slots=True, kw_only=True)
class HolidayLook:
    """What is to be asked now, the same each time, and when to look again (aware UTC)."""

    occurrence: Occurrence
    notices: tuple[Notice, ...] = ()
    look_at: datetime


def holiday_look(ceremony: Ceremony, workspace: Workspace, now: datetime) -> HolidayLook | None:
    """What now? Whoever chairs is asked when the agenda is due; None for what is not looked at."""
    calendar = workspace.calendar
    occurrence = next_occurrence(calendar, ceremony.key, now)
    if ceremony.every == "week" or occurrence is None:
        return None
    over = occurrence.ends + AT_ONCE
    if not _on_holiday(occurrence, calendar):
        return HolidayLook(occurrence=occurrence, look_at=over)
    due = agenda_due(calendar, ceremony, occurrence.starts)
    if now < due:
        return HolidayLook(occurrence=occurrence, look_at=due)
    return HolidayLook(occurrence=occurrence, notices=_asking(occurrence, workspace, now), look_at=over)


def _on_holiday(occurrence: Occurrence, calendar: Calendar) -> bool:
    """True while it stands where the plan has it; whoever moved it there, or added it, knew the day."""
    by_hand = occurrence.moved or occurrence.extra
    zone = calendar.zone_of(occurrence.ceremony)
    return not by_hand and calendar.hours.is_holiday(wall(occurrence.starts, zone).date())


def _asking(occurrence: Occurrence, workspace: Workspace, now: datetime) -> tuple[Notice, ...]:
    there = (person for person in workspace.chairing if workspace.present(person, now))
    chair = next(there, next(iter(workspace.chairing), None))
    if chair is None:
        return ()
    asked = tell(
        NoticeKind.ON_HOLIDAY,
        chair,
        workspace,
        now,
        priority=1,
        on=occurrence.on.isoformat(),
        starts=occurrence.starts.isoformat(),
    )
    return (replace(asked, good_until=occurrence.starts),)
