"""Everything in a message that would make somebody's phone buzz."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Any, Literal, get_args

from sandbox.mrkdwn.parsing import parse
from sandbox.mrkdwn.rich_text import rich_text
from sandbox.mrkdwn.token import Token

PingKind = Literal["user", "usergroup", "special"]
KINDS: tuple[str, ...] = get_args(PingKind)


@dataclass(frozen=True, slots=True)
class Ping:
    """Somebody who is notified: a user or usergroup by id, or `here`, `channel`, `everyone`."""

    kind: PingKind
    id: str

    def __str__(self) -> str:
        sign = {"user": "@", "usergroup": "!subteam^", "special": "!"}[self.kind]
        return f"<{sign}{self.id}>"


def pings(text: str, blocks: Sequence[dict[str, Any]] = ()) -> list[Ping]:
    """Each notified once, in order of appearance; plain text pings nobody."""
    found = [*_in(parse(text)), *(ping for value in blocks for ping in _of(value))]
    return list(dict.fromkeys(found))


def _in(tokens: Sequence[Token]) -> Iterator[Ping]:
    for token in tokens:
        if token.kind == "user" or token.kind == "usergroup" or token.kind == "special":
            yield Ping(token.kind, token.ref)
        yield from _in(token.children)


def _of(value: object) -> Iterator[Ping]:
    if isinstance(value, list):
        for item in value:
            yield from _of(item)
    elif isinstance(value, dict):
        yield from _of_object(value)


def _of_object(value: dict[str, Any]) -> Iterator[Ping]:
    if value.get("type") in ("mrkdwn", "markdown"):
        yield from _in(parse(value["text"]))
    elif value.get("type") == "rich_text":
        yield from _in(rich_text(value))
    else:
        for part in value.values():
            yield from _of(part)
