"""Offered before a second one is made: what answers it already, or what to join."""

from __future__ import annotations

import json

from slack_sdk.models.blocks import Block
from slack_sdk.models.views import View

from council.conflict import Conflict
from council.duplicates import Likely
from council.workspace import Workspace
from handlers import forms, kit
from handlers.conflicts.decided import decided_lines
from handlers.conflicts.names import Views
from handlers.forms import Form, field
from handlers.wording import name

TITLE = "Report an AI conflict"


class DuplicatesForm(Form):
    """Which of the offered ones it is, as *kind:id*."""

    choice: str = "separate"


def duplicates_modal(offered: tuple[Likely, ...], draft: str, workspace: Workspace) -> View:
    """The second view after **Report**."""
    choices = [kit.option(_label(each, workspace), f"{each.kind}:{each.conflict.id}") for each in offered]
    choices.append(kit.option("Report it separately", "separate"))
    blocks: list[Block] = [
        kit.text("*This may be the same thing.* What you typed is kept."),
        *(kit.small(_line(each, workspace)) for each in offered),
        field("choice", "What would you like to do?", forms.radios(choices, choices[0].value)),
    ]
    meta = json.dumps({"draft": draft})
    return forms.modal(Views.DUPLICATES, TITLE, blocks, submit="Continue", meta=meta)


def _label(each: Likely, workspace: Workspace) -> str:
    conflict = each.conflict
    if each.kind == "join":
        return f"Join #{conflict.number} (open)"
    decision = conflict.ruling.decision if conflict.ruling else conflict.facts.subject
    return f"This answers it: “{kit.clip(decision, 50)}”"


def _line(each: Likely, workspace: Workspace) -> str:
    conflict = each.conflict
    subject = kit.quoted(conflict.facts.subject, 120)
    if each.kind == "answers" and conflict.ruling:
        return f"#{conflict.number} {subject} · decided by {name(conflict.ruling.by, workspace.people)}"
    by = kit.when(conflict.deadline.limit, workspace.hours.zone)
    return f"#{conflict.number} {subject} · {name(conflict.owner, workspace.people)} decides by {by}"


def answered_receipt(conflict: Conflict, workspace: Workspace) -> View:
    """Nothing was reported: the decision that answers it."""
    lines = [f"*#{conflict.number}* answers it:", *decided_lines(conflict, workspace)]
    return forms.modal("receipt", TITLE, [kit.text("\n".join(lines))], close="Done")
