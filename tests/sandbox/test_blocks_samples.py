"""Recorded answers of the real Slack, replayed against the tables."""

from __future__ import annotations

from typing import Any

import pytest

from sandbox.blocks import Fault, check_message, check_view, refusal

Json = dict[str, Any]


def plain(text: str) -> Json:
    return {"type": "plain_text", "text": text}


def section(text: str = "hello") -> Json:
    return {"type": "section", "text": {"type": "mrkdwn", "text": text}}


def button(number: int, **more: object) -> Json:
    return {"type": "button", "text": plain("Go"), "action_id": f"go{number}", **more}


def options(count: int) -> list[Json]:
    return [{"text": plain(f"Option {n}"), "value": str(n)} for n in range(count)]


def field(element: Json) -> Json:
    return {"type": "input", "label": plain("Label"), "element": element}


def modal(*blocks: Json, **more: object) -> Json:
    return {"type": "modal", "title": plain("Title"), "submit": plain("Send"), "blocks": list(blocks), **more}


DIVIDERS = [{"type": "divider"}] * 24

MESSAGES = [
    pytest.param(
        [section("x" * 3001)],
        "must be less than 3001 characters [json-pointer:/blocks/0/text/text]",
        id="section too long",
    ),
    pytest.param(
        [section("x" * 3001)],
        "failed to match all allowed schemas [json-pointer:/blocks/0/text]",
        id="section too long, announced",
    ),
    pytest.param(
        [section(), {"type": "actions", "elements": [button(n) for n in range(26)]}],
        "no more than 25 items allowed [json-pointer:/blocks/1/elements]",
        id="too many buttons",
    ),
    pytest.param(
        [section()] * 51, "no more than 50 items allowed [json-pointer:/blocks]", id="too many blocks"
    ),
    pytest.param(
        [section(), {"type": "actions", "elements": [button(1), button(1)]}],
        '`action_id` "go1" already exists [json-pointer:/blocks/1/elements/1/action_id]',
        id="two buttons, one action_id",
    ),
    pytest.param(
        [{**section(), "block_id": "a"}, {"type": "divider", "block_id": "a"}],
        '`block_id` "a" already exists [json-pointer:/blocks/1/block_id]',
        id="two blocks, one block_id",
    ),
    pytest.param(
        [*DIVIDERS[:3], {"type": "section", "text": {"type": "mrkdwn", "text": "x", "emoji": True}}],
        "invalid additional property: emoji [json-pointer:/blocks/3/text]",
        id="emoji on mrkdwn",
    ),
    pytest.param(
        [{"type": "actions", "elements": [button(1, block_id="b")]}],
        "invalid additional property: block_id [json-pointer:/blocks/0/elements/0]",
        id="block_id on an element",
    ),
    pytest.param(
        [{**section(), "block_id": None}],
        "must provide a string [json-pointer:/blocks/0/block_id]",
        id="null block_id",
    ),
    pytest.param(
        [{**section(), "accessory": None}],
        "must provide an object [json-pointer:/blocks/0/accessory]",
        id="null accessory",
    ),
    pytest.param(
        [{**section(), "fields": None}],
        "must provide an array [json-pointer:/blocks/0/fields]",
        id="null fields",
    ),
    pytest.param(
        [{"type": "section"}],
        "must define either `text` or `fields` [json-pointer:/blocks/0/type]",
        id="section without words",
    ),
    pytest.param(
        [{"type": "container"}],
        "unsupported type: container [json-pointer:/blocks/0/type]",
        id="unknown block",
    ),
]

