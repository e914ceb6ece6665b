"""Versions of the set-up: who changed what, when and why; and the way back to each."""

from __future__ import annotations

from slack_sdk.models.blocks import Block
from slack_sdk.models.views import View

from council.workspace import Workspace
from handlers import forms, kit
from handlers.answers import Answer
from handlers.conflicts.rows import one_line
from handlers.setup.names import Acts, Views
from handlers.setup.previewing import preview_of
from handlers.setup.window import carrying, for_admin, go
from handlers.turn import Turn
from handlers.wording import name, read
from storage import versions
from storage.versions import Version

SIZE = 8
MOST_LINES = 6


async def list_versions(turn: Turn) -> Answer:
    """The newest ones."""
    return await _listed(turn, None)


async def on_versions(turn: Turn) -> Answer:
    """**Versions**."""
    return await _listed(turn, None)


async def on_older(turn: Turn) -> Answer:
    """**Older**: those below the last one shown."""
    return await _listed(turn, int(turn.value) if turn.value.isdecimal() else None)


async def _listed(turn: Turn, below: int | None) -> Answer:
    await for_admin(turn)
    found = await turn.desk.store.read(lambda c: versions.page(c, turn.team, SIZE, below=below))
    named = {person for version in found for person in version.people}
    workspace = await for_admin(turn, *named)
    await go(turn, _drawn(found, workspace, carrying(turn)))
    return None


def _drawn(found: tuple[Version, ...], workspace: Workspace, meta: str) -> View:
    blocks: list[Block] = [kit.text("Every version is kept. Going back makes a new one; nothing is lost.")]
    for version in found:
        blocks += _entry(version, workspace)
    row = [kit.button("Set up", Acts.HUB, "all")]
    if found and found[-1].number > 1:
        row.append(kit.button("Older", Acts.OLDER_VERSIONS, str(found[-1].number)))
    return forms.modal(Views.VERSIONS, "Versions", [*blocks, *kit.buttons(row)], close="Done", meta=meta)


def _entry(version: Version, workspace: Workspace) -> list[Block]:
    who = name(version.author, workspace.people) if version.author else "an import"
    at = kit.when(version.at, workspace.hours.zone)
    why = f": {one_line(version.reason, 200)}" if version.reason else ""
    head = f"*{version.number}* · {who}, {at}{why}"
    lines = [f"• {read(change, workspace)}" for change in version.changes[:MOST_LINES]]
    more = len(version.changes) - MOST_LINES
    lines += [f"and {more} more"] if more > 0 else []
    block = kit.text("\n".join([head, *lines]))
    if version.number == workspace.version:
        return [block, kit.small("In force now")]
    return [block, *kit.buttons([kit.button("Go back to this one", Acts.GO_BACK, str(version.number))])]


async def on_go_back(turn: Turn) -> Answer:
    """**Go back to this one**: what that changes."""
    await go(turn, await preview_of(turn, ask=f"back:{turn.value}"))
    return None
