"""From what a form control holds in the browser to what Slack's window would send."""

from __future__ import annotations

from typing import TYPE_CHECKING

from sandbox.blocks.state import HELD
from sandbox.reading import Control, Eyes
from sandbox.refusal import Json, NotPossible
from sandbox.robot_choosing import pick_date
from sandbox.views import options_of

if TYPE_CHECKING:
    from sandbox.slack import Slack

DATES = frozenset({"datepicker", "timepicker", "datetimepicker"})


def chosen(slack: Slack, person: str, element: Json, values: list[str], known: list[Json]) -> Json:
    """The chosen part of an action. `known` are options that a search found, or that are held already."""
    kind = element["type"]
    values = [value for value in values if value]
    if kind in {"button", "workflow_button", "icon_button"}:
        return {}
    if kind in {"overflow", "feedback_buttons"}:
        return _one(element, values, known) if kind == "overflow" else {"value": (values or [""])[0]}
    key, _, nothing = HELD[kind]
    if kind in DATES:
        return _moment(slack, person, element, values) if values else {key: nothing}
    if key in {"selected_option", "selected_options"}:
        return _one(element, values, known) if key == "selected_option" else _many(element, values, known)
    if isinstance(nothing, list):
        return {key: values}
    if key == "rich_text_value":
        return {key: _rich(values[0]) if values else None}
    return {key: values[0] if values else None}


def _moment(slack: Slack, person: str, element: Json, values: list[str]) -> Json:
    control = Control({"block_id": ""}, element, "")
    return pick_date(slack, Eyes(slack, person), control, values[0])


def _one(element: Json, values: list[str], known: list[Json]) -> Json:
    return {"selected_option": _option(element, values[0], known) if values else None}


def _many(element: Json, values: list[str], known: list[Json]) -> Json:
    return {"selected_options": [_option(element, value, known) for value in values]}


def _option(element: Json, value: str, known: list[Json]) -> Json:
    for option in [*options_of(element), *known]:
        if option["value"] == value:
            return option
    raise NotPossible("this is not offered any more")


def _rich(text: str) -> Json:
    section = {"type": "rich_text_section", "elements": [{"type": "text", "text": text}]}
    return {"type": "rich_text", "elements": [section]}
