"""The doors of SQLite without threads: the same functions run where they are called.

For simulations, which must do the same things in the same order every time.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import TypeVar

from sqlalchemy import Connection

from storage.job import Job, Lane
from storage.memory import Memory
from storage.sqlite_engine import READING, WRITING, engine
from storage.writer import commit_together

T = TypeVar("T")
ONLY_PROCESSES_DIE = ("synchronous=OFF",)
"""What is simulated to die is a process; what it wrote stays with the operating system."""


class InlineDoors:
    """Blocks the loop while a function runs, and never gives way to another task."""

    def __init__(self, url: str) -> None:
        self.memory = Memory()
        self._writing = engine(url, (*WRITING, *ONLY_PROCESSES_DIE), "BEGIN IMMEDIATE")
        self._reading = engine(url, READING, "BEGIN")
        for each in (self._reading, self._writing):
            each.update_execution_options(memory=self.memory)
        self._writer = self._writing.connect()
        self._reader = self._reading.connect()

    async def read(self, fn: Callable[[Connection], T]) -> T:
        """Run the function in a snapshot of its own."""
        with self._reader.begin():
            return fn(self._reader)

    async def write(self, fn: Callable[[Connection], T], lane: Lane) -> T:
        """Run the function in a transaction of its own."""
        job = Job(fn, lane)
        commit_together(self._writer, [job])
        return job.outcome()

    async def close(self) -> None:
        """Close the file."""
        self._reader.close()
        self._reading.dispose()
        self._writer.close()
        self._writing.dispose()
