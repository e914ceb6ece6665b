"""`/ai-conflict list`: what waits for somebody, what is overdue first; private, a dozen lines or so."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from slack_sdk.models.blocks import Block

from council.conflict import Conflict
from council.workspace import Workspace
from handlers import kit
from handlers.answers import Answer, Private
from handlers.conflicts.entries import entry
from handlers.conflicts.instead import report_instead
from handlers.conflicts.names import COMMAND, Acts
from handlers.conflicts.not_set_up import set_up
from handlers.conflicts.rows import MOST_MESSAGE, fitting
from handlers.conflicts.seeing import private_place
from handlers.turn import Turn
from storage import conflicts
from storage.conflicts import Filter

MOST_SHOWN = 15
ROOM = MOST_MESSAGE - 1500
"""Characters for the entries; the rest is for what stands around them."""
BUTTONS: dict[Filter, tuple[str, Acts]] = {
    "open": ("All open", Acts.LIST_OPEN),
    "mine": ("Mine", Acts.LIST_MINE),
    "overdue": ("Overdue", Acts.LIST_OVERDUE),
}
NOTHING: dict[Filter, str] = {
    "open": "Nothing is open: no conflict that you can see waits for a decision.",
    "mine": "Nothing open is yours: there is nothing for you to decide, and nothing you reported is open.",
    "overdue": "Nothing is overdue.",
}
WHAT_TO_DO = (
    "When two AI signals disagree, use the message shortcut *Report AI conflict* on one of them, "
    f"or type `{COMMAND}` and what they disagree about."
)


async def on_list_open(turn: Turn) -> Answer:
    """**All open**; the button carries what was typed at first."""
    return await list_conflicts(turn, "open", turn.value)


async def on_list_mine(turn: Turn) -> Answer:
    """**Mine**."""
    return await list_conflicts(turn, "mine", turn.value)


async def on_list_overdue(turn: Turn) -> Answer:
    """**Overdue**."""
    return await list_conflicts(turn, "overdue", turn.value)


async def list_conflicts(turn: Turn, wanted: Filter, typed: str) -> Answer:
    """What this person may see of it; what others keep confidential is not even counted."""
    now = turn.desk.clock()

    def look(connection: Any) -> tuple[tuple[Conflict, ...], int]:
        here = private_place(connection, turn)
        return conflicts.listed(connection, turn.team, turn.person_id, wanted, now, here)

    found, count = await turn.desk.store.read(look)
    shown = found[:MOST_SHOWN]
    people = {person for conflict in shown for person in (conflict.owner, conflict.asked)}
    workspace = await set_up(turn, *people)
    return listing(shown, count, wanted, turn.person_id, workspace, now, typed=typed)


def listing(
    found: tuple[Conflict, ...],
    count: int,
    wanted: Filter,
    reader: str,
    workspace: Workspace,
    now: datetime,
    *,
    typed: str,
) -> Private:
    """The answer: how many there are, as many as fit, and the way to the others."""
    if not count:
        empty: list[Block] = [kit.text(f"{NOTHING[wanted]}\n{WHAT_TO_DO}")]
        return Private(NOTHING[wanted], [*empty, *_footer(wanted, typed)])
    entries = fitting([entry(each, reader, workspace, now) for each in found[:MOST_SHOWN]], ROOM)
    head = _head(count, wanted)
    blocks = [kit.text(head), *entries, *_rest(count - len(entries)), *_footer(wanted, typed)]
    return Private(head.replace("*", ""), blocks)


def _head(count: int, wanted: Filter) -> str:
    one = count == 1
    if wanted == "mine":
        words = "open conflict is yours" if one else "open conflicts are yours"
        return f"*{count} {words}*: you decide, are asked, or reported {'it' if one else 'them'}."
    state = "overdue" if wanted == "overdue" else "open"
    words = f"conflict is {state}" if one else f"conflicts are {state}"
    first = "; what is overdue or due soonest comes first" if count > 1 else ""
    return f"*{count} {words}*{first}."


def _rest(more: int) -> list[Block]:
    if more < 1:
        return []
    ways = f"`{COMMAND} list mine` and `{COMMAND} list overdue` show fewer, `{COMMAND} show 12` shows one"
    return [kit.small(f"and {more} more: {ways}.")]


def _footer(wanted: Filter, typed: str) -> list[Block]:
    others = [kit.button(label, act, typed) for each, (label, act) in BUTTONS.items() if each != wanted]
    return kit.buttons([*others, report_instead(typed)])
