"""Words in Jinja2, in a sandbox that can neither call, compute nor reach anything; what it shows is escaped.

Texts hold words only, never the structure of a message. The templates stand in the folder `texts`.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from datetime import datetime
from types import CodeType
from typing import Any

import structlog
from jinja2 import PackageLoader, StrictUndefined, Template, nodes
from jinja2.exceptions import SecurityError, TemplateError, TemplateSyntaxError
from jinja2.runtime import Context
from jinja2.sandbox import ImmutableSandboxedEnvironment

from handlers import kit

log = structlog.get_logger(__name__)

MOST_TEMPLATE = 4000
MOST_TEXT = 6000
MOST_NESTED = 2
"""Loops within loops: more could count for hours without ever showing a word."""
FILTERS = ("default", "first", "join", "last", "length", "lower", "upper")
TESTS = ("defined", "none")
ALLOWED = (
    nodes.Template,
    nodes.Output,
    nodes.TemplateData,
    nodes.Name,
    nodes.Const,
    nodes.Getattr,
    nodes.Filter,
    nodes.Test,
    nodes.If,
    nodes.CondExpr,
    nodes.For,
    nodes.Compare,
    nodes.Operand,
    nodes.And,
    nodes.Or,
    nodes.Not,
)
"""What a text may be made of. No assignment, so that no string can be doubled over and over."""


class Mrkdwn(str):
    """Our own markup: the only string that is shown unescaped. Joining or filtering it loses the mark."""

    __slots__ = ()


def _shown(value: Any) -> str:
    return str(value) if isinstance(value, Mrkdwn) else kit.escape(str(value))


class Texts(ImmutableSandboxedEnvironment):
    """The environment of every text.

    Raises TemplateSyntaxError, with its line and the reason, for a text that asks for more than words.
    """

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
        self.tests = {name: self.tests[name] for name in TESTS}

    def compile(  # type: ignore[override]
        self,
        source: str,
        name: str | None = None,
        filename: str | None = None,
        raw: bool = False,
        defer_init: bool = False,
    ) -> str | CodeType:
        """Compile what is nothing but words, fields, filters, choices and loops."""
        if len(source) > MOST_TEMPLATE:
            raise TemplateSyntaxError(f"longer than {MOST_TEMPLATE} characters", 1, name, filename)
        tree = self.parse(source, name, filename)
        for child in tree.iter_child_nodes():
            _check(child, 0)
        return super().compile(tree, name, filename, raw, defer_init)  # type: ignore[call-overload, no-any-return]

    def call_binop(self, context: Context, operator: str, left: Any, right: Any) -> Any:
        """No arithmetic: a text could otherwise ask for a string of a billion characters."""
        raise SecurityError("no arithmetic in texts")

    def is_safe_callable(self, obj: Any) -> bool:
        """No calls: fields and filters only."""
        return False

    def write(self, name: str, facts: Mapping[str, Any]) -> str:
        """The shipped text of that name with these facts."""
        return capped(self.get_template(f"{name}.j2"), facts)

    def source(self, name: str) -> str:
        """The shipped text of that name as it is written."""
        loader = self.loader
        assert loader is not None
        return loader.get_source(self, f"{name}.j2")[0]

    def worded(self, name: str, own: str, facts: Mapping[str, Any]) -> str:
        """The text as the organisation words it; as shipped when it has not, or when its own fails.

        What failed is logged: a message never stays away for a broken text.
        """
        if not own:
            return self.write(name, facts)
        try:
            words = capped(self.from_string(own), facts)
        except TemplateError as broken:
            log.warning("a reworded text failed", text=name, cause=str(broken))
            words = ""
        return words or self.write(name, facts)

    def mistake(self, source: str, facts: Mapping[str, Any]) -> str:
        """What is wrong with a reworded text, with its line, tried with these facts; empty: nothing is."""
        try:
            words = capped(self.from_string(source), facts)
        except TemplateSyntaxError as broken:
            return f"line {broken.lineno}: {broken.message}"
        except TemplateError as broken:
            return f"{broken.message}"
        return "" if words else "it says nothing"


def _check(node: nodes.Node, loops: int) -> None:
    if not isinstance(node, ALLOWED) or (isinstance(node, nodes.Name) and node.name == "self"):
        raise TemplateSyntaxError(f"{type(node).__name__} is not possible in a text", node.lineno)
    loops += isinstance(node, nodes.For)
    if loops > MOST_NESTED or (isinstance(node, nodes.For) and node.recursive):
        raise TemplateSyntaxError("too many loops within loops", node.lineno)
    for child in node.iter_child_nodes():
        _check(child, loops)


def capped(template: Template, facts: Mapping[str, Any]) -> str:
    """The text, and rendering ends where it is long enough."""
    return kit.clip("".join(_pieces(template, facts)).strip(), MOST_TEXT)


def _pieces(template: Template, facts: Mapping[str, Any]) -> Iterator[str]:
    room = MOST_TEXT + 1
    for piece in template.generate(facts):
        yield piece[:room]
        room -= len(piece)
        if room <= 0:
            return


def moment(instant: datetime, zone: str) -> Mrkdwn:
    """An instant as a Slack date token."""
    return Mrkdwn(kit.when(instant, zone))
