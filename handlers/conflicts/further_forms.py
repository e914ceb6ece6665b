"""The rarer forms behind **Details**: correct, change kind, same as, confidential, reopen, not solved."""

from __future__ import annotations

from datetime import datetime
from typing import Any, TypeVar

from slack_sdk.models.blocks import Block
from slack_sdk.models.blocks.block_elements import InputInteractiveElement
from slack_sdk.models.views import View

from council.conflict import Conflict
from council.correcting import Correction
from council.routing import Route
from council.workspace import Workspace
from handlers import forms, kit
from handlers.conflicts.names import Acts, Views
from handlers.conflicts.small_forms import about, meta_of
from handlers.forms import Form, field
from handlers.wording import name, read

COPIES = (
    "From then on only those who take part see it. I delete the card and the line in the decision log; "
    "copies may remain: in notifications, in e-mails, in what somebody quoted."
)


class CorrectForm(Form):
    """*Correct*; `says_0` … belong to the conflict's signals, in their order."""

    subject: str = ""
    says_0: str = ""
    says_1: str = ""
    says_2: str = ""
    says_3: str = ""
    waiting: str = ""
    account: str = ""
    needed_by: datetime | None = None

    def correction(self, conflict: Conflict) -> Correction:
        """As the rule reads it."""
        says: tuple[Any, ...] = tuple(getattr(self, f"says_{n}") for n in range(len(conflict.facts.signals)))
        return Correction(
            subject=self.subject,
            says=says,
            waiting=self.waiting,
            account=self.account,
            needed_by=self.needed_by,
        )


class KindForm(Form):
    """*Change kind*."""

    type: str = ""
    account: str = ""
    account_owner: str | None = None
    why: str = ""


class SameAsForm(Form):
    """*Same as …*: the id of the other conflict."""

    into: str = ""


class WhyForm(Form):
    """*Reopen*, and *No* to *did this solve it?*"""

    why: str = ""


def correct_modal(conflict: Conflict) -> View:
    """What was said, to be corrected; once it is acknowledged the old value stays visible."""
    facts = conflict.facts
    blocks: list[Block] = [
        about(conflict),
        field("subject", "What do they disagree about?", forms.line(facts.subject, most=300)),
    ]
    blocks += [
        field(f"says_{place}", f"What {signal.source} says", forms.line(signal.says, most=500))
        for place, signal in enumerate(facts.signals)
    ]
    blocks += [
        field("waiting", "What is waiting on this?", forms.line(facts.waiting, most=300), optional=True),
        field("account", "Account", forms.line(facts.account, most=150), optional=True),
        field("needed_by", "Needed by", forms.moment(facts.needed_by), optional=True),
    ]
    if not conflict.acknowledged_at:
        words = "Nobody is at it yet: the card simply shows what is right."
    else:
        words = "It has been acknowledged: what it said before stays visible beside it."
    blocks.append(kit.small(words))
    return forms.modal(Views.CORRECT, "Correct", blocks, submit="Correct", meta=meta_of(conflict))


def kind_modal(form: KindForm, conflict: Conflict, workspace: Workspace, way: Route | None) -> View:
    """Another kind, and what it would change; a type that asks whose account it is shows those fields."""
    rows = [row for row in workspace.configuration.offered if row.key != conflict.facts.type]
    chosen = next((row for row in rows if row.key == form.type), None)
    options = [kit.option(row.name, row.key) for row in rows]
    kinds = forms.select(options, form.type or None, placeholder="Choose a kind")
    blocks: list[Block] = [about(conflict), field("type", "What kind is it?", _chosen(kinds), dispatch=True)]
    blocks += [kit.text(_would_decide(way, workspace), block_id="box")] if way else []
    if chosen is not None and chosen.asks_account_owner:
        account, owner = form.account or conflict.facts.account, form.account_owner
        owner = owner or conflict.facts.account_owner
        blocks += [
            field("account", "Account", forms.line(account, most=150)),
            field("account_owner", "Account owner", _chosen(forms.person(owner)), dispatch=True),
        ]
    hint = "Needed when the deadline moves to a later time; everybody who may see it can read it."
    blocks.append(field("why", "Why?", forms.line(form.why, most=600, tall=True), hint=hint, optional=True))
    return forms.modal(Views.KIND, "Change kind", blocks, submit="Change kind", meta=meta_of(conflict))


E = TypeVar("E", bound=InputInteractiveElement)


def _chosen(element: E) -> E:
    """With an action id of its own, so that each choice comes to this form."""
    element.action_id = Acts.KIND_CHOSEN
    return element


def _would_decide(way: Route, workspace: Workspace) -> str:
    by = kit.when(way.deadline.limit, workspace.hours.zone)
    who = f"*{name(way.owner, workspace.people)}* ({kit.quoted(way.role, 80)})"
    return f"{who} would decide by *{by}*, {read(way.deadline.because, workspace)}."


def same_as_modal(conflict: Conflict) -> View:
    """Which other conflict it is the same as."""
    search = forms.search(placeholder="Its number, or words from it")
    words = "Its signals and its people go to the other one; everybody who took part here hears it once."
    blocks: list[Block] = [about(conflict), field("into", "Same as", search), kit.small(words)]
    return forms.modal(Views.SAME_AS, "Same as …", blocks, submit="Put together", meta=meta_of(conflict))


def confidential_modal(conflict: Conflict) -> View:
    """What making it confidential does, and what it cannot do."""
    blocks: list[Block] = [about(conflict), kit.text(COPIES)]
    title = "Make confidential"
    return forms.modal(Views.CONFIDENTIAL, title, blocks, submit=title, meta=meta_of(conflict))


def reopen_modal(conflict: Conflict) -> View:
    """Why it is taken up again."""
    hint = "Everybody who heard of the decision reads it. The deadline counts from now."
    why = field("why", "Why?", forms.line(most=600, tall=True), hint=hint)
    blocks: list[Block] = [about(conflict), why]
    return forms.modal(Views.REOPEN, "Reopen", blocks, submit="Reopen", meta=meta_of(conflict))


def not_solved_modal(conflict: Conflict) -> View:
    """What is still wrong."""
    hint = "The owner and the council chair read it, and can take the decision up again."
    why = field("why", "What is still wrong?", forms.line(most=600, tall=True), hint=hint)
    title = "Not solved"
    return forms.modal(Views.NOT_SOLVED, title, [about(conflict), why], submit="Send", meta=meta_of(conflict))
