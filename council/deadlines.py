"""Deadlines: the one place that says by when a conflict is decided, and why then.

Instants are aware UTC. A `because` completes "decides by …": it names the reason and keeps instants as
facts, never as text.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta
from typing import Literal

from council.cadence import (
    Calendar,
    Occurrence,
    next_occurrence,
    occurrence_on,
    running_or_upcoming,
    upcoming,
)
from council.hours import Hours, instant_of, wall
from council.sentence import Sentence, When, say
from council.timeframes import AtNext, Before, Timeframe, Within, describe, in_words

Meeting = Literal["today", "next"]

NEAR_CUTOFF = timedelta(hours=2)
TOO_FAR = timedelta(days=14)
HOLDS = timedelta(days=90)
ACKNOWLEDGE_WITHIN = timedelta(hours=4)
SHORTEST_WINDOW = timedelta(minutes=15)
IMMEDIATE_WINDOW = timedelta(minutes=30)


@dataclass(frozen=True, slots=True, kw_only=True)
class Deadline:
    """By when somebody decides: hoped for by `target`, due at `limit`.

    `ceremony`, `occurrence` (its date) and `meeting_at` (when that was to start) name the meeting it hangs
    on. Until `quiet_until` the deadline ladder is silent and nothing is overdue, because the meeting itself
    is where it is decided. `needed_by`: the reporter's date has become the limit.
    """

    target: datetime
    limit: datetime
    because: Sentence
    kind: Literal["within", "before", "at_next", "extended", "called"]
    ceremony: str | None = None
    occurrence: date | None = None
    meeting_at: datetime | None = None
    needed_by: bool = False
    quiet_until: datetime | None = None

    @property
    def moves(self) -> bool:
        """True while it moves with its meeting."""
        return self.kind in ("before", "at_next")

    @property
    def overdue_at(self) -> datetime:
        """From when it counts as overdue and the chain is asked."""
        return max(self.limit, self.quiet_until or self.limit)


def deadline(
    timeframe: Timeframe,
    *,
    reported_at: datetime,
    calendar: Calendar,
    needed_by: datetime | None = None,
    meeting: Meeting = "today",
) -> Deadline:
    """By when a conflict reported then is decided; `meeting` is the answer if there is a `near_cutoff`."""
    match timeframe:
        case Within():
            due = _within(timeframe, reported_at, calendar)
        case Before():
            due = _before(timeframe, reported_at, calendar, meeting)
        case AtNext():
            due = _at_next(timeframe, reported_at, calendar)
    return with_needed_by(due, needed_by)


def near_cutoff(timeframe: Timeframe, now: datetime, calendar: Calendar) -> Occurrence | None:
    """The meeting for which the form must ask "this one or the next?": its cut-off is near or past."""
    if not isinstance(timeframe, Before):
        return None
    first = next(running_or_upcoming(calendar, timeframe.ceremony, now), None)
    if first is None or first.starts - timeframe.lead - now >= NEAR_CUTOFF:
        return None
    return first


def is_immediate(
    timeframe: Timeframe,
    *,
    now: datetime,
    calendar: Calendar,
    meeting: Meeting = "today",
    chosen: bool = False,
) -> bool:
    """Whether it is urgent: because the reporter says so, or for a meeting whose cut-off is near or past."""
    return chosen or (meeting == "today" and near_cutoff(timeframe, now, calendar) is not None)


def needed_by_comes_first(
    timeframe: Timeframe, *, now: datetime, needed_by: datetime | None, calendar: Calendar
) -> Occurrence | None:
    """The meeting that would come too late for the needed-by: instead of it an emergency call is offered."""
    if not isinstance(timeframe, AtNext) or needed_by is None:
        return None
    meeting = next_occurrence(calendar, timeframe.ceremony, now)
    return meeting if meeting and needed_by <= meeting.starts else None


def with_needed_by(due: Deadline, needed_by: datetime | None) -> Deadline:
    """The deadline with the reporter's date as its limit, if that is earlier."""
    if needed_by is None or needed_by >= due.overdue_at:
        return due
    if needed_by >= due.limit:
        return replace(due, quiet_until=needed_by)
    because = Sentence("needed by then; without that, " + due.because.text, due.because.facts)
    target = min(due.target, needed_by)
    return replace(due, target=target, limit=needed_by, because=because, needed_by=True, quiet_until=None)


