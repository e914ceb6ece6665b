"""YAML to a tree of texts that know their lines.

Scalars stay the text that was typed: what a text means is decided by the place where it stands. So `NO` is
Norway, `09:00` is a time with or without quotes, and no tool's guess about types gets in between.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any

from ruamel.yaml import YAML
from ruamel.yaml.error import MarkedYAMLError, YAMLError
from ruamel.yaml.events import (
    AliasEvent,
    DocumentStartEvent,
    MappingEndEvent,
    MappingStartEvent,
    ScalarEvent,
    SequenceEndEvent,
    SequenceStartEvent,
)

from storage.company.mistake import Mistake, Path

LARGEST_FILE = 512 * 1024
"""Bytes. A company of hundreds of roles takes a tenth of it."""
DEEPEST = 12
_NOTHING = {"", "~", "null", "Null", "NULL"}
_UNFIT = re.compile(r"[\x00-\x08\x0b-\x1f\x7f\ud800-\udfff]")


@dataclass(slots=True)
class Node:
    """A text (None where nothing was written), a list or a mapping; `keys` are the lines of its keys."""

    line: int
    value: str | list[Node] | dict[str, Node] | None = None
    keys: dict[str, int] = field(default_factory=dict)

    def plain(self) -> Any:
        """The value without lines."""
        match self.value:
            case list(items):
                return [item.plain() for item in items]
            case dict(entries):
                return {key: node.plain() for key, node in entries.items()}
        return self.value

    def line_of(self, path: Path) -> int:
        """The line of the deepest part of the path that was written."""
        if not path:
            return self.line
        first, *rest = path
        if isinstance(self.value, dict) and isinstance(first, str) and first in self.value:
            return self.value[first].line_of(tuple(rest)) if rest else self.keys[first]
        if isinstance(self.value, list) and isinstance(first, int) and first < len(self.value):
            return self.value[first].line_of(tuple(rest))
        return self.line


def parse(content: bytes) -> tuple[Node | None, tuple[Mistake, ...]]:
    """The tree and what is wrong with it as YAML; no tree where it can't be read at all."""
    if len(content) > LARGEST_FILE:
        return None, (Mistake(1, "", f"the file is larger than {LARGEST_FILE // 1024} KB"),)
    try:
        text = content.decode("utf-8-sig")
    except UnicodeDecodeError as problem:
        line = content[: problem.start].count(b"\n") + 1
        return None, (Mistake(line, "", "the file is not UTF-8 text; save it as UTF-8"),)
    growing = _Growing()
    try:
        return growing.tree(_events(text)), tuple(growing.mistakes)
    except _Unreadable as problem:
        return None, (*growing.mistakes, problem.mistake)


class _Unreadable(Exception):
    """From here on nothing can be read."""

    def __init__(self, line: int, reason: str) -> None:
        super().__init__(reason)
        self.mistake = Mistake(line, "", reason)


def _events(text: str) -> Iterator[Any]:
    """What the parser sees; its own complaints in our words."""
    try:
        yield from YAML(typ="safe", pure=True).parse(text)
    except MarkedYAMLError as problem:
        mark = problem.problem_mark or problem.context_mark
        line = mark.line + 1 if mark else 1
        raise _Unreadable(line, f"this is not YAML: {problem.problem or problem.context}") from problem
    except (YAMLError, ValueError, OverflowError) as problem:
        found = _UNFIT.search(text)
        line = text.count("\n", 0, found.start()) + 1 if found else 1
        raise _Unreadable(line, "there is a character that can't be read") from problem


class _Growing:
    """Builds the tree and goes on after every mistake that leaves the rest readable."""

    def __init__(self) -> None:
        self.mistakes: list[Mistake] = []

    def tree(self, events: Iterator[Any]) -> Node:
        """The first document."""
        found: Node | None = None
        for event in events:
            if isinstance(event, DocumentStartEvent):
                if found is not None:
                    raise _Unreadable(
                        event.start_mark.line + 1, "a file holds one company; a second begins here"
                    )
                found = self._node(next(events), events, 0)
        return found or Node(1)

    def _node(self, event: Any, events: Iterator[Any], depth: int) -> Node:
        line = event.start_mark.line + 1
        if depth > DEEPEST:
            raise _Unreadable(line, "brackets or lists are nested too deeply")
        if event.anchor is not None:
            self._note(line, "anchors (&) and aliases (*) are not read here; write the value out")
        if not isinstance(event, AliasEvent) and event.tag not in (None, "!", "tag:yaml.org,2002:str"):
            self._note(line, "types (!) are not read here; leave them out")
        match event:
            case ScalarEvent():
                return self._scalar(event, line)
            case SequenceStartEvent():
                return self._sequence(events, line, depth)
            case MappingStartEvent():
                return self._mapping(events, line, depth)
        return Node(line)

    def _scalar(self, event: ScalarEvent, line: int) -> Node:
        if event.style is None and event.value in _NOTHING:
            return Node(line)
        if _UNFIT.search(event.value):
            self._note(line, "there is a character that can't be shown")
        return Node(line, _UNFIT.sub("", event.value))

    def _sequence(self, events: Iterator[Any], line: int, depth: int) -> Node:
        items: list[Node] = []
        while not isinstance(event := next(events), SequenceEndEvent):
            items.append(self._node(event, events, depth + 1))
        return Node(line, items)

    def _mapping(self, events: Iterator[Any], line: int, depth: int) -> Node:
        entries: dict[str, Node] = {}
        keys: dict[str, int] = {}
        while not isinstance(event := next(events), MappingEndEvent):
            key, at = self._node(event, events, depth + 1), event.start_mark.line + 1
            value = self._node(next(events), events, depth + 1)
            if not isinstance(key.value, str):
                self._note(at, "a name is missing in front of the colon")
            elif key.value in entries:
                self._note(at, f"“{key.value}” stands here twice, first in line {keys[key.value]}")
            else:
                entries[key.value], keys[key.value] = value, at
        return Node(line, entries, keys)

    def _note(self, line: int, reason: str) -> None:
        self.mistakes.append(Mistake(line, "", reason))
