"""What `check` prints: one line for each thing that was looked at."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime


@dataclass(frozen=True, slots=True)
class Finding:
    """One thing that was looked at; `todo` says what to do about it; some of it can wait."""

    what: str
    todo: str = ""
    can_wait: bool = False

    @property
    def is_wrong(self) -> bool:
        """True when the bot can't work like this."""
        return bool(self.todo) and not self.can_wait

    def __str__(self) -> str:
        mark = "✗" if self.is_wrong else "!" if self.todo else "✓"
        return f"{mark} {self.what}: {self.todo}" if self.todo else f"{mark} {self.what}"


def utc(instant: datetime) -> str:
    """An instant on a terminal, whose reader may be anywhere."""
    return f"{instant:%Y-%m-%d %H:%M} UTC"
