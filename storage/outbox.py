"""What is to be said, lane by lane, until it is said or recorded as dropped.

A lane is one receiver: a person or a channel of one workspace. One replica claims it, and its notices
go out one after another.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import (
    Column,
    ColumnElement,
    Connection,
    Row,
    Table,
    Update,
    and_,
    func,
    insert,
    select,
    update,
)

from council.notice import Notice, NoticeKind
from storage.people import upsert
from storage.tables import lanes, messages, notices
from storage.wakes import free, lease

READ_BACK_AFTER = timedelta(seconds=15)
"""A post without an answer is looked for not earlier: the client's time-out and five seconds."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Waiting:
    """A notice with its place in the outbox; `key` finds it again in Slack, `conflict` is its subject."""

    id: str
    team: str
    lane: str
    key: str
    conflict: str | None
    state: str
    called_at: datetime | None
    notice: Notice


@dataclass(frozen=True, slots=True, kw_only=True)
class Lane:
    """A claimed lane."""

    team: str
    lane: str
    priority: int
    tries: int
    failing_since: datetime | None


def key_of(subject: str, kind: str, receiver: str, version: int) -> str:
    """What makes a notice the same notice: it goes along as message metadata."""
    return hashlib.sha256(f"{subject}|{kind}|{receiver}|{version}".encode()).hexdigest()[:32]


def add(
    connection: Connection,
    team: str,
    id: str,
    notice: Notice,
    *,
    conflict: str | None,
    version: int,
    subject: str = "",
) -> bool:
    """Put a notice into its lane; the same notice twice is one. Returns False when it was there already.

    `subject` names what it is about when that is no conflict.
    """
    key = key_of(conflict or subject or id, notice.kind.value, notice.to, version)
    known = select(notices.c.id).where(notices.c.team == team, notices.c.key == key)
    if connection.execute(known).first() is not None:
        return False
    connection.execute(
        insert(notices).values(
            id=id,
            team=team,
            lane=notice.to,
            key=key,
            kind=notice.kind.value,
            conflict=conflict,
            to=notice.to,
            priority=notice.priority,
            at=notice.at,
            not_before=notice.not_before,
            good_until=notice.good_until,
            facts=dict(notice.facts),
            state="waiting",
        )
    )
    ready(connection, team, notice.to, notice.not_before, notice.priority)
    return True


def ready(connection: Connection, team: str, lane: str, at: datetime, priority: int) -> None:
    """The lane has something to do `at`; an earlier instant and a higher priority that stand already stay."""
    here = (lanes.c.team == team, lanes.c.lane == lane)
    row = connection.execute(
        select(lanes.c.ready_at, lanes.c.priority).where(*here).with_for_update()
    ).first()
    if row is None:
        upsert(connection, lanes, {"team": team, "lane": lane, "ready_at": at, "priority": priority})
        return
    earlier = at if row.ready_at is None else min(at, row.ready_at)
    higher = priority if row.ready_at is None else min(priority, row.priority)
    connection.execute(update(lanes).where(*here).values(ready_at=earlier, priority=higher))


def earliest(connection: Connection) -> datetime | None:
    """When the next lane has something to do."""
    return connection.execute(select(func.min(lanes.c.ready_at))).scalar()


def claim(connection: Connection, holder: str, now: datetime, most: int = 4) -> list[Lane]:
    """Take up to `most` lanes: round robin over workspaces, then by priority, then by age."""
    due = and_(lanes.c.ready_at <= now, free(connection, lanes.c.holder, lanes.c.lease_until, holder))
    turn = func.row_number().over(partition_by=lanes.c.team, order_by=(lanes.c.priority, lanes.c.ready_at))
    ranked = select(lanes.c.team, lanes.c.lane, turn.label("turn"), lanes.c.priority, lanes.c.ready_at).where(
        due
    )
    inner = ranked.subquery()
    order = (inner.c.turn, inner.c.priority, inner.c.ready_at, inner.c.lane)
    candidates = connection.execute(select(inner.c.team, inner.c.lane).order_by(*order).limit(most)).all()
    taken = (
        connection.execute(
            update(lanes)
            .where(due, lanes.c.team == row.team, lanes.c.lane == row.lane)
            .values(holder=holder, lease_until=lease(connection, now))
            .returning(lanes.c.team, lanes.c.lane, lanes.c.priority, lanes.c.tries, lanes.c.failing_since)
        ).first()
        for row in candidates
    )
    return [Lane(**row._mapping) for row in taken if row is not None]


