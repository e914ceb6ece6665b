"""The course of a meeting: where it is in its agenda, what came of each item, who was there.

Nothing in it is overwritten: what came of an item is appended, and so are later changes of the minutes.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta
from typing import Literal

from council.agenda import Filled, Point
from council.conflict import Ruling
from council.templates import Box

CameKind = Literal["decided", "owner", "carried", "nothing"]
ATTENDANCE, NOTE = "attendance", "note"
"""What of the minutes can be changed besides the items."""


@dataclass(frozen=True, slots=True)
class Item:
    """One thing to go through: a point of the agenda, or a whole box that has none.

    `place` counts the boxes and `nth` of `count` the points in it, all from 1.
    """

    id: str
    place: int
    box: Box
    point: Point | None
    nth: int = 1
    count: int = 1


@dataclass(frozen=True, slots=True, kw_only=True)
class Came:
    """One thing that came of an item. `words`: what was decided, what is to be done, why it is carried over.

    `person` does it, or brings it back; `ruling` is the decision as it was taken on a conflict. `until`: the
    new limit of a conflict that was carried over. Texts are as typed, unescaped; instants are aware UTC.
    """

    of: str
    kind: CameKind
    by: str
    at: datetime
    words: str = ""
    why: str = ""
    person: str | None = None
    due: date | None = None
    action: str | None = None
    ruling: Ruling | None = None
    until: datetime | None = None


@dataclass(frozen=True, slots=True)
class Began:
    """When an item was come to, and who went there."""

    of: str
    at: datetime
    by: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Edit:
    """A change of the minutes: the line of an item (by its id), the note, or who was there."""

    of: str
    by: str
    at: datetime
    words: str = ""
    people: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Course:
    """What happens in a meeting; instants are aware UTC.

    `afterwards`: its outcomes are recorded later, so no time is taken. `attended` is None while nobody has
    noted who is there. `closing`: somebody wants to finish and items wait for an outcome. `draft`: it was
    never finished, so its minutes went out for the chair to look at.
    """

    by: str
    started_at: datetime
    afterwards: bool = False
    at: str
    began: tuple[Began, ...] = ()
    came: tuple[Came, ...] = ()
    attended: tuple[str, ...] | None = None
    closing: bool = False
    asked_at: datetime | None = None
    ended_at: datetime | None = None
    draft: bool = False
    edits: tuple[Edit, ...] = ()

    @property
    def people(self) -> Iterator[str]:
        """Everybody who is named in it."""
        yield self.by
        yield from self.attended or ()
        for came in self.came:
            yield from (person for person in (came.by, came.person) if person)
        for edit in self.edits:
            yield from (edit.by, *edit.people)

    def of(self, item: str) -> tuple[Came, ...]:
        """What came of an item, in the order in which it did."""
        return tuple(each for each in self.came if each.of == item)

    def began_at(self, items: Iterable[Item], place: int) -> datetime:
        """When the box at that place was come to first; the meeting's start while it was not."""
        inside = {item.id for item in items if item.place == place}
        return min((each.at for each in self.began if each.of in inside), default=self.started_at)

    @property
    def took(self) -> timedelta | None:
        """How long it took; None while it runs, and where nobody took the time."""
        return None if self.afterwards or self.ended_at is None else self.ended_at - self.started_at


def items_of(agenda: tuple[Filled, ...]) -> tuple[Item, ...]:
    """What a meeting goes through, in order: each point, and each box that has none."""
    found: list[Item] = []
    for place, filled in enumerate(agenda, start=1):
        count = len(filled.points)
        found += [
            Item(point.id, place, filled.box, point, nth, count)
            for nth, point in enumerate(filled.points, start=1)
        ]
        if not count:
            found.append(Item(f"box:{filled.box.key}", place, filled.box, None))
    return tuple(found)


def begin(items: tuple[Item, ...], *, by: str, afterwards: bool, now: datetime) -> Course:
    """At the first item."""
    first = items[0].id
    return Course(by=by, started_at=now, afterwards=afterwards, at=first, began=(Began(first, now, by),))


def at(course: Course, item: str, by: str, now: datetime) -> Course:
    """The course once somebody has gone to that item."""
    return replace(course, at=item, closing=False, began=(*course.began, Began(item, now, by)))


def place_of(items: tuple[Item, ...], id: str) -> int:
    """Where an item stands in the order, from 0; the first for one that is not there."""
    return next((place for place, item in enumerate(items) if item.id == id), 0)
