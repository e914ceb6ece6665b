"""The instants in between: acknowledgement windows, reminders, and when something may be said."""

from __future__ import annotations

from datetime import UTC, datetime, time, timedelta
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from council.cadence import Calendar, Ceremony
from council.deadlines import (
    Deadline,
    acknowledge_by,
    deadline,
    default_holds_until,
    free_until,
    next_window,
    reminder_at,
    said_at,
)
from council.hours import Hours
from council.moves import emergency_limit, extended
from council.sentence import say
from council.timeframes import AtNext, Before, Timeframe, Within

BERLIN = ZoneInfo("Europe/Berlin")
HOURS = Hours(zone="Europe/Berlin")
FORECAST = Ceremony(key="forecast", name="Forecast meeting", every="week", day="thu", at=time(14), minutes=45)
COUNCIL = Ceremony(key="council", name="Council", every="month", day="2nd tue", at=time(10), minutes=60)
CALENDAR = Calendar(hours=HOURS, ceremonies=(FORECAST, COUNCIL))
HOUR = timedelta(hours=1)
ONE_TO_TWO = Within(target=24 * HOUR, limit=48 * HOUR)


def at(text: str) -> datetime:
    return datetime.fromisoformat(text).replace(tzinfo=BERLIN).astimezone(UTC)


def due_at(limit: str, target: str | None = None) -> Deadline:
    return Deadline(target=at(target or limit), limit=at(limit), because=say("so agreed"), kind="within")


@pytest.mark.parametrize(
    ("reported", "due", "window", "ends"),
    [
        pytest.param(
            "2025-11-18 09:00", "2025-11-25 09:00", None, "2025-11-18 13:00", id="four working hours"
        ),
        pytest.param("2025-11-18 16:00", "2025-11-25 09:00", None, "2025-11-19 11:30", id="over the evening"),
        pytest.param("2025-11-18 09:00", "2025-11-25 09:00", 2, "2025-11-18 11:00", id="what the type says"),
        pytest.param(
            "2025-11-18 09:00", "2025-11-18 17:00", None, "2025-11-18 11:00", id="a quarter of the way"
        ),
        pytest.param(
            "2025-11-18 09:00", "2025-11-18 09:20", None, "2025-11-18 09:15", id="at least 15 minutes"
        ),
        pytest.param(
            "2025-11-22 12:00", "2025-11-25 09:00", None, "2025-11-24 11:07:30", id="from Monday on"
        ),
    ],
)
def test_the_acknowledgement_window(reported: str, due: str, window: int | None, ends: str) -> None:
    """The smaller of the type's window and a quarter of the working hours to the target."""
    length = window * HOUR if window else None
    by = acknowledge_by(at(reported), deadline=due_at(due), window=length, immediate=False, hours=HOURS)
    assert by == at(ends)


def test_immediate_is_acknowledged_by_the_clock() -> None:
    """30 minutes at any hour, window after window."""
    saturday = at("2025-11-22 23:50")
    first = acknowledge_by(
        saturday, deadline=due_at("2025-11-25 09:00"), window=HOUR, immediate=True, hours=HOURS
    )
    assert first == at("2025-11-23 00:20")
    assert next_window(saturday, first, immediate=True, hours=HOURS) == at("2025-11-23 00:50")


def test_windows_have_the_same_length() -> None:
    """The second window is counted from the end of the first, in working hours."""
    first = at("2025-11-19 11:30")
    assert next_window(at("2025-11-18 16:00"), first, immediate=False, hours=HOURS) == at("2025-11-19 15:30")


@pytest.mark.parametrize(
    ("now", "due", "reminder"),
    [
        pytest.param(
            "2025-11-18 09:00",
            due_at("2025-11-20 09:00", "2025-11-19 09:00"),
            "2025-11-19 09:00",
            id="target",
        ),
        pytest.param(
            "2025-11-19 10:00",
            due_at("2025-11-19 15:00", "2025-11-19 09:00"),
            "2025-11-19 14:00",
            id="80 % once the target is past",
        ),
        pytest.param(
            "2025-11-18 10:00", due_at("2025-11-18 15:00"), "2025-11-18 14:00", id="80 % of one day"
        ),
        pytest.param(
            "2025-11-21 16:00", due_at("2025-11-25 16:00"), "2025-11-25 12:36", id="80 % of open hours"
        ),
        pytest.param(
            "2025-11-22 12:00", due_at("2025-11-23 12:00"), "2025-11-23 12:00", id="no open hours at all"
        ),
    ],
)
def test_the_owner_is_reminded_once_on_the_way(now: str, due: Deadline, reminder: str) -> None:
    """At the target if there is one before the limit, else at 80 % of the working hours that are left."""
    assert reminder_at(at(now), due, HOURS) == at(reminder)


@pytest.mark.parametrize(
    ("timeframe", "reported"),
    [
        pytest.param(AtNext(ceremony="council"), "2025-11-18 10:00", id="it is for the council"),
        pytest.param(Before(ceremony="forecast"), "2025-11-20 13:30", id="it is for today's meeting"),
    ],
)
def test_no_reminder_before_the_meeting_that_decides(timeframe: Timeframe, reported: str) -> None:
    """The deadline ladder is silent until the meeting is over."""
    due = deadline(timeframe, reported_at=at(reported), calendar=CALENDAR)
    assert reminder_at(at(reported), due, HOURS) == due.overdue_at


