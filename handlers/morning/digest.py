"""Several things in one message: a line and its buttons for each, the most urgent first."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

from slack_sdk.models.blocks import Block, ButtonElement

from council.action_item import ActionItem
from council.conflict import Conflict
from council.workspace import Workspace
from handlers import kit
from handlers.actions.item_message import reminding
from handlers.conflicts.dms import in_a_line
from handlers.conflicts.rows import MOST_MESSAGE, size
from handlers.conflicts.spoken import Telling
from handlers.morning.names import Acts
from handlers.texts import Texts
from storage.subject import Subject

MOST_BUTTONS = 2

Line = tuple[str, list[kit.Pressable]]
Told = tuple[Telling, Conflict | ActionItem, bool]
"""What is told of what, and whether its line still has its buttons."""


def digest(
    told: Sequence[Told],
    count: int,
    leader: str,
    opening: Sequence[Block],
    workspace: Workspace,
    texts: Texts,
    now: datetime,
) -> tuple[str, list[Block]]:
    """Fallback and blocks, within Slack's fifty; `leader`, the first notice's id, leads to all of them."""
    words = texts.write("gathered", {"count": count})
    blocks: list[Block] = [*opening, kit.text(words)]
    lines = [line_of(telling, about, workspace, now) for telling, about, _ in told]
    drawn = [_drawn(line, live) for line, (_, _, live) in zip(lines, told, strict=True)]
    shown = next((n for n in range(len(drawn)) if size(drawn[: n + 1]) > MOST_MESSAGE), len(drawn))
    blocks += [block for each in drawn[:shown] for block in each]
    if count > shown:
        blocks.append(kit.small(f"and {count - shown} more"))
        blocks += kit.buttons([kit.button("Show all", Acts.ALL, leader)])
    return words.replace("*", ""), blocks


def in_its_line(part: Subject) -> Conflict | ActionItem | None:
    """What a line is about. What has other words of its own, like a standup's prompt, gets them here."""
    return part.other if isinstance(part.other, ActionItem) else part.conflict


def line_of(telling: Telling, about: Conflict | ActionItem, workspace: Workspace, now: datetime) -> Line:
    """One thing as it is now; what has ended says so and asks for nothing."""
    if isinstance(about, ActionItem):
        return reminding(telling, about, workspace, now)
    return in_a_line(telling, about, workspace, now)


def _drawn(line: Line, live: bool) -> list[Block]:
    """One button stands beside its line, several below it."""
    block = kit.text(line[0])
    pressable = line[1][:MOST_BUTTONS] if live else []
    for each in pressable:
        if isinstance(each, ButtonElement):
            each.style = None
    if len(pressable) == 1:
        block.accessory = pressable[0]
        return [block]
    return [block, *kit.buttons(pressable)]
