"""Every listener goes through here: who is it, what did they do before, and an answer in time.

Three kinds and no others. *change*: one write, then the acknowledgement. *show*: one read and one call to
Slack, then the acknowledgement. *hear*: an event; one write only if it concerns us. The acknowledgement is
the last line, because Slack repeats what was not acknowledged and forgets what was.
"""

from __future__ import annotations

import asyncio
import re
from collections.abc import Awaitable, Callable, Iterable, Mapping
from dataclasses import dataclass
from functools import partial
from typing import Any, Literal

import aiohttp
import structlog
from slack_bolt.async_app import AsyncAck, AsyncApp, AsyncBoltContext, AsyncRespond
from slack_sdk.errors import SlackApiError
from slack_sdk.web.async_client import AsyncWebClient
from structlog.contextvars import bound_contextvars

from council.errors import Invalid, TiebreakError
from council.permissions import Act, admit
from council.sentence import Sentence, Who
from handlers import kit
from handlers.answers import Answer, Options, Private
from handlers.desk import Desk
from handlers.judging import error_of
from handlers.looking import arrive, meet, remembered
from handlers.saying import say, under_fields
from handlers.turn import Kind, Turn, delivery_key, metadata
from handlers.wording import plain, read
from storage.errors import Stale, Unavailable

BUDGET = 2.5
"""Seconds; Slack gives three."""
LONGEST_CALL = 2
"""Seconds one call to Slack may take while somebody waits."""
AT_ONCE = 32
NOT_SAVED = "That was not saved; please try again in a moment."
NOT_SHOWN = "Slack did not show that just now; please try again in a moment. Nothing is lost."

Beat = Literal["change", "show", "hear"]
log = structlog.get_logger(__name__)


@dataclass(frozen=True, slots=True)
class Listener:
    """One row of the table of listeners: what it hears, what it does, what it needs permission for.

    `name` is the id Slack sends: of the command, the shortcut, the button, the modal, the event; of a search
    what its block id begins with. `within`: the modal it belongs to, for an id that several modals use.
    `saves`: the form that this one goes on with; of both together a window saves one.
    """

    kind: Kind
    name: str
    beat: Beat
    act: Act | None
    run: Callable[[Turn], Awaitable[Answer]]
    within: str | None = None
    saves: str = ""


Choose = Callable[[Mapping[str, Any], Mapping[str, Any]], Listener | None]

_ANY = re.compile("")
_NAMED: Mapping[Kind, str] = {
    "command": "command",
    "action": "action_id",
    "view": "callback_id",
    "shortcut": "callback_id",
    "options": "block_id",
    "event": "type",
}
"""Where a payload of each kind carries the name."""


def register(app: AsyncApp, desk: Desk, listeners: tuple[Listener, ...]) -> None:
    """Tell bolt of each kind once: of many it asks one after another, and each costs it some 10 µs."""
    turns = asyncio.Semaphore(AT_ONCE)
    kinds: dict[Kind, Callable[..., Any]] = {
        "command": app.command,
        "action": app.action,
        "view": app.view,
        "shortcut": app.shortcut,
        "options": app.options,
        "event": app.event,
    }
    for kind, hearing in kinds.items():
        choose = partial(chosen, [each for each in listeners if each.kind == kind])
        hearing(_ANY, matchers=[_known(choose)])(_guarded(choose, desk, turns))


def chosen(
    listeners: Iterable[Listener], body: Mapping[str, Any], payload: Mapping[str, Any]
) -> Listener | None:
    """Which of the listeners of one kind is meant."""
    shown = (body.get("view") or {}).get("callback_id")
    for each in listeners:
        said = str(payload.get(_NAMED[each.kind], ""))
        meant = said.startswith(each.name) if each.kind == "options" else said == each.name
        if meant and each.within in (None, shown):
            return each
    return None


def _known(choose: Choose) -> Callable[..., Awaitable[bool]]:
    async def matches(body: dict[str, Any], payload: dict[str, Any]) -> bool:
        return choose(body, payload) is not None

    return matches


def _guarded(choose: Choose, desk: Desk, turns: asyncio.Semaphore) -> Callable[..., Awaitable[None]]:
    async def guarded(
        ack: AsyncAck,
        body: dict[str, Any],
        payload: dict[str, Any],
        context: AsyncBoltContext,
        client: AsyncWebClient,
        respond: AsyncRespond,
    ) -> None:
        began = asyncio.get_running_loop().time()
        client.timeout = LONGEST_CALL  # bolt makes a client for every request
        listener = choose(body, payload)
        assert listener is not None
        turn = _turn(listener, body, payload, context, client, respond, desk)
        whose = {"team": turn.team, "person": turn.person_id, "key": turn.key, "subject": turn.subject}
        with bound_contextvars(listener=str(listener.name), **whose):
            await say(await _in_time(listener, turn, turns), turn, ack, began)

    return guarded


