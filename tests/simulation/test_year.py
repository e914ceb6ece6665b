"""A year of the council by itself: what is said is what stands in that year's calendar, and nothing else.

The calendars are in `tests/golden/year`; `python -m tests.simulation.year ZONE` prints one anew.
"""

from __future__ import annotations

from collections import Counter
from datetime import UTC, datetime, timedelta
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest

from sandbox.clock import HandClock
from sandbox.manifest import load
from tests.simulation.year import HOLIDAYS, calendar, company, live
from tests.stories.company import juniper_slack
from tests.stories.house import MANIFEST, open_house

GOLDEN = Path(__file__).parents[1] / "golden" / "year"
LATE = timedelta(minutes=2)
"""What was due while nothing ran is said within a minute of the start."""
PROMPT, REMINDER = "Anything between tools", "what you say until"
SPRING = datetime(2026, 3, 2, tzinfo=UTC)
"""The Monday before clocks change in New York; in Berlin they do four weeks later."""


def golden(zone: str) -> list[str]:
    """The year as somebody has read it and found it right."""
    return (GOLDEN / f"{zone.replace('/', '_').lower()}.txt").read_text("utf-8").splitlines()


ZONES = [
    pytest.param("Europe/Berlin", marks=pytest.mark.exhaustive),  # the year of sudden deaths says the same
    pytest.param("America/New_York", marks=pytest.mark.exhaustive),
    "Australia/Sydney",
]


@pytest.mark.parametrize("zone", ZONES)
def test_a_year_says_what_its_calendar_says(zone: str) -> None:
    """In three zones whose clocks change on different days, one of them the other way round."""
    year, wrong = live(zone)
    assert not wrong, wrong[:9]
    assert year.calendar == golden(zone)


def test_a_year_of_sudden_deaths_says_the_same() -> None:
    """Killed at any moment of what it does and started again: each once, none lost, at most a minute late."""
    year, wrong = live("Europe/Berlin", kills=300)
    assert len(year.killed) > 100
    assert not wrong, wrong[:9]
    said, wanted = Counter(map(what, year.calendar)), Counter(map(what, golden("Europe/Berlin")))
    assert said == wanted
    for ours, theirs in zip(
        sorted(year.calendar, key=what), sorted(golden("Europe/Berlin"), key=what), strict=True
    ):
        assert timedelta(0) <= when(ours) - when(theirs) <= LATE, (ours, theirs)


@pytest.mark.parametrize("zone", HOLIDAYS)
def test_nobody_is_reminded_of_a_standup_on_a_day_off(zone: str) -> None:
    """Of the workspace's: whoever lives elsewhere has none of their own."""
    hours = company(zone).hours
    reminded = [line for line in golden(zone) if REMINDER in line]
    assert len(reminded) > 40
    assert all(hours.is_working_day(local(line, zone).date()) for line in reminded)


def what(line: str) -> str:
    """To whom and what, with the day but without the minute."""
    return line[:14] + line[20:]


def local(line: str, zone: str) -> datetime:
    """When it was by the clock of who heard it."""
    name = line[21:].partition(":")[0]
    people = juniper_slack(HandClock(SPRING), load(MANIFEST)).workspace.people.values()
    home = next(person.zone for person in people if person.name == name)
    return when(line, zone).astimezone(ZoneInfo(home))


def when(line: str, zone: str = "UTC") -> datetime:
    return datetime.fromisoformat(f"{line[:10]}T{line[15:20]}").replace(tzinfo=ZoneInfo(zone))


@pytest.mark.parametrize("zone", HOLIDAYS)
def test_everybody_is_asked_at_nine_by_their_own_clock(zone: str) -> None:
    """Whatever the workspace's clocks do; nobody on its days off, and for each standup once."""
    asked = [line for line in golden(zone) if PROMPT in line]
    assert len(asked) > 5 * 40
    hours = company(zone).hours
    for line in asked:
        assert f"{local(line, zone):%H:%M}" == "09:00", line
        assert hours.is_working_day(local(line, zone).date()), line
    assert max(Counter(line[20:] for line in asked).values()) == 1


async def test_weeks_of_the_year_over_a_real_socket(database_url: str) -> None:
    """On both databases, while the clocks change in New York and then in Berlin: the same calendar."""
    zone = "Europe/Berlin"
    async with open_house(database_url, start=SPRING, configuration=company(zone)) as house:
        await house.forward(weeks=6)
        made = (call for call in house.slack.record.calls if call.method == "chat.postMessage")
        posted = [(call.at, str(call.answer.body["channel"]), str(call.args["text"])) for call in made]
        assert not house.slack.record.defects
        begins, ends = (SPRING + timedelta(weeks=weeks) for weeks in (1, 6))
        lines = calendar(house.slack, zone, (each for each in posted if begins <= each[0] < ends))
    theirs = (line for line in golden(zone) if begins <= when(line, zone) < ends)
    assert lines == list(theirs)
