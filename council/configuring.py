"""Changing the company in Slack: one edit at a time, checked like a file, on top of what others changed."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass, fields, replace
from typing import Literal, TypeVar

from council.cadence import Ceremony
from council.checks import problems
from council.errors import Invalid, Refused
from council.matrix import RESERVED, ConflictType, PrecedenceRule
from council.people import Person
from council.permissions import administer
from council.problems import LONGEST_KEY, Path, Problem
from council.roles import Role
from council.sentence import Sentence, say
from council.succeeding import succeeded
from council.words import fold
from council.workspace import Configuration, Wordings, Workspace

FORM = "form"
"""The field of a sentence that is about no single field."""
_NO_KEY = re.compile(r"[^a-z0-9]+")

R = TypeVar("R", bound=ConflictType | Role | Ceremony)
M = TypeVar("M", bound=ConflictType | Role | Ceremony | PrecedenceRule | Wordings)


@dataclass(frozen=True, slots=True, kw_only=True)
class PutType:
    """A conflict type as a form leaves it: a new one, or what the one of that key becomes."""

    kind: Literal["put type"] = "put type"
    row: ConflictType


@dataclass(frozen=True, slots=True, kw_only=True)
class UseType:
    """A conflict type is retired, or offered again."""

    kind: Literal["use type"] = "use type"
    key: str
    retired: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class OrderTypes:
    """The types in the order in which the form offers them."""

    kind: Literal["order types"] = "order types"
    keys: tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class PutRule:
    """A number of record: a new one, what `was` becomes, or, without `row`, one that is taken away."""

    kind: Literal["put rule"] = "put rule"
    was: PrecedenceRule | None = None
    row: PrecedenceRule | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class PutRole:
    """A role as a form leaves it."""

    kind: Literal["put role"] = "put role"
    row: Role


@dataclass(frozen=True, slots=True, kw_only=True)
class Succeed:
    """Every seat of somebody who has left goes to one person."""

    kind: Literal["succeed"] = "succeed"
    gone: str
    to: str


@dataclass(frozen=True, slots=True, kw_only=True)
class PutCeremony:
    """A ceremony as a form leaves it."""

    kind: Literal["put ceremony"] = "put ceremony"
    row: Ceremony


@dataclass(frozen=True, slots=True, kw_only=True)
class PutTexts:
    """The texts that the organisation words itself, as a form leaves them."""

    kind: Literal["put texts"] = "put texts"
    texts: Wordings


@dataclass(frozen=True, slots=True, kw_only=True)
class GoBack:
    """Everything as it was in an earlier version."""

    kind: Literal["go back"] = "go back"
    version: int
    to: Configuration


Edit = PutType | UseType | OrderTypes | PutRule | PutRole | Succeed | PutCeremony | PutTexts | GoBack


@dataclass(frozen=True, slots=True, kw_only=True)
class Proposal:
    """An edit and the version that its author saw."""

    edit: Edit
    based_on: int


def configured(edit: Edit, base: Configuration, *, by: Person | None, workspace: Workspace) -> Configuration:
    """The configuration in force with the edit in it; `base` is what its author saw.

    Raises `Refused` for who may not, and `Invalid` with what speaks against it: only what the edit brings,
    each sentence under the field it is about.
    """
    administer(by, workspace)
    before = workspace.configuration
    after = edited(edit, base, before)
    if after == before:
        raise Invalid({FORM: say("Nothing is changed by this.")})
    if wrong := against(edit, before, after):
        raise Invalid(wrong)
    return after


def edited(edit: Edit, base: Configuration, current: Configuration) -> Configuration:
    """The edit on top of `current`; of a row that was changed since `base`, only what the form changed."""
    match edit:
        case PutType(row=row):
            return replace(current, matrix=_put(row, base.matrix, current.matrix))
        case PutRule():
            return replace(current, precedence=_ruled(edit, current.precedence))
        case PutRole(row=row):
            return replace(current, roles=_put(row, base.roles, current.roles))
        case PutCeremony(row=row):
            return replace(current, ceremonies=_put(row, base.ceremonies, current.ceremonies))
        case UseType(key=key, retired=retired):
            matrix = (replace(row, retired=retired) if row.key == key else row for row in current.matrix)
            return replace(current, matrix=tuple(matrix))
        case OrderTypes(keys=keys):
            places = {key: place for place, key in enumerate(keys)}
            return replace(
                current, matrix=tuple(sorted(current.matrix, key=lambda row: places.get(row.key, len(keys))))
            )
        case Succeed(gone=gone, to=to):
            return succeeded(current, gone, to)
        case PutTexts(texts=texts):
            return replace(current, texts=_merged(current.texts, base.texts, texts))
        case GoBack(to=to):
            return to


def _put(row: R, base: tuple[R, ...], current: tuple[R, ...]) -> tuple[R, ...]:
    seen = next((each for each in base if each.key == row.key), None)
    there = {each.key for each in current}
    if seen is None:
        key = free_key(row.key, there) if row.key in there else row.key
        return (*current, replace(row, key=key))
    if row.key not in there:
        raise Refused(say("{name} was removed meanwhile; add it as a new one.", name=row.name))
    return tuple(_merged(each, seen, row) if each.key == row.key else each for each in current)


def _ruled(edit: PutRule, rules: tuple[PrecedenceRule, ...]) -> tuple[PrecedenceRule, ...]:
    if edit.was is None:
        return (*rules, edit.row) if edit.row else rules
    place = rule_place(edit.was, rules)
    if place is None:
        raise Refused(say("This number of record is another one by now; look at the list again."))
    row = (_merged(rules[place], edit.was, edit.row),) if edit.row else ()
    return (*rules[:place], *row, *rules[place + 1 :])


def rule_place(was: PrecedenceRule, rules: tuple[PrecedenceRule, ...]) -> int | None:
    """Where the rule stands now: itself, else what others have made of it for the same scope."""
    if was in rules:
        return rules.index(was)
    alike = [place for place, rule in enumerate(rules) if rule.scope == was.scope]
    return alike[0] if len(alike) == 1 else None


def _merged(current: M, base: M, wanted: M) -> M:
    changed = {
        field.name: getattr(wanted, field.name)
        for field in fields(wanted)
        if getattr(wanted, field.name) != getattr(base, field.name)
    }
    return replace(current, **changed)


def rebased(edit: Edit, base: Configuration, current: Configuration) -> Edit:
    """The same change for who now sees `current`: their row, with what others have changed of it."""
    match edit:
        case PutType(row=row):
            return PutType(row=_again(row, base.matrix, current.matrix))
        case PutRole(row=row):
            return PutRole(row=_again(row, base.roles, current.roles))
        case PutCeremony(row=row):
            return PutCeremony(row=_again(row, base.ceremonies, current.ceremonies))
    return edit


def _again(row: R, base: tuple[R, ...], current: tuple[R, ...]) -> R:
    put = _put(row, base, current)
    if len(put) > len(current):
        return put[-1]
    return next(each for each in put if each.key == row.key)


def free_key(name: str, taken: Iterable[str]) -> str:
    """A key for what is called so: none that is taken, none that means something else."""
    words = _NO_KEY.sub("_", fold(name)).strip("_").lstrip("0123456789_")
    stem = words[: LONGEST_KEY - 4].rstrip("_") or "kind"
    occupied = {*taken, *RESERVED}
    numbered = (f"{stem}_{number}" for number in range(2, len(occupied) + 3))
    return next(key for key in (stem, *numbered) if key not in occupied)


def against(edit: Edit, before: Configuration, after: Configuration) -> dict[str, Sentence]:
    """What speaks against it, by field; not what was so already."""
    known = Counter(_told(problem) for problem in problems(before))
    place = _place(edit, before, after)
    found: dict[str, Sentence] = {}
    for problem in problems(after):
        if known[_told(problem)] > 0:
            known[_told(problem)] -= 1
        else:
            found.setdefault(_field(problem.path, place), problem.sentence)
    return found


def _told(problem: Problem) -> tuple[object, ...]:
    words = tuple(step for step in problem.path if isinstance(step, str))
    return (words, problem.sentence.text, *problem.sentence.facts.values())


def _place(edit: Edit, before: Configuration, after: Configuration) -> Path:
    """Where in the configuration the row of the form stands."""
    match edit:
        case PutType(row=row):
            return ("matrix", _index(row.key, before.matrix, after.matrix))
        case PutRule(was=was):
            place = rule_place(was, before.precedence) if was else None
            return ("precedence", len(before.precedence) if place is None else place)
        case PutRole(row=row):
            return ("roles", _index(row.key, before.roles, after.roles))
        case PutCeremony(row=row):
            return ("ceremonies", _index(row.key, before.ceremonies, after.ceremonies))
    return ()


def _index(key: str, before: tuple[R, ...], after: tuple[R, ...]) -> int:
    """A new one is the last."""
    added = len(after) > len(before)
    found = (place for place, row in enumerate(after) if row.key == key)
    return len(after) - 1 if added else next(found, len(after))


def _field(path: Path, place: Path) -> str:
    """The name of the field, or its way: *timeframe_lead*. Of two names alike it is this one's."""
    if not place or (path[:2] != place and (path[0], path[-1]) != (place[0], "name")):
        return FORM
    return "_".join(step for step in path[2:] if isinstance(step, str)) or FORM
