"""The report: a short form that shows who will decide, by when, and which number stands until then."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Any, Literal

from pydantic import Field
from slack_sdk.models.blocks import Block, Option
from slack_sdk.models.views import View

from council.conflict import Facts, Signal
from council.matrix import ConflictType
from council.routing import Asked
from council.workspace import Workspace
from handlers import forms, kit
from handlers.conflicts.names import Acts, Views
from handlers.forms import Form, field

SOURCES = 4


class ReportForm(Form):
    """What was typed so far; nothing is required here, the rule says what is missing."""

    type: str = ""
    subject: str = ""
    source_0: str = ""
    says_0: str = ""
    source_1: str = ""
    says_1: str = ""
    source_2: str = ""
    says_2: str = ""
    source_3: str = ""
    says_3: str = ""
    needed_by: datetime | None = None
    waiting: str = ""
    account: str = ""
    account_owner: str | None = None
    as_of: str = ""
    urgency: Literal["normal", "immediate"] = "normal"
    meeting: Literal["today", "next"] = "today"
    flags: list[str] = Field(default_factory=list)

    @property
    def signals(self) -> tuple[Signal, ...]:
        """The signals that were begun: the first two always, the others when anything of them is there."""
        pairs = [(getattr(self, f"source_{n}"), getattr(self, f"says_{n}")) for n in range(SOURCES)]
        begun = [pair for n, pair in enumerate(pairs) if n < 2 or any(pair)]
        return tuple(
            Signal(source=source, says=says, as_of="" if n else self.as_of)
            for n, (source, says) in enumerate(begun)
        )


@dataclass(frozen=True, slots=True)
class Opened:
    """Where the form was opened and how much of it is shown; travels in the modal as ids."""

    reported_in: str | None = None
    more: bool = False
    private: bool = False
    link: str = ""

    def dump(self) -> dict[str, Any]:
        """As private metadata."""
        return {"in": self.reported_in, "more": self.more, "private": self.private, "link": self.link}

    @classmethod
    def load(cls, meta: Mapping[str, Any]) -> Opened:
        """From private metadata."""
        return cls(
            meta.get("in"), bool(meta.get("more")), bool(meta.get("private")), str(meta.get("link", ""))
        )


def facts_of(form: ReportForm, opened: Opened) -> Facts:
    """The report as the rules read it; what the form did not show keeps its default."""
    signals = form.signals
    if opened.link and signals:
        signals = (replace(signals[0], link=opened.link), *signals[1:])
    return Facts(
        type=form.type,
        subject=form.subject,
        signals=signals,
        waiting=form.waiting,
        needed_by=form.needed_by,
        account=form.account,
        account_owner=form.account_owner,
        immediate=form.urgency == "immediate",
        confidential="confidential" in form.flags,
        unnamed="unnamed" in form.flags,
        reported_in=opened.reported_in,
        meeting=form.meeting,
    )


def asked_of(form: ReportForm, reporter: str, workspace: Workspace) -> Asked | None:
    """What routing needs of a form that is still being filled in; None before a kind is chosen."""
    row = next((row for row in workspace.configuration.offered if row.key == form.type), None)
    if row is None:
        return None
    return Asked(
        type=row,
        reporter=reporter,
        subject=" ".join((form.subject, form.account)),
        sources=tuple(signal.source for signal in form.signals if signal.source),
        said=form.as_of,
        account_owner=form.account_owner,
        needed_by=form.needed_by,
        immediate=form.urgency == "immediate",
        meeting=form.meeting,
    )


def report_modal(
    form: ReportForm,
    opened: Opened,
    workspace: Workspace,
    box: list[Block],
    *,
    meta: str,
    near_meeting: str | None = None,
) -> View:
    """The whole form with what was typed in it; block ids never change, so that nothing typed is lost."""
    row = next((row for row in workspace.configuration.offered if row.key == form.type), None)
    asks_account = row is not None and row.asks_account_owner
    blocks: list[Block] = [_kind(form, workspace), *box]
    if near_meeting:
        blocks.append(_meeting(form, near_meeting))
    blocks.append(field("subject", "What do they disagree about?", forms.line(form.subject, most=300)))
    if asks_account:
        blocks += _account(form, required=True)
    blocks += [block for place in range(2) for block in _source(form, place, row)]
    blocks.append(field("needed_by", "Needed by", forms.moment(form.needed_by), optional=True, dispatch=True))
    if opened.private and not opened.more:
        blocks.append(_flags(form))
    blocks += _details(form, row, asks_account) if opened.more else _more_button()
    return forms.modal(Views.REPORT, "Report an AI conflict", blocks, submit="Report", meta=meta)


def _kind(form: ReportForm, workspace: Workspace) -> Block:
    options = [kit.option(row.name, row.key) for row in workspace.configuration.offered]
    element = forms.select(options[-100:], form.type or None, placeholder="Choose a kind")
    return field(Views.TYPE, "What kind of conflict?", element, dispatch=True)


def _meeting(form: ReportForm, name: str) -> Block:
    options = [kit.option("For today's meeting", "today"), kit.option("For the next one", "next")]
    element = forms.radios(options, form.meeting)
    return field("meeting", f"{name}: for today's meeting or the next?", element, dispatch=True)


def _source(form: ReportForm, place: int, row: ConflictType | None) -> list[Block]:
    ordinal = ("First", "Second", "Third", "Fourth")[place]
    source, says = getattr(form, f"source_{place}"), getattr(form, f"says_{place}")
    side = row.sides[place] if row and place < len(row.sides) else None
    initial = Option(text=kit.plain(source), value=kit.clip(source, kit.MOST_OPTION)) if source else None
    search = forms.search(initial, placeholder="Type a tool, a report, a team's judgment")
    optional = place > 1
    return [
        field(f"source_{place}", f"{ordinal} source", search, hint=side, optional=optional),
        field(f"says_{place}", "What it says", forms.line(says, most=500), optional=optional),
    ]


def _account(form: ReportForm, *, required: bool) -> list[Block]:
    name = field("account", "Account", forms.line(form.account, most=150), optional=not required)
    owner = forms.person(form.account_owner)
    return [name, field("account_owner", "Account owner", owner, optional=not required, dispatch=required)]


def _more_button() -> list[Block]:
    return kit.buttons([kit.button("Add details", Acts.ADD_DETAILS, "more")], block_id="more")


def _details(form: ReportForm, row: ConflictType | None, asks_account: bool) -> list[Block]:
    waiting = forms.line(form.waiting, most=300)
    urgency = [kit.option("Normal", "normal"), kit.option("Immediate", "immediate")]
    return [
        field("waiting", "What is waiting on this?", waiting, optional=True),
        *([] if asks_account else _account(form, required=False)),
        field("as_of", "As of / what it counts", forms.line(form.as_of, most=200), optional=True),
        *_source(form, 2, row),
        *_source(form, 3, row),
        field("urgency", "How urgent?", forms.radios(urgency, form.urgency), dispatch=True),
        _flags(form),
    ]


def _flags(form: ReportForm) -> Block:
    options = [
        kit.option("Keep it confidential", "confidential"),
        kit.option("Keep my name off the card", "unnamed"),
    ]
    return field("flags", "Privacy", forms.ticks(options, form.flags), optional=True, dispatch=True)
