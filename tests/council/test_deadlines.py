"""By when a conflict is decided, for every kind of timeframe, and why then (R17: this is the one place)."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo

import pytest

from council.cadence import Calendar, Ceremony, Change, occurrence_on
from council.deadlines import (
    Deadline,
    Meeting,
    deadline,
    is_immediate,
    near_cutoff,
    needed_by_comes_first,
)
from council.hours import Holidays, Hours
from council.timeframes import AtNext, Before, Timeframe, Within

BERLIN = ZoneInfo("Europe/Berlin")
FORECAST = Ceremony(key="forecast", name="Forecast meeting", every="week", day="thu", at=time(14), minutes=45)
COUNCIL = Ceremony(key="council", name="Council", every="month", day="2nd tue", at=time(10), minutes=60)
HOURS = Hours(zone="Europe/Berlin", holidays=Holidays("DE", "BE"))
CALENDAR = Calendar(hours=HOURS, ceremonies=(FORECAST, COUNCIL))
EARLY = datetime(2025, 1, 1, tzinfo=UTC)

HOUR = timedelta(hours=1)
TWO_DAYS = Within(target=48 * HOUR, limit=48 * HOUR)
ONE_TO_TWO = Within(target=24 * HOUR, limit=48 * HOUR)
BEFORE = Before(ceremony="forecast")
AT_COUNCIL = AtNext(ceremony="council", or_emergency_call=True)


def at(text: str) -> datetime:
    return datetime.fromisoformat(text).replace(tzinfo=BERLIN).astimezone(UTC)


def skipping(*days: str) -> Calendar:
    changes = (
        Change(ceremony="forecast", on=date.fromisoformat(day), skipped=True, known_from=EARLY)
        for day in days
    )
    return replace(CALENDAR, changes=tuple(changes))


def because(due: Deadline) -> str:
    return due.because.text.format(**due.because.facts)


@pytest.mark.parametrize(
    ("timeframe", "reported", "target", "limit", "reason"),
    [
        pytest.param(
            TWO_DAYS,
            "2025-11-18 10:00",
            "2025-11-20 10:00",
            "2025-11-20 10:00",
            "48 hours on working days",
            id="48 hours",
        ),
        pytest.param(
            ONE_TO_TWO,
            "2025-11-21 16:00",
            "2025-11-24 16:00",
            "2025-11-25 16:00",
            "24–48 hours on working days",
            id="24 to 48 hours have a target before the limit",
        ),
        pytest.param(
            TWO_DAYS,
            "2025-11-22 11:00",
            "2025-11-26 09:00",
            "2025-11-26 09:00",
            "48 hours on working days, counted from ",
            id="a day off says from when it counts",
        ),
        pytest.param(
            replace(TWO_DAYS, count="calendar"),
            "2025-11-22 11:00",
            "2025-11-24 11:00",
            "2025-11-24 11:00",
            "48 hours",
            id="by the calendar weekends count",
        ),
        pytest.param(
            BEFORE,
            "2025-11-18 11:02",
            "2025-11-20 13:00",
            "2025-11-20 13:00",
            "before the Forecast meeting",
            id="before the meeting means an hour before",
        ),
        pytest.param(
            replace(BEFORE, lead=4 * HOUR),
            "2025-11-18 11:02",
            "2025-11-20 10:00",
            "2025-11-20 10:00",
            "before the Forecast meeting",
            id="or whatever lead the type has",
        ),
        pytest.param(
            AT_COUNCIL,
            "2025-11-18 11:02",
            "2025-12-09 11:00",
            "2025-12-09 11:00",
            "at the next Council, or an emergency call",
            id="at the next council means by its end",
        ),
        pytest.param(
            AT_COUNCIL,
            "2025-12-09 10:20",
            "2026-01-13 11:00",
            "2026-01-13 11:00",
            "at the next Council",
            id="reported while it runs, it is for the next",
        ),
        pytest.param(
            Before(ceremony="gone", otherwise=24 * HOUR),
            "2025-11-18 11:02",
            "2025-11-19 11:02",
            "2025-11-19 11:02",
            "no gone is planned, so 24 hours on working days",
            id="no such ceremony",
        ),
        pytest.param(
            AtNext(ceremony="gone"),
            "2025-11-18 11:02",
            "2025-11-20 11:02",
            "2025-11-20 11:02",
            "no gone is planned, so 48 hours on working days",
            id="no such council",
        ),
        pytest.param(
            Before(ceremony="council"),
            "2025-11-18 11:02",
            "2025-11-20 11:02",
            "2025-11-20 11:02",
            "is more than 14 days away, so 48 hours on working days",
            id="a meeting too far away",
        ),
        pytest.param(
            Before(ceremony="council"),
            "2025-11-25 11:02",
            "2025-12-09 09:00",
            "2025-12-09 09:00",
            "before the Council",
            id="a fortnight is not too far",
        ),
    ],
)
def test_when_it_is_due(timeframe: Timeframe, reported: str, target: str, limit: str, reason: str) -> None:
    """Every kind of timeframe gives a target, a limit and the reason for them."""
    due = deadline(timeframe, reported_at=at(reported), calendar=CALENDAR)
    assert (due.target, due.limit) == (at(target), at(limit))
    assert reason in because(due)


@pytest.mark.parametrize(
    ("reported", "meeting", "limit", "overdue", "reason"),
    [
        pytest.param(
            "2025-11-20 11:00",
            "today",
            "2025-11-20 13:00",
            "2025-11-20 13:00",
            "before the",
            id="two hours ahead",
        ),
        pytest.param(
            "2025-11-20 11:01",
            "today",
            "2025-11-20 14:00",
            "2025-11-20 14:45",
            "that starts then",
            id="near it",
        ),
        pytest.param(
            "2025-11-20 13:30",
            "today",
            "2025-11-20 14:00",
            "2025-11-20 14:45",
            "that starts then",
            id="past it",
        ),
        pytest.param(
            "2025-11-20 14:00",
            "today",
            "2025-11-20 14:45",
            "2025-11-20 14:45",
            "has begun",
            id="begun just now",
        ),
        pytest.param(
            "2025-11-20 14:44", "today", "2025-11-20 14:45", "2025-11-20 14:45", "has begun", id="almost over"
        ),
        pytest.param(
            "2025-11-20 14:45",
            "today",
            "2025-11-27 13:00",
            "2025-11-27 13:00",
            "before the",
            id="over: the next",
        ),
        pytest.param(
            "2025-11-20 13:30",
            "next",
            "2025-11-27 13:00",
            "2025-11-27 13:00",
            "before the",
            id="chosen: the next",
        ),
    ],
)
def test_today_or_the_next(reported: str, meeting: Meeting, limit: str, overdue: str, reason: str) -> None:
    """Near the cut-off it is for today's meeting: due at its start, or its end; overdue only at its end."""
    due = deadline(BEFORE, reported_at=at(reported), calendar=CALENDAR, meeting=meeting)
    assert (due.limit, due.overdue_at) == (at(limit), at(overdue))
    assert reason in because(due)
    asked = near_cutoff(BEFORE, at(reported), CALENDAR) is not None
    urgent = is_immediate(BEFORE, now=at(reported), calendar=CALENDAR, meeting=meeting)
    assert urgent == (asked and meeting == "today")
    assert urgent == (due.quiet_until is not None)


