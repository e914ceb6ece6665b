"""Answering before a standup, changing the answer, and making something of an issue."""

from __future__ import annotations

from collections.abc import Callable

from council import standup_answering as rules
from council.errors import Refused, Unknown
from council.people import Person
from council.sentence import say
from council.standup import Issue, Standup, StandupOutcome
from council.workspace import Workspace
from handlers import forms, kit
from handlers.answers import Answer, Clear, Update
from handlers.conflicts.not_set_up import set_up
from handlers.conflicts.report_form import MOST_SUBJECT, ReportForm
from handlers.conflicts.reporting import open_form
from handlers.looking import meet
from handlers.standup.forms import (
    BACK,
    IssueForm,
    ItemForm,
    answer_modal,
    change_modal,
    issue_modal,
    item_modal,
    receipt,
)
from handlers.standup.names import both
from handlers.standup.reading import read
from handlers.standup.summary import issues_modal
from handlers.turn import STEP, Turn
from storage import homes, lanes, prepared, standups
from storage.applying import apply_item
from storage.store import Unit

Rule = Callable[[Unit, Standup | None, Workspace], StandupOutcome]
MOST_SAYS = 500


async def on_nothing(turn: Turn) -> Answer:
    """**Nothing to report**: their message says so from then on."""
    await _settle(
        turn,
        turn.value,
        lambda unit, standup, workspace: rules.nothing_to_report(
            standup, by=turn.person, workspace=workspace, now=unit.clock()
        ),
    )
    return Clear() if turn.kind == "view" else None


async def on_report(turn: Turn) -> Answer:
    """**Report an issue**: the form."""
    standup, workspace = await _found(turn, turn.value)
    rules.open_for_issues(standup, by=turn.person, now=turn.desk.clock())
    await turn.show(issue_modal(standup, workspace))
    return None


async def on_reported(turn: Turn) -> Answer:
    """**Report**: taken; the same window shows where it leads, or the form once more."""
    form, id = forms.read(IssueForm, turn.view), str(turn.meta["standup"])
    typed = form.typed(await _met(turn, form.whom))
    made: list[str] = []

    def report(unit: Unit, standup: Standup | None, workspace: Workspace) -> StandupOutcome:
        made.append(unit.ids())
        return rules.report_issue(
            standup, typed, id=made[-1], by=turn.person, workspace=workspace, now=unit.clock()
        )

    issue_id = await _settle(turn, id, report, lambda: made[-1])
    standup, workspace = await _found(turn, id, form.whom)
    issue = _issue(standup, issue_id)
    if form.another:
        step = int(turn.meta.get(STEP, 0)) + 1
        return Update(issue_modal(standup, workspace, step=step, taken=issue))
    return Update(receipt(standup, issue, workspace))


async def on_change(turn: Turn) -> Answer:
    """**Change it**: the answer; a single issue opens at once, and nothing becomes the form."""
    standup, workspace = await _found(turn, turn.value)
    rules.open_for_issues(standup, by=turn.person, now=turn.desk.clock())
    own = standup.issues_of(turn.person_id)
    if not own:
        await turn.show(issue_modal(standup, workspace))
    elif len(own) == 1:
        found = rules.own_issue(standup, own[0].id, by=turn.person)
        await turn.show(change_modal(standup, found, workspace))
    else:
        await turn.show(answer_modal(standup, turn.person_id, workspace))
    return None


async def on_change_issue(turn: Turn) -> Answer:
    """**Change it** beside one of several issues."""
    id, issue = both(turn.value)
    standup, workspace = await _found(turn, id)
    found = rules.own_issue(standup, issue, by=turn.person)
    await turn.show(change_modal(standup, found, workspace))
    return None


async def on_changed(turn: Turn) -> Answer:
    """**Save**: worded anew, or taken back."""
    form = forms.read(IssueForm, turn.view)
    typed = None if form.choice == BACK else form.typed(await _met(turn, form.whom))
    await _settle(
        turn,
        str(turn.meta["standup"]),
        lambda unit, standup, workspace: rules.change_issue(
            standup,
            str(turn.meta["issue"]),
            typed,
            by=turn.person,
            workspace=workspace,
            now=unit.clock(),
        ),
    )
    return Clear()


async def on_spare(turn: Turn) -> Answer:
    """**Only ask me when something of mine is open**."""
    return await _wish(turn, only_when_open=True)


