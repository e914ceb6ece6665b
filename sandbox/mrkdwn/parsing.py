"""mrkdwn as Slack reads it: fences first, then quotes line by line, then formatting inside a line.

Mentions inside code count as mentions: refusing too much is the safe side for a test double.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from itertools import groupby

from sandbox.mrkdwn.angle import angle
from sandbox.mrkdwn.escaping import unescape
from sandbox.mrkdwn.token import Kind, Token, words

_FENCE = re.compile(r"```(.+?)```", re.DOTALL)
_QUOTE = re.compile(r"(?:>|&gt;) ?")
_ATOM = re.compile(
    r"<[^<>\n]+>|`[^`\n]+`|:[a-z0-9_+'\-]+(?:::skin-tone-[2-6])?:|https?://[^\s<>|`*]+"
    r"|[*_~\n]|[^<`:*_~\nh]+|.",
    re.DOTALL,
)
_EMOJI = re.compile(r":(?=.*[a-z]|[+-]1:|100:)[^:]+(?:::skin-tone-[2-6])?:")
_FORMATS: dict[str, Kind] = {"*": "bold", "_": "italic", "~": "strike"}


def parse(text: str) -> list[Token]:
    """The tokens of a mrkdwn text, in reading order."""
    tokens: list[Token] = []
    for number, part in enumerate(_FENCE.split(text)):
        if number % 2:
            tokens.append(Token("pre", children=tuple(_marked(part.strip("\n")))))
        else:
            tokens.extend(_lines(part))
    return _joined(tokens)


def _lines(text: str) -> Iterator[Token]:
    for quoted, group in groupby(text.split("\n"), key=lambda line: bool(_QUOTE.match(line))):
        lines = list(group)
        if quoted:
            inside = "\n".join(_QUOTE.sub("", line, count=1) for line in lines)
            yield Token("quote", children=tuple(_inline(inside)))
        else:
            yield from _inline("\n".join(lines))


def _inline(text: str) -> list[Token]:
    return _joined(_formatted(_ATOM.findall(text), frozenset(_FORMATS)))


def _marked(text: str) -> list[Token]:
    """Text in which only what stands in angle brackets means something."""
    parts = re.split(r"(<[^<>\n]+>)", text)
    return [angle(part[1:-1]) if number % 2 else words(unescape(part)) for number, part in enumerate(parts)]


def _formatted(atoms: Sequence[str], open_for: frozenset[str]) -> Iterator[Token]:
    """Tokens of a run of atoms; `open_for` are the marks that may still begin something."""
    place, hopeless = 0, dict.fromkeys(_FORMATS, -1)
    while place < len(atoms):
        mark = atoms[place]
        end = 0
        if mark in open_for and place > hopeless[mark] and _opens(atoms, place):
            end, hopeless[mark] = _closing(atoms, place)
        if end:
            inner = _formatted(atoms[place + 1 : end], open_for - {mark})
            yield Token(_FORMATS[mark], children=tuple(_joined(inner)))
        else:
            yield _atom(mark)
        place = (end or place) + 1


def _opens(atoms: Sequence[str], place: int) -> bool:
    before = atoms[place - 1][-1] if place else " "
    after = atoms[place + 1][0] if place + 1 < len(atoms) else " "
    return not before.isalnum() and not after.isspace() and after != atoms[place]


def _closing(atoms: Sequence[str], start: int) -> tuple[int, int]:
    """Where the mark that opens at `start` closes on its line, or 0 and how far looking again is in vain."""
    for place in range(start + 1, len(atoms)):
        if atoms[place] == "\n":
            return 0, place
        if atoms[place] == atoms[start] and place > start + 1 and _closes(atoms, place):
            return place, -1
    return 0, len(atoms)


def _closes(atoms: Sequence[str], place: int) -> bool:
    after = atoms[place + 1][0] if place + 1 < len(atoms) else " "
    return not atoms[place - 1][-1].isspace() and not after.isalnum()


def _atom(atom: str) -> Token:
    if len(atom) > 2 and atom[0] == "<":
        return angle(atom[1:-1])
    if len(atom) > 2 and atom[0] == "`":
        return Token("code", children=tuple(_marked(atom[1:-1])))
    if _EMOJI.fullmatch(atom):
        return Token("emoji", ref=atom[1:-1])
    if re.match("https?://[^/]", atom):
        return Token("link", ref=unescape(atom))
    return words(unescape(atom))


def _joined(tokens: Sequence[Token] | Iterator[Token]) -> list[Token]:
    """Neighbouring words as one token."""
    joined: list[Token] = []
    for is_text, group in groupby(tokens, key=lambda token: token.kind == "text"):
        run = list(group)
        joined.extend([words("".join(token.text for token in run))] if is_text else run)
    return [token for token in joined if token.kind != "text" or token.text]
