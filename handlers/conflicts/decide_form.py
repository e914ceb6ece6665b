"""The decision: whose signal stands, the number to use, one sentence, and why."""

from __future__ import annotations

import json
from dataclasses import dataclass, replace
from datetime import date, datetime
from typing import Any

from slack_sdk.models.blocks import Block, Option, RadioButtonsElement
from slack_sdk.models.views import View

from council.asking import MOST_ITEMS
from council.conflict import Conflict, Ruling, Signal, Stands
from handlers import forms, kit
from handlers.conflicts.names import Acts, Views
from handlers.forms import Form, field

STANDS = "stands"
AS_RULE = "rule"
MOST_NUMBER = 150
RESOLVED: Stands = "resolved"
NOTHING_TO_DECIDE = "Nothing to decide."
OTHERS: tuple[tuple[Stands, str], ...] = (
    ("neither", "Neither"),
    ("both", "More than one: they answer different questions"),
    (RESOLVED, "It resolved itself or was a mistake"),
)


class DecideForm(Form):
    """What was typed. `stands` is *signal:0* … *signal:3*, or one of the other kinds."""

    stands: str = ""
    number: str = ""
    decision: str = ""
    why: str = ""
    trade_offs: str = ""
    lesson: str = ""
    holds_until: date | None = None
    look_again: date | None = None
    as_rule: tuple[str, ...] = ()
    item_text_0: str = ""
    item_text_1: str = ""
    item_text_2: str = ""
    item_text_3: str = ""
    item_text_4: str = ""
    item_owner_0: str | None = None
    item_owner_1: str | None = None
    item_owner_2: str | None = None
    item_owner_3: str | None = None
    item_owner_4: str | None = None
    item_due_0: date | None = None
    item_due_1: date | None = None
    item_due_2: date | None = None
    item_due_3: date | None = None
    item_due_4: date | None = None

    def item(self, place: int) -> tuple[str, str | None, date | None]:
        """What, who and by when of the action item at that place."""
        text, owner, due = (getattr(self, f"item_{field}_{place}") for field in ("text", "owner", "due"))
        return text, owner, due

    @property
    def items(self) -> tuple[tuple[str, str | None, date | None], ...]:
        """The action items that were begun, in order."""
        begun = (self.item(place) for place in range(MOST_ITEMS))
        return tuple(each for each in begun if any(each))

    def signal(self, conflict: Conflict) -> Signal | None:
        """The signal that was chosen, if one was."""
        kind, _, place = self.stands.partition(":")
        signals = conflict.facts.signals
        known = kind == "signal" and place.isdecimal() and int(place) < len(signals)
        return signals[int(place)] if known else None

    def ruling(self, conflict: Conflict, by: str, now: datetime) -> Ruling:
        """The decision as the rules read it; unknown choices are refused there."""
        chosen = self.signal(conflict)
        other = next((stands for stands, _ in OTHERS if stands == self.stands), None)
        mistake = self.stands == RESOLVED
        return Ruling(
            stands=other or "one",
            source=chosen.source if chosen else "",
            number="" if mistake else self.number,
            decision=self.decision or (NOTHING_TO_DECIDE if mistake else ""),
            why=self.why,
            trade_offs=self.trade_offs,
            lesson=self.lesson,
            holds_until=None if mistake else self.holds_until,
            look_again=self.look_again,
            as_rule=bool(self.as_rule),
            by=by,
            role=conflict.role,
            at=now,
        )


@dataclass(frozen=True, slots=True)
class Deciding:
    """Which conflict, how much of the form is shown, and the number last prefilled."""

    conflict: str
    more: bool = False
    prefilled: str = ""
    round: int = 0
    items: int = 0
    """How many rows for action items are shown."""
    meeting: str = ""
    """The meeting it is decided in, and the item it is there."""

    def dump(self) -> str:
        """As private metadata."""
        return json.dumps(
            {
                "conflict": self.conflict,
                "more": self.more,
                "prefilled": self.prefilled,
                "round": self.round,
                "items": self.items,
                "meeting": self.meeting,
            }
        )

    @classmethod
    def load(cls, meta: dict[str, Any]) -> Deciding:
        """From private metadata."""
        return cls(
            str(meta["conflict"]),
            bool(meta.get("more")),
            str(meta.get("prefilled", "")),
            int(meta.get("round", 0)),
            int(meta.get("items", 0)),
            str(meta.get("meeting", "")),
        )


def prefill(form: DecideForm, deciding: Deciding, conflict: Conflict) -> tuple[DecideForm, Deciding]:
    """The number follows the chosen signal until somebody types another one."""
    if form.number and form.number != deciding.prefilled:
        return form, deciding
    chosen = form.signal(conflict)
    number = kit.clip(chosen.says, MOST_NUMBER) if chosen else ""
    renewed = deciding.round + (number != form.number)
    return form.model_copy(update={"number": number}), replace(deciding, prefilled=number, round=renewed)