VIEWS = [
    pytest.param(
        modal(*DIVIDERS[:13], {"type": "section", "fields": [section()["text"]] * 11}),
        "no more than 10 items allowed [json-pointer:/view/blocks/13/fields]",
        id="too many fields",
    ),
    pytest.param(
        modal(
            *DIVIDERS[:7], {"type": "actions", "elements": [{"type": "checkboxes", "options": options(11)}]}
        ),
        "no more than 10 items allowed [json-pointer:/view/blocks/7/elements/0/options]",
        id="too many checkboxes",
    ),
    pytest.param(
        modal(field({"type": "static_select", "options": options(101)})),
        "no more than 100 items allowed [json-pointer:/view/blocks/0/element/options]",
        id="too many options",
    ),
    pytest.param(
        modal(section(), title=plain("x" * 25)),
        "must be less than 25 characters [json-pointer:/view/title/text]",
        id="long title",
    ),
    pytest.param(
        modal(section(), private_metadata="x" * 3001),
        "must be less than 3001 characters [json-pointer:/view/private_metadata]",
        id="long private_metadata",
    ),
    pytest.param(
        modal(
            section(),
            field(
                {
                    "type": "static_select",
                    "options": options(1),
                    "initial_option": {"text": plain("x" * 76), "value": "0"},
                }
            ),
        ),
        "must be less than 76 characters [json-pointer:/view/blocks/1/element/initial_option/text/text]",
        id="long initial option",
    ),
    pytest.param(
        modal(*DIVIDERS[:9], {**section(), "accessory": {"type": "static_select", "options": []}}),
        "must provide at least 1 items [json-pointer:/view/blocks/9/accessory/options]",
        id="empty option list",
    ),
    pytest.param(
        modal(*DIVIDERS, field({"type": "static_select", "options": options(1), "initial_option": None})),
        "must provide an object [json-pointer:/view/blocks/24/element/initial_option]",
        id="null initial option",
    ),
    pytest.param(
        modal(
            *DIVIDERS[:4],
            {
                "type": "actions",
                "elements": [
                    {"type": "checkboxes", "options": options(2), "initial_options": options(3)[2:]}
                ],
            },
        ),
        "must be one of the provided options [json-pointer:/view/blocks/4/elements/0/initial_options]",
        id="initial options that are not offered",
    ),
    pytest.param(
        modal(section(), submit_disabled=True),
        "invalid additional property: submit_disabled [json-pointer:/view]",
        id="submit_disabled",
    ),
    pytest.param(
        modal(section(), state={"values": {}}),
        "invalid additional property: state [json-pointer:/view]",
        id="state sent back",
    ),
    pytest.param(
        modal(section(), submit=None),
        "failed to match all allowed schemas [json-pointer:/view/submit]",
        id="null submit",
    ),
]


@pytest.mark.parametrize(("blocks", "sentence"), MESSAGES)
def test_messages_are_refused_in_slacks_words(blocks: list[Json], sentence: str) -> None:
    """Each recorded refusal of a message is found, with Slack's sentence and pointer."""
    assert sentence in map(str, check_message(blocks))


@pytest.mark.parametrize(("view", "sentence"), VIEWS)
def test_views_are_refused_in_slacks_words(view: Json, sentence: str) -> None:
    """Each recorded refusal of a view is found, and announced as a view that fits no schema."""
    faults = [str(fault) for fault in check_view(view)]
    assert sentence in faults
    assert faults[0] == "failed to match all allowed schemas [json-pointer:/view]"


def test_an_input_needs_a_submit_button() -> None:
    """A modal with an input and no submit is refused, pointing at the input, and nothing else is said."""
    view = modal(section(), section("b"), field({"type": "plain_text_input"}))
    del view["submit"]
    sentence = "must define `submit` to use an `input` block in modals [json-pointer:/view/blocks/2/input]"
    assert [str(fault) for fault in check_view(view)] == [sentence]


def test_an_empty_view_lists_everything_it_lacks() -> None:
    """The recorded answer to an empty view names title, blocks and type."""
    assert [str(fault) for fault in check_view({})] == [
        "missing required field: title [json-pointer:/view]",
        "missing required field: blocks [json-pointer:/view]",
        "missing required field: type [json-pointer:/view]",
    ]


def test_all_faults_are_listed_not_just_the_first() -> None:
    """Two broken blocks give the faults of both."""
    pointers = {fault.pointer for fault in check_message([section(""), {"type": "divider", "text": "x"}])}
    assert pointers == {"/blocks/0/text", "/blocks/0/text/text", "/blocks/1"}


def test_the_answer_repeats_each_fault_as_error_and_as_message() -> None:
    """The refusal carries the sentences twice, once marked as errors, as Slack's answers do."""
    assert refusal([Fault("must provide a string", "/blocks/0/block_id")]) == {
        "errors": ["must provide a string [json-pointer:/blocks/0/block_id]"],
        "response_metadata": {
            "messages": ["[ERROR] must provide a string [json-pointer:/blocks/0/block_id]"]
        },
    }


def test_pointers_start_where_the_caller_says() -> None:
    """The public validator counts from the array itself, so its pointers have no prefix."""
    assert [fault.pointer for fault in check_message([{"type": "x"}], where="")] == ["/0/type"]
