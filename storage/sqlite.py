"""The doors of SQLite: readers beside one another, one writer in a thread of its own."""

from __future__ import annotations

import asyncio
from collections.abc import Callable
from typing import TypeVar

from sqlalchemy import Connection
from sqlalchemy.exc import DBAPIError
from sqlalchemy.exc import TimeoutError as NoConnectionFree

from storage.errors import Reason, Unavailable
from storage.job import Job, Lane, patiently
from storage.memory import Memory
from storage.sqlite_engine import WRITING, engine, reading_engine, reason
from storage.writer import LONGEST_BATCH_SECONDS, Writer

T = TypeVar("T")


class SqliteDoors:
    """Opens the file at once. Reads see one snapshot each and can't write."""

    def __init__(self, url: str, longest_batch: float = LONGEST_BATCH_SECONDS) -> None:
        self.memory = Memory()
        self._readers = reading_engine(url)
        self._writing = engine(url, (*WRITING, "wal_autocheckpoint=0"), "BEGIN IMMEDIATE")
        for each in (self._readers.sync_engine, self._writing):
            each.update_execution_options(memory=self.memory)
        self._connection = self._writing.connect()
        self._writer = Writer(self._connection, longest_batch)

    async def read(self, fn: Callable[[Connection], T]) -> T:
        """Run the function on a connection of its own."""
        try:
            async with self._readers.connect() as connection:
                return await connection.run_sync(fn)
        except NoConnectionFree as error:
            raise Unavailable(Reason.LOCKED) from error
        except DBAPIError as error:
            if why := reason(error):
                raise Unavailable(why) from error
            raise

    async def write(self, fn: Callable[[Connection], T], lane: Lane) -> T:
        """Run the function in the writer's next batch; returns when it is durable."""
        over: asyncio.Future[None] = asyncio.get_running_loop().create_future()
        job = Job(fn, lane, over)
        self._writer.submit(job)
        return await patiently(over, job)

    async def close(self) -> None:
        """Finish what waits, then close; SQLite moves its log into the file with the last connection."""
        await asyncio.to_thread(self._writer.stop)
        await self._readers.dispose()
        self._connection.close()
        self._writing.dispose()
