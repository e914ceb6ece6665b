"""Tokens as one reader sees them: their names, their zone, their day."""

from __future__ import annotations

from dataclasses import dataclass
from html import escape as safe
from typing import TYPE_CHECKING

from sandbox.mrkdwn.dates import shown
from sandbox.mrkdwn.emoji import picture
from sandbox.mrkdwn.parsing import parse

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping
    from datetime import date

    from sandbox.mrkdwn.token import Token

TAGS = {
    "bold": "strong",
    "italic": "em",
    "strike": "del",
    "code": "code",
    "pre": "pre",
    "quote": "blockquote",
}
SIGNS = {"user": "@", "usergroup": "@", "special": "@", "channel": "#"}
SAFE_SCHEMES = ("http:", "https:", "mailto:")


@dataclass(frozen=True, slots=True)
class Reader:
    """`names` gives the name of a user, channel or group by id; `zone` is an IANA name."""

    names: Mapping[str, str]
    zone: str
    today: date

    def plain(self, tokens: Iterable[Token]) -> str:
        """The words a person reads, without the marks of formatting."""
        return "".join(map(self._plain, tokens))

    def html(self, tokens: Iterable[Token]) -> str:
        """Safe HTML: everything is escaped, and only web and mail links lead anywhere."""
        return "".join(map(self._html, tokens))

    def _plain(self, token: Token) -> str:
        if token.kind == "quote":
            lines = self.plain(token.children).split("\n")
            return "\n".join(f"> {line}" for line in lines)
        if token.kind == "link":
            return self.plain(token.children) or token.text or token.ref.removeprefix("mailto:")
        return self.plain(token.children) if token.children else self._leaf(token)

    def _leaf(self, token: Token) -> str:
        if token.kind in SIGNS:
            return SIGNS[token.kind] + (self.names.get(token.ref) or token.text or token.ref)
        if token.kind == "date":
            return shown(token.stamp, token.ref, token.text, self.zone, self.today)
        return picture(token.ref) if token.kind == "emoji" else token.text

    def _html(self, token: Token) -> str:
        if token.kind in TAGS:
            tag = TAGS[token.kind]
            return f"<{tag}>{self.html(token.children)}</{tag}>"
        if token.kind == "link":
            return self._link(token)
        text = safe(self._leaf(token)).replace("\n", "<br>")
        if token.kind in SIGNS:
            return f'<span class="mention" data-{token.kind}="{safe(token.ref)}">{text}</span>'
        return f'<time title="{safe(token.text)}">{text}</time>' if token.kind == "date" else text

    def _link(self, token: Token) -> str:
        inside = self.html(token.children) or safe(self._plain(token))
        if not token.ref.lower().startswith(SAFE_SCHEMES):
            return inside
        return f'<a href="{safe(token.ref)}" rel="noopener noreferrer" target="_blank">{inside}</a>'


def plain(text: str, names: Mapping[str, str], zone: str, today: date) -> str:
    """What a person reads of a mrkdwn text."""
    return Reader(names, zone, today).plain(parse(text))


def html(text: str, names: Mapping[str, str], zone: str, today: date) -> str:
    """A mrkdwn text as safe HTML."""
    return Reader(names, zone, today).html(parse(text))
