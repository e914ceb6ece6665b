"""Action items: what somebody does by a day. A request for data is one, tied to its conflict."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum

from council.conflict import Context
from council.notice import Notice


class ItemState(StrEnum):
    """Where an action item stands."""

    OPEN = "open"
    DONE = "done"


@dataclass(frozen=True, slots=True, kw_only=True)
class ActionItem:
    """One thing to do, with one owner and a due day of the workspace. `text` is as typed, unescaped."""

    id: str
    team: str
    version: int = 0
    text: str
    owner: str
    due: date
    asked_by: str
    at: datetime
    conflict: str | None = None
    """The conflict it came from, by id; `number` and `subject` are how people know it."""
    number: int = 0
    subject: str = ""
    data: bool = False
    """True for a request for data: the answer becomes context of the conflict."""
    state: ItemState = ItemState.OPEN
    reminded: int = 0
    """How many of its three reminders are over: the working day before, on the day, the working day after."""
    snoozed: date | None = None
    """Until the morning of which day its owner wants to hear nothing of it."""
    ended_at: datetime | None = None

    @property
    def is_open(self) -> bool:
        """True while somebody has to do it."""
        return self.state is ItemState.OPEN

    @property
    def people(self) -> Iterator[str]:
        """Everybody who may be named in what is said about it."""
        yield from (self.owner, self.asked_by)

    def overdue(self, today: date) -> bool:
        """True from the day after it was due."""
        return self.is_open and today > self.due


@dataclass(frozen=True, slots=True, kw_only=True)
class ItemOutcome:
    """The item after a rule, what to say, what becomes context, and when to look again (aware UTC)."""

    item: ActionItem
    happened: str = ""
    """In a word or two, as *done*; empty when nothing did."""
    notices: tuple[Notice, ...] = ()
    context: tuple[Context, ...] = ()
    wake_at: datetime | None = None
