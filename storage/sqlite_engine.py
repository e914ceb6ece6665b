"""SQLite: how its file is opened, and what its error codes mean."""

from __future__ import annotations

import sqlite3
from pathlib import Path
from typing import Any

from sqlalchemy import Connection, Engine, create_engine, event, make_url
from sqlalchemy.engine import URL
from sqlalchemy.exc import DBAPIError
from sqlalchemy.ext.asyncio import AsyncEngine, create_async_engine

from storage.columns import dumps
from storage.errors import Reason

BUSY_MILLISECONDS = 1000
READERS = 4
READERS_TURN_SECONDS = 5

WRITING = ("journal_mode=WAL", "synchronous=FULL", "foreign_keys=ON", f"busy_timeout={BUSY_MILLISECONDS}")
READING = ("query_only=ON", f"busy_timeout={BUSY_MILLISECONDS}")
MIGRATING = ("journal_mode=WAL", "synchronous=FULL", "foreign_keys=OFF", f"busy_timeout={BUSY_MILLISECONDS}")

_REASONS = {
    sqlite3.SQLITE_BUSY: Reason.LOCKED,
    sqlite3.SQLITE_LOCKED: Reason.LOCKED,
    sqlite3.SQLITE_FULL: Reason.FULL,
    sqlite3.SQLITE_READONLY: Reason.READ_ONLY,
    sqlite3.SQLITE_IOERR: Reason.UNREACHABLE,
    sqlite3.SQLITE_CANTOPEN: Reason.UNREACHABLE,
}


def file_of(url: str) -> Path | None:
    """The file an SQLite URL names; None for a database in memory and for other engines."""
    parsed = make_url(url)
    name = parsed.database
    if parsed.get_backend_name() != "sqlite" or not name or ":memory:" in name:
        return None
    return Path(name.removeprefix("file:"))


def engine(url: str, pragmas: tuple[str, ...], begin: str) -> Engine:
    """A synchronous engine whose transactions are real ones, DDL included, and start with `begin`."""
    made = create_engine(_named(url, "sqlite"), connect_args=_plain(url), json_serializer=dumps)
    _prepare(made, pragmas, begin)
    return made


def reading_engine(url: str) -> AsyncEngine:
    """The engine of the reading door: connections that can't write, each read one snapshot."""
    made = create_async_engine(
        _named(url, "sqlite+aiosqlite"),
        connect_args=_plain(url),
        json_serializer=dumps,
        pool_size=READERS,
        max_overflow=0,
        pool_timeout=READERS_TURN_SECONDS,
    )
    _prepare(made.sync_engine, READING, "BEGIN")
    return made


def reason(error: BaseException) -> Reason | None:
    """Why the database refused, None when the function itself is at fault."""
    cause = error.orig if isinstance(error, DBAPIError) else error
    code = getattr(cause, "sqlite_errorcode", None)
    return None if code is None else _REASONS.get(code & 0xFF)


def driver(connection: Connection) -> sqlite3.Connection:
    """The driver's own connection, for what needs no SQLAlchemy around it."""
    found = connection.connection.driver_connection
    assert isinstance(found, sqlite3.Connection)
    return found


def _named(url: str, drivername: str) -> URL:
    return make_url(url).set(drivername=drivername)


def _plain(url: str) -> dict[str, Any]:
    """The driver must not begin transactions by itself: it commits before DDL, and never says IMMEDIATE."""
    return {"isolation_level": None, "check_same_thread": False}


def _prepare(made: Engine, pragmas: tuple[str, ...], begin: str) -> None:
    def connected(connection: Any, _record: object) -> None:
        cursor = connection.cursor()
        for pragma in pragmas:
            cursor.execute(f"PRAGMA {pragma}")
        cursor.close()

    def begun(connection: Connection) -> None:
        connection.exec_driver_sql(begin)

    event.listen(made, "connect", connected)
    event.listen(made, "begin", begun)
