"""R18: a deadline moves with the meeting it hangs on, and says what moved."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from council.cadence import Calendar, Ceremony, Change, occurrence_on
from council.deadlines import deadline
from council.hours import Hours
from council.moves import Moved, after_change, extended
from council.sentence import say
from council.timeframes import AtNext, Before, Timeframe, Within

BERLIN = ZoneInfo("Europe/Berlin")
FORECAST = Ceremony(key="forecast", name="Forecast meeting", every="week", day="thu", at=time(14), minutes=45)
COUNCIL = Ceremony(key="council", name="Council", every="month", day="2nd tue", at=time(10), minutes=60)
CALENDAR = Calendar(hours=Hours(zone="Europe/Berlin"), ceremonies=(FORECAST, COUNCIL))
EARLY = datetime(2025, 1, 1, tzinfo=UTC)
BEFORE = Before(ceremony="forecast")
AT_COUNCIL = AtNext(ceremony="council")
THURSDAY, COUNCIL_DAY = date(2025, 11, 20), date(2025, 12, 9)


def at(text: str) -> datetime:
    return datetime.fromisoformat(text).replace(tzinfo=BERLIN).astimezone(UTC)


def moved(key: str, on: date, to: str, extra: bool = False) -> Change:
    return Change(ceremony=key, on=on, starts=at(to), extra=extra, known_from=EARLY)


def skipped(key: str, *days: date) -> tuple[Change, ...]:
    return tuple(Change(ceremony=key, on=day, skipped=True, known_from=EARLY) for day in days)


def after(
    timeframe: Timeframe,
    *changes: Change,
    reported: str = "2025-11-18 10:00",
    now: str = "2025-11-19 10:00",
    needed_by: str | None = None,
    immediate: bool = False,
) -> Moved | None:
    """What the changes, learnt `now`, make of a deadline reported before them."""
    needed = at(needed_by) if needed_by else None
    return after_change(
        deadline(timeframe, reported_at=at(reported), calendar=CALENDAR, needed_by=needed),
        timeframe=timeframe,
        calendar=replace(CALENDAR, changes=changes),
        now=at(now),
        immediate=immediate,
        needed_by=needed,
    )


@pytest.mark.parametrize(
    ("timeframe", "changes", "limit", "asked", "reason"),
    [
        pytest.param(
            BEFORE,
            [moved("forecast", THURSDAY, "2025-11-21 09:00")],
            "2025-11-21 08:00",
            False,
            "the Forecast meeting was moved: before the Forecast meeting",
            id="moved by a day",
        ),
        pytest.param(
            BEFORE,
            [moved("forecast", THURSDAY, "2025-12-01 09:00")],
            "2025-12-01 08:00",
            True,
            "was moved",
            id="moved by more than a week: the owner is asked",
        ),
        pytest.param(
            BEFORE,
            [moved("forecast", THURSDAY, "2025-12-05 14:00")],
            "2025-11-21 10:00",
            False,
            "more than 14 days away",
            id="moved out of reach: two working days from now",
        ),
        pytest.param(
            BEFORE,
            [moved("forecast", THURSDAY, "2025-11-19 11:00")],
            "2025-11-19 14:00",
            False,
            "was moved",
            id="moved to in an hour: four working hours remain",
        ),
        pytest.param(
            BEFORE,
            skipped("forecast", THURSDAY),
            "2025-11-27 13:00",
            False,
            "does not take place: before the Forecast meeting",
            id="skipped: the next",
        ),
        pytest.param(
            BEFORE,
            skipped("forecast", THURSDAY, date(2025, 11, 27)),
            "2025-11-21 10:00",
            False,
            "more than 14 days away",
            id="two skipped: the third is out of reach",
        ),
        pytest.param(
            BEFORE,
            [*skipped("forecast", THURSDAY), moved("forecast", date(2025, 11, 24), "2025-11-24 10:00", True)],
            "2025-11-24 09:00",
            False,
            "does not take place",
            id="skipped with a replacement",
        ),
        pytest.param(
            AT_COUNCIL,
            [moved("council", COUNCIL_DAY, "2025-12-11 15:00")],
            "2025-12-11 16:00",
            False,
            "the Council was moved: at the next Council",
            id="council moved",
        ),
        pytest.param(
            AT_COUNCIL,
            skipped("council", COUNCIL_DAY),
            "2026-01-13 11:00",
            True,
            "does not take place",
            id="council skipped: a month later, the owner is asked",
        ),
    ],
)
def test_a_deadline_moves_with_its_meeting(
    timeframe: Timeframe, changes: list[Change], limit: str, asked: bool, reason: str
) -> None:
    """Moved, skipped or replaced: the deadline follows, with the reason, and no earlier than one window."""
    found = after(timeframe, *changes)
    assert found is not None
    assert (found.deadline.limit, found.ask_owner, found.tell_owner) == (at(limit), asked, True)
    assert reason in found.deadline.because.text.format(**found.deadline.because.facts)


@pytest.mark.parametrize(
    "changes",
    [
        pytest.param([], id="nothing changed"),
        pytest.param(skipped("forecast", date(2025, 11, 27)), id="another date is skipped"),
        pytest.param(skipped("council", COUNCIL_DAY), id="another ceremony is skipped"),
        pytest.param(
            [moved("forecast", date(2025, 11, 19), "2025-11-19 16:00", True)], id="one is added before it"
        ),
    ],
)
def test_other_meetings_do_not_matter(changes: list[Change]) -> None:
    """Only the meeting that a deadline hangs on moves it."""
    assert after(BEFORE, *changes) is None


def test_what_hangs_on_no_meeting_stays() -> None:
    """Hours after the report, and what somebody has extended, do not move."""
    assert (
        after(Within(target=timedelta(days=2), limit=timedelta(days=2)), *skipped("forecast", THURSDAY))
        is None
    )
    due = deadline(BEFORE, reported_at=at("2025-11-18 10:00"), calendar=CALENDAR)
    later = extended(due, at("2025-11-20 13:30"), say("agreed"))
    calendar = replace(CALENDAR, changes=skipped("forecast", THURSDAY))
    assert after_change(later, timeframe=BEFORE, calendar=calendar, now=due.limit - timedelta(days=1)) is None


def test_a_needed_by_never_moves() -> None:
    """The meeting may move; the date on which it is needed does not, and nobody is told of nothing."""
    found = after(BEFORE, *skipped("forecast", THURSDAY), needed_by="2025-11-20 11:00")
    assert found is not None
    assert (found.deadline.limit, found.deadline.needed_by) == (at("2025-11-20 11:00"), True)
    assert (found.deadline.occurrence, found.tell_owner) == (date(2025, 11, 27), False)
    later = after(BEFORE, *skipped("forecast", THURSDAY), needed_by="2025-11-24 11:00")
    assert later is not None
    assert (later.deadline.limit, later.deadline.needed_by) == (at("2025-11-24 11:00"), True)


def test_a_plan_made_later_excuses_nothing() -> None:
    """A meeting that was held, or a day long gone, is not moved by what is changed afterwards."""
    assert after(BEFORE, moved("forecast", THURSDAY, "2025-11-20 15:00"), now="2025-11-21 10:00") is None
    assert after(BEFORE, *skipped("forecast", THURSDAY), now="2025-11-21 10:00") is None


def test_for_today_and_then_not_today() -> None:
    """Wanted in today's meeting: an hour later it is due at the new start, a day later at the cut-off."""
    near = {"reported": "2025-11-20 13:30", "now": "2025-11-20 13:40"}
    hour = after(BEFORE, moved("forecast", THURSDAY, "2025-11-20 15:00"), **near, immediate=True)
    assert hour is not None
    assert hour.deadline.limit == at("2025-11-20 15:00")
    assert hour.deadline.overdue_at == at("2025-11-20 15:45")
    day = after(BEFORE, moved("forecast", THURSDAY, "2025-11-21 15:00"), **near, immediate=True)
    assert day is not None
    assert (day.deadline.limit, day.deadline.quiet_until) == (at("2025-11-21 14:00"), None)


