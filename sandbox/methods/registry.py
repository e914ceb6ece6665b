"""The catalogue of Web API methods: each with its scopes, tokens, tier and wire form."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import TYPE_CHECKING

from sandbox.refusal import Json, Refused

if TYPE_CHECKING:
    from sandbox.grants import Token
    from sandbox.slack import Slack
    from sandbox.wire import Arguments, Request


@dataclass(frozen=True, slots=True)
class Caller:
    """Who calls: the token (None where a method needs none) and the raw request."""

    token: Token | None
    request: Request

    @property
    def user(self) -> str:
        return self.token.person if self.token else ""

    @property
    def scopes(self) -> frozenset[str]:
        return self.token.scopes if self.token else frozenset()


Run = Callable[["Slack", Caller, "Arguments"], Json]


@dataclass(frozen=True, slots=True)
class Method:
    """One method: `scopes` are all needed, of `any_scope` one; `form_only` does not read JSON bodies."""

    name: str
    run: Run
    tier: int
    scopes: tuple[str, ...]
    any_scope: tuple[str, ...]
    kinds: tuple[str, ...]
    form_only: bool
    required: tuple[str, ...]


METHODS: dict[str, Method] = {}

READING_CHANNELS = ("channels:read", "groups:read", "im:read", "mpim:read")
READING_HISTORY = ("channels:history", "groups:history", "im:history", "mpim:history")


def method(
    name: str,
    *,
    tier: int,
    scopes: tuple[str, ...] = (),
    any_scope: tuple[str, ...] = (),
    kinds: tuple[str, ...] = ("bot", "user"),
    form_only: bool = False,
    required: tuple[str, ...] = (),
) -> Callable[[Run], Run]:
    """Enter a function into the catalogue under Slack's name for it."""

    def enter(run: Run) -> Run:
        METHODS[name] = Method(name, run, tier, scopes, any_scope, kinds, form_only, required)
        return run

    return enter


def need_scope(held: frozenset[str], needed: str) -> None:
    """Refuse unless `needed` is among the scopes held."""
    if needed not in held:
        raise Refused("missing_scope", needed=needed, provided=",".join(sorted(held)))
