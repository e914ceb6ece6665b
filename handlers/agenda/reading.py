"""Finding the agenda that somebody means: the one a button stands below, or the next one."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from council.agenda import Filled, Material
from council.arranging import NO_AGENDA, ahead
from council.drawing import drawn
from council.errors import Refused, Unknown
from council.meeting import Meeting, MeetingOutcome, MeetingState
from council.sentence import say
from council.templates import Template
from council.workspace import Workspace
from handlers.conflicts.not_set_up import set_up
from handlers.turn import Turn
from storage import agenda, prepared
from storage.applying import apply_meeting
from storage.store import Unit

Rule = Callable[[Unit, Meeting, Workspace], MeetingOutcome]


@dataclass(frozen=True, slots=True)
class Read:
    """A meeting with its template, and what its agenda is drawn from."""

    meeting: Meeting
    template: Template
    material: Material
    workspace: Workspace

    @property
    def filled(self) -> tuple[Filled, ...]:
        """The agenda as it stands."""
        return drawn(self.meeting.agenda, self.template, self.material)


async def read_agenda(turn: Turn, id: str) -> Read:
    """The agenda of that meeting; of one that is over the next of its kind, so that old buttons help still.

    Raises `TooLate` saying what became of it when there is no next one.
    """
    now = turn.desk.clock()
    workspace = await set_up(turn)

    def look(connection: Any) -> tuple[Meeting | None, Material | None]:
        meeting = _still_ahead(connection, turn.team, id, now)
        material = agenda.material(connection, meeting, workspace, now) if meeting else None
        return meeting, material

    meeting, material = await turn.desk.store.read(look)
    template = ahead(meeting, workspace, now)
    if meeting is None or material is None:
        raise Unknown(NO_AGENDA)
    named = await set_up(turn, *meeting.people, *material.people)
    return Read(meeting, template, material, named)


def _still_ahead(connection: Any, team: str, id: str, now: datetime) -> Meeting | None:
    found = prepared.find_meeting(connection, team, id)
    if found is None or (found.state is MeetingState.PLANNED and found.ends > now):
        return found
    later = prepared.meetings_ahead(connection, team, now)
    return next((each for each in later if each.ceremony == found.ceremony), found)


async def settle(turn: Turn, id: str, rule: Rule, receipt: Callable[[Meeting, Workspace], str]) -> str:
    """Ask the rule about the meeting as it is now, save what it says, and give the words of the receipt."""

    def change(unit: Unit) -> str:
        meeting = prepared.find_meeting(unit.connection, unit.team, id)
        people = (turn.person_id, *(meeting.people if meeting else ()))
        workspace = unit.known.workspace(people, now=unit.clock())
        if workspace is None:
            raise Refused(say("Tiebreak is not set up here yet."))
        if meeting is None:
            raise Unknown(NO_AGENDA)
        outcome, now = rule(unit, meeting, workspace), unit.clock()
        saved = apply_meeting(unit.connection, unit.ids, outcome, now, by=turn.person_id)
        return receipt(saved, workspace)

    return await turn.write(change)
