"""A time zone as calendars want it told: its yearly changes as rules, written out from what the zone does.

The library's own way lists single dates, each an hour off in spring; Outlook reads rules only.
"""

from __future__ import annotations

from calendar import monthrange
from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from functools import lru_cache
from typing import TYPE_CHECKING
from zoneinfo import ZoneInfo

if TYPE_CHECKING:
    from icalendar import Component, Timezone

YEARS = 12
"""So far ahead the zone is looked at; a rule that holds all the time is told without end."""
DAYS = ("MO", "TU", "WE", "TH", "FR", "SA", "SU")
_DAY, _MINUTE = timedelta(days=1), timedelta(minutes=1)


@dataclass(frozen=True, slots=True)
class Shift:
    """One change of the clocks: at what they showed until then."""

    shown: datetime
    before: timedelta
    after: timedelta
    name: str


@lru_cache(maxsize=64)
def timezone(zone: str, year: int) -> Timezone:
    """The VTIMEZONE of an IANA zone for dates from that year on."""
    from icalendar import Timezone

    told = Timezone()
    told.add("tzid", zone)
    alike: dict[tuple[timedelta, timedelta, str], list[datetime]] = defaultdict(list)
    for shift in _shifts(zone, year):
        alike[shift.before, shift.after, shift.name].append(shift.shown)
    rules = [_rule(shown) for shown in alike.values()]
    if not all(rules) or not rules:
        begin = datetime(year - 1, 1, 1, tzinfo=ZoneInfo(zone))
        offset = begin.utcoffset() or timedelta()
        told.add_component(_observance(offset, offset, begin.tzname() or "", [begin.replace(tzinfo=None)]))
    for (group, shown), rule in zip(alike.items(), rules, strict=True):
        told.add_component(_observance(*group, shown, rule))
    return told


def _shifts(zone: str, year: int) -> Iterator[Shift]:
    """From the year before on, so that the first date of all knows its offset."""
    here, at = ZoneInfo(zone), datetime(year - 1, 1, 1, tzinfo=UTC)
    end = at.replace(year=year + YEARS)
    offset = _offset(at, here)
    while at < end:
        at += _DAY
        if _offset(at, here) != offset:
            first = _first(at - _DAY, at, here)
            before, offset = offset, _offset(first, here)
            name = first.astimezone(here).tzname() or ""
            yield Shift((first + before).replace(tzinfo=None), before, offset, name)


def _first(before: datetime, after: datetime, here: ZoneInfo) -> datetime:
    """The first minute in between that has the offset of `after`."""
    while after - before > _MINUTE:
        middle = before + (after - before) // 2
        middle = middle.replace(second=0, microsecond=0)
        if _offset(middle, here) == _offset(after, here):
            after = middle
        else:
            before = middle
    return after


def _offset(at: datetime, here: ZoneInfo) -> timedelta:
    return at.astimezone(here).utcoffset() or timedelta()


def _rule(shown: Sequence[datetime]) -> dict[str, object] | None:
    """Every year on the same weekday of a month, if so."""
    years = [at.year for at in shown]
    yearly = len(years) == len(set(years)) >= YEARS
    if not yearly or len({(at.month, at.weekday(), at.time()) for at in shown}) > 1:
        return None
    day, month = DAYS[shown[0].weekday()], shown[0].month
    ordinals = {(at.day - 1) // 7 + 1 for at in shown}
    if all(at.day + 7 > monthrange(at.year, at.month)[1] for at in shown):
        return {"freq": "yearly", "bymonth": month, "byday": f"-1{day}"}
    if len(ordinals) == 1:
        return {"freq": "yearly", "bymonth": month, "byday": f"{ordinals.pop()}{day}"}
    return None


def _observance(
    before: timedelta,
    after: timedelta,
    name: str,
    shown: Sequence[datetime],
    rule: dict[str, object] | None = None,
) -> Component:
    from icalendar import TimezoneDaylight, TimezoneStandard

    told: Component = TimezoneDaylight() if after > before else TimezoneStandard()
    told.add("dtstart", shown[0])
    told.add("tzoffsetfrom", before)
    told.add("tzoffsetto", after)
    told.add("tzname", name)
    if rule:
        told.add("rrule", rule)
    elif shown[1:]:
        told.add("rdate", list(shown[1:]))
    return told
