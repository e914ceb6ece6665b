"""Ceremonies and their occurrences: what recurs, and when it next takes place.

Recurrence is computed on naive wall time and only then put into the ceremony's zone, so that a 09:00
ceremony stays at 09:00. (Schedulers that add elapsed time to instants lose or double occurrences when
the clocks change; dateutil's rrule does the same when it is given aware datetimes.)
"""

from __future__ import annotations

import heapq
import re
from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import UTC, date, datetime, time, timedelta
from functools import lru_cache
from itertools import takewhile
from typing import Literal, cast

from dateutil.rrule import MONTHLY, WEEKLY, rrule, weekday

from council.hours import WEEKDAYS, Hours, Weekday, instant_of, wall
from council.sentence import Sentence, say

Every = Literal["week", "month", "quarter", "half-year"]

_MONTHS: dict[Every, int] = {"week": 0, "month": 1, "quarter": 3, "half-year": 6}
_DATE = re.compile(r"\d+(st|nd|rd|th)?")
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

    def __post_init__(self) -> None:
        """Raises ValueError for a ceremony that could never take place."""
        if problem := day_problem(self.every, self.day, self.month):
            raise ValueError(problem.text.format(**problem.facts))
        if self.minutes <= 0:
            raise ValueError("a ceremony must last at least a minute")

    @property
    def length(self) -> timedelta:
        return timedelta(minutes=self.minutes)


@dataclass(frozen=True, slots=True, kw_only=True)
class Change:
    """What became of one occurrence: moved, skipped, added, or (none of them) to stand as planned.

    `on` is its identity: the local date it had, or has when it is an extra one. `starts` is where a moved
    or extra one is now. Of several about one occurrence the one known last holds, and all of them stay.
    """

    ceremony: str
    on: date
    starts: datetime | None = None
    skipped: bool = False
    extra: bool = False
    reason: str = ""
    by: str | None = None
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
class PassedOver:
    """A date of the plan on which the ceremony is not held; `why` is empty for a holiday."""

    on: date
    starts: datetime
    why: str = ""


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

    def zone_of(self, key: str) -> str:
        """The zone the ceremony's times are read in."""
        ceremony = self.ceremony(key)
        return (ceremony and ceremony.zone) or self.hours.zone

    def known_at(self, instant: datetime) -> Calendar:
        """The calendar without the changes that nobody knew of yet."""
        return replace(self, changes=tuple(c for c in self.changes if c.known_from <= instant))


def upcoming(calendar: Calendar, key: str, after: datetime) -> Iterator[Occurrence]:
    """Occurrences that start after an instant, in order, without those skipped; lazily, without end."""
    return (found for found in _occurrences(calendar, key, after) if found.starts > after)


def running_or_upcoming(calendar: Calendar, key: str, after: datetime) -> Iterator[Occurrence]:
    """Like `upcoming`, with those that have started but not ended."""
    return (found for found in _occurrences(calendar, key, after) if found.ends > after)


def next_occurrence(calendar: Calendar, key: str, after: datetime) -> Occurrence | None:
    """The next one to start, if there is any."""
    return next(upcoming(calendar, key, after), None)


def occurrence_on(calendar: Calendar, key: str, on: date) -> Occurrence | None:
    """The occurrence with this identity, wherever it is now; None if it is skipped or not planned."""
    ceremony = calendar.ceremony(key)
    if ceremony is None:
        return None
    return _occurrence(calendar, ceremony, on, latest_changes(calendar, key).get(on))


def passed_over(calendar: Calendar, key: str, after: datetime, before: datetime) -> tuple[PassedOver, ...]:
    """Dates of the plan between two instants that are skipped or fall on a holiday, in order."""
    ceremony = calendar.ceremony(key)
    if ceremony is None:
        return ()
    changes, zone = latest_changes(calendar, key), calendar.zone_of(key)
    days = takewhile(
        lambda on: on <= wall(before, zone).date(), _planned_dates(ceremony, wall(after, zone).date())
    )
    found = ((on, instant_of(on, ceremony.at, zone), changes.get(on)) for on in days)
    return tuple(
        PassedOver(on=on, starts=starts, why=change.reason if change else "")
        for on, starts, change in found
        if after < starts < before and _taking_place(calendar, ceremony, on, change) is None
    )


def planned_start(calendar: Calendar, key: str, on: date) -> datetime | None:
    """When the plan lets the ceremony begin that day, whatever became of it; None if it plans nothing."""
    ceremony = calendar.ceremony(key)
    if ceremony is None or next(_planned_dates(ceremony, on)) != on:
        return None
    return instant_of(on, ceremony.at, ceremony.zone or calendar.hours.zone)


