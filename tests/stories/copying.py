"""Databases that can be copied in the middle of a story, while somebody works on them."""

from __future__ import annotations

import asyncio
import sqlite3
import uuid
from collections.abc import AsyncIterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import asynccontextmanager, closing
from datetime import UTC, datetime
from pathlib import Path
from typing import Any, Protocol

from sqlalchemy import insert, make_url, select, update
from sqlalchemy.engine import URL
from sqlalchemy.ext.asyncio import create_async_engine
from sqlalchemy.pool import NullPool

from storage.migrate import migrate
from storage.tables import lanes, metadata, wakes
from tests.conftest import execute

LONG_AGO = datetime(2000, 1, 1, tzinfo=UTC)


class Databases(Protocol):
    """Makes databases and copies them; copying blocks, so that nothing happens meanwhile."""

    async def empty(self) -> str:
        """The URL of a new database with empty tables."""
        ...

    def version(self, url: str) -> int:
        """Another number whenever a commit may have changed something."""
        ...

    def kept(self, url: str) -> Any:
        """All that is in it, for `restored`."""
        ...

    async def restored(self, kept: Any) -> str:
        """The URL of a new database with all that was kept; whoever held leases then is long dead."""
        ...


class Files:
    """SQLite files in a folder."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder
        self._watching: dict[str, sqlite3.Connection] = {}

    async def empty(self) -> str:
        url = _url(self._file())
        await migrate(url)
        return url

    def version(self, url: str) -> int:
        if url not in self._watching:
            self._watching[url] = sqlite3.connect(str(make_url(url).database))
        [version] = self._watching[url].execute("PRAGMA data_version").fetchone()
        return int(version)

    def kept(self, url: str) -> bytes:
        with closing(sqlite3.connect(str(make_url(url).database))) as connection:
            return connection.serialize()

    async def restored(self, kept: bytes) -> str:
        file = self._file()
        await asyncio.to_thread(file.write_bytes, kept)
        return _url(file)

    def close(self) -> None:
        for connection in self._watching.values():
            connection.close()

    def _file(self) -> Path:
        return self._folder / f"{uuid.uuid4().hex}.sqlite3"


def _url(file: Path) -> str:
    return f"sqlite+aiosqlite:///{file}"


class Server:
    """Databases of a PostgreSQL server."""

    def __init__(self, server: URL) -> None:
        self._server, self._made, self._looks = server, list[str](), 0
        self._template = ""

    async def empty(self) -> str:
        if not self._template:
            self._template = await self._create("template0")
            await migrate(self._url(self._template))
        return self._url(await self._create(self._template))

    def version(self, url: str) -> int:
        """It does not tell what changed something: another number every time."""
        self._looks += 1
        return self._looks

    def kept(self, url: str) -> dict[str, list[dict[str, Any]]]:
        with ThreadPoolExecutor(1) as thread:
            return thread.submit(asyncio.run, _rows(url)).result()

    async def restored(self, kept: dict[str, list[dict[str, Any]]]) -> str:
        url = await self.empty()
        engine = create_async_engine(url, poolclass=NullPool)
        async with engine.begin() as connection:
            for table in metadata.sorted_tables:
                if rows := kept[table.name]:
                    await connection.execute(insert(table), rows)
        await engine.dispose()
        await let_leases_end(url)
        return url

    async def drop(self) -> None:
        for name in self._made:
            await execute(self._server, f"drop database {name} with (force)")

    async def _create(self, template: str) -> str:
        name = f"copied_{uuid.uuid4().hex}"
        await execute(self._server, f"create database {name} template {template}")
        self._made.append(name)
        return name

    def _url(self, name: str) -> str:
        return self._server.set(database=name).render_as_string(hide_password=False)


async def _rows(url: str) -> dict[str, list[dict[str, Any]]]:
    engine = create_async_engine(url, poolclass=NullPool, isolation_level="REPEATABLE READ")
    async with engine.connect() as connection:
        found = {
            table.name: [dict(row._mapping) for row in await connection.execute(select(table))]
            for table in metadata.sorted_tables
        }
    await engine.dispose()
    return found


async def let_leases_end(url: str) -> None:
    """What half a minute does to the leases of a dead process."""
    engine = create_async_engine(url, poolclass=NullPool)
    async with engine.begin() as connection:
        for table in (lanes, wakes):
            held = update(table).where(table.c.holder.is_not(None))
            await connection.execute(held.values(lease_until=LONG_AGO))
    await engine.dispose()


@asynccontextmanager
async def files(folder: Path) -> AsyncIterator[Files]:
    """SQLite files in this folder."""
    with closing(Files(folder)) as made:
        yield made


@asynccontextmanager
async def server(url: URL) -> AsyncIterator[Server]:
    """Databases of this server, dropped at the end."""
    made = Server(url)
    try:
        yield made
    finally:
        await made.drop()
