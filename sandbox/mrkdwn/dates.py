"""Slack's date tokens, as a reader in a given zone sees them."""

from __future__ import annotations

import re
from datetime import UTC, date, datetime, timedelta
from typing import TYPE_CHECKING
from zoneinfo import ZoneInfo

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

_PART = re.compile(r"\{([a-z_]+)\}")
_EPOCH = datetime(1970, 1, 1, tzinfo=UTC)
HALF_A_YEAR = 183
_NEAR = {-1: "yesterday", 0: "today", 1: "tomorrow"}
_ORDINALS = {1: "st", 2: "nd", 3: "rd"}


def _ordinal(day: int) -> str:
    return f"{day}{'th' if 10 < day < 20 else _ORDINALS.get(day % 10, 'th')}"


def _year(at: datetime, today: date) -> str:
    """Slack leaves the year out of a date less than half a year away."""
    return "" if abs((at.date() - today).days) < HALF_A_YEAR else f", {at.year}"


def _date(at: datetime, today: date) -> str:
    return f"{at:%B} {_ordinal(at.day)}{_year(at, today)}"


def _short(at: datetime, today: date) -> str:
    return f"{at:%b} {at.day}{_year(at, today)}"


def _long(at: datetime, today: date) -> str:
    return f"{at:%A}, {_date(at, today)}"


def _time(at: datetime, today: date) -> str:
    return f"{at.hour % 12 or 12}:{at:%M} {at:%p}"


def _seconds(at: datetime, today: date) -> str:
    return f"{at.hour % 12 or 12}:{at:%M:%S} {at:%p}"


def _ago(at: datetime, today: date) -> str:
    days = (at.date() - today).days
    if days in _NEAR:
        return _NEAR[days]
    return f"in {days} days" if days > 0 else f"{-days} days ago"


def _pretty(plain: Callable[[datetime, date], str]) -> Callable[[datetime, date], str]:
    """Today, yesterday and tomorrow by their names, any other day by `plain`."""

    def pretty(at: datetime, today: date) -> str:
        return _NEAR.get((at.date() - today).days) or plain(at, today)

    return pretty


TOKENS: Mapping[str, Callable[[datetime, date], str]] = {
    "date_num": lambda at, _: f"{at:%Y-%m-%d}",
    "date_slash": lambda at, _: f"{at:%m/%d/%Y}",
    "date": _date,
    "date_short": _short,
    "date_long": _long,
    "date_long_full": lambda at, _: f"{at:%A}, {at:%B} {_ordinal(at.day)}, {at.year}",
    "date_pretty": _pretty(_date),
    "date_short_pretty": _pretty(_short),
    "date_long_pretty": _pretty(_long),
    "day_divider_pretty": _pretty(_long),
    "time": _time,
    "time_secs": _seconds,
    "ago": _ago,
}


def shown(stamp: int, form: str, fallback: str, zone: str, today: date) -> str:
    """`form` with its tokens filled; the fallback where a token or the moment is none Slack knows."""
    names = _PART.findall(form)
    try:
        at = (_EPOCH + timedelta(seconds=stamp)).astimezone(ZoneInfo(zone))
    except OverflowError:
        return fallback
    if not names or any(name not in TOKENS for name in names):
        return fallback
    text = _PART.sub(lambda match: TOKENS[match[1]](at, today), form)
    return text[:1].upper() + text[1:] if form.startswith("{") else text
