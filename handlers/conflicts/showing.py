"""`/ai-conflict show 12`: the card, for one pair of eyes, with the buttons this person may use."""

from __future__ import annotations

from datetime import datetime

from slack_sdk.models.blocks import ActionsBlock, Block

from council.conflict import Conflict, State
from council.errors import Unknown
from council.permissions import Act, may
from council.workspace import Workspace
from handlers import kit
from handlers.answers import Answer, Private
from handlers.conflicts.card import conflict_card
from handlers.conflicts.instead import report_instead
from handlers.conflicts.links import permalink
from handlers.conflicts.names import COMMAND, Acts
from handlers.conflicts.not_set_up import set_up
from handlers.conflicts.parts import seen_by
from handlers.conflicts.rows import MOST_MESSAGE, fitting
from handlers.conflicts.seeing import see
from handlers.conflicts.unnamed import hides, reporter_words
from handlers.turn import Turn
from handlers.wording import read
from storage import conflicts, messages
from storage.messages import Message

HIGHEST = 2**31 - 1
"""No conflict has a higher number; neither database could look for one."""
MENU = (
    ("Add context", Acts.ADD_CONTEXT, Act.ADD_CONTEXT),
    ("Hand over", Acts.HAND_OVER, Act.HAND_OVER),
    ("Extend deadline", Acts.EXTEND, Act.EXTEND),
    ("Call an emergency meeting", Acts.CALL, Act.ASK_FOR_CALL),
    ("Withdraw", Acts.WITHDRAW, Act.WITHDRAW),
)


async def show_conflict(turn: Turn, number: int, typed: str) -> Answer:
    """One conflict; of what is hidden and of what is missing the same is said."""
    wanted = number if number <= HIGHEST else 0
    try:
        conflict = await see(turn, lambda connection: conflicts.numbered(connection, turn.team, wanted))
    except Unknown as problem:
        return _nothing(read(problem.sentence, await set_up(turn)), typed)
    card = await turn.desk.store.read(lambda connection: messages.card(connection, conflict.id))
    workspace = await set_up(turn, *conflict.insiders, conflict.previous_owner)
    return showing(conflict, card, turn.person_id, workspace, turn.desk.clock(), typed=typed)


def _nothing(words: str, typed: str) -> Private:
    way = f"`{COMMAND} list` shows what is open."
    openly = kit.button("All open", Acts.LIST_OPEN, typed)
    return Private(words, [kit.text(f"{words}\n{way}"), *kit.buttons([openly, report_instead(typed)])])


def showing(
    conflict: Conflict,
    card: Message | None,
    reader: str,
    workspace: Workspace,
    now: datetime,
    *,
    typed: str,
) -> Private:
    """The card without its buttons, what only this reader is told, and their own buttons."""
    words, shown = conflict_card(conflict, workspace, now)
    told = [block for block in shown if not isinstance(block, ActionsBlock)]
    kept = fitting(told, MOST_MESSAGE - 1500)
    if len(kept) < len(told):
        kept.append(kit.small("It is too long to be shown here; *Details* has the rest."))
    blocks = [*kept, *_asides(conflict, card, reader, workspace)]
    return Private(words, [*blocks, *_buttons(conflict, reader, workspace, now, typed)])


def _asides(conflict: Conflict, card: Message | None, reader: str, workspace: Workspace) -> list[Block]:
    asides: list[str] = []
    if conflict.facts.unnamed and not hides(conflict, reader, workspace):
        asides.append(f"Reported by {reporter_words(conflict, reader, workspace)}.")
    if conflict.facts.confidential:
        asides.append(f"{seen_by(conflict)}.")
    if link := card_link(card, workspace):
        asides.append(link)
    return [kit.small("\n".join(asides))] if asides else []


def card_link(card: Message | None, workspace: Workspace) -> str:
    """*See the card*, while there is one to see."""
    address = permalink(workspace.url, card.channel, card.ts) if card and card.state != "gone" else ""
    return kit.link(address, "See the card") if address else ""


def _buttons(conflict: Conflict, reader: str, workspace: Workspace, now: datetime, typed: str) -> list[Block]:
    row: list[kit.Pressable] = []
    if conflict.state is State.OPEN and may(reader, Act.ACKNOWLEDGE, conflict, workspace, now):
        row.append(kit.button("Acknowledge", Acts.ACKNOWLEDGE, conflict.id, "primary"))
    if may(reader, Act.TAKE_OVER, conflict, workspace, now):
        row.append(kit.button("Take over", Acts.TAKE_OVER, conflict.id))
    if may(reader, Act.DECIDE, conflict, workspace, now):
        row.append(kit.button("Decide", Acts.DECIDE, conflict.id))
    row.append(kit.button("Details", Acts.DETAILS, conflict.id))
    menu = _menu(conflict, reader, workspace, now)
    if len(menu) == 1:
        row.append(kit.button("Add context", Acts.ADD_CONTEXT, conflict.id))
    row.append(report_instead(typed))
    if len(menu) > 1:
        row.append(kit.menu(Acts.MENU, menu))
    return kit.buttons(row)


def _menu(conflict: Conflict, reader: str, workspace: Workspace, now: datetime) -> list[tuple[str, str]]:
    """What else this person may do: at least add context."""
    entries = [(label, entry, _asked_for(act, conflict)) for label, entry, act in MENU]
    return [
        (label, f"{entry}:{conflict.id}")
        for label, entry, act in entries
        if may(reader, act, conflict, workspace, now)
    ]


def _asked_for(act: Act, conflict: Conflict) -> Act:
    """A second extension is asked of somebody else."""
    return Act.EXTEND_AGAIN if act is Act.EXTEND and conflict.extended else act
