"""The story of a conflict in rows: what happened, what was added, who replied where."""

from __future__ import annotations

from dataclasses import replace

from slack_sdk.models.blocks import Block

from council.conflict import Context, Event
from council.sentence import Sentence, Who
from council.workspace import Workspace
from handlers import kit
from handlers.conflicts.links import permalink
from handlers.conflicts.rows import address, and_more
from handlers.conflicts.seeing import Story
from handlers.conflicts.unnamed import hides, told
from handlers.wording import name, read, upper_first

MOST_WORDS = 300
MOST_CONTEXT = 2600


def timeline_rows(story: Story, reader: str, workspace: Workspace, most: int) -> list[str]:
    """The newest rows, oldest first; what came before them is counted."""
    if not story.events:
        return []
    hidden = hides(story.conflict, reader, workspace)
    shown = story.events[-most:]
    rows = [_row(told(each, story.conflict) if hidden else each, workspace) for each in shown]
    return [*and_more(len(shown), story.events_in_all, " before these"), *rows]


def _row(event: Event, workspace: Workspace) -> str:
    at = kit.when(event.at, workspace.hours.zone)
    words = upper_first(read(shortened(event.words), workspace))
    named = event.by is None or Who(event.by) in event.words.facts.values()
    return f"{at} · {words}" if named else f"{at} · {words} · {name(event.by or '', workspace.people)}"


def shortened(sentence: Sentence) -> Sentence:
    """The sentence with people's words cut to a row's length; they are escaped when it is read."""
    facts = {key: _cut(fact) if isinstance(fact, str) else fact for key, fact in sentence.facts.items()}
    return replace(sentence, facts=facts)


def _cut(words: str) -> str:
    return kit.clip(" ".join(words.replace("```", "'''").split()), MOST_WORDS)


def context_rows(story: Story, reader: str, workspace: Workspace, most: int) -> list[Block]:
    """One block for each, because here people's words keep their lines."""
    if not story.contexts:
        return []
    hidden = story.conflict.reporter if hides(story.conflict, reader, workspace) else None
    shown = story.contexts[-most:]
    more = and_more(len(shown), story.contexts_in_all, " before these")
    heading = kit.text("\n".join(("*Context*", *more)))
    return [heading, *(_context(each, hidden, workspace) for each in shown)]


def _context(context: Context, hidden: str | None, workspace: Workspace) -> Block:
    who = "Its reporter" if context.by == hidden else name(context.by, workspace.people)
    joined = ", when joining" if context.joined else ""
    head = f"{who}, {kit.when(context.at, workspace.hours.zone)}{joined}"
    link = f"{address(context.link, 'Link')}\n" if context.link else ""
    return kit.text(f"{head}\n{link}{kit.quoted(context.words, MOST_CONTEXT)}")


def reply_rows(story: Story, workspace: Workspace, most: int) -> list[str]:
    """Author, time and link; the words stay in the thread."""
    if not story.replies:
        return []
    shown = story.replies[-most:]
    rows = []
    for reply in shown:
        at = kit.when(reply.at, workspace.hours.zone)
        url = permalink(workspace.url, reply.channel, reply.ts)
        link = f" · {kit.link(url, 'See the reply')}" if url else ""
        rows.append(f"{name(reply.by, workspace.people)}, {at}{link}")
    return [*and_more(len(shown), story.replies_in_all, " before these"), *rows]
