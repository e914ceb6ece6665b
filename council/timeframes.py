"""Timeframes: by when conflicts of a type are decided, as an admin chose it, and in words."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import timedelta
from typing import Literal

from council.cadence import Calendar
from council.sentence import Sentence, say

Count = Literal["working", "calendar"]

_HOUR = timedelta(hours=1)


@dataclass(frozen=True, slots=True, kw_only=True)
class Within:
    """So long after the report; on working days (each counts 24 hours) or by the calendar."""

    kind: Literal["within"] = "within"
    target: timedelta
    limit: timedelta
    count: Count = "working"


@dataclass(frozen=True, slots=True, kw_only=True)
class Before:
    """`lead` before the next `ceremony`; if that is too far away, `otherwise` on working days."""

    kind: Literal["before"] = "before"
    ceremony: str
    lead: timedelta = timedelta(hours=1)
    otherwise: timedelta = timedelta(hours=48)


@dataclass(frozen=True, slots=True, kw_only=True)
class AtNext:
    """In the next `ceremony`, by its end; if there is none, `otherwise` on working days."""

    kind: Literal["at_next"] = "at_next"
    ceremony: str
    or_emergency_call: bool = False
    otherwise: timedelta = timedelta(hours=48)


Timeframe = Within | Before | AtNext


def describe(timeframe: Timeframe, calendar: Calendar) -> Sentence:
    """The timeframe as it is promised: "48 hours on working days", "before the Forecast meeting"."""
    match timeframe:
        case Within():
            return _describe_span(timeframe)
        case Before(ceremony=key):
            return say("before the {ceremony}", ceremony=calendar.name_of(key))
        case AtNext(ceremony=key, or_emergency_call=True):
            return say("at the next {ceremony}, or an emergency call", ceremony=calendar.name_of(key))
        case AtNext(ceremony=key):
            return say("at the next {ceremony}", ceremony=calendar.name_of(key))


_SPAN = re.compile(r"(\d{1,6})\s*([a-z]*)")
_UNITS = {"m": "minutes", "min": "minutes", "minute": "minutes", "minutes": "minutes"}
_UNITS |= {"": "hours", "h": "hours", "hour": "hours", "hours": "hours"}
_UNITS |= {"d": "days", "day": "days", "days": "days"}


def span_of(text: str) -> timedelta | None:
    """A span as people write it: *48*, *48h*, *2 days*, *30 min*; a number alone counts hours."""
    found = _SPAN.fullmatch(text.strip().casefold())
    unit = _UNITS.get(found[2]) if found else None
    return timedelta(**{unit: int(found[1])}) if found and unit else None


def in_words(span: timedelta) -> str:
    """A span as people say it: "48 hours", "90 minutes"."""
    count, unit = _counted(span)
    return f"{count} {unit}" if count == 1 else f"{count} {unit}s"


def _counted(span: timedelta) -> tuple[int, str]:
    if span % _HOUR:
        return span // timedelta(minutes=1), "minute"
    return span // _HOUR, "hour"


def _describe_span(within: Within) -> Sentence:
    span = in_words(within.limit)
    if within.target < within.limit:
        first, unit = _counted(within.target)
        same = unit == _counted(within.limit)[1]
        span = f"{first}–{span}" if same else f"{in_words(within.target)} – {span}"
    if within.count == "working":
        return say("{span} on working days", span=span)
    return say("{span}", span=span)
