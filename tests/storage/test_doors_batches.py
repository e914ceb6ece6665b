"""How SQLite's one writer shares a commit: all hear the truth, whoever stops waiting or breaks something."""

from __future__ import annotations

import asyncio
import sqlite3
from collections.abc import AsyncIterator, Callable
from contextlib import closing
from pathlib import Path
from threading import Event
from typing import Any, TypeVar

import pytest
from sqlalchemy import Connection, delete, insert
from sqlalchemy.exc import IntegrityError

from storage.errors import NotTaken, Reason
from storage.job import Lane
from storage.sqlite import SqliteDoors
from tests.storage.ledger import entered, entries, metadata

T = TypeVar("T")
PATIENCE = 10


class Gate:
    """A function that says when it runs, and goes on when it is let."""

    def __init__(self) -> None:
        self._loop, self._begun, self._go_on = asyncio.get_running_loop(), asyncio.Event(), Event()

    def __call__(self, connection: Connection) -> None:
        entering("gate")(connection)
        self._loop.call_soon_threadsafe(self._begun.set)
        assert self._go_on.wait(PATIENCE)
        connection.execute(delete(entries).where(entries.c.id == "gate"))

    async def begun(self) -> None:
        async with asyncio.timeout(PATIENCE):
            await self._begun.wait()

    def open(self) -> None:
        self._go_on.set()


class Batch:
    """The doors of a fresh file, with batches so long that all that waits goes into one commit."""

    def __init__(self, path: Path) -> None:
        self.path = path
        self.doors = SqliteDoors(f"sqlite+aiosqlite:///{path}", longest_batch=60)

    async def write(self, fn: Callable[[Connection], T], lane: Lane = Lane.PEOPLE) -> asyncio.Task[T]:
        """Hand it over, and come back before it is done."""
        writing = asyncio.ensure_future(self.doors.write(fn, lane))
        await asyncio.sleep(0)
        return writing

    async def saved(self) -> list[str]:
        return await self.doors.read(entered)


@pytest.fixture
async def batch(tmp_path: Path) -> AsyncIterator[Batch]:
    made = Batch(tmp_path / "tiebreak.sqlite3")
    await made.doors.write(metadata.create_all, Lane.PEOPLE)
    yield made
    await made.doors.close()


def entering(id: str, account: str | None = None) -> Callable[[Connection], str]:
    def enter(connection: Connection) -> str:
        connection.execute(insert(entries).values(id=id, account=account))
        return id

    return enter


async def test_cancelled_while_it_waits_it_never_runs(batch: Batch) -> None:
    """A write that has not begun when its caller leaves is not begun at all."""
    ran: list[Connection] = []
    gate = Gate()
    first = await batch.write(gate)
    waiting = await batch.write(ran.append)
    waiting.cancel()
    with pytest.raises(asyncio.CancelledError):
        await waiting
    gate.open()
    await first
    assert await (await batch.write(entering("after"))) == "after"
    assert ran == []


async def test_cancelled_while_it_runs_it_is_undone(batch: Batch) -> None:
    """A write whose caller leaves in the middle is rolled back; its neighbours in the commit are not."""
    gate = Gate()

    def slow(connection: Connection) -> None:
        entering("slow")(connection)
        gate(connection)

    before, writing = await batch.write(entering("before")), await batch.write(slow)
    after = await batch.write(entering("after"))
    await gate.begun()
    writing.cancel()
    with pytest.raises(asyncio.CancelledError):
        await writing
    gate.open()
    assert [await before, await after] == ["before", "after"]
    assert await batch.saved() == ["after", "before"]


async def test_out_of_budget_is_not_taken(batch: Batch) -> None:
    """A listener whose time is up hears so at once, and may say: not taken, please try again."""
    gate = Gate()
    first = await batch.write(gate)
    await gate.begun()
    with pytest.raises(TimeoutError):
        async with asyncio.timeout(0):
            await batch.doors.write(entering("late"), Lane.PEOPLE)
    gate.open()
    await first
    assert await batch.saved() == []


