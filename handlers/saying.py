"""Saying an answer where the person looks, and acknowledging last."""

from __future__ import annotations

import asyncio
from collections.abc import Mapping

import aiohttp
import structlog
from slack_bolt.async_app import AsyncAck
from slack_sdk.errors import SlackApiError

from handlers.answers import (
    Answer,
    Clear,
    Errors,
    Options,
    OptionsInGroups,
    Private,
    Update,
    as_blocks,
    as_modal,
)
from handlers.turn import Turn

LAST_MOMENT = 2.7
"""Seconds after the listener began; Slack gives three, and the way here and back takes some of them."""

log = structlog.get_logger(__name__)


async def say(answer: Answer, turn: Turn, ack: AsyncAck, began: float) -> None:
    """Give the answer; `began` is the loop's time when the listener began."""
    match answer:
        case None:
            await ack()
        case Options(options):
            await ack(options=options)
        case OptionsInGroups(groups):
            await ack(option_groups=groups)
        case Errors(errors):
            await ack(response_action="errors", errors=dict(errors))
        case Update(view):
            await ack(response_action="update", view=turn.carried(view))
        case Clear():
            await ack(response_action="clear")
        case Private():
            await _privately(answer, turn, ack, began)


async def _privately(answer: Private, turn: Turn, ack: AsyncAck, began: float) -> None:
    if turn.kind == "command":
        await ack(text=answer.text, blocks=as_blocks(answer), response_type="ephemeral")
        return
    if turn.kind == "view":
        await ack(response_action="update", view=turn.carried(as_modal(answer)))
        return
    try:
        async with asyncio.timeout_at(began + LAST_MOMENT):
            await _whisper(answer, turn)
    except (TimeoutError, aiohttp.ClientError, SlackApiError) as problem:
        log.warning("not answered", cause=type(problem).__name__)
    await ack()


async def _whisper(answer: Private, turn: Turn) -> None:
    """One private answer: at the response url, as a window, or, when its trigger is spent, as a message."""
    if turn.body.get("response_url"):
        await turn.respond(
            text=answer.text, blocks=as_blocks(answer), response_type="ephemeral", replace_original=False
        )
    elif turn.spent:
        await turn.client.chat_postMessage(channel=turn.person_id, text=answer.text, blocks=as_blocks(answer))
    else:
        await turn.show(as_modal(answer))


def under_fields(words: Mapping[str, str], turn: Turn) -> Errors | None:
    """Each sentence under its input; what the modal does not show stands under the first one.

    Slack refuses an error for an input it does not show. None when the modal has no inputs at all.
    """
    placed: dict[str, str] = {}
    for name, sentence in words.items():
        block = _shown(name, turn.inputs)
        if block is not None:
            placed[block] = f"{placed[block]} {sentence}" if block in placed else sentence
    return Errors(placed) if placed else None


def _shown(name: str, inputs: list[str]) -> str | None:
    """The input of that name, or of its name and the number it was shown anew with; else the first."""
    if name in inputs:
        return name
    renewed = (each for each in inputs if each.rpartition("_")[0] == name and each[-1].isdecimal())
    return next(renewed, next(iter(inputs), None))
