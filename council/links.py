"""What counts as a link to a page of the web."""

from __future__ import annotations

from council.errors import Invalid
from council.sentence import say


def is_link(words: str) -> bool:
    """Whether what somebody wrote leads to a page."""
    return words.startswith(("https://", "http://"))


def require_link(link: str, field: str = "link") -> None:
    """Raises `Invalid` under the field for what leads nowhere; nothing typed is fine."""
    if link and not is_link(link):
        raise Invalid({field: say("A link begins with https://.")})
