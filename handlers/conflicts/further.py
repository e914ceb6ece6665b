"""What can be done from **Details** by those who may: correct, change kind, same as, confidential, reopen."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial

from slack_sdk.models.views import View

from council import afterwards, correcting, hiding, merging, reopening, sorting
from council.conflict import Conflict
from council.errors import TiebreakError
from council.permissions import Act, allow
from council.routing import Route
from council.workspace import Workspace
from handlers import forms, kit
from handlers.answers import Answer, Clear, Options
from handlers.conflicts.answering import ByPerson, by_person, found, save, settle, settle_sent
from handlers.conflicts.deciding import look_up
from handlers.conflicts.further_forms import (
    CorrectForm,
    KindForm,
    SameAsForm,
    WhyForm,
    confidential_modal,
    correct_modal,
    kind_modal,
    not_solved_modal,
    reopen_modal,
    same_as_modal,
)
from handlers.conflicts.not_set_up import set_up
from handlers.conflicts.rows import one_line
from handlers.looking import meet
from handlers.turn import Turn
from storage import conflicts
from storage.people import find_channels
from storage.search import offered
from storage.store import Unit

MOST_OFFERED = 30


async def _open(turn: Turn, act: Act, modal: Callable[[Conflict, Workspace], View]) -> Answer:
    conflict, workspace, _ = await look_up(turn, turn.value)
    allow(turn.person, act, conflict, workspace, turn.desk.clock())
    await turn.show(modal(conflict, workspace))
    return None


async def on_correct(turn: Turn) -> Answer:
    """**Correct**: the reporter."""
    return await _open(turn, Act.CORRECT, lambda conflict, _: correct_modal(conflict))


async def on_change_kind(turn: Turn) -> Answer:
    """**Change kind**: owner or chair."""
    form = KindForm()
    return await _open(turn, Act.CHANGE_KIND, lambda conflict, w: kind_modal(form, conflict, w, None))


async def on_same_as(turn: Turn) -> Answer:
    """**Same as …**: the chair."""
    return await _open(turn, Act.MERGE, lambda conflict, _: same_as_modal(conflict))


async def on_make_confidential(turn: Turn) -> Answer:
    """**Make confidential**: the owner."""
    return await _open(turn, Act.MAKE_CONFIDENTIAL, lambda conflict, _: confidential_modal(conflict))


async def on_reopen(turn: Turn) -> Answer:
    """**Reopen**: owner or chair."""
    return await _open(turn, Act.REOPEN, lambda conflict, _: reopen_modal(conflict))


async def on_not_solved(turn: Turn) -> Answer:
    """**No** to *did this solve it?*"""
    return await _open(turn, Act.SAY_WHETHER_SOLVED, lambda conflict, _: not_solved_modal(conflict))


async def on_kind_chosen(turn: Turn) -> Answer:
    """The form follows in place: who would decide by when, and whose account it is if that kind asks."""
    form = forms.read(KindForm, turn.view)
    conflict, workspace, _ = await look_up(turn, _subject(turn))
    await turn.redraw(kind_modal(form, conflict, workspace, _would_go(form, conflict, workspace, turn)))
    return None


def _would_go(form: KindForm, conflict: Conflict, workspace: Workspace, turn: Turn) -> Route | None:
    """The way it would go; None while it cannot be said."""
    try:
        return sorting.would_go(
            conflict,
            form.type,
            account=form.account,
            account_owner=form.account_owner,
            workspace=workspace,
            now=turn.desk.clock(),
        )
    except TiebreakError:
        return None


async def on_other_typed(turn: Turn) -> Answer:
    """Other conflicts by their number or words, the best first, as far as this person may see them."""
    typed, about = str(turn.payload.get("value") or ""), _subject(turn)
    today = (await set_up(turn)).today(turn.desk.clock())
    found = await turn.desk.store.read(
        lambda c: offered(c, turn.team, turn.person_id, typed, today=today, most=MOST_OFFERED)
    )
    labels = [(f"#{each.number} {one_line(each.facts.subject, 60)}", each.id) for each in found]
    return Options([kit.option(label, id) for label, id in labels if id != about])


def _subject(turn: Turn) -> str:
    return str(turn.meta.get("conflict", ""))


async def _settle(turn: Turn, rule: ByPerson) -> Answer:
    """Saved, and all windows close: what **Details** showed underneath is not true any more."""
    await settle_sent(turn, by_person(turn, rule))
    return Clear()


async def on_correct_sent(turn: Turn) -> Answer:
    """Pings nobody; the card follows."""
    form = forms.read(CorrectForm, turn.view)
    return await _settle(
        turn,
        lambda conflict, **acting: correcting.correct(conflict, form.correction(conflict), **acting),
    )


async def on_kind_sent(turn: Turn) -> Answer:
    """The new owner is asked; an account's owner is looked up first."""
    form = forms.read(KindForm, turn.view)
    if form.account_owner:
        await meet(turn.desk, turn.client, turn.team, form.account_owner)
    chosen = partial(sorting.change_kind, to=form.type, why=form.why)
    return await _settle(turn, partial(chosen, account=form.account, account_owner=form.account_owner))


async def on_same_as_sent(turn: Turn) -> Answer:
    """Both conflicts change in one transaction."""
    form = forms.read(SameAsForm, turn.view)

    def put_together(unit: Unit) -> str:
        conflict, workspace = found(unit, turn, _subject(turn))
        other = conflicts.find(unit.connection, unit.team, form.into)
        over, kept = merging.merge(conflict, other, by=turn.person, workspace=workspace, now=unit.clock())
        save(unit, kept)
        return save(unit, over)

    await turn.write(put_together)
    return Clear()


async def on_confidential_sent(turn: Turn) -> Answer:
    """Card and log line are taken down by the drain of the outbox."""

    def hide(unit: Unit) -> str:
        conflict, workspace = found(unit, turn, _subject(turn))
        homes = [conflict.home] if conflict.home else []
        home = find_channels(unit.connection, unit.team, homes).get(conflict.home or "")
        return save(
            unit,
            hiding.make_confidential(conflict, home, by=turn.person, workspace=workspace, now=unit.clock()),
        )

    await turn.write(hide)
    return Clear()


async def on_reopen_sent(turn: Turn) -> Answer:
    """Everybody who heard of the decision hears it, and the log."""
    form = forms.read(WhyForm, turn.view)
    return await _settle(turn, partial(reopening.reopen, why=form.why))


async def on_solved(turn: Turn) -> Answer:
    """**Yes**: nobody is told."""
    return await settle(turn, turn.value, by_person(turn, afterwards.solved))


async def on_not_solved_sent(turn: Turn) -> Answer:
    """Owner and chair hear it, with the reason."""
    form = forms.read(WhyForm, turn.view)
    return await _settle(turn, partial(afterwards.not_solved, why=form.why))
