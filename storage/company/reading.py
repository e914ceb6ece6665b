"""Reading a company's file: all mistakes at once, each with its line, and never a traceback."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import Any, TypeVar

from pydantic import ValidationError
from pydantic_core import ErrorDetails

from council.sentence import Sentence
from storage.company.mistake import Mistake, Path
from storage.company.rows import Closed, CompanyRow
from storage.company.tree import Node, parse
from storage.company.wording import path_of, reason_of, row_at

ROUNDS = 3
T = TypeVar("T")


@dataclass(frozen=True, slots=True)
class CompanyFile:
    """What was read. Where there are mistakes, `rows` has examples in the places of what was wrong, so that
    the rest can be looked through; `mended` names those places. Nothing of it may be kept then."""

    tree: Node
    rows: CompanyRow | None
    mistakes: tuple[Mistake, ...] = ()
    mended: tuple[Path, ...] = ()

    def mistake(self, path: Path, reason: str) -> Mistake:
        """A mistake found later on at this place."""
        return Mistake(self.tree.line_of(path), where(self.tree, path), reason)

    def people(self) -> Iterator[tuple[Path, str]]:
        """Every place that names a person, and the id or e-mail address there."""
        if self.rows:
            yield from _listed(("workspace", "admins"), self.rows.workspace.admins)
            for index, role in enumerate(self.rows.roles):
                for name in ("holder", "deputy"):
                    if word := getattr(role, name):
                        yield ("roles", index, name), word

    def channels(self) -> Iterator[tuple[Path, str]]:
        """Every place that names a channel, and the id or name there."""
        if self.rows:
            for name, word in self.rows.workspace.channels:
                if word:
                    yield ("workspace", "channels", name), word
            for index, row in enumerate(self.rows.matrix):
                if row.home_channel:
                    yield ("matrix", index, "home_channel"), row.home_channel
            for index, ceremony in enumerate(self.rows.ceremonies):
                if ceremony.channel:
                    yield ("ceremonies", index, "channel"), ceremony.channel

    def is_mended(self, path: Path) -> bool:
        """True where an example stands in: what is wrong there was said already."""
        return any(path[: len(place)] == place for place in self.mended)


def read(content: bytes) -> CompanyFile:
    """Read the file's bytes."""
    tree, mistakes = parse(content)
    if tree is None:
        return CompanyFile(Node(1), None, mistakes)
    if not isinstance(tree.value, dict):
        reason = (
            "the file is empty" if tree.value is None else "names with values belong here, like “version: 1”"
        )
        return CompanyFile(tree, None, (*mistakes, Mistake(tree.line, "", reason)))
    rows, errors, mended = _rows(tree.plain())
    found = {Mistake(tree.line_of(path), where(tree, path), reason) for path, reason in errors}
    return CompanyFile(tree, rows, tuple(sorted({*mistakes, *found})), mended)


def words(sentence: Sentence) -> str:
    """A sentence of the council as a reason, with keys and ids as they stand in the file."""
    return sentence.text.format_map(sentence.facts).rstrip(".")


def where(tree: Node, path: Path) -> str:
    """The place by the names people gave: matrix.lead_quality.owner."""
    spoken: list[str] = []
    node: Node | None = tree
    for step in path:
        node = _below(node, step)
        key = _below(node, "key") if isinstance(step, int) else None
        named = key.value if key and isinstance(key.value, str) else None
        spoken.append(named or (str(step + 1) if isinstance(step, int) else step))
    return ".".join(spoken)


def _below(node: Node | None, step: str | int) -> Node | None:
    value = node.value if node else None
    if isinstance(value, dict) and isinstance(step, str):
        return value.get(step)
    if isinstance(value, list) and isinstance(step, int) and step < len(value):
        return value[step]
    return None


def _listed(path: Path, words: Iterable[str]) -> Iterator[tuple[Path, str]]:
    return (((*path, index), word) for index, word in enumerate(words))


def _rows(data: Any) -> tuple[CompanyRow | None, tuple[tuple[Path, str], ...], tuple[Path, ...]]:
    """The rows; what is wrong; where something was put in its place."""
    found: list[tuple[Path, str]] = []
    mended: list[Path] = []
    for round_ in range(ROUNDS):
        try:
            return CompanyRow.model_validate(data), tuple(found), tuple(mended)
        except ValidationError as problem:
            errors = problem.errors(include_url=False)
        known = {_row_of(place) for place in mended}
        for error in errors:
            path = path_of(error)
            if _row_of(path) not in known:  # what an example has caused is nobody's mistake
                found.append((path, reason_of(error)))
            mended.append(_mend(data, error, thoroughly=round_ > 0))
    return None, tuple(found), tuple(mended)


def _mend(data: Any, error: ErrorDetails, *, thoroughly: bool) -> Path:
    """Put an example where the mistake is, or leave the part out if it may be; returns what was changed.

    Thoroughly: the whole row, for mistakes that only show beside one another.
    """
    path = path_of(error)
    if "timeframe" in path:
        path = path[: path.index("timeframe") + 1]
    if thoroughly or error["type"].startswith("model"):
        return _mend_row(data, path)
    while path and isinstance(path[-1], int):
        path = path[:-1]
    row, name = row_at(path[:-1]), path[-1]
    parent = _at(data, path[:-1])
    if row and name in row.EXAMPLE:
        parent[name] = row.EXAMPLE[name]
    else:
        parent.pop(name, None)
    return path


def _mend_row(data: Any, path: Path) -> Path:
    """Put the section's or the row's whole example in, under its own key."""
    path = _row_of(path)
    parent, example = _at(data, path[:-1]), _example(path)
    old = _value(parent, path[-1])
    kept = {"key": old["key"]} if isinstance(old, dict) and isinstance(old.get("key"), str) else {}
    parent[path[-1]] = {**example, **kept}
    return path


def _row_of(path: Path) -> Path:
    return path[: 2 if len(path) > 1 and isinstance(path[1], int) else 1]


def _example(path: Path) -> dict[str, Any]:
    row: type[Closed] | None = row_at(path)
    return dict(row.EXAMPLE) if row else {}


def _at(data: Any, path: Path) -> Any:
    for step in path:
        data = data[step]
    return data


def _value(parent: Any, step: str | int) -> Any:
    return parent.get(step) if isinstance(parent, dict) else parent[step]
