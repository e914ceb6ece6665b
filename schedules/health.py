"""Whether everything that happens by itself does happen, for whoever wants to show it."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta

from storage.lanes import Stuck

SILENT = timedelta(minutes=3)
"""Longer than any pause between two looks."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Health:
    """`last_look` is aware UTC, None before the first; `saving` is False while no commit succeeds."""

    last_look: datetime | None
    saving: bool
    stuck: tuple[Stuck, ...]
    parked: int

    def fine(self, now: datetime) -> bool:
        """False when the whole should be looked at; one subject that is parked holds up nothing else."""
        looked = self.last_look is not None and now - self.last_look < SILENT
        return looked and self.saving and not self.stuck
