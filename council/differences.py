"""What a new configuration changes, in words: for whoever is about to say yes to it."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import Any

from council.fields import (
    CEREMONY_FIELDS,
    CHANNEL_FIELDS,
    COUNCIL_FIELDS,
    HOURS_FIELDS,
    ROLE_FIELDS,
    RULE_FIELDS,
    TEXT_FIELDS,
    TYPE_FIELDS,
    Fields,
)
from council.matrix import PrecedenceRule
from council.sentence import Sentence, Who, say
from council.workspace import Configuration

Said = Iterator[Sentence]


def differences(old: Configuration | None, new: Configuration) -> tuple[Sentence, ...]:
    """One sentence per change, in the order of the file; none when nothing changes."""
    if old is None:
        first = say("A first configuration, for {zone}.", zone=new.hours.zone)
        return (first, *_changes(Configuration(hours=new.hours), new))
    return tuple(_changes(old, new))


def _changes(old: Configuration, new: Configuration) -> Said:
    was, will = _Side(old), _Side(new)
    yield from _fields(HOURS_FIELDS, was.of(old.hours), will.of(new.hours))
    yield from _fields(CHANNEL_FIELDS, was.of(old.channels), will.of(new.channels))
    yield from _admins(old.admins, new.admins)
    yield from _fields(TEXT_FIELDS, was.of(old.texts), will.of(new.texts))
    for section in SECTIONS:
        if section.name == "matrix":
            yield from _fields(COUNCIL_FIELDS, was.of(old.council), will.of(new.council))
        yield from _rows(section, was, will)


@dataclass(frozen=True, slots=True)
class _Row:
    """A row, or a section of which there is one, in its configuration."""

    value: Any
    configuration: Configuration


@dataclass(frozen=True, slots=True)
class _Side:
    """What was, or what will be."""

    configuration: Configuration

    def of(self, value: Any) -> _Row:
        return _Row(value, self.configuration)

    def rows(self, section: _Section) -> dict[object, _Row]:
        """The section's rows by what makes them the same ones on both sides."""
        seen: Counter[object] = Counter()
        rows: dict[object, _Row] = {}
        for value in getattr(self.configuration, section.name):
            identity = section.identity(value)
            seen[identity] += 1
            rows[identity, seen[identity]] = self.of(value)
        return rows


@dataclass(frozen=True, slots=True)
class _Section:
    """A list of rows: what one is called, what stays the same when it changes, its fields."""

    name: str
    noun: str
    fields: Fields
    identity: Callable[[Any], object]
    title: Callable[[Any, Configuration], str]
    telling: frozenset[str]
    """What is said of a new row."""


def _key(row: Any) -> object:
    return row.key


def _name(row: Any, _configuration: Configuration) -> str:
    return str(row.name)


def _scope(rule: PrecedenceRule) -> object:
    return rule.scope


def _rule_title(rule: Any, configuration: Configuration) -> str:
    name = next((row.name for row in configuration.matrix if row.key == rule.type), rule.type)
    return ", ".join((name, *filter(None, (rule.metric, rule.segment, rule.account))))


SECTIONS = (
    _Section("roles", "role", ROLE_FIELDS, _key, _name, frozenset({"holder", "deputy"})),
    _Section("matrix", "conflict type", TYPE_FIELDS, _key, _name, frozenset({"owner", "timeframe"})),
    _Section("precedence", "number of record", RULE_FIELDS, _scope, _rule_title, frozenset({"stands"})),
    _Section("ceremonies", "ceremony", CEREMONY_FIELDS, _key, _name, frozenset({"every", "day", "at"})),
)
PLURALS = {
    "role": "roles",
    "conflict type": "conflict types",
    "number of record": "numbers of record",
    "ceremony": "ceremonies",
}


def _rows(section: _Section, was: _Side, will: _Side) -> Said:
    before, after = was.rows(section), will.rows(section)
    for identity, row in before.items():
        if identity not in after:
            name = section.title(row.value, row.configuration)
            yield say("Removed {noun}: {name}", noun=section.noun, name=name)
    for identity, row in after.items():
        name = section.title(row.value, row.configuration)
        if identity in before:
            yield from _fields(section.fields, before[identity], row, name)
        else:
            yield from _added(section, row, name)
    kept = [identity for identity in before if identity in after]
    if kept != [identity for identity in after if identity in before]:
        yield say("The order of the {rows} changes", rows=PLURALS[section.noun])


def _added(section: _Section, row: _Row, name: str) -> Said:
    """The row and the most important things it says."""
    told = [entry for entry in section.fields if entry[1] in section.telling]
    shown = {attribute: show(getattr(row.value, attribute), row.configuration) for _, attribute, show in told}
    parts = "".join(f"; {label.lower()}: {{{attribute}}}" for label, attribute, _ in told)
    yield say("New {noun}: {row}" + parts, noun=section.noun, row=name, **shown)


def _fields(fields: Fields, before: _Row, after: _Row, name: str = "") -> Said:
    for label, attribute, shown in fields:
        old, new = getattr(before.value, attribute), getattr(after.value, attribute)
        if attribute == "retired" and old != new:
            yield say("Retired: {name}" if new else "Offered again: {name}", name=name)
        elif old != new:
            facts = {"before": shown(old, before.configuration), "after": shown(new, after.configuration)}
            if facts["before"] == facts["after"]:
                yield say("{what} of {name} changes", what=label, name=name or "the workspace")
            elif name:
                yield say("{what} of {name}: {before} → {after}", what=label, name=name, **facts)
            else:
                yield say("{what}: {before} → {after}", what=label, **facts)


def _admins(old: tuple[str, ...], new: tuple[str, ...]) -> Said:
    for person in new:
        if person not in old:
            yield say("New admin: {who}", who=Who(person))
    for person in old:
        if person not in new:
            yield say("{who} is no longer an admin", who=Who(person))
    if old != new and set(old) == set(new):
        yield say("The order of the admins changes")
