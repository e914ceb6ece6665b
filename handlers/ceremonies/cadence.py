"""**Cadence**: an admin changes how a ceremony recurs, sees what that changes, and saves it."""

from __future__ import annotations

import json
from dataclasses import dataclass, replace

from council import recasting as rule
from council.cadence import Ceremony
from council.configuring import Proposal, PutCeremony, configured
from council.differences import differences
from council.errors import Unknown
from council.people import Channel
from council.permissions import administer
from council.sentence import say
from council.workspace import Configuration, Workspace
from handlers import forms
from handlers.answers import Answer, Update
from handlers.ceremonies.cadence_form import (
    CadenceForm,
    as_it_is,
    cadence_modal,
    cadences_modal,
    preview_modal,
    saved_modal,
)
from handlers.conflicts.not_set_up import set_up
from handlers.looking import enter
from handlers.turn import STEP, Turn
from handlers.wording import read
from storage import configuring, planning
from storage.configuring import Moved
from storage.store import Unit

CEREMONY, BASED_ON, DRAFT = "ceremony", "based_on", "draft"
SAVED, KEPT = "saved", "kept"
"""What became of one delivery; repeated it is the same."""


@dataclass(frozen=True, slots=True)
class _Carried:
    """What the window carries: which ceremony, from which version, the draft, how often it was redrawn."""

    ceremony: str
    based_on: int
    draft: str
    step: int = 0

    @property
    def meta(self) -> str:
        """As private metadata."""
        ids = {CEREMONY: self.ceremony, BASED_ON: self.based_on, DRAFT: self.draft, STEP: self.step}
        return json.dumps(ids)


def _carried(turn: Turn) -> _Carried:
    """What this window carries, one step on."""
    meta = turn.meta
    return _Carried(
        ceremony=str(meta[CEREMONY]),
        based_on=int(meta[BASED_ON]),
        draft=str(meta.get(DRAFT) or turn.view["id"]),
        step=int(meta.get(STEP, 0)) + 1,
    )


async def on_cadences(turn: Turn) -> Answer:
    """**Cadence** on App Home: every ceremony, each with **Edit**."""
    workspace = await set_up(turn)
    administer(turn.person, workspace)
    await turn.show(cadences_modal(workspace))
    return None


async def on_edit(turn: Turn) -> Answer:
    """**Edit**: one ceremony's form, as it is."""
    workspace = await set_up(turn)
    administer(turn.person, workspace)
    ceremony = _ceremony(turn.value, workspace.configuration)
    carried = _Carried(ceremony.key, workspace.version, draft="")
    await turn.show(cadence_modal(as_it_is(ceremony), ceremony, workspace, carried.meta))
    return None


async def on_changed(turn: Turn) -> Answer:
    """How often it recurs was chosen: the days that fit follow in place."""
    workspace, carried = await set_up(turn), _carried(turn)
    administer(turn.person, workspace)
    ceremony = _ceremony(carried.ceremony, workspace.configuration)
    form = forms.read(CadenceForm, turn.view)
    await turn.redraw(cadence_modal(form, ceremony, workspace, carried.meta))
    return None


async def on_back(turn: Turn) -> Answer:
    """**Back**: the form again, with everything in it."""
    workspace, carried = await set_up(turn), _carried(turn)
    administer(turn.person, workspace)
    row = _row(await _proposed(turn, carried))
    await turn.redraw(cadence_modal(as_it_is(row), row, workspace, carried.meta))
    return None


async def on_next(turn: Turn) -> Answer:
    """**Next**: what was chosen is kept as a draft, and the window says what it would change."""
    form, carried = forms.read(CadenceForm, turn.view), _carried(turn)
    workspace = await set_up(turn)
    base = await _base(turn, carried.based_on, workspace)
    row = rule.recast(_ceremony(carried.ceremony, base), form.chosen(await _channel(turn, form)))
    return await _previewed(turn, carried, Proposal(edit=PutCeremony(row=row), based_on=carried.based_on))


async def _previewed(turn: Turn, carried: _Carried, proposal: Proposal) -> Answer:
    """*What this changes*, on top of what is in force now; what came in between stands above it."""
    workspace = await set_up(turn)
    base = await _base(turn, proposal.based_on, workspace)
    changed = configured(proposal.edit, base, by=turn.person, workspace=workspace)
    hanging = await turn.desk.store.read(lambda c: planning.hanging(c, turn.team, carried.ceremony))
    effect = rule.effect(carried.ceremony, changed, hanging, workspace, turn.desk.clock())
    meanwhile = [read(each, workspace) for each in differences(base, workspace.configuration)]
    row = next(each for each in changed.ceremonies if each.key == carried.ceremony)
    merged = Proposal(edit=PutCeremony(row=row), based_on=workspace.version)

    def keep(unit: Unit) -> str:
        configuring.keep(unit, carried.draft, turn.person_id, merged)
        return KEPT

    await turn.write(keep)
    seen = replace(carried, based_on=workspace.version)
    return Update(preview_modal(effect, meanwhile, workspace, seen.meta))


async def on_save(turn: Turn) -> Answer:
    """**Save**: a new version; when another one came in between, that is shown first, with this on top."""
    carried = _carried(turn)
    proposal = await _proposed(turn, carried)

    def save(unit: Unit) -> str:
        before = configuring.in_force(unit)
        reason = f"cadence of {_row(proposal).name}"
        after = configuring.save(unit, proposal.edit, proposal.based_on, by=turn.person, reason=reason)
        hanging = planning.hanging(unit.connection, unit.team, carried.ceremony)
        effect = rule.effect(carried.ceremony, after.configuration, hanging, before, unit.clock())
        said = rule.line(effect, by=turn.person_id, workspace=after, now=unit.clock())
        planning.announce(unit, carried.ceremony, said, after.version)
        return SAVED

    try:
        done = await turn.write(save)
    except Moved:
        done = KEPT
    if done != SAVED:
        return await _previewed(turn, carried, proposal)
    after = await set_up(turn)
    return Update(saved_modal(_ceremony(carried.ceremony, after.configuration), after, turn.desk.clock()))


async def _proposed(turn: Turn, carried: _Carried) -> Proposal:
    return await turn.desk.store.read(
        lambda c: configuring.proposal(c, turn.team, carried.draft, turn.person_id)
    )


async def _base(turn: Turn, version: int, workspace: Workspace) -> Configuration:
    """What was in force when the form was opened."""
    return await turn.desk.store.read(lambda c: configuring.base_of(c, turn.team, version, workspace))


def _row(proposal: Proposal) -> Ceremony:
    if not isinstance(proposal.edit, PutCeremony):
        raise Unknown(say("That was another form; please begin again."))
    return proposal.edit.row


async def _channel(turn: Turn, form: CadenceForm) -> Channel | None:
    return await enter(turn.desk, turn.client, turn.team, form.channel) if form.channel else None


def _ceremony(key: str, configuration: Configuration) -> Ceremony:
    found = next((each for each in configuration.ceremonies if each.key == key), None)
    if found is None:
        raise Unknown(say("That ceremony is not held any more."))
    return found
