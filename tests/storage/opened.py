"""Stores on a migrated database, with a clock that is moved by hand."""

from __future__ import annotations

import itertools
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from datetime import UTC, datetime, timedelta
from typing import Any, TypeVar

from council.notice import Notice, NoticeKind, Priority
from storage.migrate import migrate
from storage.store import Store, open_store

T = TypeVar("T")
TEAM = "T1"
NOON = datetime(2026, 11, 17, 12, tzinfo=UTC)


class Hands:
    """A clock that stands until it is set."""

    def __init__(self) -> None:
        self.at = NOON

    def __call__(self) -> datetime:
        return self.at

    def forward(self, **by: float) -> None:
        self.at += timedelta(**by)


@asynccontextmanager
async def stores(url: str, how_many: int = 1) -> AsyncIterator[tuple[Hands, list[Store]]]:
    """As many stores as there would be replicas, on one migrated database."""
    await migrate(url)
    hands, numbers = Hands(), itertools.count()
    opened = [
        await open_store(url, ids=lambda: f"id{next(numbers):06}", clock=hands) for _ in range(how_many)
    ]
    try:
        yield hands, opened
    finally:
        for store in opened:
            await store.close()


async def do(store: Store, fn: Callable[..., T], *args: Any, **named: Any) -> T:
    """One write of one function of storage."""
    return await store.write(lambda unit: fn(unit.connection, *args, **named), team=TEAM)


def notice(
    to: str, *, priority: Priority = 2, kind: NoticeKind = NoticeKind.DUE, at: datetime = NOON
) -> Notice:
    """Something to be said to somebody, good for a week."""
    week = timedelta(days=7)
    return Notice(kind=kind, to=to, at=at, not_before=at, good_until=at + week, priority=priority)
