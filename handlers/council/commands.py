"""`/ai-council`: its subcommands are a table; what is not in it is not offered."""

from __future__ import annotations

import re
from collections.abc import Awaitable, Callable
from dataclasses import dataclass

from slack_sdk.models.blocks import Block

from handlers import kit
from handlers.actions.listing import list_actions
from handlers.agenda.showing import show_agenda
from handlers.answers import Answer, Private
from handlers.away.listeners import open_form
from handlers.calendar.listeners import on_calendar
from handlers.ceremonies.listing import list_next
from handlers.conflicts.names import Acts
from handlers.conflicts.not_set_up import set_up
from handlers.council.asking import which_stands
from handlers.council.decisions import list_decisions
from handlers.council.names import COMMAND
from handlers.council.names import Acts as Which
from handlers.meeting.finding import show_minutes
from handlers.setup.hub import open_hub
from handlers.setup.types import list_types
from handlers.standup.showing import answer_standup
from handlers.turn import Turn

TITLE = "What the council knows, and what is to do"


@dataclass(frozen=True, slots=True)
class Subcommand:
    """What is typed, what it does with the words after it, and its line in the help."""

    name: str
    run: Callable[[Turn, str], Awaitable[Answer]]
    usage: str
    does: str
    takes_words: bool = False

    @property
    def pattern(self) -> re.Pattern[str]:
        """Fits the whole text; *words* is what stands after the name."""
        words = r"(?:\s+(?P<words>.+))?" if self.takes_words else "(?P<words>)"
        return re.compile(rf"{self.name}{words}", re.IGNORECASE)


async def on_command(turn: Turn) -> Answer:
    """The subcommand that fits, else the hub: what can be done here."""
    text = " ".join(str(turn.payload.get("text") or "").split())
    for subcommand in SUBCOMMANDS:
        if match := subcommand.pattern.fullmatch(text):
            return await subcommand.run(turn, match["words"] or "")
    return await hub(turn, text)


async def give_help(turn: Turn, words: str) -> Answer:
    """Everything there is, one line each."""
    return await hub(turn, words)


async def hub(turn: Turn, text: str) -> Answer:
    """What can be done here; of what nobody understands it says so first."""
    await set_up(turn)
    unknown = f"I do not know “{kit.quoted(text, 100)}”. " if text else ""
    lines = [f"• `{COMMAND} {each.usage}` {each.does}" for each in SUBCOMMANDS]
    blocks: list[Block] = [
        kit.text("\n".join([f"{unknown}*What the council knows, and what is to do*", *lines]))
    ]
    row = [
        kit.button("Which number stands?", Which.ASK_WHICH, "ask"),
        kit.button("Recent decisions", Which.DECISIONS, "newest"),
        kit.button("Report a conflict", Acts.REPORT, "new"),
        kit.button("All open", Acts.LIST_OPEN, ""),
    ]
    return Private(f"{unknown}What can be done with {COMMAND}", [*blocks, *kit.buttons(row)])


SUBCOMMANDS: tuple[Subcommand, ...] = (
    Subcommand(
        "which", which_stands, "which EMEA pipeline", "says which number stands, why and until when.", True
    ),
    Subcommand(
        "decisions", list_decisions, "decisions renewals", "finds what was decided; alone, the newest.", True
    ),
    Subcommand("agenda", show_agenda, "agenda", "shows what the next meeting goes through; add to it there."),
    Subcommand(
        "minutes", show_minutes, "minutes Gong", "shows minutes: the newest, of a day, or with words.", True
    ),
    Subcommand("next", list_next, "next", "says which meetings take place next."),
    Subcommand("actions", list_actions, "actions", "shows what you have to do."),
    Subcommand("calendar", on_calendar, "calendar", "puts the council's dates into your own calendar."),
    Subcommand("standup", answer_standup, "standup", "lets you answer now, and shows the last summary."),
    Subcommand("away", open_form, "away", "says from when to when you are away, and who stands in."),
    Subcommand("matrix", list_types, "matrix", "shows which kind of conflict goes to whom, and how fast."),
    Subcommand("setup", open_hub, "setup", "changes it, for admins."),
    Subcommand("help", give_help, "help", "says what can be done here."),
)
