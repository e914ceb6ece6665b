"""Standups: what is known around one, whom nobody is to ask, and what was reported for those not held."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import Connection, Select, delete, exists, select

from council.conflict import Conflict
from council.meeting import Meeting
from council.rhythm import prepared_as
from council.standup import Standup, StandupOutcome, StandupState, Theirs
from council.standup_answering import became_conflict
from council.standup_leading import agenda_for_issues, bring
from council.standup_looking import NOT_HELD, Around, with_line
from council.workspace import Workspace
from storage import actions, conflicts, lanes, messages, wakes
from storage.applying import apply_meeting, apply_standup
from storage.codec import load_standup
from storage.news import note
from storage.prepared import find_standup, planned_of, save, subject_of
from storage.tables import in_state
from storage.tables import messages as posts
from storage.tables_council import spared, standups
from storage.unit import Unit
from storage.upserts import Put, missing, put

LATELY = timedelta(days=60)
"""What was reported for a standup that was not held long ago is not brought up again."""


def around(unit: Unit, standup: Standup) -> Around:
    """What a look at a standup needs to know besides the workspace."""
    connection, team = unit.connection, unit.team
    wishes = connection.execute(select(spared.c.person).where(spared.c.team == team)).scalars().all()
    left = (issue for each in _left(connection, standup) for issue in each.issues if not issue.settled)
    return Around(
        spared=frozenset(person for person in wishes if theirs(connection, team, person).nothing),
        left=tuple(left),
        standing=_standing(connection, standup),
    )


def keep(unit: Unit, outcome: StandupOutcome) -> Standup:
    """Save what a rule decided, and what of it other standups show. Raises `Stale`."""
    before = find_standup(unit.connection, unit.team, outcome.standup.id)
    saved = apply_standup(unit.connection, unit.ids, outcome, unit.clock())
    summed_up = saved.state is StandupState.SUMMED_UP
    if summed_up and before is not None and before.state is StandupState.PLANNED:
        for each in _left(unit.connection, saved):
            save(unit.connection, replace(each, carried=True))
    if before is not None and saved.state is not before.state:
        _note(unit, saved)
    if summed_up:
        _bring(unit, saved)
    _keep_line(unit, saved)
    return saved


def _left(connection: Connection, standup: Standup) -> list[Standup]:
    since, until = standup.starts - LATELY, standup.starts
    found = _all(
        connection,
        select(standups.c.body).where(
            standups.c.team == standup.team,
            in_state(standups, *(state.value for state in NOT_HELD)),
            standups.c.starts > since,
            standups.c.starts < until,
            standups.c.ceremony == standup.ceremony,
        ),
    )
    return [each for each in found if each.issues and not each.carried and each.id != standup.id]


def _standing(connection: Connection, standup: Standup) -> str:
    """The last one of its kind whose summary stands in a channel."""
    stands = exists().where(
        posts.c.team == standup.team,
        posts.c.subject == "standup:" + standups.c.id,
        posts.c.kind == "summary",
        posts.c.state != "gone",
    )
    here = (
        standups.c.team == standup.team,
        in_state(standups, StandupState.SUMMED_UP.value, StandupState.OVER.value),
        standups.c.ceremony == standup.ceremony,
        standups.c.id != standup.id,
    )
    query = select(standups.c.id).where(*here, stands).order_by(standups.c.starts.desc()).limit(1)
    return connection.execute(query).scalar() or ""


def _note(unit: Unit, standup: Standup) -> None:
    """What was missed, for the log."""
    about = subject_of(standup)
    if standup.state is StandupState.MISSED:
        note(unit.connection, "standup missed", "warning", subject=about)
    for each in standup.unasked if standup.state is StandupState.SUMMED_UP else ():
        why = "too late" if each.late else "nobody is there"
        note(unit.connection, "standup not asked", "warning", subject=about, seat=each.seat, why=why)


def _bring(unit: Unit, standup: Standup) -> None:
    """What is only annoying comes on the agenda of the council's next meeting."""
    workspace, now = unit.known.workspace(now=unit.clock()), unit.clock()
    ceremony = agenda_for_issues(workspace) if workspace else None
    if workspace is None or ceremony is None:
        return
    ahead = (each for each in planned_of(unit.connection, unit.team, ceremony.key))
    meeting = next((each for each in ahead if isinstance(each, Meeting)), None)
    outcome = bring(meeting, standup.issues, workspace, now) if meeting else None
    if outcome is not None:
        apply_meeting(unit.connection, unit.ids, outcome, now)


