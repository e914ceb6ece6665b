"""What modals and home views may hold, and what only the whole of a view can tell."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest

from sandbox.blocks import check_message, check_view, view_too_large

Json = dict[str, Any]


def plain(text: str = "x") -> Json:
    return {"type": "plain_text", "text": text}


SECTION: Json = {"type": "section", "text": plain()}


def field(**element: object) -> Json:
    return {"type": "input", "label": plain(), "element": element}


def modal(*blocks: Json, **more: object) -> Json:
    listed = list(blocks) or [SECTION]
    return {"type": "modal", "title": plain(), "submit": plain(), "blocks": listed, **more}


def home(*blocks: Json, **more: object) -> Json:
    return {"type": "home", "blocks": list(blocks) or [SECTION], **more}


def sentences(view: object) -> list[str]:
    return [str(fault) for fault in check_view(view)]


@pytest.mark.parametrize(
    ("build", "limit", "pointer"),
    [
        (lambda n: modal(title=plain("x" * n)), 24, "title/text"),
        (lambda n: modal(submit=plain("x" * n)), 24, "submit/text"),
        (lambda n: modal(close=plain("x" * n)), 24, "close/text"),
        (lambda n: modal(private_metadata="x" * n), 3000, "private_metadata"),
        (lambda n: modal(callback_id="x" * n), 255, "callback_id"),
        (lambda n: modal(external_id="x" * n), 255, "external_id"),
    ],
)
def test_texts_of_a_view_end_where_slack_ends_them(
    build: Callable[[int], Json], limit: int, pointer: str
) -> None:
    """The limit passes and one character more is refused with the sentence."""
    assert check_view(build(limit)) == []
    sentence = f"must be less than {limit + 1} characters [json-pointer:/view/{pointer}]"
    assert sentences(build(limit + 1))[-1] == sentence


@pytest.mark.parametrize(
    ("element", "limit", "pointer"),
    [
        (lambda n: {"type": "file_input", "max_files": n}, 10, "max_files"),
        (lambda n: {"type": "plain_text_input", "max_length": n}, 3000, "max_length"),
        (lambda n: {"type": "plain_text_input", "min_length": n}, 3000, "min_length"),
    ],
)
def test_numbers_end_where_slack_ends_them(element: Callable[[int], Json], limit: int, pointer: str) -> None:
    """The greatest number passes and the next is refused."""
    assert check_view(modal(field(**element(limit)))) == []
    sentence = f"must be less than {limit} [json-pointer:/view/blocks/0/element/{pointer}]"
    assert sentences(modal(field(**element(limit + 1))))[-1] == sentence


@pytest.mark.parametrize("build", [modal, home])
def test_a_view_holds_one_to_a_hundred_blocks(build: Callable[..., Json]) -> None:
    """A hundred blocks pass; none and a hundred and one are refused."""
    assert check_view(build(*[SECTION] * 100)) == []
    assert "no more than 100 items allowed [json-pointer:/view/blocks]" in sentences(build(*[SECTION] * 101))
    assert "must provide at least 1 items [json-pointer:/view/blocks]" in sentences(build(blocks=[]))


@pytest.mark.parametrize("key", ["title", "submit", "close", "notify_on_close"])
def test_a_home_has_no_title_and_no_buttons_of_its_own(key: str) -> None:
    """What belongs to a modal is refused on a home tab."""
    assert f"invalid additional property: {key} [json-pointer:/view]" in sentences(home(**{key: plain()}))


HERE_NOT_THERE = [
    ("markdown", {"type": "markdown", "text": "x"}, "M"),
    ("alert", {"type": "alert", "text": plain()}, "D"),
    ("table", {"type": "table", "rows": [[{"type": "raw_text", "text": "x"}]]}, "M"),
    ("email", field(type="email_text_input"), "D"),
    ("url", field(type="url_text_input"), "D"),
    ("number", field(type="number_input", is_decimal_allowed=False), "D"),
    ("file", field(type="file_input"), "D"),
    ("rich text", field(type="rich_text_input"), "DH"),
    ("date and time", field(type="datetimepicker"), "MD"),
    ("text", field(type="plain_text_input"), "MDH"),
    ("header", {"type": "header", "text": plain()}, "MDH"),
]


@pytest.mark.parametrize(
    ("block", "surfaces"), [pytest.param(block, where, id=name) for name, block, where in HERE_NOT_THERE]
)
def test_every_kind_keeps_to_its_surfaces(block: Json, surfaces: str) -> None:
    """A block or element on a surface that does not know it is an unsupported type."""
    found = {"M": check_message([block]), "D": check_view(modal(block)), "H": check_view(home(block))}
    assert {surface for surface, faults in found.items() if not faults} == set(surfaces)
    wrong = [faults[-1].message for faults in found.values() if faults]
    assert all(message.startswith("unsupported type: ") for message in wrong)


@pytest.mark.parametrize(
    ("block", "sentence"),
    [
        pytest.param(
            field(type="static_select", options=[{"text": plain(), "value": "1", "url": "https://x.org"}]),
            "invalid additional property: url [json-pointer:/view/blocks/0/element/options/0]",
            id="a link on a select option",
        ),
        pytest.param(
            field(type="static_select"),
            "must define either `options` or `option_groups` [json-pointer:/view/blocks/0/element]",
            id="a select without options",
        ),
        pytest.param(
            field(
                type="static_select",
                options=[{"text": plain(), "value": "1"}],
                initial_option={"text": plain(), "value": "2"},
            ),
            "must be one of the provided options [json-pointer:/view/blocks/0/element/initial_option]",
            id="an initial option that is not offered",
        ),
        pytest.param(
            field(type="plain_text_input", min_length=5, max_length=4),
            "must be less than 4 [json-pointer:/view/blocks/0/element/min_length]",
            id="a least length above the greatest",
        ),
        pytest.param(
            field(type="number_input", is_decimal_allowed=True, min_value="10", max_value="9.5"),
            "must be less than 9.5 [json-pointer:/view/blocks/0/element/min_value]",
            id="a least number above the greatest",
        ),
        pytest.param(
            field(type="number_input", is_decimal_allowed=True, min_value=1),
            "must provide a string [json-pointer:/view/blocks/0/element/min_value]",
            id="bounds are strings",
        ),
        pytest.param(
            field(type="number_input"),
            "missing required field: is_decimal_allowed [json-pointer:/view/blocks/0/element]",
            id="a number says whether it takes decimals",
        ),
        pytest.param(
            {**field(type="file_input"), "dispatch_action": True},
            "invalid additional property: dispatch_action [json-pointer:/view/blocks/0]",
            id="no dispatch of files",
        ),
        pytest.param(
            field(type="datepicker", initial_date="2026-13-01"),
            "input must be a valid: date [json-pointer:/view/blocks/0/element/initial_date]",
            id="a thirteenth month",
        ),
        pytest.param(
            field(type="timepicker", initial_time="24:00"),
            "input must be a valid: time [json-pointer:/view/blocks/0/element/initial_time]",
            id="a twenty-fifth hour",
        ),
        pytest.param(
            field(type="conversations_select", filter={}),
            "must have minimum 1 properties [json-pointer:/view/blocks/0/element/filter]",
            id="an empty filter",
        ),
        pytest.param(
            field(type="conversations_select", filter={"include": ["im", "im"]}),
            "Input contains duplicate items [json-pointer:/view/blocks/0/element/filter/include]",
            id="a filter that repeats itself",
        ),
        pytest.param(
            {"type": "actions", "elements": [{"type": "button", "text": plain(), "style": "default"}]},
            "must be a valid enum value [json-pointer:/view/blocks/0/elements/0/style]",
            id="an unknown style",
        ),
        pytest.param(
            {"type": "image", "alt_text": "x", "image_url": "https://x.org", "slack_file": {"id": "F1"}},
            "must define either `image_url` or `slack_file`, not both [json-pointer:/view/blocks/0]",
            id="an image from two places",
        ),
        pytest.param(
            {"type": "actions", "elements": [{"type": "channels_select", "response_url_enabled": True}]},
            "invalid additional property: response_url_enabled [json-pointer:/view/blocks/0/elements/0]",
            id="a response_url outside an input",
        ),
        pytest.param(
            {"type": "input", "label": {"type": "mrkdwn", "text": "x"}, "element": {"type": "datepicker"}},
            "unsupported type: mrkdwn [json-pointer:/view/blocks/0/label/type]",
            id="a label is plain text",
        ),
    ],
)
def test_what_does_not_fit_together_is_refused(block: Json, sentence: str) -> None:
    """Keys that contradict each other, and values of the wrong form, have their sentence."""
    assert sentence in sentences(modal(block))


def test_only_one_element_takes_the_focus() -> None:
    """A second focus_on_load is refused, whichever blocks hold the two."""
    one, two = (field(type="datepicker", focus_on_load=True, action_id=name) for name in ("a", "b"))
    assert check_view(modal(one)) == []
    assert [fault.pointer for fault in check_view(modal(one, two))] == [
        "/view/blocks/1/element/focus_on_load"
    ]


def test_one_action_id_may_stand_in_two_blocks() -> None:
    """State is kept by block and action, so only the same block may not repeat an action_id."""
    element: Json = {"type": "plain_text_input", "action_id": "words"}
    assert check_view(modal(field(**element), field(**element))) == []


def test_a_view_weighs_at_most_250_kilobytes() -> None:
    """The size is that of the JSON in UTF-8, so an umlaut counts twice."""
    assert not view_too_large({"a": "x" * (250_000 - 8)})
    assert view_too_large({"a": "x" * (250_000 - 7)})
    assert view_too_large({"a": "ä" * 125_000})


@pytest.mark.parametrize("view", [None, [], "modal", {"type": 1}, {"type": "dialog"}])
def test_what_is_no_view_is_refused(view: object) -> None:
    """Anything that is not a modal or a home is refused with one sentence."""
    assert len(check_view(view)) == 1
