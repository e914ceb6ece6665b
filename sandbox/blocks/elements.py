"""The element table: where each may stand, what it must have, how long it may be.

Places are S section accessory, A actions, I input, C context, X context actions; surfaces as in `rules`.
Source: Slack's element reference pages, October 2026.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from sandbox.blocks.objects import (
    ANY_TEXT,
    BUTTON_STYLE,
    CONFIRM,
    DISPATCH,
    FILTER,
    ID,
    OPTION,
    OPTION_GROUP,
    PICTURE,
    URL,
    WEB_URL,
    option,
    plain,
)
from sandbox.blocks.relations import initial_is_offered, not_more, one_of
from sandbox.blocks.rich_text import RICH_TEXT
from sandbox.blocks.rules import Choice, Flag, Integer, Items, Keys, Kind, Kinds, Shape, String

if TYPE_CHECKING:
    from collections.abc import Mapping

NAMED: Keys = {"action_id": ID}
PICKED: Keys = {**NAMED, "confirm": CONFIRM, "focus_on_load": Flag()}
CHOSEN: Keys = {**PICKED, "placeholder": plain(150)}
TYPED: Keys = {
    **NAMED,
    "focus_on_load": Flag(),
    "placeholder": plain(150),
    "dispatch_action_config": DISPATCH,
}
MANY: Keys = {"max_selected_items": Integer(1, 10_000)}
LISTED: Keys = {"options": Items(OPTION, 1, 100), "option_groups": Items(OPTION_GROUP, 1, 100)}
FETCHED: Keys = {"min_query_length": Integer(0, 3000)}
WHERE: Keys = {"default_to_current_conversation": Flag(), "filter": FILTER}
REPLYING: Keys = {"response_url_enabled": Flag()}
IDS = Items(ID, 1, 10_000)
SOME_OPTIONS = Items(OPTION, 1, 100)
DECIMAL = String(255, pattern=r"^-?\d+(\.\d+)?$")
LABEL: Keys = {"accessibility_label": String(75)}

MENU = (one_of("options", "option_groups"), initial_is_offered)


def _kind(places: str, surfaces: str, may: Keys, must: Keys | None = None) -> Kind:
    return Kind(surfaces, Shape(must or {}, may), places)


def _offering(most: int, first: Keys) -> Kind:
    choices = Items(option(ANY_TEXT), 1, most)
    shape = Shape({"options": choices}, {**PICKED, **first}, (initial_is_offered,))
    return Kind("MDH", shape, "SAI")


BUTTON = Shape(
    must={"text": plain(75)},
    may={**NAMED, **LABEL, "value": String(2000), "url": URL, "style": BUTTON_STYLE, "confirm": CONFIRM},
)
VERDICT = Shape({"text": plain(75), "value": String(2000)}, LABEL)

BUTTONS = {
    "button": Kind("MDH", BUTTON, "SA"),
    "overflow": _kind(
        "SA", "MDH", {**NAMED, "confirm": CONFIRM}, {"options": Items(option(linked=True), 1, 5)}
    ),
    "workflow_button": _kind(
        "SA",
        "M",
        {**NAMED, **LABEL, "style": BUTTON_STYLE},
        {"text": plain(75), "workflow": Shape({"trigger": Shape({"url": WEB_URL})})},
    ),
    "feedback_buttons": _kind("X", "M", NAMED, {"positive_button": VERDICT, "negative_button": VERDICT}),
    "icon_button": _kind(
        "X",
        "M",
        {**NAMED, **LABEL, "value": String(2000), "confirm": CONFIRM, "visible_to_user_ids": IDS},
        {"icon": Choice(("trash",)), "text": plain(75)},
    ),
}

MENUS = {
    "static_select": Kind("MDH", Shape({}, {**CHOSEN, **LISTED, "initial_option": OPTION}, MENU), "SAI"),
    "multi_static_select": Kind(
        "MDH", Shape({}, {**CHOSEN, **MANY, **LISTED, "initial_options": SOME_OPTIONS}, MENU), "SAI"
    ),
    "external_select": _kind("SAI", "MDH", {**CHOSEN, **FETCHED, "initial_option": OPTION}),
    "multi_external_select": _kind(
        "SAI", "MDH", {**CHOSEN, **FETCHED, **MANY, "initial_options": SOME_OPTIONS}
    ),
    "users_select": _kind("SAI", "MDH", {**CHOSEN, "initial_user": ID}),
    "multi_users_select": _kind("SAI", "MDH", {**CHOSEN, **MANY, "initial_users": IDS}),
    "channels_select": _kind("SAI", "MDH", {**CHOSEN, **REPLYING, "initial_channel": ID}),
    "multi_channels_select": _kind("SAI", "MDH", {**CHOSEN, **MANY, "initial_channels": IDS}),
    "conversations_select": _kind("SAI", "MDH", {**CHOSEN, **WHERE, **REPLYING, "initial_conversation": ID}),
    "multi_conversations_select": _kind(
        "SAI", "MDH", {**CHOSEN, **WHERE, **MANY, "initial_conversations": IDS}
    ),
    "checkboxes": _offering(10, {"initial_options": Items(option(ANY_TEXT), 1, 10)}),
    "radio_buttons": _offering(10, {"initial_option": option(ANY_TEXT)}),
}

PICKERS = {
    "datepicker": _kind("SAI", "MDH", {**CHOSEN, "initial_date": String(10, format="date")}),
    "timepicker": _kind(
        "SAI", "MDH", {**CHOSEN, "initial_time": String(5, format="time"), "timezone": String(100)}
    ),
    "datetimepicker": _kind(
        "AI", "MD", {**PICKED, "initial_date_time": Integer(1_000_000_000, 9_999_999_999)}
    ),
}

LENGTHS: Keys = {"min_length": Integer(0, 3000), "max_length": Integer(1, 3000)}
BOUNDS: Keys = {"min_value": DECIMAL, "max_value": DECIMAL, "initial_value": DECIMAL}

INPUTS = {
    "plain_text_input": Kind(
        "MDH",
        Shape(
            may={**TYPED, **LENGTHS, "initial_value": String(3000), "multiline": Flag()},
            also=(not_more("min_length", "max_length"),),
        ),
        "I",
    ),
    "email_text_input": _kind("I", "D", {**TYPED, "initial_value": String(3000)}),
    "url_text_input": _kind("I", "D", {**TYPED, "initial_value": URL}),
    "number_input": Kind(
        "D",
        Shape({"is_decimal_allowed": Flag()}, {**TYPED, **BOUNDS}, (not_more("min_value", "max_value"),)),
        "I",
    ),
    "rich_text_input": _kind("I", "DH", {**TYPED, "initial_value": Kinds({"rich_text": RICH_TEXT})}),
    "file_input": _kind(
        "I", "D", {**NAMED, "max_files": Integer(1, 10), "filetypes": Items(String(255), 1, 1000)}
    ),
}

IMAGE = Kind("MDH", Shape({"alt_text": String(2000)}, PICTURE, (one_of("image_url", "slack_file"),)), "SC")

ELEMENTS: Mapping[str, Kind] = {**BUTTONS, **MENUS, **PICKERS, **INPUTS, "image": IMAGE}
