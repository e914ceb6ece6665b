"""*Set up*: what an admin can change, and the way there."""

from __future__ import annotations

from handlers import forms, kit
from handlers.answers import Answer
from handlers.ceremonies.names import Acts as Meetings
from handlers.setup.names import Acts, Views
from handlers.setup.window import carrying, for_admin, go
from handlers.turn import Turn

WHAT_FOR = (
    "Each of these is a small form. Before anything is saved you see what it changes, and every version "
    "is kept: you can always go back."
)


async def on_hub(turn: Turn) -> Answer:
    """**Set up** on App Home."""
    return await open_hub(turn)


async def open_hub(turn: Turn, words: str = "") -> Answer:
    """What can be set up here."""
    await for_admin(turn)
    blocks = [kit.text(WHAT_FOR), *kit.buttons(ways())]
    await go(turn, forms.modal(Views.HUB, "Set up", blocks, close="Done", meta=carrying(turn)))
    return None


def ways() -> list[kit.Pressable]:
    """A button for each part."""
    return [
        kit.button("Conflict types", Acts.TYPES, "0"),
        kit.button("Numbers of record", Acts.RULES, "0"),
        kit.button("Roles", Acts.ROLES, "0"),
        kit.button("Cadence", Meetings.CADENCES, "all"),
        kit.button("Texts", Acts.TEXTS, "all"),
        kit.button("Versions", Acts.VERSIONS, "newest"),
    ]
