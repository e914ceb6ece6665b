"""What takes place next: of each ceremony its next occurrence, and what is left out before it."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from council.cadence import Calendar, Ceremony, Occurrence, PassedOver, next_occurrence, passed_over


@dataclass(frozen=True, slots=True, kw_only=True)
class Coming:
    """A ceremony, what of it takes place next, and which dates before that do not."""

    ceremony: Ceremony
    occurrence: Occurrence
    left_out: tuple[PassedOver, ...] = ()


def coming(calendar: Calendar, now: datetime) -> tuple[Coming, ...]:
    """All that is held, in the order in which it takes place."""
    found = (_coming(calendar, ceremony, now) for ceremony in calendar.ceremonies)
    return tuple(sorted(filter(None, found), key=lambda each: each.occurrence.starts))


def _coming(calendar: Calendar, ceremony: Ceremony, now: datetime) -> Coming | None:
    occurrence = next_occurrence(calendar, ceremony.key, now)
    if occurrence is None:
        return None
    left_out = passed_over(calendar, ceremony.key, now, occurrence.starts)
    return Coming(ceremony=ceremony, occurrence=occurrence, left_out=left_out)
