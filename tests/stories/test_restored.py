"""A copy made while people work: a bot started on it goes on with the story."""

from __future__ import annotations

import asyncio
import sqlite3
from contextlib import closing
from pathlib import Path

import pytest

from sandbox.clock import HandClock
from sandbox.manifest import load
from sandbox.rates import Rates
from sandbox.server import serve
from storage.backup import back_up
from storage.migrate import migrate
from storage.sqlite_engine import file_of
from tests.stories.acting import decides, now_of, reported
from tests.stories.company import juniper_slack
from tests.stories.house import MANIFEST, TUESDAY, House, furnish, running_bot
from tests.stories.keeping import kept


@pytest.mark.parametrize("database_url", ["sqlite"], indirect=True)
async def test_a_bot_started_on_the_copy_goes_on(database_url: str, tmp_path: Path) -> None:
    """Asked before the copy was made, acknowledged, decided and logged after it was restored."""
    database, copy = file_of(database_url), tmp_path / "copy.sqlite3"
    assert database is not None
    clock = HandClock(TUESDAY)
    slack = juniper_slack(clock, load(MANIFEST), Rates(0))
    await migrate(database_url)
    async with serve(slack) as server:
        async with running_bot(server, slack, database_url, clock) as bot:
            await bot.store.write(lambda unit: furnish(unit, slack), team=slack.workspace.team)
            house = House(slack, server, bot, clock)
            conflict = await reported(house)
            copying = asyncio.create_task(asyncio.to_thread(back_up, database, copy))
            while not copying.done():
                await kept(house, "Reported while it was copied")
            await copying
        assert faults_of(copy) == []
        async with running_bot(server, slack, f"sqlite+aiosqlite:///{copy}", clock) as house.bot:
            vera = house.robot("vera")
            await vera.clicks("Acknowledge", vera.inbox()[0])
            await house.settle()
            await decides(house, vera, vera.inbox()[0])
            assert (await now_of(house, conflict.id)).ruling is not None
            assert any("✅ #1 " in seen.text for seen in house.robot("nina").sees("ai-council"))
    assert not slack.record.defects


def faults_of(database: Path) -> list[tuple[object, ...]]:
    """What SQLite itself finds wrong in a file."""
    with closing(sqlite3.connect(database)) as opened:
        found = opened.execute("PRAGMA integrity_check").fetchall()
        return [row for row in found if row != ("ok",)] + opened.execute(
            "PRAGMA foreign_key_check"
        ).fetchall()
