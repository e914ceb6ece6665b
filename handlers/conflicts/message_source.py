"""A message as a signal: what it says, and the app or team it comes from."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from html import unescape
from typing import Any

MOST_SAID = 500
MOST_SOURCE = 75


def signal_of(message: Mapping[str, Any]) -> tuple[str, str]:
    """Source and words of a message; a person's message has no source, the reporter names it."""
    profile = message.get("bot_profile") or {}
    source = str(profile.get("name") or message.get("username") or "")
    said = str(message.get("text") or "").strip() or " ".join(_texts(message.get("blocks") or []))
    return unescape(source)[:MOST_SOURCE], unescape(" ".join(said.split()))[:MOST_SAID]


def _texts(value: Any) -> Iterator[str]:
    """Every text inside blocks, in reading order."""
    if isinstance(value, Mapping):
        text = value.get("text")
        if isinstance(text, str):
            yield text
        for key in ("text", "fields", "elements", "rows", "child_blocks", "title"):
            if isinstance(value.get(key), (Mapping, list)):
                yield from _texts(value[key])
    elif isinstance(value, list):
        for part in value:
            yield from _texts(part)
