"""The block table: surfaces, required keys, limits.

Source: Slack's block reference pages, October 2026. The blocks made for AI replies (cards, carousels,
containers, plans, data tables, charts) are refused as unsupported: stricter than Slack, never laxer.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from sandbox.blocks.elements import ELEMENTS
from sandbox.blocks.objects import ANY_TEXT, ID, PICTURE, URL, WEB_URL, plain, text
from sandbox.blocks.relations import no_dispatch_with_files, one_of, some_of
from sandbox.blocks.rich_text import RICH_TEXT
from sandbox.blocks.rules import (
    Check,
    Choice,
    Flag,
    Integer,
    Items,
    Keys,
    Kind,
    Kinds,
    OrNull,
    Shape,
    String,
)

if TYPE_CHECKING:
    from collections.abc import Mapping

MARKDOWN_LIMIT = 12_000

_words = text(3000, ANY_TEXT)


def _block(
    surfaces: str,
    must: Keys,
    may: Keys | None = None,
    also: tuple[Check, ...] = (),
) -> Kind:
    return Kind(surfaces, Shape(must, {"block_id": ID, **(may or {})}, also))


def _context_elements() -> Kinds:
    texts = {
        "plain_text": Kind("MDH", Shape({"text": String(3000)}, {"emoji": Flag()}), "C"),
        "mrkdwn": Kind("MDH", Shape({"text": String(3000)}, {"verbatim": Flag()}), "C"),
    }
    return Kinds({**ELEMENTS, **texts}, "C")


CELLS = Kinds({"raw_text": Kind("M", Shape({"text": String(3000)})), "rich_text": RICH_TEXT})
COLUMN = Shape(may={"align": Choice(("left", "center", "right")), "is_wrapped": Flag()})

BLOCKS: Mapping[str, Kind] = {
    "section": _block(
        "MDH",
        must={},
        may={
            "text": _words,
            "fields": Items(text(2000), 1, 10),
            "accessory": Kinds(ELEMENTS, "S"),
            "expand": Flag(),
        },
        also=(some_of("text", "fields"),),
    ),
    "header": _block("MDH", {"text": plain(150)}, {"level": Integer(1, 4)}),
    "divider": _block("MDH", {}),
    "context": _block("MDH", {"elements": Items(_context_elements(), 1, 10)}),
    "actions": _block("MDH", {"elements": Items(Kinds(ELEMENTS, "A"), 1, 25)}),
    "input": _block(
        "MDH",
        must={"label": plain(2000), "element": Kinds(ELEMENTS, "I")},
        may={"hint": plain(2000), "optional": Flag(), "dispatch_action": Flag()},
        also=(no_dispatch_with_files,),
    ),
    "image": _block(
        "MDH",
        must={"alt_text": String(2000)},
        may={**PICTURE, "title": plain(2000)},
        also=(one_of("image_url", "slack_file"),),
    ),
    "rich_text": RICH_TEXT,
    "video": _block(
        "MDH",
        must={
            "alt_text": String(2000),
            "title": plain(199),
            "thumbnail_url": WEB_URL,
            "video_url": String(3000, pattern="^https://"),
        },
        may={
            "title_url": URL,
            "description": plain(199),
            "author_name": String(49),
            "provider_name": String(255),
            "provider_icon_url": WEB_URL,
        },
    ),
    "markdown": _block("M", {"text": String(MARKDOWN_LIMIT)}),
    "table": _block(
        "M",
        must={"rows": Items(Items(CELLS, 1, 20), 1, 100)},
        may={"column_settings": Items(OrNull(COLUMN), 1, 20)},
    ),
    "alert": _block(
        "D", {"text": _words}, {"level": Choice(("default", "info", "warning", "error", "success"))}
    ),
    "context_actions": _block("M", {"elements": Items(Kinds(ELEMENTS, "X"), 1, 5)}),
}

BLOCK = Kinds(BLOCKS)
MESSAGE_BLOCKS = Items(BLOCK, 0, 50)
VIEW_BLOCKS = Items(BLOCK, 1, 100)

REMEMBERED: Keys = {
    "private_metadata": String(3000, shortest=0),
    "callback_id": String(255, shortest=0),
    "external_id": String(255, shortest=0),
}
VIEWS: Mapping[str, Kind] = {
    "modal": Kind(
        "D",
        Shape(
            must={"title": plain(24), "blocks": VIEW_BLOCKS},
            may={
                "submit": plain(24),
                "close": plain(24),
                "clear_on_close": Flag(),
                "notify_on_close": Flag(),
                **REMEMBERED,
            },
        ),
    ),
    "home": Kind("H", Shape({"blocks": VIEW_BLOCKS}, REMEMBERED)),
}
