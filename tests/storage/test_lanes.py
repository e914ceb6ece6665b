"""Lanes: ready when something is added, claimed once, given back without losing what came meanwhile."""

from __future__ import annotations

import asyncio
from collections import Counter
from datetime import datetime, timedelta
from functools import partial

import pytest
from sqlalchemy import Connection, update

from storage import lanes, outbox
from storage.lanes import Lane, Lost
from storage.store import Store, Unit
from storage.tables import lanes as table
from tests.storage.opened import NOON, TEAM, do, notice, stores

MANY = 300


def add(unit: Unit, to: str, version: int = 0, at: datetime = NOON, priority: int = 2) -> None:
    told = notice(to, at=at, priority=1 if priority == 1 else 2)
    outbox.add(unit.connection, TEAM, unit.ids(), told, conflict=None, subject="x", version=version)


def claim(unit: Unit, holder: str = "me", most: int = 8, now: datetime = NOON) -> list[Lane]:
    return lanes.claim(unit.connection, holder, now, most)


async def empty(store: Store, holder: str) -> list[str]:
    """Claim and empty lanes until none is left."""
    taken: list[str] = []
    while due := await store.write(lambda u: claim(u, holder), team=""):
        for lane in due:
            taken.append(lane.lane)
            await store.write(partial(say_all, lane=lane), team=TEAM)
    return taken


def say_all(unit: Unit, lane: Lane) -> None:
    outbox.say(unit.connection, [w.id for w in outbox.due(unit.connection, TEAM, lane.lane, NOON)])
    lanes.release(unit.connection, lane, NOON)


async def test_four_claimers_take_every_lane_once(database_url: str) -> None:
    """Four processes on one database: no lane is served by two."""
    async with stores(database_url, 4 if database_url.startswith("postgres") else 1) as (_, opened):
        for n in range(MANY):
            await opened[0].write(partial(add, to=f"U{n:04}"), team=TEAM)
        taken = await asyncio.gather(*(empty(store, f"h{n}") for n, store in enumerate(opened)))
    everything = Counter(lane for each in taken for lane in each)
    assert (len(everything), max(everything.values())) == (MANY, 1)


async def test_what_is_added_while_a_lane_is_given_back_is_never_overlooked(database_url: str) -> None:
    """Adding and giving back at once, again and again: the lane is always ready for what was added last."""
    async with stores(database_url, 2 if database_url.startswith("postgres") else 1) as (_, opened):
        first, last = opened[0], opened[-1]
        for n in range(60):
            await first.write(partial(add, to="U1", version=2 * n), team=TEAM)
            [lane] = await first.write(claim, team="")
            giving_back = first.write(partial(say_all, lane=lane), team=TEAM)
            adding = last.write(partial(add, to="U1", version=2 * n + 1), team=TEAM)
            await asyncio.gather(giving_back, adding)
            await empty(first, "me")
            assert await first.read(waiting) == 0


def waiting(connection: Connection) -> int:
    return len(outbox.due(connection, TEAM, "U1", NOON))


async def test_many_lanes_made_ready_at_once_in_any_order_never_block_each_other(database_url: str) -> None:
    """Two conflicts that tell the same people in opposite order both get through."""
    async with stores(database_url) as (_, [store]):

        def many(unit: Unit, names: list[str]) -> None:
            lanes.ready(unit.connection, TEAM, [(name, NOON, 2) for name in names])

        names = [f"U{n}" for n in range(30)]
        orders = (names, names[::-1]) * 20
        rounds = (store.write(partial(many, names=order), team=TEAM) for order in orders)
        await asyncio.gather(*rounds)
        assert len(await store.write(lambda u: claim(u, most=50), team="")) == 30


async def test_workspaces_take_turns_then_priority_then_age(database_url: str) -> None:
    """A workspace with much to say does not hold up another's one thing."""
    async with stores(database_url) as (_, [store]):

        def fill(unit: Unit) -> None:
            for n in range(6):
                lanes.ready(unit.connection, "T1", [(f"U{n}", NOON - timedelta(minutes=n), 2)])
            lanes.ready(unit.connection, "T1", [("U9", NOON, 1)])
            lanes.ready(unit.connection, "T2", [("V1", NOON, 3)])

        await store.write(fill, team=TEAM)
        taken = await store.write(lambda u: claim(u, most=3), team="")
    assert {lane.lane for lane in taken} == {"U9", "V1", "U5"}


async def test_an_earlier_instant_and_a_higher_priority_stay(database_url: str) -> None:
    """Something for tomorrow does not put off what is due today."""
    async with stores(database_url) as (_, [store]):
        tomorrow = NOON + timedelta(days=1)
        await store.write(lambda u: add(u, "U1", 1, priority=1), team=TEAM)
        await store.write(lambda u: add(u, "U1", 2, at=tomorrow), team=TEAM)
        assert await store.read(lanes.earliest) == NOON


def take_away(connection: Connection) -> None:
    connection.execute(update(table).values(holder="other"))


async def test_whoever_lost_the_lane_saves_nothing(database_url: str) -> None:
    """A process that was thought dead finds its lane taken: what it was about to record is undone."""
    async with stores(database_url) as (_, [store]):
        await store.write(lambda u: add(u, "U1"), team=TEAM)
        [lane] = await store.write(lambda u: claim(u, "slow"), team="")
        await do(store, take_away)
        with pytest.raises(Lost):
            await store.write(lambda u: say_all(u, lane), team=TEAM)
        assert len(await store.read(lambda c: outbox.due(c, TEAM, "U1", NOON))) == 1


@pytest.mark.parametrize("ahead", [timedelta(0), timedelta(hours=2)], ids=["now", "by a clock ahead"])
async def test_an_unknown_outcome_rests_its_lane_for_fifteen_seconds(
    database_url: str, ahead: timedelta
) -> None:
    """Nothing more is said there until Slack can no longer be at it, whatever a clock ahead wrote."""
    async with stores(database_url) as (_, [store]):

        def doubt(unit: Unit) -> None:
            add(unit, "U1", 1)
            add(unit, "U1", 2)
            [lane] = claim(unit)
            [first, _] = outbox.due(unit.connection, TEAM, "U1", NOON)
            outbox.call(unit.connection, first.id, first.notice.facts, NOON + ahead)
            lanes.release(unit.connection, lane, NOON)

        await store.write(doubt, team=TEAM)
        assert await store.read(lanes.earliest) == NOON + timedelta(seconds=15)


async def test_a_lane_that_rests_knows_since_when_and_is_stuck_after_a_quarter_of_an_hour(
    database_url: str,
) -> None:
    """Stuck is a state that anybody can read; taking something ends it."""
    async with stores(database_url) as (_, [store]):
        await store.write(lambda u: add(u, "U1"), team=TEAM)
        now = NOON
        for _ in range(4):
            [lane] = await do(store, lanes.claim, "me", now)
            await do(store, lanes.postpone, lane, now + timedelta(minutes=6), now, "internal_error")
            now += timedelta(minutes=6)
        [stuck] = await store.read(lambda c: lanes.stuck(c, now))
        assert (stuck.lane, stuck.failing_since, stuck.error) == ("U1", NOON, "internal_error")
        [lane] = await do(store, lanes.claim, "me", now)
        assert lane.tries == 4
        await do(store, lanes.release, lane, now)
        assert await store.read(lambda c: lanes.stuck(c, now)) == []
