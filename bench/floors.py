"""What nobody can do faster: bolt alone, and one raw durable commit."""

from __future__ import annotations

import sqlite3
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import asynccontextmanager, closing
from dataclasses import dataclass
from pathlib import Path
from time import perf_counter

from sqlalchemy import make_url

from bench.stage import Line, doing_nothing

Commit = Callable[[], Awaitable[float]]
BODY = "x" * 500


@asynccontextmanager
async def raw_commits(database_url: str, folder: Path) -> AsyncIterator[Commit]:
    """One durable commit of one row by the bare driver; gives its seconds."""
    postgres = make_url(database_url).get_backend_name() == "postgresql"
    async with _postgres(database_url) if postgres else _sqlite(folder) as commit:
        yield commit


@asynccontextmanager
async def _sqlite(folder: Path) -> AsyncIterator[Commit]:
    with closing(sqlite3.connect(folder / "raw.sqlite3", isolation_level=None)) as connection:
        connection.execute("PRAGMA journal_mode=WAL")
        connection.execute("PRAGMA synchronous=FULL")
        connection.execute("CREATE TABLE entries (id INTEGER PRIMARY KEY, body TEXT)")

        async def commit() -> float:
            start = perf_counter()
            connection.execute("INSERT INTO entries (body) VALUES (?)", (BODY,))
            return perf_counter() - start

        yield commit


@asynccontextmanager
async def _postgres(database_url: str) -> AsyncIterator[Commit]:
    import asyncpg  # an extra, which only PostgreSQL needs

    bare = make_url(database_url).set(drivername="postgresql")
    connection = await asyncpg.connect(bare.render_as_string(hide_password=False))
    await connection.execute("CREATE TABLE raw_entries (id SERIAL PRIMARY KEY, body TEXT)")

    async def commit() -> float:
        start = perf_counter()
        await connection.execute("INSERT INTO raw_entries (body) VALUES ($1)", BODY)
        return perf_counter() - start

    try:
        yield commit
    finally:
        await connection.close()


@dataclass(frozen=True, slots=True)
class Bolt:
    """bolt as it comes, which polls, and with `process_before_response`, as the bot uses it."""

    polling: Line
    processing: Line


@asynccontextmanager
async def bolt_alone() -> AsyncIterator[Bolt]:
    """Listeners that acknowledge and do nothing else."""
    async with (
        doing_nothing(process_before_response=False) as polling,
        doing_nothing(process_before_response=True) as processing,
    ):
        yield Bolt(polling, processing)
