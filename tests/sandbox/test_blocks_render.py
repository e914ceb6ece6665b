"""The page shows every block, names every control, and lets no text become markup."""

from __future__ import annotations

from datetime import date
from html.parser import HTMLParser
from typing import Any

import pytest

from sandbox.blocks import check_message, check_view, fill_ids
from sandbox.blocks.elements import ELEMENTS
from sandbox.blocks.render import message_html, view_html

Json = dict[str, Any]
NAMES = {"U1": "Ana", "U2": "<i>Bob</i>", "C1": "general", "S1": "legal"}
EVIL = '"><script>alert(1)</script>'
READER = (NAMES, "Europe/Berlin", date(2026, 11, 21))


def words(text: str = "Words") -> Json:
    return {"type": "plain_text", "text": text}


def option(value: str) -> Json:
    return {"text": words(f"Option {value}"), "value": value}


def field(element: Json, **more: object) -> Json:
    return {"type": "input", "block_id": "b", "label": words("Label"), "element": element, **more}


def modal(*blocks: Json, **more: object) -> Json:
    listed = fill_ids(blocks)
    return {"type": "modal", "title": words("Title"), "submit": words("Send"), "blocks": listed, **more}


class Page(HTMLParser):
    """Every tag with its attributes, and all the text."""

    def __init__(self, html: str) -> None:
        super().__init__()
        self.tags: list[tuple[str, dict[str, str | None]]] = []
        self.text = ""
        self.feed(html)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.append((tag, dict(attrs)))

    def handle_data(self, data: str) -> None:
        self.text += data

    def controls(self) -> list[tuple[str, dict[str, str | None]]]:
        return [(tag, attrs) for tag, attrs in self.tags if "data-action-id" in attrs]


MUST: dict[str, Json] = {
    "static_select": {"options": [option("1"), option("2")], "initial_option": option("2")},
    "multi_static_select": {"option_groups": [{"label": words("Group"), "options": [option("1")]}]},
    "checkboxes": {"options": [option("1"), option("2")], "initial_options": [option("2")]},
    "radio_buttons": {"options": [option("1"), option("2")]},
    "users_select": {"initial_user": "U1"},
    "datepicker": {"initial_date": "2026-11-21"},
    "timepicker": {"initial_time": "09:30"},
    "datetimepicker": {"initial_date_time": 1795300205},
    "plain_text_input": {"multiline": True, "initial_value": EVIL, "max_length": 100},
    "number_input": {"is_decimal_allowed": True, "min_value": "1", "initial_value": "2.5"},
}
INPUTS = [name for name, kind in ELEMENTS.items() if "I" in kind.places]


@pytest.mark.parametrize("kind", INPUTS)
def test_every_input_is_a_control_with_a_label(kind: str) -> None:
    """Each element that fits an input block is shown with its ids and named by the block's label."""
    view = modal(field({"type": kind, "action_id": "a", **MUST.get(kind, {})}))
    assert check_view(view) == []
    page = Page(view_html(view, *READER))
    [(tag, attrs)] = page.controls()
    assert (attrs["data-type"], attrs["data-block-id"], attrs["data-action-id"]) == (kind, "b", "a")
    labels = {attributes.get("for") for name, attributes in page.tags if name == "label"}
    assert (tag == "fieldset" and "legend" in dict(page.tags)) or attrs["id"] in labels
    assert "Label" in page.text


@pytest.mark.parametrize(
    ("kind", "tag", "attribute", "value"),
    [
        ("datepicker", "input", "value", "2026-11-21"),
        ("timepicker", "input", "value", "09:30"),
        ("datetimepicker", "input", "value", "2026-11-21T23:30"),
        ("number_input", "input", "value", "2.5"),
        ("number_input", "input", "min", "1"),
        ("plain_text_input", "textarea", "maxlength", "100"),
    ],
)
def test_fields_show_what_they_hold(kind: str, tag: str, attribute: str, value: str) -> None:
    """Initial values and bounds stand in the field, moments in the reader's zone."""
    page = Page(view_html(modal(field({"type": kind, **MUST[kind]})), *READER))
    [(shown, attrs)] = page.controls()
    assert (shown, attrs[attribute]) == (tag, value)


