"""The small forms about action items: ask for data, answer, hand over."""

from __future__ import annotations

import json
from datetime import date

from slack_sdk.models.blocks import Block, Option
from slack_sdk.models.views import View

from council.action_item import ActionItem
from council.conflict import Conflict
from council.snoozing import Snooze
from handlers import forms, kit
from handlers.actions.names import Views
from handlers.conflicts.small_forms import about, meta_of
from handlers.forms import Form, field


class AskForm(Form):
    """*Ask for data*."""

    owner: str | None = None
    text: str = ""
    due: date | None = None


class AnswerForm(Form):
    """*Answer*."""

    words: str = ""
    link: str = ""


class PassOnForm(Form):
    """*Hand over* an action item."""

    owner: str | None = None
    due: date | None = None


class SnoozeForm(Form):
    """*Snooze*."""

    until: str | None = None


def ask_modal(conflict: Conflict) -> View:
    """Whom, what, by when."""
    hint = "They are asked at once; every reminder of yours names it until it is answered."
    blocks: list[Block] = [
        about(conflict),
        field("owner", "Whom?", forms.person()),
        field("text", "What do you need?", forms.line(most=600, tall=True), hint=hint),
        field("due", "By when?", forms.day()),
    ]
    return forms.modal(Views.ASK, "Ask for data", blocks, submit="Ask", meta=meta_of(conflict))


def answer_modal(item: ActionItem) -> View:
    """What was found."""
    blocks: list[Block] = [
        _about(item),
        field("words", "What did you find?", forms.line(most=2000, tall=True)),
        field("link", "Link", forms.line(most=1000), optional=True),
    ]
    return forms.modal(Views.ANSWER, "Answer", blocks, submit="Answer", meta=_meta(item))


def pass_on_modal(item: ActionItem) -> View:
    """To whom, and by when."""
    blocks: list[Block] = [
        _about(item),
        field("owner", "To whom?", forms.person()),
        field("due", "Due", forms.day(item.due)),
    ]
    return forms.modal(Views.PASS_ON, "Hand over", blocks, submit="Hand over", meta=_meta(item))


def snooze_modal(item: ActionItem, offered: tuple[Snooze, ...]) -> View:
    """Until when; a day after the due day says so."""
    options = [_until(each) for each in offered]
    hint = "You hear of it again when that day begins for you; it stays in your list."
    blocks: list[Block] = [
        _about(item),
        field("until", "Until when?", forms.radios(options, offered[0].key), hint=hint),
    ]
    return forms.modal(Views.SNOOZE, "Snooze", blocks, submit="Snooze", meta=_meta(item))


def _until(each: Snooze) -> Option:
    return kit.option(f"{each.label}, after it is due" if each.late else each.label, each.key)


def _about(item: ActionItem) -> Block:
    source = f"\nFrom *#{item.number}* {kit.quoted(item.subject, 200)}" if item.number else ""
    return kit.text(f"{kit.strong(item.text, 600)}{source}")


def _meta(item: ActionItem) -> str:
    return json.dumps({"item": item.id})
