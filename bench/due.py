"""A full report while very many wake-ups are due: people go first."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator
from datetime import datetime, timedelta
from functools import partial
from pathlib import Path
from tempfile import TemporaryDirectory

from sqlalchemy import Connection, func, insert, literal, select

from bench.copies import make
from bench.row import Row, Scale, ms, p50, p99
from bench.stage import staged
from storage.columns import UTC
from storage.store import Unit
from storage.tables import conflicts, wakes

MOST_MILLISECONDS = 50
BETWEEN = 0.01
"""Seconds between two reports: people don't queue up for one another's sake."""


async def rows(scale: Scale) -> AsyncIterator[Row]:
    """Every conflict there is wants to be looked at, and the bot looks and says what follows."""
    with TemporaryDirectory() as folder:
        path = Path(folder) / "due.sqlite3"
        await make(path, scale.due)
        async with staged(f"sqlite+aiosqlite:///{path}", furnished=True) as (line, bot):
            for n in range(scale.warm):
                await line.timed(line.report(n))
            await bot.store.write(_all_due, team=line.team)
            bot.clock.start()
            try:
                taken = []
                for n in range(scale.warm, scale.warm + scale.reports):
                    await asyncio.sleep(BETWEEN)
                    taken.append(await line.timed(line.report(n)))
                left = await bot.store.read(partial(_left, now=bot.desk.clock()))
            finally:
                await bot.clock.stop()
    worst = p99(taken)
    yield Row(
        f"a report while {scale.due:,} wake-ups are due",
        f"p99 {ms(worst)} (p50 {ms(p50(taken))}; {left:,} were still due)",
        f"p99 < {MOST_MILLISECONDS} ms",
        worst * 1000 < MOST_MILLISECONDS,
    )


def _all_due(unit: Unit) -> None:
    """Since a minute ago."""
    since = literal(unit.clock() - timedelta(minutes=1), UTC)
    every = select(conflicts.c.team, conflicts.c.id, since)
    unit.connection.execute(wakes.delete())
    unit.connection.execute(insert(wakes).from_select(["team", "subject", "wake_at"], every))


def _left(connection: Connection, now: datetime) -> int:
    due = select(func.count()).select_from(wakes).where(wakes.c.wake_at <= now)
    return connection.execute(due).scalar_one()
