"""Absences: saved with all that hangs on them, ended, and what happened meanwhile."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from sqlalchemy import Connection, Select, exists, or_, select

from council.coming_back import WhileAway, returned
from council.conflict import Conflict
from council.people import Absence
from council.permissions import REOPENABLE
from council.standing_in import BACK
from council.waking import wake
from council.workspace import Workspace
from storage import actions, homes, lanes, outbox, standups, wakes
from storage.applying import apply
from storage.codec import load_conflict
from storage.conflicts import OPEN
from storage.tables import conflicts as rows
from storage.tables import in_state, timeline
from storage.unit import Unit
from storage.workspaces import Known, find_absence, save_absence

SUBJECT = "absence"
"""The kind of subject an absence is for wake-ups: *absence:id*."""


def keep(unit: Unit, absence: Absence, workspace: Workspace) -> None:
    """Save an absence; every conflict it may move is looked at now, and the return when it has come."""
    connection, team, now = unit.connection, unit.team, unit.clock()
    save_absence(connection, team, absence.id, absence, now)
    # What nobody could take while all were away goes to whoever is back first.
    missing = {each.person for each in workspace.absences if each.covers(now)}
    for person in sorted({absence.person, *missing}):
        wakes.look_now(connection, team, person, now)
    standups.look_now(connection, team, now)
    wakes.arm(connection, team, f"{SUBJECT}:{absence.id}", max(absence.until, now))
    lanes.ready(connection, team, homes.want(connection, team, [absence.person], now))


def look_at(unit: Unit, id: str) -> None:
    """What now? Once it is over: what is theirs again goes back, and one message says what happened."""
    absence, now = find_absence(unit.connection, unit.team, id), unit.clock()
    over = absence is None or absence.until <= now
    wakes.arm(unit.connection, unit.team, f"{SUBJECT}:{id}", None if over or not absence else absence.until)
    if absence is not None and over:
        welcome(unit, absence.person, absence.since, f"{SUBJECT}:{id}")


def welcome(unit: Unit, person: str, since: datetime, subject: str) -> None:
    """Somebody is here again who was not since then; `subject` makes the message the same message."""
    connection, team, now = unit.connection, unit.team, unit.clock()
    workspace = Known(connection, team).workspace([person], now=now)
    if workspace is None or workspace.gone(person):
        return
    for body in connection.execute(_stood_in_for(team, person).where(in_state(rows, *OPEN))).scalars().all():
        conflict = load_conflict(body)
        knowing = Known(connection, team).workspace(conflict.insiders | {person}, now=now)
        apply(connection, unit.ids, wake(conflict, knowing or workspace, now), now)
    notice = returned(person, since, workspace, now)
    outbox.add(connection, team, unit.ids(), notice, conflict=None, subject=subject, version=0)
    lanes.ready(connection, team, homes.want(connection, team, [person], now))


def while_away(connection: Connection, team: str, person: str, since: datetime, now: datetime) -> WhileAway:
    """What happened since then, as it stands now."""
    lately = or_(rows.c.ended_at.is_(None), rows.c.ended_at >= since)
    stood_in = _all(connection, _stood_in_for(team, person).where(lately))
    went_back = exists().where(
        timeline.c.conflict == rows.c.id, timeline.c.kind == BACK, timeline.c.at >= since
    )
    theirs = (rows.c.team == team, rows.c.owner == person, in_state(rows, *OPEN))
    items, _ = actions.open_of(connection, team, person)
    workspace = Known(connection, team).workspace(now=now)
    days = (workspace.today(since), workspace.today(now)) if workspace else None
    return WhileAway(
        decided=tuple(each for each in stood_in if each.state in REOPENABLE),
        again=_all(connection, select(rows.c.body).where(*theirs, went_back)),
        kept=tuple(each for each in stood_in if each.is_open),
        items=items,
        fell_due=any(days[0] <= item.due < days[1] for item in items) if days else False,
    )


def _stood_in_for(team: str, person: str) -> Select[Any]:
    return select(rows.c.body).where(rows.c.team == team, rows.c.stands_in_for == person)


def _all(connection: Connection, query: Select[Any]) -> tuple[Conflict, ...]:
    found = (load_conflict(body) for body in connection.execute(query).scalars())
    return tuple(sorted(found, key=lambda conflict: conflict.number))
