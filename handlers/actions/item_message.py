"""Messages about an action item: given, due, done; which words, which buttons."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from slack_sdk.models.blocks import Block

from council.action_item import ActionItem
from council.notice import NoticeKind
from council.reminders import OVERDUE, TODAY
from council.workspace import Workspace
from handlers import kit
from handlers.actions.names import Acts
from handlers.conflicts.decided import day
from handlers.conflicts.spoken import Telling
from handlers.conflicts.to_do import due_words, own_button
from handlers.texts import Mrkdwn, Texts
from handlers.wording import name, upper_first

TEMPLATES = {
    NoticeKind.ITEM_GIVEN: "item_given",
    NoticeKind.ITEM_DUE: "item_due",
    NoticeKind.ITEM_DONE: "item_done",
}
MOST_TEXT = 600


def item_message(
    telling: Telling, item: ActionItem, workspace: Workspace, texts: Texts, *, live: bool = True
) -> tuple[str, list[Block]]:
    """Fallback and blocks. Once it is done, or with somebody else, one line is left."""
    about_done = telling.kind is NoticeKind.ITEM_DONE
    if not about_done and (not item.is_open or not _concerns(telling, item)):
        words = _passed(item, workspace)
        return words, [kit.small(words)]
    words = texts.write(TEMPLATES[telling.kind], _facts(telling, item, workspace))
    blocks: list[Block] = [*telling.opening, kit.text(words)]
    if live and not about_done:
        due = telling.kind is NoticeKind.ITEM_DUE
        blocks += kit.buttons(reminder_buttons(item, telling.to) if due else buttons(item, telling.to))
    return words.split("\n", 1)[0].replace("*", ""), blocks


def reminding(
    telling: Telling, item: ActionItem, workspace: Workspace, now: datetime
) -> tuple[str, list[kit.Pressable]]:
    """The same among other things: a line, and what can be pressed."""
    if not item.is_open or not _concerns(telling, item):
        return _passed(item, workspace), []
    source = f" · #{item.number} {kit.quoted(item.subject, 120)}" if item.number else ""
    away = "" if telling.to == item.owner else f" · {name(item.owner, workspace.people)}, who has it, is away"
    due = _in_capitals(due_words(item, workspace, now))
    return f"{kit.strong(item.text, 200)}\n{due}{source}{away}", reminder_buttons(item, telling.to)


def _in_capitals(due: str) -> str:
    """At the beginning of a line, in bold or not."""
    return f"*{upper_first(due[1:])}" if due.startswith("*") else upper_first(due)


def _concerns(telling: Telling, item: ActionItem) -> bool:
    """It asks its owner; of one that is due while the owner is away, whoever asked for it."""
    return telling.to == item.owner or (telling.kind is NoticeKind.ITEM_DUE and telling.to == item.asked_by)


def _passed(item: ActionItem, workspace: Workspace) -> str:
    words = kit.quoted(item.text, 200)
    if not item.is_open:
        return f"✅ {words}: done."
    return f"{words}: {name(item.owner, workspace.people)} does it now."


def _facts(telling: Telling, item: ActionItem, workspace: Workspace) -> dict[str, Any]:
    before = str(telling.facts.get("before") or "")
    return {
        "text": kit.clip(item.text, MOST_TEXT).replace("*", kit.STAR),
        "data": item.data,
        "number": item.number,
        "subject": kit.clip(item.subject, 200).replace("*", kit.STAR),
        "asker": Mrkdwn(name(item.asked_by, workspace.people)),
        "own": item.asked_by == item.owner,
        "owner": Mrkdwn(name(item.owner, workspace.people)),
        "yours": telling.to == item.owner,
        "before": Mrkdwn(name(before, workspace.people) if before else ""),
        "due": Mrkdwn(day(item.due, workspace)),
        "today": telling.facts.get("rung") == TODAY,
        "late": telling.facts.get("rung") == OVERDUE,
        "words": kit.clip(str(telling.facts.get("words", "")), MOST_TEXT),
    }


def reminder_buttons(item: ActionItem, reader: str) -> list[kit.Pressable]:
    """The same in a reminder, which its owner can put off."""
    if reader != item.owner:
        return buttons(item, reader)
    own, *rest = buttons(item, reader)
    return [own, kit.button("Snooze", Acts.SNOOZE, item.id), *rest]


def buttons(item: ActionItem, reader: str) -> list[kit.Pressable]:
    """What this person can do about it."""
    row: list[kit.Pressable] = []
    if reader == item.owner:
        row.append(own_button(item))
    row.append(kit.button("Hand over", Acts.PASS_ON, item.id))
    return row
