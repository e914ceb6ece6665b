"""Slack is away for half an hour while five hundred things fall due: what comes of each of them."""

from __future__ import annotations

from collections import Counter, defaultdict
from datetime import datetime, timedelta
from functools import partial
from itertools import pairwise

import pytest
from sqlalchemy import Connection, func, select

from council.changing import withdraw
from storage import conflicts, tables, workspaces
from storage.applying import apply
from storage.store import Unit
from tests.stories.house import House
from tests.stories.keeping import kept

BEFORE, DURING, TAKEN_BACK = 11, 163, 4
POST = "chat.postMessage"


def waiting(connection: Connection, by: datetime) -> int:
    """How many cards and messages are to be said by then."""
    notices = tables.notices
    due = (notices.c.state == "waiting", notices.c.not_before <= by)
    told = select(func.count()).select_from(notices).where(*due)
    cards = select(func.count()).select_from(tables.messages).where(tables.messages.c.ts.is_(None))
    return int(connection.execute(told).scalar_one() + connection.execute(cards).scalar_one())


def came_of(connection: Connection) -> Counter[tuple[str, bool]]:
    """How often each end of a message was met, and whether a reason stands by it."""
    rows = connection.execute(select(tables.notices.c.state, tables.notices.c.why))
    return Counter((row.state, bool(row.why)) for row in rows)


async def take_back(house: House, id: str) -> None:
    """Nina withdraws her report while nobody can be told of it."""

    def change(unit: Unit) -> None:
        found = conflicts.find(unit.connection, unit.team, id)
        workspace = workspaces.load(unit.connection, unit.team, ["U0NINA"], now=unit.clock())
        assert found is not None
        assert workspace is not None
        nina, now = workspace.people["U0NINA"], unit.clock()
        outcome = withdraw(found, "A mistake of mine", by=nina, workspace=workspace, now=now)
        apply(unit.connection, unit.ids, outcome, now)

    await house.bot.store.write(change, team=house.team)


async def pass_seconds(house: House, seconds: int) -> None:
    """The clock goes on second by second; the bot looks at each."""
    for _ in range(seconds):
        house.clock.forward(timedelta(seconds=1))
        await house.bot.clock.look()


async def away_while_much_falls_due(house: House) -> None:
    """Eleven reminders come due, and 163 conflicts are reported, four of which are taken back again."""
    for n in range(BEFORE):
        await kept(house, f"before{n} figures{n}")
    await house.settle()
    due = await house.bot.clock.earliest()
    assert due is not None
    house.clock.forward(due - house.clock.now() - timedelta(minutes=1))
    house.slack.rates.scale = 1
    house.slack.faults.go_away(house.clock.now(), timedelta(minutes=30))
    made = [await kept(house, f"during{n} figures{n}") for n in range(DURING)]
    for id in made[:TAKEN_BACK]:
        await take_back(house, id)
    for _ in range(30):
        house.clock.forward(timedelta(minutes=1))
        await house.bot.clock.look()


@pytest.mark.parametrize("migrated_url", ["sqlite"], indirect=True)
async def test_R3_five_hundred_things_are_said_once_the_most_important_first_and_not_too_fast(
    house: House,
) -> None:
    """Afterwards each was said once, is recorded as dropped, or waits for the morning; never too fast.

    Remy, whom all of it only concerns, has heard of three; the rest is gathered for him.
    """
    await away_while_much_falls_due(house)
    some_day = house.clock.now() + timedelta(days=30)
    assert await house.bot.store.read(partial(waiting, by=some_day)) >= 500 - 3 * TAKEN_BACK
    vera, back = house.robot("vera"), len(house.slack.record.calls)
    await pass_seconds(house, 240)
    assert await house.bot.store.read(partial(waiting, by=house.clock.now())) == 0
    ended = await house.bot.store.read(came_of)
    assert set(ended) <= {("said", False), ("dropped", True), ("waiting", False)}
    assert len(house.robot("remy").inbox()) == 3
    assert ended["dropped", True] >= TAKEN_BACK
    lines = [seen.text for seen in vera.inbox()]
    assert len([line for line in lines if "You decide #" in line]) == BEFORE + DURING - TAKEN_BACK
    assert len(set(lines)) == len(lines)
    [gathered] = [place for place, line in enumerate(lines) if " things" in line]
    assert gathered == len(lines) - 1
    cards = [seen.text.split(" ", 1)[0] for seen in vera.sees("ai-council") if "Details" in seen.buttons]
    assert len(cards) == len(set(cards)) == BEFORE + DURING
    paced(house, back)


def paced(house: House, since: int) -> None:
    """One message a second into one conversation, and no refusal for being too fast."""
    said = defaultdict(list)
    for call in list(house.slack.record.calls)[since:]:
        assert call.answer.status != 429, call
        if call.method == POST:
            said[call.args["channel"]].append(call.at)
    assert all(later - at >= timedelta(seconds=1) for times in said.values() for at, later in pairwise(times))
