"""The small forms of a meeting: a decision, an owner, carrying over, attendance, arranging."""

from __future__ import annotations

import json
from datetime import date, datetime

from slack_sdk.models.blocks import Block
from slack_sdk.models.views import View

from council.action_item import ActionItem
from council.conflict import Conflict
from council.course import Item
from council.finishing import Conflicts
from handlers import forms, kit
from handlers.forms import Form, field
from handlers.meeting.names import Views
from handlers.meeting.wording import plain_title

MOST_TEXT, MOST_WHY = 600, 2000


class RecordForm(Form):
    """*Record decision* on what is no conflict."""

    decision: str = ""
    why: str = ""


class OwnerForm(Form):
    """*Name an owner*."""

    owner: str | None = None
    text: str = ""
    due: date | None = None


class CarryForm(Form):
    """*Carry over*."""

    owner: str | None = None
    why: str = ""


class AttendanceForm(Form):
    """*Attendance*."""

    people: tuple[str, ...] = ()


class ArrangeForm(Form):
    """*Arrange*: where to go on, and what is added."""

    item: str = ""
    added: str = ""


def _meta(meeting: str, item: str) -> str:
    return json.dumps({"meeting": meeting, "item": item})


def record_modal(meeting: str, item: Item, title: str) -> View:
    """The decision in a sentence, and why."""
    blocks: list[Block] = [
        kit.text(title),
        field("decision", "Decision", forms.line(most=MOST_TEXT, tall=True), hint="In one sentence."),
        field("why", "Why", forms.line(most=MOST_WHY, tall=True)),
    ]
    meta = _meta(meeting, item.id)
    return forms.modal(Views.RECORD, "Record decision", blocks, submit="Record", meta=meta)


def owner_modal(meeting: str, item: Item, title: str, known: ActionItem | None) -> View:
    """Who does what by when; of an action item that is talked about, as it stands."""
    text, due = (known.text, known.due) if known else ("", None)
    owner = known.owner if known else item.point.owner if item.point else None
    blocks: list[Block] = [
        kit.text(title),
        field("owner", "Who?", forms.person(owner)),
        field("text", "What is to be done?", forms.line(text, most=MOST_TEXT, tall=True)),
        field("due", "By when?", forms.day(due)),
    ]
    meta = _meta(meeting, item.id)
    return forms.modal(Views.OWNER, "Name an owner", blocks, submit="Name", meta=meta)


def carry_modal(
    meeting: str, item: Item, title: str, owner: str | None, until: tuple[datetime, str] | None
) -> View:
    """Who brings it back. `owner` is None for what its own owner brings back, without being named here."""
    again = f"\nThe next one is {kit.when(*until)}." if until else ""
    blocks: list[Block] = [kit.text(f"{title}{again}")]
    if owner is None:
        blocks.append(kit.small("Its owner brings it back."))
    else:
        blocks.append(field("owner", "Who brings it back?", forms.person(owner)))
    blocks.append(field("why", "Why?", forms.line(most=MOST_TEXT, tall=True), optional=True))
    return forms.modal(Views.CARRY, "Carry over", blocks, submit="Carry over", meta=_meta(meeting, item.id))


def attendance_modal(meeting: str, people: tuple[str, ...]) -> View:
    """Who is there."""
    hint = "Who sits in the council and is not named gets the minutes."
    blocks: list[Block] = [field("people", "Who is there?", forms.people(people), hint=hint)]
    return forms.modal(Views.ATTENDANCE, "Attendance", blocks, submit="Save", meta=_meta(meeting, ""))


def arrange_modal(meeting: str, items: tuple[Item, ...], at: str, conflicts: Conflicts) -> View:
    """Which item comes now, and one that nobody had thought of."""
    options = [
        kit.option(f"{each.place} · {plain_title(each, _of(each, conflicts))}", each.id) for each in items
    ]
    blocks: list[Block] = [
        field("item", "Go on with", forms.select(options, at)),
        field("added", "Add an item", forms.line(most=300), optional=True),
    ]
    return forms.modal(Views.ARRANGE, "Arrange", blocks, submit="Go on", meta=_meta(meeting, at))


def _of(item: Item, conflicts: Conflicts) -> Conflict | None:
    return conflicts.get(item.point.conflict or "") if item.point else None
