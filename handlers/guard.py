"""Every listener goes through here: who is it, what did they do before, and an answer in time.

Three kinds and no others. *change*: one write, then the acknowledgement. *show*: one read and one call to
Slack, then the acknowledgement. *hear*: an event; one write only if it concerns us. The acknowledgement is
the last line, because Slack repeats what was not acknowledged and forgets what was.
"""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable, Mapping
from dataclasses import dataclass
from typing import Any, Literal

import structlog
from slack_bolt.async_app import AsyncAck, AsyncApp, AsyncBoltContext, AsyncRespond
from slack_sdk.web.async_client import AsyncWebClient

from council.errors import Invalid, TiebreakError
from council.permissions import Act, admit
from handlers import kit
from handlers.answers import Answer, Clear, Errors, Options, Private, Update, as_blocks, as_modal
from handlers.desk import Desk
from handlers.looking import meet
from handlers.turn import Kind, Turn, delivery_key, metadata
from handlers.wording import plain, read
from storage.errors import Stale, Unavailable

BUDGET = 2.5
"""Seconds; Slack gives three."""
AT_ONCE = 32
NOT_SAVED = "That was not saved; please try again in a moment."

Beat = Literal["change", "show", "hear"]
log = structlog.get_logger(__name__)


@dataclass(frozen=True, slots=True)
class Listener:
    """One row of the table of listeners: what it hears, what it does, what it needs permission for."""

    kind: Kind
    name: str
    beat: Beat
    act: Act | None
    run: Callable[[Turn], Awaitable[Answer]]
    subtype: str | None = None


def register(app: AsyncApp, desk: Desk, listeners: tuple[Listener, ...]) -> None:
    """Tell bolt of every listener."""
    turns = asyncio.Semaphore(AT_ONCE)
    for listener in listeners:
        _matcher(app, listener)(_guarded(listener, desk, turns))


def _matcher(app: AsyncApp, listener: Listener) -> Callable[..., Any]:
    match listener.kind:
        case "command":
            return app.command(listener.name)
        case "action":
            return app.action(listener.name)
        case "view":
            return app.view(listener.name)
        case "shortcut":
            return app.shortcut(listener.name)
        case "options":
            return app.options({"action_id": "field", "block_id": listener.name})
        case "event":
            return app.event(listener.name)


def _guarded(listener: Listener, desk: Desk, turns: asyncio.Semaphore) -> Callable[..., Awaitable[None]]:
    async def guarded(
        ack: AsyncAck,
        body: dict[str, Any],
        payload: dict[str, Any],
        context: AsyncBoltContext,
        client: AsyncWebClient,
        respond: AsyncRespond,
    ) -> None:
        turn = _turn(listener.kind, body, payload, context, client, respond, desk)
        structlog.contextvars.bind_contextvars(listener=listener.name, team=turn.team, person=turn.person_id)
        try:
            await _say(await _in_time(listener, turn, turns), turn, ack)
        finally:
            structlog.contextvars.clear_contextvars()

    return guarded


async def _in_time(listener: Listener, turn: Turn, turns: asyncio.Semaphore) -> Answer:
    """Within the budget, or rolled back and said so; an event is left for Slack to repeat."""
    try:
        async with asyncio.timeout(BUDGET), turns:
            return await _take(listener, turn)
    except TimeoutError:
        if listener.beat == "hear":
            raise
        log.warning("over the budget")
        return _not_saved(turn)


def _turn(
    kind: Kind,
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
        kind=kind,
        body=body,
        payload=payload,
        team=(authorized.team_id if authorized else None) or context.team_id or "",
        person_id=person,
        desk=desk,
        client=client,
        respond=respond,
        bot=context.bot_user_id or "",
        key=delivery_key(kind, body, payload, person),
        meta=metadata(view) if view else {},
    )


async def _take(listener: Listener, turn: Turn) -> Answer:
    """Run the listener; everything that goes wrong becomes a calm sentence, except for events."""
    if listener.beat == "hear":
        return await listener.run(turn)
    try:
        if listener.kind != "options":
            turn.person = admit(await meet(turn.desk, turn.client, turn.team, turn.person_id))
        return await listener.run(turn)
    except Invalid as problem:
        return await _errors(problem, turn)
    except TiebreakError as problem:
        return await _refusal(problem, turn)
    except (Unavailable, Stale) as problem:
        log.warning("not taken", cause=str(problem))
        return _not_saved(turn)


async def _errors(problem: Invalid, turn: Turn) -> Answer:
    workspace = await turn.desk.workspace(turn.team, turn.person_id)
    if workspace is None:
        return Private(NOT_SAVED)
    return Errors({name: plain(sentence, workspace) for name, sentence in problem.errors.items()})


async def _refusal(problem: TiebreakError, turn: Turn) -> Private:
    workspace = await turn.desk.workspace(turn.team, turn.person_id)
    words = read(problem.sentence, workspace) if workspace else problem.sentence.text
    offered = []
    conflict = str(turn.meta.get("conflict") or turn.value.partition(":")[2] or turn.value)
    for act, label in ((Act.TAKE_OVER, "Take over"), (Act.ADD_CONTEXT, "Add context")):
        if act in problem.offers and conflict:
            offered.append(kit.button(label, act.value.replace(" ", "_"), conflict))
    return Private(words, [kit.text(words), *kit.buttons(offered)])


def _not_saved(turn: Turn) -> Answer:
    first = next((b["block_id"] for b in turn.view.get("blocks", []) if b.get("type") == "input"), None)
    if turn.kind == "view" and first:
        return Errors({first: NOT_SAVED})
    return Private(NOT_SAVED)


async def _say(answer: Answer, turn: Turn, ack: AsyncAck) -> None:
    """Answer where the person looks, and acknowledge last."""
    match answer:
        case None:
            await ack()
        case Options(options):
            await ack(options=options)
        case Errors(errors):
            await ack(response_action="errors", errors=dict(errors))
        case Update(view):
            await ack(response_action="update", view=view)
        case Clear():
            await ack(response_action="clear")
        case Private():
            await _whisper(answer, turn, ack)


async def _whisper(answer: Private, turn: Turn, ack: AsyncAck) -> None:
    if turn.kind == "command":
        await ack(text=answer.text, blocks=as_blocks(answer), response_type="ephemeral")
        return
    if turn.kind == "view":
        await ack(response_action="update", view=as_modal(answer))
        return
    if turn.kind == "shortcut":
        await turn.client.views_open(trigger_id=turn.trigger, view=as_modal(answer))
    elif turn.view:
        await turn.client.views_push(trigger_id=turn.trigger, view=as_modal(answer))
    else:
        await turn.respond(
            text=answer.text, blocks=as_blocks(answer), response_type="ephemeral", replace_original=False
        )
    await ack()