def acknowledge_by(
    now: datetime, *, deadline: Deadline, window: timedelta | None, immediate: bool, hours: Hours
) -> datetime:
    """When the first acknowledgement window ends: the type's `window`, or a quarter of the way if less.

    Counted in working hours, at least 15 minutes; what is immediate has 30 minutes by the clock.
    """
    if immediate:
        return now + IMMEDIATE_WINDOW
    quarter = hours.working_between(now, deadline.target) / 4
    return hours.add_working(now, max(min(window or ACKNOWLEDGE_WITHIN, quarter), SHORTEST_WINDOW))


def next_window(began: datetime, ended: datetime, *, immediate: bool, hours: Hours) -> datetime:
    """When the following window ends: it is as long as the one that began and ended then."""
    if immediate:
        return ended + IMMEDIATE_WINDOW
    return hours.add_working(ended, max(hours.working_between(began, ended), SHORTEST_WINDOW))


def reminder_at(now: datetime, deadline: Deadline, hours: Hours) -> datetime:
    """When the owner is reminded: at the target if there is one ahead, else 80 % of the way to the limit.

    Never while the ladder is silent, and at the latest when it is overdue.
    """
    if now < deadline.target < deadline.limit:
        reminder = deadline.target
    else:
        reminder = hours.add_working(now, hours.working_between(now, deadline.limit) * 4 / 5)
    return min(max(reminder, deadline.quiet_until or reminder), deadline.overdue_at)


def said_at(instant: datetime, hours: Hours, immediate: bool) -> datetime:
    """When it may be said: in the hours of whoever is told; at once if immediate."""
    return instant if immediate else hours.opening(instant)


def default_holds_until(deadline: Deadline, *, decided_at: datetime, calendar: Calendar) -> datetime:
    """Until when a decision holds: the meeting after the one it was wanted for, else 90 days."""
    if deadline.ceremony is not None:
        since = max(decided_at, deadline.meeting_at or decided_at)
        meeting = next_occurrence(calendar, deadline.ceremony, since)
        if meeting is not None:
            return meeting.starts
    decided = wall(decided_at, calendar.hours.zone) + HOLDS
    return instant_of(decided.date(), decided.time(), calendar.hours.zone)


def free_until(
    deadline: Deadline, *, calendar: Calendar, needed_by: datetime | None = None
) -> datetime | None:
    """How late it may become without asking the reporter: needed-by, or the meeting it is wanted for.

    None when nothing waits for it. For what is decided in the meeting itself that is the meeting's end.
    """
    meeting = _meeting_of(deadline, calendar)
    ends = meeting and (meeting.ends if deadline.quiet_until else meeting.starts)
    needed_by = deadline.limit if deadline.needed_by else needed_by
    return min((at for at in (ends, needed_by) if at), default=None)


def _meeting_of(deadline: Deadline, calendar: Calendar) -> Occurrence | None:
    if deadline.ceremony is None or deadline.occurrence is None:
        return None
    return occurrence_on(calendar, deadline.ceremony, deadline.occurrence)


def otherwise(
    timeframe: Before | AtNext, meeting: Occurrence | None, since: datetime, calendar: Calendar
) -> Deadline:
    """What holds instead of a meeting that is too far away or not planned: a span on working days."""
    limit = calendar.hours.add_on_working_days(since, timeframe.otherwise)
    name, span = calendar.name_of(timeframe.ceremony), in_words(timeframe.otherwise)
    because = say("no {ceremony} is planned, so {span} on working days", ceremony=name, span=span)
    if meeting is not None:
        text = "the next {ceremony}, {starts}, is more than 14 days away, so {span} on working days"
        because = say(text, ceremony=name, starts=When(meeting.starts), span=span)
    return Deadline(target=limit, limit=limit, because=because, kind="within")


