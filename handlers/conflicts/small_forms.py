"""The small forms: add context, hand over, extend the deadline, withdraw."""

from __future__ import annotations

import json
from datetime import datetime

from slack_sdk.models.blocks import Block
from slack_sdk.models.views import View

from council.conflict import Conflict
from council.routing import role_of
from council.workspace import Workspace
from handlers import forms, kit
from handlers.conflicts.names import Views
from handlers.forms import Form, field

KINDS = {"data": "it is a question of data", "business": "it is a business question"}
SOMEBODY = "somebody"


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


class ExtendForm(Form):
    """*Extend deadline*."""

    limit: datetime | None = None
    why: str = ""
    agreed: tuple[str, ...] = ()


class WithdrawForm(Form):
    """*Withdraw*."""

    why: str = ""


def meta_of(conflict: Conflict) -> str:
    """The id that travels with every small form."""
    return json.dumps({"conflict": conflict.id})


def context_modal(conflict: Conflict, words: str = "") -> View:
    """What should the owner know?"""
    blocks: list[Block] = [
        _about(conflict),
        field("words", "What should the owner know?", forms.line(words, tall=True)),
        field("link", "Link", forms.line(most=1000), optional=True),
    ]
    return forms.modal(Views.CONTEXT, "Add context", blocks, submit="Add", meta=meta_of(conflict))


def hand_over_modal(conflict: Conflict, workspace: Workspace) -> View:
    """To whom, and why; the deadline stays."""
    options = [kit.option(label, person) for person, label in receivers(conflict, workspace)]
    options.append(kit.option("somebody else", SOMEBODY))
    blocks: list[Block] = [
        _about(conflict),
        field("to", "To whom?", forms.radios(options, options[0].value)),
        field("person", "Somebody else", forms.person(), optional=True),
        field(
            "why", "Why?", forms.line(most=600, tall=True), hint="The deadline stays; the reporter sees it."
        ),
    ]
    return forms.modal(Views.HAND_OVER, "Hand over", blocks, submit="Hand over", meta=meta_of(conflict))


def receivers(conflict: Conflict, workspace: Workspace) -> list[tuple[str, str]]:
    """The other owner of the row and the deputy, as (user id, label); never the owner themselves."""
    found: dict[str, str] = {}
    row = next((row for row in workspace.configuration.matrix if row.key == conflict.facts.type), None)
    if row is not None and row.other_owner is not None:
        kind, word = row.other_owner
        role = role_of(word, workspace)
        if role is not None and role.holder:
            found[role.holder] = f"{_name(role.holder, workspace)}, {role.name}: {KINDS[kind]}"
    seat = role_of(conflict.seat, workspace)
    if seat is not None and seat.deputy:
        found.setdefault(seat.deputy, f"{_name(seat.deputy, workspace)}, your deputy")
    return [(person, label) for person, label in found.items() if person != conflict.owner]


def _name(person: str, workspace: Workspace) -> str:
    known = workspace.people.get(person)
    return known.name if known else "a colleague"


def extend_modal(conflict: Conflict, *, own: bool) -> View:
    """A later deadline, and why; past what the reporter needs only when they agree."""
    agreed = kit.option("The reporter agrees to a later date", "agreed")
    blocks: list[Block] = [
        _about(conflict),
        field("limit", "New deadline", forms.moment(conflict.deadline.limit)),
        field("why", "Why?", forms.line(most=600, tall=True), hint="The reporter sees it."),
    ]
    if not own:
        blocks.append(field("agreed", "Agreed", forms.ticks([agreed], []), optional=True))
    return forms.modal(Views.EXTEND, "Extend deadline", blocks, submit="Extend", meta=meta_of(conflict))


def withdraw_modal(conflict: Conflict) -> View:
    """Taking a report back."""
    blocks: list[Block] = [_about(conflict), field("why", "Why?", forms.line(most=600, tall=True))]
    return forms.modal(Views.WITHDRAW, "Withdraw", blocks, submit="Withdraw", meta=meta_of(conflict))


def _about(conflict: Conflict) -> Block:
    return kit.text(f"*#{conflict.number}* {kit.quoted(conflict.facts.subject, 300)}")
