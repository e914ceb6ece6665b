"""The forms of a standup: an issue, one's own answer, an action item."""

from __future__ import annotations

import json
from datetime import date
from typing import Any

from pydantic import Field
from slack_sdk.models.blocks import Block
from slack_sdk.models.views import View

from council.people import Person
from council.standup import Issue, Severity, Standup
from council.standup_answering import Typed
from council.standup_leading import agenda_for_issues
from council.workspace import Workspace
from handlers import forms, kit
from handlers.conflicts.rows import one_line
from handlers.forms import Form, field
from handlers.standup.message import answering, said_words
from handlers.standup.names import Acts, Views, of_issue
from handlers.standup.summary import making
from handlers.standup.words import MOST_SYSTEM, heading
from handlers.turn import STEP
from handlers.wording import upper_first

TITLE = "Report an issue"
ANNOYING = "With the summary it comes on the agenda of the council's next meeting."
STAYS, BACK = "stays", "back"
MOST_OWN = 20


class IssueForm(Form):
    """*Report an issue*, as filled in."""

    system: str = ""
    what: str = ""
    since: str = ""
    whom: str | None = None
    severity: str = ""
    another: list[str] = Field(default_factory=list)
    choice: str = STAYS

    def typed(self, whom: Person | None) -> Typed:
        """As the rule reads it."""
        return Typed(system=self.system, what=self.what, since=self.since, whom=whom, severity=self.severity)


class ItemForm(Form):
    """*Make it an action item*, as filled in."""

    text: str = ""
    owner: str | None = None
    due: date | None = None


def issue_modal(standup: Standup, workspace: Workspace, *, step: int = 0, taken: Issue | None = None) -> View:
    """The empty form; with the issue that was just taken above it, when one follows another."""
    note = [kit.text(f"Taken: {_named(taken)}")] if taken else []
    blocks: list[Block] = [*note, kit.small(heading(standup, workspace)), *_fields(IssueForm(), step)]
    another = kit.option("Report another after this", "another")
    blocks.append(field("another", "Afterwards", forms.ticks([another], []), optional=True))
    return forms.modal(
        Views.ISSUE, TITLE, blocks, submit="Report", meta=json.dumps({"standup": standup.id, STEP: step})
    )


def change_modal(standup: Standup, issue: Issue, workspace: Workspace) -> View:
    """The issue as it was typed, or taken back."""
    stays = [kit.option("It stays, as below", STAYS), kit.option("I take it back", BACK)]
    known = {"system": issue.system, "what": issue.what, "since": issue.since, "whom": issue.whom}
    form = IssueForm.model_validate({**known, "severity": issue.severity.value})
    blocks: list[Block] = [
        kit.small(heading(standup, workspace)),
        field("choice", "This issue", forms.radios(stays, STAYS)),
        *_fields(form, 0),
    ]
    meta: dict[str, Any] = {"standup": standup.id, "issue": issue.id}
    return forms.modal(Views.CHANGE, "Change it", blocks, submit="Save", meta=json.dumps(meta))


def _fields(form: IssueForm, step: int) -> list[Block]:
    """A form that follows another has inputs of its own: Slack would show the old words in the same ones."""
    severities = [kit.option(each.value, each.value) for each in reversed(Severity)]
    tail = f"_{step}" if step else ""
    system, since = forms.line(form.system, most=150), forms.line(form.since, most=150)
    severity = forms.radios(severities, form.severity or Severity.ANNOYING.value)
    return [
        field(f"system{tail}", "Which system or connection?", system),
        field(f"what{tail}", "What happens?", forms.line(form.what, most=3000, tall=True)),
        field(f"since{tail}", "Since when?", since, optional=True),
        field(f"whom{tail}", "Whom do you need?", forms.person(form.whom), optional=True),
        field(f"severity{tail}", "How bad?", severity),
    ]


def receipt(standup: Standup, issue: Issue, workspace: Workspace) -> View:
    """The same window once it is taken: where it leads."""
    agenda = ANNOYING if agenda_for_issues(workspace) else "It is in the summary."
    leads = {
        Severity.NUMBERS_WRONG: "Wrong numbers are a matter for a decision: make it a conflict right away.",
        Severity.COSTS_WORK: "So that it does not go on: make it an action item right away.",
        Severity.ANNOYING: agenda,
    }
    blocks: list[Block] = [
        kit.text(f"{heading(standup, workspace)}\n{_named(issue)}"),
        kit.text(leads[issue.severity]),
        *kit.buttons(_first(making(standup.id, issue), issue)),
    ]
    return forms.modal("told", TITLE, blocks, close="Done")


def _first(row: list[kit.Pressable], issue: Issue) -> list[kit.Pressable]:
    """Only what its kind calls for."""
    wanted = {Severity.NUMBERS_WRONG: row[:1], Severity.COSTS_WORK: row[1:]}
    return wanted.get(issue.severity, [])


def _named(issue: Issue) -> str:
    return f"{kit.strong(issue.system, MOST_SYSTEM)}: {one_line(issue.what, 300)}"


def answer_modal(standup: Standup, person: str, workspace: Workspace) -> View:
    """One's own answer: each issue can be changed."""
    said = f"*{heading(standup, workspace)}*: {said_words(standup, person)}."
    blocks: list[Block] = [kit.text(upper_first(said))]
    for issue in standup.issues_of(person)[:MOST_OWN]:
        block = kit.text(_named(issue))
        if not issue.settled:
            block.accessory = kit.button("Change it", Acts.CHANGE_ISSUE, of_issue(standup.id, issue.id))
        blocks.append(block)
    blocks += kit.buttons(answering(standup, person))
    return forms.modal(Views.ANSWER, "Your answer", blocks, close="Done")


def item_modal(standup: Standup, issue: Issue, due: date, workspace: Workspace) -> View:
    """What is to be done, by whom, until when."""
    text = kit.clip(f"{issue.system}: {' '.join(issue.what.split())}", 600)
    blocks: list[Block] = [
        kit.text(f"{heading(standup, workspace)}\n{_named(issue)}"),
        field("text", "What is to be done?", forms.line(text, most=600, tall=True)),
        field("owner", "Who does it?", forms.person(issue.whom)),
        field("due", "Due", forms.day(due)),
    ]
    meta = json.dumps({"standup": standup.id, "issue": issue.id})
    return forms.modal(Views.ITEM, "Action item", blocks, submit="Give it", meta=meta)
