"""Meetings that are held: what they need to know, and how they follow the conflicts they speak of."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime

from sqlalchemy import Connection, String, cast, select

from council.agenda import Filled
from council.conflict import Conflict
from council.drawing import drawn
from council.meeting import Meeting, MeetingState
from council.post import PostKind
from council.preparing import template_of
from council.workspace import Workspace
from storage import agenda, conflicts, messages, planning, prepared
from storage.codec import load_meeting
from storage.lanes import Busy
from storage.tables_council import meetings


def drawn_now(
    connection: Connection, meeting: Meeting, workspace: Workspace, now: datetime
) -> tuple[Filled, ...]:
    """Its agenda as it stands now; nothing for a ceremony that has none."""
    template = template_of(workspace.calendar.ceremony(meeting.ceremony))
    if template is None:
        return ()
    return drawn(meeting.agenda, template, agenda.material(connection, meeting, workspace, now))


def conflicts_on(connection: Connection, meeting: Meeting) -> Mapping[str, Conflict]:
    """The conflicts its agenda speaks of, as they are now, by id."""
    points = (point for filled in meeting.agenda.fixed for point in filled.points)
    ids = list(dict.fromkeys(point.conflict for point in points if point.conflict))
    found = conflicts.these(connection, meeting.team, ids) if ids else ()
    return {conflict.id: conflict for conflict in found}


def conflicts_of(connection: Connection, meeting: Meeting) -> Mapping[str, Conflict]:
    """The same, with all whose deadline hangs on its ceremony."""
    hanging = planning.hanging(connection, meeting.team, meeting.ceremony)
    return {conflict.id: conflict for conflict in hanging} | dict(conflicts_on(connection, meeting))


def finished(connection: Connection, team: str, most: int) -> tuple[Meeting, ...]:
    """Meetings that have minutes, the latest first."""
    here = (meetings.c.team == team, meetings.c.state == MeetingState.FINISHED.value)
    query = select(meetings.c.body).where(*here).order_by(meetings.c.starts.desc(), meetings.c.id)
    return tuple(load_meeting(row.body) for row in connection.execute(query.limit(most)))


def follow(connection: Connection, conflict: Conflict, now: datetime, *, hides: bool) -> list[Busy]:
    """A conflict looks different now: so does a meeting that runs and speaks of it.

    When it `hides`, so do all minutes that ever spoke of it.
    """
    states = () if hides else (meetings.c.state == "running",)
    only: PostKind | None = None if hides else "meeting"
    spoken = cast(meetings.c.body, String).contains(conflict.id)
    found = select(meetings.c.id).where(meetings.c.team == conflict.team, *states, spoken)
    subjects = [f"{prepared.MEETING}:{id}" for id in connection.execute(found).scalars()]
    return [
        busy
        for subject in subjects
        for busy in messages.want_subject(connection, conflict.team, subject, now, only=only)
    ]
