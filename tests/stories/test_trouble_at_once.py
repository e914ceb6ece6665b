"""Many at once, and the same thing twice at once: one effect each, and no error."""

from __future__ import annotations

import asyncio
from datetime import timedelta

import pytest
from sqlalchemy import func, select

from storage import wakes
from storage.store import Unit
from storage.tables import conflicts
from tests.stories.house import House
from tests.stories.keeping import kept
from tests.stories.reports import reports

MANY = 2000


async def how_many(house: House) -> int:
    query = select(func.count()).select_from(conflicts)
    return await house.bot.store.read(lambda c: c.execute(query).scalar_one())


async def test_R52_fifty_reports_at_once_are_fifty_conflicts(house: House) -> None:
    """Nobody is told to try again, and the numbers have no gap."""
    await asyncio.gather(*(kept(house, f"topic{n} figures{n}") for n in range(50)))
    numbers = await house.bot.store.read(lambda c: list(c.execute(select(conflicts.c.number)).scalars()))
    assert sorted(numbers) == list(range(1, 51))


@pytest.mark.parametrize("later", [timedelta(0), timedelta(minutes=5)], ids=["at once", "later"])
async def test_R24_the_same_form_delivered_twice_is_one_conflict(house: House, later: timedelta) -> None:
    """Every interaction comes twice; one report, one card, one message each."""
    house.slack.faults.double_after = later
    house.slack.faults.double_asking = 20
    await reports(house.robot("nina"))
    await house.forward(minutes=10)
    assert await how_many(house) == 1
    assert len(house.robot("vera").inbox()) == 1
    house.provoked("exchanged_trigger_id", "hash_conflict")  # a trigger id used twice is Slack's to refuse


async def test_R40_two_people_press_at_once_and_both_are_answered(house: House) -> None:
    """The owner acknowledges in two windows in the same moment: acknowledged once."""
    await kept(house)
    await house.settle()
    vera = house.robot("vera")
    [asked] = vera.inbox()
    await asyncio.gather(vera.clicks("Acknowledge", asked), vera.clicks("Acknowledge", asked))
    await house.settle()
    assert "Acknowledge" not in vera.inbox()[0].buttons


async def test_people_do_not_wait_behind_thousands_of_due_wake_ups(house: House) -> None:
    """The drain works in batches; a report in the middle of it goes first."""

    def arm(unit: Unit) -> None:
        for n in range(MANY):
            wakes.arm(unit.connection, unit.team, f"gone{n}", unit.clock())

    await house.bot.store.write(arm, team=house.team)
    draining = asyncio.create_task(house.bot.clock.look())
    await kept(house)
    left = await house.bot.store.read(wakes.earliest)
    assert left is not None
    assert not draining.done()
    await draining
