"""A meeting that somebody tries something in: as far as it has come, with one conflict on its agenda."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, datetime, timedelta

from council.agenda import Agenda, Filled, Point
from council.conflict import Call, Conflict
from council.course import Edit, begin, items_of
from council.meeting import Meeting, MeetingState
from council.templates import TEMPLATES

BOXES = TEMPLATES["council"].boxes
HOUR = timedelta(hours=1)


def held(conflict: Conflict, how: str, now: datetime) -> Meeting:
    """*planned* for now, *past*, *running*, or *finished* with one change of its draft."""
    point = Point(
        id=f"conflict:{conflict.id}",
        box="conflicts",
        kind="conflict",
        text="" if conflict.facts.confidential else conflict.facts.subject,
        conflict=conflict.id,
        number=conflict.number,
        confidential=conflict.facts.confidential,
    )
    fixed = tuple(Filled(box=box, points=(point,) if box.key == "conflicts" else ()) for box in BOXES)
    starts = now - 2 * HOUR if how == "past" else now
    meeting = Meeting(
        id=f"meeting.{conflict.id}",
        team=conflict.team,
        ceremony="council_meeting",
        on=date(2030, 1, 1) + timedelta(days=conflict.number),
        starts=starts,
        ends=starts + HOUR,
    )
    if how in ("planned", "past"):
        return meeting
    course = begin(items_of(fixed), by="U0REMY", afterwards=False, now=now)
    running = replace(meeting, state=MeetingState.RUNNING, agenda=Agenda(fixed=fixed), course=course)
    if how == "running":
        return running
    edited = replace(course, draft=True, edits=(Edit(of="note", by="U0REMY", at=now, words="Fine."),))
    return replace(running, state=MeetingState.FINISHED, course=edited)


def called_for(conflict: Conflict, now: datetime) -> Conflict:
    """An emergency meeting about it, asked for by its reporter, to which its owner and Dean are called."""
    call = Call(
        state="called",
        asked_by=conflict.reporter,
        why="The board meets.",
        asked_at=now,
        since=now,
        starts=now + HOUR,
        needed=(conflict.owner, "U0DEAN"),
    )
    return replace(conflict, call=call)
