"""`/healthz`: whether what should happen by itself does happen. Figures only: no names, no texts, no ids."""

from __future__ import annotations

import asyncio
import time
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import asynccontextmanager
from datetime import datetime
from typing import TYPE_CHECKING, Any

from schedules.clock import Clock
from schedules.health import Health
from storage.errors import Unavailable

if TYPE_CHECKING:
    from bot.pages import Page

SILENT = 60.0
"""So many seconds the line to Slack may be cut; it is opened again by itself within a few."""
FEEL_EVERY = 5.0
LONGEST_LOOK = 5.0
"""Seconds the database has to answer; whoever asks does not wait longer than that."""

Json = dict[str, Any]
Report = tuple[bool, Json]


class Pulse:
    """How long the line to Slack has been cut; `feel` has to be called every few seconds."""

    def __init__(
        self, is_connected: Callable[[], Awaitable[bool]], monotonic: Callable[[], float] = time.monotonic
    ) -> None:
        self._is_connected, self._monotonic = is_connected, monotonic
        self._felt = monotonic()

    async def feel(self) -> None:
        """Look whether it is connected."""
        if await self._is_connected():
            self._felt = self._monotonic()

    @property
    def silent(self) -> float:
        """Seconds since it was last connected, 0 while it is; before the first time since the start."""
        return self._monotonic() - self._felt


def report(health: Health | None, silent: float, now: datetime) -> Report:
    """Whether all is well, and the figures behind it; no health at all: the database does not answer."""
    figures: Json = {"connected": silent < FEEL_EVERY * 2, "silent_seconds": round(silent)}
    if health is None:
        return False, {"status": "unwell", **figures, "database": False}
    fine = silent <= SILENT and health.fine(now)
    oldest = min((lane.failing_since for lane in health.stuck), default=None)
    return fine, {
        "status": "ok" if fine else "unwell",
        **figures,
        "database": True,
        "last_look": health.last_look and health.last_look.isoformat(),
        "saving": health.saving,
        "stuck": len(health.stuck),
        "stuck_since": oldest and oldest.isoformat(),
        "parked": health.parked,
    }


def health_page(clock: Clock, pulse: Pulse, now: Callable[[], datetime]) -> Page:
    """200 while all is well, else 503."""
    from aiohttp import web

    async def healthz(_: web.Request) -> web.Response:
        await pulse.feel()
        fine, body = report(await _asked(clock), pulse.silent, now())
        return web.json_response(body, status=200 if fine else 503, headers={"Cache-Control": "no-store"})

    return healthz


@asynccontextmanager
async def felt(pulse: Pulse) -> AsyncIterator[None]:
    """Feel the pulse every few seconds until the end."""
    feeling = asyncio.create_task(_feel(pulse))
    try:
        yield
    finally:
        feeling.cancel()
        await asyncio.gather(feeling, return_exceptions=True)


async def _asked(clock: Clock) -> Health | None:
    try:
        async with asyncio.timeout(LONGEST_LOOK):
            return await clock.health()
    except (Unavailable, TimeoutError):
        return None


async def _feel(pulse: Pulse) -> None:
    while True:
        await pulse.feel()
        await asyncio.sleep(FEEL_EVERY)
