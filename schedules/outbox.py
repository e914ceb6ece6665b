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
from storage.lanes import READ_BACK_AFTER, Lane

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
        self._in_hand: dict[tuple[str, str], asyncio.Task[None]] = {}
        self._doubts: list[datetime] = []
        self.stirred: Callable[[], None] = lambda: None

    async def look(self) -> bool:
        """Begin to serve what is ready, as far as hands are free; True when something was begun."""
        free = self._free_hands()
        if free <= 0:
            return False
        now = self._clock()
        claimed = await self._commits.write(lambda u: lanes.claim(u.connection, self._holder, now, free))
        begun = [lane for lane in claimed if (lane.team, lane.lane) not in self._in_hand]
        for lane in begun:
            self._begin(lane)
        return bool(begun)

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

    def _free_hands(self) -> int:
        """Fewer while outcomes are unknown, and one while nothing can be saved: to see whether it can."""
        now = self._clock()
        self._doubts = [at for at in self._doubts if timedelta(0) <= now - at < READ_BACK_AFTER]
        most = 1 if self._commits.paused else MOST_AT_ONCE
        return most - len(self._in_hand) - len(self._doubts)

    def _begin(self, lane: Lane) -> None:
        task = asyncio.create_task(self._serve(lane), name=f"lane {lane.lane}")
        key = (lane.team, lane.lane)
        self._in_hand[key] = task
        task.add_done_callback(lambda _: self._done(key))

    def _done(self, key: tuple[str, str]) -> None:
        del self._in_hand[key]
        self.stirred()

    async def _serve(self, lane: Lane) -> None:
        if await self._serving.serve(lane):
            self._doubts.append(self._clock())
