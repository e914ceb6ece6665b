"""The small forms opened and taken: add context, hand over, extend, withdraw; and the … menu."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

from slack_sdk.models.views import View

from council import changing as rule
from council.conflict import Conflict
from council.outcome import Outcome
from council.permissions import Act, allow
from council.workspace import Workspace
from handlers import forms
from handlers.answers import Answer
from handlers.conflicts.answering import found, save
from handlers.conflicts.deciding import look_up, typed_words
from handlers.conflicts.names import Acts
from handlers.conflicts.small_forms import (
    ContextForm,
    ExtendForm,
    HandOverForm,
    WithdrawForm,
    context_modal,
    extend_modal,
    hand_over_modal,
    withdraw_modal,
)
from handlers.looking import meet
from handlers.turn import Turn
from storage.store import Unit


async def on_menu(turn: Turn) -> Answer:
    """The … menu of a card: *act:id*."""
    act, _, id = turn.value.partition(":")
    opened = {
        Acts.ADD_CONTEXT: open_context,
        Acts.HAND_OVER: open_hand_over,
        Acts.EXTEND: open_extend,
        Acts.WITHDRAW: open_withdraw,
    }
    return await opened[Acts(act)](turn, id)


async def on_add_context(turn: Turn) -> Answer:
    """**Add context** as a button."""
    return await open_context(turn, turn.value)


async def on_just_context(turn: Turn) -> Answer:
    """**Just context** under a typed answer: the words stand in the form."""
    id, _, draft = turn.value.partition(":")
    return await open_context(turn, id, await typed_words(turn, draft))


async def on_hand_over(turn: Turn) -> Answer:
    """**Hand over** as a button."""
    return await open_hand_over(turn, turn.value)


async def on_extend(turn: Turn) -> Answer:
    """**Extend deadline** as a button."""
    return await open_extend(turn, turn.value)


async def open_context(turn: Turn, id: str, words: str = "") -> Answer:
    """Anybody who may see it may add context."""
    conflict, workspace, _ = await look_up(turn, id)
    allow(turn.person, Act.ADD_CONTEXT, conflict, workspace, turn.desk.clock())
    return await _open(turn, context_modal(conflict, words))


async def open_hand_over(turn: Turn, id: str) -> Answer:
    """Only the owner may hand over."""
    conflict, workspace = await _may(turn, id, Act.HAND_OVER)
    return await _open(turn, hand_over_modal(conflict, workspace))


async def open_extend(turn: Turn, id: str) -> Answer:
    """The owner once, the chair a second time."""
    conflict, workspace, _ = await look_up(turn, id)
    act = Act.EXTEND_AGAIN if conflict.extended else Act.EXTEND
    allow(turn.person, act, conflict, workspace, turn.desk.clock())
    return await _open(turn, extend_modal(conflict, own=conflict.reporter == turn.person_id))


async def open_withdraw(turn: Turn, id: str) -> Answer:
    """Only the reporter may withdraw."""
    conflict, _ = await _may(turn, id, Act.WITHDRAW)
    return await _open(turn, withdraw_modal(conflict))


async def _may(turn: Turn, id: str, act: Act) -> tuple[Conflict, Workspace]:
    conflict, workspace, _ = await look_up(turn, id)
    allow(turn.person, act, conflict, workspace, turn.desk.clock())
    return conflict, workspace


async def _open(turn: Turn, view: View) -> Answer:
    if turn.view:
        await turn.client.views_push(trigger_id=turn.trigger, view=view)
    else:
        await turn.client.views_open(trigger_id=turn.trigger, view=view)
    return None


async def _change(turn: Turn, rule_of: Callable[[Unit, Conflict, Workspace], Outcome]) -> Answer:
    def change(unit: Unit) -> str:
        conflict, workspace = found(unit, turn, str(turn.meta["conflict"]))
        return save(unit, rule_of(unit, conflict, workspace))

    await turn.write(change)
    return None


async def on_context_sent(turn: Turn) -> Answer:
    """Kept beside the conflict; pings nobody."""
    form = forms.read(ContextForm, turn.view)
    return await _change(
        turn,
        lambda unit, conflict, workspace: rule.add_context(
            conflict, form.words, form.link, by=turn.person, workspace=workspace, now=unit.clock()
        ),
    )


async def on_hand_over_sent(turn: Turn) -> Answer:
    """The receiver is looked up first, so that nobody gets it who can't decide."""
    form = forms.read(HandOverForm, turn.view)
    to = form.receiver
    person = await meet(turn.desk, turn.client, turn.team, to) if to else None

    def hand_over(unit: Unit, conflict: Conflict, workspace: Workspace) -> Outcome:
        knowing = workspace
        if person is not None:
            knowing = replace(workspace, people={**workspace.people, person.id: person})
        return rule.hand_over(conflict, person, form.why, by=turn.person, workspace=knowing, now=unit.clock())

    return await _change(turn, hand_over)


async def on_extend_sent(turn: Turn) -> Answer:
    """The reporter, and an owner who did not ask for it, are told."""
    form = forms.read(ExtendForm, turn.view)
    return await _change(
        turn,
        lambda unit, conflict, workspace: rule.extend(
            conflict,
            form.limit,
            form.why,
            by=turn.person,
            reporter_agrees="agreed" in form.agreed,
            workspace=workspace,
            now=unit.clock(),
        ),
    )


async def on_withdraw_sent(turn: Turn) -> Answer:
    """Whoever was asked hears it once."""
    form = forms.read(WithdrawForm, turn.view)
    return await _change(
        turn,
        lambda unit, conflict, workspace: rule.withdraw(
            conflict, form.why, by=turn.person, workspace=workspace, now=unit.clock()
        ),
    )
