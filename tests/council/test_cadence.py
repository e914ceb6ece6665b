"""Ceremonies: which dates they take place on, and what moves, skips and adds one."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, date, datetime, time, timedelta
from itertools import islice, takewhile

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from pydantic import TypeAdapter

from council.cadence import (
    Calendar,
    Ceremony,
    Change,
    Every,
    day_problem,
    next_occurrence,
    occurrence_on,
    running_or_upcoming,
    upcoming,
)
from council.hours import Holidays, Hours

FORECAST = Ceremony(key="forecast", name="Forecast meeting", every="week", day="thu", at=time(14), minutes=45)
COUNCIL = Ceremony(key="council", name="Council", every="month", day="2nd tue", at=time(10))
CALENDAR = Calendar(
    hours=Hours(zone="Europe/Berlin", holidays=Holidays("DE", "BE")), ceremonies=(FORECAST, COUNCIL)
)
EARLY = datetime(2025, 1, 1, tzinfo=UTC)


def utc(text: str) -> datetime:
    return datetime.fromisoformat(text).replace(tzinfo=UTC)


def with_changes(*changes: Change) -> Calendar:
    return replace(CALENDAR, changes=changes)


def starts(calendar: Calendar, key: str, after: str, count: int) -> list[str]:
    found = islice(upcoming(calendar, key, utc(after)), count)
    return [f"{occurrence.starts:%Y-%m-%d %H:%M}" for occurrence in found]


@pytest.mark.parametrize(
    ("every", "day", "month", "dates"),
    [
        pytest.param("week", "mon", None, ["2026-01-05", "2026-01-12", "2026-01-19"], id="each Monday"),
        pytest.param(
            "month", "2nd tue", None, ["2026-01-13", "2026-02-10", "2026-03-10"], id="second Tuesdays"
        ),
        pytest.param(
            "month", "last fri", None, ["2026-01-30", "2026-02-27", "2026-03-27"], id="last Fridays"
        ),
        pytest.param("quarter", "3rd thu", 3, ["2026-03-19", "2026-06-18", "2026-09-17"], id="quarter's end"),
        pytest.param(
            "quarter", "3rd wed", None, ["2026-01-21", "2026-04-15", "2026-07-15"], id="its first month"
        ),
        pytest.param(
            "half-year", "1st mon", 2, ["2026-02-02", "2026-08-03", "2027-02-01"], id="each half-year"
        ),
    ],
)
def test_ceremonies_recur(every: Every, day: str, month: int | None, dates: list[str]) -> None:
    """Weekly by weekday; else by the weekday of a month, of the chosen month of a quarter or half-year."""
    ceremony = Ceremony(key="it", name="It", every=every, day=day, month=month, at=time(10))
    calendar = Calendar(hours=Hours(zone="UTC"), ceremonies=(ceremony,))
    found = islice(upcoming(calendar, "it", utc("2026-01-01")), 3)
    assert [occurrence.on.isoformat() for occurrence in found] == dates


@pytest.mark.parametrize(
    ("every", "day", "month", "reason"),
    [
        pytest.param("month", "31", None, "Not every month has “31”", id="the 31st"),
        pytest.param("month", "5th tue", None, "Not every month has “5th tue”", id="a fifth Tuesday"),
        pytest.param("month", "tue", None, "write it like “2nd tue”", id="any Tuesday of a month"),
        pytest.param("week", "2nd tue", None, "is not a weekday", id="a second Tuesday every week"),
        pytest.param("month", "2nd noday", None, "write it like", id="no day at all"),
        pytest.param("quarter", "1st mon", 4, "4 is not a month of a quarter", id="a quarter's fourth month"),
        pytest.param("week", "mon", 1, "1 is not a month of a week", id="a week's month"),
    ],
)
def test_days_that_do_not_always_come_are_explained(
    every: Every, day: str, month: int | None, reason: str
) -> None:
    """A ceremony that would silently leave out months is refused, with what to choose instead."""
    problem = day_problem(every, day, month)
    assert problem is not None
    assert reason in problem.text.format(**problem.facts)
    with pytest.raises(ValueError, match=reason):
        Ceremony(key="it", name="It", every=every, day=day, month=month, at=time(10))


@pytest.mark.parametrize("day", ["1st mon", "4th sun", "last tue"])
def test_the_last_of_a_weekday_is_fine(day: str) -> None:
    """First to fourth and last come every month."""
    assert day_problem("month", day) is None


def test_a_weekly_ceremony_skips_holidays_by_itself() -> None:
    """Nobody meets on Christmas or New Year; anything rarer stands until the chair moves it."""
    assert starts(CALENDAR, "forecast", "2025-12-12", 2) == ["2025-12-18 13:00", "2026-01-08 13:00"]
    monthly = replace(COUNCIL, day="4th thu")
    standing = replace(CALENDAR, ceremonies=(monthly,))
    assert starts(standing, "council", "2025-12-12", 1) == ["2025-12-25 09:00"]


def test_an_occurrence_is_moved_skipped_or_added() -> None:
    """Each keeps its identity, the date it had, and the order is that of what takes place."""
    calendar = with_changes(
        Change(ceremony="forecast", on=date(2026, 1, 8), starts=utc("2026-01-16 09:00"), known_from=EARLY),
        Change(ceremony="forecast", on=date(2026, 1, 22), skipped=True, known_from=EARLY),
        Change(
            ceremony="forecast",
            on=date(2026, 1, 26),
            starts=utc("2026-01-26 08:00"),
            extra=True,
            known_from=EARLY,
        ),
    )
    found = list(islice(upcoming(calendar, "forecast", utc("2026-01-02")), 4))
    assert [(o.on.day, o.starts.day, o.moved, o.extra) for o in found] == [
        (15, 15, False, False),
        (8, 16, True, False),
        (26, 26, False, True),
        (29, 29, False, False),
    ]
    assert occurrence_on(calendar, "forecast", date(2026, 1, 22)) is None
    assert occurrence_on(calendar, "forecast", date(2026, 1, 8)) == found[1]


def test_the_change_known_last_holds() -> None:
    """Skipped, then after all to stand as planned; and an extra one moved once more."""
    skipped = Change(ceremony="forecast", on=date(2026, 1, 1), skipped=True, known_from=EARLY)
    stands = Change(ceremony="forecast", on=date(2026, 1, 1), known_from=EARLY + timedelta(days=1))
    assert starts(with_changes(stands, skipped), "forecast", "2025-12-30", 1) == ["2026-01-01 13:00"]
    assert starts(with_changes(stands, skipped).known_at(EARLY), "forecast", "2025-12-30", 1) == [
        "2026-01-08 13:00"
    ]
    extra = Change(
        ceremony="forecast", on=date(2026, 1, 5), starts=utc("2026-01-05 09:00"), extra=True, known_from=EARLY
    )
    again = replace(extra, starts=utc("2026-01-06 09:00"), extra=False, known_from=EARLY + timedelta(days=1))
    assert starts(with_changes(extra, again), "forecast", "2026-01-02", 1) == ["2026-01-06 09:00"]


def test_a_changed_date_that_is_no_longer_planned_is_dropped() -> None:
    """After Thursdays became Wednesdays, what was said about a Thursday adds no second meeting."""
    moved = Change(
        ceremony="forecast", on=date(2026, 1, 15), starts=utc("2026-01-16 09:00"), known_from=EARLY
    )
    calendar = replace(with_changes(moved), ceremonies=(replace(FORECAST, day="wed"),))
    assert starts(calendar, "forecast", "2026-01-08", 2) == ["2026-01-14 13:00", "2026-01-21 13:00"]


def test_a_running_meeting_is_not_upcoming() -> None:
    """At its start a meeting stops being ahead, but goes on until its end."""
    begun = utc("2025-11-20 13:00")
    running = next(running_or_upcoming(CALENDAR, "forecast", begun + timedelta(minutes=44)))
    assert running.starts == begun
    assert next(running_or_upcoming(CALENDAR, "forecast", begun + timedelta(minutes=45))).starts > begun
    assert starts(CALENDAR, "forecast", "2025-11-20 13:00", 1) == ["2025-11-27 13:00"]


def test_a_ceremony_that_does_not_exist_has_no_next() -> None:
    """What was deleted simply does not come."""
    assert next_occurrence(CALENDAR, "gone", EARLY) is None
    assert occurrence_on(CALENDAR, "gone", date(2026, 1, 8)) is None
    assert CALENDAR.name_of("gone") == "gone"


def test_a_calendar_survives_being_stored() -> None:
    """Written as JSON and read again it is the same calendar."""
    calendar = with_changes(
        Change(ceremony="forecast", on=date(2026, 1, 8), starts=utc("2026-01-16 09:00"), known_from=EARLY)
    )
    stored = TypeAdapter(Calendar)
    assert stored.validate_json(stored.dump_json(calendar)) == calendar


days = st.dates(date(2025, 12, 1), date(2026, 4, 30))
moments = st.timedeltas(timedelta(), timedelta(days=150)).map(datetime(2025, 12, 1, tzinfo=UTC).__add__)
changes = st.builds(
    Change,
    ceremony=st.just("forecast"),
    on=days,
    starts=st.none() | moments,
    skipped=st.booleans(),
    extra=st.booleans(),
    known_from=moments,
)


@settings(deadline=None, max_examples=100)
@given(changed=st.lists(changes, max_size=6), split=moments)
def test_occurrences_are_the_same_however_the_span_is_split(changed: list[Change], split: datetime) -> None:
    """Asking once for half a year or twice for its parts gives the same meetings, in order, each once."""
    calendar = with_changes(*changed)
    begin, end = utc("2025-12-01"), utc("2026-06-01")
    whole = list(takewhile(lambda o: o.starts <= end, upcoming(calendar, "forecast", begin)))
    first = list(takewhile(lambda o: o.starts <= split, upcoming(calendar, "forecast", begin)))
    rest = list(takewhile(lambda o: o.starts <= end, upcoming(calendar, "forecast", split)))
    assert first + rest == whole
    assert [o.starts for o in whole] == sorted(o.starts for o in whole)
    assert len({o.on for o in whole}) == len(whole)
    assert all(occurrence_on(calendar, "forecast", o.on) == o for o in whole)
