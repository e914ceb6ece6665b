"""One conflict in a list: its number, its subject and how it stands, with **Details** beside it."""

from __future__ import annotations

from datetime import datetime

from slack_sdk.models.blocks import Block

from council.conflict import Conflict, State
from council.duplicates import in_force
from council.workspace import Workspace
from handlers import kit
from handlers.conflicts.decided import day, verdict
from handlers.conflicts.names import Acts
from handlers.conflicts.rows import one_line
from handlers.wording import name

MOST_SUBJECT = 120
ENDED = {
    State.WITHDRAWN: "withdrawn",
    State.MERGED: "the same as another one",
    State.RESOLVED: "resolved itself or was a mistake",
}


def entry(conflict: Conflict, reader: str, workspace: Workspace, now: datetime) -> Block:
    """Two lines and a button."""
    subject = f"*#{conflict.number}* {one_line(conflict.facts.subject, MOST_SUBJECT)}"
    parts = [
        _open(conflict, reader, workspace, now) if conflict.is_open else _ended(conflict, workspace, now)
    ]
    if conflict.reporter == reader:
        parts.append("you reported it")
    if conflict.facts.confidential:
        parts.append("confidential")
    block = kit.text(f"{subject}\n{' · '.join(parts)}")
    block.accessory = kit.button("Details", Acts.DETAILS, conflict.id)
    return block


def people_of(conflict: Conflict) -> tuple[str, ...]:
    """Whom its entry names."""
    return conflict.owner, conflict.asked, *((conflict.ruling.by,) if conflict.ruling else ())


def _open(conflict: Conflict, reader: str, workspace: Workspace, now: datetime) -> str:
    """Who decides by when, or since when it is overdue, and what it is to the reader."""
    by = kit.when(conflict.overdue_at, workspace.hours.zone)
    you = conflict.owner == reader
    owner = "you" if you else name(conflict.owner, workspace.people)
    if conflict.overdue(now):
        words = f"*Overdue since {by}* · {owner} {'decide' if you else 'decides'}"
    else:
        words = f"{'You' if you else owner} {'decide' if you else 'decides'} by {by}"
    if conflict.asked == conflict.owner:
        return words
    asked = "you have" if conflict.asked == reader else f"{name(conflict.asked, workspace.people)} has"
    return f"{words} · {asked} been asked"


def _ended(conflict: Conflict, workspace: Workspace, now: datetime) -> str:
    """What was decided, by whom, when, and until when it holds or held; else how it ended."""
    ruling = conflict.ruling
    if conflict.state is not State.DECIDED or ruling is None:
        return ENDED.get(conflict.state, "closed").capitalize()
    who, on = name(ruling.by, workspace.people), day(workspace.today(ruling.at), workspace)
    return f"✅ {verdict(ruling)} {who}, {on}{held(conflict, workspace, now)}"


def held(conflict: Conflict, workspace: Workspace, now: datetime) -> str:
    """*· holds until 31 Dec*, or since when it does not hold any more."""
    until = conflict.ruling.holds_until if conflict.ruling else None
    if until is None:
        return ""
    verb = "holds" if in_force(conflict, workspace.today(now)) else "held"
    return f" · {verb} until {day(until, workspace)}"