def test_what_was_typed_stands_over_the_initial_value() -> None:
    """The state of a view wins over what its blocks began with."""
    view = modal(field({"type": "static_select", "action_id": "a", **MUST["static_select"]}))
    view["state"] = {"values": {"b": {"a": {"type": "static_select", "selected_option": option("1")}}}}
    chosen = [attrs["value"] for tag, attrs in Page(view_html(view, *READER)).tags if "selected" in attrs]
    assert chosen == ["1"]


def test_people_are_offered_by_name() -> None:
    """A user menu offers the people the reader knows, and nobody else."""
    page = Page(view_html(modal(field({"type": "users_select"})), *READER))
    assert {attrs["value"] for tag, attrs in page.tags if tag == "option"} == {"", "U1", "U2"}
    assert "<i>Bob</i>" in page.text


FILE = {"type": "image", "alt_text": EVIL, "slack_file": {"id": "F"}}
YES_AND_NO = {"confirm": words("Yes"), "deny": words("No")}
MESSAGE: list[Json] = [
    {"type": "header", "text": words(EVIL)},
    {
        "type": "section",
        "text": {"type": "mrkdwn", "text": "*bold* <@U2> &lt;script&gt;"},
        "fields": [words("Field")],
        "accessory": {"type": "overflow", "options": [option("1"), option("2")]},
    },
    {"type": "divider"},
    {
        "type": "context",
        "elements": [words("Small"), {"type": "image", "alt_text": EVIL, "slack_file": {"id": "F"}}],
    },
    {
        "type": "actions",
        "elements": [
            {
                "type": "button",
                "text": words("Go"),
                "value": EVIL,
                "style": "danger",
                "url": "javascript:alert(1)",
                "confirm": {
                    "title": words("Sure?"),
                    "text": words(EVIL),
                    "confirm": words(),
                    "deny": words(),
                },
            },
            {"type": "external_select", "placeholder": words("Find")},
        ],
    },
    {"type": "image", "alt_text": "A chart", "image_url": "https://x.org/a.png", "title": words("Chart")},
    {
        "type": "rich_text",
        "elements": [{"type": "rich_text_section", "elements": [{"type": "text", "text": EVIL}]}],
    },
    {"type": "markdown", "text": EVIL},
    {"type": "table", "rows": [[{"type": "raw_text", "text": EVIL}]]},
    {
        "type": "context_actions",
        "elements": [
            {
                "type": "feedback_buttons",
                "positive_button": {"text": words("Good"), "value": "1"},
                "negative_button": {"text": words("Bad"), "value": "0"},
            }
        ],
    },
]


def test_a_message_of_every_block_shows_its_words_and_no_foreign_markup() -> None:
    """Every block is there, hostile words are words, and a button leads only to the web."""
    assert check_message(MESSAGE) == []
    page = Page(message_html(fill_ids(MESSAGE), *READER))
    assert not {"script", "i"} & {tag for tag, _ in page.tags}
    assert page.text.count(EVIL) == 5
    for part in ("bold", "@<i>Bob</i>", "Field", "Small", "Go", "Chart", "Good", "Bad"):
        assert part in page.text
    assert not any("data-url" in attrs for _, attrs in page.tags)
    assert [attrs["data-type"] for _, attrs in page.controls()] == [
        *("overflow", "overflow"),
        "button",
        "external_select",
        *("feedback_buttons", "feedback_buttons"),
    ]


def test_a_button_keeps_its_value_and_its_question() -> None:
    """Quotes in a value or a confirmation stay inside their attribute."""
    page = Page(message_html(fill_ids(MESSAGE), *READER))
    [(_, attrs)] = [control for control in page.controls() if control[1]["data-type"] == "button"]
    assert attrs["value"] == EVIL
    assert "Sure?" in (attrs["data-confirm"] or "")
    assert "danger" in (attrs["class"] or "")


def test_controls_outside_inputs_have_a_name_of_their_own() -> None:
    """Menus without a label are named for a screen reader by their placeholder or their kind."""
    page = Page(message_html(fill_ids(MESSAGE), *READER))
    names = [attrs.get("aria-label") for tag, attrs in page.tags if tag in ("summary", "select", "input")]
    assert names == ["More actions", "Find"]


def test_a_modal_ends_with_its_buttons_and_a_home_has_none() -> None:
    """Submit and close carry the words of the view; without close words it says Cancel."""
    assert "Cancel" in Page(view_html(modal(MESSAGE[0]), *READER)).text
    home = {"type": "home", "blocks": fill_ids(MESSAGE[:1])}
    assert not [tag for tag, _ in Page(view_html(home, *READER)).tags if tag == "button"]
