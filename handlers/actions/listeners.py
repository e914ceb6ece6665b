"""Asking for data, answering, *Done* and handing over an action item."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

from council import asking, doing
from council.action_item import ActionItem, ItemOutcome
from council.conflict import Conflict
from council.doing import allow_item
from council.errors import Refused, Unknown
from council.outcome import Outcome
from council.people import Person
from council.permissions import Act, allow
from council.sentence import say
from council.snoozing import choices, snooze
from council.workspace import Workspace
from handlers import forms
from handlers.actions.item_forms import (
    AnswerForm,
    AskForm,
    PassOnForm,
    SnoozeForm,
    answer_modal,
    ask_modal,
    pass_on_modal,
    snooze_modal,
)
from handlers.answers import Answer, Clear
from handlers.conflicts.answering import settle
from handlers.conflicts.deciding import look_up
from handlers.conflicts.not_set_up import set_up
from handlers.looking import meet
from handlers.turn import Turn
from storage import actions
from storage.applying import apply_item
from storage.store import Unit

Rule = Callable[[Unit, ActionItem, Workspace], ItemOutcome]


async def on_ask(turn: Turn) -> Answer:
    """**Ask for data**: the owner."""
    conflict, workspace, _ = await look_up(turn, turn.value)
    allow(turn.person, Act.ASK_FOR_DATA, conflict, workspace, turn.desk.clock())
    await turn.show(ask_modal(conflict))
    return None


async def on_ask_sent(turn: Turn) -> Answer:
    """Whoever is asked is looked up first, so that nobody is who can't answer."""
    form = forms.read(AskForm, turn.view)
    whom = await _looked_up(turn, form.owner)

    def ask(unit: Unit, conflict: Conflict, workspace: Workspace) -> Outcome:
        return asking.ask_for_data(
            conflict,
            whom,
            form.text,
            form.due,
            id=unit.ids(),
            by=turn.person,
            workspace=_with(workspace, whom),
            now=unit.clock(),
        )

    await settle(turn, str(turn.meta["conflict"]), ask)
    return Clear()


async def _looked_up(turn: Turn, person: str | None) -> Person | None:
    return await meet(turn.desk, turn.client, turn.team, person) if person else None


def _with(workspace: Workspace, person: Person | None) -> Workspace:
    return replace(workspace, people={**workspace.people, person.id: person}) if person else workspace


async def on_done(turn: Turn) -> Answer:
    """**Done**: nobody is told; it is gone from every list."""
    return await _settle(
        turn,
        turn.value,
        lambda unit, item, workspace: doing.done(
            item, "", "", by=turn.person, workspace=workspace, now=unit.clock()
        ),
    )


async def on_answer(turn: Turn) -> Answer:
    """**Answer**: the form for what was asked."""
    await turn.show(answer_modal(await _seen(turn, Act.DO_ITEM)))
    return None


async def on_answer_sent(turn: Turn) -> Answer:
    """It becomes context of the conflict, and whoever asked hears it."""
    form = forms.read(AnswerForm, turn.view)
    return await _settle(
        turn,
        str(turn.meta["item"]),
        lambda unit, item, workspace: doing.done(
            item, form.words, form.link, by=turn.person, workspace=workspace, now=unit.clock()
        ),
    )


async def on_snooze(turn: Turn) -> Answer:
    """**Snooze**: until when."""
    item = await _seen(turn, Act.DO_ITEM)
    workspace = await set_up(turn, item.owner)
    await turn.show(snooze_modal(item, choices(item, workspace, turn.desk.clock())))
    return None


async def on_snooze_sent(turn: Turn) -> Answer:
    """Nobody else hears of it; the reminder comes again when that day begins."""
    form = forms.read(SnoozeForm, turn.view)
    return await _settle(
        turn,
        str(turn.meta["item"]),
        lambda unit, item, workspace: snooze(
            item, form.until, by=turn.person, workspace=workspace, now=unit.clock()
        ),
    )


async def on_pass_on(turn: Turn) -> Answer:
    """**Hand over**: to somebody else, by the same or another day."""
    await turn.show(pass_on_modal(await _seen(turn, Act.PASS_ON_ITEM)))
    return None


async def on_pass_on_sent(turn: Turn) -> Answer:
    """The new owner is told at once; the message of the one before keeps one line."""
    form = forms.read(PassOnForm, turn.view)
    to = await _looked_up(turn, form.owner)
    return await _settle(
        turn,
        str(turn.meta["item"]),
        lambda unit, item, workspace: doing.pass_on(
            item, to, form.due, by=turn.person, workspace=_with(workspace, to), now=unit.clock()
        ),
    )


async def _seen(turn: Turn, act: Act) -> ActionItem:
    item = await turn.desk.store.read(lambda c: actions.find(c, turn.team, turn.value))
    workspace = await set_up(turn, item.owner if item else None)
    return allow_item(turn.person, act, item, workspace)


async def _settle(turn: Turn, id: str, rule: Rule) -> Answer:
    def change(unit: Unit) -> str:
        item = actions.find(unit.connection, unit.team, id)
        people = (turn.person_id, *((item.owner, item.asked_by) if item else ()))
        workspace = unit.known.workspace(people, now=unit.clock())
        if workspace is None:
            raise Refused(say("Tiebreak is not set up here yet."))
        if item is None:
            raise Unknown(doing.NO_SUCH_ITEM)
        return apply_item(unit.connection, unit.ids, rule(unit, item, workspace), unit.clock()).id

    await turn.write(change)
    return Clear() if turn.kind == "view" else None
