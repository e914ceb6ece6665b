"""How much is said and asked of Slack for one normal conflict, and that an idle bot does nothing at all."""

from __future__ import annotations

import sqlite3
from collections import Counter
from collections.abc import AsyncIterator
from contextlib import closing
from pathlib import Path
from tempfile import TemporaryDirectory

from bench.row import Row, Scale
from bench.small import version
from sandbox.robot import Robot
from tests.stories.acting import decides, newest
from tests.stories.house import House, open_house
from tests.stories.reports import reports

OWNER, OWNER_MOST, TOLD_MOST = "vera", 3, 2
"""The VP Sales decides about forecasts."""


async def rows(scale: Scale) -> AsyncIterator[Row]:
    """Nina reports, Vera acknowledges and decides; then a company in which nothing happens."""
    with TemporaryDirectory() as folder:
        path = Path(folder) / "chatter.sqlite3"
        async with open_house(f"sqlite+aiosqlite:///{path}") as house:
            async for row in _normal(house):
                yield row
        path = Path(folder) / "idle.sqlite3"
        async with open_house(f"sqlite+aiosqlite:///{path}") as house:
            yield await _idle(house, path, scale.idle_hours)


async def _normal(house: House) -> AsyncIterator[Row]:
    nina, vera = house.robot("nina"), house.robot(OWNER)
    await reports(nina)
    await house.settle()
    told = _pinged(house)
    places = [str(call.args["channel"]) for call in house.slack.record.calls_of("chat.postMessage")]
    posts, cards = len(places), sum(place.startswith("C") for place in places)
    yield Row(
        "messages after a report",
        f"{posts}: {cards} card, {posts - cards} to {len(told)} people told",
        "a card, and one to each person told",
        (cards, posts) == (1, 1 + len(told)) and set(told.values()) == {1},
    )
    await vera.clicks("Acknowledge", newest(vera))
    await house.settle()
    await decides(house, vera)
    await house.settle()
    pinged = _pinged(house)
    owner = pinged.pop(vera.id, 0)
    yield Row("pings of its owner, until it is decided", f"{owner}", f"≤ {OWNER_MOST}", owner <= OWNER_MOST)
    most = max(pinged.values(), default=0)
    yield Row("pings of anybody else", f"{most} at most", f"≤ {TOLD_MOST}", most <= TOLD_MOST)
    calls = Counter(call.method for call in house.slack.record.calls)
    named = ", ".join(f"{count} {method}" for method, count in sorted(calls.items()))
    yield Row("calls to Slack for all of it", f"{calls.total()}: {named}")


def _pinged(house: House) -> dict[str, int]:
    """How often each person heard from the bot: direct messages, and mentions anywhere."""
    robots = [house.robot(person.name) for person in house.slack.workspace.people.values() if not person.bot]
    heard = {robot.id: _heard(robot) for robot in robots}
    for ping in house.slack.record.pings:
        heard[ping.whom] = heard.get(ping.whom, 0) + 1
    return {person: count for person, count in heard.items() if count}


def _heard(robot: Robot) -> int:
    return sum(message.author == "Tiebreak" for message in robot.inbox())


async def _idle(house: House, path: Path, hours: int) -> Row:
    await house.settle()
    calls = len(house.slack.record.calls)
    with closing(sqlite3.connect(path)) as looking:
        before = version(looking)
        await house.forward(hours=hours)
        written = version(looking) != before
    asked = len(house.slack.record.calls) - calls
    measured = f"{asked} calls to Slack, {'something' if written else 'nothing'} written"
    what = f"{hours} hours in which nothing happens"
    return Row(what, measured, "no call, no write", not (asked or written))
