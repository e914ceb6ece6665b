"""The small forms: add context, hand over, extend the deadline, withdraw."""

from __future__ import annotations

import json
from datetime import datetime

from slack_sdk.models.blocks import Block
from slack_sdk.models.views import View

from council.conflict import Conflict
from council.seats import role_of
from council.workspace import Workspace
from handlers import forms, kit
from handlers.conflicts.names import Views
from handlers.forms import Form, field

KINDS = {"data": "it is a question of data", "business": "it is a business question"}
SOMEBODY = "somebody"
SOMEBODY_HINT = "Only if you chose “Somebody else” above."


class ContextForm(Form):
    """*Add context*."""

    words: str = ""
    link: str = ""


class HandOverForm(Form):
    """*Hand over*: `to` is a user id or *somebody*, then `person` says whom."""

    to: str = ""
    person: str | None = None
    why: str = ""

    @property
    def receiver(self) -> str | None:
        """Who is to decide instead."""
        return self.person if self.to == SOMEBODY else self.to or None

    @property
    def contradicts_itself(self) -> bool:
        """One was chosen above and another one below."""
        return self.to != SOMEBODY and self.person is not None and self.person != self.to


class ExtendForm(Form):
    """*Extend deadline*."""

    limit: datetime | None = None
    why: str = ""


class WithdrawForm(Form):
    """*Withdraw*."""

    why: str = ""


def meta_of(conflict: Conflict, **more: bool) -> str:
    """The id that travels with every small form."""
    return json.dumps({"conflict": conflict.id, **more})


def context_modal(conflict: Conflict, words: str = "") -> View:
    """What should the owner know?"""
    blocks: list[Block] = [
        about(conflict),
        field("words", "What should the owner know?", forms.line(words, tall=True)),
        field("link", "Link", forms.line(most=1000), optional=True),
    ]
    return forms.modal(Views.CONTEXT, "Add context", blocks, submit="Add", meta=meta_of(conflict))


def hand_over_modal(conflict: Conflict, workspace: Workspace) -> View:
    """To whom, and why; the deadline stays."""
    options = [kit.option(label, person) for person, label in receivers(conflict, workspace)]
    options.append(kit.option("Somebody else", SOMEBODY))
    blocks: list[Block] = [
        about(conflict),
        field("to", "To whom?", forms.radios(options, options[0].value)),
        field("person", "Somebody else", forms.person(), hint=SOMEBODY_HINT, optional=True),
        field(
            "why", "Why?", forms.line(most=600, tall=True), hint="The deadline stays; the reporter sees it."
        ),
    ]
    return forms.modal(Views.HAND_OVER, "Hand over", blocks, submit="Hand over", meta=meta_of(conflict))


def receivers(conflict: Conflict, workspace: Workspace) -> list[tuple[str, str]]:
    """The other owner of the row and the deputy, as (user id, label); nobody who has it or is gone."""
    found: dict[str, str] = {}
    row = next((row for row in workspace.configuration.matrix if row.key == conflict.facts.type), None)
    if row is not None and row.other_owner is not None:
        kind, word = row.other_owner
        role = role_of(word, workspace)
        if role is not None and role.holder:
            found[role.holder] = f"{_name(role.holder, workspace)}, {role.name}: {KINDS[kind]}"
    seat = role_of(conflict.seat, workspace)
    if seat is not None and seat.deputy:
        part = "your deputy" if seat.holder == conflict.owner else f"deputy {seat.name}"
        found.setdefault(seat.deputy, f"{_name(seat.deputy, workspace)}, {part}")
    fitting = (person for person in found if person != conflict.owner and not workspace.gone(person))
    return [(person, found[person]) for person in fitting]


def _name(person: str, workspace: Workspace) -> str:
    known = workspace.people.get(person)
    return known.name if known else "a colleague"


def extend_modal(conflict: Conflict, asking: str) -> View:
    """A later deadline, and why; `asking` says, in our own markup, who has to agree to it."""
    blocks: list[Block] = [
        about(conflict),
        field("limit", "New deadline", forms.moment(conflict.deadline.limit)),
        field("why", "Why?", forms.line(most=600, tall=True), hint="The reporter sees it."),
    ]
    blocks += [kit.small(asking)] if asking else []
    return forms.modal(Views.EXTEND, "Extend deadline", blocks, submit="Extend", meta=meta_of(conflict))


def withdraw_modal(conflict: Conflict) -> View:
    """Taking a report back."""
    blocks: list[Block] = [about(conflict), field("why", "Why?", forms.line(most=600, tall=True))]
    return forms.modal(Views.WITHDRAW, "Withdraw", blocks, submit="Withdraw", meta=meta_of(conflict))


def leave_modal(conflict: Conflict) -> View:
    """Who has joined takes themselves out again; the report stays."""
    words = "You have joined this report. If you leave, what you added stays, and you hear no more of it."
    blocks: list[Block] = [about(conflict), kit.text(words)]
    meta = meta_of(conflict, leave=True)
    return forms.modal(Views.WITHDRAW, "Leave", blocks, submit="Leave", meta=meta)


def about(conflict: Conflict) -> Block:
    """What the form is about, in its first line."""
    return kit.text(f"*#{conflict.number}* {kit.quoted(conflict.facts.subject, 300)}")
