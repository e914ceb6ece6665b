"""**Decide**: the form, its prefilled number, and what happens when somebody was faster."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

from council import deciding as rule
from council.asking import MOST_ITEMS, Wanted
from council.conflict import Conflict
from council.deadlines import default_holds_until
from council.errors import Refused
from council.outcome import Outcome
from council.people import Person
from council.permissions import Act, allow
from council.workspace import Workspace
from handlers import forms
from handlers.answers import Answer, Update
from handlers.conflicts.answering import settle
from handlers.conflicts.decide_form import DecideForm, Deciding, decide_modal, late_modal, prefill
from handlers.conflicts.names import Acts
from handlers.conflicts.reporting import ready
from handlers.conflicts.seeing import seen_here
from handlers.looking import meet
from handlers.turn import Turn
from handlers.wording import read
from storage import conflicts, drafts
from storage.store import Unit


async def on_decide(turn: Turn) -> Answer:
    """Open the form; under a typed answer (*id:draft*) the words stand in it already."""
    id, _, draft = turn.value.partition(":")
    conflict, workspace, contexts = await look_up(turn, id)
    allow(turn.person, Act.DECIDE, conflict, workspace, turn.desk.clock())
    form = DecideForm(decision=await typed_words(turn, draft))
    hold = hold_of(conflict, workspace, turn)
    await turn.show(decide_modal(form, Deciding(id), conflict, contexts, hold))
    return None


async def on_decide_further(turn: Turn) -> Answer:
    """**Decide now** in the receipt: the same form on top of it."""
    return await on_decide(turn)


async def look_up(turn: Turn, id: str) -> tuple[Conflict, Workspace, int]:
    """The conflict, if this person may see it, its workspace, and how many pieces of context there are."""
    (conflict, members), count = await turn.desk.store.read(
        lambda c: (seen_here(c, turn, conflicts.find(c, turn.team, id)), conflicts.contexts(c, id, most=1)[1])
    )
    workspace = await ready(turn, *conflict.insiders)
    return conflict, replace(workspace, members=members), count


async def typed_words(turn: Turn, draft: str) -> str:
    """The words of a typed answer, kept for a day."""
    if not draft:
        return ""
    body = await turn.desk.store.read(lambda c: drafts.find(c, turn.team, draft, turn.person_id))
    return str(body["words"]) if body else ""


def hold_of(conflict: Conflict, workspace: Workspace, turn: Turn) -> date:
    """Until when a decision holds if nobody says otherwise, as a day of the workspace."""
    until = default_holds_until(conflict.deadline, decided_at=turn.desk.clock(), calendar=workspace.calendar)
    return workspace.hours.day_of(until)


async def on_form_changed(turn: Turn) -> Answer:
    """A signal was chosen, or *Add more*: the form follows in place."""
    deciding = Deciding.load(turn.meta)
    if turn.payload.get("action_id") == Acts.ADD_MORE:
        deciding = replace(deciding, more=True)
    if turn.payload.get("action_id") == Acts.ADD_ITEM:
        deciding = replace(deciding, items=min(deciding.items + 1, MOST_ITEMS))
    conflict, workspace, contexts = await look_up(turn, deciding.conflict)
    form, deciding = prefill(forms.read(DecideForm, turn.view), deciding, conflict)
    view = decide_modal(form, deciding, conflict, contexts, hold_of(conflict, workspace, turn))
    await turn.redraw(view)
    return None


async def owners_of(turn: Turn, form: DecideForm) -> dict[str, Person]:
    """Whoever is to do something is looked up first, so that nobody gets it who can't."""
    wanted = dict.fromkeys(owner for _, owner, _ in form.items if owner)
    found = [await meet(turn.desk, turn.client, turn.team, owner) for owner in wanted]
    return {person.id: person for person in found if person}


def wanted_in(form: DecideForm, owners: dict[str, Person], unit: Unit) -> tuple[Wanted, ...]:
    """The action items that were typed, each with the id it gets."""
    return tuple(
        Wanted(id=unit.ids(), text=text, owner=owners.get(owner or ""), due=due)
        for text, owner, due in form.items
    )


async def on_submit(turn: Turn) -> Answer:
    """**Decide**: decided; when it is not this person's to decide any more, what they typed stays theirs."""
    form, deciding = forms.read(DecideForm, turn.view), Deciding.load(turn.meta)

    owners = await owners_of(turn, form)

    def decide(unit: Unit, conflict: Conflict, workspace: Workspace) -> Outcome:
        ruling = form.ruling(conflict, turn.person_id, unit.clock())
        wanted = wanted_in(form, owners, unit)
        knowing = replace(workspace, people={**workspace.people, **owners})
        return rule.decide(
            conflict, ruling, wanted=wanted, by=turn.person, workspace=knowing, now=unit.clock()
        )

    try:
        return await settle(turn, deciding.conflict, decide)
    except Refused as late:
        return await too_late(turn, late, form, deciding)


async def too_late(turn: Turn, late: Refused, form: DecideForm, deciding: Deciding) -> Answer:
    """What was typed can still become context."""
    if Act.ADD_CONTEXT not in late.offers:
        raise late
    conflict, workspace, _ = await look_up(turn, deciding.conflict)
    return Update(late_modal(read(late.sentence, workspace), form, conflict))
