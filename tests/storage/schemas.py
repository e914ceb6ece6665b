"""What a database looks like, as values that can be compared."""

from __future__ import annotations

from typing import Any

from sqlalchemy import Connection, MetaData, select
from sqlalchemy.ext.asyncio import create_async_engine
from sqlalchemy.pool import NullPool


def described(connection: Connection) -> dict[str, Any]:
    """Every table with its columns, keys, indexes and rows."""
    metadata = MetaData()
    metadata.reflect(connection)
    return {
        table.name: [
            [f"{column.name} {column.type!r} {column.nullable}" for column in table.columns],
            sorted(str(key.name) for key in table.constraints),
            sorted(str(index.name) for index in table.indexes),
            sorted(str(tuple(row)) for row in connection.execute(select(table))),
        ]
        for table in metadata.sorted_tables
    }


async def looks(url: str) -> dict[str, Any]:
    """The whole database behind the URL."""
    engine = create_async_engine(url, poolclass=NullPool)
    async with engine.connect() as connection:
        found = await connection.run_sync(described)
    await engine.dispose()
    return found
