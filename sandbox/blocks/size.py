"""How long all the text of a message is, as Slack counts it."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterator

# Measured on chat.postMessage and undocumented (bolt-js issues 2509 and 2867).
MESSAGE_TEXT_LIMIT = 13_200
HEADER_EXTRA = 100

TEXT_KEYS = frozenset({"text", "alt_text", "title", "description", "fallback", "author_name"})
_MARKUP = re.compile(r"&(?:amp|lt|gt);|<[@#!a-zA-Z][^<>\n]*>")
_ESCAPED = {"&": 5, "<": 4, ">": 4}


def message_text_size(blocks: object) -> int:
    """Characters of all texts after entity escaping, and 100 more for each header."""
    return sum(_size(text, raw=raw) for text, raw in _texts(blocks)) + HEADER_EXTRA * _headers(blocks)


def _headers(blocks: object) -> int:
    listed = blocks if isinstance(blocks, list) else ()
    return sum(isinstance(block, dict) and block.get("type") == "header" for block in listed)


def _texts(value: object) -> Iterator[tuple[str, bool]]:
    """Every text and whether it is raw (not mrkdwn), found without recursion."""
    waiting = [value]
    while waiting:
        held = waiting.pop()
        if isinstance(held, list):
            waiting.extend(held)
        elif isinstance(held, dict):
            waiting.extend(part for part in held.values() if isinstance(part, dict | list))
            raw = held.get("type") not in ("mrkdwn", "markdown")
            yield from ((held[key], raw) for key in TEXT_KEYS & held.keys() if isinstance(held[key], str))


def _size(text: str, *, raw: bool) -> int:
    markup = [] if raw else _MARKUP.findall(text)
    rest = text if raw else _MARKUP.sub("", text)
    return sum(map(len, markup)) + sum(_ESCAPED.get(character, 1) for character in rest)
