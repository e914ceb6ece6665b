"""Texts: the standup's prompt and the agenda's intro in the organisation's own words."""

from __future__ import annotations

from slack_sdk.models.blocks import Block
from slack_sdk.models.views import View

from council.configuring import Proposal, PutTexts, configured
from council.errors import Invalid
from council.workspace import Wordings
from handlers import forms, kit
from handlers.answers import Answer, Update
from handlers.forms import Form, field
from handlers.reworded import LABELS, SPEAKS_OF, mistakes, texts
from handlers.setup.names import Acts, Views
from handlers.setup.previewing import preview_of
from handlers.setup.window import carrying, for_admin, go
from handlers.turn import Turn
from storage import configuring
from storage.store import Unit

MOST = 3000
INTRO = (
    "Words in {{ braces }} are filled in; `{% if where %} … {% endif %}` shows a part only when there is "
    "something. Empty a field to have the words that I came with."
)


class TextsForm(Form):
    """Both texts, as filled in."""

    standup_prompt: str = ""
    agenda_intro: str = ""


async def on_texts(turn: Turn) -> Answer:
    """**Texts**: as they are worded now."""
    workspace = await for_admin(turn)
    await go(turn, _form(turn, workspace.configuration.texts, workspace.version))
    return None


def _form(turn: Turn, worded: Wordings, version: int) -> View:
    blocks: list[Block] = [
        *kit.buttons([kit.button("Back", Acts.HUB, "all")]),
        kit.text(INTRO),
        *(_field(text, worded) for text in SPEAKS_OF),
    ]
    meta = carrying(turn, based_on=version)
    return forms.modal(Views.TEXTS, "Texts", blocks, submit="Next", meta=meta)


def _field(text: str, worded: Wordings) -> Block:
    own = getattr(worded, text) or texts().source(text)
    hint = f"May speak of: {', '.join(SPEAKS_OF[text])}."
    return field(text, LABELS[text], forms.line(own, most=MOST, tall=True), hint=hint, optional=True)


def again(turn: Turn, edit: PutTexts, based_on: int) -> View:
    """The form once more, with what was typed."""
    return _form(turn, edit.texts, based_on)


async def on_sent(turn: Turn) -> Answer:
    """**Next**: tried with real facts; what is broken is refused with its line and the reason."""
    form, now = forms.read(TextsForm, turn.view), turn.desk.clock()
    worded = Wordings(**{text: _own(text, getattr(form, text)) for text in SPEAKS_OF})

    def change(unit: Unit) -> str:
        workspace = configuring.known(unit)
        based_on = int(turn.meta.get("based_on", workspace.version))
        base = configuring.base_of(unit.connection, unit.team, based_on, workspace)
        edit = PutTexts(texts=worded)
        configured(edit, base, by=turn.person, workspace=workspace)
        if wrong := mistakes(worded, workspace, now):
            raise Invalid(wrong)
        return configuring.keep_new(unit, turn.person_id, Proposal(edit=edit, based_on=based_on))

    draft = await turn.write(change)
    return Update(await preview_of(turn, draft=draft))


def _own(text: str, typed: str) -> str:
    """Nothing of its own when it is worded as it came."""
    return "" if typed.strip() == texts().source(text).strip() else typed.strip()
