"""Draining the outbox: claim lanes, serve a few at a time side by side, let none hold up another."""

from __future__ import annotations

import asyncio
from collections.abc import Callable
from datetime import datetime, timedelta

import structlog

from schedules.commits import Commits
from schedules.serving import Serving
from schedules.speaking import Speaker
from storage import lanes
from storage.lanes import STUCK, Key, Lane
from storage.store import Unit

MOST_AT_ONCE = 8
"""So many posts are under way or of unknown outcome at most."""
log = structlog.get_logger(__name__)


class Drain:
    """Says what waits. `holder` names this process in leases; `stirred` is called when hands are free."""

    def __init__(
        self, commits: Commits, speaker: Speaker, clock: Callable[[], datetime], holder: str
    ) -> None:
        self._commits, self._clock, self._holder = commits, clock, holder
        self._serving = Serving(commits, speaker, clock)
        self._in_hand: dict[Key, asyncio.Task[None]] = {}
        self._doubts: dict[Key, datetime] = {}
        self.stirred: Callable[[], None] = lambda: None

    async def look(self) -> bool:
        """Begin to serve what is ready, as far as hands are free; True when something was begun."""
        most = 1 if self._commits.paused else MOST_AT_ONCE
        if len(self._in_hand) >= most:
            return False
        now, in_hand = self._clock(), frozenset(self._in_hand)
        doubts = frozenset(key for key in self._doubts if key not in in_hand)

        def claim(unit: Unit) -> tuple[list[Lane], frozenset[Key]]:
            still = lanes.in_doubt(unit.connection, doubts) if doubts else doubts
            return self._claim(unit, now, most - len(in_hand), self._held_by(still, now)), still

        claimed, still = await self._commits.write(claim)
        for settled in doubts - still:
            del self._doubts[settled]
        begun = [lane for lane in claimed if lane.key not in self._in_hand]
        for lane in begun:
            self._begin(lane)
        return bool(begun)

    def _held_by(self, doubts: frozenset[Key], now: datetime) -> frozenset[Key]:
        """Those of the doubts that hold a hand each: a lane that is stuck holds up no other."""
        return frozenset(key for key in doubts if timedelta(0) <= now - self._doubts[key] < STUCK)

    def _claim(self, unit: Unit, now: datetime, hands: int, doubts: frozenset[Key]) -> list[Lane]:
        """Anything with a free hand; otherwise only what settles a doubt."""
        if (free := hands - len(doubts)) > 0:
            return lanes.claim(unit.connection, self._holder, now, free)
        return lanes.claim(unit.connection, self._holder, now, hands, among=doubts)

    async def finish(self) -> bool:
        """Wait for all that is in hand; True when there was anything."""
        in_hand = list(self._in_hand.values())
        if in_hand:
            await asyncio.wait(in_hand)
        return bool(in_hand)

    async def stop(self, patience: float) -> None:
        """Take nothing more; finish what is in hand, and after `patience` seconds let go of it."""
        self._serving.stopping = True
        in_hand = list(self._in_hand.values())
        if in_hand:
            await asyncio.wait(in_hand, timeout=patience)
        for task in in_hand:
            task.cancel()
        await asyncio.gather(*in_hand, return_exceptions=True)

    def _begin(self, lane: Lane) -> None:
        task = asyncio.create_task(self._serve(lane), name=f"lane {lane.lane}")
        self._in_hand[lane.key] = task
        task.add_done_callback(lambda _: self._done(lane.key))

    def _done(self, key: Key) -> None:
        del self._in_hand[key]
        self.stirred()

    async def _serve(self, lane: Lane) -> None:
        if await self._serving.serve(lane):
            self._doubts.setdefault(lane.key, self._clock())
