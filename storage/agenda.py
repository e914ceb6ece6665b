"""What an agenda is drawn from, read at one instant; and the agendas that follow what happens."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import ColumnElement, Connection, case, func, literal, select, update

from council.action_item import ActionItem, ItemState
from council.agenda import Before, Material, Point, Some, left_over
from council.conflict import Conflict
from council.hours import wall
from council.meeting import Meeting, MeetingState
from council.preparing import presenter
from council.problems import INTERVALS
from council.workspace import Workspace
from storage import actions, conflicts
from storage.codec import load_conflict, load_item, load_meeting
from storage.columns import UTC
from storage.conflicts import DECIDED, OPEN
from storage.lanes import Busy
from storage.memory import newest
from storage.planning import hanging
from storage.prepared import subject_of
from storage.tables import actions as item_rows
from storage.tables import conflicts as rows
from storage.tables import in_state, messages
from storage.tables_council import meetings

MOST_READ = 40
"""So many of each are read whole; the rest is counted."""
MOST_EARLIER = 12
UNHURRIED = timedelta(minutes=1)
"""An agenda follows what happens this much later: whatever happens meanwhile is shown with it."""


def material(connection: Connection, meeting: Meeting, workspace: Workspace, now: datetime) -> Material:
    """Everything the agenda of this meeting is drawn from, as it is now."""
    team, ceremony = meeting.team, workspace.calendar.ceremony(meeting.ceremony)
    earlier = _earlier(connection, meeting)
    last = next((each.ends for each in earlier if each.state is MeetingState.FINISHED), None)
    since = last or now - INTERVALS[ceremony.every if ceremony else "month"]
    held = _held(connection, meeting)
    carried = left_over(
        Before(held=each.state is MeetingState.FINISHED, carried=each.carried, agenda=each.agenda)
        for each in earlier
    )
    waiting = _waiting(connection, meeting)
    others = rows.c.id.not_in([each.id for each in waiting])
    open_ones = (rows.c.team == team, in_state(rows, *OPEN), others)
    ended = (rows.c.team == team, rows.c.state == DECIDED, rows.c.ended_at > since)
    late, due = _items(connection, meeting, workspace, now)
    linked = _linked(connection, meeting, carried)
    return Material(
        as_of=now,
        waiting=Some(waiting[:MOST_READ], len(waiting)),
        overdue=_some(connection, (*open_ones, rows.c.limit_at <= now), rows.c.limit_at),
        open=_some(connection, (*open_ones, rows.c.limit_at > now), rows.c.limit_at),
        decided=_some(connection, ended, rows.c.ended_at),
        late_items=late,
        due_items=due,
        carried=carried,
        linked=linked,
        hidden=_hidden(connection, team, (*late.first, *_those(linked.values()))),
        held=held,
        presenter=presenter(workspace, held, meeting.starts),
    )


def _earlier(connection: Connection, meeting: Meeting) -> tuple[Meeting, ...]:
    """The meetings of its kind before it, the latest first."""
    before = (meetings.c.team == meeting.team, meetings.c.ceremony == meeting.ceremony)
    query = select(meetings.c.body).where(*before, meetings.c.on < meeting.on).order_by(meetings.c.on.desc())
    return tuple(load_meeting(row.body) for row in connection.execute(query.limit(MOST_EARLIER)))


def _held(connection: Connection, meeting: Meeting) -> int:
    of_its_kind = (meetings.c.team == meeting.team, meetings.c.ceremony == meeting.ceremony)
    before = (meetings.c.state == MeetingState.FINISHED.value, meetings.c.on < meeting.on)
    counted = select(func.count()).select_from(meetings).where(*of_its_kind, *before)
    return int(connection.execute(counted).scalar_one())


def _waiting(connection: Connection, meeting: Meeting) -> tuple[Conflict, ...]:
    """What is to be decided in this very meeting, the longest reported first."""
    return tuple(
        conflict
        for conflict in hanging(connection, meeting.team, meeting.ceremony)
        if conflict.deadline.kind == "at_next" and conflict.deadline.occurrence == meeting.on
    )


def _some(
    connection: Connection, wanted: tuple[ColumnElement[bool], ...], order: ColumnElement[Any]
) -> Some[Conflict]:
    count = connection.execute(select(func.count()).select_from(rows).where(*wanted)).scalar_one()
    query = select(rows.c.body).where(*wanted).order_by(order, rows.c.id).limit(MOST_READ)
    return Some(tuple(load_conflict(row.body) for row in connection.execute(query)), int(count))


def _items(
    connection: Connection, meeting: Meeting, workspace: Workspace, now: datetime
) -> tuple[Some[ActionItem], Some[ActionItem]]:
    """What is overdue, and what is due by the day of the meeting."""
    today, due = workspace.today(now), item_rows.c.due
    day = wall(meeting.starts, workspace.hours.zone).date()
    here = (item_rows.c.team == meeting.team, in_state(item_rows, ItemState.OPEN.value))
    query = select(item_rows.c.body).where(*here, due < today).order_by(due, item_rows.c.id)
    late = tuple(load_item(row.body) for row in connection.execute(query.limit(MOST_READ)))
    counted = select(
        func.count(case((due < today, 1))), func.count(case((due.between(today, day), 1)))
    ).where(*here, due <= day)
    overdue, coming = connection.execute(counted).one()
    return Some(late, overdue), Some((), coming)


def _linked(
    connection: Connection, meeting: Meeting, carried: tuple[Point, ...]
) -> dict[str, Conflict | ActionItem]:
    """The conflicts and action items that its stored points and lines are about, as they are now."""
    team, fixed = meeting.team, meeting.agenda.fixed
    stood = (point for filled in fixed for point in filled.points)
    points = (*carried, *meeting.agenda.points, *stood)
    told = (line.facts.get("number") for filled in fixed for line in filled.lines)
    known = conflicts.these(connection, team, [point.conflict for point in points if point.conflict])
    taught = conflicts.all_numbered(connection, team, {each for each in told if isinstance(each, int)})
    items = actions.these(connection, team, [point.item for point in points if point.item])
    found: tuple[Conflict | ActionItem, ...] = (*known, *taught, *items)
    return {each.id: each for each in found}


def _those(linked: Iterable[Conflict | ActionItem]) -> tuple[ActionItem, ...]:
    return tuple(each for each in linked if isinstance(each, ActionItem))


def _hidden(connection: Connection, team: str, items: Iterable[ActionItem]) -> frozenset[str]:
    """Action items of confidential conflicts: nobody reads here what they are about."""
    of = {item.id: item.conflict for item in items if item.conflict}
    wanted = (rows.c.id.in_(sorted(set(of.values()))), rows.c.confidential)
    secret = set(connection.execute(select(rows.c.id).where(*wanted)).scalars()) if of else set()
    return frozenset(id for id, conflict in of.items() if conflict in secret)


def standing(connection: Connection, team: str) -> tuple[str, ...]:
    """The meetings ahead whose agenda stands in a channel, as subjects; remembered while nothing changes."""
    held = newest(connection, team)
    if held is None:
        return _standing(connection, team)
    if held.agendas is None:
        held.agendas = _standing(connection, team)
    return held.agendas


def _standing(connection: Connection, team: str) -> tuple[str, ...]:
    planned = (meetings.c.team == team, meetings.c.state == MeetingState.PLANNED.value)
    found = (load_meeting(row.body) for row in connection.execute(select(meetings.c.body).where(*planned)))
    return tuple(subject_of(each) for each in found if each.agenda.posted_at is not None)


def follow(connection: Connection, team: str, now: datetime, *, hides: bool = False) -> list[Busy]:
    """A conflict or an action item has changed: agendas that stand follow quietly, a minute later.

    When something `hides` they follow at once.
    """
    subjects = standing(connection, team)
    if not subjects:
        return []
    here = (messages.c.team == team, messages.c.subject.in_(subjects), messages.c.kind == "agenda")
    shown = messages.c.state == "shown"
    later = literal(now if hides else now + UNHURRIED, UTC)
    values = {
        "wanted": messages.c.wanted + 1,
        "not_before": later if hides else case((shown, later), else_=messages.c.not_before),
        "state": case((shown, "waiting"), else_=messages.c.state),
    }
    changed = update(messages).where(*here, messages.c.state != "gone").values(**values)
    stands = connection.execute(changed.returning(messages.c.lane, messages.c.not_before))
    return [(row.lane, row.not_before or now, 2) for row in stands]
