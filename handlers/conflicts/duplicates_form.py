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
from handlers.conflicts.names import Acts, Views
from handlers.conflicts.receipt import TITLE
from handlers.forms import Form, field
from handlers.wording import name, plain_name


class DuplicatesForm(Form):
    """Which of the offered ones it is, as *kind:id*."""

    choice: str = ""


def duplicates_modal(offered: tuple[Likely, ...], draft: str, workspace: Workspace) -> View:
    """The second view after **Report**; nothing is chosen for anybody."""
    choices = [kit.option(_label(each, workspace), f"{each.kind}:{each.conflict.id}") for each in offered]
    choices.append(kit.option("Report it separately", "separate"))
    blocks: list[Block] = [
        kit.text("*This may be the same thing.* What you typed is kept."),
        *(kit.small(_line(each, workspace)) for each in offered),
        field("choice", "What would you like to do?", forms.radios(choices)),
    ]
    return forms.modal(Views.DUPLICATES, TITLE, blocks, submit="Continue", meta=json.dumps({"draft": draft}))


def _label(each: Likely, workspace: Workspace) -> str:
    """Within the 75 characters of a choice, so the decision gives way to the name of who made it."""
    conflict = each.conflict
    if each.kind == "join" or conflict.ruling is None:
        return f"Join #{conflict.number} (open)"
    by = f" (decided by {kit.clip(plain_name(conflict.ruling.by, workspace.people), 24)})"
    before = "This answers it: "
    room = kit.MOST_OPTION - len(before) - len(by) - 2
    return f"{before}“{kit.clip(conflict.ruling.decision, room)}”{by}"


def _line(each: Likely, workspace: Workspace) -> str:
    conflict = each.conflict
    subject = kit.quoted(conflict.facts.subject, 120)
    if each.kind == "answers" and conflict.ruling:
        decision, by = kit.quoted(conflict.ruling.decision, 200), name(conflict.ruling.by, workspace.people)
        return f"#{conflict.number} {subject} · {by} decided: {decision}"
    by = kit.when(conflict.overdue_at, workspace.hours.zone)
    return f"#{conflict.number} {subject} · {name(conflict.owner, workspace.people)} decides by {by}"


def answered_receipt(conflict: Conflict, workspace: Workspace) -> View:
    """Nothing was reported: the decision that answers it."""
    lines = [
        f"*#{conflict.number}* answers it, so nothing was reported:",
        *decided_lines(conflict, workspace),
    ]
    details = kit.buttons([kit.button("Details", Acts.DETAILS, conflict.id)])
    return forms.modal("receipt", TITLE, [kit.text("\n".join(lines)), *details], close="Done")
