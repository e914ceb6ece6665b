"""Going away and coming back, killed at any write and done twice: one hand-over, one message on return."""

from __future__ import annotations

from collections import Counter
from pathlib import Path

import pytest
from sqlalchemy import func, select
from sqlalchemy.engine import URL

from storage.tables import absences, notices
from tests.stories.copying import Databases, files, server
from tests.stories.house import House
from tests.stories.worlds import Story, Wanted, gone_on, told

FEWEST = 4
READ_BACK = 20
"""Seconds after which every unknown outcome is settled."""


async def reports(house: House) -> None:
    nina = house.robot("nina")
    if not nina.has_modal:
        await nina.types("/ai-conflict Q4 pipeline for EMEA", channel="sales")
    form = nina.modal
    if not form.submit_label:
        return
    await form.choose("What kind of conflict?", "Pipeline forecast discrepancy")
    await form.choose("First source", "Clari AI", query="Clari AI")
    await form.fill("What it says", "4.2 M€")
    await form.choose("Second source", "Rep roll-up", query="Rep roll-up")
    await form.fill("What it says", "3.1 M€", nth=1)
    await form.submit()


async def rests(house: House) -> None:
    await house.forward(seconds=READ_BACK)


async def fills(house: House) -> None:
    vera = house.robot("vera")
    if not vera.has_modal:
        await vera.types("/ai-council away", channel="general")
    await vera.modal.choose("From", "2026-11-18")
    await vera.modal.choose("Until", "2026-11-18")


async def saves(house: House) -> None:
    form = house.robot("vera").modal
    if form.submit_label:
        await form.submit()


async def is_back(house: House) -> None:
    await house.until(house.clock.now().replace(day=19, hour=9))


STORY = (reports, rests, fills, saves, rests, is_back, rests)


async def ending(house: House) -> Counter[str]:
    """One absence, nothing hangs, nothing was refused; what everybody can read."""
    read = house.bot.store.read
    assert await read(lambda c: c.execute(select(func.count()).select_from(absences)).scalar()) == 1
    left = select(notices.c.state).where(notices.c.state.in_(("waiting", "calling")))
    assert await read(lambda c: c.execute(left).all()) == []
    assert house.slack.record.defects == []
    people = ("vera", "dean", "remy", "nina")
    return Counter(f"{name}: {said.text}" for name in people for said in house.robot(name).inbox())


async def killed(databases: Databases, wanted: Wanted, *, inline: bool) -> None:
    story = Story(STORY, ending, inline)
    worlds, expected = await told(databases, story, wanted)
    assert sum("While you were away: one is yours again: #1." in words for words in expected) == 1
    assert len(worlds) >= FEWEST
    for world in worlds:
        assert await gone_on(databases, story, world) == expected, world.name


async def test_R12_going_away_survives_any_kill(tmp_path: Path) -> None:
    """Whenever the process dies, all read the same in the end."""
    async with files(tmp_path) as databases:
        await killed(databases, lambda said, nth: nth % (2 if said else 12) == 0, inline=True)


@pytest.mark.exhaustive
async def test_R12_going_away_survives_kills_on_postgresql_too(postgres_url: URL) -> None:
    """A sample of the same."""
    async with server(postgres_url) as databases:
        await killed(databases, lambda said, nth: nth % (8 if said else 60) == 0, inline=False)
