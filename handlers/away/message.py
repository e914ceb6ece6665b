"""What is said to somebody about their own absence: on App Home, and in one message on their return."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime
from typing import Any

from slack_sdk.models.blocks import Block

from council.coming_back import WhileAway
from council.conflict import Conflict, State
from council.visibility import may_see
from council.workspace import Workspace
from handlers import kit
from handlers.actions.names import Acts as Items
from handlers.away.names import Acts
from handlers.conflicts.decided import verdict
from handlers.conflicts.names import Acts as Conflicts
from handlers.conflicts.rows import one_line
from handlers.conflicts.spoken import Telling
from handlers.texts import Mrkdwn, Texts
from handlers.wording import name

MOST_SHOWN = 6
COUNTED = "none one two three four five six seven eight nine ten".split()


def standing(reader: str, workspace: Workspace, now: datetime) -> list[Block]:
    """*You are away until …* with **I'm back**; nothing for who is here and plans nothing."""
    absence, zone = workspace.absence_of(reader), workspace.hours.zone
    if absence is None:
        return []
    until = kit.when(absence.until, zone)
    if absence.since > now:
        return [kit.small(f"You are away from {kit.when(absence.since, zone)} until {until}.")]
    stands_in = f"; {name(absence.stand_in, workspace.people)} stands in" if absence.stand_in else ""
    block = kit.text(f"You are away until {until}{stands_in}.")
    block.accessory = kit.button("I'm back", Acts.BACK, absence.id)
    return [block]


def back_message(
    telling: Telling, away: WhileAway, workspace: Workspace, texts: Texts, now: datetime
) -> tuple[str, list[Block]]:
    """Fallback and blocks: what was decided, what is theirs again with its buttons, what there is to do."""
    words = texts.write("returned", _facts(telling.to, away, workspace))
    blocks: list[Block] = [*telling.opening, kit.text(words)]
    for conflict in away.again[:MOST_SHOWN]:
        blocks += _again(conflict, workspace, now)
    if away.items:
        blocks += kit.buttons([kit.button("My action items", Items.MINE, "back")])
    return words.split("\n", 1)[0].replace("*", ""), blocks


def _facts(reader: str, away: WhileAway, workspace: Workspace) -> dict[str, Any]:
    return {
        "decided": [_decided(each, reader) for each in away.decided[:MOST_SHOWN]],
        "decided_count": _counted(len(away.decided)),
        "again": [each.number for each in away.again],
        "again_count": _counted(len(away.again)),
        "kept": [_kept(each, reader, workspace) for each in away.kept[:MOST_SHOWN]],
        "kept_count": _counted(len(away.kept)),
        "items": _counted(len(away.items)),
    }


def _counted(count: int) -> str:
    """A number as people write it; empty for none."""
    if not count:
        return ""
    return COUNTED[count] if count < len(COUNTED) else str(count)


def _decided(conflict: Conflict, reader: str) -> Mrkdwn:
    if not may_see(reader, conflict):
        return Mrkdwn(f"confidential #{conflict.number}")
    words = f"#{conflict.number} {one_line(conflict.facts.subject, 150)}"
    return Mrkdwn(f"{words}: {verdict(conflict.ruling)}" if conflict.ruling else words)


def _kept(conflict: Conflict, reader: str, workspace: Workspace) -> Mrkdwn:
    known = may_see(reader, conflict)
    words = f"#{conflict.number} {one_line(conflict.facts.subject, 150)}" if known else f"#{conflict.number}"
    return Mrkdwn(f"{words}: with {name(conflict.owner, workspace.people)}")


def _again(conflict: Conflict, workspace: Workspace, now: datetime) -> Iterator[Block]:
    at = kit.when(conflict.overdue_at, workspace.hours.zone)
    due = f"*Overdue since {at}*" if conflict.overdue(now) else f"decide by {at}"
    yield kit.text(f"*#{conflict.number}* {one_line(conflict.facts.subject, 150)}\n{due}")
    row: list[kit.Pressable] = []
    if conflict.state is State.OPEN:
        row.append(kit.button("Acknowledge", Conflicts.ACKNOWLEDGE, conflict.id, "primary"))
    row.append(kit.button("Decide", Conflicts.DECIDE, conflict.id))
    yield from kit.buttons([*row, kit.button("Details", Conflicts.DETAILS, conflict.id)])
