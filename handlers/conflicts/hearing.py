"""What people type and how they react: `ack`, 👀, an answer in words; everything else is left alone."""

from __future__ import annotations

import re
from collections.abc import Mapping
from html import unescape
from typing import Any

from council.conflict import Conflict
from handlers.answers import Answer
from handlers.conflicts.changes import CONVERTED, on_conversion
from handlers.conflicts.replying import acknowledged, answered, correct, keep_reply
from handlers.looking import meet
from handlers.turn import Turn
from storage import conflicts, messages

EYES = re.compile(r"^eyes(::skin-tone-\d)?$")
MOST_CHOICES = 5
"""So many open conflicts are offered as buttons when a typed answer may be about several."""


async def on_message(turn: Turn) -> Answer:
    """Let through: what is in a direct message, and a reply under a message of ours."""
    event = turn.payload
    if event.get("subtype") in CONVERTED:
        return await on_conversion(turn)
    if event.get("subtype") == "message_changed":
        return await _edited(turn)
    if event.get("subtype") not in (None, "thread_broadcast") or event.get("bot_id") or not event.get("user"):
        return None
    direct = event.get("channel_type") == "im"
    if direct or (event.get("thread_ts") and event.get("parent_user_id") == turn.bot):
        return await _typed(turn, _plain(event), direct=direct)
    return None


async def on_reaction(turn: Turn) -> Answer:
    """👀 on a message of ours acknowledges, from the person who is asked; from others it is nothing."""
    event, item = turn.payload, turn.payload.get("item") or {}
    if not EYES.match(str(event.get("reaction"))) or event.get("item_user") not in (None, turn.bot):
        return None
    conflict = await _standing_at(turn, str(item.get("channel")), str(item.get("ts")))
    if conflict is None or not conflict.is_open or not _is_asked(turn.person_id, conflict):
        return None
    await _meet(turn)
    await turn.write(lambda unit: acknowledged(unit, turn, conflict.id))
    return None


async def _typed(turn: Turn, text: str, *, direct: bool) -> Answer:
    thread = str(turn.payload.get("thread_ts") or "")
    conflict = await _standing_at(turn, str(turn.payload["channel"]), thread) if thread else None
    if not direct and conflict is None:
        return None
    if not direct and conflict and not _is_asked(turn.person_id, conflict):
        await turn.write(lambda unit: keep_reply(unit, turn, conflict.id))
        return None
    await _meet(turn)
    await turn.write(lambda unit: answered(unit, turn, text, conflict, direct=direct, most=MOST_CHOICES))
    return None


async def _edited(turn: Turn) -> Answer:
    """A typed answer was corrected: the decision proposed from it holds the new words."""
    message = turn.payload.get("message") or {}
    ours = turn.payload.get("channel_type") == "im" or message.get("parent_user_id") == turn.bot
    if ours and message.get("user") and not message.get("bot_id"):
        await turn.write(lambda unit: correct(unit, turn, message, _plain(message)))
    return None


def _plain(message: Mapping[str, Any]) -> str:
    return unescape(str(message.get("text") or "")).strip()


def _is_asked(person: str, conflict: Conflict) -> bool:
    return person in (conflict.asked, conflict.owner)


async def _meet(turn: Turn) -> None:
    turn.person = await meet(turn.desk, turn.client, turn.team, turn.person_id)


async def _standing_at(turn: Turn, channel: str, ts: str) -> Conflict | None:
    """The conflict whose card or direct message stands there."""

    def look(connection: Any) -> Conflict | None:
        message = messages.at(connection, turn.team, channel, ts)
        about = message.conflict if message else None
        return conflicts.find(connection, turn.team, about) if about else None

    return await turn.desk.store.read(look)
