"""The decision log of a workspace: what was decided, the newest first, page by page."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Any

from sqlalchemy import ColumnElement, Connection, Select, and_, func, or_, select

from council.conflict import Conflict
from storage.codec import load_conflict
from storage.conflicts import DECIDED, visible_to
from storage.tables import conflicts as rows

MOST_COUNTED = 100
"""More than so many are not counted: it would cost more the more there are."""


@dataclass(frozen=True, slots=True)
class Page:
    """Decisions, the newest first; how many are older, counted up to `MOST_COUNTED`; whether any is newer."""

    decisions: tuple[Conflict, ...]
    older: int
    newer: bool


def page(
    connection: Connection,
    team: str,
    person: str,
    here: str,
    most: int,
    *,
    beside: str = "",
    newer: bool = False,
) -> Page:
    """What stands directly beside the decision of that id, as far as this person may see it.

    Of one that is decided no more, or of none, the newest of all.
    """
    seen = and_(*_decided(team), visible_to(person, here))
    place = connection.execute(select(rows.c.ended_at, rows.c.id).where(seen, rows.c.id == beside)).first()
    query = select(rows.c.body, rows.c.ended_at, rows.c.id).where(seen).limit(most)
    if place is None:
        found = connection.execute(_newest_first(query)).all()
    elif newer:
        after = query.where(_later(place.ended_at, place.id))
        found = connection.execute(after.order_by(rows.c.ended_at, rows.c.id)).all()[::-1]
    else:
        found = connection.execute(_newest_first(query.where(_earlier(place.ended_at, place.id)))).all()
    if not found:
        return Page((), 0, newer=False)
    first, last = found[0], found[-1]
    decisions = tuple(load_conflict(row.body) for row in found)
    older = _count(connection, seen & _earlier(last.ended_at, last.id), MOST_COUNTED)
    return Page(decisions, older, newer=_count(connection, seen & _later(first.ended_at, first.id), 1) > 0)


def in_force(
    connection: Connection, team: str, person: str, here: str, today: date, most: int
) -> tuple[Conflict, ...]:
    """The newest decisions that hold today, as far as this person may see them."""
    holds = or_(rows.c.holds_until.is_(None), rows.c.holds_until >= today)
    query = select(rows.c.body).where(*_decided(team), visible_to(person, here), holds).limit(most)
    return tuple(load_conflict(row.body) for row in connection.execute(_newest_first(query)))


def _decided(team: str) -> tuple[ColumnElement[bool], ...]:
    """What has ended comes first in its index; what is open would otherwise be read on the way."""
    return rows.c.team == team, rows.c.ended_at.is_not(None), rows.c.state == DECIDED


def _newest_first(query: Select[Any]) -> Select[Any]:
    return query.order_by(rows.c.ended_at.desc(), rows.c.id.desc())


def _earlier(at: Any, id: str) -> ColumnElement[bool]:
    return and_(rows.c.ended_at <= at, or_(rows.c.ended_at < at, rows.c.id < id))


def _later(at: Any, id: str) -> ColumnElement[bool]:
    return and_(rows.c.ended_at >= at, or_(rows.c.ended_at > at, rows.c.id > id))


def _count(connection: Connection, those: ColumnElement[bool], most: int) -> int:
    few = select(rows.c.id).where(those).limit(most).subquery()
    return connection.execute(select(func.count()).select_from(few)).scalar_one()
