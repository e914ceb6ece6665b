"""Working hours: when a workspace works, and how far a span of working time reaches.

Instants go in and come out as aware UTC. Wall-clock times are turned into instants by `instant_of`
alone, so that every surface agrees about daylight saving time.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import UTC, date, datetime, time, timedelta
from functools import lru_cache
from typing import Literal
from zoneinfo import ZoneInfo

from council.sentence import Sentence, say

Weekday = Literal["mon", "tue", "wed", "thu", "fri", "sat", "sun"]
WEEKDAYS: tuple[Weekday, ...] = ("mon", "tue", "wed", "thu", "fri", "sat", "sun")

_DAY = timedelta(days=1)


@dataclass(frozen=True, slots=True)
class Holidays:
    """Days off of a workspace: those of a country or part of it (ISO codes), and its own."""

    country: str | None = None
    subdivision: str | None = None
    also: tuple[date, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Hours:
    """When work is done, in wall time of `zone`. Raises ValueError if that would be never."""

    zone: str
    days: tuple[Weekday, ...] = ("mon", "tue", "wed", "thu", "fri")
    opens: time = time(9)
    closes: time = time(17, 30)
    holidays: Holidays = Holidays()

    def __post_init__(self) -> None:
        if not self.days:
            raise ValueError("at least one working day is needed")
        if self.opens >= self.closes:
            raise ValueError("working hours must open before they close")

    def in_zone(self, zone: str, opens: time | None = None) -> Hours:
        """The same hours read in a person's own zone; persons have no holidays of their own.

        `opens`: when their day begins, if they chose that; a time after closing counts for nothing.
        """
        begins = self.opens if opens is None or opens >= self.closes else opens
        return replace(self, zone=zone, opens=begins, holidays=Holidays())

    def day_of(self, instant: datetime) -> date:
        """The date on the wall at `instant`."""
        return wall(instant, self.zone).date()

    def is_holiday(self, day: date) -> bool:
        return day in self.holidays.also or day in _public_holidays(self.holidays, day.year)

    def is_working_day(self, day: date) -> bool:
        return WEEKDAYS[day.weekday()] in self.days and not self.is_holiday(day)

    def opening_of(self, day: date) -> datetime:
        """When `day` opens, be it a working day or not."""
        return instant_of(day, self.opens, self.zone)

    def closing_of(self, day: date) -> datetime:
        """When `day` closes, be it a working day or not."""
        # Never before the opening: on a night when the clocks jump, a short day may be jumped over.
        return max(self.opening_of(day), instant_of(day, self.closes, self.zone))

    def is_open(self, instant: datetime) -> bool:
        day = self.day_of(instant)
        return self.is_working_day(day) and self.opening_of(day) <= instant < self.closing_of(day)

    def opening(self, instant: datetime) -> datetime:
        """`instant` itself when work is going on, else when it begins next."""
        day = self.working_day_from(self.day_of(instant))
        if instant >= self.closing_of(day):
            day = self.add_working_days(day, 1)
        return max(instant, self.opening_of(day))

    def working_day_from(self, day: date) -> date:
        """`day` itself if it is a working day, else the next one."""
        return day if self.is_working_day(day) else self.add_working_days(day, 1)

    def add_working_days(self, day: date, count: int) -> date:
        """The `count`-th working day after `day`, or before it if negative; `day` itself for 0."""
        step = _DAY if count > 0 else -_DAY
        for _ in range(abs(count)):
            day += step
            while not self.is_working_day(day):
                day += step
        return day

    def add_working(self, instant: datetime, span: timedelta) -> datetime:
        """The instant after `span` of open hours; exactly at closing rather than at the next opening."""
        start = self.opening(instant)
        while (left := self.closing_of(self.day_of(start)) - start) < span:
            span -= left
            start = self.opening(start + left)
        return start + span

    def working_between(self, begin: datetime, end: datetime) -> timedelta:
        """Open hours from `begin` to `end`; none if `end` comes first."""
        total, day, last = timedelta(), self.day_of(begin), self.day_of(end)
        while day <= last:
            if self.is_working_day(day):
                opened = min(self.closing_of(day), end) - max(self.opening_of(day), begin)
                total += max(opened, timedelta())
            day += _DAY
        return total

    def add_on_working_days(self, instant: datetime, span: timedelta) -> datetime:
        """The instant after `span`, when a working day counts 24 hours and a day off none.

        Whole days keep the time on the wall: Friday 16:00 and 48 hours make Tuesday 16:00. On a day off
        the count begins at the next opening. An end that falls on a midnight which the start did not
        have is nobody's choice; it becomes that day's opening.
        """
        day = self.day_of(instant)
        start = instant if self.is_working_day(day) else self.opening(instant)
        begun = wall(start, self.zone)
        whole, rest = divmod(span, _DAY)
        if whole:
            start = instant_of(self.add_working_days(begun.date(), whole), begun.time(), self.zone)
        end = self._past_days_off(start, rest)
        ended = wall(end, self.zone)
        if ended.time() == time() and begun.time() != time():
            return self.opening_of(ended.date())
        return end

    def _past_days_off(self, start: datetime, span: timedelta) -> datetime:
        """`start`, on a working day, and `span` by the clock, with days off left out."""
        day = self.day_of(start)
        while (midnight := instant_of(day + _DAY, time(), self.zone)) <= start + span:
            span -= midnight - start
            day = self.add_working_days(day, 1)
            start = instant_of(day, time(), self.zone)
        return start + span


@lru_cache(maxsize=4096)
def instant_of(day: date, at: time, zone: str) -> datetime:
    """The UTC instant at which the clocks of `zone` show `at` on `day`.

    A time that the clocks jump over comes as much later as they jump; of one that they show twice it is
    the first (PEP 495, fold=0). Remembered, because every report asks for some fifty of them.
    """
    return datetime.combine(day, at.replace(fold=0), ZoneInfo(zone)).astimezone(UTC)


def wall(instant: datetime, zone: str) -> datetime:
    """What the clocks of `zone` show at `instant`, as a naive date and time."""
    return instant.astimezone(ZoneInfo(zone)).replace(tzinfo=None)


def holidays_problem(chosen: Holidays) -> Sentence | None:
    """Why nobody knows these holidays, if so."""
    if chosen.country is None:
        return say("A part of a country needs its country.") if chosen.subdivision else None
    import holidays  # slow to import, and few processes need it

    known = holidays.list_supported_countries()
    if chosen.country not in known:
        return say("{country} is not a country whose holidays are known.", country=chosen.country)
    if chosen.subdivision and chosen.subdivision not in known[chosen.country]:
        parts = ", ".join(known[chosen.country]) or "none"
        return say(
            "{subdivision} is not a known part of {country}; known are: {parts}.",
            subdivision=chosen.subdivision,
            country=chosen.country,
            parts=parts,
        )
    return None


@lru_cache(maxsize=512)
def _public_holidays(chosen: Holidays, year: int) -> frozenset[date]:
    if chosen.country is None:
        return frozenset()
    import holidays  # slow to import, and few processes need it

    return frozenset(holidays.country_holidays(chosen.country, subdiv=chosen.subdivision, years=year))