def decide_modal(
    form: DecideForm,
    deciding: Deciding,
    conflict: Conflict,
    contexts: int,
    default_hold: date,
) -> View:
    """The whole form with what was typed in it."""
    blocks: list[Block] = [
        kit.text(_summary(conflict, contexts)),
        field(STANDS, "Whose signal stands?", _radios(form, conflict), dispatch=True),
        _number(form, deciding),
        field(
            "decision",
            "Decision",
            forms.line(form.decision, most=600, tall=True),
            hint="In one sentence: what is done now.",
            optional=form.stands == RESOLVED,
        ),
        field(
            "why",
            "Why",
            forms.line(form.why, most=2000, tall=True),
            hint="With numbers, so that others can decide alike next time.",
        ),
    ]
    blocks += _more(form, default_hold) if deciding.more else []
    blocks += _as_rule(form) if deciding.more and not conflict.facts.confidential else []
    blocks += [block for place in range(deciding.items) for block in _item(form, place)]
    blocks += _more_buttons(deciding)
    callback = Views.DECIDE_IN_MEETING if deciding.meeting else Views.DECIDE
    title = f"Decide #{conflict.number}"
    return forms.modal(callback, title, blocks, submit="Decide", meta=deciding.dump())


def _summary(conflict: Conflict, contexts: int) -> str:
    parts = [f"{kit.quoted(s.source, 80)}: {kit.strong(s.says, 200)}" for s in conflict.facts.signals]
    if contexts:
        parts.append(f"{contexts} piece{'s' if contexts > 1 else ''} of context")
    return f"{kit.strong(conflict.facts.subject, 300)}\n" + "   ·   ".join(parts)


def _radios(form: DecideForm, conflict: Conflict) -> RadioButtonsElement:
    """With an action id of its own, so that each choice comes to this form."""
    radios = forms.radios(_choices(conflict), form.stands or None)
    radios.action_id = Acts.STANDS
    return radios


def _choices(conflict: Conflict) -> list[Option]:
    signals = [
        kit.option(signal.source, f"signal:{place}") for place, signal in enumerate(conflict.facts.signals)
    ]
    return [*signals, *(kit.option(label, stands) for stands, label in OTHERS)]


def _number(form: DecideForm, deciding: Deciding) -> Block:
    """A new block id where the prefill changes: Slack keeps what an input holds while its id stays."""
    name = f"number_{deciding.round}" if deciding.round else "number"
    hint = "Filled in from your choice; change it if another number is to be used."
    return field(
        name, "The number to use", forms.line(form.number, most=MOST_NUMBER), hint=hint, optional=True
    )


def _item(form: DecideForm, place: int) -> list[Block]:
    text, owner, due = form.item(place)
    nth = f" {place + 1}" if place else ""
    return [
        field(f"item_text_{place}", f"Action item{nth}", forms.line(text, most=300), optional=True),
        field(f"item_owner_{place}", f"Owner{nth}", forms.person(owner), optional=True),
        field(f"item_due_{place}", f"Due{nth}", forms.day(due), optional=True),
    ]


def _more_buttons(deciding: Deciding) -> list[Block]:
    row = [] if deciding.more else [kit.button("Add more", Acts.ADD_MORE, "more")]
    if deciding.items < MOST_ITEMS:
        row.append(kit.button("Add an action item", Acts.ADD_ITEM, "item"))
    return kit.buttons(row, block_id="more")


def _more(form: DecideForm, default_hold: date) -> list[Block]:
    return [
        field("trade_offs", "Trade-offs", forms.line(form.trade_offs, most=1000, tall=True), optional=True),
        field("lesson", "What did we learn?", forms.line(form.lesson, most=1000, tall=True), optional=True),
        field("holds_until", "Holds until", forms.day(form.holds_until or default_hold), optional=True),
        field("look_again", "Look at it again on", forms.day(form.look_again), optional=True),
    ]


def _as_rule(form: DecideForm) -> list[Block]:
    """Only a source can stand until the next decision; an admin reads it first."""
    box = forms.ticks([kit.option("Make this a standing rule", AS_RULE)], list(form.as_rule))
    hint = "An admin is asked: the chosen source would stand for all like this, until somebody decides."
    return [field("as_rule", "Next time", box, hint=hint, optional=True)]


def late_modal(sentence: str, form: DecideForm, conflict: Conflict) -> View:
    """It is not theirs to decide any more: all that was typed can still become context."""
    number = f"The number to use: {form.number}" if form.number else ""
    typed = (form.decision, form.why, number, form.trade_offs, form.lesson)
    words = "\n".join(part for part in typed if part)
    blocks: list[Block] = [
        kit.text(sentence),
        field("words", "What should the owner know?", forms.line(words, tall=True)),
    ]
    meta = json.dumps({"conflict": conflict.id})
    title = f"Decide #{conflict.number}"
    return forms.modal(Views.CONTEXT, title, blocks, submit="Add as context", meta=meta)
