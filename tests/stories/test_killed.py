"""Killed at any write of a whole story and started again: nothing lost, nothing twice.

Tried each time: all instants at which something was said and not yet recorded, and every second of the
others. All of them, on both databases and with their real threads, in about four minutes:

    pytest -m exhaustive tests/stories/test_killed.py
"""

from __future__ import annotations

from collections import Counter
from contextlib import AbstractAsyncContextManager
from pathlib import Path

import pytest
from sqlalchemy import func, select
from sqlalchemy.engine import URL

from storage.tables import conflicts, notices
from tests.stories.copying import Databases, files, server
from tests.stories.house import House
from tests.stories.worlds import Story, Wanted, gone_on, told

READ_BACK = 20
"""Seconds after which every unknown outcome is settled."""
FEWEST = 6
"""With fewer worlds than this the story would be watched no more."""


async def opens(house: House) -> None:
    nina = house.robot("nina")
    if not nina.has_modal:
        await nina.types("/ai-conflict Q4 pipeline for EMEA", channel="sales")


async def fills(house: House) -> None:
    form = house.robot("nina").modal
    await form.choose("What kind of conflict?", "Pipeline forecast discrepancy")
    await form.choose("First source", "Clari AI", query="Clari AI")
    await form.fill("What it says", "4.2 M€")
    await form.choose("Second source", "Rep roll-up", query="Rep roll-up")
    await form.fill("What it says", "3.1 M€", nth=1)


async def submits(house: House) -> None:
    form = house.robot("nina").modal
    if form.submit_label:
        await form.submit()


async def rests(house: House) -> None:
    await house.forward(seconds=READ_BACK)


async def acknowledges(house: House) -> None:
    vera = house.robot("vera")
    if vera.inbox()[-1].text != "ack":
        await vera.says("ack")


async def waits(house: House) -> None:
    await house.until(house.clock.now().replace(day=20, hour=16))


STORY = (opens, fills, submits, rests, acknowledges, rests, waits, rests)


async def ending(house: House) -> Counter[str]:
    """Nothing hangs and nothing was refused; what everybody can read, each message with where it stands."""
    read = house.bot.store.read
    assert await read(lambda c: c.execute(select(func.count()).select_from(conflicts)).scalar()) == 1
    left = select(notices.c.state, notices.c.why).where(notices.c.state.in_(("waiting", "calling")))
    assert await read(lambda c: c.execute(left).all()) == []
    dropped = select(notices.c.id).where(notices.c.state == "dropped", notices.c.why == "")
    assert await read(lambda c: c.execute(dropped).all()) == []
    assert house.slack.record.defects == []
    seen = [f"sales: {message.text}" for message in house.robot("nina").sees("sales")]
    for name in ("vera", "remy", "dean", "nina", "hugo"):
        seen += [f"{name}: {message.text}" for message in house.robot(name).inbox()]
    return Counter(seen)


def every_second(said: bool, nth: int) -> bool:
    return said or nth % 2 == 0


def a_few(said: bool, nth: int) -> bool:
    return nth % (8 if said else 60) == 0


def all_of_them(said: bool, nth: int) -> bool:
    return True


async def killed(
    place: AbstractAsyncContextManager[Databases], wanted: Wanted, *, inline: bool = False
) -> None:
    """From each wanted world a new process goes on: the ending is that of the undisturbed story."""
    story = Story(STORY, ending, inline)
    async with place as databases:
        worlds, expected = await told(databases, story, wanted)
        assert len(worlds) >= FEWEST
        for world in worlds:
            assert await gone_on(databases, story, world) == expected, world.name


async def test_R12_killed_at_any_write_nothing_is_lost_and_nothing_is_said_twice(tmp_path: Path) -> None:
    """Reported, asked, acknowledged, reminded: whenever the process dies, all read the same in the end."""
    await killed(files(tmp_path), every_second, inline=True)


async def test_R12_killed_on_postgresql_too(postgres_url: URL) -> None:
    """A sample of the same: there leases end by the database's clock instead of at the start."""
    await killed(server(postgres_url), a_few)


@pytest.mark.exhaustive
async def test_R12_killed_at_really_every_write(tmp_path: Path) -> None:
    """All of it, with the threads of SQLite."""
    await killed(files(tmp_path), all_of_them)


@pytest.mark.exhaustive
async def test_R12_killed_at_really_every_write_on_postgresql(postgres_url: URL) -> None:
    """All of it on PostgreSQL."""
    await killed(server(postgres_url), all_of_them)
