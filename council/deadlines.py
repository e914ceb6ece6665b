"""Deadlines: the one place that says by when a conflict is decided, and why then."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from typing import Literal

from council.sentence import Sentence

Meeting = Literal["today", "next"]
Hanging = Literal["within", "before", "at_next", "extended"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Deadline:
    """By when somebody decides: asked for by `target`, overdue from `limit`.

    `ceremony` and `occurrence` (its date) name the meeting it hangs on. Before `quiet_until` the deadline
    ladder is silent, because the meeting itself is where it is decided. `needed_by`: the reporter's date
    has become the limit.
    """

    target: datetime
    limit: datetime
    because: Sentence
    kind: Hanging
    ceremony: str | None = None
    occurrence: date | None = None
    needed_by: bool = False
    quiet_until: datetime | None = None
