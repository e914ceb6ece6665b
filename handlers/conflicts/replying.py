"""What a typed answer or a reaction does: acknowledge, propose a decision, ask which one is meant.

Answers go to the person's direct message, once for each event: they are notices like all others.
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import replace
from datetime import UTC, datetime
from typing import Any

from council import deciding
from council.conflict import Conflict, State
from council.errors import Refused
from council.notice import NoticeKind, tell
from council.permissions import admit
from council.workspace import Workspace
from handlers import kit
from handlers.conflicts.answering import save
from handlers.turn import Turn
from handlers.wording import read
from storage import conflicts, drafts, outbox, workspaces
from storage.store import Unit

ACKNOWLEDGEMENTS = frozenset({"ack", "ack.", "ack!", "acknowledged", ":eyes:", "👀"})
MOST_KEPT = 3000
MOST_SHOWN = 300
"""Characters of what was typed: kept for the form, and shown in the question."""


def answered(
    unit: Unit, turn: Turn, text: str, conflict: Conflict | None, *, direct: bool, most: int
) -> None:
    """One line back at most: what is asked, a proposed decision, or what can be done here."""
    workspace = workspaces.load(unit.connection, unit.team, [turn.person_id], now=unit.clock())
    if workspace is None:
        return
    try:
        admit(turn.person)
    except Refused as refusal:
        _tell(unit, turn, workspace, NoticeKind.CAN_DO, None, refusal=read(refusal.sentence, workspace))
        return
    acknowledges = text.casefold() in ACKNOWLEDGEMENTS
    waiting = _waiting(unit, turn, conflict) if text else []
    on_it = [one for one in waiting if _is_on(turn.person_id, one)] if acknowledges else []
    waiting = [one for one in waiting if one not in on_it]
    if on_it and not waiting:
        _tell(unit, turn, workspace, NoticeKind.ON_IT, on_it[0], others=len(on_it) - 1)
    elif not waiting:
        if direct:
            _tell(unit, turn, workspace, NoticeKind.CAN_DO, None, refusal="")
    elif len(waiting) > 1:
        _which_one(unit, turn, workspace, text, waiting, most, acknowledges=acknowledges)
    elif acknowledges:
        acknowledged(unit, turn, waiting[0].id)
    else:
        _propose(unit, turn, workspace, text, waiting[0])


def _waiting(unit: Unit, turn: Turn, conflict: Conflict | None) -> list[Conflict]:
    """The one whose thread it is, else all that waits for this person, the most urgent first."""
    if conflict is not None:
        return [conflict] if conflict.is_open else []
    return list(conflicts.waiting_for(unit.connection, unit.team, turn.person_id))


def _is_on(person: str, conflict: Conflict) -> bool:
    """True when this person has acknowledged it as its owner."""
    return conflict.state is State.ACKNOWLEDGED and conflict.owner == person


def acknowledged(unit: Unit, turn: Turn, id: str) -> None:
    """The owner acknowledges; whoever else is asked gets the button and never takes over silently."""
    conflict = conflicts.find(unit.connection, unit.team, id)
    if conflict is None or not conflict.is_open:
        return
    people = (*conflict.insiders, turn.person_id)
    workspace = workspaces.load(unit.connection, unit.team, people, now=unit.clock())
    if workspace is None:
        return
    if turn.person_id == conflict.owner:
        save(unit, deciding.acknowledge(conflict, by=turn.person, workspace=workspace, now=unit.clock()))
    elif turn.person_id == conflict.asked:
        _tell(unit, turn, workspace, NoticeKind.TAKE_OVER_OFFERED, conflict)


def _propose(unit: Unit, turn: Turn, workspace: Workspace, text: str, conflict: Conflict) -> None:
    """*Shall this be the decision?* for the owner; who is asked instead may take over first."""
    draft = _draft(unit, turn, text)
    if turn.person_id != conflict.owner:
        _tell(unit, turn, workspace, NoticeKind.TAKE_OVER_OFFERED, conflict)
        return
    words = kit.clip(text, MOST_SHOWN)
    _tell(unit, turn, workspace, NoticeKind.TYPED_ANSWER, conflict, draft=draft, words=words)


def _which_one(
    unit: Unit,
    turn: Turn,
    workspace: Workspace,
    text: str,
    waiting: list[Conflict],
    most: int,
    *,
    acknowledges: bool,
) -> None:
    draft = "" if acknowledges else _draft(unit, turn, text)
    choices = [{"number": one.number, "id": one.id, "subject": one.facts.subject[:200]} for one in waiting]
    facts = {"draft": draft, "words": kit.clip(text, MOST_SHOWN), "choices": json.dumps(choices[:most])}
    _tell(unit, turn, workspace, NoticeKind.WHICH_ONE, None, **facts, total=len(waiting))


def _draft(unit: Unit, turn: Turn, text: str) -> str:
    """Kept under the message it was typed in, so that a correction of the message reaches it."""
    id = _draft_id(turn, turn.payload)
    drafts.keep(unit.connection, unit.team, id, turn.person_id, {"words": text[:MOST_KEPT]}, unit.clock())
    return id


def correct(unit: Unit, turn: Turn, message: Mapping[str, Any], text: str) -> None:
    """The message was edited: its draft follows, if there is one."""
    id, person = _draft_id(turn, message), str(message["user"])
    if drafts.find(unit.connection, unit.team, id, person) is not None:
        drafts.keep(unit.connection, unit.team, id, person, {"words": text[:MOST_KEPT]}, unit.clock())


def _draft_id(turn: Turn, message: Mapping[str, Any]) -> str:
    return f"typed.{turn.team}.{turn.payload['channel']}.{message['ts']}"


def _tell(
    unit: Unit,
    turn: Turn,
    workspace: Workspace,
    kind: NoticeKind,
    conflict: Conflict | None,
    **facts: str | int,
) -> None:
    """An answer to what was typed, at once; the event makes it one of its own."""
    event = str(turn.body.get("event_id"))
    notice = tell(kind, turn.person_id, workspace, unit.clock(), waits=False, priority=1, **facts)
    notice = replace(notice, facts={**notice.facts, "event": event})
    stamp = str(turn.payload.get("event_ts") or turn.payload.get("ts") or "0").replace(".", "")
    outbox.add(
        unit.connection,
        unit.team,
        unit.ids(),
        notice,
        conflict=conflict.id if conflict else None,
        subject=event,
        version=int(stamp),
    )


def keep_reply(unit: Unit, turn: Turn, conflict: str) -> None:
    """Of what others reply, author, time and place are kept; words only by *Add context*."""
    event = turn.payload
    conflicts.keep_reply(
        unit.connection,
        unit.team,
        conflict,
        channel=str(event["channel"]),
        ts=str(event["ts"]),
        by=turn.person_id,
        at=datetime.fromtimestamp(float(event["ts"]), UTC),
    )
