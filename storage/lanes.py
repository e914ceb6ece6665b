"""Lanes: one receiver each, a person or a channel of one workspace, served by one process at a time.

`ready_at` says when a lane has something to do. Rows of a lane are written before the lane itself, and
lanes in the order of their names, so that two writers never wait for one another.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta
from functools import cache
from typing import Any

from sqlalchemy import (
    BindParameter,
    ColumnElement,
    Connection,
    Table,
    and_,
    bindparam,
    case,
    func,
    or_,
    select,
    tuple_,
    union,
    update,
)

from storage.leases import ends, free, lease
from storage.tables import homes, in_state, lanes, messages, notices
from storage.upserts import Put, put

READ_BACK_AFTER = timedelta(seconds=15)
"""A post without an answer is looked for not earlier: the client's time-out and five seconds."""
SOON = timedelta(seconds=2)
"""A message that is to change waits this long at most; more was set by a clock that was ahead."""
STUCK = timedelta(minutes=15)

Key = tuple[str, str]
"""A workspace and a lane of it."""
Busy = tuple[str, datetime, int]
"""A lane, since when it has something to do, and how important that is (1 most)."""


class Lost(Exception):
    """The lane was given to another process; what is under way here must not be saved."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Lane:
    """A claimed lane."""

    team: str
    lane: str
    holder: str
    tries: int
    failing_since: datetime | None

    @property
    def key(self) -> Key:
        """What tells it from all others."""
        return self.team, self.lane


@dataclass(frozen=True, slots=True, kw_only=True)
class Stuck:
    """A lane that takes nothing, since when, and what Slack says."""

    team: str
    lane: str
    failing_since: datetime
    error: str


def ready(connection: Connection, team: str, busy: Iterable[Busy]) -> None:
    """These lanes have something to do; an earlier instant and a higher priority that stand already stay."""
    put(connection, [made_ready(team, busy)])


def made_ready(team: str, busy: Iterable[Busy]) -> Put:
    """The rows of the same, in the order in which all writers take them."""
    first: dict[str, tuple[datetime, int]] = {}
    for lane, at, priority in busy:
        known = first.get(lane, (at, priority))
        first[lane] = (min(at, known[0]), min(priority, known[1]))
    rows = [
        {"team": team, "lane": lane, "ready_at": at, "priority": priority}
        for lane, (at, priority) in sorted(first.items())
    ]
    return Put(lanes, rows, _sooner)


def _sooner(fresh: Any, names: tuple[str, ...]) -> Any:
    known_at, new_at = lanes.c.ready_at, fresh.excluded.ready_at
    known_priority, new_priority = lanes.c.priority, fresh.excluded.priority
    sooner = or_(known_at.is_(None), new_at < known_at)
    higher = or_(known_at.is_(None), new_priority < known_priority)
    values = {
        "ready_at": case((sooner, new_at), else_=known_at),
        "priority": case((higher, new_priority), else_=known_priority),
    }
    return fresh.on_conflict_do_update(index_elements=["team", "lane"], set_=values)


def earliest(connection: Connection) -> datetime | None:
    """When the next lane has something to do; held ones count too."""
    return connection.execute(_EARLIEST).scalar()


def claim(
    connection: Connection, holder: str, now: datetime, most: int = 8, among: Collection[Key] | None = None
) -> list[Lane]:
    """Take up to `most` lanes, perhaps only some: round robin over workspaces, then by priority, then by age.

    One statement, with the condition repeated outside: otherwise PostgreSQL hands one row to several.
    """
    dialect = connection.dialect.name
    taken = {"mine": holder, "now": now, "most": most, **ends(dialect, now)}
    if among is not None:
        taken["among"] = sorted(among)
    claiming = _claiming(dialect, some=among is not None)
    rows = [Lane(**row._mapping) for row in connection.execute(claiming, taken)]
    return sorted(rows, key=lambda lane: (lane.team, lane.lane))


@cache
def _claiming(dialect: str, *, some: bool) -> Any:
    mine = bindparam("mine", type_=lanes.c.holder.type)
    free_ones = free(dialect, lanes.c.holder, lanes.c.lease_until, mine)
    due = and_(lanes.c.ready_at <= bindparam("now"), free_ones)
    if some:
        due = and_(due, tuple_(lanes.c.team, lanes.c.lane).in_(bindparam("among", expanding=True)))
    turn = func.row_number().over(partition_by=lanes.c.team, order_by=(lanes.c.priority, lanes.c.ready_at))
    ranked = select(lanes.c.team, lanes.c.lane, turn.label("turn")).where(due).subquery("ranked")
    chosen = (
        select(lanes.c.team, lanes.c.lane)
        .join(ranked, and_(lanes.c.team == ranked.c.team, lanes.c.lane == ranked.c.lane))
        .where(due)
        .order_by(ranked.c.turn, lanes.c.priority, lanes.c.ready_at, lanes.c.lane)
        .limit(bindparam("most"))
        .with_for_update(skip_locked=True, of=lanes)
        .cte("chosen")
    )
    return (
        update(lanes)
        .where(due, lanes.c.team == chosen.c.team, lanes.c.lane == chosen.c.lane)
        .values(holder=mine, lease_until=lease(dialect))
        .returning(lanes.c.team, lanes.c.lane, lanes.c.holder, lanes.c.tries, lanes.c.failing_since)
    )


def in_doubt(connection: Connection, among: Collection[Key]) -> frozenset[Key]:
    """Those of the lanes in which nobody knows of some post whether it stands there."""
    found = union(
        *(
            select(table.c.team, table.c.lane).where(_is_among(table, among), table.c.state == "calling")
            for table in (notices, messages)
        )
    )
    return frozenset((row.team, row.lane) for row in connection.execute(found))


def _is_among(table: Table, among: Collection[Key]) -> ColumnElement[bool]:
    return tuple_(table.c.team, table.c.lane).in_(sorted(among))


def keep(connection: Connection, lane: Lane, now: datetime) -> None:
    """Work goes on and the lease is renewed; raises `Lost` when somebody else has the lane by now."""
    dialect = connection.dialect.name
    if connection.execute(_keeping(dialect), {**_mine(lane), **ends(dialect, now)}).rowcount != 1:
        raise Lost(lane.lane)


@cache
def _keeping(dialect: str) -> Any:
    return _HELD.values(lease_until=lease(dialect))


def release(connection: Connection, lane: Lane, now: datetime, *, pause: timedelta = timedelta(0)) -> None:
    """Done for now: ready again when something of it falls due, but not before `pause` is over.

    The lane's row is locked before looking, so that what is added meanwhile is not overlooked.
    """
    keep(connection, lane, now)
    waits = connection.execute(_PENDING, _here(lane)).one()
    in_doubt = min((at for at in (waits.said, waits.posted) if at), default=None)
    to_change = min(waits.changed, now + SOON) if waits.changed else None
    at = min((at for at in (waits.due, to_change, waits.drawn) if at), default=None)
    if in_doubt is not None:
        at = min(in_doubt, now) + READ_BACK_AFTER
    elif at is not None:
        at = max(at, now + pause)
    given = {"at": at, "now_priority": waits.priority or 2}
    connection.execute(_RELEASED, {**_mine(lane), **given})


def _pending() -> Any:
    """What waits in a lane: notices and messages, and those of them whose outcome is unknown."""
    team: BindParameter[str] = bindparam("its_team")
    lane: BindParameter[str] = bindparam("its_lane")
    own = and_(notices.c.team == team, notices.c.lane == lane)
    shown = and_(messages.c.team == team, messages.c.lane == lane)
    waiting, changing = and_(own, in_state(notices, "waiting")), and_(shown, in_state(messages, "waiting"))
    drawn = and_(homes.c.team == team, homes.c.person == lane)
    said, posted = and_(own, in_state(notices, "calling")), and_(shown, in_state(messages, "calling"))
    return select(
        select(func.min(notices.c.not_before)).where(waiting).scalar_subquery().label("due"),
        select(func.min(notices.c.priority)).where(waiting).scalar_subquery().label("priority"),
        select(func.min(messages.c.not_before)).where(changing).scalar_subquery().label("changed"),
        select(func.min(homes.c.want_at)).where(drawn).scalar_subquery().label("drawn"),
        select(func.min(notices.c.called_at)).where(said).scalar_subquery().label("said"),
        select(func.min(messages.c.called_at)).where(posted).scalar_subquery().label("posted"),
    )


# Built once: building a statement takes longer than running it.
_EARLIEST = select(func.min(lanes.c.ready_at))
_PENDING = _pending()
_HELD = update(lanes).where(
    lanes.c.team == bindparam("its_team"),
    lanes.c.lane == bindparam("its_lane"),
    lanes.c.holder == bindparam("its_holder"),
)
_RELEASED = _HELD.values(
    ready_at=bindparam("at"),
    priority=bindparam("now_priority"),
    holder=None,
    lease_until=None,
    tries=0,
    failing_since=None,
    error="",
)


def _here(lane: Lane) -> dict[str, str]:
    return {"its_team": lane.team, "its_lane": lane.lane}


def _mine(lane: Lane) -> dict[str, Any]:
    return {**_here(lane), "its_holder": lane.holder}


def postpone(
    connection: Connection, lane: Lane, at: datetime, now: datetime, error: str, *, tried: bool = True
) -> None:
    """Slack did not take it: the lane rests until `at`, and knows since when it fails."""
    values = {"ready_at": at, "holder": None, "lease_until": None, "tries": lane.tries + tried}
    resting = _HELD.values(failing_since=lane.failing_since or now, error=error, **values)
    connection.execute(resting, _mine(lane))


def release_all(connection: Connection) -> None:
    """At the start on SQLite: leases of earlier starts are void. Elsewhere other replicas hold theirs."""
    if connection.dialect.name == "sqlite":
        held = update(lanes).where(lanes.c.holder.is_not(None))
        connection.execute(held.values(holder=None, lease_until=None))


def look_anew(connection: Connection, now: datetime) -> None:
    """The clock was set, or nobody knows what it was: pauses that were measured by it are over."""
    resting = update(lanes).where(lanes.c.ready_at > now, lanes.c.holder.is_(None))
    connection.execute(resting.values(ready_at=now))


def stuck(connection: Connection, now: datetime) -> list[Stuck]:
    """Lanes that have taken nothing for a quarter of an hour, the longest first."""
    query = (
        select(lanes.c.team, lanes.c.lane, lanes.c.failing_since, lanes.c.error)
        .where(lanes.c.failing_since <= now - STUCK)
        .order_by(lanes.c.failing_since, lanes.c.lane)
        .limit(100)
    )
    return [Stuck(**row._mapping) for row in connection.execute(query)]


def fails(connection: Connection, team: str, lane: str) -> bool:
    """True while the lane takes nothing."""
    query = select(lanes.c.failing_since).where(lanes.c.team == team, lanes.c.lane == lane)
    return connection.execute(query).scalar_one_or_none() is not None
