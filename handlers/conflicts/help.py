"""`/ai-conflict help`: every door in, the one that works everywhere first."""

from __future__ import annotations

from slack_sdk.models.blocks import Block

from council.workspace import Workspace
from handlers import kit
from handlers.answers import Answer, Private
from handlers.conflicts.names import COMMAND, Acts
from handlers.conflicts.not_set_up import set_up
from handlers.turn import Turn
from handlers.wording import name

FIRST = "When two AI signals disagree, one person decides, on time, and says why."
DOORS = f"""\
*{FIRST}*
• On a message, in threads too: ⋮ *More actions*, then *Report AI conflict*. It becomes the first signal.
• `{COMMAND}` opens the form; `{COMMAND} Q4 pipeline for EMEA` opens it with your words in it.
• `{COMMAND} list` shows what is open, `list mine` what is yours, `list overdue` what is late.
• `{COMMAND} show 12` shows one conflict, `search renewals` finds open and ended ones. \
Only you see these answers."""


async def give_help(turn: Turn) -> Answer:
    """Only what exists is listed. Nobody means to report the word *help*: the form it offers is empty."""
    workspace = await set_up(turn)
    blocks: list[Block] = [kit.text(DOORS), *_by_whom(workspace)]
    row = [
        kit.button("Report a conflict", Acts.REPORT, "new", "primary"),
        kit.button("All open", Acts.LIST_OPEN, ""),
    ]
    return Private(FIRST, [*blocks, *kit.buttons(row)])


def _by_whom(workspace: Workspace) -> list[Block]:
    """Whom to ask about the set-up."""
    keeper = next(iter(workspace.keepers), None)
    if keeper is None:
        return []
    verb = "set me up here" if keeper == workspace.installer else "looks after my set-up"
    return [kit.small(f"{name(keeper, workspace.people)} {verb}; please ask there what should be different.")]
