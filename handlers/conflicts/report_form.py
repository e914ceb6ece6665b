"""The report: a short form that shows who will decide, by when, and which number stands until then."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import asdict, dataclass, fields, replace
from datetime import datetime
from typing import Any, Literal

from pydantic import Field, model_validator
from slack_sdk.models.blocks import Block, Option
from slack_sdk.models.views import View

from council.conflict import Facts, Signal
from council.matrix import ConflictType
from council.routing import Asked
from council.workspace import Workspace
from handlers import forms, kit
from handlers.conflicts.beyond import beyond_fields, fitted, gathered
from handlers.conflicts.names import Acts, Views
from handlers.conflicts.receipt import TITLE
from handlers.conflicts.unnamed import MOST_TEAM
from handlers.forms import Form, field

SOURCES = 4
MOST_SUBJECT, MOST_SAID = 300, 500
NAMED_INSTEAD = "Your team, as in “reported by Sales”. Left empty: “reported by a colleague”."


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
    call: list[str] = Field(default_factory=list)
    team: str = ""
    beyond: dict[int, str] = Field(default_factory=dict)
    """What the form was opened with and is more than fits, piece by piece."""

    @model_validator(mode="before")
    @classmethod
    def _gather(cls, typed: dict[str, Any]) -> dict[str, Any]:
        return {**typed, "beyond": gathered(typed)}

    @property
    def places(self) -> tuple[int, ...]:
        """Where signals were begun: the first two always, the others when anything of them is there."""
        return tuple(n for n in range(SOURCES) if n < 2 or any(self.pair(n)))

    @property
    def signals(self) -> tuple[Signal, ...]:
        """The signals that were begun, in order; what the first counts is said of it alone."""
        pairs = [self.pair(place) for place in self.places]
        return tuple(
            Signal(source=source, says=says, as_of="" if n else self.as_of)
            for n, (source, says) in enumerate(pairs)
        )

    def block_of(self, field: str) -> str:
        """The block a rule's field stands in: rules count signals, the form counts places."""
        name, _, number = field.rpartition("_")
        if name in ("source", "says") and number.isdecimal() and int(number) < len(self.places):
            return f"{name}_{self.places[int(number)]}"
        return field

    def pair(self, place: int) -> tuple[str, str]:
        """The source at that place and what it says."""
        return getattr(self, f"source_{place}"), getattr(self, f"says_{place}")


@dataclass(frozen=True, slots=True)
class Opened:
    """Where the form was opened and how much of it is shown; travels in the modal, which keeps no state.

    `called` is what Slack called the place; `unsure` when it did not say in time what kind of place it is.
    `issue`: the issue of a standup it is about, by the ids of both.
    """

    reported_in: str | None = None
    called: str = ""
    more: bool = False
    private: bool = False
    unsure: bool = False
    link: str = ""
    issue: str = ""

    def dump(self) -> str:
        """As private metadata."""
        return json.dumps(asdict(self))

    @classmethod
    def load(cls, meta: Mapping[str, Any]) -> Opened:
        """From private metadata."""
        known = {field.name for field in fields(cls)}
        return cls(**{name: value for name, value in meta.items() if name in known})


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
        ask_for_call=bool(form.call),
        unnamed="unnamed" in form.flags,
        team=form.team if "unnamed" in form.flags else "",
        beyond=tuple(part for _, part in sorted(form.beyond.items())),
        reported_in=opened.reported_in,
        issue=opened.issue,
        meeting=form.meeting,
    )


def kind_of(form: ReportForm, workspace: Workspace) -> ConflictType | None:
    """The row of the matrix that is chosen; None before that."""
    return next((row for row in workspace.configuration.offered if row.key == form.type), None)


def asked_of(form: ReportForm, reporter: str, workspace: Workspace, now: datetime) -> Asked | None:
    """What routing needs of a form that is still being filled in; None before a kind is chosen.

    A needed-by that is over is left out: it is refused when it is sent.
    """
    row = kind_of(form, workspace)
    if row is None:
        return None
    return Asked(
        type=row,
        reporter=reporter,
        subject=" ".join((form.subject, form.account)),
        sources=tuple(signal.source for signal in form.signals if signal.source),
        said=form.as_of,
        account_owner=form.account_owner,
        needed_by=form.needed_by if form.needed_by and form.needed_by > now else None,
        immediate=form.urgency == "immediate",
        meeting=form.meeting,
    )


