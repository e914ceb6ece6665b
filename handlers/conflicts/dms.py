"""Messages to one person, and the line in the decision log: which words, which buttons."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from slack_sdk.models.blocks import Block

from council.conflict import Conflict, State
from council.notice import NoticeKind
from council.workspace import Workspace
from handlers import kit
from handlers.conflicts.card import ended_line
from handlers.conflicts.decided import day, stands
from handlers.conflicts.names import Acts
from handlers.texts import Mrkdwn, Texts, moment
from handlers.wording import name, read

TEMPLATES = {
    NoticeKind.OWNER_ASKED: "owner_asked",
    NoticeKind.CONCERNS_YOU: "concerns_you",
    NoticeKind.REMINDED: "reminded",
    NoticeKind.DUE: "due",
    NoticeKind.CHAIN_ASKED: "chain_asked",
    NoticeKind.STILL_OPEN: "still_open",
    NoticeKind.TAKEN_OVER: "taken_over",
    NoticeKind.HANDED_OVER: "handed_over",
    NoticeKind.DEADLINE_MOVED: "deadline_moved",
    NoticeKind.DECIDED: "decided",
    NoticeKind.WITHDRAWN: "withdrawn",
    NoticeKind.RESOLVED: "resolved",
    NoticeKind.LOGGED: "logged",
    NoticeKind.TAKE_OVER_OFFERED: "take_over_offered",
}

BUTTONS: dict[NoticeKind, tuple[tuple[str, Acts], ...]] = {
    NoticeKind.OWNER_ASKED: (
        ("Acknowledge", Acts.ACKNOWLEDGE),
        ("Decide", Acts.DECIDE),
        ("Hand over", Acts.HAND_OVER),
    ),
    NoticeKind.HANDED_OVER: (
        ("Acknowledge", Acts.ACKNOWLEDGE),
        ("Decide", Acts.DECIDE),
        ("Hand over", Acts.HAND_OVER),
    ),
    NoticeKind.REMINDED: (
        ("Acknowledge", Acts.ACKNOWLEDGE),
        ("Decide", Acts.DECIDE),
        ("Hand over", Acts.HAND_OVER),
    ),
    NoticeKind.DUE: (("Decide", Acts.DECIDE), ("Extend deadline", Acts.EXTEND)),
    NoticeKind.CHAIN_ASKED: (("Take over", Acts.TAKE_OVER),),
    NoticeKind.STILL_OPEN: (("Take over", Acts.TAKE_OVER),),
    NoticeKind.TAKE_OVER_OFFERED: (("Take over", Acts.TAKE_OVER),),
    NoticeKind.CONCERNS_YOU: (("Add context", Acts.ADD_CONTEXT),),
    NoticeKind.TAKEN_OVER: (("Add context", Acts.ADD_CONTEXT),),
    NoticeKind.DEADLINE_MOVED: (("Add context", Acts.ADD_CONTEXT),),
    NoticeKind.DECIDED: (("Details", Acts.DETAILS),),
}


@dataclass(frozen=True, slots=True)
class Telling:
    """One message about a conflict: the fact, to whom, with which link, and a decided one like it."""

    kind: NoticeKind
    to: str
    facts: Mapping[str, str | int]
    card: str = ""
    similar: Conflict | None = None


def direct_message(
    telling: Telling,
    conflict: Conflict,
    workspace: Workspace,
    texts: Texts,
    now: datetime,
    *,
    live: bool = True,
) -> tuple[str, list[Block]]:
    """Fallback and blocks. A living one has buttons; an older one keeps its words; an ended one shrinks."""
    over = not conflict.is_open and telling.kind not in ENDINGS
    words = ended_line(conflict, workspace) if over else _words(telling, conflict, workspace, texts, now)
    if over and conflict.state is State.DECIDED:
        words = f"✅ #{conflict.number} {kit.quoted(conflict.facts.subject, 200)}: decided."
    blocks: list[Block] = [kit.small(words) if over else kit.text(words)]
    if live and not over:
        blocks += kit.buttons(_buttons(telling, conflict))
    if telling.card and not over:
        blocks.append(kit.small(kit.link(telling.card, "See the card")))
    return _first_line(words), blocks


ENDINGS = frozenset({NoticeKind.DECIDED, NoticeKind.WITHDRAWN, NoticeKind.RESOLVED, NoticeKind.LOGGED})


def log_line(
    telling: Telling, conflict: Conflict, workspace: Workspace, texts: Texts, now: datetime
) -> tuple[str, list[Block]]:
    """The line in the decision log."""
    words = _words(telling, conflict, workspace, texts, now)
    return _first_line(words), [kit.text(words)]


def _first_line(words: str) -> str:
    return kit.clip(words.split("\n", 1)[0].replace("*", ""), 300)


def _buttons(telling: Telling, conflict: Conflict) -> list[kit.Pressable]:
    acknowledged = conflict.state is not State.OPEN
    offered = BUTTONS.get(telling.kind, ())
    return [
        kit.button(label, act, conflict.id, "primary" if n == 0 and act is not Acts.ADD_CONTEXT else None)
        for n, (label, act) in enumerate(offered)
        if not (act is Acts.ACKNOWLEDGE and acknowledged)
    ]


def _words(telling: Telling, conflict: Conflict, workspace: Workspace, texts: Texts, now: datetime) -> str:
    return texts.write(TEMPLATES[telling.kind], facts_for(telling, conflict, workspace, now))


def facts_for(telling: Telling, conflict: Conflict, workspace: Workspace, now: datetime) -> dict[str, Any]:
    """What a text may speak of. Plain strings are escaped when shown; our own markup is marked."""
    facts, ruling = conflict.facts, conflict.ruling
    return {
        "number": conflict.number,
        "subject": kit.clip(facts.subject, 200),
        "signals": [{"source": kit.clip(s.source, 80), "says": kit.clip(s.says, 200)} for s in facts.signals],
        "waiting": kit.clip(facts.waiting, 200),
        "by": moment(conflict.overdue_at, workspace.hours.zone),
        "because": Mrkdwn(read(conflict.route.because, workspace)),
        "deadline": Mrkdwn(read(conflict.deadline.because, workspace)),
        "substitutions": [Mrkdwn(read(part, workspace)) for part in conflict.route.substitutions],
        "standing": kit.clip(conflict.route.standing.source, 80) if conflict.route.standing else "",
        "owner": Mrkdwn(name(conflict.owner, workspace.people)),
        "reporter": Mrkdwn(name(conflict.reporter, workspace.people)),
        "overdue": conflict.overdue(now),
        "reached_as": reached_as(telling.to, conflict, workspace),
        "why": kit.clip(str(telling.facts.get("why", conflict.ended_because)), 600),
        "before": Mrkdwn(name(str(telling.facts.get("before", "")), workspace.people)),
        "mover": Mrkdwn(name(str(telling.facts.get("by", "")), workspace.people)),
        "similar": _similar(telling.similar),
        "ruling": {"decision": kit.clip(ruling.decision, 600), "why": kit.clip(ruling.why, 900)}
        if ruling
        else {},
        "stands": Mrkdwn(stands(ruling)) if ruling else "",
        "decider": Mrkdwn(name(ruling.by, workspace.people)) if ruling else "",
        "role": ruling.role if ruling else "",
        "decided_at": moment(ruling.at, workspace.hours.zone) if ruling else "",
        "holds_until": Mrkdwn(day(ruling.holds_until, workspace)) if ruling and ruling.holds_until else "",
    }


def _similar(conflict: Conflict | None) -> dict[str, Any] | None:
    if conflict is None or conflict.ruling is None:
        return None
    ruling = conflict.ruling
    return {
        "number": conflict.number,
        "decision": kit.clip(ruling.decision, 200),
        "why": kit.clip(ruling.why, 200),
    }


def reached_as(person: str, conflict: Conflict, workspace: Workspace) -> str:
    """In which part the chain reached this person."""
    role = workspace.configuration.role(conflict.seat)
    if role is not None and role.deputy == person:
        return "as deputy"
    for seat, words in ((workspace.chair, "as council chair"), (workspace.sponsor, "as sponsor")):
        if seat is not None and seat.holder == person:
            return words
    held = next((role for role in workspace.configuration.roles if role.holder == person), None)
    return f"as {held.name}" if held else "next"
