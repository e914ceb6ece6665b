"""Time comes from outside: whoever starts the sandbox hands in a clock."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from typing import Protocol


class Clock(Protocol):
    """Anything that knows what time it is, as an aware instant."""

    def now(self) -> datetime: ...


class WallClock:
    """The computer's own clock."""

    def now(self) -> datetime:
        return datetime.now(UTC)


class HandClock:
    """A clock that moves only when told to."""

    def __init__(self, start: datetime) -> None:
        self._now = start

    def now(self) -> datetime:
        return self._now

    def forward(self, by: timedelta) -> None:
        """Let `by` pass at once."""
        self._now += by
