"""**Save**: the version, and what goes on with it; **Back** to what was typed."""

from __future__ import annotations

from typing import Any

from slack_sdk.models.blocks import Block
from slack_sdk.models.views import View

from council.configuring import Proposal, PutRole, PutRule, PutTexts, PutType, Succeed, configured, rebased
from council.rerouting import reroute
from council.workspace import Workspace
from handlers import forms, kit
from handlers.answers import Answer, Update
from handlers.setup import roles, rules, succession, texts_form, types
from handlers.setup.hub import ways
from handlers.setup.names import Views
from handlers.setup.previewing import GOES, ITEMS, bullets, chosen, preview_of, proposal
from handlers.setup.rules import list_rules
from handlers.setup.types import list_types
from handlers.setup.versions import list_versions
from handlers.setup.window import carrying, for_admin, go
from handlers.turn import Turn
from handlers.wording import name
from storage import configuring, conflicts, drafts, homes, lanes, seats, versions
from storage.applying import apply
from storage.replaying import open_moves
from storage.store import Unit


async def on_back(turn: Turn) -> Answer:
    """**Back**: the form with what was typed, or the list that it was asked for in."""
    workspace = await for_admin(turn)
    ask, draft = _carried(turn)
    if ask.startswith("back:"):
        return await list_versions(turn)
    if ask.startswith("end:"):
        return await list_rules(turn)
    if ask:
        return await list_types(turn)
    found = await turn.desk.store.read(lambda c: proposal(c, turn, workspace, draft, ask))
    match found.edit:
        case PutType():
            await go(turn, types.again(turn, found.edit, found.based_on, workspace))
        case PutRule():
            await go(turn, rules.again(turn, found.edit, workspace))
        case Succeed():
            await go(turn, await succession.again(turn, found.edit))
        case PutTexts():
            await go(turn, texts_form.again(turn, found.edit, found.based_on))
        case PutRole():
            await go(turn, roles.again(turn, found.edit, found.based_on, workspace))
        case _:
            return await list_types(turn)
    return None


def _carried(turn: Turn) -> tuple[str, str]:
    """What a button asked for, else the draft of what was typed."""
    return str(turn.meta.get("ask", "")), str(turn.meta.get("draft", ""))


async def on_save(turn: Turn) -> Answer:
    """**Save**: in force from now on; what others have changed meanwhile is shown first."""
    ask, draft = _carried(turn)
    typed = forms.values(turn.view)

    def change(unit: Unit) -> dict[str, Any]:
        workspace = configuring.in_force(unit)
        found = proposal(unit.connection, turn, workspace, draft, ask)
        if found.based_on != workspace.version:
            _begin_anew(unit, turn.person_id, draft, found, workspace)
            return {"since": found.based_on}
        return _save(unit, turn, found, workspace, typed, draft)

    done = await turn.write(change)
    if "since" in done:
        turn.meta.pop("based_on", None)
        return Update(await preview_of(turn, draft=draft, ask=ask, since=done["since"]))
    workspace = await for_admin(turn, *(owner for _, owner in done["moved"]))
    changed = await turn.desk.store.read(
        lambda c: versions.changes(c, turn.team, done["from"], done["version"])
    )
    moved = [f"#{number} goes to {name(owner, workspace.people)}." for number, owner in done["moved"]]
    if count := done["items"]:
        moved.append("One action item goes along." if count == 1 else f"{count} action items go along.")
    lines = [f"*Saved* as version {done['version']}.", *bullets(changed, workspace), *moved]
    return Update(_saved(lines, carrying(turn)))


def _begin_anew(unit: Unit, person: str, draft: str, found: Proposal, workspace: Workspace) -> None:
    """Nothing is saved; what was typed is kept on top of what is in force now."""
    unit.unfinished()
    if draft:
        base = configuring.base_of(unit.connection, unit.team, found.based_on, workspace)
        edit = rebased(found.edit, base, workspace.configuration)
        configuring.keep(unit, draft, person, Proposal(edit=edit, based_on=workspace.version))


def _save(
    unit: Unit, turn: Turn, found: Proposal, workspace: Workspace, typed: dict[str, Any], draft: str
) -> dict[str, Any]:
    now, connection = unit.clock(), unit.connection
    after = configured(found.edit, workspace.configuration, by=turn.person, workspace=workspace)
    moves = open_moves(connection, workspace, after, now)
    why = str(typed.get("why", ""))
    saved = configuring.save(unit, found.edit, found.based_on, by=turn.person, reason=why)
    moved = [
        (move.conflict.number, move.to)
        for move in chosen(typed, moves, int(turn.meta.get("asked", 0)))
        if _sent_on(unit, turn, move.conflict.id)
    ]
    items = _handed_on(unit, turn, found) if typed.get(ITEMS) == GOES else 0
    if draft:
        drafts.drop(connection, unit.team, draft)
    lanes.ready(connection, unit.team, homes.want(connection, unit.team, [turn.person_id], now))
    return {"version": saved.version, "from": workspace.version, "moved": moved, "items": items}


def _handed_on(unit: Unit, turn: Turn, found: Proposal) -> int:
    """What was still to do goes to the successor; how many there were."""
    if not isinstance(found.edit, Succeed):
        return 0
    to = configuring.as_saved(unit, [found.edit.to]).people.get(found.edit.to)
    return len(seats.hand_on(unit, found.edit.gone, to, turn.person)) if to else 0


def _sent_on(unit: Unit, turn: Turn, id: str) -> bool:
    """By the configuration that was just saved, seen by everybody who takes part."""
    conflict = conflicts.find(unit.connection, unit.team, id)
    if conflict is None:
        return False
    workspace = configuring.as_saved(unit, conflict.insiders)
    outcome = reroute(conflict, by=turn.person, workspace=workspace, now=unit.clock())
    if outcome is None:
        return False
    apply(unit.connection, unit.ids, outcome, unit.clock())
    return True


def _saved(lines: list[str], meta: str) -> View:
    blocks: list[Block] = [kit.text("\n".join(lines)), *kit.buttons(ways())]
    return forms.modal(Views.SAVED, "Saved", blocks, close="Done", meta=meta)
