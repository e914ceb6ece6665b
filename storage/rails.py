"""The guard rails looked at: how the council has been doing, and what is said about it."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import Connection, func, select

from council.conflict import State
from council.rails import Course, last_quarter, next_look, rails
from council.workspace import Workspace
from storage import outbox, prepared, wakes
from storage.tables import configurations, conflicts
from storage.unit import Unit


def look_at(unit: Unit) -> None:
    """What now? What is reached is said; the same rail in the same quarter is the same notice."""
    connection, team, now = unit.connection, unit.team, unit.clock()
    workspace = unit.known.workspace(now=now)
    if workspace is None:
        wakes.arm(connection, team, prepared.RAILS, None)
        return
    for rail in rails(workspace, _course(connection, workspace, now), now):
        outbox.add(connection, team, unit.ids(), rail.notice, conflict=None, subject=rail.key, version=0)
    wakes.arm(connection, team, prepared.RAILS, next_look(workspace.hours, now))


def _course(connection: Connection, workspace: Workspace, now: datetime) -> Course:
    keys = [ceremony.key for ceremony in workspace.configuration.ceremonies]
    meetings = (prepared.last_finished(connection, workspace.team, key) for key in keys)
    points = (point for meeting in meetings if meeting for point in meeting.carried)
    return Course(
        carried=tuple((point.text, point.carried) for point in points if not point.confidential),
        decided=_decided(connection, workspace, now),
    )


def _decided(connection: Connection, workspace: Workspace, now: datetime) -> int | None:
    """How many conflicts the last quarter decided; None when nothing was set up at its beginning."""
    team, (begins, ends) = workspace.team, last_quarter(workspace.hours, now)
    before = (configurations.c.team == team, configurations.c.at <= begins)
    if connection.execute(select(configurations.c.version).where(*before).limit(1)).first() is None:
        return None
    lately = (conflicts.c.team == team, conflicts.c.ended_at >= begins, conflicts.c.ended_at < ends)
    decided = (*lately, conflicts.c.state == State.DECIDED.value)
    return connection.execute(select(func.count()).select_from(conflicts).where(*decided)).scalar_one()
