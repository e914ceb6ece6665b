"""How big the running program is, and how soon it is ready: a process of its own, with a year behind it."""

from __future__ import annotations

import asyncio
import sqlite3
from asyncio.subprocess import Process
from collections.abc import AsyncIterator
from contextlib import closing
from pathlib import Path
from statistics import median
from subprocess import check_output
from tempfile import TemporaryDirectory
from time import perf_counter

from bench.copies import make
from bench.history import home_opened
from bench.row import Row, Scale
from bench.stage import Line
from sandbox.clock import WallClock
from sandbox.manifest import load
from sandbox.rates import Rates
from sandbox.server import serve
from tests.bot.process import Operator
from tests.stories.company import juniper_slack
from tests.stories.house import MANIFEST

MOST_MEBIBYTES, MOST_SECONDS = 120, 1.0
STARTS = 3


async def rows(scale: Scale) -> AsyncIterator[Row]:
    """`tiebreak run` as an operator starts it, connected to the sandbox's server."""
    with TemporaryDirectory() as name:
        folder = Path(name)
        path = folder / "year.sqlite3"
        await make(path, scale.year)
        slack = juniper_slack(WallClock(), load(MANIFEST), Rates(0))
        async with serve(slack) as server:
            line = Line(slack, server)
            operator = Operator(slack, server, f"sqlite+aiosqlite:///{path}", folder)
            starts = [await _start(operator) for _ in range(STARTS)]
            ready = median(starts)
            yield Row("ready after", f"{ready:.2f} s", f"< {MOST_SECONDS:.0f} s", ready < MOST_SECONDS)
            async with operator.running() as process:
                await _busy(line)
                async for row in _idle(line, process, path, scale.idle_seconds):
                    yield row


async def _start(operator: Operator) -> float:
    start = perf_counter()
    async with operator.running():
        return perf_counter() - start


async def _busy(line: Line) -> None:
    """Some of everything, so that whatever is loaded at its first use has been loaded."""
    for envelope in (line.command(""), line.command("list"), line.command("show 12"), home_opened(line)):
        await line.timed(envelope)
    for n in range(10):
        await line.timed(line.report(n))


async def _idle(line: Line, process: Process, path: Path, seconds: float) -> AsyncIterator[Row]:
    await _quiet(line, seconds)
    calls, written = len(line.slack.record.calls), False
    with closing(sqlite3.connect(path)) as looking:
        before = version(looking)
        await asyncio.sleep(seconds)
        written = version(looking) != before
    asked = len(line.slack.record.calls) - calls
    size = await asyncio.to_thread(_resident, process.pid)
    yield Row("resident", f"{size:.0f} MiB", f"< {MOST_MEBIBYTES} MiB", size < MOST_MEBIBYTES)
    measured = f"{asked} calls to Slack, {'something' if written else 'nothing'} written"
    yield Row(f"{seconds:g} idle seconds of it", measured, "no call, no write", not (asked or written))


async def _quiet(line: Line, seconds: float) -> None:
    """Wait until everything is said, and for so long nothing more."""
    known = -1
    while known != len(line.slack.record.calls):
        known = len(line.slack.record.calls)
        await asyncio.sleep(seconds)


def version(looking: sqlite3.Connection) -> int:
    """Changes when another connection has written."""
    found: int = looking.execute("PRAGMA data_version").fetchone()[0]
    return found


def _resident(pid: int) -> float:
    """Mebibytes of a process in memory."""
    return int(check_output(["ps", "-o", "rss=", "-p", str(pid)])) / 1024
