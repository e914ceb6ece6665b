"""What becomes of a deadline later: its meeting is moved or skipped, it is extended, a call is held."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from itertools import islice, takewhile

from council.cadence import Calendar, Occurrence, occurrence_on, upcoming
from council.deadlines import (
    ACKNOWLEDGE_WITHIN,
    IMMEDIATE_WINDOW,
    NEAR_CUTOFF,
    SHORTEST_WINDOW,
    Deadline,
    at_meeting,
    before_meeting,
    in_running_meeting,
    is_too_far,
    otherwise,
    with_needed_by,
)
from council.hours import Hours, wall
from council.sentence import Sentence
from council.timeframes import AtNext, Before, Timeframe, Within, describe

ASK_BEYOND = timedelta(days=7)


@dataclass(frozen=True, slots=True)
class Moved:
    """The deadline after its meeting changed.

    `tell_owner` is False when only the meeting moved and the needed-by stays the limit. `ask_owner`: it is
    more than a week later than promised, so the owner is asked whether that will do.
    """

    deadline: Deadline
    ask_owner: bool
    tell_owner: bool = True


def after_change(
    deadline: Deadline,
    *,
    timeframe: Timeframe,
    calendar: Calendar,
    now: datetime,
    window: timedelta | None = None,
    immediate: bool = False,
    needed_by: datetime | None = None,
) -> Moved | None:
    """The deadline once its meeting was moved, skipped or planned anew; None if it stays as it is.

    Never overdue at once: at least one acknowledgement window (`window`, the type's) remains. A needed-by
    never moves. `timeframe` is the one that the deadline was computed from.
    """
    if isinstance(timeframe, Within) or not deadline.moves:
        return None
    if deadline.occurrence is None or _stands(deadline, timeframe.ceremony, calendar, now):
        return None
    planned = occurrence_on(calendar, timeframe.ceremony, deadline.occurrence)
    meeting = planned or _instead(deadline, timeframe.ceremony, calendar, now)
    renewed = _explained(_hung_on(meeting, timeframe, deadline, calendar, now), deadline, planned, calendar)
    window_over = calendar.hours.add_working(now, window or ACKNOWLEDGE_WITHIN)
    renewed = not_before(now + IMMEDIATE_WINDOW if immediate else window_over, renewed)
    renewed = with_needed_by(renewed, deadline.limit if deadline.needed_by else needed_by)
    zone = calendar.hours.zone
    return Moved(
        renewed,
        ask_owner=wall(renewed.limit, zone) - wall(deadline.limit, zone) > ASK_BEYOND,
        tell_owner=(renewed.limit, renewed.overdue_at) != (deadline.limit, deadline.overdue_at),
    )


def extended(deadline: Deadline, limit: datetime, because: Sentence) -> Deadline:
    """The deadline at its new limit; it still knows its meeting, but does not move with it any more."""
    return replace(
        deadline,
        target=limit,
        limit=limit,
        because=because,
        kind="extended",
        needed_by=False,
        quiet_until=None,
    )


def emergency_limit(call_ends: datetime, hours: Hours) -> datetime:
    """By when the owner decides what the call did not: that day's closing hour.

    A call that ends after it, or within 15 minutes of it, leaves until the next working day's.
    """
    day = hours.day_of(call_ends)
    if hours.closing_of(day) - call_ends < SHORTEST_WINDOW:
        day = hours.add_working_days(day, 1)
    return hours.closing_of(day)


def _stands(deadline: Deadline, ceremony: str, calendar: Calendar, now: datetime) -> bool:
    """Whether its meeting is where it was, or was held: a plan made later does not excuse what is overdue."""
    if deadline.occurrence is None:
        return True
    planned = occurrence_on(calendar, ceremony, deadline.occurrence)
    if planned is None:
        return deadline.overdue_at <= now and deadline.occurrence < calendar.hours.day_of(now)
    return planned.starts == deadline.meeting_at or planned.ends <= now


def _instead(deadline: Deadline, ceremony: str, calendar: Calendar, now: datetime) -> Occurrence | None:
    """The meeting nearest to the one that is off, the later of two: its replacement may come before it."""
    then = max(deadline.meeting_at or now, now)
    earlier = takewhile(lambda found: found.starts < then, upcoming(calendar, ceremony, now))
    later = (found for found in upcoming(calendar, ceremony, now) if found.starts >= then)
    candidates = (*islice(later, 1), *earlier)
    return min(candidates, key=lambda found: abs(found.starts - then), default=None)


def _hung_on(
    meeting: Occurrence | None,
    timeframe: Before | AtNext,
    deadline: Deadline,
    calendar: Calendar,
    now: datetime,
) -> Deadline:
    """The deadline that the meeting gives, `otherwise` if it gives none (never earlier than promised)."""
    because = describe(timeframe, calendar)
    if meeting is not None and isinstance(timeframe, AtNext):
        return at_meeting(meeting, because)
    if meeting is None or isinstance(timeframe, AtNext) or is_too_far(meeting, now, calendar):
        due = otherwise(timeframe, meeting, now, calendar)
        return not_before(deadline.limit, due)
    wanted_in_it = deadline.quiet_until is not None
    if wanted_in_it and meeting.starts - timeframe.lead - now < NEAR_CUTOFF:
        return in_running_meeting(meeting, now, calendar)
    return before_meeting(timeframe, meeting, because)


def _explained(
    renewed: Deadline, deadline: Deadline, planned: Occurrence | None, calendar: Calendar
) -> Deadline:
    name = calendar.name_of(deadline.ceremony or "")
    text = "the {meeting} was moved: " if planned else "the {meeting} does not take place: "
    because = Sentence(text + renewed.because.text, {**renewed.because.facts, "meeting": name})
    return replace(renewed, because=because)


def not_before(earliest: datetime, due: Deadline) -> Deadline:
    """The deadline, at the earliest then."""
    if due.overdue_at >= earliest:
        return due
    quiet = due.quiet_until and earliest
    return replace(due, target=earliest, limit=earliest, quiet_until=quiet)