def is_too_far(meeting: Occurrence, now: datetime, calendar: Calendar) -> bool:
    """Whether it is too long until the meeting to wait for it; on the wall, whatever the clocks do."""
    zone = calendar.hours.zone
    return wall(meeting.starts, zone) - wall(now, zone) > TOO_FAR


def before_meeting(timeframe: Before, meeting: Occurrence, because: Sentence) -> Deadline:
    """Due at the meeting's cut-off."""
    cutoff = meeting.starts - timeframe.lead
    return Deadline(
        target=cutoff,
        limit=cutoff,
        because=because,
        kind="before",
        ceremony=meeting.ceremony,
        occurrence=meeting.on,
        meeting_at=meeting.starts,
    )


def in_running_meeting(meeting: Occurrence, now: datetime, calendar: Calendar) -> Deadline:
    """Due at its start, once it has started at its end; either way nothing is overdue before its end."""
    begun = meeting.starts <= now
    text = "by the end of the {ceremony}, which has begun" if begun else "at the {ceremony} that starts then"
    limit = meeting.ends if begun else meeting.starts
    return Deadline(
        target=limit,
        limit=limit,
        because=say(text, ceremony=calendar.name_of(meeting.ceremony)),
        kind="before",
        ceremony=meeting.ceremony,
        occurrence=meeting.on,
        meeting_at=meeting.starts,
        quiet_until=meeting.ends,
    )


def at_meeting(meeting: Occurrence, because: Sentence) -> Deadline:
    """Due at the meeting's end."""
    return Deadline(
        target=meeting.ends,
        limit=meeting.ends,
        because=because,
        kind="at_next",
        ceremony=meeting.ceremony,
        occurrence=meeting.on,
        meeting_at=meeting.starts,
        quiet_until=meeting.ends,
    )


def _within(timeframe: Within, reported_at: datetime, calendar: Calendar) -> Deadline:
    hours, because = calendar.hours, describe(timeframe, calendar)
    if timeframe.count == "calendar":
        target, limit = reported_at + timeframe.target, reported_at + timeframe.limit
    else:
        target = hours.add_on_working_days(reported_at, timeframe.target)
        limit = hours.add_on_working_days(reported_at, timeframe.limit)
        if not hours.is_working_day(hours.day_of(reported_at)):
            begin = When(hours.opening(reported_at))
            because = say(f"{because.text}, counted from {{begin}}", **because.facts, begin=begin)
    return Deadline(target=target, limit=limit, because=because, kind="within")


def _before(timeframe: Before, reported_at: datetime, calendar: Calendar, choice: Meeting) -> Deadline:
    near = near_cutoff(timeframe, reported_at, calendar)
    if near and choice == "today":
        return in_running_meeting(near, reported_at, calendar)
    earliest = reported_at + timeframe.lead + NEAR_CUTOFF
    ahead = upcoming(calendar, timeframe.ceremony, reported_at)
    meeting = next((found for found in ahead if found.starts >= earliest), None)
    if meeting is None or is_too_far(meeting, reported_at, calendar):
        return otherwise(timeframe, meeting, reported_at, calendar)
    because = describe(timeframe, calendar)
    if near:
        because = say(f"{because.text} {{starts}}", **because.facts, starts=When(meeting.starts))
    return before_meeting(timeframe, meeting, because)


def _at_next(timeframe: AtNext, reported_at: datetime, calendar: Calendar) -> Deadline:
    meeting = next_occurrence(calendar, timeframe.ceremony, reported_at)
    if meeting is None:
        return otherwise(timeframe, None, reported_at, calendar)
    return at_meeting(meeting, describe(timeframe, calendar))
