"""The two doors: everything that is read goes through `read`, everything that changes through `write`."""

from __future__ import annotations

from collections.abc import Callable
from contextlib import suppress
from typing import Protocol, TypeVar

import structlog
from sqlalchemy import Connection, make_url
from sqlalchemy.exc import DBAPIError

from council.people import Person
from storage import deliveries, news
from storage.deliveries import Answer
from storage.errors import Unavailable, Unsure
from storage.inline import InlineDoors
from storage.job import REPETITIONS, Lane
from storage.memory import Memory
from storage.news import News
from storage.postgres import PostgresDoors
from storage.sqlite import SqliteDoors
from storage.sqlite_engine import file_of, reason
from storage.unit import Clock, Ids, Unit, UnitFactory

__all__ = ["Answer", "Lane", "Store", "Unit", "open_store"]

T = TypeVar("T")
log = structlog.get_logger(__name__)


class Doors(Protocol):
    """What an engine must offer; `write` repeats what is `Stale` and tells when all is durable."""

    memory: Memory

    async def read(self, fn: Callable[[Connection], T]) -> T: ...
    async def write(self, fn: Callable[[Connection], T], lane: Lane) -> T: ...
    async def close(self) -> None: ...


class Store:
    """One per process, made by `open_store`.

    Functions are short, do nothing but SQL, and may be called more than once. Whoever stops waiting for
    `write` in time can be certain that nothing was taken; whoever stops too late still gets the value.
    """

    def __init__(self, doors: Doors, *, ids: Ids, clock: Clock, unit: UnitFactory = Unit) -> None:
        self._doors, self._ids, self._clock, self._unit = doors, ids, clock, unit

    def remembers(self, team: str, person: str) -> Person | None:
        """The person as last read, at once and unchecked: to be asked for again in the write that follows."""
        return self._doors.memory.person(team, person)

    async def read(self, fn: Callable[[Connection], T]) -> T:
        """What the function finds, all of it at one instant. Raises `Unavailable`."""
        return await self._doors.read(fn)

    async def write(
        self,
        fn: Callable[[Unit], T],
        *,
        team: str,
        key: str | None = None,
        lane: Lane = Lane.PEOPLE,
        answer: Answer[T] | None = None,
    ) -> T:
        """What the function gives, once it is durable; `key` delivered again gets the same answer.

        With a key the value must be plain JSON, or `answer` makes it so. What raises saves nothing, the key
        neither. Raises `NotTaken` when certainly nothing was saved, `Unsure` when that cannot be known.
        """

        happened: list[News] = []

        def work(connection: Connection) -> T:
            nonlocal happened
            happened = news.begin(connection)
            unit = self._unit(connection, team, key, self._ids, self._clock)
            if key is None:
                return fn(unit)
            return deliveries.once(connection, team, key, self._clock(), lambda: fn(unit), answer)

        value = await self._surely(work, lane) if key is not None else await self._doors.write(work, lane)
        for each in happened:
            getattr(log, each.level)(each.event, team=team, **each.facts)
        return value

    async def _surely(self, work: Callable[[Connection], T], lane: Lane) -> T:
        """Repeated while nobody knows whether it was taken: the delivery key tells."""
        for _ in range(REPETITIONS):
            with suppress(Unsure):
                return await self._doors.write(work, lane)
        return await self._doors.write(work, lane)

    async def close(self) -> None:
        """Finish what is under way and close the database."""
        await self._doors.close()


async def open_store(
    url: str, *, ids: Ids, clock: Clock, unit: UnitFactory = Unit, inline: bool = False
) -> Store:
    """Open the database of the URL; `inline` runs all on the caller's thread, on SQLite only.

    Raises `Unavailable` when an SQLite file can't be opened; PostgreSQL is asked at the first use.
    """
    try:
        doors = _doors(url, inline=inline)
    except DBAPIError as error:
        if why := reason(error):
            raise Unavailable(why) from error
        raise
    return Store(doors, ids=ids, clock=clock, unit=unit)


def _doors(url: str, *, inline: bool) -> Doors:
    if make_url(url).get_backend_name() == "postgresql":
        if inline:
            raise ValueError("only SQLite can run inline")
        return PostgresDoors(url)
    if file_of(url) is None:
        raise ValueError("a database in memory forgets everything; name a file or a PostgreSQL server")
    return InlineDoors(url) if inline else SqliteDoors(url)
