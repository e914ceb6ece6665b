"""Trouble by chance: Slack stumbles, sockets break, the process is killed, the clock is set."""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable
from datetime import timedelta
from typing import TYPE_CHECKING

from sandbox.faults import Fault

if TYPE_CHECKING:
    from tests.simulation.world import World

HOURS_APART = 4.0
"""On average; twice as often by day as by night."""
METHODS = ("chat.postMessage", "chat.postMessage", "chat.*", "chat.update", "views.*", "conversations.*")
OTHERS = ("users.info", "response_url", "*")
STUMBLES = ("internal_error", "fatal_error", "service_unavailable", "request_timeout")
AWAY = timedelta(minutes=30)
STEP = timedelta(hours=2)


class Trouble:
    """Makes trouble until it is told to stop."""

    def __init__(self, world: World) -> None:
        self.world = world
        self.chance = world.chance("trouble")

    async def live(self) -> None:
        """One trouble after another, at times two at once."""
        kinds: dict[Callable[[], Awaitable[None]], int] = {
            self._fails: 6,
            self._limits: 4,
            self._answers_too_late: 6,
            self._slow: 4,
            self._stumbles: 3,
            self._socket_breaks: 4,
            self._delivers_oddly: 6,
            self._away: 1,
            self._killed: 8,
            self._stopped: 2,
            self._clock_set: 2,
        }
        while True:
            await asyncio.sleep(self.chance.expovariate(1 / HOURS_APART) * 3600)
            if not 7 <= self.world.now().hour < 17 and self.chance.random() < 0.5:
                continue
            kind = self.chance.choices(list(kinds), list(kinds.values()))[0]
            self.world.counts[f"trouble: {kind.__name__.strip('_').replace('_', ' ')}"] += 1
            await kind()
            self.world.last_trouble = self.world.now()

    async def end(self) -> None:
        """Everything is as it should be."""
        world = self.world
        world.slack.faults.clear()
        world.set_clock(timedelta(0))
        await world.awake()

    # Slack

    def _plan(self, **how: object) -> None:
        method = self.chance.choice((*METHODS, *OTHERS))
        self.world.slack.faults.plan(Fault(method, **how))  # type: ignore[arg-type]

    async def _fails(self) -> None:
        self._plan(status=self.chance.choice((500, 502, 503)), times=self.chance.randrange(1, 6))

    async def _limits(self) -> None:
        self._plan(retry_after=self.chance.randrange(1, 90), times=self.chance.randrange(1, 4))

    async def _answers_too_late(self) -> None:
        """It does what it was asked, and the answer never comes, or comes when nobody waits any more."""
        if self.chance.random() < 0.6:
            self._plan(after_the_fact=True, times=self.chance.randrange(1, 4))
        else:
            self._plan(delay=self.chance.uniform(8, 40), times=self.chance.randrange(1, 4))

    async def _slow(self) -> None:
        self._plan(delay=self.chance.uniform(0.3, 3), times=self.chance.randrange(1, 8))

    async def _stumbles(self) -> None:
        self._plan(error=self.chance.choice(STUMBLES), times=self.chance.randrange(1, 4))

    async def _away(self) -> None:
        world = self.world
        world.slack.faults.go_away(world.now(), AWAY)
        world.break_line()
        await asyncio.sleep(AWAY.total_seconds())
        world.connect_again()

    # Deliveries

    async def _socket_breaks(self) -> None:
        """In the middle of something if anything is going on; it is opened again some seconds later."""
        await self._until_busy()
        self.world.break_line()
        await asyncio.sleep(self.chance.uniform(0.5, 15))
        self.world.connect_again()

    async def _delivers_oddly(self) -> None:
        """Twice, late, in the wrong order, or the acknowledgement gets lost."""
        faults = self.world.slack.faults
        faults.double_after = timedelta(seconds=self.chance.choice((0, 0, 1, 60, 300)))
        for name in ("double_events", "double_asking", "hold_events", "lose_acks"):
            if self.chance.random() < 0.5:
                setattr(faults, name, self.chance.randrange(1, 4))

    # The process

    async def _killed(self) -> None:
        """At some await, or before or after some commit, when it next has something to do."""
        process = self.world.process
        if process is None or process.bot is None:
            return
        if self.chance.random() < 0.5:
            process.store.die_at(self.chance.randrange(1, 20), self.chance.choice(("before", "after")))
        else:
            process.loop.fatal = process.loop.steps + self.chance.randrange(1, 400)

    async def _stopped(self) -> None:
        """As an operator stops it: what is in hand is finished."""
        await self._until_busy()
        self.world.stop_process()

    async def _clock_set(self) -> None:
        """Two hours off, for some minutes or for half a day."""
        world = self.world
        world.set_clock(self.chance.choice((STEP, -STEP)))
        await asyncio.sleep(self.chance.choice((300, 3600, 12 * 3600)) * self.chance.uniform(0.5, 2))
        world.set_clock(timedelta(0))

    async def _until_busy(self) -> None:
        """Until something is on its way to the bot, for some hours at most."""
        busy = asyncio.Event()
        self.world.next_delivery.append(busy)
        try:
            async with asyncio.timeout(3 * 3600):
                await busy.wait()
                await asyncio.sleep(self.chance.uniform(0, 0.5))
        except TimeoutError:
            return
