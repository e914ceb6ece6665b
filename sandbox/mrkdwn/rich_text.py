"""rich_text blocks as the same tokens that mrkdwn gives. Their text is raw: nothing in it is markup."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from sandbox.mrkdwn.token import Kind, Token, words

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Mapping

Json = dict[str, Any]

PIECES: Mapping[str, Callable[[Json], Token]] = {
    "text": lambda piece: words(piece["text"]),
    "link": lambda piece: Token("link", piece.get("text", ""), piece["url"]),
    "emoji": lambda piece: Token("emoji", ref=piece["name"]),
    "user": lambda piece: Token("user", ref=piece["user_id"]),
    "usergroup": lambda piece: Token("usergroup", ref=piece["usergroup_id"]),
    "channel": lambda piece: Token("channel", ref=piece["channel_id"]),
    "broadcast": lambda piece: Token("special", ref=piece["range"]),
    "color": lambda piece: words(piece["value"]),
    "team": lambda piece: words(piece["team_id"]),
    "date": lambda piece: _date(piece),
}
STYLES: tuple[Kind, ...] = ("code", "strike", "italic", "bold")


def rich_text(block: Json) -> list[Token]:
    """The tokens of a valid rich_text block; its sections follow each other line by line."""
    return list(_sections(block["elements"]))


def _date(piece: Json) -> Token:
    shown = Token("date", piece.get("fallback", ""), piece["format"], stamp=piece["timestamp"])
    return Token("link", "", piece["url"], (shown,)) if "url" in piece else shown


def _sections(sections: list[Json]) -> Iterator[Token]:
    for number, section in enumerate(sections):
        if number:
            yield words("\n")
        match section["type"]:
            case "rich_text_list":
                yield from _list(section)
            case "rich_text_quote":
                yield Token("quote", children=_run(section))
            case "rich_text_preformatted":
                yield Token("pre", children=_run(section))
            case _:
                yield from _run(section)


def _list(section: Json) -> Iterator[Token]:
    indent = "  " * section.get("indent", 0)
    for number, item in enumerate(section["elements"]):
        sign = f"{number + 1 + section.get('offset', 0)}." if section["style"] == "ordered" else "•"
        yield words(f"{chr(10) if number else ''}{indent}{sign} ")
        yield from _run(item)


def _run(section: Json) -> tuple[Token, ...]:
    return tuple(_styled(piece) for piece in section["elements"])


def _styled(piece: Json) -> Token:
    token = PIECES[piece["type"]](piece)
    for style in STYLES:
        if piece.get("style", {}).get(style):
            token = Token(style, children=(token,))
    return token
