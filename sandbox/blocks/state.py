"""`state.values`: what every stateful element holds, before anybody touched it."""

from __future__ import annotations

import copy
from typing import TYPE_CHECKING, Any

from sandbox.blocks.walk import Json, elements, objects

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

# element type -> (key in the state, key of the initial value, value when nothing was chosen)
HELD: Mapping[str, tuple[str, str, object]] = {
    "plain_text_input": ("value", "initial_value", None),
    "email_text_input": ("value", "initial_value", None),
    "url_text_input": ("value", "initial_value", None),
    "number_input": ("value", "initial_value", None),
    "rich_text_input": ("rich_text_value", "initial_value", None),
    "file_input": ("files", "", []),
    "static_select": ("selected_option", "initial_option", None),
    "external_select": ("selected_option", "initial_option", None),
    "radio_buttons": ("selected_option", "initial_option", None),
    "multi_static_select": ("selected_options", "initial_options", []),
    "multi_external_select": ("selected_options", "initial_options", []),
    "checkboxes": ("selected_options", "initial_options", []),
    "users_select": ("selected_user", "initial_user", None),
    "channels_select": ("selected_channel", "initial_channel", None),
    "conversations_select": ("selected_conversation", "initial_conversation", None),
    "multi_users_select": ("selected_users", "initial_users", []),
    "multi_channels_select": ("selected_channels", "initial_channels", []),
    "multi_conversations_select": ("selected_conversations", "initial_conversations", []),
    "datepicker": ("selected_date", "initial_date", None),
    "timepicker": ("selected_time", "initial_time", None),
    "datetimepicker": ("selected_date_time", "initial_date_time", None),
}


def state_of(view: Mapping[str, Any]) -> dict[str, dict[str, Json]]:
    """{block_id: {action_id: value}} of a view or message whose ids are filled."""
    values: dict[str, dict[str, Json]] = {}
    for _, block in objects(view.get("blocks")):
        held = dict(_held(block))
        if held:
            values[block["block_id"]] = held
    return values


def _held(block: Json) -> Iterator[tuple[str, Json]]:
    for _, element in elements(block):
        if element["type"] in HELD:
            yield element["action_id"], initial_value(element)


def initial_value(element: Mapping[str, Any]) -> Json:
    """The entry of one element, as untouched."""
    key, initial, nothing = HELD[element["type"]]
    value: Json = {"type": element["type"], key: copy.deepcopy(element.get(initial, nothing))}
    if "timezone" in element:
        value["timezone"] = element["timezone"]
    return value


def inputs_of(view: Mapping[str, Any]) -> frozenset[str]:
    """The block_ids a submission may answer with an error: those of the input blocks."""
    return frozenset(
        block["block_id"]
        for _, block in objects(view.get("blocks"))
        if block.get("type") == "input" and "block_id" in block
    )
