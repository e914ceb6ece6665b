"""Somebody opens the app."""

from __future__ import annotations

from handlers.answers import Answer
from handlers.looking import meet
from handlers.turn import Turn
from storage import homes


async def on_opened(turn: Turn) -> Answer:
    """Their Home is drawn by the drain of the outbox, at once; the Messages tab needs nothing."""
    if turn.payload.get("tab") != "home":
        return None
    await meet(turn.desk, turn.client, turn.team, turn.person_id)
    await turn.write(lambda unit: homes.opened(unit.connection, unit.team, turn.person_id, unit.clock()))
    return None
