"""Rows for several tables: put together, each as its table takes it, whatever is there already."""

from __future__ import annotations

from datetime import datetime, timedelta

import pytest
from sqlalchemy import Connection, event, select

from storage.store import Unit
from storage.tables import sources, timeline, wakes
from storage.upserts import Put, missing, new, put, renewed
from tests.storage.opened import NOON, TEAM, stores

LATER = NOON + timedelta(hours=1, microseconds=1)
SAID = 'a "quote", a \\ and a 🔥'


def source(folded: str, at: datetime = NOON, name: str = SAID) -> dict[str, object]:
    return {"team": TEAM, "folded": folded, "name": name, "used_at": at}


def wake(subject: str, at: datetime = NOON) -> dict[str, object]:
    row = {"team": TEAM, "subject": subject, "wake_at": at, "holder": None, "lease_until": None}
    return {**row, "tries": 0, "parked": False}


def kept(connection: Connection) -> list[tuple[str, datetime, str]]:
    """The sources: what they are known by, since when, and what they are called."""
    rows = connection.execute(select(sources.c.folded, sources.c.used_at, sources.c.name))
    return sorted((row.folded, row.used_at, row.name) for row in rows)


async def test_rows_of_several_tables_are_kept_as_they_are(database_url: str) -> None:
    """Instants to the microsecond, nothing, truth, and words with every sign in them."""
    async with stores(database_url) as (_, [store]):

        def keep(unit: Unit) -> None:
            puts = [Put(sources, [source("a"), source("b", LATER)], new), Put(wakes, [wake("w", LATER)], new)]
            put(unit.connection, [*puts, Put(timeline, [])])

        await store.write(keep, team=TEAM)
        assert await store.read(kept) == [("a", NOON, SAID), ("b", LATER, SAID)]
        [found] = await store.read(lambda c: c.execute(select(wakes)).all())
        assert (found.wake_at, found.holder, found.parked) == (LATER, None, False)


async def test_what_is_there_stays_or_is_brought_up_to_date(database_url: str) -> None:
    """Each table's rows as asked, in the same breath."""
    async with stores(database_url) as (_, [store]):

        def first(unit: Unit) -> None:
            put(unit.connection, [Put(sources, [source("a")]), Put(wakes, [wake("w")])])

        def second(unit: Unit) -> None:
            again = [source("a", LATER), source("b", LATER)]
            put(unit.connection, [Put(sources, again, missing), Put(wakes, [wake("w", LATER)], renewed)])

        for change in (first, second):
            await store.write(change, team=TEAM)
        assert [row[:2] for row in await store.read(kept)] == [("a", NOON), ("b", LATER)]
        assert await store.read(lambda c: c.execute(select(wakes.c.wake_at)).scalars().all()) == [LATER]


async def test_an_instant_without_a_zone_is_refused(database_url: str) -> None:
    """Nobody can know when that was; nothing is kept."""
    async with stores(database_url) as (_, [store]):

        def keep(unit: Unit) -> None:
            naive = source("a", NOON.replace(tzinfo=None))
            put(unit.connection, [Put(wakes, [wake("w")]), Put(sources, [naive])])

        with pytest.raises(Exception, match="naive datetime"):
            await store.write(keep, team=TEAM)
        assert await store.read(kept) == []


@pytest.mark.parametrize("database_url", ["postgres"], indirect=True)
async def test_on_a_server_they_go_in_one_statement(database_url: str) -> None:
    """Each statement would be a way there and back."""
    async with stores(database_url) as (_, [store]):

        def keep(unit: Unit) -> int:
            said: list[str] = []
            event.listen(unit.connection, "before_cursor_execute", lambda *told: said.append(told[2]))
            put(unit.connection, [Put(sources, [source("a"), source("b")]), Put(wakes, [wake("w")])])
            return len(said)

        assert await store.write(keep, team=TEAM) == 1
