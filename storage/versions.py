"""The versions of a configuration: who changed what, when and why; and since when each type is as it is."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import Connection, func, select

from council.differences import differences
from council.errors import Unknown
from council.sentence import Sentence, Who, say
from council.workspace import Configuration, Workspace
from storage.conflicts import OPEN
from storage.tables import configurations, in_state
from storage.tables import conflicts as rows
from storage.workspaces import configuration_at

LOOKED_THROUGH = 30
"""So many versions are looked through for when a type was changed last."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Version:
    """One version, and what it changed of the one before. `at` is aware UTC."""

    number: int
    at: datetime
    author: str | None
    reason: str
    changes: tuple[Sentence, ...]

    @property
    def people(self) -> frozenset[str]:
        """Everybody who is named in it."""
        named = (fact for change in self.changes for fact in change.facts.values())
        told = {fact.person for fact in named if isinstance(fact, Who)}
        return frozenset(told | ({self.author} if self.author else set()))


def page(connection: Connection, team: str, most: int, *, below: int | None = None) -> tuple[Version, ...]:
    """The newest versions, or the newest below that number."""
    columns = [configurations.c[name] for name in ("version", "at", "author", "reason", "based_on")]
    query = select(*columns).where(configurations.c.team == team)
    if below is not None:
        query = query.where(configurations.c.version < below)
    found = connection.execute(query.order_by(configurations.c.version.desc()).limit(most))
    return tuple(
        Version(
            number=row.version,
            at=row.at,
            author=row.author,
            reason=row.reason,
            changes=changes(connection, team, row.based_on, row.version),
        )
        for row in found
    )


def changes(connection: Connection, team: str, before: int, after: int) -> tuple[Sentence, ...]:
    """What the later of two versions changes of the earlier; of version 0 there is nothing."""
    old = configuration_at(connection, team, before) if before else None
    return differences(old, configuration_at(connection, team, after))


def find(connection: Connection, team: str, number: int) -> Configuration:
    """That version's configuration; raises `Unknown` when there is none."""
    here = (configurations.c.team == team, configurations.c.version == number)
    if connection.execute(select(configurations.c.version).where(*here)).first() is None:
        raise Unknown(say("There is no such version."))
    return configuration_at(connection, team, number)


def unchanged_since(connection: Connection, workspace: Workspace) -> Mapping[str, datetime]:
    """When each conflict type became what it is; of one older than the versions looked through, none."""
    here = (configurations.c.team == workspace.team, configurations.c.version <= workspace.version)
    query = select(configurations.c.version, configurations.c.at).where(*here)
    newest = connection.execute(query.order_by(configurations.c.version.desc()).limit(LOOKED_THROUGH))
    left = {row.key: row for row in workspace.configuration.matrix}
    since: dict[str, datetime] = {}
    for version in newest:
        there = {row.key: row for row in configuration_at(connection, workspace.team, version.version).matrix}
        left = {key: row for key, row in left.items() if there.get(key) == row}
        since |= dict.fromkeys(left, version.at)
    return since


def open_by_type(connection: Connection, team: str) -> Mapping[str, int]:
    """How many conflicts of each type are open."""
    query = select(rows.c.type, func.count().label("open")).where(rows.c.team == team, in_state(rows, *OPEN))
    return {row.type: row.open for row in connection.execute(query.group_by(rows.c.type))}
