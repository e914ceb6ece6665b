"""Of each ceremony the next occurrence is prepared, and what is prepared follows its calendar."""

from __future__ import annotations

from council.cadence import Ceremony, Occurrence
from council.finishing import look_at as ask_meeting
from council.meeting import Meeting
from council.on_holidays import holiday_look
from council.rhythm import ahead, prepared_as
from council.standup import Standup
from council.standup_looking import look_at_standup as ask_standup
from council.workspace import Workspace
from storage import holding, planning, prepared, standups, wakes
from storage.applying import apply_meeting
from storage.news import note
from storage.unit import Unit


def look_at(unit: Unit, key: str) -> None:
    """What now? The next occurrence is prepared; what was prepared is asked again, it may be off."""
    connection, team, now = unit.connection, unit.team, unit.clock()
    for each in prepared.planned_of(connection, team, key):
        wakes.arm(connection, team, prepared.subject_of(each), now)
    workspace = unit.known.workspace(now=now)
    ceremony = workspace.calendar.ceremony(key) if workspace else None
    found = ahead(workspace.calendar, ceremony, now) if workspace and ceremony else None
    if found is not None and ceremony is not None:
        _prepare(unit, ceremony, found.occurrence)
    holiday = holiday_look(ceremony, workspace, now) if workspace and ceremony else None
    if holiday is not None:
        planning.announce(unit, key, holiday.notices, 0)
    looks = [each.look_at for each in (found, holiday) if each is not None]
    wakes.arm(connection, team, prepared.ceremony_subject(key), min(looks, default=None))


def _prepare(unit: Unit, ceremony: Ceremony, occurrence: Occurrence) -> None:
    connection, team, now = unit.connection, unit.team, unit.clock()
    find, kind = (
        (prepared.standup_on, Standup)
        if prepared_as(ceremony) == "standup"
        else (prepared.meeting_on, Meeting)
    )
    if known := find(connection, team, ceremony.key, occurrence.on):
        wakes.arm(connection, team, prepared.subject_of(known), now)  # skipped, it may take place after all
        return
    made = kind(
        id=unit.ids(),
        team=team,
        ceremony=ceremony.key,
        on=occurrence.on,
        starts=occurrence.starts,
        ends=occurrence.ends,
    )
    wakes.arm(connection, team, prepared.subject_of(prepared.save(connection, made)), now)


def look_at_meeting(unit: Unit, id: str) -> None:
    """Ask the meeting's rule *what now?* and save what it says."""
    meeting, workspace = prepared.find_meeting(unit.connection, unit.team, id), _workspace(unit)
    if meeting is None or workspace is None:
        wakes.arm(unit.connection, unit.team, f"{prepared.MEETING}:{id}", None)
        return
    about = holding.conflicts_of(unit.connection, meeting) if meeting.course else {}
    outcome = ask_meeting(meeting, about, workspace, unit.clock())
    if outcome.meeting.agenda.missed and not meeting.agenda.missed:
        note(unit.connection, "agenda too late", "warning", subject=prepared.subject_of(meeting))
    if outcome.meeting == meeting and not (outcome.notices or outcome.posts or outcome.redraw):
        wakes.arm(unit.connection, unit.team, prepared.subject_of(meeting), outcome.wake_at)
    else:
        apply_meeting(unit.connection, unit.ids, outcome, unit.clock())


def look_at_standup(unit: Unit, id: str) -> None:
    """Ask the standup's rule *what now?* and save what it says."""
    standup, workspace = prepared.find_standup(unit.connection, unit.team, id), _workspace(unit)
    if standup is None or workspace is None:
        wakes.arm(unit.connection, unit.team, f"{prepared.STANDUP}:{id}", None)
        return
    away = (each.stand_in for each in workspace.absences if each.stand_in)
    workspace = unit.known.workspace([*away, *standup.people], now=unit.clock()) or workspace
    outcome = ask_standup(standup, workspace, unit.clock(), standups.around(unit, standup))
    if outcome.standup == standup and not (outcome.notices or outcome.posts):
        wakes.arm(unit.connection, unit.team, prepared.subject_of(standup), outcome.wake_at)
    else:
        standups.keep(unit, outcome)


def _workspace(unit: Unit) -> Workspace | None:
    return unit.known.workspace(now=unit.clock())
