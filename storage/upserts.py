"""Rows put into tables, where a row of the same key may be there already; written alike for both engines.

On PostgreSQL every statement is a way to the server and back, which costs as much as a commit: there rows
of several tables go together, in one statement. On SQLite they go table by table.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import date, datetime
from functools import cache
from typing import Any

from sqlalchemy import Connection, Table, bindparam, column, func, select
from sqlalchemy.dialects import postgresql, sqlite

from storage.columns import aware

Row = dict[str, Any]
Meeting = Callable[[Any, tuple[str, ...]], Any]
"""What becomes of an insert of these columns that meets a row of the same key."""


def new(fresh: Any, names: tuple[str, ...]) -> Any:
    """There is none."""
    return fresh


def missing(fresh: Any, names: tuple[str, ...]) -> Any:
    """It stays as it is."""
    return fresh.on_conflict_do_nothing()


def renewed(fresh: Any, names: tuple[str, ...]) -> Any:
    """It is brought up to date."""
    keys = [each.name for each in fresh.table.primary_key]
    values = {name: fresh.excluded[name] for name in names if name not in keys}
    return fresh.on_conflict_do_update(index_elements=keys, set_=values)


@dataclass(frozen=True, slots=True)
class Put:
    """Rows of one table, which name the same columns each. Of those that are renewed no two are the same."""

    table: Table
    rows: list[Row]
    meeting: Meeting = new

    @property
    def kind(self) -> Kind:
        """What its statement depends on."""
        return self.table, tuple(self.rows[0]), self.meeting


Kind = tuple[Table, tuple[str, ...], Meeting]


def inserting(dialect: str, table: Table) -> Any:
    """An insert that can say what happens to a row that is there already."""
    return sqlite.insert(table) if dialect == "sqlite" else postgresql.insert(table)


def put(connection: Connection, puts: Iterable[Put]) -> None:
    """Put all of them; nothing without rows."""
    wanted = [each for each in puts if each.rows]
    if connection.dialect.name == "sqlite" or len(wanted) == 1:
        for each in wanted:
            connection.execute(_alone(connection.dialect.name, each.kind), each.rows)
    elif wanted:
        given = {_name(n): [_plain(row) for row in each.rows] for n, each in enumerate(wanted)}
        connection.execute(_together(tuple(each.kind for each in wanted)), given)


def upsert(connection: Connection, table: Table, row: Row) -> None:
    """Insert the row, or bring the one with the same primary key up to date."""
    put(connection, [Put(table, [row], renewed)])


# Built once: building a statement takes longer than running it.
@cache
def _alone(dialect: str, kind: Kind) -> Any:
    table, names, meeting = kind
    return meeting(inserting(dialect, table), names)


@cache
def _together(kinds: tuple[Kind, ...]) -> Any:
    """The last one, with all before it as its common table expressions."""
    *before, last = (_from_json(_name(n), kind) for n, kind in enumerate(kinds))
    for n, each in enumerate(before):
        last = last.add_cte(each.cte(f"put{n}"))
    return last


def _from_json(name: str, kind: Kind) -> Any:
    table, names, meeting = kind
    given = func.jsonb_to_recordset(bindparam(name, type_=postgresql.JSONB))
    rows = given.table_valued(*(column(each, table.c[each].type) for each in names))
    rows = rows.render_derived(name=f"given_{name}", with_types=True)
    return meeting(postgresql.insert(table).from_select(names, select(rows)), names)


def _name(n: int) -> str:
    return f"rows{n}"


def _plain(row: Row) -> Row:
    """The row as JSON can hold it."""
    return {name: _value(value) for name, value in row.items()}


def _value(value: Any) -> Any:
    if isinstance(value, datetime):
        return aware(value).isoformat()
    return value.isoformat() if isinstance(value, date) else value