@pytest.mark.parametrize("lane", list(Lane))
async def test_cancelled_too_late_it_stands(batch: Batch, lane: Lane) -> None:
    """Past the point of no return people still get their value; the background ends once it stands."""
    start, end = Gate(), Gate()
    writes = [await batch.write(start, lane)]
    done = await batch.write(entering("done"), lane)
    writes.append(await batch.write(end, lane))
    start.open()
    await end.begun()
    for _ in range(2):
        done.cancel()
        await asyncio.sleep(0)
        assert not done.done()
    end.open()
    told = (await asyncio.gather(done, *writes, return_exceptions=True))[0]
    assert told == "done" if lane is Lane.PEOPLE else isinstance(told, asyncio.CancelledError)
    assert await batch.saved() == ["done"]


async def test_in_budget_at_the_last_moment_is_taken(batch: Batch) -> None:
    """Time that runs out during the commit is no time-out: the caller hears what was saved."""
    start, end = Gate(), Gate()
    gates = [await batch.write(start)]

    async def report() -> str:
        async with asyncio.timeout(None) as budget:
            handed.set_result(budget)
            return await batch.doors.write(entering("report"), Lane.PEOPLE)

    handed: asyncio.Future[asyncio.Timeout] = asyncio.get_running_loop().create_future()
    reporting = asyncio.ensure_future(report())
    budget = await handed
    gates.append(await batch.write(end))
    start.open()
    await end.begun()
    budget.reschedule(asyncio.get_running_loop().time())
    await asyncio.sleep(0)
    assert budget.expired()
    await asyncio.sleep(0)
    end.open()
    assert await reporting == "report"
    await asyncio.gather(*gates)


async def test_a_failed_commit_reaches_everybody(batch: Batch) -> None:
    """When the commit itself fails nobody is told that theirs was saved, and the next one works."""
    gate = Gate()
    writes: list[asyncio.Task[Any]] = [await batch.write(gate)]
    for id, account in (("a", None), ("b", "no such account"), ("c", None)):
        writes.append(await batch.write(entering(id, account)))
    gate.open()
    told = await asyncio.gather(*writes, return_exceptions=True)
    assert [type(answer) for answer in told] == [IntegrityError] * 4
    assert await batch.saved() == []
    assert await (await batch.write(entering("after"))) == "after"


async def test_people_end_a_background_batch(batch: Batch) -> None:
    """A person who comes while the background works goes next, not after the whole queue."""
    order: list[str] = []
    gate = Gate()
    first = await batch.write(gate, Lane.BACKGROUND)
    background = [await batch.write(lambda _: order.append("background"), Lane.BACKGROUND) for _ in range(5)]
    person = await batch.write(lambda _: order.append("person"))
    gate.open()
    await asyncio.gather(first, person, *background)
    assert order == ["person"] + ["background"] * 5


async def test_a_full_disk_takes_nothing_and_heals(batch: Batch) -> None:
    """Who no longer fits is told so, who fitted is saved, and with room again all goes on."""
    limit = "PRAGMA max_page_count={}"
    big = insert(entries).values(id="big", facts=["x" * 100_000])
    small = await batch.write(entering("small"))
    await (await batch.write(lambda c: c.exec_driver_sql(limit.format(1)).all()))
    with pytest.raises(NotTaken) as told:
        await (await batch.write(lambda c: c.execute(big).rowcount))
    assert told.value.reason is Reason.FULL
    assert await small == "small"
    assert await batch.saved() == ["small"]
    await (await batch.write(lambda c: c.exec_driver_sql(limit.format(1_000_000)).all()))
    assert await (await batch.write(lambda c: c.execute(big).rowcount)) == 1


async def test_who_locks_the_file_for_long_is_named_as_the_reason(batch: Batch) -> None:
    """While another program keeps the file locked writes are not taken; afterwards they are."""
    await (await batch.write(lambda c: c.exec_driver_sql("PRAGMA busy_timeout=1").all()))
    with closing(sqlite3.connect(batch.path, isolation_level=None)) as locking:
        locking.execute("BEGIN IMMEDIATE")
        told = await asyncio.gather(
            *(batch.doors.write(entering(str(n)), Lane.PEOPLE) for n in range(3)), return_exceptions=True
        )
    assert [str(answer) for answer in told] == ["the database is locked"] * 3
    assert all(isinstance(answer, NotTaken) for answer in told)
    assert await (await batch.write(entering("after"))) == "after"
