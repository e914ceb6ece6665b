"""How times, spans and days are written in a company's file, both ways. Raises ValueError in plain words."""

from __future__ import annotations

import re
from datetime import date, time, timedelta
from typing import Annotated, Any

from pydantic import BeforeValidator, Field

from council.hours import WEEKDAYS

_SPAN = re.compile(r"(\d{1,6}) ?([mhd])")
_UNITS = {"m": timedelta(minutes=1), "h": timedelta(hours=1), "d": timedelta(days=1)}
_CLOCK = re.compile(r"(\d{1,2}):(\d{2})")
_DATE = re.compile(r"\d{4}-\d{2}-\d{2}")
_WORKING_DAYS = re.compile(r"(\d{1,3}) working days?")
_PERSON = re.compile(r"[UW][A-Z0-9]+|[^@\s]+@[^@\s]+")
_CHANNEL = re.compile(r"#?(?:[CG][A-Z0-9]+|[^\s#@<>,A-Z]{1,80})")


def _read_span(text: Any) -> timedelta:
    found = _SPAN.fullmatch(_text(text))
    if found is None:
        raise ValueError(f"“{text}” is not a span of time; write it like 30m, 4h or 2d")
    return int(found[1]) * _UNITS[found[2]]


def write_span(span: timedelta) -> str:
    """48h, 90m."""
    minutes = span // timedelta(minutes=1)
    return f"{minutes}m" if minutes % 60 else f"{minutes // 60}h"


def _read_clock(text: Any) -> time:
    if isinstance(text, time):  # a default that is checked beside what was written
        return text
    found = _CLOCK.fullmatch(_text(text))
    if found is None or int(found[1]) > 23 or int(found[2]) > 59:
        raise ValueError(f'“{text}” is not a time of day; write it like "09:00"')
    return time(int(found[1]), int(found[2]))


def write_clock(at: time) -> str:
    """09:00."""
    return f"{at:%H:%M}"


def _read_date(text: Any) -> date:
    try:
        if _DATE.fullmatch(_text(text)):
            return date.fromisoformat(text)
    except ValueError:
        pass
    raise ValueError(f"“{text}” is not a date; write it like 2026-12-24")


def _read_working_days(text: Any) -> int:
    found = _WORKING_DAYS.fullmatch(_text(text))
    if found is None:
        raise ValueError(f"“{text}” is not a number of working days; write it like 2 working days")
    return int(found[1])


def write_working_days(count: int) -> str:
    """1 working day, 2 working days."""
    return f"{count} working day" if count == 1 else f"{count} working days"


def _read_weekday(text: Any) -> str:
    word = _text(text).casefold()
    if word not in WEEKDAYS:
        raise ValueError(f"“{text}” is not a weekday; choose from {', '.join(WEEKDAYS)}")
    return word


def _read_person(text: Any) -> str:
    if not _PERSON.fullmatch(_text(text)):
        raise ValueError(f"“{text}” is neither an e-mail address nor a Slack user id such as U024BE7LH")
    return str(text)


def _read_channel(text: Any) -> str:
    if not _CHANNEL.fullmatch(_text(text)):
        raise ValueError(
            f"“{text}” is neither the name of a channel nor a Slack channel id such as C024BE7LR"
        )
    return str(text).removeprefix("#")


def _read_flag(text: Any) -> bool:
    if _text(text) not in ("true", "false"):
        raise ValueError(f"“{text}” is neither true nor false")
    return bool(text == "true")


def _read_whole(text: Any) -> int:
    if re.fullmatch(r"-\d+", _text(text)):
        raise ValueError(f"“{text}” is less than nothing; write it without the minus")
    if re.fullmatch(r"\d{10,}", text):
        raise ValueError(f"“{text}” is too large a number")
    if not re.fullmatch(r"\d{1,9}", text):
        raise ValueError(f"“{text}” is not a whole number; write it like 45")
    return int(text)


def _text(value: Any) -> str:
    if not isinstance(value, str):
        raise ValueError("a single value belongs here" if value is not None else "a value is missing")  # noqa: TRY004 - pydantic reports ValueError only
    return value


Span = Annotated[timedelta, BeforeValidator(_read_span)]
Clock = Annotated[time, BeforeValidator(_read_clock)]
Day = Annotated[date, BeforeValidator(_read_date)]
WorkingDays = Annotated[int, BeforeValidator(_read_working_days)]
WeekdayWord = Annotated[str, BeforeValidator(_read_weekday)]
PersonWord = Annotated[str, BeforeValidator(_read_person)]
ChannelWord = Annotated[str, BeforeValidator(_read_channel)]
Flag = Annotated[bool, BeforeValidator(_read_flag)]
Whole = Annotated[int, BeforeValidator(_read_whole)]
Words = Annotated[str, Field(max_length=3000)]