async def on_always(turn: Turn) -> Answer:
    """**Always ask me**: the way back."""
    return await _wish(turn, only_when_open=False)


async def _wish(turn: Turn, *, only_when_open: bool) -> Answer:
    def change(unit: Unit) -> bool:
        standups.spare(unit.connection, unit.team, turn.person_id, only_when_open=only_when_open)
        standups.follow_wish(unit, turn.person_id)
        busy = homes.want(unit.connection, unit.team, [turn.person_id], unit.clock())
        lanes.ready(unit.connection, unit.team, busy)
        return only_when_open

    await turn.write(change)
    return None


async def on_conflict(turn: Turn) -> Answer:
    """**Make it a conflict**: the report with what was said already in it."""
    id, issue_id = both(turn.value)
    standup, _ = await read(turn, id)
    issue = _issue(standup, issue_id)
    if issue.conflict:
        raise Refused(say("It is #{number} by now.", number=issue.number))
    words = " ".join(issue.what.split())
    form = ReportForm(
        subject=kit.clip(words, MOST_SUBJECT),
        source_0=kit.clip(issue.system, kit.MOST_OPTION),
        says_0=kit.clip(words, MOST_SAYS),
    )
    await open_form(turn, form, reported_in=turn.channel, issue=turn.value)
    return None


async def on_item(turn: Turn) -> Answer:
    """**Make it an action item**: what, who, until when."""
    id, issue_id = both(turn.value)
    standup, workspace = await _found(turn, id)
    rules.able_to_make_item(standup, issue_id, by=turn.person, workspace=workspace)
    hours, today = workspace.hours, workspace.today(turn.desk.clock())
    await turn.show(
        item_modal(standup, _issue(standup, issue_id), hours.add_working_days(today, 5), workspace)
    )
    return None


async def on_item_sent(turn: Turn) -> Answer:
    """**Give it**: its owner is told; the summary says whose it is."""
    form = forms.read(ItemForm, turn.view)
    owner = await _met(turn, form.owner)

    def make(unit: Unit, standup: Standup | None, workspace: Workspace) -> StandupOutcome:
        outcome, item = rules.make_item(
            standup,
            str(turn.meta["issue"]),
            form.text,
            owner,
            form.due,
            id=unit.ids(),
            by=turn.person,
            workspace=workspace,
            now=unit.clock(),
        )
        apply_item(unit.connection, unit.ids, item, unit.clock())
        return outcome

    await _settle(turn, str(turn.meta["standup"]), make)
    return Clear()


async def on_all(turn: Turn) -> Answer:
    """**All issues**, or **See the summary**: every issue with all its words."""
    standup, workspace = await read(turn, turn.value)
    await turn.show(issues_modal(standup, workspace, 0))
    return None


async def on_page(turn: Turn) -> Answer:
    """**More** and **Before**, in place."""
    id, page = both(turn.value)
    standup, workspace = await read(turn, id)
    await turn.redraw(issues_modal(standup, workspace, int(page)))
    return None


def _issue(standup: Standup, id: str) -> Issue:
    found = standup.issue(id)
    if found is None:
        raise Unknown(rules.NO_SUCH_ISSUE)
    return found


async def _met(turn: Turn, person: str | None) -> Person | None:
    return await meet(turn.desk, turn.client, turn.team, person) if person else None


async def _found(turn: Turn, id: str, *people: str | None) -> tuple[Standup, Workspace]:
    standup = await turn.desk.store.read(lambda c: prepared.find_standup(c, turn.team, id))
    if standup is None:
        raise Unknown(rules.NO_STANDUP)
    return standup, await set_up(turn, *standup.people, *people)


async def _settle(turn: Turn, id: str, rule: Rule, made: Callable[[], str] | None = None) -> str:
    """Ask a rule about the standup as it is now and save what it says, once for this delivery."""

    def change(unit: Unit) -> str:
        standup = prepared.find_standup(unit.connection, unit.team, id)
        people = (turn.person_id, *(standup.people if standup else ()))
        workspace = unit.known.workspace(people, now=unit.clock())
        if workspace is None:
            raise Refused(say("Tiebreak is not set up here yet."))
        outcome = rule(unit, standup, workspace)
        if outcome.standup != standup:
            standups.keep(unit, outcome)
        return made() if made else id

    return await turn.write(change)
