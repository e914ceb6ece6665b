"""What stands between angle brackets: mentions, links and dates."""

from __future__ import annotations

import re

from sandbox.mrkdwn.escaping import unescape
from sandbox.mrkdwn.token import Token, words

BROADCASTS = frozenset({"here", "channel", "everyone"})
_DATE = re.compile(
    r"!date\^(?P<stamp>-?\d{1,12})\^(?P<format>[^^|]+)(?:\^(?P<link>[^|]*))?\|(?P<fallback>.+)"
)
_LINK = re.compile(r"(?:https?|mailto|tel|ftp|sips?|slack):", re.IGNORECASE)


def angle(inside: str) -> Token:
    """The token of `<inside>`; what Slack does not know stays as it was written."""
    target, _, label = inside.partition("|")
    label = unescape(label)
    match target[:1]:
        case "@" if _is_id(target[1:], "UW"):
            return Token("user", label, target[1:])
        case "#" if _is_id(target[1:], "CGD"):
            return Token("channel", label, target[1:])
        case "!":
            return _special(inside, target[1:], label)
        case _ if _LINK.match(target):
            return Token("link", label, unescape(target))
    return words(f"<{unescape(inside)}>")


def _is_id(text: str, letters: str) -> bool:
    return text[:1] in tuple(letters) and text.isascii() and text.isalnum()


def _special(inside: str, name: str, label: str) -> Token:
    if name in BROADCASTS:
        return Token("special", label, name)
    if name.startswith("subteam^") and _is_id(name[8:], "S"):
        return Token("usergroup", label, name[8:])
    date = _DATE.fullmatch(inside)
    if date is None:
        return words(f"<{unescape(inside)}>")
    shown = Token("date", unescape(date["fallback"]), unescape(date["format"]), stamp=int(date["stamp"]))
    return Token("link", "", unescape(date["link"]), (shown,)) if date["link"] else shown
