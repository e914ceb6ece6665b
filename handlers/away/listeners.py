"""Setting, changing and ending one's own absence."""

from __future__ import annotations

from datetime import timedelta

from slack_sdk.models.views import View

from council.errors import Invalid, Refused
from council.going_away import Plan, come_back, deputy_of, go_away, hours_of, what_follows
from council.people import Absence, Person
from council.permissions import admit
from council.sentence import say
from council.workspace import Workspace
from handlers import forms
from handlers.answers import Answer, Update
from handlers.away.form import END, AwayForm, Effect, away_modal, ended, saved
from handlers.conflicts.not_set_up import set_up
from handlers.looking import meet
from handlers.turn import Turn
from storage import absences, actions, conflicts
from storage.store import Unit
from storage.workspaces import find_absence


async def on_away(turn: Turn) -> Answer:
    """**I'm away** on App Home."""
    return await open_form(turn)


async def open_form(turn: Turn, words: str = "") -> Answer:
    """The form: with the absence there is, else with the deputy preset."""
    workspace, before = await _looked_up(turn)
    form = AwayForm(stand_in=deputy_of(turn.person_id, workspace))
    if before:
        form = _of(before, admit(turn.person), workspace)
    await turn.show(await _drawn(turn, form, workspace, before))
    return None


async def _looked_up(turn: Turn, stand_in: str | None = None) -> tuple[Workspace, Absence | None]:
    workspace = await set_up(turn, stand_in)
    before = workspace.absence_of(turn.person_id)
    if before and before.stand_in:
        workspace = await set_up(turn, stand_in, before.stand_in)
    return workspace, before


def _of(absence: Absence, person: Person, workspace: Workspace) -> AwayForm:
    """The form for this absence; its last day is the one before they are back."""
    hours = hours_of(person, workspace)
    first, back = hours.day_of(absence.since), hours.day_of(absence.until)
    return AwayForm(since=first, until=max(first, back - timedelta(days=1)), stand_in=absence.stand_in)


async def on_changed(turn: Turn) -> Answer:
    """A day or the stand-in was chosen: what it would do follows in place."""
    form = forms.read(AwayForm, turn.view)
    await _meet(turn, form.stand_in)
    workspace, before = await _looked_up(turn, form.stand_in)
    await turn.redraw(await _drawn(turn, form, workspace, before))
    return None


async def _meet(turn: Turn, person: str | None) -> Person | None:
    return await meet(turn.desk, turn.client, turn.team, person) if person else None


async def _drawn(turn: Turn, form: AwayForm, workspace: Workspace, before: Absence | None) -> View:
    """The form with what it would do; what is wrong in it stands under its field once it is sent."""
    now = turn.desk.clock()
    stand_in = workspace.people.get(form.stand_in) if form.stand_in else None
    plan = Plan(first=form.since, last=form.until, stand_in=stand_in)
    begun = before.since <= now if before else None
    try:
        absence = go_away(plan, id="", by=turn.person, before=before, workspace=workspace, now=now)
    except Invalid:
        return away_modal(form, None, begun, workspace)
    return away_modal(form, await _effect(turn, absence), begun, workspace)


async def _effect(turn: Turn, absence: Absence) -> Effect:
    """What an absence does to what is open now."""
    found, (_, items) = await turn.desk.store.read(
        lambda c: (
            conflicts.waiting_for(c, turn.team, turn.person_id),
            actions.open_of(c, turn.team, turn.person_id, most=1),
        )
    )
    people = {person for conflict in found for person in conflict.insiders}
    workspace = await set_up(turn, absence.stand_in, *people)
    follows = what_follows(absence, found, workspace, turn.desk.clock())
    return Effect(absence=absence, follows=follows, items=items)


async def on_sent(turn: Turn) -> Answer:
    """**Save**: the absence, new or changed, or its end; the window becomes the receipt."""
    form = forms.read(AwayForm, turn.view)
    stand_in = await _meet(turn, form.stand_in)
    plan = Plan(first=form.since, last=form.until, stand_in=stand_in)

    def change(unit: Unit) -> str:
        workspace, now = _known(unit, form.stand_in), unit.clock()
        before = workspace.absence_of(turn.person_id)
        if form.choice != END:
            absence = go_away(
                plan, id=unit.ids(), by=turn.person, before=before, workspace=workspace, now=now
            )
        elif before:
            absence = come_back(before, by=turn.person, now=now)
        else:
            return ""
        absences.keep(unit, absence, workspace)
        return absence.id

    id = await turn.write(change)
    kept = await turn.desk.store.read(lambda c: find_absence(c, turn.team, id))
    if kept is None or form.choice == END:
        return Update(ended())
    workspace, _ = await _looked_up(turn, kept.stand_in)
    return Update(saved(await _effect(turn, kept), workspace))


async def on_back(turn: Turn) -> Answer:
    """**I'm back**: what nobody took on is theirs again."""

    def change(unit: Unit) -> str:
        workspace = _known(unit)
        found = find_absence(unit.connection, unit.team, turn.value)
        absences.keep(unit, come_back(found, by=turn.person, now=unit.clock()), workspace)
        return turn.value

    await turn.write(change)
    return None


def _known(unit: Unit, stand_in: str | None = None) -> Workspace:
    workspace = unit.known.workspace([stand_in] if stand_in else [], now=unit.clock())
    if workspace is None:
        raise Refused(say("Tiebreak is not set up here yet."))
    return workspace
