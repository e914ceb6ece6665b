"""**Extend deadline**, and the reporter's answer when it would become later than they need it."""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, datetime
from functools import partial

from council import extending as rule
from council.conflict import Conflict
from council.outcome import Outcome
from council.permissions import Act, allow
from council.workspace import Workspace
from handlers import forms, kit
from handlers.answers import Answer, Private, Update, as_modal
from handlers.conflicts.answering import by_person, found, save, settle
from handlers.conflicts.deciding import look_up
from handlers.conflicts.small_forms import ExtendForm, extend_modal
from handlers.conflicts.unnamed import known_as
from handlers.turn import Turn
from handlers.wording import upper_first
from storage.store import Unit


async def on_extend(turn: Turn) -> Answer:
    """**Extend deadline** as a button."""
    return await open_extend(turn, turn.value)


async def open_extend(turn: Turn, id: str) -> Answer:
    """The owner once, the chair a second time; the form says from when on somebody is asked first."""
    conflict, workspace, _ = await look_up(turn, id)
    act, now = Act.EXTEND_AGAIN if conflict.extended else Act.EXTEND, turn.desk.clock()
    allow(turn.person, act, conflict, workspace, now)
    await turn.show(extend_modal(conflict, _asking(conflict, turn.person_id, workspace, now)))
    return None


def _asking(conflict: Conflict, asker: str, workspace: Workspace, now: datetime) -> str:
    free = rule.alone_until(conflict, workspace)
    asked = rule.asked_first(conflict, asker, workspace, now)
    if free is None or asked is None:
        return ""
    who, stands = known_as(asked, asker, conflict, workspace), "the deadline stands until they agree."
    if free <= conflict.deadline.limit:
        return upper_first(f"{who} is asked first; {stands}")
    return f"For later than {kit.when(free, workspace.hours.zone)} {who} is asked first; {stands}"


async def on_extend_sent(turn: Turn) -> Answer:
    """It moves and those concerned are told; or somebody is asked first, and the window says so."""
    form, id = forms.read(ExtendForm, turn.view), str(turn.meta["conflict"])

    def extend(unit: Unit) -> str:
        conflict, workspace = found(unit, turn, id)
        outcome = rule.extend(
            conflict, form.limit, form.why, by=turn.person, workspace=workspace, now=unit.clock()
        )
        save(unit, outcome)
        return _asked(outcome.conflict, turn.person_id, workspace)

    words = await turn.write(extend)
    return Update(as_modal(Private(words), "Extend deadline")) if words else None


def _asked(conflict: Conflict, asker: str, workspace: Workspace) -> str:
    """What the asker reads instead of a closed window; empty when the deadline has moved."""
    wish, zone = conflict.wish, workspace.hours.zone
    if wish is None:
        return ""
    who, limit = known_as(wish.of, asker, conflict, workspace), kit.when(wish.limit, zone)
    stands = f"Until they agree it is due {kit.when(conflict.deadline.limit, zone)}."
    return upper_first(f"{who} is asked whether it can be decided by {limit}. {stands}")


async def on_agree(turn: Turn) -> Answer:
    """**Agree**: the deadline is the one they were shown."""
    return await _answer(turn, rule.agree)


async def on_keep(turn: Turn) -> Answer:
    """**Keep the deadline**: whoever asked hears it."""
    return await _answer(turn, rule.keep)


async def _answer(turn: Turn, answered: Callable[..., Outcome]) -> Answer:
    """The button names the conflict and the limit that was asked for (*id:seconds*)."""
    id, _, seconds = turn.value.partition(":")
    limit = datetime.fromtimestamp(int(seconds), UTC)
    return await settle(turn, id, by_person(turn, partial(answered, limit=limit)))
