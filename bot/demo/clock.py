"""The demo's clock: real time plus an offset that may be moved. Nothing else in the product has one."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta


class DemoClock:
    """One object for the sandbox and the bot, so that both always agree what time it is."""

    def __init__(self) -> None:
        self._offset = timedelta(0)

    def now(self) -> datetime:
        """The present instant of the demo, aware UTC."""
        return datetime.now(UTC) + self._offset

    def move_to(self, instant: datetime) -> None:
        """Make it `instant` now; from there time runs on."""
        self._offset = instant - datetime.now(UTC)