def report_modal(
    form: ReportForm,
    opened: Opened,
    workspace: Workspace,
    box: list[Block],
    *,
    near_meeting: str | None = None,
    too_late: bool = False,
    focus: bool = False,
) -> View:
    """The whole form with what was typed in it; block ids never change, so that nothing typed is lost.

    `too_late`: the meeting it would wait for is, so an emergency call is offered. `focus` puts the cursor
    where the first source is to be named.
    """
    row = kind_of(form, workspace)
    asks_account = row is not None and row.asks_account_owner
    above = asks_account or (not opened.more and bool(form.account or form.account_owner))
    blocks: list[Block] = [_kind(form, workspace), *box]
    if near_meeting:
        blocks.append(_meeting(form, near_meeting))
    subject = forms.line(form.subject, most=MOST_SUBJECT)
    blocks += [field("subject", "What do they disagree about?", subject), *beyond_fields(form.beyond)]
    if above:
        blocks += _account(form, required=asks_account)
    blocks += [*_source(form, 0, row, focus=focus), *_source(form, 1, row)]
    blocks.append(field("needed_by", "Needed by", forms.moment(form.needed_by), optional=True, dispatch=True))
    if too_late:
        tick = kit.option("Ask for an emergency call", "call")
        blocks.append(field("call", "It comes too late", forms.ticks([tick], form.call), optional=True))
    if opened.private and not opened.more:
        blocks += _flags(form)
    blocks += _details(form, row, asks_account) if opened.more else _more_button()
    return forms.modal(Views.REPORT, TITLE, blocks, submit="Report", meta=opened.dump())


def _kind(form: ReportForm, workspace: Workspace) -> Block:
    options = [kit.option(row.name, row.key) for row in workspace.configuration.offered]
    element = forms.select(options, form.type or None, placeholder="Choose a kind")
    return field(Views.TYPE, "What kind of conflict?", element, dispatch=True)


def _meeting(form: ReportForm, name: str) -> Block:
    options = [kit.option("For today's meeting", "today"), kit.option("For the next one", "next")]
    element = forms.radios(options, form.meeting)
    return field("meeting", f"{name}: for today's meeting or the next?", element, dispatch=True)


def begun(typed: str) -> ReportForm:
    """The form with what was typed with the command: the subject, and when that is too long all of it."""
    subject, parts = fitted(typed, MOST_SUBJECT)
    return ReportForm.model_validate({"subject": subject, **parts})


def begun_by(source: str, said: str) -> ReportForm:
    """The form with a message as its first signal, and when that is too long all of it."""
    says, parts = fitted(said, MOST_SAID)
    return ReportForm.model_validate({"source_0": source, "says_0": says, **parts})


def _source(form: ReportForm, place: int, row: ConflictType | None, *, focus: bool = False) -> list[Block]:
    ordinal = ("First", "Second", "Third", "Fourth")[place]
    source, says = form.pair(place)
    side = row.sides[place] if row and place < len(row.sides) else None
    initial = Option(text=kit.plain(source), value=kit.clip(source, kit.MOST_OPTION)) if source else None
    search = forms.search(initial, placeholder="Type a tool, a report, a team's judgment", focus=focus)
    optional = place > 1
    return [
        field(f"source_{place}", f"{ordinal} source", search, hint=side, optional=optional),
        field(f"says_{place}", "What it says", forms.line(says, most=MOST_SAID), optional=optional),
    ]


def _account(form: ReportForm, *, required: bool) -> list[Block]:
    name = field("account", "Account", forms.line(form.account, most=150), optional=not required)
    owner = forms.person(form.account_owner)
    return [name, field("account_owner", "Account owner", owner, optional=not required, dispatch=True)]


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
        *_flags(form),
    ]


def _flags(form: ReportForm) -> list[Block]:
    options = [
        kit.option("Keep it confidential", "confidential"),
        kit.option("Keep my name off the card", "unnamed"),
    ]
    boxes = field("flags", "Privacy", forms.ticks(options, form.flags), optional=True, dispatch=True)
    if "unnamed" not in form.flags:
        return [boxes]
    team = forms.line(form.team, most=MOST_TEAM)
    return [boxes, field("team", "Shown instead of your name", team, hint=NAMED_INSTEAD, optional=True)]