def waiting_for(connection: Connection, team: str, person: str, now: datetime) -> Standup | None:
    """The standup before which this person was asked and has not answered."""
    here = (standups.c.team == team, in_state(standups, StandupState.PLANNED.value))
    found = _all(connection, select(standups.c.body).where(*here).order_by(standups.c.starts))
    waits = (each for each in found if each.asked_of(person) and not each.answer_of(person))
    return next((each for each in waits if each.takes(now)), None)


def _keep_line(unit: Unit, standup: Standup) -> None:
    """The summary that stands says how this one went, at which nobody had anything."""
    standing = find_standup(unit.connection, unit.team, standup.line_on) if standup.line_on else None
    if standing is None:
        return
    changed = with_line(standing, standup)
    if changed != standing:
        saved, now = save(unit.connection, changed), unit.clock()
        follows = messages.want_subject(unit.connection, unit.team, subject_of(saved), now, people=())
        lanes.ready(unit.connection, unit.team, follows)


def theirs(connection: Connection, team: str, person: str) -> Theirs:
    """What of this person's is open, and whether only that is a reason to ask them."""
    items, count = actions.open_of(connection, team, person, most=10)
    return Theirs(
        conflicts=conflicts.waiting_for(connection, team, person),
        items=items,
        items_in_all=count,
        only_when_open=spares(connection, team, person),
    )


def spare(connection: Connection, team: str, person: str, *, only_when_open: bool) -> None:
    """Ask this person only when something of theirs is open, or always again."""
    here = (spared.c.team == team, spared.c.person == person)
    if only_when_open:
        put(connection, [Put(spared, [{"team": team, "person": person}], missing)])
    else:
        connection.execute(delete(spared).where(*here))


def spares(connection: Connection, team: str, person: str) -> bool:
    """True for somebody who is asked only when something of theirs is open."""
    here = (spared.c.team == team, spared.c.person == person)
    return connection.execute(select(spared.c.person).where(*here)).first() is not None


def current(connection: Connection, workspace: Workspace, person: str, now: datetime) -> Standup | None:
    """The standup this person means now: one that was asked of them, else the next one, else the last."""
    taking = [StandupState.PLANNED.value, StandupState.SUMMED_UP.value]
    here = (standups.c.team == workspace.team, in_state(standups, *taking))
    held = {each.key for each in workspace.configuration.ceremonies if prepared_as(each) == "standup"}
    found = [
        each
        for each in _all(connection, select(standups.c.body).where(*here).order_by(standups.c.starts))
        if each.takes(now) and each.ceremony in held
    ]
    asked = [each for each in found if each.asked_of(person) and not each.answer_of(person)]
    planned = [each for each in found if each.state is StandupState.PLANNED]
    return next(iter((*asked, *planned, *found)), None)


def became(unit: Unit, issue: str, conflict: Conflict, workspace: Workspace) -> None:
    """A conflict was reported of an issue, which is named by the ids of its standup and itself.

    Of a confidential one the summary, which everybody reads, names only the number.
    """
    id, _, its_issue = issue.partition(":")
    standup = find_standup(unit.connection, unit.team, id) if its_issue else None
    outcome = became_conflict(
        standup, its_issue, conflict.id, conflict.number, workspace=workspace, now=unit.clock()
    )
    if outcome is not None:
        keep(unit, outcome)


def last_summed_up(connection: Connection, team: str) -> Standup | None:
    """The last one that has a summary of its own."""
    here = (
        standups.c.team == team,
        in_state(standups, StandupState.SUMMED_UP.value, StandupState.OVER.value),
    )
    query = select(standups.c.body).where(*here).order_by(standups.c.starts.desc()).limit(20)
    return next((each for each in _all(connection, query) if each.posted), None)


def follow_wish(unit: Unit, person: str) -> None:
    """The question that stands in somebody's direct message shows what they wish from now on."""
    stands = select(posts.c.subject).where(
        posts.c.team == unit.team,
        posts.c.person == person,
        posts.c.subject == "standup:" + standups.c.id,
        in_state(standups, StandupState.PLANNED.value),
    )
    for subject in unit.connection.execute(stands.distinct()).scalars().all():
        follows = messages.want_subject(unit.connection, unit.team, subject, unit.clock(), people=[person])
        lanes.ready(unit.connection, unit.team, follows)


def look_now(connection: Connection, team: str, now: datetime) -> None:
    """Somebody is away, has left or lives in another zone now: who is asked, and when, is looked at anew."""
    here = (standups.c.team == team, in_state(standups, StandupState.PLANNED.value))
    for id in connection.execute(select(standups.c.id).where(*here).order_by(standups.c.id)).scalars().all():
        wakes.arm(connection, team, f"standup:{id}", now)


def _all(connection: Connection, query: Select[Any]) -> list[Standup]:
    return [load_standup(row.body) for row in connection.execute(query)]