def release(connection: Connection, lane: Lane, *, not_before: datetime | None = None) -> None:
    """Done for now: the lane is ready again at the first instant something of it waits for, if anything.

    The lane's row is locked before looking, so that what is added meanwhile is not overlooked.
    """
    held = (lanes.c.team == lane.team, lanes.c.lane == lane.lane)
    connection.execute(select(lanes.c.lane).where(*held).with_for_update()).first()
    instants = [
        connection.execute(select(func.min(when)).where(table.c.team == lane.team, *where)).scalar()
        for table, when, where in _pending(lane)
    ]
    known = [at for at in (*instants[:2], *(at + READ_BACK_AFTER for at in instants[2:] if at)) if at]
    at = min(known, default=None)
    if at is not None and not_before is not None:
        at = max(at, not_before)
    values = {
        "ready_at": at,
        "holder": None,
        "lease_until": None,
        "tries": 0,
        "failing_since": None,
        "error": "",
    }
    connection.execute(_lane(lane).values(**values))


def _pending(lane: Lane) -> list[tuple[Table, Column[datetime], tuple[ColumnElement[bool], ...]]]:
    """What waits in a lane: notices and messages to be said, then those whose outcome is unknown."""
    own, shown = notices.c.lane == lane.lane, messages.c.lane == lane.lane
    return [
        (notices, notices.c.not_before, (own, notices.c.state == "waiting")),
        (messages, messages.c.not_before, (shown, messages.c.state == "waiting")),
        (notices, notices.c.called_at, (own, notices.c.state == "calling")),
        (messages, messages.c.called_at, (shown, messages.c.state == "calling")),
    ]


def postpone(connection: Connection, lane: Lane, at: datetime, now: datetime, error: str) -> None:
    """Slack did not take it: the lane rests until `at`, and knows since when it fails."""
    values = {"ready_at": at, "holder": None, "lease_until": None, "tries": lane.tries + 1, "error": error}
    connection.execute(_lane(lane).values(failing_since=lane.failing_since or now, **values))


def keep(connection: Connection, lane: Lane, now: datetime) -> None:
    """Work goes on: the lease is renewed."""
    connection.execute(_lane(lane).values(lease_until=lease(connection, now)))


def _lane(lane: Lane) -> Update:
    return update(lanes).where(lanes.c.team == lane.team, lanes.c.lane == lane.lane)


def release_all(connection: Connection) -> None:
    """At the start on SQLite: leases of earlier starts are void."""
    connection.execute(update(lanes).where(lanes.c.holder.is_not(None)).values(holder=None, lease_until=None))


def due(connection: Connection, team: str, lane: str, now: datetime, most: int = 20) -> list[Waiting]:
    """What the lane has to say now: the most important first, then the oldest."""
    query = (
        select(notices)
        .where(
            notices.c.team == team,
            notices.c.lane == lane,
            notices.c.state == "waiting",
            notices.c.not_before <= now,
        )
        .order_by(notices.c.priority, notices.c.at, notices.c.id)
        .limit(most)
    )
    return [_waiting(row) for row in connection.execute(query)]


def unknown(connection: Connection, team: str, lane: str) -> list[Waiting]:
    """Posts of the lane whose outcome nobody knows: the process ended, or the answer never came."""
    here = (notices.c.team == team, notices.c.lane == lane, notices.c.state == "calling")
    query = select(notices).where(*here).order_by(notices.c.called_at.desc())
    return [_waiting(row) for row in connection.execute(query)]


def find(connection: Connection, id: str) -> Waiting | None:
    """The notice of that id, said or not."""
    row = connection.execute(select(notices).where(notices.c.id == id)).first()
    return _waiting(row) if row else None


def _waiting(row: Row[Any]) -> Waiting:
    notice = Notice(
        kind=NoticeKind(row.kind),
        to=row.to,
        at=row.at,
        not_before=row.not_before,
        good_until=row.good_until,
        priority=row.priority,
        facts=row.facts,
    )
    return Waiting(
        id=row.id,
        team=row.team,
        lane=row.lane,
        key=row.key,
        conflict=row.conflict,
        state=row.state,
        called_at=row.called_at,
        notice=notice,
    )


def mark(connection: Connection, ids: Iterable[str], state: str, *, why: str = "", now: datetime) -> None:
    """Move notices on: waiting → calling → said, dropped (with its reason) or back to waiting."""
    wanted = notices.c.id.in_(list(ids))
    values = {"state": state, "why": why, "called_at": now if state == "calling" else notices.c.called_at}
    connection.execute(update(notices).where(wanted).values(**values))


def defer(connection: Connection, notice: str, until: datetime) -> None:
    """Not yet: it waits for something else to be said first."""
    connection.execute(update(notices).where(notices.c.id == notice).values(not_before=until))


def move(connection: Connection, notice: str, lane: str, now: datetime) -> None:
    """The receiver can't be reached for good: the notice goes to its fallback's lane."""
    moved = (
        update(notices)
        .where(notices.c.id == notice)
        .values(lane=lane, to=lane, state="waiting", not_before=now)
        .returning(notices.c.team, notices.c.priority)
    )
    row = connection.execute(moved).one()
    ready(connection, row.team, lane, now, row.priority)
