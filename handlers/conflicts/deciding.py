"""**Decide**: the form, its prefilled number, and what happens when somebody was faster."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from zoneinfo import ZoneInfo

from slack_sdk.models.views import View

from council import deciding as rule
from council.conflict import Conflict
from council.deadlines import default_holds_until
from council.errors import TooLate
from council.permissions import Act, allow
from council.visibility import seen
from council.workspace import Workspace
from handlers import forms
from handlers.answers import Answer, Update
from handlers.conflicts.answering import found, save
from handlers.conflicts.decide_form import DecideForm, Deciding, decide_modal, late_modal, prefill
from handlers.conflicts.reporting import ready
from handlers.turn import Turn
from handlers.wording import read
from storage import conflicts, drafts
from storage.store import Unit


async def on_decide(turn: Turn) -> Answer:
    """Open the form; from a typed answer the words stand in it already."""
    id, _, draft = turn.value.partition(":")
    conflict, workspace, contexts = await look_up(turn, id)
    allow(turn.person, Act.DECIDE, conflict, workspace, turn.desk.clock())
    form = DecideForm(decision=await typed_words(turn, draft))
    view = decide_modal(form, Deciding(id), conflict, workspace, contexts, hold_of(conflict, workspace, turn))
    await turn.client.views_open(trigger_id=turn.trigger, view=view)
    return None


async def on_decide_further(turn: Turn) -> Answer:
    """**Decide now** in the receipt: the same form on top of it."""
    conflict, workspace, contexts = await look_up(turn, turn.value)
    allow(turn.person, Act.DECIDE, conflict, workspace, turn.desk.clock())
    hold = hold_of(conflict, workspace, turn)
    view = decide_modal(DecideForm(), Deciding(conflict.id), conflict, workspace, contexts, hold)
    await turn.client.views_push(trigger_id=turn.trigger, view=view)
    return None


async def look_up(turn: Turn, id: str) -> tuple[Conflict, Workspace, int]:
    """The conflict, if this person may see it, its workspace, and how many pieces of context there are."""
    conflict, count = await turn.desk.store.read(
        lambda c: (conflicts.find(c, turn.team, id), conflicts.contexts(c, id, most=1)[1])
    )
    conflict = seen(turn.person_id, conflict)
    return conflict, await ready(turn, *conflict.insiders), count


async def typed_words(turn: Turn, draft: str) -> str:
    """The words of a typed answer, kept for a day."""
    if not draft:
        return ""
    body = await turn.desk.store.read(lambda c: drafts.find(c, turn.team, draft, turn.person_id))
    return str(body["words"]) if body else ""


def hold_of(conflict: Conflict, workspace: Workspace, turn: Turn) -> date:
    """Until when a decision holds if nobody says otherwise, as a day of the workspace."""
    until = default_holds_until(conflict.deadline, decided_at=turn.desk.clock(), calendar=workspace.calendar)
    return until.astimezone(ZoneInfo(workspace.hours.zone)).date()


async def on_form_changed(turn: Turn) -> Answer:
    """A signal was chosen, or *Add more*: the form follows in place."""
    deciding = Deciding.load(turn.meta)
    if turn.payload.get("action_id") == "add_more":
        deciding = replace(deciding, more=True)
    conflict, workspace, contexts = await look_up(turn, deciding.conflict)
    form, deciding = prefill(forms.read(DecideForm, turn.view), deciding, conflict)
    view: View = decide_modal(
        form, deciding, conflict, workspace, contexts, hold_of(conflict, workspace, turn)
    )
    await turn.client.views_update(view_id=str(turn.view["id"]), hash=str(turn.view["hash"]), view=view)
    return None


async def on_submit(turn: Turn) -> Answer:
    """**Decide**: decided, or what was typed becomes context because somebody was faster."""
    form, deciding = forms.read(DecideForm, turn.view), Deciding.load(turn.meta)

    def change(unit: Unit) -> str:
        conflict, workspace = found(unit, turn, deciding.conflict)
        ruling = form.ruling(conflict, turn.person_id, unit.clock())
        if not deciding.more:
            ruling = replace(ruling, holds_until=hold_of(conflict, workspace, turn))
        outcome = rule.decide(conflict, ruling, by=turn.person, workspace=workspace, now=unit.clock())
        return save(unit, outcome)

    try:
        await turn.write(change)
    except TooLate as late:
        conflict, workspace, _ = await look_up(turn, deciding.conflict)
        return Update(late_modal(read(late.sentence, workspace), form, conflict, deciding.dump()))
    return None
