"""The emergency meeting: asking for it, calling it, declining it."""

from __future__ import annotations

from datetime import datetime

from slack_sdk.models.blocks import Block
from slack_sdk.models.views import View

from council.conflict import Conflict
from handlers import forms
from handlers.conflicts.names import Views
from handlers.conflicts.small_forms import about, meta_of
from handlers.forms import Form, field

TITLE = "Emergency meeting"


class AskForCallForm(Form):
    """*Call an emergency meeting*, by somebody who may only ask for one; or declining it."""

    why: str = ""


class CallForm(Form):
    """*Emergency meeting*: when, where, who."""

    starts: datetime | None = None
    where: str = ""
    needed: tuple[str, ...] = ()


def ask_for_call_modal(conflict: Conflict) -> View:
    """Why it cannot wait."""
    hint = "The council chair reads it and calls the meeting, or says why not."
    why = field("why", "Why can it not wait?", forms.line(most=600, tall=True), hint=hint)
    return forms.modal(
        Views.ASK_FOR_CALL, TITLE, [about(conflict), why], submit="Ask", meta=meta_of(conflict)
    )


def call_modal(conflict: Conflict) -> View:
    """When, where, and who is needed: the owner and who reported it are preset."""
    call = conflict.call
    needed = list(dict.fromkeys((conflict.owner, conflict.reporter, *conflict.told[:2])))
    hint = "Undecided in it, the owner decides by the end of that day."
    blocks: list[Block] = [
        about(conflict),
        field("starts", "When?", forms.moment(call.starts if call else None), hint=hint),
        field("where", "Where (link)", forms.line(call.where if call else "", most=300), optional=True),
        field("needed", "Who is needed", forms.people(needed)),
    ]
    return forms.modal(Views.CALL, TITLE, blocks, submit="Call it", meta=meta_of(conflict))


def decline_modal(conflict: Conflict) -> View:
    """Why not."""
    why = field("why", "Why not?", forms.line(most=600, tall=True), hint="Whoever asked for it reads it.")
    blocks: list[Block] = [about(conflict), why]
    return forms.modal(Views.DECLINE_CALL, TITLE, blocks, submit="Decline", meta=meta_of(conflict))
