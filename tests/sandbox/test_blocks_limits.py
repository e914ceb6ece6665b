"""Every limit of the tables at its boundary: N passes, N + 1 is refused with Slack's sentence."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest

from sandbox.blocks import check_message

Json = dict[str, Any]
Build = Callable[[int], Any]


def plain(size: int) -> Json:
    return {"type": "plain_text", "text": "x" * size}


def mrkdwn(size: int) -> Json:
    return {"type": "mrkdwn", "text": "x" * size}


def section(**more: object) -> Json:
    return {"type": "section", "text": mrkdwn(1), **more}


def actions(*elements: Json) -> Json:
    return {"type": "actions", "elements": list(elements)}


def button(**more: object) -> Json:
    return {"type": "button", "text": plain(1), **more}


def options(count: int) -> list[Json]:
    return [{"text": plain(1), "value": str(number)} for number in range(count)]


def one_option(**more: object) -> Json:
    return {"type": "static_select", "options": [{"text": plain(1), "value": "1", **more}]}


def confirm(**more: object) -> Json:
    words = {"title": plain(1), "text": plain(1), "confirm": plain(1), "deny": plain(1)}
    return actions(button(confirm={**words, **more}))


def field(**element: object) -> Json:
    return {"type": "input", "label": plain(1), "element": element}


def typed(**more: object) -> Json:
    return field(type="plain_text_input", **more)


def image(**more: object) -> Json:
    return {"type": "image", "alt_text": "x", "image_url": "https://example.org/a.png", **more}


def video(**more: object) -> Json:
    where = "https://example.org/v"
    return {
        "type": "video",
        "alt_text": "x",
        "title": plain(1),
        "thumbnail_url": where,
        "video_url": where,
        **more,
    }


def url(size: int) -> str:
    return "https://example.org/".ljust(size, "x")


def groups(count: int) -> list[Json]:
    return [{"label": plain(1), "options": options(1)}] * count


CHARACTERS: list[tuple[str, Build, int, str]] = [
    ("section text", lambda n: section(text=mrkdwn(n)), 3000, "/text/text"),
    ("section field", lambda n: section(fields=[mrkdwn(n)]), 2000, "/fields/0/text"),
    ("block_id", lambda n: section(block_id="x" * n), 255, "/block_id"),
    ("header", lambda n: {"type": "header", "text": plain(n)}, 150, "/text/text"),
    ("input label", lambda n: typed() | {"label": plain(n)}, 2000, "/label/text"),
    ("input hint", lambda n: typed() | {"hint": plain(n)}, 2000, "/hint/text"),
    ("image alt text", lambda n: image(alt_text="x" * n), 2000, "/alt_text"),
    ("image title", lambda n: image(title=plain(n)), 2000, "/title/text"),
    ("image url", lambda n: image(image_url=url(n)), 3000, "/image_url"),
    ("video title", lambda n: video(title=plain(n)), 199, "/title/text"),
    ("video author", lambda n: video(author_name="x" * n), 49, "/author_name"),
    ("markdown", lambda n: {"type": "markdown", "text": "x" * n}, 12_000, "/text"),
    ("context text", lambda n: {"type": "context", "elements": [mrkdwn(n)]}, 3000, "/elements/0/text"),
    ("button text", lambda n: actions(button(text=plain(n))), 75, "/elements/0/text/text"),
    ("button value", lambda n: actions(button(value="x" * n)), 2000, "/elements/0/value"),
    ("button url", lambda n: actions(button(url=url(n))), 3000, "/elements/0/url"),
    (
        "button label",
        lambda n: actions(button(accessibility_label="x" * n)),
        75,
        "/elements/0/accessibility_label",
    ),
    ("action_id", lambda n: actions(button(action_id="x" * n)), 255, "/elements/0/action_id"),
    ("option text", lambda n: actions(one_option(text=plain(n))), 75, "/elements/0/options/0/text/text"),
    ("option value", lambda n: actions(one_option(value="x" * n)), 150, "/elements/0/options/0/value"),
    (
        "option description",
        lambda n: actions(one_option(description=plain(n))),
        75,
        "/elements/0/options/0/description/text",
    ),
    (
        "option group label",
        lambda n: field(type="static_select", option_groups=[{"label": plain(n), "options": options(1)}]),
        75,
        "/element/option_groups/0/label/text",
    ),
    ("placeholder", lambda n: typed(placeholder=plain(n)), 150, "/element/placeholder/text"),
    ("initial value", lambda n: typed(initial_value="x" * n), 3000, "/element/initial_value"),
    ("confirm title", lambda n: confirm(title=plain(n)), 100, "/elements/0/confirm/title/text"),
    ("confirm text", lambda n: confirm(text=mrkdwn(n)), 300, "/elements/0/confirm/text/text"),
    ("confirm button", lambda n: confirm(confirm=plain(n)), 30, "/elements/0/confirm/confirm/text"),
    ("deny button", lambda n: confirm(deny=plain(n)), 30, "/elements/0/confirm/deny/text"),
]

COUNTS: list[tuple[str, Build, int, str]] = [
    ("fields", lambda n: section(fields=[mrkdwn(1)] * n), 10, "/fields"),
    ("context elements", lambda n: {"type": "context", "elements": [plain(1)] * n}, 10, "/elements"),
    ("actions", lambda n: actions(*[button()] * n), 25, "/elements"),
    ("overflow", lambda n: actions({"type": "overflow", "options": options(n)}), 5, "/elements/0/options"),
    ("radio buttons", lambda n: field(type="radio_buttons", options=options(n)), 10, "/element/options"),
    ("checkboxes", lambda n: field(type="checkboxes", options=options(n)), 10, "/element/options"),
    ("options", lambda n: field(type="multi_static_select", options=options(n)), 100, "/element/options"),
    (
        "option groups",
        lambda n: field(type="static_select", option_groups=groups(n)),
        100,
        "/element/option_groups",
    ),
    (
        "options of a group",
        lambda n: field(type="static_select", option_groups=[{"label": plain(1), "options": options(n)}]),
        100,
        "/element/option_groups/0/options",
    ),
    (
        "feedback",
        lambda n: {
            "type": "context_actions",
            "elements": [{"type": "icon_button", "icon": "trash", "text": plain(1)}] * n,
        },
        5,
        "/elements",
    ),
    (
        "table columns",
        lambda n: {"type": "table", "rows": [[{"type": "raw_text", "text": "x"}] * n]},
        20,
        "/rows/0",
    ),
    (
        "table rows",
        lambda n: {"type": "table", "rows": [[{"type": "raw_text", "text": "x"}]] * n},
        100,
        "/rows",
    ),
]


def ids(table: list[tuple[str, Build, int, str]]) -> list[Any]:
    return [pytest.param(*row, id=name) for name, *row in table]


@pytest.mark.parametrize(("build", "limit", "pointer"), ids(CHARACTERS))
def test_texts_end_where_slack_ends_them(build: Build, limit: int, pointer: str) -> None:
    """A text of one character and of the limit pass; none and one more are refused with the sentence."""
    assert check_message([build(limit)]) == []
    last = check_message([build(limit + 1)])[-1]
    assert str(last) == f"must be less than {limit + 1} characters [json-pointer:/blocks/0{pointer}]"


@pytest.mark.parametrize(
    ("build", "pointer"),
    [pytest.param(build, at, id=name) for name, build, _, at in CHARACTERS if "url" not in name],
)
def test_no_text_may_be_empty(build: Build, pointer: str) -> None:
    """An empty text is refused wherever it stands: leave the key out instead."""
    assert check_message([build(1)]) == []
    last = check_message([build(0)])[-1]
    assert str(last) == f"must be more than 0 characters [json-pointer:/blocks/0{pointer}]"


@pytest.mark.parametrize(("build", "limit", "pointer"), ids(COUNTS))
def test_lists_end_where_slack_ends_them(build: Build, limit: int, pointer: str) -> None:
    """A list of the limit passes; an empty one and one more are refused with the sentence."""
    assert check_message([build(limit)]) == []
    over, under = check_message([build(limit + 1)]), check_message([build(0)])
    assert [str(fault) for fault in over] == [
        f"no more than {limit} items allowed [json-pointer:/blocks/0{pointer}]"
    ]
    assert f"must provide at least 1 items [json-pointer:/blocks/0{pointer}]" in map(str, under)


def test_markdown_counts_over_all_blocks_of_a_message() -> None:
    """Two markdown blocks may hold 12,000 characters together, not each."""
    halves = [{"type": "markdown", "text": "x" * 6000}] * 2
    assert check_message(halves) == []
    assert [str(fault) for fault in check_message([*halves, {"type": "markdown", "text": "x"}])] == [
        "must be less than 12001 characters [json-pointer:/blocks]"
    ]


def test_a_message_has_one_table() -> None:
    """A second table is refused with Slack's own code."""
    table = {"type": "table", "rows": [[{"type": "raw_text", "text": "x"}]]}
    assert check_message([table]) == []
    assert [fault.message for fault in check_message([table, table])] == ["only_one_table_allowed"]
