"""What only a server can do: cut a connection, at the worst moment too, or not be there."""

from __future__ import annotations

from collections.abc import AsyncIterator
from concurrent.futures import ThreadPoolExecutor

import pytest
from sqlalchemy import insert, select, text

from storage.errors import NotTaken, Reason, Unavailable, Unsure
from storage.store import Store, Unit
from tests.storage.ledger import (
    TEAM,
    accounts,
    aside,
    balance,
    count,
    entered,
    entering,
    ledger,
    new_store,
    pay_in_locked,
)

pytestmark = pytest.mark.parametrize("database_url", ["postgres"], indirect=True)

CUT_ALL = (
    "SELECT pg_terminate_backend(pid) FROM pg_stat_activity"
    " WHERE datname = current_database() AND pid <> pg_backend_pid()"
)
CUT_THE_FIRST_COMMIT = (
    "CREATE SEQUENCE commits",
    """CREATE FUNCTION cut() RETURNS trigger LANGUAGE plpgsql AS $$
    BEGIN
        IF nextval('commits') = 1 THEN PERFORM pg_terminate_backend(pg_backend_pid()); END IF;
        RETURN NULL;
    END $$""",
    """CREATE CONSTRAINT TRIGGER cut AFTER UPDATE ON accounts DEFERRABLE INITIALLY DEFERRED
    FOR EACH ROW EXECUTE FUNCTION cut()""",
)


PAY = "UPDATE accounts SET balance = balance + 1 WHERE id = '{}'"
OTHER_WAY_ROUND = f"""DO $$ BEGIN
    SET LOCAL deadlock_timeout = '1min';
    {PAY.format("bank")};
    {PAY.format("cash")};
END $$"""
WAITS_FOR_US = "SELECT count(*) FROM pg_locks WHERE pg_backend_pid() = ANY(pg_blocking_pids(pid))"


@pytest.fixture
async def store(database_url: str) -> AsyncIterator[Store]:
    async with ledger(database_url) as made:
        yield made


async def test_a_connection_that_was_cut_is_replaced(store: Store, database_url: str) -> None:
    """After a restart of the server the next write and the next read simply work."""
    aside(database_url, CUT_ALL)
    assert await store.write(entering("a"), team=TEAM) == "a"
    aside(database_url, CUT_ALL)
    assert await store.read(entered) == ["a"]


async def test_cut_in_the_middle_it_is_repeated(store: Store, database_url: str) -> None:
    """A write that is cut off before its commit is rolled back by the server, and done again."""
    tries = []

    def enter(unit: Unit) -> int:
        entering("a")(unit)
        tries.append(1)
        if len(tries) == 1:
            aside(database_url, CUT_ALL)
        return count(unit.connection)

    assert await store.write(enter, team=TEAM) == 1
    assert len(tries) == 2
    assert await store.read(entered) == ["a"]


async def test_cut_in_its_commit_nobody_knows(store: Store, database_url: str) -> None:
    """Without a delivery key the caller is told that nobody can know, and nothing is done twice."""
    for statement in CUT_THE_FIRST_COMMIT:
        aside(database_url, statement)
    with pytest.raises(Unsure):
        await store.write(pay_in_locked, team=TEAM)
    assert await store.read(balance) == 0


async def test_cut_in_its_commit_a_delivery_is_taken_once(store: Store, database_url: str) -> None:
    """With a key the store finds out by itself, and the caller only gets the answer."""
    for statement in CUT_THE_FIRST_COMMIT:
        aside(database_url, statement)
    assert await store.write(pay_in_locked, team=TEAM, key="k") == 1
    assert await store.read(balance) == 1


def open_another(unit: Unit) -> None:
    unit.connection.execute(insert(accounts).values(id="bank", balance=0, version=1))


async def test_of_two_that_wait_for_each_other_ours_is_repeated(store: Store, database_url: str) -> None:
    """A deadlock ends by PostgreSQL giving up one of the two, here ours: it is done again."""
    await store.write(open_another, team=TEAM)
    tries: list[bool] = []
    with ThreadPoolExecutor(1) as thread:

        def pay(unit: Unit) -> None:
            unit.connection.execute(text("SET LOCAL lock_timeout = 0"))
            unit.connection.execute(text("SET LOCAL deadlock_timeout = '10ms'"))
            unit.connection.execute(text(PAY.format("cash")))
            tries.append(True)
            if len(tries) == 1:
                thread.submit(aside, database_url, OTHER_WAY_ROUND)
                while not unit.connection.execute(text(WAITS_FOR_US)).scalar():
                    continue
            unit.connection.execute(text(PAY.format("bank")))

        await store.write(pay, team=TEAM)
    assert len(tries) == 2
    assert await store.read(lambda c: list(c.execute(select(accounts.c.balance)).scalars())) == [2, 2]


async def test_a_server_that_is_not_there(store: Store, database_url: str) -> None:
    """Nothing is taken, and the reason is said."""
    nowhere = await new_store("postgresql+asyncpg://nobody@127.0.0.1:1/nothing")
    with pytest.raises(NotTaken) as writing:
        await nowhere.write(entering("a"), team=TEAM)
    with pytest.raises(Unavailable) as reading:
        await nowhere.read(count)
    await nowhere.close()
    assert writing.value.reason is reading.value.reason is Reason.UNREACHABLE
