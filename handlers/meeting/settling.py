"""Looking a meeting up, and saving what a rule says about it."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import replace
from typing import Any

from council.conflict import Conflict
from council.errors import Refused, Unknown
from council.finishing import Conflicts, channel_of
from council.holding import item_of
from council.meeting import Meeting, MeetingOutcome
from council.people import Person
from council.sentence import say
from council.workspace import Workspace
from handlers.answers import Answer, Clear
from handlers.conflicts.not_set_up import set_up
from handlers.conflicts.seeing import private_place
from handlers.looking import meet
from handlers.turn import Turn
from storage import holding, prepared
from storage.applying import apply_meeting
from storage.people import find_channels
from storage.store import Unit

Rule = Callable[[Unit, Meeting, Conflicts, Workspace], MeetingOutcome]
NO_SUCH_MEETING = say("There is no such meeting here that you can see.")


def people_in(meeting: Meeting, conflicts: Conflicts) -> Iterator[str]:
    """Everybody who may be named when it is spoken of."""
    yield from meeting.people
    for conflict in conflicts.values():
        yield from conflict.insiders


async def look_up(turn: Turn, id: str) -> tuple[Meeting, Conflicts, Workspace]:
    """The meeting, the conflicts on its agenda, and the workspace with everybody it names."""
    meeting, conflicts = await turn.desk.store.read(lambda c: _read(c, turn, id))
    workspace = await set_up(turn, *people_in(meeting, conflicts))
    here = turn.here
    members = {here: frozenset((turn.person_id,))} if here else {}
    return meeting, conflicts, replace(workspace, members=members)


def _read(connection: Any, turn: Turn, id: str) -> tuple[Meeting, Conflicts]:
    meeting = prepared.find_meeting(connection, turn.team, id)
    if meeting is None:
        raise Unknown(NO_SUCH_MEETING)
    return meeting, holding.conflicts_on(connection, meeting)


def found(unit: Unit, turn: Turn, id: str) -> tuple[Meeting, Conflicts, Workspace]:
    """The same inside a change, with every conflict that waits for it."""
    meeting = prepared.find_meeting(unit.connection, unit.team, id)
    if meeting is None:
        raise Unknown(NO_SUCH_MEETING)
    conflicts = holding.conflicts_of(unit.connection, meeting)
    people = dict.fromkeys((*people_in(meeting, conflicts), turn.person_id))
    workspace = unit.known.workspace(people, now=unit.clock())
    if workspace is None:
        raise Refused(say("Tiebreak is not set up here yet."))
    place = private_place(unit.connection, turn)
    members = {place: frozenset((turn.person_id,))} if place else {}
    return meeting, conflicts, replace(workspace, members=members)


async def settle(turn: Turn, id: str, rule: Rule) -> Answer:
    """Ask a rule about the meeting as it is now and save what it says, once for this delivery."""

    def change(unit: Unit) -> str:
        meeting, conflicts, workspace = found(unit, turn, id)
        outcome = rule(unit, meeting, conflicts, workspace)
        return apply_meeting(unit.connection, unit.ids, outcome, unit.clock(), by=turn.person_id).id

    await turn.write(change)
    return Clear() if turn.kind == "view" else None


def conflict_on(meeting: Meeting, item: str, conflicts: Conflicts) -> Conflict | None:
    """The conflict that an item of the meeting is about, if it is about one."""
    point = item_of(meeting, item).point
    return conflicts.get(point.conflict) if point and point.conflict else None


async def looked_up(turn: Turn, person: str | None) -> Person | None:
    """Whoever is named is looked up first, so that nobody gets it who can't take part."""
    return await meet(turn.desk, turn.client, turn.team, person) if person else None


def knowing(workspace: Workspace, *people: Person | None) -> Workspace:
    """The workspace with these people in it."""
    fresh = {person.id: person for person in people if person}
    return replace(workspace, people={**workspace.people, **fresh})


async def readable(turn: Turn, meeting: Meeting, workspace: Workspace) -> None:
    """Minutes of a private channel are its members' and the council's; raises `Unknown` for others."""
    place = channel_of(meeting, workspace)
    known = await turn.desk.store.read(lambda c: find_channels(c, turn.team, [place] if place else []))
    channel = known.get(place or "")
    if (channel is not None and channel.kind == "public") or turn.here == place:
        return
    council = workspace.configuration.council
    roles = (workspace.configuration.role(seat) for seat in (council.chair, council.sponsor, *council.seats))
    seated = {person for role in roles if role for person in (role.holder, role.deputy)}
    course = meeting.course
    if turn.person_id not in {*seated, *(course.attended or () if course else ())}:
        raise Unknown(NO_SUCH_MEETING)
