"""Working hours of a workspace: what is open, and how far a span of work reaches."""

from __future__ import annotations

from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from pydantic import TypeAdapter, ValidationError

from council.hours import Holidays, Hours, holidays_problem, instant_of, wall

BERLIN = Hours(zone="Europe/Berlin", holidays=Holidays("DE", "BE", (date(2025, 12, 24),)))
CAIRO = Hours(zone="Africa/Cairo", days=("sun", "mon", "tue", "wed", "thu"), opens=time(8), closes=time(16))
HAVANA = Hours(zone="America/Havana", opens=time(0), closes=time(23, 59))

offices = st.sampled_from([BERLIN, CAIRO, HAVANA, Hours(zone="Australia/Lord_Howe"), Hours(zone="UTC")])
instants = st.timedeltas(timedelta(), timedelta(days=1460)).map(datetime(2024, 1, 1, tzinfo=UTC).__add__)
spans = st.timedeltas(timedelta(minutes=1), timedelta(hours=120))


def berlin(text: str) -> datetime:
    return datetime.fromisoformat(text).replace(tzinfo=ZoneInfo("Europe/Berlin")).astimezone(UTC)


@pytest.mark.parametrize(
    ("reported", "span", "due"),
    [
        pytest.param(
            "2025-11-18 10:00", 48, "2025-11-20 10:00", id="Tuesday 10:00 and 48 h is Thursday 10:00"
        ),
        pytest.param("2025-11-21 16:00", 48, "2025-11-25 16:00", id="Friday 16:00 and 48 h is Tuesday 16:00"),
        pytest.param("2025-11-22 13:00", 48, "2025-11-26 09:00", id="Saturday counts from Monday's opening"),
        pytest.param(
            "2025-11-22 00:00", 24, "2025-11-25 09:00", id="a day off at midnight counts from opening"
        ),
        pytest.param("2025-11-18 22:15", 24, "2025-11-19 22:15", id="the evening of a working day counts"),
        pytest.param("2025-11-18 06:15", 24, "2025-11-19 06:15", id="so does its early morning"),
        pytest.param("2025-11-21 22:00", 4, "2025-11-24 02:00", id="hours run on after the weekend"),
        pytest.param(
            "2025-11-21 20:00", 4, "2025-11-24 09:00", id="nobody chose the midnight after a weekend"
        ),
        pytest.param("2025-11-18 00:00", 48, "2025-11-20 00:00", id="a midnight in the report is kept"),
        pytest.param(
            "2025-12-23 11:00", 48, "2025-12-30 11:00", id="Christmas and the own day off don't count"
        ),
        pytest.param("2027-03-05 12:00", 24, "2027-03-09 12:00", id="Berlin is off on Monday 8 March 2027"),
        pytest.param(
            "2025-10-24 10:00", 48, "2025-10-28 10:00", id="10:00 stays 10:00 when summer time ends"
        ),
        pytest.param(
            "2025-03-28 10:00", 48, "2025-04-01 10:00", id="10:00 stays 10:00 when summer time begins"
        ),
    ],
)
def test_a_working_day_counts_24_hours(reported: str, span: int, due: str) -> None:
    """Hours on working days keep the time on the wall; weekends and holidays do not count."""
    assert BERLIN.add_on_working_days(berlin(reported), timedelta(hours=span)) == berlin(due)


def test_the_second_of_two_equal_hours_is_not_taken_for_the_first() -> None:
    """Half an hour after the second 02:50 of an autumn night is 03:20, never before the report."""
    nights = Hours(zone="Europe/Berlin", days=("sun",))
    second = datetime(2025, 10, 26, 1, 50, tzinfo=UTC)
    assert nights.add_on_working_days(second, timedelta(minutes=30)) == second + timedelta(minutes=30)


@pytest.mark.parametrize(
    ("start", "span", "end"),
    [
        pytest.param("2025-11-18 10:00", 4.0, "2025-11-18 14:00", id="within one day"),
        pytest.param("2025-11-18 16:00", 4.0, "2025-11-19 11:30", id="the evening is skipped"),
        pytest.param("2025-11-21 16:00", 4.0, "2025-11-24 11:30", id="so is the weekend"),
        pytest.param("2025-11-22 16:00", 0.25, "2025-11-24 09:15", id="a Saturday begins on Monday"),
        pytest.param("2025-11-18 05:00", 1.0, "2025-11-18 10:00", id="the early morning begins at opening"),
        pytest.param("2025-11-18 17:00", 0.5, "2025-11-18 17:30", id="what fits ends at closing"),
        pytest.param("2025-12-23 17:00", 1.0, "2025-12-29 09:30", id="holidays are skipped"),
        pytest.param("2025-11-18 17:30", 0.0, "2025-11-19 09:00", id="closing time is closed"),
    ],
)
def test_working_time_counts_open_hours(start: str, span: float, end: str) -> None:
    """Four working hours after Friday 16:00 end on Monday."""
    assert BERLIN.add_working(berlin(start), timedelta(hours=span)) == berlin(end)


