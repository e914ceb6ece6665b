"""Choosing one's morning hour, and seeing all that a message spoke of."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from council.action_item import ActionItem
from council.conflict import Conflict
from council.doing import concerned
from council.errors import Unknown
from council.morning_hour import choose
from council.permissions import admit
from council.sentence import say
from council.visibility import may_see
from council.workspace import Workspace
from handlers import forms
from handlers.answers import Answer, Clear
from handlers.conflicts.not_set_up import set_up
from handlers.conflicts.spoken import Telling
from handlers.morning.digest import line_of
from handlers.morning.form import HourForm, all_modal, hour_modal
from handlers.turn import Turn
from storage import actions, conflicts, outbox, people
from storage.outbox import Waiting
from storage.store import Unit

GONE = say("I don't have that any more; App Home shows what waits for you.")


async def on_hour(turn: Turn) -> Answer:
    """**Morning hour** on App Home."""
    admit(turn.person)
    workspace = await set_up(turn)
    known = await turn.desk.store.read(lambda c: people.find_people(c, turn.team, [turn.person_id]))
    await turn.show(hour_modal(known.get(turn.person_id) or admit(turn.person), workspace.hours))
    return None


async def on_hour_sent(turn: Turn) -> Answer:
    """**Save**: what waits already comes at the new hour."""
    form = forms.read(HourForm, turn.view)

    def change(unit: Unit) -> None:
        workspace = unit.known.workspace(now=unit.clock())
        if workspace is None:
            return
        morning = choose(form.hour, by=turn.person, hours=workspace.hours)
        people.keep_morning(unit.connection, unit.team, turn.person_id, morning)
        outbox.time_anew(unit.connection, unit.team, turn.person_id, unit.clock())

    await turn.write(change)
    return Clear()


async def on_all(turn: Turn) -> Answer:
    """**Show all**: every line of the message, as it is now."""
    said, found = await turn.desk.store.read(lambda c: _all(c, turn))
    named = {person for about in found.values() for person in _people(about)}
    workspace = await set_up(turn, *named)
    await turn.show(all_modal(_rows(said, found, workspace, turn)))
    return None


def _all(connection: Any, turn: Turn) -> tuple[list[Waiting], dict[str, Conflict | ActionItem]]:
    """The notices that went out together to this person, and what they are about by its id."""
    leader = outbox.find(connection, turn.value)
    ours = leader is not None and (leader.team, leader.lane) == (turn.team, turn.person_id)
    if leader is None or leader.told_with is None or not ours:
        raise Unknown(GONE)
    said = outbox.together(connection, leader)
    known: dict[str, Conflict | ActionItem] = {}
    ids = list(dict.fromkeys(each.conflict for each in said if each.conflict and not each.subject))
    known.update({each.id: each for each in conflicts.these(connection, turn.team, ids)})
    for each in said:
        item = actions.find(connection, turn.team, actions.id_of(each.subject)) if each.subject else None
        known.update({item.id: item} if item else {})
    return said, known


def _people(about: Conflict | ActionItem) -> Iterator[str]:
    yield from about.people if isinstance(about, ActionItem) else about.insiders


def _rows(
    said: list[Waiting], found: dict[str, Conflict | ActionItem], workspace: Workspace, turn: Turn
) -> Iterator[str]:
    for each in said:
        about = found.get(actions.id_of(each.subject) if each.subject else each.conflict or "")
        if about is None or not _may_see(turn.person_id, about, workspace):
            continue
        telling = Telling(kind=each.notice.kind, to=each.notice.to, facts=each.notice.facts)
        yield line_of(telling, about, workspace, turn.desk.clock())[0].replace("\n", " ")


def _may_see(person: str, about: Conflict | ActionItem, workspace: Workspace) -> bool:
    if isinstance(about, ActionItem):
        return bool(concerned(person, about, workspace))
    return may_see(person, about, workspace.members)
