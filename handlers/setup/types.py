"""Conflict types: the list, the form, a place in the order."""

from __future__ import annotations

from typing import Any

from slack_sdk.models.views import View

from council.configuring import OrderTypes, Proposal, PutType, configured, free_key
from council.errors import Invalid
from council.sentence import say
from council.workspace import Workspace
from handlers import forms, kit
from handlers.answers import Answer, Update
from handlers.conflicts.not_set_up import set_up
from handlers.forms import Form, field
from handlers.setup.names import Acts, Views
from handlers.setup.previewing import preview_of
from handlers.setup.type_form import BLOCKS, TypeForm, empty_form, form_of, row_of, type_modal
from handlers.setup.types_list import Standing, types_modal
from handlers.setup.window import carrying, for_admin, go
from handlers.turn import Turn
from storage import configuring, versions
from storage.store import Unit

FIRST = ":first"
"""No key begins so."""


class OrderForm(Form):
    """Which type, and below which other one."""

    which: str = ""
    below: str = ""


async def list_types(turn: Turn, words: str = "") -> Answer:
    """`/ai-council matrix`: who decides what, for everybody to read."""
    return await _listed(turn, 0)


async def on_types(turn: Turn) -> Answer:
    """**Conflict types**, **Back** and **More**."""
    return await _listed(turn, int(turn.value) if turn.value.isdecimal() else 0)


async def on_page(turn: Turn) -> Answer:
    """**Previous**."""
    return await _listed(turn, int(turn.value[1:]) if turn.value[1:].isdecimal() else 0)


async def _listed(turn: Turn, start: int) -> Answer:
    workspace = await set_up(turn)

    def look(connection: Any) -> Standing:
        return Standing(
            open=versions.open_by_type(connection, turn.team),
            since=versions.unchanged_since(connection, workspace),
        )

    standing = await turn.desk.store.read(look)
    admin = turn.person_id in workspace.keepers
    await go(turn, types_modal(workspace, standing, start, admin=admin, meta=carrying(turn)))
    return None


async def on_edit(turn: Turn) -> Answer:
    """**Edit**: the form with what the type is."""
    workspace = await for_admin(turn)
    row = workspace.configuration.conflict_type(turn.value)
    await go(turn, _form(turn, form_of(row), workspace, row.key, workspace.version))
    return None


async def on_add(turn: Turn) -> Answer:
    """**Add a type**: the form with the usual things in it."""
    workspace = await for_admin(turn)
    await go(turn, _form(turn, empty_form(), workspace, "", workspace.version))
    return None


async def on_timeframe(turn: Turn) -> Answer:
    """*By when is it decided?* was chosen: what belongs to it follows in place."""
    workspace = await for_admin(turn)
    key, version = str(turn.meta.get("type", "")), int(turn.meta.get("based_on", workspace.version))
    await go(turn, _form(turn, forms.read(TypeForm, turn.view), workspace, key, version))
    return None


def _form(turn: Turn, form: TypeForm, workspace: Workspace, key: str, version: int) -> View:
    return type_modal(form, workspace, key=key, meta=carrying(turn, type=key, based_on=version))


def again(turn: Turn, edit: PutType, based_on: int, workspace: Workspace) -> View:
    """The form once more, with what was typed."""
    known = any(row.key == edit.row.key for row in workspace.configuration.matrix)
    return _form(turn, form_of(edit.row), workspace, edit.row.key if known else "", based_on)


async def on_type_sent(turn: Turn) -> Answer:
    """**Next**: kept, and what it changes is shown before anything is saved."""
    form, key = forms.read(TypeForm, turn.view), str(turn.meta.get("type", ""))

    def change(unit: Unit) -> str:
        workspace = configuring.known(unit)
        based_on = int(turn.meta.get("based_on", workspace.version))
        base = configuring.base_of(unit.connection, unit.team, based_on, workspace)
        before = next((row for row in base.matrix if row.key == key), None)
        taken = [row.key for row in workspace.configuration.matrix]
        edit = PutType(row=row_of(form, key or free_key(form.name, taken), before))
        try:
            configured(edit, base, by=turn.person, workspace=workspace)
        except Invalid as wrong:
            raise Invalid({BLOCKS.get(name, name): words for name, words in wrong.errors.items()}) from None
        return configuring.keep_new(unit, turn.person_id, Proposal(edit=edit, based_on=based_on))

    draft = await turn.write(change)
    return Update(await preview_of(turn, draft=draft))


async def on_retire(turn: Turn) -> Answer:
    """**Retire**: what that changes."""
    await go(turn, await preview_of(turn, ask=f"retire:{turn.value}"))
    return None


async def on_restore(turn: Turn) -> Answer:
    """**Restore**: what that changes."""
    await go(turn, await preview_of(turn, ask=f"restore:{turn.value}"))
    return None


async def on_reorder(turn: Turn) -> Answer:
    """**Reorder**: which one goes where."""
    workspace = await for_admin(turn)
    rows = [row for row in workspace.configuration.matrix if not row.retired]
    types = [kit.option(row.name, row.key) for row in rows]
    places = [kit.option("At the top", FIRST)]
    places += [kit.option(f"Below {kit.clip(row.name, kit.MOST_OPTION - 6)}", row.key) for row in rows]
    blocks = [
        *kit.buttons([kit.button("Back", Acts.TYPES, "0")]),
        field("which", "Which one?", forms.select(types, placeholder="Choose a kind")),
        field("below", "Where to?", forms.select(places, placeholder="Choose a place")),
    ]
    meta = carrying(turn, based_on=workspace.version)
    await go(turn, forms.modal(Views.ORDER, "Reorder", blocks, submit="Next", meta=meta))
    return None


async def on_order_sent(turn: Turn) -> Answer:
    """**Next**: the new order, shown before it is saved."""
    form = forms.read(OrderForm, turn.view)
    if form.below == form.which:
        raise Invalid({"below": say("It can't stand below itself.")})

    def change(unit: Unit) -> str:
        workspace = configuring.known(unit)
        keys = [row.key for row in workspace.configuration.matrix if row.key != form.which]
        place = keys.index(form.below) + 1 if form.below in keys else 0
        edit = OrderTypes(keys=(*keys[:place], form.which, *keys[place:]))
        configured(edit, workspace.configuration, by=turn.person, workspace=workspace)
        proposal = Proposal(edit=edit, based_on=workspace.version)
        return configuring.keep_new(unit, turn.person_id, proposal)

    draft = await turn.write(change)
    return Update(await preview_of(turn, draft=draft))
