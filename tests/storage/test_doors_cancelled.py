"""Whoever stops waiting knows what became of it: certainly nothing, or they still hear the outcome."""

from __future__ import annotations

import asyncio
import contextlib

import pytest

from storage.job import Lane
from tests.storage.ledger import TEAM, entered, entering, ledger


@pytest.mark.parametrize("lane", list(Lane))
async def test_cancelled_at_any_moment_it_is_whole_or_nothing(database_url: str, lane: Lane) -> None:
    """Stopped after any number of turns of the loop, people are told the truth and nothing is half done."""
    told = []
    async with ledger(database_url) as store:
        for turns in range(40):
            write = asyncio.ensure_future(store.write(entering(f"{turns:02}"), team=TEAM, lane=lane))
            for _ in range(turns):
                await asyncio.sleep(0)
            write.cancel()
            with contextlib.suppress(asyncio.CancelledError):
                told.append(await write)
        saved = await store.read(entered)
        assert await store.write(entering("after"), team=TEAM) == "after"
    if lane is Lane.PEOPLE:
        assert told == saved
    else:
        assert set(told) <= set(saved)
    assert len(saved) < 40


async def test_many_cancelled_leave_the_others_alone(database_url: str) -> None:
    """Of forty at once every second gives up: the others are all saved, and each truth is told."""
    async with ledger(database_url) as store:
        writes = [asyncio.ensure_future(store.write(entering(f"{n:02}"), team=TEAM)) for n in range(40)]
        await asyncio.sleep(0)
        for write in writes[::2]:
            write.cancel()
        told = await asyncio.gather(*writes, return_exceptions=True)
        saved = await store.read(entered)
    assert [answer for answer in told if isinstance(answer, str)] == saved
    assert {f"{n:02}" for n in range(1, 40, 2)} <= set(saved)
