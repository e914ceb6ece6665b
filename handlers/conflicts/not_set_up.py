"""Before anything is set up: every door says so kindly, and by whom it can be done."""

from __future__ import annotations

from typing import Any

from council.errors import Refused
from council.sentence import say
from council.workspace import Workspace
from handlers.conflicts.rows import one_line
from handlers.turn import Turn
from storage import workspaces
from storage.people import find_people


async def set_up(turn: Turn, *people: str | None) -> Workspace:
    """The workspace with these people in it; raises `Refused` while there is nothing to decide by."""
    workspace = await turn.desk.workspace(turn.team, turn.person_id, *people)
    if workspace is not None and workspace.configuration.matrix:
        return workspace
    raise await turn.desk.store.read(lambda connection: not_set_up(connection, turn.team))


def not_set_up(connection: Any, team: str) -> Refused:
    """The refusal. Its sentence is whole already: without a workspace nobody could fill in a name."""
    row = workspaces.find(connection, team)
    installer = row._mapping["installer"] if row else None
    known = find_people(connection, team, [installer]).get(installer) if installer else None
    if known is None or not known.name or known.barred:
        who = "Whoever installed it"
    else:
        who = f"{one_line(known.name, 80)}, who installed it,"
    words = f"Tiebreak is not set up here yet. {who} can do that; please ask there."
    return Refused(say(words.replace("{", "(").replace("}", ")")))
