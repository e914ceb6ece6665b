"""The council's rhythm: of each ceremony the occurrence that comes next is prepared, and no other.

What is prepared is asked again whenever its ceremony changes: it follows its occurrence, or is off with it.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Literal

from council.cadence import Calendar, Ceremony, Occurrence, occurrence_on, running_or_upcoming

AT_ONCE = timedelta(seconds=1)

Prepared = Literal["meeting", "standup"]


def prepared_as(ceremony: Ceremony) -> Prepared | None:
    """A standup has prompts, a meeting an agenda; what has neither is only known about."""
    if ceremony.prompt_at is not None:
        return "standup"
    return "meeting" if ceremony.template is not None else None


@dataclass(frozen=True, slots=True)
class Ahead:
    """The occurrence to prepare now, and when to look for the one after it (aware UTC)."""

    occurrence: Occurrence
    look_at: datetime


def ahead(calendar: Calendar, ceremony: Ceremony, now: datetime) -> Ahead | None:
    """What runs or comes next of a ceremony; None when nothing of it is prepared."""
    if prepared_as(ceremony) is None:
        return None
    found = next(running_or_upcoming(calendar, ceremony.key, now), None)
    return Ahead(found, found.ends + AT_ONCE) if found else None


def as_planned(calendar: Calendar, ceremony: str, on: date) -> Occurrence | None:
    """The occurrence as it is planned now; None once it is skipped, or its ceremony is gone."""
    return occurrence_on(calendar, ceremony, on)