def test_a_new_cadence_moves_what_hangs_on_the_old_one() -> None:
    """From Thursdays to Fridays: the deadline hangs on the Friday of that week."""
    due = deadline(BEFORE, reported_at=at("2025-11-18 10:00"), calendar=CALENDAR)
    fridays = replace(CALENDAR, ceremonies=(replace(FORECAST, day="fri"), COUNCIL))
    found = after_change(due, timeframe=BEFORE, calendar=fridays, now=at("2025-11-19 10:00"))
    assert found is not None
    assert found.deadline.limit == at("2025-11-21 13:00")
    gone = replace(CALENDAR, ceremonies=(COUNCIL,))
    found = after_change(due, timeframe=BEFORE, calendar=gone, now=at("2025-11-19 10:00"))
    assert found is not None
    assert (found.deadline.kind, found.deadline.limit) == ("within", at("2025-11-21 10:00"))


@settings(deadline=None, max_examples=150)
@given(
    timeframe=st.sampled_from([BEFORE, AT_COUNCIL]),
    reported=st.timedeltas(timedelta(), timedelta(days=300)).map(EARLY.__add__),
    passed=st.timedeltas(timedelta(), timedelta(days=2)),
    by=st.none() | st.timedeltas(timedelta(days=-3), timedelta(days=30)),
    immediate=st.booleans(),
)
def test_what_holds_of_every_move(
    timeframe: Before | AtNext, reported: datetime, passed: timedelta, by: timedelta | None, immediate: bool
) -> None:
    """Never overdue at once, never over a meeting that does not take place, and settled after one time."""
    due = deadline(timeframe, reported_at=reported, calendar=CALENDAR)
    now = reported + passed
    if due.occurrence is None or due.meeting_at is None or due.overdue_at <= now:
        return
    change = Change(
        ceremony=timeframe.ceremony,
        on=due.occurrence,
        starts=due.meeting_at + by if by else None,
        skipped=by is None,
        known_from=now,
    )
    calendar = replace(CALENDAR, changes=(change,))
    found = after_change(due, timeframe=timeframe, calendar=calendar, now=now, immediate=immediate)
    if found is None:
        return
    assert found.deadline.overdue_at >= now + timedelta(minutes=30)
    if found.deadline.occurrence is not None:
        planned = occurrence_on(calendar, timeframe.ceremony, found.deadline.occurrence)
        assert planned is not None
        assert planned.starts == found.deadline.meeting_at
    assert after_change(found.deadline, timeframe=timeframe, calendar=calendar, now=now) is None
