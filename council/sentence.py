"""Words with holes, filled where they are read: a person's name, a date in the reader's zone.

A rule explains itself in a `Sentence`. It keeps ids and instants instead of names and dates, so that
what is stored today still reads right after somebody was renamed or has moved to another zone.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime


@dataclass(frozen=True, slots=True)
class Who:
    """A person, by Slack user id; read as their name in plain text, never as a mention."""

    person: str


@dataclass(frozen=True, slots=True)
class When:
    """An instant (aware UTC); read as a date and time in the reader's zone."""

    instant: datetime


@dataclass(frozen=True, slots=True)
class Where:
    """A channel, by Slack id; read as a link to it."""

    channel: str


Fact = Who | When | Where | int | str


@dataclass(frozen=True, slots=True)
class Sentence:
    """`text` in `str.format` style over `facts`; texts of people are facts, never part of `text`."""

    text: str
    facts: Mapping[str, Fact] = field(default_factory=dict)


def say(text: str, **facts: Fact) -> Sentence:
    """Build a sentence: `say("{owner} decides by {limit}", owner=Who("U1"), limit=When(at))`."""
    return Sentence(text, facts)
