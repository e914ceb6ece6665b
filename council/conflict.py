"""A conflict: one report that two signals disagree, and the one person who decides it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, datetime
from enum import StrEnum
from typing import Literal

from council.deadlines import Deadline
from council.routing import Route
from council.sentence import Sentence, Who


class State(StrEnum):
    """Where a conflict stands. Only `OPEN` and `ACKNOWLEDGED` wait for somebody."""

    OPEN = "open"
    ACKNOWLEDGED = "acknowledged"
    DECIDED = "decided"
    WITHDRAWN = "withdrawn"
    MERGED = "merged"
    RESOLVED = "resolved itself"


@dataclass(frozen=True, slots=True, kw_only=True)
class Signal:
    """What one source says; people's judgement is named after the team, never after a person."""

    source: str
    says: str
    team: str = ""
    as_of: str = ""
    link: str = ""
    was: str = ""
    """What it said before the reporter corrected it; empty unless somebody was at it already."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Facts:
    """What the reporter said. Texts are as typed, unescaped."""

    type: str
    subject: str
    signals: tuple[Signal, ...]
    waiting: str = ""
    needed_by: datetime | None = None
    account: str = ""
    account_owner: str | None = None
    immediate: bool = False
    confidential: bool = False
    ask_for_call: bool = False
    """The reporter asks for an emergency meeting: the one it would wait for comes too late."""
    unnamed: bool = False
    """The reporter keeps their name off the card; owner and chair see it all the same."""
    team: str = ""
    """What the card says instead of the name, in the reporter's own words; empty: a colleague."""
    reported_in: str | None = None
    meeting: Literal["today", "next"] = "today"
    beyond: tuple[str, ...] = ()
    """What else the reporter wrote, piece by piece; taken as context beside the report."""
    issue: str = ""
    """The issue of a standup that it is about, as the ids of both: *standup:issue*."""