def latest_changes(calendar: Calendar, key: str) -> dict[date, Change]:
    """By date, the change known last; an extra occurrence stays one when it is moved later."""
    latest: dict[date, Change] = {}
    for change in sorted(calendar.changes, key=lambda change: change.known_from):
        if change.ceremony == key:
            earlier = latest.get(change.on)
            extra = change.extra or (earlier is not None and earlier.extra)
            latest[change.on] = replace(change, extra=extra)
    return latest


def changes_of(calendar: Calendar, key: str, on: date) -> tuple[Change, ...]:
    """Everything that was done to one occurrence, the latest last."""
    found = (change for change in calendar.changes if (change.ceremony, change.on) == (key, on))
    return tuple(sorted(found, key=lambda change: change.known_from))


def day_problem(every: Every, day: str, month: int | None = None) -> Sentence | None:
    """Why a ceremony can't recur like this, if so."""
    if month is not None and not 1 <= month <= _MONTHS[every]:
        return say("{month} is not a month of a {every}.", month=month, every=every)
    if every == "week":
        wrong = day not in WEEKDAYS
        return say("“{day}” is not a weekday: choose one of mon to sun.", day=day) if wrong else None
    ordinal, _, weekday_name = day.partition(" ")
    if _DATE.fullmatch(day) or ordinal == "5th":
        return say("Not every month has “{day}”: choose the 1st to 4th, or the last, of a weekday.", day=day)
    if ordinal not in _ORDINALS or weekday_name not in WEEKDAYS:
        return say("“{day}” is not a day of every month: write it like “2nd tue” or “last fri”.", day=day)
    return None


def _occurrences(calendar: Calendar, key: str, after: datetime) -> Iterator[Occurrence]:
    """In order of start, from before whatever may still run at `after`."""
    ceremony = calendar.ceremony(key)
    if ceremony is None:
        return iter(())
    changes = latest_changes(calendar, key)
    since = wall(after - ceremony.length, ceremony.zone or calendar.hours.zone).date() - timedelta(days=1)
    undisturbed = (on for on in _planned_dates(ceremony, since) if on not in changes)
    planned = (_taking_place(calendar, ceremony, on, None) for on in undisturbed)
    near = {on: change for on, change in changes.items() if on >= since or _ends(change, ceremony) > after}
    changed = (_occurrence(calendar, ceremony, on, change) for on, change in near.items())
    in_order = sorted(filter(None, changed), key=_start)
    return heapq.merge(filter(None, planned), in_order, key=_start)


def _occurrence(calendar: Calendar, ceremony: Ceremony, on: date, change: Change | None) -> Occurrence | None:
    """What became of one date; None when the ceremony does not take place."""
    extra = change is not None and change.extra
    if not extra and next(_planned_dates(ceremony, on)) != on:
        return None
    return _taking_place(calendar, ceremony, on, change)


def _taking_place(
    calendar: Calendar, ceremony: Ceremony, on: date, change: Change | None
) -> Occurrence | None:
    """The same for a date that is known to be planned, or extra."""
    extra = change is not None and change.extra
    if change.skipped if change else ceremony.every == "week" and calendar.hours.is_holiday(on):
        return None
    moved_to = change.starts if change else None
    starts = moved_to or instant_of(on, ceremony.at, ceremony.zone or calendar.hours.zone)
    return Occurrence(
        ceremony=ceremony.key,
        on=on,
        starts=starts,
        ends=starts + ceremony.length,
        moved=moved_to is not None and not extra,
        extra=extra,
    )


def _planned_dates(ceremony: Ceremony, since: date) -> Iterator[date]:
    """The dates of the plan from `since` on, changes and holidays left aside."""
    return (planned.date() for planned in _plan(ceremony, since))


@lru_cache(maxsize=256)
def _plan(ceremony: Ceremony, since: date) -> rrule:
    """Remembers the dates it has worked out: whole days of reports ask for the same ones."""
    begin = datetime.combine(since, ceremony.at)
    if ceremony.every == "week":
        return rrule(WEEKLY, dtstart=begin, byweekday=WEEKDAYS.index(cast(Weekday, ceremony.day)), cache=True)
    ordinal, name = ceremony.day.split()
    return rrule(
        MONTHLY,
        dtstart=begin,
        bymonth=range(ceremony.month or 1, 13, _MONTHS[ceremony.every]),
        byweekday=weekday(WEEKDAYS.index(cast(Weekday, name)), _ORDINALS[ordinal]),
        cache=True,
    )


def _ends(change: Change, ceremony: Ceremony) -> datetime:
    """When a moved or extra one is over; long ago for what has no time of its own."""
    return change.starts + ceremony.length if change.starts else datetime.min.replace(tzinfo=UTC)


def _start(occurrence: Occurrence) -> datetime:
    return occurrence.starts
