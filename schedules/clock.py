"""When to look: at what is due next, when told to, and after the wall clock was set.

It never knows the calendar. What must happen is a row; this only decides when the rows are looked at.
"""

from __future__ import annotations

import asyncio
import time
from collections.abc import Callable
from datetime import datetime, timedelta

import structlog

from schedules.bell import Bell, SchedulerBell
from schedules.commits import Commits
from schedules.health import Health
from schedules.outbox import Drain
from schedules.wakes import Wakes
from storage import lanes, wakes
from storage.errors import Unavailable
from storage.forgetting import forget_day_old, forget_notices
from storage.store import Unit

STEP = timedelta(seconds=2)
"""So far the wall clock may run off the monotonic one in a tick before everything is looked at anew."""
AFTER_FAILURE = timedelta(seconds=5)
HELD = timedelta(seconds=1)
"""Something is due but somebody has it already: looked at again so much later."""
PATIENCE = 3.5
"""Seconds that what is in hand gets when it is time to stop."""
log = structlog.get_logger(__name__)


class Clock:
    """Looks when it is time, when it is told to, and when the wall clock jumped. One look at a time."""

    def __init__(
        self,
        commits: Commits,
        now: Callable[[], datetime],
        due: Wakes,
        drain: Drain,
        *,
        idle: timedelta,
        monotonic: Callable[[], float] = time.monotonic,
        bell: Bell | None = None,
    ) -> None:
        self._commits, self._now, self._monotonic, self._idle = commits, now, monotonic, idle
        self._wakes, self._drain = due, drain
        self._bell = bell or SchedulerBell()
        self._stirred = asyncio.Event()
        self._stopping = False
        self._working: asyncio.Task[None] | None = None
        self._beat = (now(), monotonic())
        self._started = False
        self._set_back_from: datetime | None = None
        self._last_look: datetime | None = None
        drain.stirred = self.stir

    def start(self) -> None:
        """Begin to look."""
        self._bell.start(self.stir, self.beat, self._tidy)
        self._stirred.set()
        self._working = asyncio.create_task(self._work())

    def stir(self) -> None:
        """There is something to do, or the clock was moved: look now."""
        self._stirred.set()

    async def stop(self, patience: float = PATIENCE) -> None:
        """Take no more work; what is in hand is finished, or let go of after `patience` seconds."""
        self._stopping = True
        self._stirred.set()
        await self._bell.stop()
        look = [self._working] if self._working else []
        saying = asyncio.create_task(self._drain.stop(patience))
        if look:
            await asyncio.wait(look, timeout=patience)
            look[0].cancel()
        await asyncio.gather(saying, *look, return_exceptions=True)

    async def look(self) -> None:
        """Do everything that is due, until nothing is."""
        while await self._once() or await self._drain.finish():
            pass

    async def earliest(self) -> datetime | None:
        """When there is something to do next."""
        return min((at for at in await self._firsts() if at is not None), default=None)

    async def _firsts(self) -> tuple[datetime | None, datetime | None]:
        """When a subject, and when a lane, has something to do next."""
        return await self._commits.read(lambda c: (wakes.earliest(c), lanes.earliest(c)))

    async def health(self) -> Health:
        """How it goes; raises `Unavailable` when not even that can be read."""
        now = self._now()
        stuck, parked = await self._commits.read(lambda c: (lanes.stuck(c, now), wakes.parked(c)))
        saving = not self._commits.paused
        return Health(last_look=self._last_look, saving=saving, stuck=tuple(stuck), parked=parked)

    def beat(self) -> None:
        """Compare the wall clock with the monotonic one; after a step either way look and arm anew."""
        (wall, tick), self._beat = self._beat, (self._now(), self._monotonic())
        stepped = (self._beat[0] - wall) - timedelta(seconds=self._beat[1] - tick)
        if abs(stepped) <= STEP:
            return
        log.warning("the clock was set", seconds=round(stepped.total_seconds()))
        if stepped < timedelta(0):
            self._set_back_from = max(wall, self._set_back_from or wall)
        self._bell.arm_anew()
        self.stir()

    async def _work(self) -> None:
        while await self._told_to():
            try:
                wait = await self.round()
            except Unavailable as problem:
                log.warning("a look failed", cause=str(problem))
                wait = AFTER_FAILURE
            except Exception:
                log.exception("a look failed")
                wait = AFTER_FAILURE
            self._bell.ring_after(wait)

    async def _told_to(self) -> bool:
        """Wait until there is something to look at; False when it is time to stop."""
        await self._stirred.wait()
        self._stirred.clear()
        return not self._stopping

    async def round(self) -> timedelta:
        """Do what is due; returns how long there is nothing to do. Only reads while nothing is due."""
        await self._begin()
        while not self._stopping:
            at, now = await self.earliest(), self._now()
            self._last_look = now
            if at is None or at > now:
                return self._idle if at is None else min(at - now, self._idle)
            if not await self._once():
                return HELD
        return self._idle

    async def _once(self) -> bool:
        await self._begin()
        now = self._last_look = self._now()
        wakes_due, lanes_due = (at is not None and at <= now for at in await self._firsts())
        looked = wakes_due and await self._wakes.look()
        return ((lanes_due or looked) and await self._drain.look()) or looked

    async def _begin(self) -> None:
        """At the first look, and after the clock was set back: what was measured by it counts no more."""
        if self._started and self._set_back_from is None:
            return
        now = self._now()
        before, first = self._set_back_from or now, not self._started
        await self._commits.write(lambda unit: _anew(unit, now, before, first=first))
        self._started, self._set_back_from = True, None

    async def _tidy(self) -> None:
        """Forget what is old, a batch at a time; what could not be forgotten now is in an hour."""
        try:
            await self._commits.write(lambda unit: forget_day_old(unit.connection, unit.clock()))
            while await self._commits.write(lambda unit: forget_notices(unit.connection, unit.clock())):
                pass
        except Unavailable as problem:
            log.warning("could not tidy up", cause=str(problem))


def _anew(unit: Unit, now: datetime, before: datetime, *, first: bool) -> None:
    if first:
        lanes.release_all(unit.connection)
        wakes.release_all(unit.connection)
        wakes.unpark_all(unit.connection, now)
    lanes.look_anew(unit.connection, now)
    wakes.look_anew(unit.connection, now, before)
