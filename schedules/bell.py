"""What wakes the clock: APScheduler armed with durations, and a tick. It knows no business instants."""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable
from datetime import UTC, datetime, timedelta
from typing import Protocol

from apscheduler.schedulers.asyncio import AsyncIOScheduler

TICK = 1.0
"""Seconds between two beats."""
SHORTEST = timedelta(milliseconds=20)
TIDY_EVERY = timedelta(hours=1)


class Bell(Protocol):
    """Rings after durations that pass whatever the wall clock says."""

    def start(
        self, ring: Callable[[], None], beat: Callable[[], None], tidy: Callable[[], Awaitable[None]]
    ) -> None:
        """From now on: `ring` when told to, `beat` at every tick, `tidy` once an hour."""
        ...

    def ring_after(self, wait: timedelta) -> None:
        """Ring once, so much later; what was armed before is forgotten."""
        ...

    def arm_anew(self) -> None:
        """The wall clock was set: what counted on it begins anew."""
        ...

    async def stop(self) -> None:
        """Never ring again."""
        ...


class SchedulerBell:
    """One date job for the next ring, one interval job for tidying, and our own monotonic tick.

    APScheduler's jobs stand still after the wall clock was set back, until it has caught up; so the beat
    notices that and has them armed anew.
    """

    def __init__(self) -> None:
        self._scheduler = AsyncIOScheduler(
            timezone=UTC, job_defaults={"coalesce": True, "max_instances": 1, "misfire_grace_time": None}
        )
        self._ring: Callable[[], None] = lambda: None
        self._tidy: Callable[[], Awaitable[None]] | None = None
        self._ticking: asyncio.Task[None] | None = None

    def start(
        self, ring: Callable[[], None], beat: Callable[[], None], tidy: Callable[[], Awaitable[None]]
    ) -> None:
        self._ring, self._tidy = ring, tidy
        self._scheduler.start()
        self.arm_anew()
        self._ticking = asyncio.create_task(_tick(beat))

    def ring_after(self, wait: timedelta) -> None:
        if self._scheduler.running:
            run_date = datetime.now(UTC) + max(wait, SHORTEST)
            self._scheduler.add_job(self._rung, "date", run_date=run_date, id="look", replace_existing=True)

    def arm_anew(self) -> None:
        if self._scheduler.running:
            every = {"seconds": TIDY_EVERY.total_seconds(), "id": "tidy", "replace_existing": True}
            self._scheduler.add_job(self._tidy, "interval", **every)

    async def stop(self) -> None:
        if self._scheduler.running:
            self._scheduler.shutdown(wait=False)
        if self._ticking is not None:
            self._ticking.cancel()
            await asyncio.gather(self._ticking, return_exceptions=True)

    async def _rung(self) -> None:
        """APScheduler runs plain functions in a thread, coroutines in the loop."""
        self._ring()


async def _tick(beat: Callable[[], None]) -> None:
    while True:
        await asyncio.sleep(TICK)
        beat()
