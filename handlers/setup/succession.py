"""Somebody has left: **Name a successor**, and every seat of theirs goes to one person."""

from __future__ import annotations

from slack_sdk.models.blocks import Block
from slack_sdk.models.views import View

from council.configuring import Proposal, Succeed, configured
from council.errors import Invalid, Refused
from council.permissions import admit
from council.roles import Role
from council.sentence import Who, say
from council.succeeding import Vacated
from council.workspace import Workspace
from handlers import forms, kit
from handlers.answers import Answer, Update
from handlers.conflicts.spoken import Telling
from handlers.forms import Form, field
from handlers.looking import meet
from handlers.setup.names import Acts, Views
from handlers.setup.previewing import preview_of
from handlers.setup.window import carrying, for_admin, go
from handlers.texts import Mrkdwn, Texts
from handlers.turn import Turn
from handlers.wording import listed, name
from storage import configuring
from storage.store import Unit


class SuccessorForm(Form):
    """*Who follows?*"""

    to: str | None = None


def succession_message(
    telling: Telling, left: Vacated, workspace: Workspace, texts: Texts
) -> tuple[str, list[Block]]:
    """Fallback and blocks: which seats are empty, and the way to fill them."""
    facts = {
        "who": Mrkdwn(name(left.person, workspace.people)),
        "held": Mrkdwn(_names(left.held)),
        "stood_in": Mrkdwn(_names(left.stood_in)),
        "items": left.items,
    }
    words = texts.write("successor_wanted", facts)
    row = [kit.button("Name a successor", Acts.SUCCEED, left.person, "primary")]
    row.append(kit.button("Roles", Acts.ROLES, "0"))
    blocks = [*telling.opening, kit.text(words), *kit.buttons(row)]
    return words.split("\n", 1)[0].replace("*", ""), blocks


def _names(roles: tuple[Role, ...]) -> str:
    return listed([kit.quoted(role.name, 80) for role in roles]) if roles else ""


async def on_succeed(turn: Turn) -> Answer:
    """**Name a successor**: who follows them?"""
    await go(turn, await _form(turn, turn.value, None))
    return None


async def _form(turn: Turn, gone: str, to: str | None) -> View:
    workspace = await for_admin(turn, gone)
    who, roles = name(gone, workspace.people), workspace.configuration.roles
    seats = [role for role in roles if gone in (role.holder, role.deputy)]
    if not seats:
        raise Refused(say("{who} has no seat any more.", who=Who(gone)))
    lines = [f"• {kit.quoted(role.name, 80)}{'' if role.holder == gone else ', as deputy'}" for role in seats]
    blocks: list[Block] = [
        kit.text("\n".join([f"Whoever follows {who} gets every seat of theirs:", *lines])),
        field("to", "Who follows?", forms.person(to)),
    ]
    meta = carrying(turn, gone=gone, based_on=workspace.version)
    return forms.modal(Views.SUCCESSOR, "Name a successor", blocks, submit="Next", meta=meta)


async def again(turn: Turn, edit: Succeed) -> View:
    """The form once more, with who was chosen."""
    return await _form(turn, edit.gone, edit.to)


async def on_sent(turn: Turn) -> Answer:
    """**Next**: kept, and what it changes is shown before anything is saved."""
    form, gone = forms.read(SuccessorForm, turn.view), str(turn.meta.get("gone", ""))
    person = await meet(turn.desk, turn.client, turn.team, form.to) if form.to else None
    if not form.to:
        raise Invalid({"to": say("Choose who follows.")})
    try:
        admit(person)
    except Refused:
        text = "{who} can't decide here; choose a full member."
        raise Invalid({"to": say(text, who=Who(form.to))}) from None
    edit = Succeed(gone=gone, to=form.to)

    def change(unit: Unit) -> str:
        workspace = configuring.known(unit)
        configured(edit, workspace.configuration, by=turn.person, workspace=workspace)
        proposal = Proposal(edit=edit, based_on=workspace.version)
        return configuring.keep_new(unit, turn.person_id, proposal)

    draft = await turn.write(change)
    return Update(await preview_of(turn, draft=draft))
