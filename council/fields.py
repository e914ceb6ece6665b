"""What each part of a configuration is called, and how its value is read to a person."""

from __future__ import annotations

from collections.abc import Callable
from datetime import time
from typing import Any

from council.cadence import Calendar
from council.hours import Holidays
from council.sentence import Fact, Where, Who
from council.timeframes import AtNext, Before, Timeframe, describe, in_words
from council.workspace import Configuration

Shown = Callable[[Any, Configuration], Fact]
Fields = tuple[tuple[str, str, Shown], ...]
"""The label, the attribute, and how its value is shown."""

LONGEST_WORDS = 80


def seat_word(word: str | None, configuration: Configuration) -> Fact:
    """A role key or a reserved word as people say it."""
    if word is None:
        return "nobody"
    role = configuration.role(word)
    return role.name if role else word.replace("_", " ")


def _seats(words: tuple[str, ...], configuration: Configuration) -> Fact:
    return ", ".join(str(seat_word(word, configuration)) for word in words) or "nobody"


def _person(person: str | None, _configuration: Configuration) -> Fact:
    return Who(person) if person else "nobody"


def _channel(channel: str | None, _configuration: Configuration) -> Fact:
    return Where(channel) if channel else "none"


def _words(value: object, _configuration: Configuration) -> Fact:
    """Any plain value; the beginning of a long text."""
    if value is None or value in ("", ()):
        return "none"
    if isinstance(value, bool):
        return "yes" if value else "no"
    listed = ", ".join(map(str, value)) if isinstance(value, tuple) else str(value)
    text = " ".join(listed.split())
    return text if len(text) <= LONGEST_WORDS else f"{text[: LONGEST_WORDS - 1]}…"


def _clock(at: time | None, _configuration: Configuration) -> Fact:
    return f"{at:%H:%M}" if at else "none"


def _span(span: Any, _configuration: Configuration) -> Fact:
    return in_words(span) if span is not None else "the usual"


def _timeframe(timeframe: Timeframe, configuration: Configuration) -> Fact:
    calendar = Calendar(hours=configuration.hours, ceremonies=configuration.ceremonies)
    sentence = describe(timeframe, calendar)
    promised = sentence.text.format_map(sentence.facts)
    match timeframe:
        case Before(lead=lead, otherwise=otherwise):
            return f"{in_words(lead)} {promised}, otherwise {in_words(otherwise)}"
        case AtNext(otherwise=otherwise):
            return f"{promised}, otherwise {in_words(otherwise)}"
    return promised


WEEKDAY_NAMES = {
    "mon": "Monday",
    "tue": "Tuesday",
    "wed": "Wednesday",
    "thu": "Thursday",
    "fri": "Friday",
    "sat": "Saturday",
    "sun": "Sunday",
}


def day_in_words(day: str) -> str:
    """A ceremony's day as people say it: *Monday*, *2nd Tuesday*, *last Friday*."""
    ordinal, _, weekday = day.rpartition(" ")
    return f"{ordinal} {WEEKDAY_NAMES.get(weekday, weekday)}".strip()


def _day(day: str, _configuration: Configuration) -> Fact:
    return day_in_words(day)


def _often(every: str, _configuration: Configuration) -> Fact:
    return f"every {every}"


def _ceremony_days(days: int | None, _configuration: Configuration) -> Fact:
    return "none" if days is None else f"{days} working days before"


def _holidays(holidays: Holidays, _configuration: Configuration) -> Fact:
    named = "-".join(filter(None, (holidays.country, holidays.subdivision)))
    return ", ".join(filter(None, (named, *map(str, holidays.also)))) or "none"


HOURS_FIELDS: Fields = (
    ("Time zone", "zone", _words),
    ("Working days", "days", _words),
    ("Work begins", "opens", _clock),
    ("Work ends", "closes", _clock),
    ("Holidays", "holidays", _holidays),
)
CHANNEL_FIELDS: Fields = (
    ("Channel of the council", "council", _channel),
    ("Channel of the decision log", "decision_log", _channel),
    ("Channel of the wins", "wins", _channel),
)
COUNCIL_FIELDS: Fields = (
    ("Chair of the council", "chair", seat_word),
    ("Seats of the council", "seats", _seats),
    ("Sponsor of the council", "sponsor", seat_word),
    ("Charter of the council", "charter", _words),
)
ROLE_FIELDS: Fields = (
    ("Name", "name", _words),
    ("Holder", "holder", _person),
    ("Deputy", "deputy", _person),
)
TYPE_FIELDS: Fields = (
    ("Name", "name", _words),
    ("Description", "description", _words),
    ("Sides", "sides", _words),
    ("Examples", "examples", _words),
    ("Told", "notify", _seats),
    ("Owner", "owner", seat_word),
    ("Question", "question", _words),
    ("Owner of the business question", "business_owner", seat_word),
    ("Owner of the data question", "data_owner", seat_word),
    ("Timeframe", "timeframe", _timeframe),
    ("Time to acknowledge", "acknowledge_within", _span),
    ("Chain", "chain", _seats),
    ("Home channel", "home_channel", _channel),
    ("Retired", "retired", _words),
)
RULE_FIELDS: Fields = (
    ("What stands", "stands", _words),
    ("Team", "team", _words),
    ("Because", "because", _words),
    ("Since", "since", _words),
    ("Until", "until", _words),
    ("Decision", "decision", _words),
)
TEXT_FIELDS: Fields = (
    ("Prompt of the standup", "standup_prompt", _words),
    ("Intro of the agenda", "agenda_intro", _words),
)
CEREMONY_FIELDS: Fields = (
    ("Name", "name", _words),
    ("Cadence", "every", _often),
    ("Month", "month", _words),
    ("Day", "day", _day),
    ("Time", "at", _clock),
    ("Minutes", "minutes", _words),
    ("Time zone", "zone", _words),
    ("Channel", "channel", _channel),
    ("Where", "where", _words),
    ("Agenda", "agenda_before", _ceremony_days),
    ("Template", "template", _words),
    ("Prompt", "prompt_at", _clock),
    ("Representatives", "representatives", _seats),
)
