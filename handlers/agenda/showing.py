"""`/ai-council agenda`: the agenda of the next meeting as it stands now, also before it is put up."""

from __future__ import annotations

from typing import Any

from slack_sdk.models.blocks import Block

from council.meeting import Meeting
from council.permissions import holding
from council.workspace import Workspace
from handlers import kit
from handlers.agenda.message import fallback, head, notes, sections
from handlers.agenda.names import Acts
from handlers.agenda.reading import Read, read_agenda
from handlers.answers import Answer, Private
from handlers.conflicts.not_set_up import set_up
from handlers.turn import Turn
from handlers.wording import listed
from storage import prepared

NOTHING = "No meeting with an agenda is planned. `/ai-council next` says what takes place."
MOST_OTHERS = 5


async def show_agenda(turn: Turn, words: str = "") -> Answer:
    """Of the soonest meeting that has one."""
    await set_up(turn)
    now = turn.desk.clock()
    found = await turn.desk.store.read(lambda c: prepared.meetings_ahead(c, turn.team, now))
    if not found:
        return Private(NOTHING, [kit.text(NOTHING)])
    return _answer(await read_agenda(turn, found[0].id), found[1:], turn.person_id)


async def on_show(turn: Turn) -> Answer:
    """**Agenda**, of one meeting."""
    now = turn.desk.clock()
    found: Any = await turn.desk.store.read(lambda c: prepared.meetings_ahead(c, turn.team, now))
    read = await read_agenda(turn, turn.value)
    others = tuple(each for each in found if each.id != read.meeting.id)
    return _answer(read, others, turn.person_id)


def _answer(read: Read, others: tuple[Meeting, ...], reader: str) -> Private:
    meeting, workspace = read.meeting, read.workspace
    row: list[kit.Pressable] = [
        kit.button("Add an item", Acts.ADD, meeting.id),
        kit.button("Propose a tool", Acts.PROPOSE, meeting.id),
    ]
    if reader in holding(workspace, read.material.as_of):
        row.append(kit.button("Arrange", Acts.ARRANGE, meeting.id))
    said = notes(meeting, workspace)
    blocks: list[Block] = [
        kit.text(head(meeting, read.template, workspace)),
        *([kit.small("\n".join(said))] if said else []),
        *sections(read.filled, workspace),
        *kit.buttons(row),
        *_others(others, workspace),
    ]
    return Private(fallback(meeting, workspace), blocks)


def _others(others: tuple[Meeting, ...], workspace: Workspace) -> list[Block]:
    """What else is ahead, each a tap away."""
    names = [workspace.calendar.name_of(each.ceremony) for each in others[:MOST_OTHERS]]
    if not names:
        return []
    block = kit.text(f"Also ahead: {kit.quoted(listed(names))}")
    block.accessory = kit.menu(Acts.OTHERS, zip(names, (each.id for each in others), strict=False))
    return [block]
