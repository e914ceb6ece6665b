"""The form **I'm away**, what it would do, and what it has done."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import TypeVar

from slack_sdk.models.blocks import Block
from slack_sdk.models.blocks.block_elements import InputInteractiveElement
from slack_sdk.models.views import View

from council.going_away import Follows
from council.people import Absence
from council.workspace import Workspace
from handlers import forms, kit
from handlers.away.names import Acts, Views
from handlers.forms import Form, field
from handlers.wording import name

E = TypeVar("E", bound=InputInteractiveElement)
TITLE = "I'm away"
STAY = "away"
END = "back"
MOST_SHOWN = 10
UNTIL = "Your last day away. You are back when your next working day opens."
STANDS_IN = "They get what waits for you. Empty: your deputy, else the chair."


class AwayForm(Form):
    """*I'm away*, as filled in; days are those of the person's own zone."""

    since: date | None = None
    until: date | None = None
    stand_in: str | None = None
    choice: str = STAY


@dataclass(frozen=True, slots=True, kw_only=True)
class Effect:
    """What an absence does: which conflicts go where, and how many action items stay."""

    absence: Absence
    follows: tuple[Follows, ...] = ()
    items: int = 0


def away_modal(form: AwayForm, effect: Effect | None, begun: bool | None, workspace: Workspace) -> View:
    """The form; `begun` says whether the absence that is changed has begun, None when there is none yet."""
    blocks: list[Block] = [
        *([_choice(form, begun=begun)] if begun is not None else []),
        field("since", "From", _listened(forms.day(form.since)), dispatch=True),
        field("until", "Until", _listened(forms.day(form.until)), hint=UNTIL, dispatch=True),
        field(
            "stand_in",
            "Who stands in",
            _listened(forms.person(form.stand_in)),
            hint=STANDS_IN,
            optional=True,
            dispatch=True,
        ),
        *_effect(effect, workspace),
    ]
    return forms.modal(Views.AWAY, TITLE, blocks, submit="Save")


def _choice(form: AwayForm, *, begun: bool) -> Block:
    end = "I'm back" if begun else "I'm not going away"
    options = [kit.option("I'm away as below", STAY), kit.option(end, END)]
    return field("choice", "Your absence", forms.radios(options, form.choice))


def _listened(element: E) -> E:
    """With an action id of its own, so that each choice comes to this form."""
    element.action_id = Acts.CHANGED
    return element


def _effect(effect: Effect | None, workspace: Workspace) -> list[Block]:
    if effect is None:
        return [kit.small("Pick both days to see what happens meanwhile.")]
    return [kit.text("\n".join(lines(effect, workspace)))]


def lines(effect: Effect, workspace: Workspace) -> list[str]:
    """What it does, a line each."""
    zone, absence = workspace.hours.zone, effect.absence
    since, until = kit.when(absence.since, zone), kit.when(absence.until, zone)
    rows = [_goes(each, workspace) for each in effect.follows[:MOST_SHOWN]]
    more = len(effect.follows) - MOST_SHOWN
    return [
        f"*Away:* {since} – {until}",
        *rows,
        *([f"and {more} more conflicts of yours"] if more > 0 else []),
        *([_items(effect.items)] if effect.items else []),
    ]


def _goes(follows: Follows, workspace: Workspace) -> str:
    number = f"*#{follows.conflict.number}*"
    if follows.to is None:
        return f"{number} stays with you: nobody else is there."
    at = kit.when(follows.at, workspace.hours.zone)
    return f"{number} goes to {name(follows.to, workspace.people)}, {at}, unless it is decided before."


def _items(count: int) -> str:
    what = "One action item stays" if count == 1 else f"{count} action items stay"
    return f"{what} yours; whoever gave it to you hears when it is due."


def saved(effect: Effect, workspace: Workspace) -> View:
    """The same window as a receipt."""
    return _receipt(lines(effect, workspace))


def ended() -> View:
    """The receipt of an absence that is over, or never comes."""
    return _receipt(["You are here: new conflicts come to you, and what nobody took on is yours again."])


def _receipt(words: Sequence[str]) -> View:
    return forms.modal("told", TITLE, [kit.text("\n".join(words))], close="Done")
