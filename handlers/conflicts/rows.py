"""Rows of a list or a story: people's words on one line each, packed into as few blocks as Slack lets us."""

from __future__ import annotations

import re
from collections.abc import Iterable
from typing import Any

from slack_sdk.models.blocks import Block

from handlers import kit

MOST_MESSAGE = 11_000
"""Slack refuses a message whose blocks hold more than about 12,000 characters, counted as escaped."""
_ADDRESS = re.compile(r"https?://[^\s<>|]+")


def one_line(text: str, most: int) -> str:
    """A person's words inside a row: no line break and no code fence reaches the next row."""
    return kit.quoted(" ".join(text.replace("```", "'''").split()), most)


def packed(heading: str, rows: Iterable[str]) -> list[Block]:
    """The rows below their heading, whole, in as few sections as hold them; nothing without rows."""
    blocks: list[Block] = []
    lines = [heading]
    for row in rows:
        if sum(len(line) + 1 for line in lines) + len(row) > kit.MOST_TEXT:
            blocks.append(kit.text("\n".join(lines)))
            lines = []
        lines.append(row)
    return [*blocks, kit.text("\n".join(lines))] if blocks or lines != [heading] else []


def and_more(shown: int, count: int, what: str = "") -> list[str]:
    """*and 41 more*, when there are more than are shown."""
    return [f"_and {count - shown} more{what}_"] if count > shown else []


def address(link: str, label: str) -> str:
    """A link as a link when it is an address of the web, else as the words it is."""
    if len(link) <= 1000 and _ADDRESS.fullmatch(link):
        return kit.link(link.replace("&", "&amp;"), label)
    return one_line(link, 200)


def size(value: Any) -> int:
    """How many characters of text something made of blocks holds."""
    if isinstance(value, Block):
        return size(value.to_dict())
    if isinstance(value, dict):
        own = len(value["text"]) if isinstance(value.get("text"), str) else 0
        return own + sum(size(part) for part in value.values() if isinstance(part, (dict, list)))
    return sum(size(part) for part in value) if isinstance(value, list) else 0


def fitting(blocks: list[Block], most: int) -> list[Block]:
    """As many of the blocks, from the first on, as hold at most so many characters."""
    kept: list[Block] = []
    room = most
    for block in blocks:
        room -= size(block)
        if room < 0:
            break
        kept.append(block)
    return kept
