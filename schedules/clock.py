"""When to look: APScheduler armed with durations, and our own tick that notices a clock that was set.

It never knows the calendar. What must happen is a row; this only decides when the rows are looked at.
"""

from __future__ import annotations

import asyncio
import time
from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from typing import Protocol

import structlog
from apscheduler.schedulers.asyncio import AsyncIOScheduler

from storage import drafts, outbox, wakes
from storage.deliveries import forget_before
from storage.store import Lane, Store

TICK = 1.0
STEP = 2.0
"""Seconds the wall clock may run off the monotonic one before everything is looked at anew."""
KEPT = timedelta(hours=24)
AFTER_FAILURE = timedelta(seconds=5)
log = structlog.get_logger(__name__)


class Looker(Protocol):
    """Something that looks at what is due; True when it found anything."""

    async def look(self) -> bool:
        """Do what is due now."""
        ...


class Clock:
    """Looks when it is time, when it is told to, and when the wall clock jumped. One look at a time."""

    def __init__(
        self, store: Store, now: Callable[[], datetime], lookers: tuple[Looker, ...], *, idle: timedelta
    ) -> None:
        self._store, self._now, self._lookers, self._idle = store, now, lookers, idle
        self._scheduler = AsyncIOScheduler(
            timezone=UTC, job_defaults={"coalesce": True, "max_instances": 1, "misfire_grace_time": None}
        )
        self._stirred = asyncio.Event()
        self._stopping = False
        self._tasks: list[asyncio.Task[None]] = []

    def start(self) -> None:
        """Begin to look."""
        self._scheduler.start()
        self._scheduler.add_job(self._tidy, "interval", hours=1)
        self._stirred.set()
        self._tasks = [asyncio.create_task(self._work()), asyncio.create_task(self._watch())]

    def stir(self) -> None:
        """There is something to do, or the clock was moved: look now."""
        self._stirred.set()

    async def stop(self) -> None:
        """Take no more work; what is in hand is finished."""
        self._stopping = True
        self._stirred.set()
        if self._tasks:
            work, watch = self._tasks
            watch.cancel()
            await asyncio.gather(work, watch, return_exceptions=True)
        if self._scheduler.running:
            self._scheduler.shutdown(wait=False)

    async def look(self) -> None:
        """Do everything that is due, until nothing is."""
        while True:
            found = [await looker.look() for looker in self._lookers]
            if not any(found):
                return

    async def earliest(self) -> datetime | None:
        """When there is something to do next."""
        first = await self._store.read(lambda c: (wakes.earliest(c), outbox.earliest(c)))
        return min((at for at in first if at is not None), default=None)

    async def _work(self) -> None:
        while await self._told_to():
            try:
                await self.look()
                await self._arm()
            except Exception:
                log.exception("a look failed")
                self._after(AFTER_FAILURE)

    async def _told_to(self) -> bool:
        """Wait until there is something to look at; False when it is time to stop."""
        await self._stirred.wait()
        self._stirred.clear()
        return not self._stopping

    async def _arm(self) -> None:
        """One job for the earliest instant, as a duration from now; at most the idle time away."""
        at = await self.earliest()
        wait = (
            self._idle if at is None else min(max(at - self._now(), timedelta(milliseconds=20)), self._idle)
        )
        self._after(wait)

    def _after(self, wait: timedelta) -> None:
        run_date = datetime.now(UTC) + wait
        self._scheduler.add_job(self.stir, "date", run_date=run_date, id="look", replace_existing=True)

    async def _watch(self) -> None:
        """Compare the wall clock with the monotonic one; after a step either way look and arm anew."""
        offset = time.time() - time.monotonic()
        while True:
            await asyncio.sleep(TICK)
            now_off = time.time() - time.monotonic()
            if abs(now_off - offset) > STEP:
                log.warning("the clock was set", seconds=round(now_off - offset))
                self.stir()
            offset = now_off

    async def _tidy(self) -> None:
        """Forget what is kept for a day."""
        now = self._now()
        await self._store.write(
            lambda unit: drafts.forget(unit.connection, now), team="", lane=Lane.BACKGROUND
        )
        await self._store.write(
            lambda unit: forget_before(unit.connection, now - KEPT), team="", lane=Lane.BACKGROUND
        )
