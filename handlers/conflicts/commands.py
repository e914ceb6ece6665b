"""`/ai-conflict`: the form, or one of its few subcommands when the whole text fits."""

from __future__ import annotations

import re
from typing import cast

from handlers.answers import Answer
from handlers.conflicts.help import give_help
from handlers.conflicts.listing import list_conflicts
from handlers.conflicts.report_form import begun
from handlers.conflicts.reporting import open_form
from handlers.conflicts.searching import search_conflicts
from handlers.conflicts.showing import show_conflict
from handlers.turn import Turn
from storage.conflicts import Filter

LIST = re.compile(r"list(?: (?P<wanted>mine|open|overdue))?", re.IGNORECASE)
SHOW = re.compile(r"show #?(?P<number>\d{1,40})", re.IGNORECASE)
SEARCH = re.compile(r"search (?P<words>.+)", re.IGNORECASE)
HELP = re.compile(r"help", re.IGNORECASE)


async def on_command(turn: Turn) -> Answer:
    """A subcommand when all of the text is one; everything else is what the signals disagree about."""
    text = " ".join(str(turn.payload.get("text") or "").split())
    if match := LIST.fullmatch(text):
        return await list_conflicts(turn, cast("Filter", (match["wanted"] or "open").lower()), text)
    if match := SHOW.fullmatch(text):
        return await show_conflict(turn, int(match["number"]), text)
    if match := SEARCH.fullmatch(text):
        return await search_conflicts(turn, match["words"], text)
    if HELP.fullmatch(text):
        return await give_help(turn)
    return await _report(turn, str(turn.payload.get("text") or ""))


async def on_report_instead(turn: Turn) -> Answer:
    """**Report this instead**: what was taken for a subcommand stands in the form."""
    return await _report(turn, turn.value)


async def on_report(turn: Turn) -> Answer:
    """**Report a conflict**: the empty form."""
    return await _report(turn, "")


async def _report(turn: Turn, typed: str) -> Answer:
    await open_form(turn, begun(typed), reported_in=turn.channel)
    return None
