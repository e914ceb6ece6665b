"""The clock: looks when something is due, notices when it was set, and stops cleanly."""

from __future__ import annotations

import asyncio
import time
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import asynccontextmanager
from dataclasses import dataclass, field, replace
from datetime import timedelta
from functools import partial

from sqlalchemy import insert, select

from schedules.bell import Bell
from schedules.clock import HELD, Clock
from schedules.commits import Commits
from schedules.outbox import Drain
from schedules.wakes import Rule, Wakes
from storage import lanes, outbox, wakes
from storage.deliveries import deliveries
from storage.errors import NotTaken, Reason
from storage.forgetting import BATCH
from storage.store import Store, Unit
from storage.tables import notices
from storage.tables import wakes as wake_rows
from storage.wakes import Wake
from tests.schedules.saying import Mouth
from tests.storage.opened import NOON, TEAM, Hands, do, notice, stores

IDLE = timedelta(seconds=60)


@dataclass
class Desk:
    """A clock with its store; `looked` is which subjects were looked at, `tick` the monotonic clock."""

    hands: Hands
    store: Store
    clock: Clock
    commits: Commits
    looked: list[str]
    ticks: list[float] = field(default_factory=lambda: [0.0])

    def passes(self, seconds: float, *, wall: float | None = None) -> None:
        """Time passes on both clocks; the wall clock may be set meanwhile."""
        self.ticks[0] += seconds
        self.hands.forward(seconds=seconds if wall is None else wall)
        self.clock.beat()


class Pulled:
    """A bell that rings when it is pulled."""

    def start(
        self, ring: Callable[[], None], beat: Callable[[], None], tidy: Callable[[], Awaitable[None]]
    ) -> None:
        self.tidy = tidy

    def ring_after(self, wait: timedelta) -> None: ...

    def arm_anew(self) -> None: ...

    async def stop(self) -> None: ...


@asynccontextmanager
async def opened(
    url: str, rule: Callable[[list[str]], Rule] | None = None, bell: Bell | None = None
) -> AsyncIterator[Desk]:
    async with stores(url) as (hands, [store]):
        looked: list[str] = []

        def remember(unit: Unit, due: Wake) -> None:
            looked.append(due.subject)
            wakes.arm(unit.connection, due.team, due.subject, None)

        ticks = [0.0]
        commits = Commits(store)
        due = Wakes(commits, hands, "me", rule(looked) if rule else remember)
        drain = Drain(commits, Mouth(), hands, "me")
        clock = Clock(commits, hands, due, drain, idle=IDLE, monotonic=lambda: ticks[0], bell=bell)
        yield Desk(hands, store, clock, commits, looked, ticks)


async def test_nothing_is_early_and_nothing_is_late(database_url: str) -> None:
    """Looked at when its instant has come, not before, and once."""
    async with opened(database_url) as desk:
        await do(desk.store, wakes.arm, TEAM, "c1", NOON + timedelta(minutes=5))
        await desk.clock.look()
        desk.passes(299)
        await desk.clock.look()
        assert desk.looked == []
        desk.passes(1)
        await desk.clock.look()
        await desk.clock.look()
        assert desk.looked == ["c1"]


async def test_a_clock_set_back_two_hours_blocks_nothing(database_url: str) -> None:
    """What was about to happen, rests of lanes and failed tries: nothing waits for the old clock."""
    async with opened(database_url) as desk:
        await desk.clock.look()
        await do(desk.store, wakes.arm, TEAM, "c1", NOON + timedelta(seconds=1))
        await do(desk.store, lanes.ready, TEAM, [("U1", NOON + timedelta(seconds=2), 2)])
        desk.passes(1, wall=-7200)
        await desk.clock.look()
        assert desk.looked == ["c1"]
        assert await desk.clock.earliest() is None


async def test_a_clock_set_forward_and_back_says_nothing_twice(database_url: str) -> None:
    """What fell due by the clock ahead is done, and not done again when the clock is right."""
    async with opened(database_url) as desk:
        await do(desk.store, wakes.arm, TEAM, "c1", NOON + timedelta(hours=1))
        desk.passes(1, wall=7200)
        await desk.clock.look()
        desk.passes(1, wall=-7200)
        await desk.clock.look()
        desk.passes(3600)
        await desk.clock.look()
        assert desk.looked == ["c1"]


