"""*Which number stands?*: `/ai-council which …`, the button on decided cards, and the form without words."""

from __future__ import annotations

from typing import Any

from slack_sdk.models.blocks import Block
from slack_sdk.models.views import View

from council import which
from council.conflict import Conflict
from council.errors import Invalid
from council.finding import Asked, asked
from council.people import Members
from council.sentence import say
from council.visibility import NOBODY, may_see
from council.which import Answer as Found
from council.workspace import Workspace
from handlers import forms, kit
from handlers.answers import Answer, Private, Update
from handlers.conflicts.entries import entry, people_of
from handlers.conflicts.not_set_up import set_up
from handlers.conflicts.seeing import private_place, see
from handlers.council.names import Views
from handlers.council.standing import standing
from handlers.forms import Form, field
from handlers.turn import Turn
from storage import conflicts, decisions
from storage.comparing import questioning
from storage.search import search

TITLE = "Which number stands?"
MOST_READ = 16
"""So many of those found are read whole; the best are among them."""
IN_FORCE = 5
SAY_A_WORD = say("Say what it is about in a word or two, for example EMEA pipeline Q4.")


class WhichForm(Form):
    """*What is it about?*"""

    words: str = ""


async def which_stands(turn: Turn, words: str) -> Answer:
    """The answer; without words the form that asks for some."""
    question = which.question_of(words)
    return await _answered(turn, question, words) if question.words else await on_ask(turn)


async def on_ask(turn: Turn) -> Answer:
    """**Which number stands?**: a small form, and what was decided lately and holds."""
    workspace, now = await set_up(turn), turn.desk.clock()

    def look(connection: Any) -> tuple[Conflict, ...]:
        here, today = private_place(connection, turn), workspace.today(now)
        return decisions.in_force(connection, turn.team, turn.person_id, here, today, IN_FORCE)

    newest = await turn.desk.store.read(look)
    named = await set_up(turn, *(person for each in newest for person in people_of(each)))
    rows = [entry(each, turn.person_id, named, now) for each in newest]
    await turn.show(which_modal(rows))
    return None


def which_modal(newest: list[Block]) -> View:
    """One question, and below it the newest answers."""
    hint = "For example: EMEA pipeline Q4"
    about = field("words", "What is it about?", forms.line(most=300, focus=True), hint=hint)
    lately = [kit.text("*Decided lately, and in force*"), *newest] if newest else []
    return forms.modal(Views.WHICH, TITLE, [about, *lately], submit="Ask")


async def on_asked(turn: Turn) -> Answer:
    """**Ask**: the same window becomes the answer."""
    words = forms.read(WhichForm, turn.view).words
    question = which.question_of(words)
    if not question.words:
        raise Invalid({"words": SAY_A_WORD})
    answer = await _answered(turn, question, words)
    return Update(turn.carried(forms.modal(Views.ANSWER, TITLE, answer.blocks, close="Done")))


async def on_card(turn: Turn) -> Answer:
    """**Which number stands?** on a decided card: does it still, or what does now?"""
    conflict = await see(turn, lambda connection: conflicts.find(connection, turn.team, turn.value))
    facts = conflict.facts
    return await _answered(turn, asked(f"{facts.subject} {facts.account}"), facts.subject, about=conflict)


async def _answered(turn: Turn, question: Asked, words: str, about: Conflict | None = None) -> Private:
    workspace = await set_up(turn)
    found = await turn.desk.store.read(lambda c: look_up(c, turn, question, workspace, about))
    named = await set_up(turn, *_people(found))
    return standing(found, words, named, turn.desk.clock())


def look_up(
    connection: Any, turn: Turn, question: Asked, workspace: Workspace, about: Conflict | None
) -> Found:
    """What is known of it, read at one instant, and what the rule makes of it for this person."""
    team, person, today = turn.team, turn.person_id, workspace.today(turn.desk.clock())
    here = private_place(connection, turn)
    hits = search(connection, team, person, question, today=today, here=here)[:MOST_READ]
    known = {each.id: each for each in conflicts.these(connection, team, [hit.id for hit in hits])}
    if about is not None:
        known[about.id] = about
    meant = about.id if about else None
    named = which.named(question, known.values(), today, meant)
    if named:
        about_them = (each.facts for each in named)
        known |= {each.id: each for each in questioning(connection, team, person, about_them, here)}
    else:
        sources = {rule.decision for rule in workspace.configuration.precedence if rule.decision}
        known |= {each.id: each for each in conflicts.all_numbered(connection, team, sources)}
    members: Members = {here: frozenset((person,))} if here else NOBODY
    return which.answer(
        question,
        known.values(),
        workspace.configuration,
        today,
        may_see=lambda conflict: may_see(person, conflict, members),
        about=meant,
    )


def _people(found: Found) -> set[str]:
    """Everybody who is named in the answer."""
    decided = (*found.decided, *found.close)
    contested = (each.contested for each in decided if each.contested)
    lapsed = (found.lapsed,) if found.lapsed else ()
    shown = (*(each.conflict for each in decided), *contested, *found.undecided, *lapsed)
    return {person for conflict in shown for person in people_of(conflict)}
