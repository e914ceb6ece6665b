"""SQLite's one writer: callers share a commit, people go before the background, and nobody waits for a lock.

A savepoint per caller, so that one who fails undoes only its own work; then one durable commit for all;
only then the callers are told.
"""

from __future__ import annotations

import asyncio
import sqlite3
from collections import deque
from collections.abc import Iterable, Iterator
from contextlib import suppress
from queue import SimpleQueue
from threading import Thread
from time import perf_counter
from typing import Any

from sqlalchemy import Connection
from sqlalchemy.engine import RootTransaction
from sqlalchemy.exc import DBAPIError

from storage.errors import NotTaken, Reason
from storage.job import Job, Lane, repeated
from storage.sqlite_engine import driver, reason

LONGEST_BATCH_SECONDS = 0.005
TRIES_TO_BEGIN = 2
WORTHWHILE = 250
HIGH_TIME = 2000

AnyJob = Job[Any]


class Writer:
    """The thread that owns the writing connection; `submit` from the loop, `stop` finishes what waits."""

    def __init__(self, connection: Connection, longest_batch: float = LONGEST_BATCH_SECONDS) -> None:
        self._connection, self._longest = connection, longest_batch
        self._since_checkpoint = 0
        self._waiting: dict[Lane, deque[AnyJob]] = {lane: deque() for lane in Lane}
        self._bell: SimpleQueue[bool] = SimpleQueue()
        self._loop = asyncio.get_running_loop()
        self._thread = Thread(target=self._run, name="tiebreak-writer", daemon=True)
        self._thread.start()

    def submit(self, job: AnyJob) -> None:
        """Queue the job in its lane; `job.over` is set when its outcome stands."""
        self._waiting[job.lane].append(job)
        self._bell.put(True)

    def stop(self) -> None:
        """Finish all that waits and end the thread. Blocks."""
        self._bell.put(False)
        self._thread.join()

    def _run(self) -> None:
        while self._bell.get():
            while any(self._waiting.values()):
                done = commit_together(self._connection, self._next())
                self._tell(done)
                self._checkpoint_after(len(done))

    def _checkpoint_after(self, writes: int) -> None:
        """Move the log into the file when nobody waits, or when it is high time.

        In this thread and never in one beside it: in SQLite before 3.51.3 a commit that restarts the log
        while a checkpoint runs can lose a transaction.
        """
        self._since_checkpoint += writes
        if self._since_checkpoint >= (HIGH_TIME if any(self._waiting.values()) else WORTHWHILE):
            self._since_checkpoint = 0
            with suppress(sqlite3.OperationalError):  # what could not be moved stays safe in the log
                driver(self._connection).execute("PRAGMA wal_checkpoint(PASSIVE)")

    def _next(self) -> Iterator[AnyJob]:
        """Jobs of one lane, until it is empty or the batch long enough; a person ends a background batch."""
        until = perf_counter() + self._longest
        people = self._waiting[Lane.PEOPLE]
        lane = people or self._waiting[Lane.BACKGROUND]
        while lane and (lane is people or not people):
            job = lane.popleft()
            if not job.withdrawn:
                yield job
            if perf_counter() > until:
                return

    def _tell(self, jobs: list[AnyJob]) -> None:
        try:
            self._loop.call_soon_threadsafe(_wake, jobs)
        except RuntimeError:  # the loop was dropped: nobody is left to tell
            return


def _wake(jobs: list[AnyJob]) -> None:
    for job in jobs:
        if job.over is not None:
            job.over.set_result(None)


def commit_together(connection: Connection, jobs: Iterable[AnyJob]) -> list[AnyJob]:
    """One transaction for all jobs, taken once it has begun; returns them, each with its outcome."""
    try:
        transaction = _begun(connection)
    except DBAPIError as error:
        return _failed(jobs, error)
    done: list[AnyJob] = []
    raw = driver(connection)
    try:
        with transaction:
            for job in jobs:
                done.append(job)
                _attempt(job, connection, raw)
    except Exception as error:  # noqa: BLE001 - whatever broke the transaction, all its callers must hear of it
        if raw.in_transaction:
            raw.rollback()
        _failed(done, error)
    return done


def _begun(connection: Connection) -> RootTransaction:
    """Other programs write in short transactions: each try waits its busy time-out for them."""
    for _ in range(TRIES_TO_BEGIN - 1):
        try:
            return connection.begin()
        except DBAPIError as error:
            if reason(error) is not Reason.LOCKED:
                raise
    return connection.begin()


def _attempt(job: AnyJob, connection: Connection, raw: sqlite3.Connection) -> None:
    """The job within its savepoint. Raises only when SQLite gave up the whole transaction."""

    def undo() -> None:
        raw.execute("ROLLBACK TO caller")

    raw.execute("SAVEPOINT caller")
    try:
        repeated(job, connection, undo)
        taken = job.seal()
    except Exception as error:
        if not raw.in_transaction:
            raise
        job.fail(_translated(error))
        taken = False
    if not taken:
        undo()
    raw.execute("RELEASE caller")


def _failed(jobs: Iterable[AnyJob], error: Exception) -> list[AnyJob]:
    failed = list(jobs)
    for job in failed:
        job.fail(_translated(error))
    return failed


def _translated(error: Exception) -> Exception:
    why = reason(error)
    if why is None:
        return error
    told = NotTaken(why)
    told.__cause__ = error
    return told
