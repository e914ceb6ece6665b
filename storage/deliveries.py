"""What Slack delivered and what it was answered, so that a repetition gets the same answer."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from typing import Any, Generic, TypeVar, cast

from sqlalchemy import Column, Connection, Index, String, Table, delete, select, update
from sqlalchemy.dialects import postgresql, sqlite

from storage.columns import JSON, UTC
from storage.tables import metadata

T = TypeVar("T")

deliveries = Table(
    "deliveries",
    metadata,
    Column("team", String, primary_key=True),
    Column("key", String, primary_key=True),
    Column("answer", JSON),
    Column("at", UTC, nullable=False),
    Index(None, "at"),
)


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
    connection.execute(update(deliveries).where(*_here(team, key)).values(answer=dumped))
    return value


def save(connection: Connection, team: str, key: str, at: datetime) -> bool:
    """True for a new key, False for one that was delivered before."""
    insert = sqlite.insert if connection.dialect.name == "sqlite" else postgresql.insert
    row = insert(deliveries).values(team=team, key=key, at=at).on_conflict_do_nothing()
    return connection.execute(row).rowcount == 1


def find(connection: Connection, team: str, key: str) -> Any:
    """The answer as plain JSON, None when there is none."""
    return connection.execute(select(deliveries.c.answer).where(*_here(team, key))).scalar()


def forget_before(connection: Connection, at: datetime) -> int:
    """Slack no longer repeats what is that old. Returns how many were forgotten."""
    return connection.execute(delete(deliveries).where(deliveries.c.at < at)).rowcount


def _here(team: str, key: str) -> tuple[Any, Any]:
    return deliveries.c.team == team, deliveries.c.key == key


def _loaded(dumped: Any, answer: Answer[T] | None) -> T:
    return answer.load(dumped) if answer else cast("T", dumped)
