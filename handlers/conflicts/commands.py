"""`/ai-conflict`: the form, or one of its few subcommands when the whole text fits."""

from __future__ import annotations

import re

from handlers.answers import Answer
from handlers.conflicts.report_form import ReportForm
from handlers.conflicts.reporting import open_form
from handlers.looking import enter
from handlers.turn import Turn


async def on_command(turn: Turn) -> Answer:
    """Nothing → the form; free text → the form with the text in it."""
    text = str(turn.payload.get("text") or "").strip()
    channel = str(turn.payload.get("channel_id"))
    name = str(turn.payload.get("channel_name") or "")
    reported_in = await enter(turn.desk, turn.client, turn.team, channel, name)
    await open_form(turn, ReportForm(subject=re.sub(r"\s+", " ", text)[:300]), reported_in=reported_in)
    return None
