"""`/ai-council standup`: which one is next, one's own answer, and the last summary; private."""

from __future__ import annotations

from slack_sdk.models.blocks import Block

from council.errors import Unknown
from council.rhythm import prepared_as
from council.standup import Standup, StandupState, Theirs
from council.workspace import Workspace
from handlers import kit
from handlers.answers import Answer, Private
from handlers.conflicts.not_set_up import set_up
from handlers.standup.message import SPARED, answer_words, answering, changing, wish
from handlers.standup.names import Acts
from handlers.standup.reading import read
from handlers.standup.words import heading, where
from handlers.texts import Mrkdwn
from handlers.turn import Turn
from storage import standups

NONE_HELD = "No standup is held here; whoever looks after the set-up can plan one."
NONE_NEXT = "No standup is planned just now."


async def answer_standup(turn: Turn, words: str = "") -> Answer:
    """Answer now, see the summary, choose when to be asked."""
    workspace = await set_up(turn)
    if not any(prepared_as(each) == "standup" for each in workspace.configuration.ceremonies):
        return Private(NONE_HELD)
    now = turn.desk.clock()
    standup, last, theirs = await turn.desk.store.read(
        lambda c: (
            standups.current(c, workspace, turn.person_id, now),
            standups.last_summed_up(c, turn.team),
            standups.theirs(c, turn.team, turn.person_id),
        )
    )
    return shown(standup, await _readable(turn, last), theirs, turn.person_id, workspace)


async def _readable(turn: Turn, last: Standup | None) -> Standup | None:
    """The last one, unless its summary stands where this person is not."""
    try:
        return (await read(turn, last.id))[0] if last else None
    except Unknown:
        return None


def shown(
    standup: Standup | None, last: Standup | None, theirs: Theirs, reader: str, workspace: Workspace
) -> Private:
    """The answer; only who was asked can have nothing to report."""
    words = _words(standup, reader, workspace) if standup else NONE_NEXT
    row: list[kit.Pressable] = []
    if standup is not None:
        answered = standup.answer_of(reader)
        row = changing(standup, reader) if answered else answering(standup, reader)
    if last is not None:
        row.append(kit.button("See the summary", Acts.ALL, last.id))
    blocks: list[Block] = [kit.text(words), *kit.buttons([*row, wish(theirs)])]
    if theirs.only_when_open:
        blocks.append(kit.small(SPARED))
    return Private(words.split("\n", 1)[0].replace("*", ""), blocks)


def _words(standup: Standup, reader: str, workspace: Workspace) -> str:
    if standup.answer_of(reader):
        return answer_words(standup, reader, workspace)
    place = where(standup, workspace)
    linked = place if isinstance(place, Mrkdwn) else kit.escape(place)
    first = f"*{heading(standup, workspace)}*{f' ({linked})' if linked else ''}"
    if standup.state is StandupState.SUMMED_UP:
        return f"{first}\nThe summary is out; what you add now is added to it."
    summary = kit.when(standup.summary_at, workspace.hours.zone)
    return f"{first}\nWhat you say until {summary} is in the summary. Only integration issues."
