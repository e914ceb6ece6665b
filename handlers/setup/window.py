"""One window for all of it: every step is drawn in place of the one before, and saves once."""

from __future__ import annotations

import json
from typing import Any

from slack_sdk.models.views import View

from council.permissions import administer
from council.workspace import Workspace
from handlers.conflicts.not_set_up import set_up
from handlers.turn import STEP, Turn


async def for_admin(turn: Turn, *people: str | None) -> Workspace:
    """The workspace with these people in it, for who looks after it; raises `Refused` for others."""
    workspace = await set_up(turn, *people)
    administer(turn.person, workspace)
    return workspace


def carrying(turn: Turn, **ids: str | int | None) -> str:
    """What the next step of the window carries; each counts, so that each saves once."""
    found: dict[str, Any] = {name: id for name, id in ids.items() if id not in (None, "")}
    return json.dumps({**found, STEP: int(turn.meta.get(STEP, 0)) + 1})


async def go(turn: Turn, view: View) -> None:
    """Show the step: in place of the window it was asked for in, else as a new one."""
    await (turn.redraw(view) if turn.view.get("type") == "modal" else turn.show(view))
