"""`/ai-council minutes`: the newest minutes, those of a day, or those in which some words stand."""

from __future__ import annotations

import re
from datetime import date
from typing import Any

from slack_sdk.models.blocks import Block

from council.errors import Unknown
from council.finishing import Conflicts
from council.meeting import Meeting
from council.sentence import say
from council.words import content_words
from council.workspace import Workspace
from handlers import kit
from handlers.answers import Answer, Private
from handlers.conflicts.not_set_up import set_up
from handlers.meeting.minutes_message import markdown, minutes_message
from handlers.meeting.names import Acts
from handlers.meeting.settling import people_in, readable
from handlers.meeting.wording import meeting_name
from handlers.turn import Turn
from storage import holding

MOST_LOOKED_AT = 60
MOST_LISTED = 8
NONE_YET = "There are no minutes yet: they are written when a meeting is finished."
_DAY = re.compile(r"\d{4}-\d{2}-\d{2}")

Held = tuple[Meeting, Conflicts]


async def show_minutes(turn: Turn, words: str = "") -> Answer:
    """Whole when it is one, a list with *Download* when several fit."""

    def look(connection: Any) -> list[Held]:
        meetings = holding.finished(connection, turn.team, MOST_LOOKED_AT)
        return [(meeting, holding.conflicts_on(connection, meeting)) for meeting in meetings]

    held = await turn.desk.store.read(look)
    named = {person for meeting, conflicts in held for person in people_in(meeting, conflicts)}
    workspace = await set_up(turn, *named)
    mine = [each for each in held if await _readable(turn, each[0], workspace)]
    found = [each for each in mine if _fits(words, *each, workspace)]
    if not found:
        nothing = f"No minutes speak of “{kit.quoted(words, 100)}”." if mine else NONE_YET
        return Private(nothing, [kit.text(nothing)])
    meeting, conflicts = found[0]
    if meeting.course is None:
        raise Unknown(say("There are no minutes yet."))
    text, blocks = minutes_message(meeting, meeting.course, conflicts, workspace)
    return Private(text, [*blocks, *_others(found[1:], workspace)])


async def _readable(turn: Turn, meeting: Meeting, workspace: Workspace) -> bool:
    try:
        await readable(turn, meeting, workspace)
    except Unknown:
        return False
    return True


def _fits(words: str, meeting: Meeting, conflicts: Conflicts, workspace: Workspace) -> bool:
    """The day it was held on, or every word that carries meaning."""
    typed = words.strip()
    if not typed or meeting.course is None:
        return meeting.course is not None
    if _DAY.fullmatch(typed):
        return typed in (meeting.on.isoformat(), _held_on(meeting, workspace).isoformat())
    said = content_words(markdown(meeting, meeting.course, conflicts, workspace))
    return content_words(typed) <= said


def _held_on(meeting: Meeting, workspace: Workspace) -> date:
    return workspace.today(meeting.starts)


def _others(rest: list[Held], workspace: Workspace) -> list[Block]:
    """The earlier ones, each to be opened."""
    if not rest:
        return []
    shown = rest[:MOST_LISTED]
    blocks: list[Block] = [kit.text("*Earlier minutes*")]
    for meeting, _ in shown:
        at = kit.when(meeting.starts, workspace.hours.zone)
        row = kit.text(f"{meeting_name(meeting, workspace)} · {at}")
        row.accessory = kit.button("Download", Acts.DOWNLOAD, meeting.id)
        blocks.append(row)
    more = len(rest) - len(shown)
    return [*blocks, kit.small(f"and {more} more: name a day, or words.")] if more > 0 else blocks