Stands = Literal["one", "neither", "both", "resolved"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Ruling:
    """A decision: whose signal stands, the number to use, what to do, and why."""

    stands: Stands
    source: str = ""
    number: str = ""
    decision: str
    why: str
    trade_offs: str = ""
    lesson: str = ""
    holds_until: date | None = None
    look_again: date | None = None
    as_rule: bool = False
    """Proposed as a standing rule: an admin reads it before it is one."""
    by: str
    role: str
    at: datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class Ladder:
    """How far the asking has climbed: the rung, the instant it counts from, and whom it has asked."""

    rung: int = 0
    since: datetime
    asked: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class ExtensionWish:
    """A limit later than the reporter needs it: `by` asked `of` for it, who has not answered yet.

    `of` is the reporter, or whoever is asked in their place once they have left. It ends when somebody
    answers or asks for another one, when owner or deadline change, and when its own limit has passed.
    """

    limit: datetime
    why: str
    by: str
    of: str
    asked_at: datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class Call:
    """An emergency meeting about the conflict: asked for, called, or declined. Instants are aware UTC."""

    state: Literal["asked", "called", "declined"]
    asked_by: str
    why: str
    asked_at: datetime
    since: datetime
    asked: tuple[str, ...] = ()
    """Who was asked to call it, the latest last."""
    exhausted: bool = False
    starts: datetime | None = None
    where: str = ""
    needed: tuple[str, ...] = ()
    coming: tuple[str, ...] = ()
    """Who said that they will be there; `missing`: who said that they can't."""
    missing: tuple[str, ...] = ()
    called_by: str = ""
    over: Literal["", "asked", "decided", "undecided"] = ""
    """What is known of its end: somebody is asked, or said whether it decided."""


class Ladders(StrEnum):
    """The two ladders of an open conflict."""

    ACKNOWLEDGE = "acknowledge"
    DEADLINE = "deadline"


@dataclass(frozen=True, slots=True, kw_only=True)
class Conflict:
    """The conflict as it stands now; how it got there is its timeline."""

    id: str
    team: str
    number: int = 0
    version: int = 0
    facts: Facts
    type_name: str
    reporter: str
    reported_at: datetime
    state: State = State.OPEN
    owner: str
    seat: str
    """The role key or reserved word the owner decides for; its deputy is the first level of most chains."""
    role: str
    """The seat in words; empty after a hand-over to somebody without one."""
    route: Route
    deadline: Deadline
    window_ends: datetime
    """When the running acknowledgement window ends."""
    acknowledge: Ladder
    due: Ladder
    asked: str
    """The one person who is asked right now."""
    reached: tuple[str, ...] = ()
    """Whom the chain has asked since the ladders began: they may take over."""
    took_part: tuple[str, ...] = ()
    """Earlier owners, and whom the chain asked before the ladders began anew."""
    stands_in_for: str | None = None
    """Whose absence made the owner the owner; it goes back to them unless the stand-in acknowledges."""
    joined: tuple[str, ...] = ()
    acknowledged_at: datetime | None = None
    previous_owner: str | None = None
    extended: int = 0
    wish: ExtensionWish | None = None
    """A later deadline that somebody is asked to agree to; meanwhile the present one stands."""
    home: str | None = None
    """The channel the card stands in; None when it is told by direct message only."""
    ruling: Ruling | None = None
    ended_at: datetime | None = None
    ended_because: str = ""
    call: Call | None = None
    merged_into: int | None = None
    """The number of the conflict that this one is the same as."""
    earlier: tuple[Ruling, ...] = ()
    """Decisions that were reopened, oldest first."""
    asked_back: bool = False
    """The reporter was asked whether the decision solved it; `solved` is the answer."""
    solved: bool | None = None
    items: int = 0
    """How many action items came out of the decision."""
    status_told: bool = False
    """Somebody was told that the owner's Slack status says away: once per conflict."""
    carried: int = 0
    """How often a meeting carried it over."""
    looked_again: bool = False
    """The owner was reminded to look at the decision again."""

    @property
    def is_open(self) -> bool:
        """True while somebody is asked to decide."""
        return self.state in (State.OPEN, State.ACKNOWLEDGED)

    @property
    def standing_wish(self) -> ExtensionWish | None:
        """The later deadline that is asked for, while there is something to decide."""
        return self.wish if self.is_open else None

    def asks_to_agree(self, person: str, limit: object) -> bool:
        """True while this person is asked whether it may be decided by `limit` (in ISO format)."""
        wish = self.standing_wish
        return wish is not None and (wish.of, wish.limit.isoformat()) == (person, limit)

    @property
    def reporter_named(self) -> Who | str:
        """The reporter, for what everybody reads: not by name when they keep it off the card."""
        return "its reporter" if self.facts.unnamed else Who(self.reporter)

    @property
    def told(self) -> tuple[str, ...]:
        """Who was told by the route."""
        return tuple(told.person for told in self.route.told)

    @property
    def insiders(self) -> frozenset[str]:
        """Everybody who takes part: who may see it although it is confidential."""
        others = (*self.told, *self.reached, *self.took_part, *self.joined)
        return frozenset((self.reporter, self.owner, self.asked, *others))

    @property
    def hangs_on(self) -> str | None:
        """The ceremony that the deadline moves with, while there is something to decide."""
        return self.deadline.ceremony if self.is_open and self.deadline.moves else None

    @property
    def overdue_at(self) -> datetime:
        """The limit; for a meeting it is wanted in, the meeting's end: at its start nothing escalates."""
        return self.deadline.overdue_at

    def overdue(self, now: datetime) -> bool:
        """True while nobody has decided although the time is over."""
        return self.is_open and now >= self.overdue_at


@dataclass(frozen=True, slots=True, kw_only=True)
class Event:
    """One row of the timeline. Nothing is overwritten; `by` is None for what happened by itself."""

    kind: str
    at: datetime
    by: str | None
    words: Sentence
    facts: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True, slots=True, kw_only=True)
class Context:
    """Something the owner should know; `joined` when it came with joining a report."""

    conflict: str
    by: str
    at: datetime
    words: str
    link: str = ""
    joined: bool = False
