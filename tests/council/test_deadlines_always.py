"""What holds of every deadline, whatever was reported when."""

from __future__ import annotations

from datetime import UTC, date, datetime, time, timedelta

from hypothesis import given, settings
from hypothesis import strategies as st
from pydantic import TypeAdapter

from council.cadence import Calendar, Ceremony, Change, occurrence_on
from council.deadlines import Deadline, Meeting, deadline
from council.hours import Holidays, Hours
from council.timeframes import AtNext, Before, Timeframe, Within

FORECAST = Ceremony(key="forecast", name="Forecast meeting", every="week", day="thu", at=time(14), minutes=45)
COUNCIL = Ceremony(key="council", name="Council", every="month", day="2nd tue", at=time(10), minutes=60)
HOURS = Hours(zone="Europe/Berlin", holidays=Holidays("DE", "BE"))
EARLY = datetime(2025, 1, 1, tzinfo=UTC)
HOUR = timedelta(hours=1)


def skipping(days: list[date]) -> Calendar:
    changes = (Change(ceremony="forecast", on=day, skipped=True, known_from=EARLY) for day in days)
    return Calendar(hours=HOURS, ceremonies=(FORECAST, COUNCIL), changes=tuple(changes))


timeframes = st.sampled_from(
    [
        Within(target=48 * HOUR, limit=48 * HOUR),
        Within(target=24 * HOUR, limit=48 * HOUR),
        Before(ceremony="forecast"),
        Before(ceremony="council"),
        AtNext(ceremony="council", or_emergency_call=True),
    ]
)
instants = st.timedeltas(timedelta(), timedelta(days=700)).map(EARLY.__add__)
skips = st.lists(st.integers(0, 105).map(lambda week: date(2025, 1, 2) + timedelta(weeks=week)), max_size=30)


@settings(deadline=None, max_examples=200)
@given(
    timeframe=timeframes,
    reported=instants,
    skipped=skips,
    meeting=st.sampled_from(["today", "next"]),
    needed=st.none() | st.timedeltas(timedelta(minutes=1), timedelta(days=40)),
)
def test_what_holds_of_every_deadline(
    timeframe: Timeframe, reported: datetime, skipped: list[date], meeting: Meeting, needed: timedelta | None
) -> None:
    """Never over a skipped meeting, never past, never on a day off by the count, always in order."""
    calendar = skipping(skipped)
    needed_by = reported + needed if needed else None
    due = deadline(timeframe, reported_at=reported, calendar=calendar, needed_by=needed_by, meeting=meeting)
    assert reported < due.target <= due.limit <= due.overdue_at
    assert needed_by is None or due.limit <= needed_by
    if due.kind == "within" and not due.needed_by:
        assert HOURS.is_working_day(HOURS.day_of(due.limit))
    if due.occurrence is not None and due.ceremony is not None:
        planned = occurrence_on(calendar, due.ceremony, due.occurrence)
        assert planned is not None
        assert planned.starts == due.meeting_at
        assert due.overdue_at <= planned.ends
    assert due.because.text.format(**due.because.facts)
    stored = TypeAdapter(Deadline)
    assert stored.validate_json(stored.dump_json(due)) == due
