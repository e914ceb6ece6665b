"""The grammar of the tables: what a key may hold, checked in Slack's own words.

Surfaces are one letter each: M message, D modal (dialogue), H home.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from typing import Protocol

from sandbox.blocks.fault import NO_VARIANT, Fault, unsupported

FORMATS: Mapping[str, re.Pattern[str]] = {
    "uri": re.compile(r"[A-Za-z][A-Za-z0-9+.-]*:\S+"),
    "http(s) uri": re.compile(r"https?://[^\s/]\S*", re.IGNORECASE),
    "date": re.compile(r"\d{4}-(0[1-9]|1[0-2])-(0[1-9]|[12]\d|3[01])"),
    "time": re.compile(r"([01]\d|2[0-3]):[0-5]\d"),
}


class Rule(Protocol):
    """What a value must satisfy on one surface; every fault is yielded, not just the first."""

    def faults(self, value: object, at: str, surface: str) -> Iterator[Fault]: ...


Keys = Mapping[str, Rule]
Check = Callable[[Mapping[str, object], str], Iterator[Fault]]


@dataclass(frozen=True, slots=True)
class String:
    longest: int
    shortest: int = 1
    pattern: str = ""
    format: str = ""

    def faults(self, value: object, at: str, surface: str) -> Iterator[Fault]:
        if not isinstance(value, str):
            yield Fault("must provide a string", at)
            return
        if len(value) < self.shortest:
            yield Fault(f"must be more than {self.shortest - 1} characters", at)
        elif len(value) > self.longest:
            yield Fault(f"must be less than {self.longest + 1} characters", at)
        else:
            yield from self._form(value, at)

    def _form(self, value: str, at: str) -> Iterator[Fault]:
        if self.pattern and not re.search(self.pattern, value):
            yield Fault(f"input must match regex pattern: {self.pattern}", at)
        if self.format and not FORMATS[self.format].fullmatch(value):
            yield Fault(f"input must be a valid: {self.format}", at)


@dataclass(frozen=True, slots=True)
class Integer:
    least: int
    most: int

    def faults(self, value: object, at: str, surface: str) -> Iterator[Fault]:
        if isinstance(value, bool) or not isinstance(value, int):
            yield Fault("must provide an integer", at)
        elif value < self.least:
            yield Fault(f"must be greater than {self.least}", at)
        elif value > self.most:
            yield Fault(f"must be less than {self.most}", at)


@dataclass(frozen=True, slots=True)
class Flag:
    def faults(self, value: object, at: str, surface: str) -> Iterator[Fault]:
        if not isinstance(value, bool):
            yield Fault("must be a boolean", at)


@dataclass(frozen=True, slots=True)
class Choice:
    values: tuple[str, ...]

    def faults(self, value: object, at: str, surface: str) -> Iterator[Fault]:
        if not isinstance(value, str):
            yield Fault("must provide a string", at)
        elif value not in self.values:
            yield Fault("must be a valid enum value", at)


@dataclass(frozen=True, slots=True)
class Items:
    item: Rule
    least: int
    most: int
    unique: bool = False

    def faults(self, value: object, at: str, surface: str) -> Iterator[Fault]:
        if not isinstance(value, list):
            yield Fault("must provide an array", at)
            return
        if len(value) < self.least:
            yield Fault(f"must provide at least {self.least} items", at)
        if len(value) > self.most:
            yield Fault(f"no more than {self.most} items allowed", at)
        words = [item for item in value if isinstance(item, str)]
        if self.unique and len(set(words)) < len(words):
            yield Fault("Input contains duplicate items", at)
        for number, item in enumerate(value):
            yield from self.item.faults(item, f"{at}/{number}", surface)


@dataclass(frozen=True, slots=True)
class OrNull:
    """The one place where Slack takes a null: a column of a table that keeps its defaults."""

    rule: Rule

    def faults(self, value: object, at: str, surface: str) -> Iterator[Fault]:
        if value is not None:
            yield from self.rule.faults(value, at, surface)


@dataclass(frozen=True, slots=True)
class Shape:
    """A closed object: keys it must have, keys it may have, and what must hold between them."""

    must: Keys = field(default_factory=dict)
    may: Keys = field(default_factory=dict)
    also: tuple[Check, ...] = ()
    least: int = 0

    def faults(self, value: object, at: str, surface: str) -> Iterator[Fault]:
        if not isinstance(value, dict):
            yield Fault("must provide an object", at)
            return
        if len(value) < self.least:
            yield Fault(f"must have minimum {self.least} properties", at)
        yield from self._keys(value, at)
        for key, rule in {**self.must, **self.may}.items():
            if key in value:
                yield from rule.faults(value[key], f"{at}/{key}", surface)
        for check in self.also:
            yield from check(value, at)

    def _keys(self, value: Mapping[str, object], at: str) -> Iterator[Fault]:
        for key in self.must:
            if key not in value:
                yield Fault(f"missing required field: {key}", at)
        for key in value:
            if key not in self.must and key not in self.may:
                yield Fault(f"invalid additional property: {key}", at)


@dataclass(frozen=True, slots=True)
class Kind:
    """A shape with the surfaces it may appear on and, for elements, the places inside blocks."""

    surfaces: str
    shape: Shape
    places: str = ""


@dataclass(frozen=True, slots=True)
class Kinds:
    """An object whose `type` chooses its shape from a table."""

    table: Mapping[str, Kind]
    place: str = ""

    def faults(self, value: object, at: str, surface: str) -> Iterator[Fault]:
        if not isinstance(value, dict):
            yield Fault("must provide an object", at)
        elif "type" not in value:
            yield Fault("missing required field: type", at)
        elif not isinstance(value["type"], str):
            yield Fault("must provide a string", f"{at}/type")
        else:
            yield from self._chosen(value, value["type"], at, surface)

    def _chosen(self, value: dict[str, object], name: str, at: str, surface: str) -> Iterator[Fault]:
        kind = self.table.get(name)
        if kind is None or surface not in kind.surfaces or self.place not in kind.places:
            yield unsupported(name, at)
            return
        rest = {key: held for key, held in value.items() if key != "type"}
        yield from kind.shape.faults(rest, at, surface)


@dataclass(frozen=True, slots=True)
class Variant:
    """A rule whose faults Slack announces with a line of their own."""

    rule: Rule

    def faults(self, value: object, at: str, surface: str) -> Iterator[Fault]:
        found = list(self.rule.faults(value, at, surface))
        if found:
            yield Fault(NO_VARIANT, at)
        yield from found
