"""Ceremonies and their occurrences: what recurs, and when it next takes place.

Recurrence is computed on naive wall time and only then put into the ceremony's zone, so that a 09:00
ceremony stays at 09:00. (Schedulers that add elapsed time to instants lose or double occurrences when
the clocks change; dateutil's rrule does the same when it is given aware datetimes.)
"""

from __future__ import annotations

import heapq
from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import UTC, date, datetime, time, timedelta
from typing import Literal

from dateutil.rrule import MONTHLY, WEEKLY, rrule, weekday

from council.hours import WEEKDAYS, Hours, instant_of, wall
from council.sentence import Sentence, say

Every = Literal["week", "month", "quarter", "half-year"]

_MONTHS: dict[Every, int] = {"month": 1, "quarter": 3, "half-year": 6}
_ORDINALS = {"1st": 1, "2nd": 2, "3rd": 3, "4th": 4, "last": -1}


@dataclass(frozen=True, slots=True, kw_only=True)
class Ceremony:
    """Something that recurs, at wall time `at` of `zone` (None: the workspace's).

    `day` is a weekday ("mon") for what recurs weekly, else one of the month's ("2nd tue", "last fri");
    `month` counts within the quarter or half-year, from 1.
    """

    key: str
    name: str
    every: Every
    day: str
    month: int | None = None
    at: time
    minutes: int = 60
    zone: str | None = None
    channel: str | None = None
    where: str | None = None
    agenda_before: int | None = None
    template: str | None = None
    prompt_at: time | None = None
    representatives: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Change:
    """What became of one occurrence: moved, skipped, added, or (none of them) to stand as planned.

    `on` is its identity: the local date it had, or has when it is an extra one. `starts` is where a moved
    or extra one is now. Of several about one occurrence the one known last holds.
    """

    ceremony: str
    on: date
    starts: datetime | None = None
    skipped: bool = False
    extra: bool = False
    reason: str = ""
    known_from: datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class Occurrence:
    """One date of a ceremony, as it stands now."""

    ceremony: str
    on: date
    starts: datetime
    ends: datetime
    moved: bool = False
    extra: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Calendar:
    """What reckoning with a workspace's time needs to know."""

    hours: Hours
    ceremonies: tuple[Ceremony, ...] = ()
    changes: tuple[Change, ...] = ()

    def ceremony(self, key: str) -> Ceremony | None:
        return next((ceremony for ceremony in self.ceremonies if ceremony.key == key), None)

    def name_of(self, key: str) -> str:
        """The ceremony's name; its key if it is gone."""
        ceremony = self.ceremony(key)
        return ceremony.name if ceremony else key

    def known_at(self, instant: datetime) -> Calendar:
        """The calendar without the changes that nobody knew of yet."""
        return replace(self, changes=tuple(c for c in self.changes if c.known_from <= instant))
