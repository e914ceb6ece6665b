"""**Details**: the whole story of one conflict in a window, with the rarer things that may be done."""

from __future__ import annotations

import json
from datetime import datetime

from slack_sdk.models.blocks import Block
from slack_sdk.models.views import View

from council.conflict import Conflict
from council.permissions import Act, may
from council.workspace import Workspace
from handlers import forms, kit
from handlers.answers import Answer
from handlers.conflicts.card import deadline_line, ended_line, signals, title
from handlers.conflicts.decided import day, decided_lines, stands
from handlers.conflicts.names import Acts, Views
from handlers.conflicts.not_set_up import set_up
from handlers.conflicts.parts import seen_by
from handlers.conflicts.rows import one_line, packed
from handlers.conflicts.seeing import Story, read_story
from handlers.conflicts.showing import card_link
from handlers.conflicts.story import context_rows, reply_rows, timeline_rows
from handlers.conflicts.to_do import to_do
from handlers.conflicts.unnamed import reporter_words
from handlers.conflicts.way import route_rows
from handlers.turn import Turn
from handlers.wording import name

FURTHER = (
    ("Correct", Acts.CORRECT, Act.CORRECT),
    ("Change kind", Acts.CHANGE_KIND, Act.CHANGE_KIND),
    ("Ask for data", Acts.ASK_FOR_DATA, Act.ASK_FOR_DATA),
    ("Same as …", Acts.SAME_AS, Act.MERGE),
    ("Make confidential", Acts.MAKE_CONFIDENTIAL, Act.MAKE_CONFIDENTIAL),
    ("Reopen", Acts.REOPEN, Act.REOPEN),
)
MOST_ROWS, MOST_CONTEXTS, MOST_REPLIES, MOST_ITEMS = 40, 15, 20, 20
MOST_VIEW = 240_000
"""Characters of JSON; Slack takes a view of 250 kB."""


async def on_details(turn: Turn) -> Answer:
    """Opens a window, or from inside one puts it on top."""
    story = await read_story(turn, turn.value)
    workspace = await set_up(turn, *story.people)
    view = details_modal(story, turn.person_id, workspace, turn.desk.clock())
    await turn.show(view)
    return None


def details_modal(story: Story, reader: str, workspace: Workspace, now: datetime) -> View:
    """The window; the longest of stories is shortened until Slack takes it."""
    view = _view(story, reader, workspace, now, 1)
    for part in (2, 4, 8):
        if len(json.dumps(view.to_dict())) <= MOST_VIEW:
            break
        view = _view(story, reader, workspace, now, part)
    return view


def _view(story: Story, reader: str, workspace: Workspace, now: datetime, part: int) -> View:
    conflict = story.conflict
    contexts = context_rows(story, reader, workspace, MOST_CONTEXTS // part)
    timeline = timeline_rows(story, reader, workspace, MOST_ROWS // part)
    blocks: list[Block] = [
        kit.text(title(conflict)),
        *_outcome(conflict, workspace, now),
        *_for_those_who_may(conflict, reader, workspace, now),
        *signals(conflict),
        *to_do(story, reader, workspace, now, MOST_ITEMS // part),
        *packed("*As reported*", _reported(story, reader, workspace)),
        *packed("*Who decides, by when, and why*", route_rows(conflict, reader, workspace)),
        *contexts,
        *packed("*What happened*", timeline),
        *packed("*Replies in the thread*", reply_rows(story, workspace, MOST_REPLIES)),
    ]
    number = f"#{conflict.number}"
    return forms.modal(
        Views.DETAILS, number, blocks, close="Done", meta=json.dumps({"conflict": conflict.id})
    )


def _outcome(conflict: Conflict, workspace: Workspace, now: datetime) -> list[Block]:
    """The decision with all that was learned, how it ended otherwise, or who decides by when."""
    ruling = conflict.ruling
    if conflict.is_open:
        return [kit.text(deadline_line(conflict, workspace, now))]
    if ruling is None:
        return [kit.text(ended_line(conflict, workspace))]
    *_, signed = decided_lines(conflict, workspace)
    again = f"\nLooked at again {day(ruling.look_again, workspace)}" if ruling.look_again else ""
    said = (("Why", ruling.why), ("Trade-offs", ruling.trade_offs), ("What we learned", ruling.lesson))
    return [
        kit.text(f"{stands(ruling)}\n{kit.strong(ruling.decision, 600)}"),
        *(kit.text(f"*{label}*\n{kit.quoted(words, 2000)}") for label, words in said if words.strip()),
        kit.small(f"{signed}{again if ruling.holds_until is None else ''}"),
    ]


def _for_those_who_may(conflict: Conflict, reader: str, workspace: Workspace, now: datetime) -> list[Block]:
    """The rarer things this reader may do; nothing is offered that would be refused."""
    wanted = [
        each
        for each in FURTHER
        if may(reader, each[2], conflict, workspace, now)
        and not (each[2] is Act.MAKE_CONFIDENTIAL and conflict.facts.confidential)
    ]
    return kit.buttons([kit.button(label, act, conflict.id) for label, act, _ in wanted])


def _reported(story: Story, reader: str, workspace: Workspace) -> list[str]:
    conflict, facts, zone = story.conflict, story.conflict.facts, workspace.hours.zone
    at = kit.when(conflict.reported_at, zone)
    rows = [f"By {reporter_words(conflict, reader, workspace)}, {at}"]
    if facts.waiting:
        rows.append(f"Waiting for it: {one_line(facts.waiting, 300)}")
    if facts.needed_by:
        rows.append(f"Needed by {kit.when(facts.needed_by, zone)}")
    if facts.account:
        owner = f", owned by {name(facts.account_owner, workspace.people)}" if facts.account_owner else ""
        rows.append(f"Account: {one_line(facts.account, 150)}{owner}")
    if facts.immediate:
        rows.append("Urgent: immediate")
    if facts.confidential:
        rows.append(seen_by(conflict))
    if conflict.joined:
        rows.append(f"Joined by {_names(conflict.joined, workspace)}")
    if link := card_link(story.card, workspace):
        rows.append(link)
    return rows


def _names(people: tuple[str, ...], workspace: Workspace, most: int = 8) -> str:
    names = [name(person, workspace.people) for person in people[:most]]
    more = [f"{len(people) - most} more"] if len(people) > most else []
    return ", ".join((*names, *more))
