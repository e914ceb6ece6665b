"""A standup: one occurrence of a ceremony that asks each representative the same question beforehand."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from enum import StrEnum
from typing import Literal

from council.action_item import ActionItem
from council.conflict import Conflict
from council.notice import Notice
from council.post import Post

SUMMARY_BEFORE = timedelta(minutes=5)
OPEN_FOR = timedelta(hours=24)
"""So long after its end something can still be added: whoever lives far away sees it the next morning."""


class StandupState(StrEnum):
    """Where a standup stands. Missed: the bot was not there between the summary and the end."""

    PLANNED = "planned"
    SUMMED_UP = "summed up"
    OVER = "over"
    SKIPPED = "skipped"
    MISSED = "missed"


class Severity(StrEnum):
    """How bad an issue is, the worst first: it says where the issue leads."""

    NUMBERS_WRONG = "numbers are wrong"
    COSTS_WORK = "costs us work"
    ANNOYING = "annoying"

    @property
    def rank(self) -> int:
        """0 for the worst."""
        return list(Severity).index(self)


@dataclass(frozen=True, slots=True, kw_only=True)
class Issue:
    """Something between tools or teams that does not work, as typed, unescaped; `whom` is who is needed.

    What was made of it: a conflict, known by its number, or an action item with its owner.
    """

    id: str
    by: str
    at: datetime
    system: str
    what: str
    since: str = ""
    whom: str | None = None
    severity: Severity = Severity.ANNOYING
    conflict: str | None = None
    number: int = 0
    item: str | None = None
    item_owner: str | None = None

    @property
    def settled(self) -> bool:
        """True once something was made of it."""
        return self.conflict is not None or self.item is not None


@dataclass(frozen=True, slots=True, kw_only=True)
class Asked:
    """One person who was asked, for these seats; `quiet`: they had nothing open and want no question then.

    `instead_of` are those who are away and for whom they were asked.
    """

    person: str
    at: datetime
    seats: tuple[str, ...]
    instead_of: tuple[str, ...] = ()
    quiet: bool = False
    reminded: bool = False
    nothing_at: datetime | None = None
    """Since when they say that they have nothing to report."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Unasked:
    """A seat for which nobody was asked: nobody is there for it, or it was too late for them."""

    seat: str
    late: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Quiet:
    """A later standup at which nobody had anything: said in the summary that stands, not in a new one."""

    starts: datetime
    open: bool
    """True while something can still be added to it."""
    asked: tuple[Asked, ...]
    unasked: tuple[Unasked, ...] = ()


Answer = Literal["", "nothing", "issues"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Standup:
    """One standup; `on` is the date it is known by, `starts` and `ends` are where it is now (aware UTC)."""

    id: str
    team: str
    version: int = 0
    ceremony: str
    on: date
    starts: datetime
    ends: datetime
    state: StandupState = StandupState.PLANNED
    asked: tuple[Asked, ...] = ()
    issues: tuple[Issue, ...] = ()
    unasked: tuple[Unasked, ...] = ()
    posted: bool = False
    """True once it has a summary of its own."""
    line_on: str = ""
    """The earlier standup whose summary says that nobody had anything at this one."""
    quiet: Quiet | None = None
    carried: bool = False
    """True once what was reported went on to the next one, because this one did not take place."""

    @property
    def summary_at(self) -> datetime:
        """When everybody's answers go out."""
        return self.starts - SUMMARY_BEFORE

    @property
    def closes_at(self) -> datetime:
        """Until when something can still be added."""
        return self.ends + OPEN_FOR

    def takes(self, now: datetime) -> bool:
        """True while answers count."""
        return self.state in (StandupState.PLANNED, StandupState.SUMMED_UP) and now < self.closes_at

    def asked_of(self, person: str) -> Asked | None:
        """How this person was asked, None if they were not."""
        return next((asked for asked in self.asked if asked.person == person and not asked.quiet), None)

    def issues_of(self, person: str) -> tuple[Issue, ...]:
        """What this person reported."""
        return tuple(issue for issue in self.issues if issue.by == person)

    def answer_of(self, person: str) -> Answer:
        """What this person answered so far."""
        if self.issues_of(person):
            return "issues"
        asked = self.asked_of(person)
        return "nothing" if asked and asked.nothing_at else ""

    def issue(self, id: str) -> Issue | None:
        """The issue of that id."""
        return next((issue for issue in self.issues if issue.id == id), None)

    @property
    def people(self) -> Iterator[str]:
        """Everybody who may be named in what is said about it."""
        for asked in (*self.asked, *(self.quiet.asked if self.quiet else ())):
            yield from (asked.person, *asked.instead_of)
        for issue in self.issues:
            yield from (person for person in (issue.by, issue.whom, issue.item_owner) if person)


@dataclass(frozen=True, slots=True, kw_only=True)
class Theirs:
    """What of one person's is open, and whether they want to be asked only when something is."""

    conflicts: tuple[Conflict, ...] = ()
    items: tuple[ActionItem, ...] = ()
    items_in_all: int = 0
    only_when_open: bool = False

    @property
    def nothing(self) -> bool:
        """True when nothing is."""
        return not self.conflicts and not self.items


@dataclass(frozen=True, slots=True, kw_only=True)
class StandupOutcome:
    """The standup after a rule, what to say, which messages to put up, and when to look again (aware UTC).

    `whose`: whose direct messages look different by it; None: everybody's.
    """

    standup: Standup
    notices: tuple[Notice, ...] = ()
    posts: tuple[Post, ...] = ()
    wake_at: datetime | None = None
    whose: tuple[str, ...] | None = None
