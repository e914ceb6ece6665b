"""Killed at every write of a whole story and started again: nothing lost, nothing twice."""

from __future__ import annotations

import uuid
from collections import Counter
from pathlib import Path

import pytest
from sqlalchemy import func, select
from sqlalchemy.engine import URL

from storage.tables import conflicts, notices
from tests.conftest import execute
from tests.stories.house import House
from tests.stories.mortal import Saga, saga

SLICES = 4
READ_BACK = 20
"""Seconds after which every unknown outcome is settled."""

DEAD = "not acknowledged"
"""What Slack minds of a process that died in the middle."""


async def opens(house: House) -> None:
    nina = house.robot("nina")
    if not nina.has_modal and not house.slack.record.calls_of("views.open"):
        await nina.types("/ai-conflict Q4 pipeline for EMEA", channel="sales")


async def fills(house: House) -> None:
    nina = house.robot("nina")
    if not nina.has_modal:
        await nina.types("/ai-conflict Q4 pipeline for EMEA", channel="sales")
    form = nina.modal
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
    buttons = [button for message in vera.inbox() for button in message.buttons]
    if "Acknowledge" in buttons:
        await vera.clicks("Acknowledge")


async def waits(house: House) -> None:
    await house.until(house.clock.now().replace(day=20, hour=16))


STORY = (opens, fills, submits, rests, acknowledges, rests, waits, rests)


async def play(story: Saga) -> Counter[str]:
    """The whole story; what everybody can read at its end, each message with where it stands."""
    for step in STORY:
        await story.do(step)
    house = story.house
    how_many = select(func.count()).select_from(conflicts)
    assert await story.store.read(lambda c: c.execute(how_many).scalar()) == 1
    left = select(notices.c.state, notices.c.why).where(notices.c.state.in_(("waiting", "calling")))
    assert await story.store.read(lambda c: c.execute(left).all()) == []
    dropped = select(notices.c.id).where(notices.c.state == "dropped", notices.c.why == "")
    assert await story.store.read(lambda c: c.execute(dropped).all()) == []
    refused = [defect for defect in house.slack.record.defects if defect.kind != DEAD]
    assert not refused, refused
    read = [f"sales: {message.text}" for message in house.robot("nina").sees("sales")]
    for name in ("vera", "remy", "dean", "nina", "hugo"):
        read += [f"{name}: {message.text}" for message in house.robot(name).inbox()]
    return Counter(read)


async def undisturbed(url: str) -> tuple[Counter[str], int]:
    async with saga(url, None, "before") as story:
        return await play(story), story.store.writes


async def check(url: str, fatal: int, expected: Counter[str]) -> int:
    """Killed there, before or after the commit in turn; how often it died."""
    async with saga(url, fatal, "before" if fatal % 2 else "after") as story:
        assert await play(story) == expected, f"killed at write {fatal}"
        return story.deaths


@pytest.mark.parametrize("slice", range(SLICES))
async def test_R12_killed_at_every_write_nothing_is_lost_and_nothing_is_said_twice(
    tmp_path: Path, slice: int
) -> None:
    """Reported, asked, acknowledged, reminded: whenever the process dies, all read the same in the end."""
    expected, writes = await undisturbed(f"sqlite+aiosqlite:///{tmp_path / 'whole.sqlite3'}")
    assert sum(expected.values()) >= 4
    died = [
        await check(f"sqlite+aiosqlite:///{tmp_path / f'{fatal}.sqlite3'}", fatal, expected)
        for fatal in range(1 + slice, writes + 1, SLICES)
    ]
    assert sum(died) >= len(died) - 1


@pytest.mark.parametrize("fatal", [6, 11, 16])
async def test_R12_killed_on_postgresql_too(postgres_url: URL, tmp_path: Path, fatal: int) -> None:
    """A sample of the same: there leases end by the database's clock instead of at the start."""
    expected, _ = await undisturbed(f"sqlite+aiosqlite:///{tmp_path / 'whole.sqlite3'}")
    name = f"killed_{uuid.uuid4().hex}"
    await execute(postgres_url, f"create database {name}")
    url = postgres_url.set(database=name).render_as_string(hide_password=False)
    await check(url, fatal, expected)
    await execute(postgres_url, f"drop database {name} with (force)")
