"""Wake-ups: armed, claimed once, given back, parked, and looked at anew when the clock was set."""

from __future__ import annotations

import asyncio
from collections import Counter
from datetime import timedelta

from sqlalchemy import func, select, update

from storage import wakes
from storage.store import Store, Unit
from storage.tables import wakes as table
from tests.storage.opened import NOON, TEAM, do, stores

MANY = 2000


def arm_many(unit: Unit) -> None:
    for n in range(MANY):
        wakes.arm(unit.connection, TEAM, f"c{n:05}", NOON - timedelta(seconds=n % 7))


async def claim_all(store: Store, holder: str) -> list[str]:
    taken: list[str] = []
    while due := await do(store, wakes.claim, holder, NOON):
        taken += [wake.subject for wake in due]
        for wake in due:
            await do(store, wakes.arm, TEAM, wake.subject, None)
    return taken


async def test_R2_four_claimers_take_every_wake_up_once(database_url: str) -> None:
    """Four processes on one database: nothing is left, nothing is taken by two."""
    async with stores(database_url, 4 if database_url.startswith("postgres") else 1) as (_, opened):
        await opened[0].write(arm_many, team=TEAM)
        holders = [f"holder {n}" for n in range(len(opened))]
        taken = await asyncio.gather(*map(claim_all, opened, holders))
    everything = Counter(subject for each in taken for subject in each)
    assert len(everything) == MANY
    assert max(everything.values()) == 1


async def test_what_another_holds_is_not_taken_until_its_lease_ends(database_url: str) -> None:
    """On PostgreSQL a dead replica's subjects are free when the database's clock says so."""
    async with stores(database_url) as (_, [store]):
        await do(store, wakes.arm, TEAM, "c1", NOON)
        [_] = await do(store, wakes.claim, "dead", NOON)
        assert await do(store, wakes.claim, "alive", NOON) == []
        await store.write(_void, team="")
        [wake] = await do(store, wakes.claim, "alive", NOON)
    assert wake.subject == "c1"


def _void(unit: Unit) -> None:
    """What time does on PostgreSQL, and a new start on SQLite."""
    if unit.connection.dialect.name == "sqlite":
        wakes.release_all(unit.connection)
    else:
        over = func.now() - timedelta(seconds=1)
        unit.connection.execute(update(table).values(lease_until=over))


async def test_a_start_elsewhere_takes_no_lease_away(database_url: str) -> None:
    """A second replica that starts leaves what the first holds alone; on SQLite there is no second."""
    async with stores(database_url) as (_, [store]):
        await do(store, wakes.arm, TEAM, "c1", NOON)
        await do(store, wakes.claim, "first", NOON)
        await do(store, wakes.release_all)
        held = await store.read(lambda c: c.execute(select(table.c.holder)).scalar())
    assert held == ("first" if database_url.startswith("postgres") else None)


async def test_a_start_tries_again_what_was_parked(database_url: str) -> None:
    """A newer program may know what to do with it; nobody else would ask."""
    async with stores(database_url) as (_, [store]):
        await do(store, wakes.arm, TEAM, "rails:council", NOON)
        for _ in range(wakes.MOST_TRIES):
            [wake] = await do(store, wakes.claim, "me", NOON)
            await do(store, wakes.failed, wake, NOON)
        assert await do(store, wakes.claim, "me", NOON) == []
        await do(store, wakes.unpark_all, NOON)
        assert [wake.tries for wake in await do(store, wakes.claim, "me", NOON)] == [1]


async def test_after_five_failures_a_subject_is_parked_until_somebody_acts(database_url: str) -> None:
    """Parked means: not claimed, not waited for, counted; arming it again forgets the failures."""
    async with stores(database_url) as (_, [store]):
        await do(store, wakes.arm, TEAM, "c1", NOON)
        parked = []
        for _ in range(wakes.MOST_TRIES):
            [wake] = await do(store, wakes.claim, "me", NOON)
            parked.append(await do(store, wakes.failed, wake, NOON))
        assert parked == [False, False, False, False, True]
        assert await do(store, wakes.claim, "me", NOON) == []
        assert await store.read(lambda c: (wakes.parked(c), wakes.earliest(c))) == (1, None)
        await do(store, wakes.arm, TEAM, "c1", NOON)
        assert await store.read(lambda c: (wakes.parked(c), wakes.earliest(c))) == (0, NOON)


async def test_a_clock_set_back_delays_nothing_that_was_imminent(database_url: str) -> None:
    """What was to be looked at by the old clock is looked at now; what lies further ahead stays."""
    async with stores(database_url) as (_, [store]):
        before, week = NOON + timedelta(hours=2), NOON + timedelta(days=7)
        for subject, at in (("soon", before + timedelta(seconds=1)), ("later", week)):
            await do(store, wakes.arm, TEAM, subject, at)
        await do(store, wakes.look_anew, NOON, before)
        due = await do(store, wakes.claim, "me", NOON)
    assert [wake.subject for wake in due] == ["soon"]
