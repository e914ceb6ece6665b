"""Acknowledging and taking over, by button."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import datetime
from typing import Protocol

from council import deciding
from council.conflict import Conflict
from council.errors import Refused
from council.outcome import Outcome
from council.people import Person
from council.sentence import say
from council.workspace import Workspace
from handlers.answers import Answer
from handlers.conflicts.seeing import seen_here
from handlers.turn import Turn
from storage import conflicts
from storage.applying import apply
from storage.store import Unit

Rule = Callable[[Unit, Conflict, Workspace], Outcome]


class ByPerson(Protocol):
    """A rule of the council that has been told all but who acts, in which company, and when."""

    def __call__(
        self, conflict: Conflict, /, *, by: Person | None, workspace: Workspace, now: datetime
    ) -> Outcome: ...


def found(unit: Unit, turn: Turn, id: str) -> tuple[Conflict, Workspace]:
    """The conflict, if this person may see it, and the workspace with everybody who takes part in it."""
    conflict, members = seen_here(unit.connection, turn, conflicts.find(unit.connection, unit.team, id))
    part = (*conflict.insiders, turn.person_id)
    workspace = unit.known.workspace(part, now=unit.clock())
    if workspace is None:
        raise Refused(say("Tiebreak is not set up here yet."))
    return conflict, replace(workspace, members=members)


def save(unit: Unit, outcome: Outcome) -> str:
    """Save what a rule decided; the conflict's id is the answer that is kept."""
    return apply(unit.connection, unit.ids, outcome, unit.clock()).id


async def settle(turn: Turn, id: str, rule: Rule) -> Answer:
    """Ask a rule about the conflict as it is now and save what it says, once for this delivery."""

    def change(unit: Unit) -> str:
        conflict, workspace = found(unit, turn, id)
        return save(unit, rule(unit, conflict, workspace))

    await turn.write(change)
    return None


async def settle_sent(turn: Turn, rule: Rule) -> Answer:
    """The same about the conflict whose form was sent."""
    return await settle(turn, str(turn.meta["conflict"]), rule)


def by_person(turn: Turn, rule: ByPerson) -> Rule:
    """The rule, for the person who acts."""
    return lambda unit, conflict, workspace: rule(
        conflict, by=turn.person, workspace=workspace, now=unit.clock()
    )


async def on_acknowledge(turn: Turn) -> Answer:
    """**Acknowledge**: the card and the message lose the button; nobody is pinged."""
    return await settle(turn, turn.value, by_person(turn, deciding.acknowledge))


async def on_take_over(turn: Turn) -> Answer:
    """**Take over**: whom the chain has reached decides from now on."""
    return await settle(turn, turn.value, by_person(turn, deciding.take_over))