@pytest.mark.parametrize(
    ("day", "count", "other"),
    [
        pytest.param(date(2025, 11, 20), 2, date(2025, 11, 24), id="two days ahead over a weekend"),
        pytest.param(date(2025, 11, 24), -2, date(2025, 11, 20), id="two days back over a weekend"),
        pytest.param(date(2025, 11, 22), 1, date(2025, 11, 24), id="one after a Saturday is Monday"),
        pytest.param(date(2025, 11, 22), 0, date(2025, 11, 22), id="none is the day itself"),
        pytest.param(date(2026, 1, 2), -5, date(2025, 12, 22), id="leads leave holidays out"),
    ],
)
def test_working_days_are_counted_both_ways(day: date, count: int, other: date) -> None:
    """An agenda is due two working days before its meeting, whatever lies between."""
    assert BERLIN.add_working_days(day, count) == other


def test_saying_waits_for_the_receivers_own_hours() -> None:
    """The workspace's hours are read in the receiver's zone; persons have no holidays of their own."""
    new_york = BERLIN.in_zone("America/New_York")
    christmas = datetime(2025, 12, 25, 13, 0, tzinfo=UTC)
    assert new_york.opening(christmas) == datetime(2025, 12, 25, 14, 0, tzinfo=UTC)
    assert BERLIN.opening(christmas) == datetime(2025, 12, 29, 8, 0, tzinfo=UTC)


def test_the_clocks_decide_what_a_wall_time_is() -> None:
    """02:30 becomes 03:30 on the night it does not exist, and is the first of two when it comes twice."""
    gap = instant_of(date(2026, 3, 29), time(2, 30), "Europe/Berlin")
    assert wall(gap, "Europe/Berlin").time() == time(3, 30)
    fold = instant_of(date(2026, 10, 25), time(2, 30, fold=1), "Europe/Berlin")
    assert fold == datetime(2026, 10, 25, 0, 30, tzinfo=UTC)


@pytest.mark.parametrize(
    ("holidays", "reason"),
    [
        pytest.param(Holidays("XX"), "XX is not a country", id="an unknown country"),
        pytest.param(Holidays("DE", "ZZ"), "ZZ is not a known part of DE", id="an unknown part"),
        pytest.param(Holidays(None, "BE"), "needs its country", id="a part without its country"),
    ],
)
def test_unknown_holidays_are_refused_with_the_reason(holidays: Holidays, reason: str) -> None:
    """An import must be able to say what is wrong with its holidays."""
    problem = holidays_problem(holidays)
    assert problem is not None
    assert reason in problem.text.format(**problem.facts)
    assert holidays_problem(BERLIN.holidays) is None


def test_hours_that_would_never_be_open_are_refused() -> None:
    """No working day at all, or closing before opening, would make every deadline endless."""
    with pytest.raises(ValueError, match="at least one working day"):
        Hours(zone="UTC", days=())
    with pytest.raises(ValidationError, match="open before they close"):
        TypeAdapter(Hours).validate_python({"zone": "UTC", "opens": "17:00", "closes": "09:00"})


@settings(deadline=None, max_examples=150)
@given(hours=offices, instant=instants, span=spans)
def test_working_time_can_be_measured_and_added(hours: Hours, instant: datetime, span: timedelta) -> None:
    """What was added is what is measured, in any zone and over every change of clocks."""
    end = hours.add_working(instant, span)
    assert hours.working_between(instant, end) == span
    assert hours.is_open(end - timedelta(microseconds=1))


@settings(deadline=None, max_examples=150)
@given(hours=offices, instant=instants, first=spans, second=spans)
def test_windows_follow_each_other(
    hours: Hours, instant: datetime, first: timedelta, second: timedelta
) -> None:
    """Two windows in a row end where one of both lengths would."""
    once = hours.add_working(instant, first + second)
    assert hours.add_working(hours.add_working(instant, first), second) == once


@settings(deadline=None, max_examples=200)
@given(hours=offices, instant=instants, span=spans)
def test_no_deadline_falls_on_a_day_off(hours: Hours, instant: datetime, span: timedelta) -> None:
    """Counted on working days, a deadline is later than the report and never on a weekend or holiday."""
    due = hours.add_on_working_days(instant, span)
    assert due >= instant + min(span, timedelta(hours=22))
    assert hours.is_working_day(hours.day_of(due))


@settings(deadline=None, max_examples=100)
@given(hours=offices, instant=instants)
def test_the_next_opening_is_open(hours: Hours, instant: datetime) -> None:
    """Whatever waits for working hours is said in them, and at once when it is working time."""
    opening = hours.opening(instant)
    assert hours.is_open(opening)
    assert (opening == instant) == hours.is_open(instant)
