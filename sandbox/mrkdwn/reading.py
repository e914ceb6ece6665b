"""A whole message or view in the order in which a person reads it."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from sandbox.mrkdwn.emoji import pictured
from sandbox.mrkdwn.parsing import parse
from sandbox.mrkdwn.reader import Reader
from sandbox.mrkdwn.rich_text import rich_text

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence
    from datetime import date

Json = dict[str, Any]

# What is read of a block or element, in this order; everything else is for machines.
READ = (
    "title",
    "text",
    "fields",
    "label",
    "accessory",
    "elements",
    "element",
    "placeholder",
    "hint",
    "options",
    "option_groups",
    "description",
    "rows",
    "alt_text",
    "author_name",
    "positive_button",
    "negative_button",
)


def blocks_plain(blocks: Sequence[Json], names: Mapping[str, str], zone: str, today: date) -> str:
    """Every readable text of the blocks, one line each, buttons and options included."""
    reader = Reader(names, zone, today)
    return "\n".join(line for block in blocks for line in _lines(block, reader))


def view_plain(view: Json, names: Mapping[str, str], zone: str, today: date) -> str:
    """A view from its title over its blocks to its buttons."""
    buttons = [view[key]["text"] for key in ("submit", "close") if key in view]
    title = [view["title"]["text"]] if "title" in view else []
    return "\n".join([*title, blocks_plain(view["blocks"], names, zone, today), *buttons])


def _lines(value: Any, reader: Reader) -> Iterator[str]:
    if isinstance(value, str):
        yield value
    elif isinstance(value, list):
        for item in value:
            yield from _lines(item, reader)
    elif isinstance(value, dict):
        yield from _object(value, reader)


def _object(value: Json, reader: Reader) -> Iterator[str]:
    match value.get("type"):
        case "mrkdwn" | "markdown":
            yield reader.plain(parse(value["text"]))
        case "rich_text":
            yield reader.plain(rich_text(value))
        case "plain_text":
            yield pictured(value["text"]) if value.get("emoji", True) else value["text"]
        case _:
            for key in READ:
                yield from _lines(value.get(key), reader)
