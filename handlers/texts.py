"""Words in Jinja2, in a sandbox that can neither call, compute nor reach anything; what it shows is escaped.

Texts hold words only, never the structure of a message. The templates stand in the folder `texts`.
"""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from jinja2 import PackageLoader, StrictUndefined
from jinja2.exceptions import SecurityError
from jinja2.runtime import Context
from jinja2.sandbox import ImmutableSandboxedEnvironment

from handlers import kit

MOST_TEMPLATE = 4000
MOST_TEXT = 6000
FILTERS = ("default", "first", "join", "last", "length", "lower", "upper")


class Mrkdwn(str):
    """Our own markup: the only string that is shown unescaped. Joining or filtering it loses the mark."""

    __slots__ = ()


def _shown(value: Any) -> str:
    return str(value) if isinstance(value, Mrkdwn) else kit.escape(str(value))


class Texts(ImmutableSandboxedEnvironment):
    """The environment of every text."""

    intercepted_binops = frozenset({"+", "-", "*", "/", "//", "%", "**"})

    def __init__(self) -> None:
        super().__init__(
            loader=PackageLoader("handlers", "texts"),
            undefined=StrictUndefined,
            finalize=_shown,
            trim_blocks=True,
            lstrip_blocks=True,
            autoescape=False,
        )
        self.globals.clear()
        self.filters = {name: self.filters[name] for name in FILTERS}

    def call_binop(self, context: Context, operator: str, left: Any, right: Any) -> Any:
        """No arithmetic: a text could otherwise ask for a string of a billion characters."""
        raise SecurityError("no arithmetic in texts")

    def is_safe_callable(self, obj: Any) -> bool:
        """No calls: fields and filters only."""
        return False

    def write(self, name: str, facts: Mapping[str, Any]) -> str:
        """The text of that name with these facts."""
        words = self.get_template(f"{name}.j2").render(facts)
        return kit.clip(words.strip(), MOST_TEXT)


def mrkdwn(words: str) -> Mrkdwn:
    """Mark our own markup."""
    return Mrkdwn(words)


def moment(instant: datetime, zone: str) -> Mrkdwn:
    """An instant as a Slack date token."""
    return Mrkdwn(kit.when(instant, zone))
