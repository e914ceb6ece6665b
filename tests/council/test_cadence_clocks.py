"""Ceremonies when the clocks change, in zones whose rules have nothing in common (R13, R15)."""

from __future__ import annotations

from datetime import UTC, date, datetime, time, timedelta
from itertools import pairwise, takewhile

import pytest

from council.cadence import Calendar, Ceremony, Occurrence, upcoming
from council.hours import WEEKDAYS, Hours, wall

ZONES = [
    pytest.param("Europe/Berlin", id="Berlin changes at 01:00 UTC"),
    pytest.param("America/New_York", id="New York changes at 02:00 on the wall"),
    pytest.param("America/Santiago", id="Santiago changes at midnight, in southern seasons"),
    pytest.param("Australia/Lord_Howe", id="Lord Howe changes by half an hour"),
    pytest.param("Africa/Cairo", id="Cairo changes on Fridays and Thursdays at midnight"),
    pytest.param("Asia/Beirut", id="Beirut changes at midnight"),
    pytest.param("America/Havana", id="Havana changes at midnight forward, at 01:00 back"),
    pytest.param("Pacific/Auckland", id="Auckland changes in southern seasons at 02:00"),
]
BEGIN, END = datetime(2025, 12, 31, tzinfo=UTC), datetime(2029, 1, 1, tzinfo=UTC)


def weekly(zone: str, day: str, at: time, own_zone: bool = True) -> list[Occurrence]:
    """All occurrences of three years; the zone is the ceremony's own or the workspace's."""
    ceremony = Ceremony(
        key="it", name="It", every="week", day=day, at=at, minutes=15, zone=zone if own_zone else None
    )
    calendar = Calendar(hours=Hours(zone="UTC" if own_zone else zone), ceremonies=(ceremony,))
    return list(takewhile(lambda o: o.starts < END, upcoming(calendar, "it", BEGIN)))


@pytest.mark.parametrize("zone", ZONES)
@pytest.mark.parametrize("day", ["mon", "fri", "sun"])
def test_R13_nine_stays_nine(zone: str, day: str) -> None:
    """R13: weekly at 09:00 is at 09:00 on that weekday in its zone, every week, exactly once."""
    found = weekly(zone, day, time(9))
    walls = [wall(occurrence.starts, zone) for occurrence in found]
    assert {(WEEKDAYS[at.weekday()], at.time()) for at in walls} == {(day, time(9))}
    assert {later - earlier for earlier, later in pairwise(walls)} == {timedelta(weeks=1)}
    offsets = {occurrence.starts.time() for occurrence in found}
    assert len(offsets) == 2, "the span holds both summer and winter time"


@pytest.mark.parametrize("zone", ZONES)
@pytest.mark.parametrize("at", [time(0), time(0, 30), time(1, 30), time(2, 30), time(3)], ids=str)
@pytest.mark.parametrize("day", ["sun", "fri"])
def test_R14_each_week_once_whatever_the_clocks_do(zone: str, at: time, day: str) -> None:
    """R13: no week is left out and none comes twice, also at hours that do not exist or exist twice."""
    found = weekly(zone, day, at)
    dates = [occurrence.on for occurrence in found]
    assert {later - earlier for earlier, later in pairwise(dates)} == {timedelta(weeks=1)}
    assert len(found) >= 156
    late = [wall(o.starts, zone) - datetime.combine(o.on, at) for o in found]
    assert set(late) <= {timedelta(), timedelta(minutes=30), timedelta(hours=1)}


@pytest.mark.parametrize(
    ("zone", "day", "at", "on", "instant"),
    [
        pytest.param(
            "America/New_York",
            "mon",
            time(0, 30),
            date(2026, 3, 9),
            datetime(2026, 3, 9, 4, 30, tzinfo=UTC),
            id="Monday 00:30 in New York, the day after the clocks went forward",
        ),
        pytest.param(
            "Europe/Berlin",
            "sun",
            time(2, 30),
            date(2026, 3, 29),
            datetime(2026, 3, 29, 1, 30, tzinfo=UTC),
            id="02:30 in Berlin runs at 03:30 when it does not exist",
        ),
        pytest.param(
            "Europe/Berlin",
            "sun",
            time(2, 30),
            date(2026, 10, 25),
            datetime(2026, 10, 25, 0, 30, tzinfo=UTC),
            id="02:30 in Berlin runs the first time when it comes twice",
        ),
        pytest.param(
            "Australia/Lord_Howe",
            "sun",
            time(2, 15),
            date(2026, 10, 4),
            datetime(2026, 10, 3, 15, 45, tzinfo=UTC),
            id="02:15 on Lord Howe runs at 02:45, half an hour later",
        ),
        pytest.param(
            "America/Santiago",
            "sun",
            time(0),
            date(2026, 9, 6),
            datetime(2026, 9, 6, 4, 0, tzinfo=UTC),
            id="midnight in Santiago runs at 01:00 when it does not exist",
        ),
    ],
)
def test_R13_hours_that_jump_or_repeat(zone: str, day: str, at: time, on: date, instant: datetime) -> None:
    """A time the clocks jump over runs as much later as they jump; one shown twice runs the first time."""
    found = [occurrence for occurrence in weekly(zone, day, at) if occurrence.on == on]
    assert [occurrence.starts for occurrence in found] == [instant]
    assert found[0].ends - found[0].starts == timedelta(minutes=15)


def test_R15_without_a_zone_of_its_own_a_ceremony_has_the_workspaces() -> None:
    """R15: the weekday is that of the place where the council meets, far from UTC too."""
    assert weekly("Pacific/Auckland", "mon", time(9), own_zone=False) == weekly(
        "Pacific/Auckland", "mon", time(9)
    )
