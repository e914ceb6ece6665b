"""A full report, from the sent form to its acknowledgement: beside bolt alone and one raw durable commit.

Everything goes over a real socket. The floor and the report take turns, so that both see the same machine.
"""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator
from pathlib import Path
from tempfile import TemporaryDirectory

from bench.floors import bolt_alone, raw_commits
from bench.postgres import postgres_url
from bench.row import Row, Scale, ms, p50, p99, times
from bench.stage import Line, staged

LIMIT, AIM = 6, 4


async def rows(scale: Scale) -> AsyncIterator[Row]:
    """On SQLite, and on PostgreSQL when there is one."""
    with TemporaryDirectory() as name:
        folder = Path(name)
        async for row in _on("SQLite", f"sqlite+aiosqlite:///{folder / 'bench.sqlite3'}", folder, scale):
            yield row
        async with postgres_url(folder) as url:
            if url is None:
                yield Row("a full report on PostgreSQL", "no PostgreSQL here; set TEST_DATABASE_URL")
                return
            async for row in _on("PostgreSQL", url, folder, scale):
                yield row


async def _on(engine: str, url: str, folder: Path, scale: Scale) -> AsyncIterator[Row]:
    async with staged(url) as (line, _), bolt_alone() as bolt, raw_commits(url, folder) as commit:
        if engine == "SQLite":
            polled = [await bolt.polling.timed(bolt.polling.report(n)) for n in range(2, scale.reports // 10)]
            yield Row("a listener that does nothing, bolt's default", f"p50 {ms(p50(polled))}")
        alone: list[float] = []
        commits: list[float] = []
        reports: list[float] = []
        for n in range(scale.warm + scale.reports):
            alone.append(await bolt.processing.timed(bolt.processing.report(n)))
            commits.append(await commit())
            reports.append(await line.timed(line.report(n)))
        alone, commits, reports = (each[scale.warm :] for each in (alone, commits, reports))
        floor = p50(alone) + p50(commits)
        yield Row(
            f"with process_before_response, and one raw commit on {engine}: the floor",
            f"p50 {ms(p50(alone))} + {ms(p50(commits))} = {ms(floor)}",
        )
        ratio = p50(reports) / floor
        yield Row(
            f"a full report on {engine}",
            f"{times(ratio)} the floor (p50 {ms(p50(reports))}, p99 {ms(p99(reports))})",
            f"≤ {LIMIT} ×, aiming at {AIM} ×",
            ratio <= LIMIT,
        )
        yield await _at_once(engine, line, scale)


async def _at_once(engine: str, line: Line, scale: Scale) -> Row:
    envelopes = [line.report(10_000_000 + n) for n in range(scale.at_once)]
    done = await asyncio.gather(*(line.timed(each) for each in envelopes), return_exceptions=True)
    failed = [each for each in done if isinstance(each, BaseException)]
    taken = [each for each in done if isinstance(each, float)]
    slowest = f", the slowest after {ms(max(taken))}" if taken else ""
    what = f"{scale.at_once} reports at once on {engine}"
    return Row(what, f"{len(failed)} failed{slowest}", "none fails", not failed)
