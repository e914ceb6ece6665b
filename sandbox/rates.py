"""Slack's rate limits: tiers per method and minute, and posting per channel and second."""

from __future__ import annotations

import math
from collections import defaultdict, deque
from dataclasses import dataclass, field
from datetime import datetime, timedelta

MINUTE = timedelta(minutes=1)
POSTING = 0
PER_MINUTE = {1: 1, 2: 20, 3: 50, 4: 100, 5: 600}
POSTS_PER_MINUTE = 300
POST_BURST = 10


@dataclass(slots=True)
class Bucket:
    """Tokens that refill with time; posting may burst, then one message a second."""

    level: float
    at: datetime

    def take(self, now: datetime, rate: float, size: float) -> float:
        """Take one; zero when allowed, else the seconds to wait."""
        passed = max((now - self.at).total_seconds(), 0.0)
        self.level = min(size, self.level + passed * rate)
        self.at = now
        if self.level >= 1:
            self.level -= 1
            return 0.0
        return (1 - self.level) / rate


@dataclass(slots=True)
class Rates:
    """Counts calls by the sandbox's clock. `scale` multiplies every allowance; 0 switches limits off."""

    scale: float = 1.0
    _calls: defaultdict[str, deque[datetime]] = field(default_factory=lambda: defaultdict(deque))
    _posts: dict[str, Bucket] = field(default_factory=dict)

    def wait(self, method: str, tier: int, channel: str, now: datetime) -> int:
        """Whole seconds until this call would be taken; 0 takes and counts it."""
        if not self.scale:
            return 0
        if tier != POSTING:
            return self._window(method, PER_MINUTE[tier], now)
        everywhere = self._window(method, POSTS_PER_MINUTE, now)
        if everywhere:
            return everywhere
        size = POST_BURST * self.scale
        bucket = self._posts.setdefault(channel, Bucket(size, now))
        return math.ceil(bucket.take(now, self.scale, size))

    def _window(self, name: str, per_minute: int, now: datetime) -> int:
        calls = self._calls[name]
        while calls and now - calls[0] >= MINUTE:
            calls.popleft()
        if len(calls) < per_minute * self.scale:
            calls.append(now)
            return 0
        return max(1, math.ceil((calls[0] + MINUTE - now).total_seconds()))
