"""What Slack delivered and what it was answered, so that a repetition gets the same answer."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime, timedelta
from functools import cache
from typing import Any, Generic, TypeVar, cast

from sqlalchemy import Column, Connection, Index, String, Table, bindparam, delete, select, update
from sqlalchemy.dialects import postgresql, sqlite

from storage.columns import JSON, UTC
from storage.tables import metadata

T = TypeVar("T")
KEPT = timedelta(hours=24)

deliveries = Table(
    "deliveries",
    metadata,
    Column("team", String, primary_key=True),
    Column("key", String, primary_key=True),
    Column("answer", JSON),
    Column("at", UTC, nullable=False),
    Index(None, "at"),
    sqlite_with_rowid=False,
)

# Built once: building a statement takes longer than running it.
_HERE = (deliveries.c.team == bindparam("its_team"), deliveries.c.key == bindparam("its_key"))
_ANSWERED = update(deliveries).where(*_HERE).values(answer=bindparam("given", type_=deliveries.c.answer.type))
_FOUND = select(deliveries.c.answer).where(*_HERE)


@dataclass(frozen=True, slots=True)
class Answer(Generic[T]):
    """How a function's value becomes plain JSON and comes back from it."""

    dump: Callable[[T], Any]
    load: Callable[[Any], T]


def once(
    connection: Connection,
    team: str,
    key: str,
    at: datetime,
    work: Callable[[], T],
    answer: Answer[T] | None = None,
) -> T:
    """Work and keep the answer; for a key that was seen, only give its answer. Plain JSON needs no codec.

    On PostgreSQL a second delivery waits here until the first has ended, one way or the other.
    """
    if not save(connection, team, key, at):
        return _loaded(find(connection, team, key), answer)
    value = work()
    dumped = answer.dump(value) if answer else value
    if dumped is None:
        return value
    connection.execute(_ANSWERED, {**_here(team, key), "given": dumped})
    return value


def save(connection: Connection, team: str, key: str, at: datetime) -> bool:
    """True for a new key, False for one that was delivered before."""
    row = {"team": team, "key": key, "at": at}
    return connection.execute(_new(connection.dialect.name), row).rowcount == 1


@cache
def _new(dialect: str) -> Any:
    insert = sqlite.insert if dialect == "sqlite" else postgresql.insert
    return insert(deliveries).on_conflict_do_nothing()


def find(connection: Connection, team: str, key: str) -> Any:
    """The answer as plain JSON, None when there is none."""
    return connection.execute(_FOUND, _here(team, key)).scalar()


def forget(connection: Connection, team: str, key: str) -> None:
    """As if it had not been delivered yet."""
    connection.execute(delete(deliveries).where(deliveries.c.team == team, deliveries.c.key == key))


def forget_before(connection: Connection, at: datetime) -> int:
    """Slack no longer repeats what is that old. Returns how many were forgotten."""
    return connection.execute(delete(deliveries).where(deliveries.c.at < at)).rowcount


def _here(team: str, key: str) -> dict[str, str]:
    return {"its_team": team, "its_key": key}


def _loaded(dumped: Any, answer: Answer[T] | None) -> T:
    return answer.load(dumped) if answer else cast("T", dumped)
