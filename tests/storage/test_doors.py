"""What both databases promise to whoever reads and writes."""

from __future__ import annotations

import asyncio
from collections.abc import Callable

import pytest
from sqlalchemy import Connection, insert, select
from sqlalchemy.exc import DBAPIError, IntegrityError

from storage.errors import Stale, Unavailable
from storage.store import Lane, Unit
from tests.storage.ledger import (
    TEAM,
    aside,
    balance,
    count,
    entered,
    entering,
    entries,
    ledger,
    new_store,
    pay_in_guarded,
    pay_in_locked,
)


async def test_a_unit_knows_its_workspace_and_key(database_url: str) -> None:
    """A writing function learns whom it works for, and gets ids and the time from outside."""
    async with ledger(database_url) as store:
        told = await store.write(
            lambda unit: f"{unit.team} {unit.key} {unit.ids()} {unit.clock():%H}", team="T7", key="k"
        )
    assert told == "T7 k id0 12"


async def test_what_is_written_can_be_read(database_url: str) -> None:
    """Once `write` returns, everybody sees it."""
    async with ledger(database_url) as store:
        assert await store.write(entering("a"), team=TEAM) == "a"
        assert await store.read(entered) == ["a"]


async def test_who_fails_undoes_only_their_own_work(database_url: str) -> None:
    """Of ten at once every third fails halfway: it hears its own error, and the others are saved whole."""

    def halfway(id: str) -> Callable[[Unit], str]:
        def fn(unit: Unit) -> str:
            entering(id)(unit)
            if int(id) % 3 == 0:
                raise LookupError(id)
            return id

        return fn

    async with ledger(database_url) as store:
        every = [store.write(halfway(str(n)), team=TEAM) for n in range(10)]
        told = await asyncio.gather(*every, return_exceptions=True)
        saved = await store.read(entered)
    assert [str(answer) for answer in told] == [str(n) for n in range(10)]
    assert [n for n in range(10) if isinstance(told[n], LookupError)] == [0, 3, 6, 9]
    assert saved == ["1", "2", "4", "5", "7", "8"]


async def test_a_broken_rule_of_the_database_reaches_its_caller(database_url: str) -> None:
    """Writing the same id twice is an error of the second one, and changes nothing."""
    async with ledger(database_url) as store:
        await store.write(entering("a"), team=TEAM)
        with pytest.raises(IntegrityError):
            await store.write(entering("a"), team=TEAM)
        assert await store.read(count) == 1


async def test_an_exhausted_iterator_is_an_error_like_others(database_url: str) -> None:
    """`next` on nothing inside a function ends in an error, not in waiting for ever."""
    async with ledger(database_url) as store, asyncio.timeout(10):
        with pytest.raises(RuntimeError):
            await store.write(
                lambda unit: next(iter(unit.connection.execute(select(entries)).all())), team=TEAM
            )


async def test_reading_cannot_write(database_url: str) -> None:
    """The reading door refuses changes, so that no write goes round the other one."""
    async with ledger(database_url) as store:
        with pytest.raises((DBAPIError, Unavailable)):
            await store.read(lambda connection: connection.execute(insert(entries).values(id="a")))
        assert await store.read(count) == 0


async def test_a_read_sees_one_instant(database_url: str) -> None:
    """What others save while a function reads does not show up halfway through it."""

    def twice(connection: Connection) -> tuple[int, int]:
        before = count(connection)
        aside(database_url, "insert into entries (id) values ('a')")
        return before, count(connection)

    async with ledger(database_url) as store:
        assert await store.read(twice) == (0, 0)
        assert await store.read(count) == 1


async def test_stale_is_repeated_with_fresh_state(database_url: str) -> None:
    """Three times stale is nobody's business; what the tries wrote before is undone."""
    tries = []

    def fn(unit: Unit) -> int:
        tries.append(1)
        entering("a")(unit)
        if len(tries) <= 3:
            raise Stale
        return len(tries)

    async with ledger(database_url) as store:
        assert await store.write(fn, team=TEAM) == 4
        assert await store.read(entered) == ["a"]


async def test_stale_a_fourth_time_is_told(database_url: str) -> None:
    """Whoever is always too slow hears so, and nothing is saved."""
    tries = []

    def fn(unit: Unit) -> None:
        tries.append(1)
        entering("a")(unit)
        raise Stale

    async with ledger(database_url) as store:
        with pytest.raises(Stale):
            await store.write(fn, team=TEAM)
        assert await store.read(count) == 0
    assert len(tries) == 4


async def test_R52_fifty_at_once_lose_nothing(database_url: str) -> None:
    """Fifty people read a balance and add one: it ends at fifty, and each saw another number."""
    async with ledger(database_url) as store:
        seen = await asyncio.gather(*(store.write(pay_in_locked, team=TEAM) for _ in range(50)))
        assert await store.read(balance) == 50
    assert sorted(seen) == list(range(1, 51))


async def test_fifty_with_version_guards_lose_nothing(database_url: str) -> None:
    """Without locks nobody overwrites anybody: who was always too slow is told, the others all count."""
    async with ledger(database_url) as store:
        writes = (store.write(pay_in_guarded, team=TEAM) for _ in range(50))
        told = await asyncio.gather(*writes, return_exceptions=True)
        reached = await store.read(balance)
    taken = [answer for answer in told if isinstance(answer, int)]
    assert all(isinstance(answer, Stale) for answer in told if answer not in taken)
    assert sorted(taken) == list(range(1, reached + 1))


async def test_people_pass_a_long_background_queue(database_url: str) -> None:
    """A person who comes after two hundred background writes is served among the first."""
    order = []

    def noting(name: str) -> Callable[[Unit], None]:
        def fn(unit: Unit) -> None:
            order.append(name)
            entering(name)(unit)

        return fn

    async with ledger(database_url) as store:
        queue = [store.write(noting(f"b{n}"), team=TEAM, lane=Lane.BACKGROUND) for n in range(200)]
        background = asyncio.gather(*queue)
        await asyncio.sleep(0)
        await store.write(noting("person"), team=TEAM)
        await background
        assert await store.read(count) == 201
    assert order.index("person") < 100


async def test_closing_finishes_what_waits(database_url: str) -> None:
    """Whatever was handed over before closing is saved, and its callers are told."""
    async with ledger(database_url) as store:
        writes = [asyncio.ensure_future(store.write(entering(str(n)), team=TEAM)) for n in range(20)]
        await asyncio.sleep(0)
    assert len(await asyncio.gather(*writes)) == 20
    again = await new_store(database_url)
    assert await again.read(count) == 20
    await again.close()
