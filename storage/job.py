"""One caller's function on its way into the database, and the promise about what becomes of it.

A caller may stop waiting at any moment. The function is then either certainly not taken, and the caller's
cancellation goes through, or it is past the point of no return, and the caller still hears its outcome:

    waiting → running → sealed → committed or failed
        └─────────┴──→ withdrawn
"""

from __future__ import annotations

import asyncio
from collections.abc import Callable
from enum import StrEnum
from threading import Lock
from typing import Generic, TypeVar

from sqlalchemy import Connection

from storage.errors import Stale

T = TypeVar("T")
REPETITIONS = 3


class Lane(StrEnum):
    """Who waits for a write: a person looking at Slack, or nobody."""

    PEOPLE = "people"
    BACKGROUND = "background"


class Job(Generic[T]):
    """A function on its way; of `withdraw` and `seal` only the first has its way."""

    __slots__ = ("_error", "_fn", "_lock", "_sealed", "_value", "_withdrawn", "lane", "over")

    _value: T

    def __init__(
        self, fn: Callable[[Connection], T], lane: Lane, over: asyncio.Future[None] | None = None
    ) -> None:
        self.lane, self.over = lane, over
        self._fn = fn
        self._lock = Lock()
        self._sealed = self._withdrawn = False
        self._error: Exception | None = None

    @property
    def withdrawn(self) -> bool:
        """Nobody waits for it any more, and it must not be taken."""
        return self._withdrawn

    def withdraw(self) -> bool:
        """Called by the one who waits. True: it will not be taken; False: it is too late for that."""
        with self._lock:
            self._withdrawn = not self._sealed
            return self._withdrawn

    def seal(self) -> bool:
        """Called by the one who works, when all is done but the commit. False: somebody withdrew it."""
        with self._lock:
            self._sealed = not self._withdrawn
            return self._sealed

    def work(self, connection: Connection) -> None:
        """Call the function once and keep what it gives."""
        self._value = self._fn(connection)

    def fail(self, error: Exception) -> None:
        """Keep the error for the caller; the first one tells most."""
        self._error = self._error or error

    def outcome(self) -> T:
        """What the function gave, or its error raised."""
        if self._error is not None:
            raise self._error
        return self._value


def repeated(job: Job[T], connection: Connection, undo: Callable[[], None]) -> None:
    """Work, and again with fresh state, up to three times, while the function says `Stale`."""
    for _ in range(REPETITIONS):
        try:
            return job.work(connection)
        except Stale:
            undo()
    return job.work(connection)


async def patiently(over: asyncio.Future[None], job: Job[T]) -> T:
    """Wait for the job's outcome; cancelled in time, it is withdrawn.

    Cancelled too late, people's work still gives its outcome (`asyncio.timeout` then does not expire), and
    background work raises the cancellation once the outcome stands, because nobody waits for it.
    """
    try:
        await asyncio.wait({over})
    except asyncio.CancelledError:
        if job.withdraw():
            raise
        await _undisturbed(over)
        if job.lane is Lane.BACKGROUND:
            raise
    return job.outcome()


async def _undisturbed(over: asyncio.Future[None]) -> None:
    """Wait through further cancellations: it is a commit's time at most."""
    while not over.done():
        try:
            await asyncio.wait({over})
        except asyncio.CancelledError:
            continue
