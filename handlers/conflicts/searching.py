"""`/ai-conflict search words`: open and ended ones, the closest first; private."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from slack_sdk.models.blocks import Block

from council.conflict import Conflict
from council.finding import NEWEST, Asked, asked
from council.workspace import Workspace
from handlers import kit
from handlers.answers import Answer, Private
from handlers.conflicts.entries import entry, people_of
from handlers.conflicts.instead import report_instead
from handlers.conflicts.names import COMMAND, Acts
from handlers.conflicts.not_set_up import set_up
from handlers.conflicts.rows import MOST_MESSAGE, fitting, one_line
from handlers.conflicts.seeing import private_place
from handlers.turn import Turn
from storage import conflicts
from storage.search import search

MOST_SHOWN = 10
ROOM = MOST_MESSAGE - 1500
"""Characters for the entries; the rest is for what stands around them."""
SAY_A_WORD = f"Say a word or two to search for, for example `{COMMAND} search renewals`."
MOST_QUOTED = 100


@dataclass(frozen=True, slots=True)
class Found:
    """What a question found: one page of it, where it begins, and how many there are (at most `NEWEST`)."""

    page: tuple[Conflict, ...]
    start: int
    count: int


async def find(
    turn: Turn, question: Asked, today: date, *, decided: bool = False, most: int = MOST_SHOWN, start: int = 0
) -> Found:
    """The page that starts at that place, as far as this person may see it."""

    def look(connection: Any) -> Found:
        here = private_place(connection, turn)
        hits = search(
            connection, turn.team, turn.person_id, question, today=today, here=here, decided=decided
        )
        ids = [hit.id for hit in hits[start : start + most]]
        return Found(conflicts.these(connection, turn.team, ids), start, len(hits))

    return await turn.desk.store.read(look)


async def search_conflicts(turn: Turn, words: str, typed: str) -> Answer:
    """Everything that has the words; what others keep confidential is not even counted."""
    workspace, now = await set_up(turn), turn.desk.clock()
    question = asked(words)
    if not question.words:
        return Private(SAY_A_WORD, [kit.text(SAY_A_WORD), *_footer(typed)])
    found = await find(turn, question, workspace.today(now))
    people = {person for conflict in found.page for person in people_of(conflict)}
    named = await set_up(turn, *people)
    return searching(found, words, turn.person_id, named, now, typed=typed)


def searching(
    found: Found, words: str, reader: str, workspace: Workspace, now: datetime, *, typed: str
) -> Private:
    """The answer: how many there are, the closest of them, and what to do about the others."""
    if not found.count:
        nothing = f"Nothing that you can see has the words “{one_line(words, MOST_QUOTED)}”."
        return Private(nothing, [kit.text(f"{nothing}\nFewer words find more."), *_footer(typed)])
    entries = fitting([entry(each, reader, workspace, now) for each in found.page], ROOM)
    head = f"{counted(found.count, 'conflict')} for “{one_line(words, MOST_QUOTED)}”"
    first = ", the closest first" if found.count > 1 else ""
    rest = found.count - len(entries)
    more = [kit.small(f"and {rest} more; more words find fewer.")] if rest else []
    return Private(f"{head}.", [kit.text(f"*{head}*{first}."), *entries, *more, *_footer(typed)])


def counted(count: int, what: str) -> str:
    """*1 conflict*, *7 conflicts*, *more than 200 conflicts*."""
    if count >= NEWEST:
        return f"{NEWEST} {what}s or more"
    return f"{count} {what}{'s' if count > 1 else ''}"


def _footer(typed: str) -> list[Block]:
    return kit.buttons([kit.button("All open", Acts.LIST_OPEN, ""), report_instead(typed)])
