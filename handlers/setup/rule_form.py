"""The form of a number of record: which source stands while nobody has decided, and for what."""

from __future__ import annotations

from datetime import date

from slack_sdk.models.blocks import Block
from slack_sdk.models.views import View

from council.matrix import PrecedenceRule
from council.problems import LONGEST_NAME
from council.workspace import Workspace
from handlers import forms, kit
from handlers.forms import Form, field
from handlers.setup.names import Acts, Views

SCOPE_HINT = "Empty: it holds for all of this kind. Every word written here must be in the report."


class RuleForm(Form):
    """A number of record, as filled in."""

    type: str = ""
    stands: str = ""
    team: str = ""
    because: str = ""
    metric: str = ""
    segment: str = ""
    account: str = ""
    since: date | None = None
    until: date | None = None


def form_of(rule: PrecedenceRule) -> RuleForm:
    """The form filled in with what the rule is."""
    return RuleForm(
        type=rule.type,
        stands=rule.stands,
        team=rule.team,
        because=rule.because,
        metric=rule.metric or "",
        segment=rule.segment or "",
        account=rule.account or "",
        since=rule.since,
        until=rule.until,
    )


def rule_of(form: RuleForm, decision: int | None) -> PrecedenceRule:
    """The rule the form describes; `decision` is the number of the one it comes from."""
    return PrecedenceRule(
        type=form.type,
        stands=" ".join(form.stands.split()),
        team=form.team,
        because=form.because,
        metric=form.metric or None,
        segment=form.segment or None,
        account=form.account or None,
        since=form.since,
        until=form.until,
        decision=decision,
    )


def rule_modal(form: RuleForm, workspace: Workspace, *, place: str, meta: str, head: str = "") -> View:
    """The form; `place` is the rule that is changed, empty for a new one; `head` stands above all."""
    rows = [row for row in workspace.configuration.matrix if not row.retired or row.key == form.type]
    types = [kit.option(row.name, row.key) for row in rows]
    row = [kit.button("Back", Acts.RULES, "0")]
    if place:
        row += [kit.button("Narrow it", Acts.NARROW_RULE, place), kit.button("Retire", Acts.END_RULE, place)]
    blocks: list[Block] = [
        *kit.buttons(row),
        *([kit.text(head)] if head else []),
        field("type", "Which kind of conflict?", forms.select(types, form.type, "Choose a kind")),
        field(
            "stands",
            "Which source stands?",
            forms.line(form.stands, most=LONGEST_NAME),
            hint="Until somebody decides. For example: Rep roll-up in the CRM.",
        ),
        field("team", "Whose is it?", forms.line(form.team, most=75), hint="A team.", optional=True),
        field(
            "because",
            "Because",
            forms.line(form.because, most=300),
            hint="Whoever reports reads it, for example: Sales owns the pipeline forecast.",
            optional=True,
        ),
        *_scope(form),
        field("since", "From", forms.day(form.since), optional=True),
        field("until", "Until", forms.day(form.until), hint="Its last day.", optional=True),
    ]
    title = "Edit number of record" if place else "Add a number of record"
    return forms.modal(Views.RULE, title, blocks, submit="Next", meta=meta)


def _scope(form: RuleForm) -> list[Block]:
    asked = (("metric", "Only for the metric"), ("segment", "Only for the segment"))
    fields: list[Block] = [
        field(name, label, forms.line(getattr(form, name), most=75), optional=True) for name, label in asked
    ]
    account = forms.line(form.account, most=75)
    return [*fields, field("account", "Only for the account", account, hint=SCOPE_HINT, optional=True)]
