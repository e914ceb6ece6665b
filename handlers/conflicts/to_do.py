"""What is to do because of a conflict: its action items and requests for data, as Details list them."""

from __future__ import annotations

from datetime import datetime

from slack_sdk.models.blocks import Block

from council.action_item import ActionItem
from council.workspace import Workspace
from handlers import kit
from handlers.conflicts.decided import day
from handlers.conflicts.names import Acts
from handlers.conflicts.rows import and_more, one_line, packed
from handlers.conflicts.seeing import Story
from handlers.wording import name

MOST_WITH_BUTTON = 5


def to_do(story: Story, reader: str, workspace: Workspace, now: datetime, most: int) -> list[Block]:
    """The reader's own first, with their button; then what is open, then what is done."""
    if not story.items:
        return []
    mine = [item for item in story.items if item.is_open and item.owner == reader][:MOST_WITH_BUTTON]
    others = [item for item in story.items if item not in mine]
    rows = [_row(item, workspace, now) for item in others[:most]]
    heading, *rest = ["*Action items*", *rows, *and_more(len(rows), len(others))]
    if not mine:
        return packed(heading, rest)
    own = [block for item in mine for block in _own(item, workspace, now)]
    return [kit.text(heading), *own, *(packed(rest[0], rest[1:]) if rest else [])]


def _own(item: ActionItem, workspace: Workspace, now: datetime) -> list[Block]:
    return [kit.text(_row(item, workspace, now)), *kit.buttons([own_button(item)])]


def _row(item: ActionItem, workspace: Workspace, now: datetime) -> str:
    words, owner = one_line(item.text, 300), name(item.owner, workspace.people)
    if not item.is_open:
        ended = f", {kit.when(item.ended_at, workspace.hours.zone)}" if item.ended_at else ""
        return f"✅ {words} · done by {owner}{ended}"
    return f"{words} · {owner}, {due_words(item, workspace, now)}"


def due_words(item: ActionItem, workspace: Workspace, now: datetime) -> str:
    """By when, or since when it is overdue."""
    on = day(item.due, workspace)
    return f"*overdue since {on}*" if item.overdue(workspace.today(now)) else f"due {on}"


def own_button(item: ActionItem) -> kit.Pressable:
    """What its owner does about it: a request for data is answered."""
    act, label = (Acts.ITEM_ANSWER, "Answer") if item.data else (Acts.ITEM_DONE, "Done")
    return kit.button(label, act, item.id, "primary")
