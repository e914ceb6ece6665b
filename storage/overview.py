"""What App Home shows one person, read at one instant."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import Connection, func, or_, select

from council.action_item import ActionItem
from council.agenda import Material
from council.conflict import Conflict, State
from council.meeting import Meeting
from council.standup import Standup
from storage import actions, lanes, standups, wakes
from storage.agenda import material
from storage.codec import load_conflict
from storage.conflicts import OPEN, visible_to
from storage.prepared import meetings_ahead
from storage.tables import conflicts as rows
from storage.tables import in_state
from storage.workspaces import load

MOST_WAITING, MOST_ITEMS, MOST_REPORTED, MOST_DECIDED = 12, 8, 5, 5
LOADED = 4
"""From so many open conflicts on it is said who owns more than half of them."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Overview:
    """The newest or most urgent of each, and how many there are in all."""

    waiting: tuple[Conflict, ...] = ()
    waiting_in_all: int = 0
    items: tuple[ActionItem, ...] = ()
    items_in_all: int = 0
    reported: tuple[Conflict, ...] = ()
    decided: tuple[Conflict, ...] = ()
    loaded: str | None = None
    """Who owns more than half of what is open."""
    agenda: tuple[Meeting, Material] | None = None
    """The next meeting that has an agenda, and what that is drawn from."""
    standup: Standup | None = None
    """The one before which they were asked and have not answered; `only_when_open`: they are asked then."""
    only_when_open: bool = False
    stuck: int = 0
    """Receivers that have taken nothing for a quarter of an hour, and what could not be looked at."""

    @property
    def people(self) -> Iterator[str]:
        """Everybody who may be named in it."""
        for conflict in (*self.waiting, *self.reported, *self.decided):
            yield conflict.owner
            yield from (conflict.ruling.by,) if conflict.ruling else ()
        yield from (self.loaded,) if self.loaded else ()


def overview(connection: Connection, team: str, person: str, now: datetime) -> Overview:
    """Everything on one person's Home."""
    waiting, waiting_in_all = _waiting(connection, team, person)
    items, items_in_all = actions.open_of(connection, team, person, MOST_ITEMS)
    return Overview(
        waiting=waiting,
        waiting_in_all=waiting_in_all,
        items=items,
        items_in_all=items_in_all,
        reported=_reported(connection, team, person),
        decided=_decided(connection, team, person),
        loaded=_loaded(connection, team),
        standup=standups.waiting_for(connection, team, person, now),
        only_when_open=standups.spares(connection, team, person),
        agenda=_agenda(connection, team, now),
        stuck=len(lanes.stuck(connection, now)) + wakes.parked(connection),
    )


def _agenda(connection: Connection, team: str, now: datetime) -> tuple[Meeting, Material] | None:
    found = next(iter(meetings_ahead(connection, team, now)), None)
    workspace = load(connection, team, now=now) if found else None
    if found is None or workspace is None:
        return None
    return found, material(connection, found, workspace, now)


def _waiting(connection: Connection, team: str, person: str) -> tuple[tuple[Conflict, ...], int]:
    part = or_(rows.c.owner == person, rows.c.asked == person)
    here = (rows.c.team == team, in_state(rows, *OPEN), part)
    count = connection.execute(select(func.count()).select_from(rows).where(*here)).scalar_one()
    query = select(rows.c.body).where(*here).order_by(rows.c.limit_at, rows.c.id).limit(MOST_WAITING)
    return tuple(load_conflict(row.body) for row in connection.execute(query)), count


def _reported(connection: Connection, team: str, person: str) -> tuple[Conflict, ...]:
    here = (rows.c.team == team, rows.c.reporter == person)
    query = select(rows.c.body).where(*here).order_by(rows.c.reported_at.desc()).limit(MOST_REPORTED)
    return tuple(load_conflict(row.body) for row in connection.execute(query))


def _decided(connection: Connection, team: str, person: str) -> tuple[Conflict, ...]:
    ended = (rows.c.team == team, rows.c.ended_at.is_not(None), rows.c.state == State.DECIDED.value)
    query = select(rows.c.body).where(*ended, visible_to(person)).order_by(rows.c.ended_at.desc())
    return tuple(load_conflict(row.body) for row in connection.execute(query.limit(MOST_DECIDED)))


def _loaded(connection: Connection, team: str) -> str | None:
    here = (rows.c.team == team, in_state(rows, *OPEN))
    counted = select(rows.c.owner, func.count().label("count")).where(*here).group_by(rows.c.owner)
    owned = Counter({row.owner: row.count for row in connection.execute(counted)})
    if owned.total() < LOADED:
        return None
    (owner, most), *_ = owned.most_common(1)
    return owner if 2 * most > owned.total() else None