@pytest.mark.parametrize(
    ("instant", "zone", "immediate", "said"),
    [
        pytest.param("2025-11-18 10:00", "Europe/Berlin", False, "2025-11-18 10:00", id="at work: at once"),
        pytest.param(
            "2025-11-18 10:00", "America/New_York", False, "2025-11-18 15:00", id="New York opens at 15"
        ),
        pytest.param("2025-11-18 10:00", "Asia/Tokyo", False, "2025-11-19 01:00", id="Tokyo has closed"),
        pytest.param(
            "2025-11-22 02:00", "Europe/Berlin", False, "2025-11-24 09:00", id="R47: Saturday to Monday"
        ),
        pytest.param("2025-11-22 02:00", "Asia/Tokyo", True, "2025-11-22 02:00", id="immediate at any hour"),
    ],
)
def test_saying_waits_for_the_receivers_hours(instant: str, zone: str, immediate: bool, said: str) -> None:
    """R47: reminders and chain wait for working hours on the receiver's own clock; Immediate does not."""
    assert said_at(at(instant), HOURS.in_zone(zone), immediate) == at(said)


@pytest.mark.parametrize(
    ("ends", "limit"),
    [
        pytest.param("2025-11-18 11:00", "2025-11-18 17:30", id="that day's closing hour"),
        pytest.param("2025-11-18 17:20", "2025-11-19 17:30", id="too close to closing"),
        pytest.param("2025-11-21 20:00", "2025-11-24 17:30", id="after closing on a Friday"),
        pytest.param("2025-11-22 11:00", "2025-11-22 17:30", id="who calls on a Saturday works on it"),
    ],
)
def test_after_an_emergency_call_the_owner_decides_that_day(ends: str, limit: str) -> None:
    """Undecided in the call: by that day's closing hour, or the next one if that is over."""
    assert emergency_limit(at(ends), HOURS) == at(limit)


@pytest.mark.parametrize(
    ("timeframe", "decided", "until"),
    [
        pytest.param(
            Before(ceremony="forecast"), "2025-11-19 10:00", "2025-11-27 14:00", id="one more forecast"
        ),
        pytest.param(
            Before(ceremony="forecast"), "2025-11-28 10:00", "2025-12-04 14:00", id="decided very late"
        ),
        pytest.param(
            AtNext(ceremony="council"), "2025-12-09 10:30", "2026-01-13 10:00", id="the next council"
        ),
        pytest.param(ONE_TO_TWO, "2026-01-20 10:00", "2026-04-20 10:00", id="else 90 days, at the same hour"),
    ],
)
def test_how_long_a_decision_holds(timeframe: Timeframe, decided: str, until: str) -> None:
    """Until the meeting after the one it was wanted for, else 90 days."""
    due = deadline(timeframe, reported_at=at("2025-11-18 10:00"), calendar=CALENDAR)
    assert default_holds_until(due, decided_at=at(decided), calendar=CALENDAR) == at(until)


@pytest.mark.parametrize(
    ("timeframe", "needed", "until"),
    [
        pytest.param(Before(ceremony="forecast"), None, "2025-11-20 14:00", id="until the meeting begins"),
        pytest.param(
            Before(ceremony="forecast"), "2025-11-20 13:15", "2025-11-20 13:15", id="until it is needed"
        ),
        pytest.param(
            Before(ceremony="forecast"), "2025-11-20 17:00", "2025-11-20 14:00", id="needed after it"
        ),
        pytest.param(
            AtNext(ceremony="council"), None, "2025-12-09 11:00", id="until the end of the one that decides"
        ),
        pytest.param(ONE_TO_TWO, "2025-11-19 12:00", "2025-11-19 12:00", id="needed before the limit"),
        pytest.param(ONE_TO_TWO, None, None, id="nothing waits for it"),
    ],
)
def test_how_late_it_can_become_without_asking_the_reporter(
    timeframe: Timeframe, needed: str | None, until: str | None
) -> None:
    """To the needed-by, or the meeting it is wanted for, whichever comes first."""
    needed_by = at(needed) if needed else None
    due = deadline(timeframe, reported_at=at("2025-11-18 10:00"), calendar=CALENDAR, needed_by=needed_by)
    free = free_until(due, calendar=CALENDAR, needed_by=needed_by)
    assert free == (at(until) if until else None)


def test_an_extended_deadline_still_knows_its_meeting() -> None:
    """A second extension is bound by the same meeting; the new limit is no longer the reporter's."""
    first = deadline(Before(ceremony="forecast"), reported_at=at("2025-11-18 10:00"), calendar=CALENDAR)
    later = extended(first, at("2025-11-20 13:30"), say("Ravi's query runs until noon"))
    assert (later.kind, later.target, later.limit) == (
        "extended",
        at("2025-11-20 13:30"),
        at("2025-11-20 13:30"),
    )
    assert free_until(later, calendar=CALENDAR) == at("2025-11-20 14:00")


instants = st.timedeltas(timedelta(), timedelta(days=700)).map(at("2025-01-01 00:00").__add__)
timeframes = st.sampled_from([ONE_TO_TWO, Before(ceremony="forecast"), AtNext(ceremony="council")])


@settings(deadline=None, max_examples=150)
@given(reported=instants, timeframe=timeframes, immediate=st.booleans())
def test_the_way_to_a_deadline_has_an_order(
    reported: datetime, timeframe: Timeframe, immediate: bool
) -> None:
    """Windows end after they begin, one after another; the reminder is neither past nor after the limit."""
    due = deadline(timeframe, reported_at=reported, calendar=CALENDAR)
    first = acknowledge_by(reported, deadline=due, window=None, immediate=immediate, hours=HOURS)
    second = next_window(reported, first, immediate=immediate, hours=HOURS)
    assert reported < first < second
    if not immediate:
        assert HOURS.working_between(first, second) == HOURS.working_between(reported, first) <= 4 * HOUR
    assert reported <= reminder_at(reported, due, HOURS) <= due.overdue_at
