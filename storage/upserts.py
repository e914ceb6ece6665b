"""Inserts that can meet a row with the same key, written the same way for both engines."""

from __future__ import annotations

from functools import cache
from typing import Any

from sqlalchemy import Connection, Table
from sqlalchemy.dialects import postgresql, sqlite


def inserting(dialect: str, table: Table) -> Any:
    """An insert that can say what happens to a row that is there already."""
    return sqlite.insert(table) if dialect == "sqlite" else postgresql.insert(table)


@cache
def _upsert(table: Table, dialect: str, names: tuple[str, ...]) -> Any:
    keys = [column.name for column in table.primary_key]
    fresh = inserting(dialect, table)
    values = {name: fresh.excluded[name] for name in names if name not in keys}
    return fresh.on_conflict_do_update(index_elements=keys, set_=values)


@cache
def _insert_missing(table: Table, dialect: str) -> Any:
    return inserting(dialect, table).on_conflict_do_nothing()


def upsert(connection: Connection, table: Table, row: dict[str, Any]) -> None:
    """Insert the row, or bring the one with the same primary key up to date."""
    upsert_all(connection, table, [row])


def upsert_all(connection: Connection, table: Table, rows: list[dict[str, Any]]) -> None:
    """The same for many rows, each of which names the same columns."""
    if rows:
        connection.execute(_upsert(table, connection.dialect.name, tuple(rows[0])), rows)


def insert_missing(connection: Connection, table: Table, rows: list[dict[str, Any]]) -> None:
    """Insert those rows whose key is not there yet."""
    if rows:
        connection.execute(_insert_missing(table, connection.dialect.name), rows)
