"""An agenda: what a meeting goes through. It writes itself; what people add and arrange is kept.

Only that is stored which cannot be drawn anew: points that were added, proposed or carried over, how the
boxes are arranged, what was dropped, and what the holders of shared metrics answered.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field, replace
from datetime import date, datetime
from typing import Generic, Literal, TypeVar

from council.action_item import ActionItem
from council.conflict import Conflict
from council.sentence import Sentence
from council.templates import Box, Template

Kind = Literal["conflict", "handoff", "metric", "proposal", "issue", "action", "added", "carried"]
T = TypeVar("T")


@dataclass(frozen=True, slots=True, kw_only=True)
class Point:
    """One thing to go through, in the box of that key. Texts are as typed, unescaped.

    What draws itself has an id that says what it is, *conflict:…*; `by` is None for it. `says` is what is
    known of it: where a conflict stands, what a metric shows (empty: not heard). Of a confidential conflict
    there is its number and nothing else. `carried` counts how often it was carried over.
    """

    id: str
    box: str
    kind: Kind
    text: str = ""
    says: str = ""
    by: str | None = None
    owner: str | None = None
    conflict: str | None = None
    number: int = 0
    item: str | None = None
    due: date | None = None
    accepted: bool = True
    carried: int = 0
    minutes: int | None = None
    confidential: bool = False

    @property
    def wants_outcome(self) -> bool:
        """Whether the meeting should not end without a decision, an owner or a carry-over for it."""
        return self.kind not in ("handoff", "metric", "action")

    @property
    def about(self) -> str:
        """What it is about, wherever it came from: the same conflict or action item stands there once."""
        if self.conflict:
            return f"conflict:{self.conflict}"
        return f"action:{self.item}" if self.item else self.id


@dataclass(frozen=True, slots=True, kw_only=True)
class Arranged:
    """A box as the chair arranged it."""

    box: str
    minutes: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Reading:
    """What came of asking for a shared metric: `of` was asked; the value is as typed, empty: not heard."""

    metric: str
    of: str
    value: str = ""
    by: str | None = None
    at: datetime | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Filled:
    """One box of the agenda as it stands: its points, what is only said, and how many more there are."""

    box: Box
    points: tuple[Point, ...] = ()
    lines: tuple[Sentence, ...] = ()
    more: int = 0


@dataclass(frozen=True, slots=True, kw_only=True)
class Agenda:
    """What is stored of a meeting's agenda; instants are aware UTC.

    `owners` and `minutes_of` say by point id what the chair arranged for points that draw themselves too.
    It is `due_at` that instant as long as nobody could have posted it earlier; `late` when it was posted
    clearly after it, `missed` when the meeting had begun by then. `channel` is where it was put up.
    `fixed` is the agenda as it stood when the meeting began; empty before.
    """

    order: tuple[Arranged, ...] = ()
    points: tuple[Point, ...] = ()
    dropped: tuple[str, ...] = ()
    owners: Mapping[str, str] = field(default_factory=dict)
    readings: tuple[Reading, ...] = ()
    asked_at: datetime | None = None
    due_at: datetime | None = None
    posted_at: datetime | None = None
    channel: str | None = None
    late: bool = False
    missed: bool = False
    fixed: tuple[Filled, ...] = ()

    @property
    def proposed(self) -> tuple[Point, ...]:
        """What waits for the chair to accept it."""
        waiting = (point for point in self.points if not point.accepted)
        return tuple(point for point in waiting if point.id not in self.dropped)

    @property
    def people(self) -> Iterator[str]:
        """Everybody who may be named in it."""
        named = [*self.points, *(point for filled in self.fixed for point in filled.points)]
        for point in named:
            yield from (person for person in (point.by, point.owner) if person)
        yield from self.owners.values()
        for reading in self.readings:
            yield from (person for person in (reading.of, reading.by) if person)


@dataclass(frozen=True, slots=True)
class Some(Generic[T]):
    """The first of them, and how many there are."""

    first: tuple[T, ...] = ()
    count: int = 0


@dataclass(frozen=True, slots=True, kw_only=True)
class Material:
    """What the store knows now and an agenda is drawn from.

    `waiting` are conflicts to be decided in this very meeting, `overdue` and `open` all others, `decided`
    those since the meeting before. `held` meetings of its kind came before it; `carried` is what they left.
    `linked` is how the conflicts and action items that stored points are about stand now; `hidden` are
    action items of confidential conflicts.
    """

    as_of: datetime
    waiting: Some[Conflict] = field(default_factory=Some)
    overdue: Some[Conflict] = field(default_factory=Some)
    open: Some[Conflict] = field(default_factory=Some)
    decided: Some[Conflict] = field(default_factory=Some)
    late_items: Some[ActionItem] = field(default_factory=Some)
    due_items: Some[ActionItem] = field(default_factory=Some)
    carried: tuple[Point, ...] = ()
    linked: Mapping[str, Conflict | ActionItem] = field(default_factory=dict)
    hidden: frozenset[str] = frozenset()
    held: int = 0
    presenter: str | None = None

    @property
    def people(self) -> Iterator[str]:
        """Everybody who may be named in what is drawn from it."""
        conflicts = (*self.waiting.first, *self.overdue.first, *self.open.first, *self.decided.first)
        items = (*self.late_items.first, *self.due_items.first)
        yield from (each.owner for each in (*conflicts, *items, *self.linked.values()))
        yield from (person for point in self.carried for person in (point.by, point.owner) if person)
        yield from (self.presenter,) if self.presenter else ()


def boxes(agenda: Agenda, template: Template) -> tuple[Box, ...]:
    """The template's boxes as the chair arranged them; one the arrangement does not know comes last."""
    arranged = [
        replace(box, minutes=each.minutes)
        for each in agenda.order
        for box in template.boxes
        if box.key == each.box
    ]
    known = {box.key for box in arranged}
    return (*arranged, *(box for box in template.boxes if box.key not in known))


def minutes(agenda: Agenda, template: Template) -> int:
    """How long all of its boxes take together."""
    return sum(box.minutes for box in boxes(agenda, template))


def with_point(agenda: Agenda, point: Point) -> Agenda:
    """The agenda with one point more; what stands on it already stays as it is."""
    if point.id in {each.id for each in agenda.points}:
        return agenda
    return replace(agenda, points=(*agenda.points, point))


@dataclass(frozen=True, slots=True, kw_only=True)
class Before:
    """An earlier meeting of the same kind: whether it was held, what it carried over, and its agenda."""

    held: bool
    carried: tuple[Point, ...]
    agenda: Agenda


def left_over(earlier: Iterable[Before]) -> tuple[Point, ...]:
    """What earlier meetings, the latest first, leave to the next one.

    Of one that was held what it carried over, and nothing earlier; of those that did not take place since
    then what was added to them. What the chair dropped meanwhile stays dropped.
    """
    found: dict[str, Point] = {}
    dropped: set[str] = set()
    for each in earlier:
        left = each.carried if each.held else tuple(point for point in each.agenda.points if point.accepted)
        dropped |= set() if each.held else set(each.agenda.dropped)
        for point in left:
            if point.id not in dropped:
                found.setdefault(point.about, point)
        if each.held:
            break
    return tuple(found.values())
