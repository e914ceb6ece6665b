"""The migrations lead to exactly the tables the code speaks of."""

from __future__ import annotations

import re
from pathlib import Path

from alembic.autogenerate import compare_metadata
from alembic.migration import MigrationContext
from sqlalchemy import Boolean, Column, Connection, MetaData, String, Table, false
from sqlalchemy.ext.asyncio import create_async_engine
from sqlalchemy.pool import NullPool

from storage import deliveries, tables, tables_council
from storage.columns import JSON, UTC
from storage.migrate import MIGRATIONS, migrate
from storage.migrations.scripts import compared, write_next
from storage.sqlite_engine import READING, engine


async def test_R53_the_migrated_database_has_the_tables(database_url: str) -> None:
    """Comparing the migrated database with the tables finds nothing to add, drop or change.

    What search keeps is made by hand and left out of the comparison.
    """
    assert deliveries.deliveries.metadata is tables_council.meetings.metadata is tables.metadata
    await migrate(database_url)
    looking = create_async_engine(database_url, poolclass=NullPool)
    async with looking.connect() as connection:
        found = await connection.run_sync(difference)
    await looking.dispose()
    assert found == []


def difference(connection: Connection) -> list[object]:
    context = MigrationContext.configure(connection, opts={"compare_type": True, "include_name": compared})
    return list(compare_metadata(context, tables.metadata))


def test_migrations_are_numbered_without_a_gap() -> None:
    """Their names sort in the order they apply."""
    names = sorted(path.stem for path in (MIGRATIONS / "versions").glob("[0-9]*.py"))
    assert names
    assert [int(name[:4]) for name in names] == list(range(1, len(names) + 1))
    assert all(re.fullmatch(r"[0-9]{4}_[a-z0-9_]+", name) for name in names)


async def test_the_next_migration_is_written_from_the_tables(tmp_path: Path) -> None:
    """A developer's new table becomes a migration that runs on an empty database."""
    (tmp_path / "versions").mkdir()
    (tmp_path / "script.py.mako").write_text((MIGRATIONS / "script.py.mako").read_text())
    metadata = MetaData()
    columns = (Column("id", String, primary_key=True), Column("at", UTC), Column("body", JSON))
    Table("letters", metadata, *columns, Column("read", Boolean, server_default=false(), nullable=False))
    url = f"sqlite:///{tmp_path / 'newest.sqlite3'}"
    looking = engine(url, READING, "BEGIN")
    with looking.connect() as connection:
        written = write_next(connection, tmp_path, metadata, "Keep letters")
    looking.dispose()
    assert written.name == "0001_keep_letters.py"
    assert "from storage.columns import JSON, UTC" in written.read_text()
    assert "server_default=sa.false()" in written.read_text()
    assert await migrate(url, tmp_path) == ["0001_keep_letters"]
