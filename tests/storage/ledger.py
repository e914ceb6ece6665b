"""A small ledger to try the doors of storage with: one account, many entries."""

from __future__ import annotations

import asyncio
import itertools
from collections.abc import AsyncIterator, Callable
from concurrent.futures import ThreadPoolExecutor
from contextlib import asynccontextmanager
from datetime import UTC as ZONE
from datetime import datetime

from sqlalchemy import (
    Column,
    Connection,
    ForeignKey,
    Integer,
    MetaData,
    String,
    Table,
    func,
    insert,
    select,
    text,
    update,
)
from sqlalchemy.ext.asyncio import create_async_engine
from sqlalchemy.pool import NullPool

from storage.columns import JSON, UTC
from storage.deliveries import deliveries
from storage.errors import Stale
from storage.store import Store, Unit, open_store

TEAM = "T1"
NOON = datetime(2026, 3, 2, 12, tzinfo=ZONE)

metadata = MetaData()
accounts = Table(
    "accounts",
    metadata,
    Column("id", String, primary_key=True),
    Column("balance", Integer, nullable=False),
    Column("version", Integer, nullable=False),
)
entries = Table(
    "entries",
    metadata,
    Column("id", String, primary_key=True),
    Column("at", UTC),
    Column("facts", JSON),
    Column("account", ForeignKey("accounts.id", deferrable=True, initially="DEFERRED")),
)


@asynccontextmanager
async def ledger(url: str, *, inline: bool = False) -> AsyncIterator[Store]:
    """An open store with the tables and one account, `cash`, that holds nothing."""
    store = await new_store(url, inline=inline)
    try:
        await store.write(create, team=TEAM)
        yield store
    finally:
        await store.close()


async def new_store(url: str, *, inline: bool = False) -> Store:
    numbers = itertools.count()
    return await open_store(url, ids=lambda: f"id{next(numbers)}", clock=lambda: NOON, inline=inline)


def aside(url: str, statement: str) -> None:
    """Another program's transaction on the same database, committed when this returns."""

    async def execute() -> None:
        engine = create_async_engine(url, poolclass=NullPool)
        async with engine.begin() as connection:
            await connection.execute(text(statement))
        await engine.dispose()

    with ThreadPoolExecutor(1) as thread:
        thread.submit(asyncio.run, execute()).result()


def create(unit: Unit) -> None:
    metadata.create_all(unit.connection)
    deliveries.create(unit.connection)
    unit.connection.execute(insert(accounts).values(id="cash", balance=0, version=1))


def entering(id: str, account: str | None = "cash") -> Callable[[Unit], str]:
    """A function that writes one entry and gives its id."""

    def enter(unit: Unit) -> str:
        unit.connection.execute(insert(entries).values(id=id, account=account))
        return id

    return enter


def entered(connection: Connection) -> list[str]:
    return list(connection.execute(select(entries.c.id).order_by(entries.c.id)).scalars())


def count(connection: Connection) -> int:
    return connection.execute(select(func.count()).select_from(entries)).scalar_one()


def balance(connection: Connection) -> int:
    found: int = connection.execute(select(accounts.c.balance)).scalar_one()
    return found


def pay_in_locked(unit: Unit) -> int:
    """Read with the row locked, then update."""
    row = unit.connection.execute(select(accounts).with_for_update()).one()
    unit.connection.execute(update(accounts).values(balance=row.balance + 1))
    return int(row.balance) + 1


def pay_in_guarded(unit: Unit) -> int:
    """Read without a lock, then update what still has the version that was read."""
    row = unit.connection.execute(select(accounts)).one()
    same = update(accounts).where(accounts.c.version == row.version)
    if not unit.connection.execute(same.values(balance=row.balance + 1, version=row.version + 1)).rowcount:
        raise Stale
    return int(row.balance) + 1
