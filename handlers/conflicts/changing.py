"""The small forms opened and taken: add context, hand over, withdraw; and the … menu."""

from __future__ import annotations

from dataclasses import replace
from functools import partial

from council import changing as rule
from council.conflict import Conflict
from council.errors import Invalid
from council.outcome import Outcome
from council.permissions import Act, allow
from council.sentence import say
from council.workspace import Workspace
from handlers import forms
from handlers.answers import Answer
from handlers.conflicts.answering import by_person, settle_sent
from handlers.conflicts.calling import open_call
from handlers.conflicts.deciding import look_up, typed_words
from handlers.conflicts.extending import open_extend
from handlers.conflicts.names import Acts
from handlers.conflicts.small_forms import (
    SOMEBODY,
    ContextForm,
    HandOverForm,
    WithdrawForm,
    context_modal,
    hand_over_modal,
    leave_modal,
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
        Acts.CALL: open_call,
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


async def open_context(turn: Turn, id: str, words: str = "") -> Answer:
    """Anybody who may see it may add context."""
    conflict, workspace, _ = await look_up(turn, id)
    allow(turn.person, Act.ADD_CONTEXT, conflict, workspace, turn.desk.clock())
    await turn.show(context_modal(conflict, words))
    return None


async def open_hand_over(turn: Turn, id: str) -> Answer:
    """Only the owner may hand over."""
    conflict, workspace, _ = await look_up(turn, id)
    allow(turn.person, Act.HAND_OVER, conflict, workspace, turn.desk.clock())
    await turn.show(hand_over_modal(conflict, workspace))
    return None


async def open_withdraw(turn: Turn, id: str) -> Answer:
    """Only the reporter may withdraw; who has joined may leave."""
    conflict, workspace, _ = await look_up(turn, id)
    joined = turn.person_id in conflict.joined
    allow(turn.person, Act.LEAVE if joined else Act.WITHDRAW, conflict, workspace, turn.desk.clock())
    await turn.show(leave_modal(conflict) if joined else withdraw_modal(conflict))
    return None


async def on_context_sent(turn: Turn) -> Answer:
    """Kept beside the conflict; pings nobody."""
    form = forms.read(ContextForm, turn.view)
    return await settle_sent(
        turn, by_person(turn, partial(rule.add_context, words=form.words, link=form.link))
    )


async def on_hand_over_sent(turn: Turn) -> Answer:
    """The receiver is looked up first, so that nobody gets it who can't decide."""
    form = forms.read(HandOverForm, turn.view)
    if form.contradicts_itself:
        raise Invalid({"person": say("Choose “Somebody else” above for that, or leave this empty.")})
    to = form.receiver
    person = await meet(turn.desk, turn.client, turn.team, to) if to else None

    def hand_over(unit: Unit, conflict: Conflict, workspace: Workspace) -> Outcome:
        knowing = workspace
        if person is not None:
            knowing = replace(workspace, people={**workspace.people, person.id: person})
        return rule.hand_over(conflict, person, form.why, by=turn.person, workspace=knowing, now=unit.clock())

    try:
        return await settle_sent(turn, hand_over)
    except Invalid as problem:
        beside = {"to": "person"} if form.to == SOMEBODY else {}
        raise Invalid({beside.get(key, key): each for key, each in problem.errors.items()}) from None


async def on_withdraw_sent(turn: Turn) -> Answer:
    """Whoever was asked hears it once; of who leaves again nobody is told."""
    if turn.meta.get("leave"):
        return await settle_sent(turn, by_person(turn, rule.leave))
    form = forms.read(WithdrawForm, turn.view)
    return await settle_sent(turn, by_person(turn, partial(rule.withdraw, why=form.why)))
