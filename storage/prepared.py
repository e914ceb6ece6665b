"""Meetings and standups: the occurrences that are prepared, found and saved."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace
from datetime import date, datetime
from typing import Any, TypeVar

from sqlalchemy import Connection, Select, Table, insert, select, update

from council.meeting import Meeting
from council.standup import Standup
from storage import wakes
from storage.codec import dump_prepared, load_meeting, load_standup
from storage.errors import Stale
from storage.tables import conflicts
from storage.tables_council import meetings, standups

CEREMONY, MEETING, STANDUP = "ceremony", "meeting", "standup"
"""The kinds of subject they are for wake-ups and messages: *ceremony:key*, *meeting:id*, *standup:id*."""

RAILS = "rails:council"
"""What the guard rails are called where they are looked at again, all three together."""

P = TypeVar("P", bound=Meeting | Standup)


def subject_of(prepared: Meeting | Standup) -> str:
    """What it is called where it is looked at again, and where it is spoken of."""
    return f"{MEETING if isinstance(prepared, Meeting) else STANDUP}:{prepared.id}"


def ceremony_subject(key: str) -> str:
    """What a ceremony is called where it is looked at again."""
    return f"{CEREMONY}:{key}"


def look_anew(connection: Connection, team: str, keys: Iterable[str], now: datetime) -> None:
    """These ceremonies, or dates of theirs, have changed: they and what is prepared are looked at.

    So is every open conflict whose deadline moves with a ceremony, perhaps with one that is gone.
    """
    planned: set[str] = set()
    for table in (meetings, standups):
        here = (table.c.team == team, table.c.state == "planned")
        planned |= set(connection.execute(select(table.c.ceremony).where(*here)).scalars())
    for key in sorted(planned | set(keys)):
        wakes.arm(connection, team, ceremony_subject(key), now)
    hanging = select(conflicts.c.id).where(conflicts.c.team == team, conflicts.c.hangs_on.is_not(None))
    for conflict in connection.execute(hanging.order_by(conflicts.c.id)).scalars().all():
        wakes.arm(connection, team, conflict, now)


def find_meeting(connection: Connection, team: str, id: str) -> Meeting | None:
    """The meeting of that id in this workspace."""
    return next(iter(_meetings(connection, _with_id(meetings, team, id))), None)


def find_standup(connection: Connection, team: str, id: str) -> Standup | None:
    """The standup of that id in this workspace."""
    return next(iter(_standups(connection, _with_id(standups, team, id))), None)


def meeting_on(connection: Connection, team: str, ceremony: str, on: date) -> Meeting | None:
    """The meeting that is known by this date."""
    return next(iter(_meetings(connection, _on(meetings, team, ceremony, on))), None)


def standup_on(connection: Connection, team: str, ceremony: str, on: date) -> Standup | None:
    """The standup that is known by this date."""
    return next(iter(_standups(connection, _on(standups, team, ceremony, on))), None)


def planned_of(connection: Connection, team: str, ceremony: str) -> tuple[Meeting | Standup, ...]:
    """Everything of a ceremony that has not begun yet, the earliest first."""
    found: list[Meeting | Standup] = []
    for table, load in ((meetings, load_meeting), (standups, load_standup)):
        here = (table.c.team == team, table.c.state == "planned", table.c.ceremony == ceremony)
        rows = connection.execute(select(table.c.body).where(*here).order_by(table.c.starts, table.c.id))
        found += [load(row.body) for row in rows]
    return tuple(found)


def last_finished(connection: Connection, team: str, ceremony: str) -> Meeting | None:
    """The latest meeting of a ceremony that has its minutes."""
    finished = (meetings.c.state == "finished", meetings.c.ceremony == ceremony)
    query = select(meetings.c.body).where(meetings.c.team == team, *finished)
    return next(iter(_meetings(connection, query.order_by(meetings.c.starts.desc()).limit(1))), None)


def meetings_ahead(connection: Connection, team: str, now: datetime) -> tuple[Meeting, ...]:
    """Meetings that have not begun, the soonest first."""
    here = (meetings.c.team == team, meetings.c.state == "planned")
    found = _meetings(connection, select(meetings.c.body).where(*here).order_by(meetings.c.starts))
    return tuple(meeting for meeting in found if meeting.ends > now)


def save(connection: Connection, prepared: P) -> P:
    """Keep a new or changed one; raises `Stale` when somebody was faster."""
    saved, table = replace(prepared, version=prepared.version + 1), _table(prepared)
    if not prepared.version:
        connection.execute(insert(table).values(**_row(saved)))
        return saved
    here = (table.c.id == prepared.id, table.c.version == prepared.version)
    if connection.execute(update(table).where(*here).values(**_row(saved))).rowcount != 1:
        raise Stale(f"{subject_of(prepared)} is not at version {prepared.version} any more")
    return saved


def _table(prepared: Meeting | Standup) -> Table:
    return meetings if isinstance(prepared, Meeting) else standups


def _row(prepared: Meeting | Standup) -> dict[str, Any]:
    names = ("id", "team", "ceremony", "on", "starts", "version")
    plain = {name: getattr(prepared, name) for name in names}
    return {**plain, "state": prepared.state.value, "body": dump_prepared(prepared)}


def _with_id(table: Table, team: str, id: str) -> Select[Any]:
    return select(table.c.body).where(table.c.team == team, table.c.id == id)


def _on(table: Table, team: str, ceremony: str, on: date) -> Select[Any]:
    here = (table.c.team == team, table.c.ceremony == ceremony, table.c.on == on)
    return select(table.c.body).where(*here)


def _meetings(connection: Connection, query: Select[Any]) -> Iterable[Meeting]:
    return [load_meeting(row.body) for row in connection.execute(query)]


def _standups(connection: Connection, query: Select[Any]) -> Iterable[Standup]:
    return [load_standup(row.body) for row in connection.execute(query)]
