"""Modal state ↔ pydantic models, and field errors back into the modal.

A form is a pydantic model whose field names are the block ids of the inputs.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from datetime import UTC, date, datetime, time
from typing import Any, TypeVar

from pydantic import BaseModel, ConfigDict
from slack_sdk.models.blocks import (
    Block,
    CheckboxesElement,
    ConversationFilter,
    ConversationSelectElement,
    DatePickerElement,
    DateTimePickerElement,
    ExternalDataMultiSelectElement,
    ExternalDataSelectElement,
    InputBlock,
    NumberInputElement,
    Option,
    OptionGroup,
    PlainTextInputElement,
    PlainTextObject,
    RadioButtonsElement,
    StaticMultiSelectElement,
    StaticSelectElement,
    TimePickerElement,
    UserMultiSelectElement,
    UserSelectElement,
)
from slack_sdk.models.blocks.block_elements import InputInteractiveElement
from slack_sdk.models.views import View

from handlers.kit import clip

F = TypeVar("F", bound="Form")
_UNSEEN = re.compile(r"[\x00-\x08\x0b-\x1f\x7f\ud800-\udfff]")
MOST = 100
"""Options Slack shows in one list."""
FIELD = "field"
"""The action id of every input; its block id names the field."""


class Form(BaseModel):
    """What was typed, by field; whatever Slack leaves empty is absent."""

    model_config = ConfigDict(extra="ignore", frozen=True, defer_build=True, str_strip_whitespace=True)


def values(view: Mapping[str, Any]) -> dict[str, Any]:
    """The plain values of a view's inputs, by block id; empty inputs are left out."""
    state: dict[str, dict[str, dict[str, Any]]] = (view.get("state") or {}).get("values") or {}
    found = {block: _value(element) for block, actions in state.items() for element in actions.values()}
    return {block: value for block, value in found.items() if value not in (None, "", [])}


def _value(element: Mapping[str, Any]) -> Any:
    if isinstance(element.get("value"), str):
        return _clean(element["value"])
    if element.get("selected_date_time"):
        return datetime.fromtimestamp(int(element["selected_date_time"]), UTC)
    for key in ("selected_date", "selected_time", "selected_user", "selected_conversation"):
        if element.get(key):
            return element[key]
    if element.get("selected_option"):
        return element["selected_option"]["value"]
    if element.get("selected_users"):
        return list(element["selected_users"])
    if element.get("selected_options"):
        return [option["value"] for option in element["selected_options"]]
    return None


def _clean(typed: str) -> str:
    """Without what no database and no file takes: marks that nobody sees, and halves of surrogate pairs."""
    return _UNSEEN.sub("", typed)


def read(form: type[F], view: Mapping[str, Any]) -> F:
    """The form as it was filled in. A block id *name_3* of a field shown anew counts as *name*."""
    found = values(view)
    fields = form.model_fields
    renewed = {block.rsplit("_", 1)[0]: value for block, value in found.items() if block not in fields}
    return form.model_validate({**{k: v for k, v in renewed.items() if k in fields}, **found})


def field(
    name: str,
    label: str,
    element: InputInteractiveElement,
    *,
    hint: str | None = None,
    optional: bool = False,
    dispatch: bool = False,
) -> InputBlock:
    """An input with its label; `dispatch` tells us of every choice while the form is open."""
    return InputBlock(
        block_id=name,
        label=PlainTextObject(text=clip(label, 150)),
        element=element,
        hint=PlainTextObject(text=clip(hint, 150)) if hint else None,
        optional=optional,
        dispatch_action=dispatch or None,
    )


def line(
    initial: str | None = None, *, most: int = 3000, tall: bool = False, focus: bool = False
) -> PlainTextInputElement:
    """A text input; what is longer than `most` characters Slack does not let in."""
    return PlainTextInputElement(
        action_id=FIELD,
        initial_value=clip(initial, most) if initial else None,
        max_length=most,
        multiline=tall or None,
        focus_on_load=focus or None,
    )


