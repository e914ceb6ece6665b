"""**Move**, **Skip** and **Add an extra one**: opened, drawn anew while they are filled in, and taken."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date

from council import planning as rule
from council.conflict import Conflict
from council.errors import Invalid, Refused
from council.holding import not_begun
from council.permissions import plan
from council.planning import Planned, Seen
from council.sentence import say
from council.workspace import Workspace
from handlers import forms
from handlers.answers import Answer, Update
from handlers.ceremonies.names import Views
from handlers.ceremonies.planning_forms import (
    PlanForm,
    about,
    effect_of,
    extra_modal,
    hangs,
    move_modal,
    seen_of,
    settled_modal,
    skip_modal,
    where_it_is,
)
from handlers.conflicts.not_set_up import set_up
from handlers.turn import Turn
from handlers.wording import plain
from storage import planning, prepared
from storage.store import Unit

Rule = Callable[[Workspace, tuple[Conflict, ...]], Planned]


@dataclass(frozen=True, slots=True)
class _Looked:
    """The workspace, and the open conflicts whose deadline hangs on one ceremony."""

    workspace: Workspace
    hanging: tuple[Conflict, ...]


async def on_move(turn: Turn) -> Answer:
    """**Move**: the form says what hangs on it."""
    seen, looked = await _opened(turn)
    form, hanging = where_it_is(seen, looked.workspace), _on_it(looked, seen.on)
    await turn.show(move_modal(seen, form, hangs(hanging), looked.workspace))
    return None


async def on_skip(turn: Turn) -> Answer:
    """**Skip**: the form says what becomes of the deadlines."""
    seen, looked = await _opened(turn)
    workspace, now = looked.workspace, turn.desk.clock()
    skipped = rule.if_skipped(seen, looked.hanging, by=turn.person, workspace=workspace, now=now)
    await turn.show(skip_modal(seen, effect_of(skipped, workspace), workspace))
    return None


async def _opened(turn: Turn) -> tuple[Seen, _Looked]:
    """What was pressed below: *ceremony:date*, as it is now."""
    key, _, on = turn.value.partition(":")
    looked = await _looked(turn, key)
    plan(turn.person, looked.workspace)
    occurrence = rule.still_ahead(key, date.fromisoformat(on), looked.workspace, turn.desk.clock())
    return Seen(ceremony=key, on=occurrence.on, starts=occurrence.starts), looked


async def _looked(turn: Turn, key: str) -> _Looked:
    workspace = await set_up(turn)
    hanging = await turn.desk.store.read(lambda c: planning.hanging(c, turn.team, key))
    return _Looked(workspace, hanging)


def _on_it(looked: _Looked, on: date) -> list[int]:
    return [conflict.number for conflict in looked.hanging if conflict.deadline.occurrence == on]


async def on_extra(turn: Turn) -> Answer:
    """**Add an extra one**: of which ceremony, and when."""
    workspace = await set_up(turn)
    plan(turn.person, workspace)
    if not workspace.configuration.ceremonies:
        raise Refused(say("No ceremony is planned yet; an admin can set one up."))
    await turn.show(extra_modal(PlanForm(), (), workspace))
    return None


async def on_changed(turn: Turn) -> Answer:
    """A date, a time or a ceremony was chosen: what follows is said in place."""
    form = forms.read(PlanForm, turn.view)
    if turn.view.get("callback_id") == Views.EXTRA:
        looked = await _looked(turn, form.ceremony)
        effect = _effect(looked, form, _extra(turn, form))
        await turn.redraw(extra_modal(form, effect, looked.workspace))
        return None
    seen = seen_of(turn.meta)
    looked = await _looked(turn, seen.ceremony)
    effect = _effect(looked, form, _move(turn, seen, form))
    await turn.redraw(move_modal(seen, form, effect, looked.workspace))
    return None


def _effect(looked: _Looked, form: PlanForm, planned_by: Rule) -> list[str]:
    """What would follow, once both are chosen; what is wrong in the form is said before it is sent."""
    if form.day is None or form.at is None:
        return []
    try:
        return effect_of(planned_by(looked.workspace, looked.hanging), looked.workspace)
    except Invalid as problem:
        return [plain(next(iter(problem.errors.values())), looked.workspace)]


async def on_move_sent(turn: Turn) -> Answer:
    """**Move**: saved, said in the ceremony's channel, and its deadlines are looked at."""
    seen, form = seen_of(turn.meta), forms.read(PlanForm, turn.view)
    return await _settle(turn, seen.ceremony, "Move", _move(turn, seen, form))


async def on_skip_sent(turn: Turn) -> Answer:
    """**Skip**: the same."""
    seen, form = seen_of(turn.meta), forms.read(PlanForm, turn.view)

    def skip(workspace: Workspace, hanging: tuple[Conflict, ...]) -> Planned:
        now = turn.desk.clock()
        return rule.skip(seen, form.reason, hanging, by=turn.person, workspace=workspace, now=now)

    return await _settle(turn, seen.ceremony, "Skip", skip)


async def on_extra_sent(turn: Turn) -> Answer:
    """**Add an extra one**: the same."""
    form = forms.read(PlanForm, turn.view)
    return await _settle(turn, form.ceremony, "Add an extra one", _extra(turn, form))


def _move(turn: Turn, seen: Seen, form: PlanForm) -> Rule:
    def move(workspace: Workspace, hanging: tuple[Conflict, ...]) -> Planned:
        now = turn.desk.clock()
        return rule.move(seen, form.slot, hanging, by=turn.person, workspace=workspace, now=now)

    return move


def _extra(turn: Turn, form: PlanForm) -> Rule:
    def add(workspace: Workspace, hanging: tuple[Conflict, ...]) -> Planned:
        now = turn.desk.clock()
        return rule.add_extra(form.ceremony, form.slot, hanging, by=turn.person, workspace=workspace, now=now)

    return add


async def _settle(turn: Turn, key: str, title: str, planned_by: Rule) -> Answer:
    """Ask the rule about the dates as they are now and save what it says; the window becomes the receipt."""

    def change(unit: Unit) -> str:
        workspace = planning.to_plan(unit)
        if workspace is None:
            raise Refused(say("Tiebreak is not set up here yet."))
        planned = planned_by(workspace, planning.hanging(unit.connection, unit.team, key))
        held = (planned.change.ceremony, planned.change.on)
        not_begun(prepared.meeting_on(unit.connection, unit.team, *held))
        planning.keep(unit, planned)
        return "\n".join([about(planned, workspace), *effect_of(planned, workspace)])

    return Update(settled_modal(title, await turn.write(change)))