def test_only_meetings_have_a_cutoff() -> None:
    """Whatever waits for no meeting, or for its end, is not asked about; urgency can always be chosen."""
    now = at("2025-11-20 13:30")
    assert near_cutoff(TWO_DAYS, now, CALENDAR) is None
    assert near_cutoff(AT_COUNCIL, at("2025-12-09 09:30"), CALENDAR) is None
    assert is_immediate(TWO_DAYS, now=now, calendar=CALENDAR, chosen=True)
    assert not is_immediate(TWO_DAYS, now=now, calendar=CALENDAR)


def test_a_skipped_meeting_is_passed_over() -> None:
    """What would be due before a skipped meeting is due before the following; near it nothing is asked."""
    calendar = skipping("2025-11-20")
    due = deadline(BEFORE, reported_at=at("2025-11-18 11:02"), calendar=calendar)
    assert (due.limit, due.occurrence) == (at("2025-11-27 13:00"), date(2025, 11, 27))
    assert near_cutoff(BEFORE, at("2025-11-20 13:30"), calendar) is None
    calendar = skipping("2025-11-20", "2025-11-27", "2025-12-04")
    assert deadline(BEFORE, reported_at=at("2025-11-18 11:02"), calendar=calendar).kind == "within"


@pytest.mark.parametrize(
    ("timeframe", "reported", "needed", "limit", "flagged"),
    [
        pytest.param(
            TWO_DAYS, "2025-11-18 10:00", "2025-11-19 12:00", "2025-11-19 12:00", True, id="earlier"
        ),
        pytest.param(TWO_DAYS, "2025-11-18 10:00", "2025-11-21 12:00", "2025-11-20 10:00", False, id="later"),
        pytest.param(
            AT_COUNCIL, "2025-11-18 10:00", "2025-12-01 12:00", "2025-12-01 12:00", True, id="council"
        ),
        pytest.param(
            BEFORE, "2025-11-20 13:30", "2025-11-20 14:20", "2025-11-20 14:00", False, id="in the meeting"
        ),
    ],
)
def test_a_needed_by_before_the_limit_becomes_the_limit(
    timeframe: Timeframe, reported: str, needed: str, limit: str, flagged: bool
) -> None:
    """The earlier of the two holds, is marked as the reporter's, and nothing is overdue later than needed."""
    due = deadline(timeframe, reported_at=at(reported), calendar=CALENDAR, needed_by=at(needed))
    assert (due.limit, due.needed_by) == (at(limit), flagged)
    assert due.target <= due.limit <= due.overdue_at <= max(at(needed), due.limit)
    assert because(due).startswith("needed by then; without that, ") == flagged


def test_a_needed_by_before_the_council_offers_an_emergency_call() -> None:
    """Only what waits for a meeting can come too late by it."""
    now, soon, later = at("2025-11-18 10:00"), at("2025-12-09 10:00"), at("2025-12-09 10:01")
    found = needed_by_comes_first(AT_COUNCIL, now=now, needed_by=soon, calendar=CALENDAR)
    assert found == occurrence_on(CALENDAR, "council", date(2025, 12, 9))
    assert needed_by_comes_first(AT_COUNCIL, now=now, needed_by=later, calendar=CALENDAR) is None
    assert needed_by_comes_first(AT_COUNCIL, now=now, needed_by=None, calendar=CALENDAR) is None
    assert needed_by_comes_first(BEFORE, now=now, needed_by=now, calendar=CALENDAR) is None