def select(
    options: list[Option], initial: str | None = None, placeholder: str | None = None
) -> StaticSelectElement:
    """A list to choose one from; what is more than Slack shows in one goes into groups."""
    groups = [
        OptionGroup(label=PlainTextObject(text=f"{start + 1} and on"), options=options[start : start + MOST])
        for start in range(0, len(options), MOST)
    ]
    return StaticSelectElement(
        action_id=FIELD,
        options=options if len(groups) == 1 else None,
        option_groups=groups if len(groups) > 1 else None,
        initial_option=_initial(options, initial),
        placeholder=PlainTextObject(text=placeholder) if placeholder else None,
    )


def search(
    initial: Option | None = None, placeholder: str | None = None, *, focus: bool = False
) -> ExternalDataSelectElement:
    """A list that is searched while typing."""
    return ExternalDataSelectElement(
        action_id=FIELD,
        initial_option=initial,
        min_query_length=0,
        focus_on_load=focus or None,
        placeholder=PlainTextObject(text=placeholder) if placeholder else None,
    )


def searches(initial: list[Option], placeholder: str | None = None) -> ExternalDataMultiSelectElement:
    """Several of a list that is searched while typing, in the order in which they are chosen."""
    return ExternalDataMultiSelectElement(
        action_id=FIELD,
        initial_options=initial or None,
        min_query_length=0,
        placeholder=PlainTextObject(text=placeholder) if placeholder else None,
    )


def radios(options: list[Option], initial: str | None = None) -> RadioButtonsElement:
    """One of a few choices."""
    return RadioButtonsElement(action_id=FIELD, options=options, initial_option=_initial(options, initial))


def ticks(options: list[Option], initial: list[str]) -> CheckboxesElement:
    """Boxes to tick."""
    ticked = [option for option in options if option.value in initial]
    return CheckboxesElement(action_id=FIELD, options=options, initial_options=ticked or None)


def moment(initial: datetime | None = None) -> DateTimePickerElement:
    """A date and time."""
    return DateTimePickerElement(
        action_id=FIELD, initial_date_time=int(initial.timestamp()) if initial else None
    )


def day(initial: date | None = None) -> DatePickerElement:
    """A date."""
    return DatePickerElement(action_id=FIELD, initial_date=initial.isoformat() if initial else None)


def clock(initial: time | None = None) -> TimePickerElement:
    """A time of day, in no zone of its own."""
    return TimePickerElement(action_id=FIELD, initial_time=f"{initial:%H:%M}" if initial else None)


def number(initial: str, least: int, most: int) -> NumberInputElement:
    """A whole number."""
    return NumberInputElement(
        action_id=FIELD,
        is_decimal_allowed=False,
        initial_value=initial or None,
        min_value=str(least),
        max_value=str(most),
    )


def channel(initial: str | None = None) -> ConversationSelectElement:
    """A channel of this company, public or private."""
    own = ConversationFilter(include=["public", "private"], exclude_external_shared_channels=True)
    return ConversationSelectElement(action_id=FIELD, initial_conversation=initial, filter=own)


def several(options: list[Option], initial: Sequence[str]) -> StaticMultiSelectElement:
    """Some of a list."""
    chosen = [option for option in options if option.value in initial]
    return StaticMultiSelectElement(action_id=FIELD, options=options[:MOST], initial_options=chosen or None)


def person(initial: str | None = None) -> UserSelectElement:
    """Somebody of the workspace."""
    return UserSelectElement(action_id=FIELD, initial_user=initial)


def people(initial: Sequence[str] = ()) -> UserMultiSelectElement:
    """Some people of the workspace."""
    return UserMultiSelectElement(action_id=FIELD, initial_users=list(initial) or None)


def _initial(options: list[Option], value: str | None) -> Option | None:
    return next((option for option in options if option.value == value), None)


def modal(
    callback: str,
    title: str,
    blocks: list[Block],
    *,
    submit: str | None = None,
    close: str = "Cancel",
    meta: str = "",
) -> View:
    """A modal; a title longer than Slack's 24 characters is a mistake of ours."""
    return View(
        type="modal",
        callback_id=callback,
        title=PlainTextObject(text=title),
        submit=PlainTextObject(text=submit) if submit else None,
        close=PlainTextObject(text=close),
        blocks=blocks[:100],
        private_metadata=meta or None,
    )
