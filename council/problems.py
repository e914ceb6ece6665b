"""What a check of a configuration finds, and the checks that every section needs."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import timedelta
from zoneinfo import ZoneInfo

from council.cadence import Every
from council.matrix import RESERVED
from council.sentence import Sentence, say
from council.workspace import Configuration

Path = tuple[str | int, ...]
"""The way to a value by the names of the file's sections; positions in lists count from 0."""

LONGEST_NAME = 75
"""Characters; longer ones can't be options in Slack's forms."""

INTERVALS: dict[Every, timedelta] = {
    "week": timedelta(days=7),
    "month": timedelta(days=28),
    "quarter": timedelta(days=84),
    "half-year": timedelta(days=168),
}
"""How soon a ceremony may take place again."""

LONGEST_KEY = 40
_KEY = re.compile(rf"[a-z][a-z0-9_]{{0,{LONGEST_KEY - 1}}}")


@dataclass(frozen=True, slots=True)
class Problem:
    """One thing that can't stay as it is, and where."""

    path: Path
    sentence: Sentence


Found = Iterator[Problem]


def keyed(section: str, rows: Iterable[object]) -> Found:
    """Keys and names: well formed, none twice, none that means something else."""
    keys: set[str] = set()
    names: set[str] = set()
    for index, row in enumerate(rows):
        key, name = str(getattr(row, "key", "")), str(getattr(row, "name", ""))
        if wrong := _key_problem(key, keys):
            yield Problem((section, index, "key"), wrong)
        yield from named((section, index, "name"), name)
        if name.casefold() in names:
            yield Problem((section, index, "name"), say("There are two of the name “{name}”.", name=name))
        keys.add(key)
        names.add(name.casefold())


def _key_problem(key: str, taken: set[str]) -> Sentence | None:
    if not _KEY.fullmatch(key):
        return say(
            "“{key}” is not a key: small letters, digits and _, at most {most}, a letter first.",
            key=key,
            most=LONGEST_KEY,
        )
    if key in RESERVED:
        return say("“{key}” has a meaning of its own; choose another key.", key=key)
    return say("There are two of the key “{key}”.", key=key) if key in taken else None


def named(path: Path, name: str) -> Found:
    """There is a name, and it fits."""
    if not name.strip():
        yield Problem(path, say("The name is empty."))
    elif len(name) > LONGEST_NAME:
        yield Problem(path, say("“{name}” is longer than {most} characters.", name=name, most=LONGEST_NAME))


def known_words(path: Path, words: tuple[str, ...], known: frozenset[str]) -> Found:
    """Each is known, and none is there twice."""
    for index, word in enumerate(words):
        if word not in known:
            yield Problem((*path, index), no_role(word))
        elif word in words[:index]:
            yield Problem((*path, index), say("“{key}” stands here twice.", key=word))


def no_role(key: str) -> Sentence:
    """Why the word names nobody."""
    if key == "deputy":
        return say("“deputy” means the owner's deputy, which makes sense in a chain only.")
    return say("There is no role “{key}”.", key=key)


def role_keys(configuration: Configuration) -> frozenset[str]:
    """The keys of all roles."""
    return frozenset(role.key for role in configuration.roles)


def known_zone(path: Path, zone: str) -> Found:
    """The zone is one of the world's."""
    try:
        ZoneInfo(zone)
    except (KeyError, ValueError, OSError):  # unknown, a path, a folder of zones
        yield Problem(path, say("“{zone}” is not a time zone; write it like Europe/Berlin.", zone=zone))
