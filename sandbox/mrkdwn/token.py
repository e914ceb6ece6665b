"""A token is one meaningful piece of a text: words, formatting, a mention, a link, a moment."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

Kind = Literal[
    "text",
    "bold",
    "italic",
    "strike",
    "code",
    "pre",
    "quote",
    "user",
    "channel",
    "usergroup",
    "special",
    "link",
    "date",
    "emoji",
]


@dataclass(frozen=True, slots=True)
class Token:
    """`ref` is an id, a url, an emoji name, `here` and the like, or a date's format; `text` is unescaped.

    Formatting holds `children` instead of text. A date has its `stamp` in unix
    seconds and its fallback as text.
    """

    kind: Kind
    text: str = ""
    ref: str = ""
    children: tuple[Token, ...] = ()
    stamp: int = 0


def words(text: str) -> Token:
    return Token("text", text)
