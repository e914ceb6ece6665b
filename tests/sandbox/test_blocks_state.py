"""Ids, state and sizes of blocks that Slack has taken."""

from __future__ import annotations

from typing import Any

import pytest

from sandbox.blocks import check_message, fill_ids, inputs_of, message_text_size, state_of, well_formed

Json = dict[str, Any]
OPTION: Json = {"text": {"type": "plain_text", "text": "One"}, "value": "1"}


def plain(text: str = "x") -> Json:
    return {"type": "plain_text", "text": text}


def field(element: Json) -> Json:
    return {"type": "input", "block_id": "b", "label": plain(), "element": {**element, "action_id": "a"}}


UNTOUCHED = [
    ("plain_text_input", {"value": None}, "initial_value", "hi", "value"),
    ("email_text_input", {"value": None}, "initial_value", "a@b.org", "value"),
    ("url_text_input", {"value": None}, "initial_value", "https://x.org", "value"),
    ("number_input", {"value": None}, "initial_value", "3", "value"),
    ("static_select", {"selected_option": None}, "initial_option", OPTION, "selected_option"),
    ("external_select", {"selected_option": None}, "initial_option", OPTION, "selected_option"),
    ("radio_buttons", {"selected_option": None}, "initial_option", OPTION, "selected_option"),
    ("multi_static_select", {"selected_options": []}, "initial_options", [OPTION], "selected_options"),
    ("multi_external_select", {"selected_options": []}, "initial_options", [OPTION], "selected_options"),
    ("checkboxes", {"selected_options": []}, "initial_options", [OPTION], "selected_options"),
    ("users_select", {"selected_user": None}, "initial_user", "U1", "selected_user"),
    ("channels_select", {"selected_channel": None}, "initial_channel", "C1", "selected_channel"),
    (
        "conversations_select",
        {"selected_conversation": None},
        "initial_conversation",
        "C1",
        "selected_conversation",
    ),
    ("multi_users_select", {"selected_users": []}, "initial_users", ["U1"], "selected_users"),
    ("multi_channels_select", {"selected_channels": []}, "initial_channels", ["C1"], "selected_channels"),
    (
        "multi_conversations_select",
        {"selected_conversations": []},
        "initial_conversations",
        ["C1"],
        "selected_conversations",
    ),
    ("datepicker", {"selected_date": None}, "initial_date", "2026-11-21", "selected_date"),
    ("timepicker", {"selected_time": None}, "initial_time", "09:30", "selected_time"),
    ("datetimepicker", {"selected_date_time": None}, "initial_date_time", 1700000000, "selected_date_time"),
    ("rich_text_input", {"rich_text_value": None}, "initial_value", {"type": "rich_text"}, "rich_text_value"),
]


@pytest.mark.parametrize(
    ("kind", "nothing", "initial", "value", "key"), [pytest.param(*row, id=row[0]) for row in UNTOUCHED]
)
def test_state_holds_what_the_element_shows_at_first(
    kind: str, nothing: Json, initial: str, value: object, key: str
) -> None:
    """An untouched element is in the state with its own key, empty or holding its initial value."""
    assert state_of({"blocks": [field({"type": kind})]}) == {"b": {"a": {"type": kind, **nothing}}}
    filled = state_of({"blocks": [field({"type": kind, initial: value})]})
    assert filled == {"b": {"a": {"type": kind, key: value}}}


def test_a_time_keeps_its_zone() -> None:
    """A time picker with a zone says so in the state."""
    view = {"blocks": [field({"type": "timepicker", "timezone": "Europe/Berlin"})]}
    assert state_of(view)["b"]["a"]["timezone"] == "Europe/Berlin"


def test_state_includes_menus_outside_inputs_but_no_buttons() -> None:
    """A select in an actions block is in the state; the button beside it is not."""
    elements = [
        {"type": "button", "action_id": "go", "text": plain()},
        {"type": "users_select", "action_id": "who"},
    ]
    view = {"blocks": [{"type": "actions", "block_id": "b", "elements": elements}]}
    assert state_of(view) == {"b": {"who": {"type": "users_select", "selected_user": None}}}


def test_state_is_a_copy() -> None:
    """Changing the state leaves the view as it was sent."""
    view = {"blocks": [field({"type": "checkboxes", "initial_options": [OPTION]})]}
    state_of(view)["b"]["a"]["selected_options"].clear()
    assert view["blocks"][0]["element"]["initial_options"] == [OPTION]


def test_missing_ids_are_given_and_present_ones_kept() -> None:
    """Blocks and interactive elements get ids, pictures do not, and the original is untouched."""
    picture = {"type": "image", "alt_text": "x", "image_url": "https://x.org/a.png"}
    original: list[Json] = [
        {"type": "section", "block_id": "mine", "text": plain(), "accessory": picture},
        {"type": "actions", "elements": [{"type": "button", "text": plain()}] * 2},
    ]
    section, actions = fill_ids(original)
    assert section == original[0]
    assert len({element["action_id"] for element in actions["elements"]}) == 2
    assert actions["block_id"]
    assert "block_id" not in original[1]
    assert check_message([section, actions]) == []


def test_only_input_blocks_may_be_answered_with_errors() -> None:
    """Sections are no inputs, even with a select in them."""
    blocks = [field({"type": "datepicker"}), {"type": "section", "block_id": "s", "text": plain()}]
    assert inputs_of({"blocks": blocks}) == {"b"}


@pytest.mark.parametrize(
    ("block", "size"),
    [
        ({"type": "section", "text": plain("a & <b>")}, 7 + 4 + 3 + 3),
        ({"type": "section", "text": {"type": "mrkdwn", "text": "a &amp; <@U1> &"}}, 15 + 4),
        ({"type": "header", "text": plain("Title")}, 105),
        ({"type": "divider"}, 0),
        (
            {
                "type": "rich_text",
                "elements": [{"type": "rich_text_section", "elements": [{"type": "text", "text": "<"}]}],
            },
            4,
        ),
    ],
)
def test_text_is_counted_as_slack_counts_it(block: Json, size: int) -> None:
    """Entities count in their escaped length, markup as written, a header a hundred more."""
    assert message_text_size([block]) == size
    assert message_text_size([block, block]) == 2 * size


@pytest.mark.parametrize(
    ("blocks", "expected"),
    [([], True), ([{}], True), ({"blocks": []}, False), ("[]", False), ([[]], False)],
)
def test_blocks_are_a_list_of_objects(blocks: object, expected: bool) -> None:
    """Wrapped or doubly encoded blocks have another error code than broken ones."""
    assert well_formed(blocks) is expected
