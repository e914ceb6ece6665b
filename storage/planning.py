"""Moved, skipped and extra dates: every change stays, and whatever hangs on the ceremony is looked at."""

from __future__ import annotations

from dataclasses import asdict

from sqlalchemy import Connection, bindparam, insert, select

from council.conflict import Conflict
from council.planning import Planned
from council.workspace import Workspace
from storage import homes, lanes, outbox, wakes
from storage.codec import load_conflict
from storage.memory import changed
from storage.tables import changes, conflicts
from storage.unit import Unit
from storage.workspaces import Known

# Built once: building a statement takes longer than running it.
_HANGING = (
    select(conflicts.c.id, conflicts.c.body)
    .where(conflicts.c.team == bindparam("team"), conflicts.c.hangs_on == bindparam("ceremony"))
    .order_by(conflicts.c.number)
)


def to_plan(unit: Unit) -> Workspace | None:
    """The workspace, for who is about to change its dates: each sees what the one before has changed."""
    changed(unit.connection, unit.team)
    return Known(unit.connection, unit.team).workspace(now=unit.clock())


def hanging(connection: Connection, team: str, ceremony: str) -> tuple[Conflict, ...]:
    """Open conflicts whose deadline moves with this ceremony, by number."""
    found = connection.execute(_HANGING, {"team": team, "ceremony": ceremony})
    return tuple(load_conflict(row.body) for row in found)


def keep(unit: Unit, planned: Planned) -> None:
    """Save the change and what is said about it; every deadline that may hang on it is looked at now."""
    connection, team, now, change = unit.connection, unit.team, unit.clock(), planned.change
    changed(connection, team)
    connection.execute(insert(changes).values(team=team, **asdict(change)))
    look_at_hanging(unit, change.ceremony)
    subject = f"{change.ceremony}:{change.on.isoformat()}"
    for notice in planned.notices:
        version = int(notice.facts["sequence"])
        outbox.add(connection, team, unit.ids(), notice, conflict=None, subject=subject, version=version)
    touched = [change.by] if change.by else []
    lanes.ready(connection, team, homes.want(connection, team, touched, now))


def look_at_hanging(unit: Unit, ceremony: str) -> None:
    """Every open conflict whose deadline moves with this ceremony is looked at now."""
    for conflict in hanging(unit.connection, unit.team, ceremony):
        wakes.arm(unit.connection, unit.team, conflict.id, unit.clock())
