"""What people type and how they react: `ack`, 👀, an answer in words; everything else is left alone."""

from __future__ import annotations

import re
from dataclasses import replace
from datetime import UTC, datetime
from html import unescape
from typing import Any

from council import deciding
from council.conflict import Conflict
from council.errors import Refused
from council.notice import Notice, NoticeKind, tell
from council.permissions import admit
from council.workspace import Workspace
from handlers.answers import Answer
from handlers.conflicts.answering import save
from handlers.looking import meet
from handlers.turn import Turn
from handlers.wording import read
from storage import conflicts, drafts, messages, outbox, workspaces
from storage.store import Unit

EYES = re.compile(r"^eyes(::skin-tone-\d)?$")
ACKNOWLEDGEMENTS = frozenset({"ack", "ack.", "ack!", "acknowledged", ":eyes:", "👀"})
MOST_CHOICES = 5
MOST_TYPED = 3000


async def on_message(turn: Turn) -> Answer:
    """Let through: what is in a direct message, and a reply under a message of ours."""
    event = turn.payload
    if event.get("subtype") not in (None, "thread_broadcast") or event.get("bot_id") or not event.get("user"):
        return None
    text = unescape(str(event.get("text") or "")).strip()[:MOST_TYPED]
    if event.get("channel_type") == "im":
        return await _typed(turn, text, direct=True)
    if event.get("thread_ts") and event.get("parent_user_id") == turn.bot:
        return await _typed(turn, text, direct=False)
    return None


async def on_reaction(turn: Turn) -> Answer:
    """👀 on a message of ours acknowledges, from the person who is asked; from others it is nothing."""
    event, item = turn.payload, turn.payload.get("item") or {}
    if not EYES.match(str(event.get("reaction"))) or event.get("item_user") not in (None, turn.bot):
        return None
    place = (str(item.get("channel")), str(item.get("ts")))
    conflict = await _standing_at(turn, *place)
    if conflict is None or turn.person_id not in (conflict.asked, conflict.owner) or not conflict.is_open:
        return None
    await _meet(turn)
    await turn.write(lambda unit: _acknowledged(unit, turn, conflict.id))
    return None


async def _typed(turn: Turn, text: str, *, direct: bool) -> Answer:
    thread = str(turn.payload.get("thread_ts") or "")
    conflict = await _standing_at(turn, str(turn.payload["channel"]), thread) if thread else None
    if not direct and conflict is None:
        return None
    if not direct and conflict and turn.person_id not in (conflict.asked, conflict.owner):
        await turn.write(lambda unit: _keep_reply(unit, turn, conflict.id))
        return None
    await _meet(turn)
    await turn.write(lambda unit: _answered(unit, turn, text, conflict, direct=direct))
    return None


async def _meet(turn: Turn) -> None:
    turn.person = await meet(turn.desk, turn.client, turn.team, turn.person_id)


async def _standing_at(turn: Turn, channel: str, ts: str) -> Conflict | None:
    """The conflict whose card or direct message stands there."""

    def look(connection: Any) -> Conflict | None:
        message = messages.at(connection, turn.team, channel, ts)
        return conflicts.find(connection, turn.team, message.conflict) if message else None

    return await turn.desk.store.read(look)


def _answered(unit: Unit, turn: Turn, text: str, conflict: Conflict | None, *, direct: bool) -> None:
    """One line back at most: what is asked, a proposed decision, or what can be done here."""
    workspace = workspaces.load(unit.connection, unit.team, [turn.person_id], now=unit.clock())
    if workspace is None:
        return
    try:
        admit(turn.person)
    except Refused as refusal:
        _tell(unit, turn, workspace, NoticeKind.CAN_DO, None, refusal=read(refusal.sentence, workspace))
        return
    open_ones = _open_ones(unit, turn, conflict)
    if not open_ones or not text:
        if direct:
            _tell(unit, turn, workspace, NoticeKind.CAN_DO, None, refusal="")
    elif len(open_ones) > 1:
        _which_one(unit, turn, workspace, text, open_ones)
    elif text.casefold() in ACKNOWLEDGEMENTS:
        _acknowledged(unit, turn, open_ones[0].id)
    else:
        _propose(unit, turn, workspace, text, open_ones[0])


def _open_ones(unit: Unit, turn: Turn, conflict: Conflict | None) -> list[Conflict]:
    """The one whose thread it is, else everything that waits for this person."""
    if conflict is not None:
        return [conflict] if conflict.is_open else []
    return list(conflicts.waiting_for(unit.connection, unit.team, turn.person_id))


def _acknowledged(unit: Unit, turn: Turn, id: str) -> None:
    """The owner acknowledges; whoever else is asked gets the button and never takes over silently."""
    conflict = conflicts.find(unit.connection, unit.team, id)
    if conflict is None or not conflict.is_open:
        return
    workspace = workspaces.load(
        unit.connection, unit.team, (*conflict.insiders, turn.person_id), now=unit.clock()
    )
    if workspace is None:
        return
    if turn.person_id == conflict.owner:
        save(unit, deciding.acknowledge(conflict, by=turn.person, workspace=workspace, now=unit.clock()))
    else:
        _tell(unit, turn, workspace, NoticeKind.TAKE_OVER_OFFERED, conflict)


def _propose(unit: Unit, turn: Turn, workspace: Workspace, text: str, conflict: Conflict) -> None:
    """*Shall this be the decision?* for the owner; who is asked instead may take over first."""
    if turn.person_id != conflict.owner:
        _tell(unit, turn, workspace, NoticeKind.TAKE_OVER_OFFERED, conflict)
        return
    draft = _draft(unit, turn, text)
    _tell(unit, turn, workspace, NoticeKind.TYPED_ANSWER, conflict, draft=draft, words=text[:300])


def _which_one(unit: Unit, turn: Turn, workspace: Workspace, text: str, open_ones: list[Conflict]) -> None:
    draft = _draft(unit, turn, text)
    choices = ",".join(f"{one.number}:{one.id}" for one in open_ones[:MOST_CHOICES])
    _tell(unit, turn, workspace, NoticeKind.WHICH_ONE, None, draft=draft, words=text[:300], choices=choices)


def _draft(unit: Unit, turn: Turn, text: str) -> str:
    id = unit.ids()
    drafts.keep(unit.connection, unit.team, id, turn.person_id, {"words": text}, unit.clock())
    return id


def _tell(
    unit: Unit,
    turn: Turn,
    workspace: Workspace,
    kind: NoticeKind,
    conflict: Conflict | None,
    **facts: str | int,
) -> None:
    """An answer to what was typed: in the same conversation, at once, once for this event."""
    notice: Notice = tell(kind, turn.person_id, workspace, unit.clock(), waits=False, priority=1, **facts)
    subject = str(turn.body.get("event_id"))
    id = conflict.id if conflict else None
    notice = replace(notice, facts={**notice.facts, "event": subject})
    outbox.add(unit.connection, unit.team, unit.ids(), notice, conflict=id, subject=subject, version=0)


def _keep_reply(unit: Unit, turn: Turn, conflict: str) -> None:
    """Of what others reply, author, time and place are kept; words only by *Add context*."""
    event = turn.payload
    at = datetime.fromtimestamp(float(event["ts"]), UTC)
    conflicts.keep_reply(
        unit.connection,
        unit.team,
        conflict,
        channel=str(event["channel"]),
        ts=str(event["ts"]),
        by=turn.person_id,
        at=at,
    )