async def test_it_wakes_up_by_itself_and_stops_without_leaving_anything_behind(database_url: str) -> None:
    """Started, told of something due, it looks; stopped, all its tasks have ended."""
    async with opened(database_url) as desk:
        before = asyncio.all_tasks()
        desk.clock.start()
        await do(desk.store, wakes.arm, TEAM, "c1", NOON)
        desk.clock.stir()
        async with asyncio.timeout(5):
            while not desk.looked:
                await desk.store.read(lambda c: c)
        await desk.clock.stop()
        left = {task for task in asyncio.all_tasks() - before if not task.done()}
        assert {task for task in left if "aiosqlite" not in repr(task)} == set()


def broken(looked: list[str]) -> Rule:
    def rule(_unit: Unit, due: Wake) -> None:
        looked.append(due.subject)
        raise LookupError("a rule with a mistake in it")

    return rule


async def test_a_rule_that_raises_five_times_is_parked(database_url: str) -> None:
    """It is tried again after a minute, five times in all; health says so; others are looked at meanwhile."""
    async with opened(database_url, broken) as desk:
        await do(desk.store, wakes.arm, TEAM, "c1", NOON)
        for _ in range(8):
            await desk.clock.look()
            desk.passes(61)
        assert desk.looked == ["c1"] * 5
        assert (await desk.clock.health()).parked == 1


async def test_R11_health_is_read_at_once_among_100_000_wake_ups(database_url: str) -> None:
    """Looking for what went wrong costs no more when there is much to do, so nobody has to switch it off."""
    async with opened(database_url) as desk:
        rows = [{"team": TEAM, "subject": f"c{n}", "wake_at": NOON} for n in range(100_000)]
        await desk.store.write(lambda unit: unit.connection.execute(insert(wake_rows), rows), team=TEAM)
        took = []
        for _ in range(5):
            began = time.perf_counter()
            await desk.clock.health()
            took.append(time.perf_counter() - began)
        assert min(took) < 0.05


async def test_three_failed_commits_pause_the_drain_and_show_in_health(database_url: str) -> None:
    """Nothing is said while nothing can be saved; the first commit that succeeds ends it."""
    async with opened(database_url) as desk:
        commits = Commits(desk.store)

        def full(_unit: Unit) -> None:
            raise NotTaken(Reason.FULL)

        for _ in range(3):
            assert not commits.paused
            try:
                await commits.write(full)
            except NotTaken:
                continue
        assert commits.paused
        await commits.write(lambda unit: None)
        assert not commits.paused


async def test_idle_it_only_reads(database_url: str) -> None:
    """Nothing due: no claim, no write, however often it is stirred."""
    async with opened(database_url) as desk:
        await desk.clock.look()
        saved = desk.commits.saved
        assert await desk.clock.round() == IDLE
        assert desk.commits.saved == saved
        await do(desk.store, wakes.arm, TEAM, "c1", NOON + timedelta(seconds=7))
        assert await desk.clock.round() == timedelta(seconds=7)
        await do(desk.store, wakes.arm, TEAM, "c1", NOON)
        await do(desk.store, wakes.claim, "somebody else", NOON)
        if database_url.startswith("postgres"):
            assert await desk.clock.round() == HELD


def noted(unit: Unit, version: int, *, said: bool) -> None:
    """A notice about nothing in particular."""
    id, waits = unit.ids(), NOON + timedelta(days=0 if said else 365)
    told = replace(notice("U1"), not_before=waits, good_until=waits)
    outbox.add(unit.connection, TEAM, id, told, conflict=None, subject="x", version=version)
    if said:
        outbox.say(unit.connection, [id])


async def test_every_hour_what_is_old_is_forgotten_a_batch_at_a_time(database_url: str) -> None:
    """Old notices and deliveries go in short transactions; what still waits to be said stays."""
    bell = Pulled()
    async with opened(database_url, bell=bell) as desk:
        for version in range(BATCH + 1):
            await desk.store.write(partial(noted, version=version, said=True), team=TEAM)
        await desk.store.write(partial(noted, version=-1, said=False), team=TEAM, key="long ago")
        desk.hands.forward(days=91)
        await desk.store.write(lambda _: None, team=TEAM, key="just now")
        desk.clock.start()
        await bell.tidy()
        await desk.clock.stop()
        states = await desk.store.read(lambda c: list(c.execute(select(notices.c.state)).scalars()))
        keys = await desk.store.read(lambda c: list(c.execute(select(deliveries.c.key)).scalars()))
        assert states == ["waiting"]
        assert keys == ["just now"]
        assert desk.commits.saved >= len(("a day old", "a batch", "one more", "none left"))
