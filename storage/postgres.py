"""The doors of PostgreSQL: a pool of connections, the background on at most two of them."""

from __future__ import annotations

import asyncio
from collections.abc import Callable
from contextlib import nullcontext
from typing import TypeVar

from sqlalchemy import Connection, make_url
from sqlalchemy.exc import DBAPIError
from sqlalchemy.exc import TimeoutError as NoConnectionFree
from sqlalchemy.ext.asyncio import AsyncEngine, create_async_engine

from storage.columns import dumps
from storage.errors import NotTaken, Reason, Stale, Unavailable, Unsure
from storage.job import REPETITIONS, Job, Lane, patiently
from storage.memory import Memory

T = TypeVar("T")

LOCK_TIMEOUT_MILLISECONDS = 1000
CONNECTIONS = 8
FOR_THE_BACKGROUND = 2
TURN_SECONDS = 2
CONNECT_SECONDS = 5

_REASONS = {
    "40001": Reason.LOCKED,  # could not serialize
    "40P01": Reason.LOCKED,  # deadlock
    "55P03": Reason.LOCKED,  # lock_timeout
    "53100": Reason.FULL,
    "25006": Reason.READ_ONLY,
    "53300": Reason.UNREACHABLE,  # too many connections
    "57P01": Reason.UNREACHABLE,  # shut down by an administrator
    "57P02": Reason.UNREACHABLE,
    "57P03": Reason.UNREACHABLE,
}
_AGAIN = (Reason.LOCKED, Reason.UNREACHABLE)


def engine(url: str, lock_timeout: int = LOCK_TIMEOUT_MILLISECONDS) -> AsyncEngine:
    """An engine whose sessions speak UTC and wait `lock_timeout` milliseconds at most for a lock."""
    settings = {
        "lock_timeout": str(lock_timeout),
        "timezone": "UTC",
        "application_name": "tiebreak",
        "jit": "off",  # a search looks dear to the planner; compiling it takes longer than running it
    }
    try:
        return create_async_engine(
            make_url(url).set(drivername="postgresql+asyncpg"),
            connect_args={"server_settings": settings, "timeout": CONNECT_SECONDS},
            json_serializer=dumps,
            isolation_level="READ COMMITTED",
            pool_size=CONNECTIONS,
            max_overflow=0,
            pool_timeout=TURN_SECONDS,
        )
    except ModuleNotFoundError as error:
        raise ModuleNotFoundError(
            "PostgreSQL needs one more package: pip install 'tiebreak[postgres]'"
        ) from error


class PostgresDoors:
    """Reads see one snapshot each and can't write; writes are READ COMMITTED beside one another."""

    def __init__(self, url: str) -> None:
        self.memory = Memory()
        self._engine = engine(url).execution_options(memory=self.memory)
        self._reading = self._engine.execution_options(
            isolation_level="REPEATABLE READ", postgresql_readonly=True
        )
        self._background = asyncio.Semaphore(FOR_THE_BACKGROUND)
        self._under_way: set[asyncio.Future[None]] = set()

    async def read(self, fn: Callable[[Connection], T]) -> T:
        """Run the function on a connection of its own; a connection that turns out dead is replaced once."""
        try:
            return await self._read(fn)
        except Unavailable as error:
            if error.reason is not Reason.UNREACHABLE:
                raise
        return await self._read(fn)

    async def _read(self, fn: Callable[[Connection], T]) -> T:
        try:
            async with self._reading.connect() as connection:
                return await connection.run_sync(fn)
        except Exception as error:
            if why := reason(error):
                raise Unavailable(why) from error
            raise

    async def write(self, fn: Callable[[Connection], T], lane: Lane) -> T:
        """Run the function in a transaction of its own; returns when it is committed."""
        job = Job(fn, lane)
        work = asyncio.ensure_future(self._work(job))
        self._under_way.add(work)
        work.add_done_callback(self._under_way.discard)
        try:
            return await patiently(work, job)
        finally:
            if job.withdrawn:  # goes on when the connection is back in the pool, rolled back
                work.cancel()
                await asyncio.wait({work})

    async def close(self) -> None:
        """Finish what waits, then close all connections."""
        if self._under_way:
            await asyncio.wait(self._under_way)
        await self._engine.dispose()

    async def _work(self, job: Job[T]) -> None:
        try:
            async with self._background if job.lane is Lane.BACKGROUND else nullcontext():
                await self._repeated(job)
        except asyncio.CancelledError:  # withdrawn, or the loop ends in the middle of a commit
            job.fail(Unsure(Reason.UNREACHABLE))
            raise
        except Exception as error:  # noqa: BLE001 - whatever it is belongs to the caller
            job.fail(error)

    async def _repeated(self, job: Job[T]) -> None:
        """Again with fresh state while it is stale, locked out or cut off, up to three times."""
        for _ in range(REPETITIONS):
            try:
                return await self._once(job)
            except Stale:
                continue
            except NotTaken as error:
                if error.reason not in _AGAIN:
                    raise
        return await self._once(job)

    async def _once(self, job: Job[T]) -> None:
        sealed = False
        try:
            async with self._engine.connect() as connection:
                transaction = await connection.begin()
                await connection.run_sync(job.work)
                if sealed := job.seal():
                    await transaction.commit()
        except Exception as error:
            why = reason(error)
            if why is None:
                raise
            raise (Unsure(why) if sealed and why is Reason.UNREACHABLE else NotTaken(why)) from error


def reason(error: Exception) -> Reason | None:
    """Why the database refused, None when the function itself is at fault."""
    if isinstance(error, NoConnectionFree):
        return Reason.LOCKED
    if isinstance(error, OSError) or (isinstance(error, DBAPIError) and error.connection_invalidated):
        return Reason.UNREACHABLE
    cause = error.orig if isinstance(error, DBAPIError) else error
    return _REASONS.get(getattr(cause, "sqlstate", None) or "")
