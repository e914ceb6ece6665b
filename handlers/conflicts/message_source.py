"""A message as a signal: what it says, and the app it comes from."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from html import unescape
from typing import Any

MOST_SOURCE = 75
NOTHING_TO_SHOW = "This content can't be displayed."
"""What Slack gives as the text of a message that has none beside its blocks."""
CARRIERS = (
    "title",
    "text",
    "fields",
    "elements",
    "rows",
    "child_blocks",
    "rich_text_title",
    "blocks",
    "pretext",
    "value",
)
"""The keys under which words stand in blocks and old-style attachments, in reading order."""
SILENT = frozenset({"actions", "image", "button", "overflow", "divider"})
_TOKEN = re.compile(r"<([^<>|]*)(?:\|([^<>]*))?>")
_SPOKEN = {"#": "#channel", "!": "@group", "@": "@somebody"}


def signal_of(message: Mapping[str, Any], bot: str = "") -> tuple[str, str]:
    """Source and words of a message; a person's message has no source, the reporter names it.

    `bot` is our own user id: what we post ourselves is nobody's signal.
    """
    said = _joined(message.get("blocks")) if _app(message) else ""
    said = said or _text(message) or _joined(message.get("blocks")) or _joined(message.get("attachments"))
    source = "" if message.get("user") == bot and bot else _app(message)
    return source[:MOST_SOURCE], said


def _app(message: Mapping[str, Any]) -> str:
    """The name of the app that wrote it; empty for a person."""
    profile = message.get("bot_profile") or {}
    return unescape(str(profile.get("name") or message.get("username") or "")).strip()


def _text(message: Mapping[str, Any]) -> str:
    text = str(message.get("text") or "").strip()
    return "" if text == NOTHING_TO_SHOW else _plain(text)


def _joined(value: Any) -> str:
    return " ".join(" ".join(_words(value)).split())


def _words(value: Any) -> Iterator[str]:
    """Every word inside blocks or attachments, in reading order; buttons say nothing."""
    if isinstance(value, list):
        for part in value:
            yield from _words(part)
    elif isinstance(value, Mapping) and value.get("type") not in SILENT:
        yield from _named(value)
        for key in CARRIERS:
            found = value.get(key)
            yield from [_plain(found)] if isinstance(found, str) else _words(found)


def _named(element: Mapping[str, Any]) -> Iterator[str]:
    """Elements of rich text that carry no text of their own."""
    match element.get("type"):
        case "link" if not element.get("text"):
            yield str(element.get("url") or "")
        case "emoji":
            yield f":{element.get('name')}:"
        case "user" | "usergroup" | "broadcast":
            yield "@somebody"
        case "date":
            yield str(element.get("fallback") or "")


def _plain(mrkdwn: str) -> str:
    """Markup as the words it shows, on one line."""
    return " ".join(unescape(_TOKEN.sub(_shown, mrkdwn)).split())


def _shown(token: re.Match[str]) -> str:
    target, label = token[1], token[2]
    if label:
        return f"{target[0]}{label}" if target[:1] in "@#" and target else label
    return _SPOKEN.get(target[:1], target)
