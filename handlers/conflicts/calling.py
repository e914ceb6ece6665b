"""The emergency meeting: asked for from the … menu, called or declined by who is asked."""

from __future__ import annotations

from functools import partial

from council import calling as rule
from council.permissions import Act, allow, may
from handlers import forms
from handlers.answers import Answer
from handlers.conflicts.answering import by_person, settle, settle_sent
from handlers.conflicts.call_forms import (
    AskForCallForm,
    CallForm,
    ask_for_call_modal,
    call_modal,
    decline_modal,
)
from handlers.conflicts.deciding import look_up
from handlers.turn import Turn


async def open_call(turn: Turn, id: str) -> Answer:
    """Who may call it gets that form; everybody else concerned may ask for it."""
    conflict, workspace, _ = await look_up(turn, id)
    now = turn.desk.clock()
    if may(turn.person_id, Act.CALL, conflict, workspace, now):
        await turn.show(call_modal(conflict))
        return None
    allow(turn.person, Act.ASK_FOR_CALL, conflict, workspace, now)
    await turn.show(ask_for_call_modal(conflict))
    return None


async def on_call(turn: Turn) -> Answer:
    """**Call it**, or **Call an emergency meeting** as a button."""
    return await open_call(turn, turn.value)


async def on_decline(turn: Turn) -> Answer:
    """**Decline**: with a reason."""
    conflict, workspace, _ = await look_up(turn, turn.value)
    allow(turn.person, Act.CALL, conflict, workspace, turn.desk.clock())
    await turn.show(decline_modal(conflict))
    return None


async def on_coming(turn: Turn) -> Answer:
    """**I'll be there**: the card says so."""
    return await settle(turn, turn.value, by_person(turn, partial(rule.answer_call, coming=True)))


async def on_not_coming(turn: Turn) -> Answer:
    """**I can't**: the card says so, and whoever called it sees it there."""
    return await settle(turn, turn.value, by_person(turn, partial(rule.answer_call, coming=False)))


async def on_call_decided(turn: Turn) -> Answer:
    """**Yes**: the owner is asked to write it down."""
    return await settle(turn, turn.value, by_person(turn, partial(rule.close_call, decided=True)))


async def on_call_undecided(turn: Turn) -> Answer:
    """**Not decided**: the owner decides by the new limit."""
    return await settle(turn, turn.value, by_person(turn, partial(rule.close_call, decided=False)))


async def on_ask_sent(turn: Turn) -> Answer:
    """The chair is asked to call it."""
    form = forms.read(AskForCallForm, turn.view)
    return await settle_sent(turn, by_person(turn, partial(rule.ask_for_call, why=form.why)))


async def on_call_sent(turn: Turn) -> Answer:
    """Who is needed is told at once."""
    form = forms.read(CallForm, turn.view)
    called = partial(rule.call_meeting, starts=form.starts, where=form.where, needed=form.needed)
    return await settle_sent(turn, by_person(turn, called))


async def on_decline_sent(turn: Turn) -> Answer:
    """Whoever asked hears why not."""
    form = forms.read(AskForCallForm, turn.view)
    return await settle_sent(turn, by_person(turn, partial(rule.decline_call, why=form.why)))
