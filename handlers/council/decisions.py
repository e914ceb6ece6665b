"""`/ai-council decisions`: what was decided, the newest first, page by page; with words: what has them."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from slack_sdk.models.blocks import Block
from slack_sdk.models.views import View

from council.conflict import Conflict
from council.finding import asked
from council.workspace import Workspace
from handlers import forms, kit
from handlers.answers import Answer, Private, Update
from handlers.conflicts.entries import entry, people_of
from handlers.conflicts.not_set_up import set_up
from handlers.conflicts.rows import MOST_MESSAGE, fitting, one_line
from handlers.conflicts.searching import MOST_QUOTED, SAY_A_WORD, counted, find
from handlers.conflicts.seeing import private_place
from handlers.council.names import COMMAND, Acts, Views
from handlers.forms import Form, field
from handlers.turn import Turn
from storage import decisions
from storage.decisions import MOST_COUNTED, Page

SIZE = 8
ROOM = MOST_MESSAGE - 1500
"""Characters for the entries; the rest is for what stands around them."""
NOTHING = "Nothing is decided yet, as far as you can see."
MOST_CARRIED = 1900
"""Characters of a question that a button carries; Slack lets it carry 2,000."""


@dataclass(frozen=True, slots=True)
class Shown:
    """A page, and the buttons to the pages beside it: label and value, or None where there is no page."""

    head: str
    page: tuple[Conflict, ...]
    rest: str = ""
    back: tuple[str, str] | None = None
    on: tuple[str, str] | None = None


class SearchForm(Form):
    """*Which words?*"""

    words: str = ""


async def list_decisions(turn: Turn, words: str) -> Answer:
    """The newest decisions, or of those that have the words the closest."""
    return await (_with_words(turn, words, 0) if words else _newest(turn))


async def on_newest(turn: Turn) -> Answer:
    """**Recent decisions**."""
    return await _newest(turn)


async def on_page(turn: Turn) -> Answer:
    """The page beside: the sign says which way from where; with words it is a place among the found."""
    place, _, words = turn.value[1:].partition(" ")
    if words:
        answer = await _with_words(turn, words, int(place) if place.isdecimal() else 0)
    else:
        answer = await _newest(turn, beside=place, newer=turn.value.startswith("+"))
    if turn.view.get("type") != "modal":
        return answer
    await turn.redraw(_window(answer))
    return None


async def on_search(turn: Turn) -> Answer:
    """**Search**: which words?"""
    await set_up(turn)
    hint = "For example: renewals. Without words: the newest decisions."
    asking = field("words", "Which words?", forms.line(most=300, focus=True), hint=hint, optional=True)
    await turn.show(forms.modal(Views.SEARCH, "Search decisions", [asking], submit="Search"))
    return None


async def on_searched(turn: Turn) -> Answer:
    """**Search** sent: the same window shows what was found."""
    words = forms.read(SearchForm, turn.view).words
    return Update(turn.carried(_window(await (_with_words(turn, words, 0) if words else _newest(turn)))))


def _window(answer: Private) -> View:
    return forms.modal(Views.DECISIONS, "Decisions", answer.blocks, close="Done")


async def _newest(turn: Turn, beside: str = "", *, newer: bool = False) -> Private:
    def look(connection: Any) -> Page:
        here = private_place(connection, turn)
        return decisions.page(connection, turn.team, turn.person_id, here, SIZE, beside=beside, newer=newer)

    page = await turn.desk.store.read(look)
    if not page.decisions:
        await set_up(turn)
        return Private(NOTHING, [kit.text(NOTHING)])
    many = f"more than {MOST_COUNTED - 1}" if page.older >= MOST_COUNTED else str(page.older)
    shown = Shown(
        head="Decisions, the newest first",
        page=page.decisions,
        back=("Newer", f"+{page.decisions[0].id}") if page.newer else None,
        on=("Older", f"-{page.decisions[-1].id}") if page.older else None,
        rest=f"and {many} more" if page.older else "",
    )
    return await _said(turn, shown)


async def _with_words(turn: Turn, words: str, start: int) -> Private:
    workspace = await set_up(turn)
    question, carried = asked(words), words[:MOST_CARRIED]
    if not question.words:
        return Private(SAY_A_WORD, [kit.text(SAY_A_WORD)])
    today = workspace.today(turn.desk.clock())
    found = await find(turn, question, today, decided=True, most=SIZE, start=start)
    quoted = one_line(words, MOST_QUOTED)
    if not found.page:
        nothing = f"Nothing that you can see was decided with the words “{quoted}”."
        return Private(nothing, [kit.text(f"{nothing}\n`{COMMAND} decisions` shows the newest.")])
    after = found.count - start - len(found.page)
    shown = Shown(
        head=f"{counted(found.count, 'decision')} for “{quoted}”, the closest first",
        page=found.page,
        back=("Back", f"+{max(start - SIZE, 0)} {carried}") if start else None,
        on=("More", f"-{start + SIZE} {carried}") if after > 0 else None,
        rest=f"and {after} more" if after > 0 else "",
    )
    return await _said(turn, shown)


async def _said(turn: Turn, shown: Shown) -> Private:
    workspace = await set_up(turn, *(person for each in shown.page for person in people_of(each)))
    return listing(shown, turn.person_id, workspace, turn.desk.clock())


def listing(shown: Shown, reader: str, workspace: Workspace, now: datetime) -> Private:
    """One page, and the way to those beside it."""
    rows = fitting([entry(each, reader, workspace, now) for each in shown.page], ROOM)
    rest: list[Block] = [kit.small(f"{shown.rest}.")] if shown.rest else []
    row: list[kit.Pressable] = []
    if shown.back:
        label, value = shown.back
        row.append(kit.button(label, Acts.NEWER, value))
    if shown.on:
        label, value = shown.on
        row.append(kit.button(label, Acts.OLDER, value))
    row.append(kit.button("Which number stands?", Acts.ASK_WHICH, "ask"))
    return Private(f"{shown.head}.", [kit.text(f"*{shown.head}*"), *rows, *rest, *kit.buttons(row)])
