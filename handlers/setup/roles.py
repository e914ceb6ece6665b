"""Roles: who holds which seat, and who stands in; with what is open going along when an admin says so."""

from __future__ import annotations

from slack_sdk.models.blocks import Block
from slack_sdk.models.views import View

from council.configuring import Proposal, PutRole, configured, free_key
from council.errors import Invalid, Refused
from council.people import Person
from council.permissions import admit
from council.problems import LONGEST_NAME
from council.roles import Role
from council.sentence import Sentence, Who, say
from council.workspace import Workspace
from handlers import forms, kit
from handlers.answers import Answer, Update
from handlers.forms import Form, field
from handlers.looking import meet
from handlers.setup.names import Acts, Views
from handlers.setup.previewing import preview_of
from handlers.setup.seating import holder_words
from handlers.setup.window import carrying, for_admin, go
from handlers.turn import Turn
from handlers.wording import name
from storage import configuring
from storage.store import Unit

SIZE = 80
INTRO = "A seat has one holder, who decides, and a deputy, who stands in. Shared ownership is no ownership."


class RoleForm(Form):
    """A role, as filled in."""

    name: str = ""
    holder: str | None = None
    deputy: str | None = None


async def on_roles(turn: Turn) -> Answer:
    """**Roles**, **Back** and **More**."""
    return await list_roles(turn, int(turn.value) if turn.value.isdecimal() else 0)


async def list_roles(turn: Turn, start: int = 0) -> Answer:
    """Every seat with who sits there."""
    workspace = await for_admin(turn)
    roles = workspace.configuration.roles
    rows = [_row(role, workspace) for role in roles[start : start + SIZE]]
    row = [kit.button("Add a role", Acts.ADD_ROLE, "new")]
    if start + SIZE < len(roles):
        row.append(kit.button("More", Acts.ROLES, str(start + SIZE)))
    row.append(kit.button("Set up", Acts.HUB, "all"))
    blocks = [kit.text(INTRO), *rows, *kit.buttons(row)]
    await go(turn, forms.modal(Views.ROLES, "Roles", blocks, close="Done", meta=carrying(turn)))
    return None


def _row(role: Role, workspace: Workspace) -> Block:
    holder = holder_words(role, workspace)
    here = role.deputy is not None and not workspace.gone(role.deputy)
    stands_in = f"deputy {name(role.deputy or '', workspace.people)}" if here else "no deputy"
    part = _part(role.key, workspace)
    line = " · ".join(filter(None, (holder, stands_in, part)))
    block = kit.text(f"{kit.strong(role.name, 100)}\n{line}")
    block.accessory = kit.button("Edit", Acts.EDIT_ROLE, role.key)
    return block


def _part(key: str, workspace: Workspace) -> str:
    council = workspace.configuration.council
    parts = {council.sponsor: "sponsors the council", council.chair: "chairs the council"}
    return parts.get(key, "")


async def on_edit(turn: Turn) -> Answer:
    """**Edit**: the form with who sits there."""
    workspace = await for_admin(turn)
    role = workspace.configuration.role(turn.value)
    if role is None:
        raise Refused(say("There is no such role any more."))
    form = RoleForm(name=role.name, holder=role.holder, deputy=role.deputy)
    await go(turn, _form(turn, form, role.key, workspace.version))
    return None


async def on_add(turn: Turn) -> Answer:
    """**Add a role**."""
    workspace = await for_admin(turn)
    await go(turn, _form(turn, RoleForm(), "", workspace.version))
    return None


def _form(turn: Turn, form: RoleForm, key: str, version: int) -> View:
    blocks = [
        *kit.buttons([kit.button("Back", Acts.ROLES, "0")]),
        field("name", "What is it called?", forms.line(form.name, most=LONGEST_NAME)),
        field(
            "holder",
            "Who holds it?",
            forms.person(form.holder),
            hint="Empty: whoever set me up holds it until somebody is named.",
            optional=True,
        ),
        field(
            "deputy",
            "Who stands in?",
            forms.person(form.deputy),
            hint="Asked when the holder is away or does not answer.",
            optional=True,
        ),
    ]
    title = "Edit role" if key else "Add a role"
    return forms.modal(
        Views.ROLE, title, blocks, submit="Next", meta=carrying(turn, role=key, based_on=version)
    )


def again(turn: Turn, edit: PutRole, based_on: int, workspace: Workspace) -> View:
    """The form once more, with what was typed."""
    role = edit.row
    known = workspace.configuration.role(role.key) is not None
    form = RoleForm(name=role.name, holder=role.holder, deputy=role.deputy)
    return _form(turn, form, role.key if known else "", based_on)


async def on_sent(turn: Turn) -> Answer:
    """**Next**: kept, and what it changes is shown before anything is saved."""
    form, key = forms.read(RoleForm, turn.view), str(turn.meta.get("role", ""))
    people = {"holder": await _met(turn, form.holder), "deputy": await _met(turn, form.deputy)}

    def change(unit: Unit) -> str:
        workspace = configuring.known(unit)
        based_on = int(turn.meta.get("based_on", workspace.version))
        base = configuring.base_of(unit.connection, unit.team, based_on, workspace)
        taken = [role.key for role in workspace.configuration.roles]
        called = " ".join(form.name.split())
        row = Role(key=key or free_key(called, taken), name=called, holder=form.holder, deputy=form.deputy)
        edit = PutRole(row=row)
        configured(edit, base, by=turn.person, workspace=workspace)
        if wrong := _unfit(form, people):
            raise Invalid(wrong)
        return configuring.keep_new(unit, turn.person_id, Proposal(edit=edit, based_on=based_on))

    draft = await turn.write(change)
    return Update(await preview_of(turn, draft=draft))


async def _met(turn: Turn, person: str | None) -> Person | None:
    return await meet(turn.desk, turn.client, turn.team, person) if person else None


def _unfit(form: RoleForm, people: dict[str, Person | None]) -> dict[str, Sentence]:
    """Only full members sit on a seat."""
    wrong: dict[str, Sentence] = {}
    for place, person in (("holder", form.holder), ("deputy", form.deputy)):
        try:
            if person:
                admit(people[place])
        except Refused:
            text = "{who} can't decide here; choose a full member."
            wrong[place] = say(text, who=Who(person or ""))
    return wrong
