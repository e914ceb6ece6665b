"""`/ai-council actions`: what is to do, the earliest due first; private."""

from __future__ import annotations

from datetime import datetime

from slack_sdk.models.blocks import Block

from council.action_item import ActionItem
from council.workspace import Workspace
from handlers import kit
from handlers.actions.item_message import buttons
from handlers.answers import Answer, Private
from handlers.conflicts.not_set_up import set_up
from handlers.conflicts.to_do import due_words
from handlers.turn import Turn
from storage import actions

MOST_SHOWN = 12
NOTHING = "There is nothing for you to do."
WHERE_FROM = "Action items come out of decisions; you are reminded the working day before, and on the day."


async def list_actions(turn: Turn, words: str = "") -> Answer:
    """What this person has to do."""
    items, count = await turn.desk.store.read(lambda c: actions.open_of(c, turn.team, turn.person_id))
    workspace = await set_up(turn)
    return listing(items[:MOST_SHOWN], count, turn.person_id, workspace, turn.desk.clock())


async def on_mine(turn: Turn) -> Answer:
    """**My action items**."""
    return await list_actions(turn)


def listing(
    items: tuple[ActionItem, ...], count: int, reader: str, workspace: Workspace, now: datetime
) -> Private:
    """The answer, each item with its buttons."""
    if not count:
        return Private(NOTHING, [kit.text(f"{NOTHING}\n{WHERE_FROM}")])
    head = f"{count} action item{'s are' if count > 1 else ' is'} yours."
    rows = [block for item in items for block in entry(item, reader, workspace, now)]
    more = [kit.small(f"and {count - len(items)} more, due later.")] if count > len(items) else []
    return Private(head, [kit.text(f"*{head}*"), *rows, *more])


def entry(item: ActionItem, reader: str, workspace: Workspace, now: datetime) -> list[Block]:
    """One item: what, from where, by when, and its buttons."""
    words = kit.quoted(item.text, 300)
    return [kit.text(f"{words}\n{state(item, workspace, now)}"), *kit.buttons(buttons(item, reader))]


def state(item: ActionItem, workspace: Workspace, now: datetime) -> str:
    """By when, and from which conflict."""
    source = f" · #{item.number} {kit.quoted(item.subject, 120)}" if item.number else ""
    return f"{due_words(item, workspace, now)}{source}"