async def _in_time(listener: Listener, turn: Turn, turns: asyncio.Semaphore) -> Answer:
    """Within the budget, or rolled back and said so; an event is left for Slack to repeat."""
    if listener.beat == "hear":
        async with asyncio.timeout(BUDGET), turns:
            return await listener.run(turn)
    try:
        async with asyncio.timeout(BUDGET), turns:
            return await _take(listener, turn)
    except TimeoutError:
        turn.spent = True
        log.warning("over the budget")
        return _not_taken(listener, turn)


def _turn(
    listener: Listener,
    body: Mapping[str, Any],
    payload: Mapping[str, Any],
    context: AsyncBoltContext,
    client: AsyncWebClient,
    respond: AsyncRespond,
    desk: Desk,
) -> Turn:
    authorized = context.authorize_result
    person = context.user_id or ""
    view = body.get("view")
    return Turn(
        kind=listener.kind,
        body=body,
        payload=payload,
        team=(authorized.team_id if authorized else None) or context.team_id or "",
        person_id=person,
        desk=desk,
        client=client,
        respond=respond,
        bot=context.bot_user_id or "",
        key=delivery_key(listener.kind, body, payload, person, listener.saves),
        meta=metadata(view) if view else {},
    )


async def _take(listener: Listener, turn: Turn) -> Answer:
    """Run the listener; everything that goes wrong becomes a calm sentence."""
    try:
        await _admit(listener, turn)
        return await listener.run(turn)
    except Invalid as problem:
        return await _errors(problem, turn)
    except TiebreakError as problem:
        return await _refusal(problem, turn)
    except (Unavailable, Stale) as problem:
        log.warning("not taken", cause=str(problem))
    except SlackApiError as problem:
        if _out_of_date(problem):
            return None
        turn.spent = "views.update" not in _called(problem)
        log.warning("slack refused", error=error_of(problem), method=_called(problem))
    except (TimeoutError, aiohttp.ClientError) as problem:
        turn.spent = True
        log.warning("slack did not answer", cause=type(problem).__name__)
    except Exception:
        log.exception("a mistake of ours")
    return _not_taken(listener, turn)


async def _admit(listener: Listener, turn: Turn) -> None:
    """Who is it, and where; a report needs to know the place as well."""
    desk, client = turn.desk, turn.client
    if listener.beat == "change" and (person := remembered(desk, turn.team, turn.person_id)):
        turn.unchecked = True
    elif listener.act is Act.REPORT and turn.channel_id and not turn.view:
        person, turn.channel = await arrive(
            desk, client, turn.team, turn.person_id, turn.channel_id, turn.channel_name
        )
    else:
        person = await meet(desk, client, turn.team, turn.person_id)
    turn.person = admit(person)


def _called(problem: SlackApiError) -> str:
    return str(getattr(problem.response, "api_url", "")).rpartition("/")[2]


def _out_of_date(problem: SlackApiError) -> bool:
    """A newer choice has redrawn the modal already, or it was closed meanwhile."""
    error, updating = error_of(problem), "views.update" in _called(problem)
    return updating and error in ("hash_conflict", "not_found")


async def _errors(problem: Invalid, turn: Turn) -> Answer:
    words = {name: await _read(sentence, turn, plain) for name, sentence in problem.errors.items()}
    placed = under_fields(words, turn) if turn.kind == "view" else None
    return placed or Private(" ".join(words.values()))


async def _refusal(problem: TiebreakError, turn: Turn) -> Answer:
    """In a modal the sentence stands above what was typed, which stays; elsewhere it is for their eyes."""
    if turn.kind == "options":
        return Options([])
    if turn.kind == "view" and turn.inputs:
        return under_fields({turn.inputs[0]: await _read(problem.sentence, turn, plain)}, turn)
    words = await _read(problem.sentence, turn, read)
    return Private(words, [kit.text(words), *kit.buttons(_instead(problem, turn))])


async def _read(sentence: Sentence, turn: Turn, how: Callable[..., str]) -> str:
    named = [fact.person for fact in sentence.facts.values() if isinstance(fact, Who)]
    try:
        workspace = await turn.desk.workspace(turn.team, turn.person_id, *named)
    except Unavailable:
        return NOT_SAVED
    if workspace is None:
        return NOT_SAVED if sentence.facts else sentence.text
    return how(sentence, workspace)


def _instead(problem: TiebreakError, turn: Turn) -> list[kit.Pressable]:
    """The buttons for what this person may do instead."""
    conflict = str(turn.meta.get("conflict") or _subject(turn.value))
    offers = ((Act.TAKE_OVER, "Take over"), (Act.ADD_CONTEXT, "Add context"))
    return [
        kit.button(label, act.value.replace(" ", "_"), conflict)
        for act, label in offers
        if act in problem.offers and conflict
    ]


def _subject(value: str) -> str:
    """The conflict's id in a button's value: *id*, *id:draft*, or *act:id* in a menu."""
    first, _, second = value.partition(":")
    return second if "_" in first or first.isalpha() else first


def _not_taken(listener: Listener, turn: Turn) -> Answer:
    words = NOT_SAVED if listener.beat == "change" else NOT_SHOWN
    if turn.kind == "options":
        return Options([])
    if turn.kind == "view" and turn.inputs:
        return under_fields({turn.inputs[0]: words}, turn)
    return Private(words)
