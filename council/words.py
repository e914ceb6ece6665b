"""Comparing what people wrote: without case, accents and stop words."""

from __future__ import annotations

import re
import unicodedata
from functools import lru_cache

STOP_WORDS = frozenset(
    """a an and are as at be by can do for from has have how in is it its not of on or our so than that the
    their them they this to was we what which who why will with vs versus und der die das""".split()
)
_WORD = re.compile(r"\w+")
_REMEMBERED = 4096
"""The same sources and rules are compared with every report."""


def fold(text: str) -> str:
    """Lower case without accents, so that *Zürich* and *zurich* are one word."""
    if text.isascii():
        return text.lower()
    decomposed = unicodedata.normalize("NFKD", text.casefold())
    return "".join(char for char in decomposed if not unicodedata.combining(char))


@lru_cache(maxsize=_REMEMBERED)
def content_words(text: str) -> frozenset[str]:
    """The words that carry meaning, folded."""
    return frozenset(words_in_order(text))


def words_in_order(text: str) -> tuple[str, ...]:
    """The same in the order they were written, each once."""
    return tuple(word for word in dict.fromkeys(_WORD.findall(fold(text))) if word not in STOP_WORDS)


def share_enough(one: str, other: str) -> bool:
    """Common words: at least two, and half of the shorter text's."""
    a, b = content_words(one), content_words(other)
    common = len(a & b)
    return common >= 2 and 2 * common >= min(len(a), len(b))
