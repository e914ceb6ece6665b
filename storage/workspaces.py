"""A workspace as the rules see it, and the configuration versions behind it."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterable
from datetime import datetime

from sqlalchemy import Connection, Row, and_, bindparam, insert, select, update

from council.cadence import Change
from council.people import Absence
from council.workspace import Configuration, Workspace
from storage.codec import dump_configuration, load_configuration
from storage.people import find_people, upsert
from storage.tables import absences, changes, configurations, workspaces

_parsed: dict[str, Configuration] = {}
"""Configurations by the hash of their content: a pure function remembered, safe across workspaces."""
_MOST_PARSED = 64

# Built once: building a statement takes longer than running it.
_NOW = (
    select(workspaces, configurations.c.hash)
    .outerjoin(
        configurations,
        and_(
            configurations.c.team == workspaces.c.team,
            configurations.c.version == workspaces.c.configuration,
        ),
    )
    .where(workspaces.c.team == bindparam("team"))
)
_ABSENCES = (
    select(absences.c.person, absences.c.since, absences.c.until, absences.c.stand_in)
    .where(absences.c.team == bindparam("team"), absences.c.until > bindparam("now"))
    .order_by(absences.c.since, absences.c.id)
)
_CHANGES = (
    select(*(column for column in changes.c if column.name != "team"))
    .where(changes.c.team == bindparam("team"))
    .order_by(changes.c.ceremony, changes.c.on)
)


def install(connection: Connection, team: str, *, name: str, url: str, bot_user: str) -> None:
    """Remember the workspace the bot runs in; keeps everything else as it was."""
    upsert(connection, workspaces, {"team": team, "name": name, "url": url, "bot_user": bot_user})


def find(connection: Connection, team: str) -> Row[tuple[str, ...]] | None:
    """The workspace's own row: name, url, bot_user, installer."""
    return connection.execute(select(workspaces).where(workspaces.c.team == team)).first()


def keep_installer(connection: Connection, team: str, person: str) -> None:
    """Who installed the bot holds every empty seat until it is named."""
    connection.execute(update(workspaces).where(workspaces.c.team == team).values(installer=person))


def load(connection: Connection, team: str, people: Iterable[str] = (), *, now: datetime) -> Workspace | None:
    """The workspace with everybody its rules may meet and `people`; None before anything is set up."""
    row = connection.execute(_NOW, {"team": team}).first()
    if row is None or not row.configuration:
        return None
    configuration = _known(connection, team, row.configuration, row.hash)
    wanted = {*_named(configuration), *people, *((row.installer,) if row.installer else ())}
    return Workspace(
        team=team,
        configuration=configuration,
        version=row.configuration,
        url=row.url,
        people=find_people(connection, team, wanted),
        absences=_absences(connection, team, now),
        changes=_changes(connection, team),
        installer=row.installer,
    )


def _named(configuration: Configuration) -> set[str]:
    seated = {person for role in configuration.roles for person in (role.holder, role.deputy) if person}
    return seated | set(configuration.admins)


def _absences(connection: Connection, team: str, now: datetime) -> tuple[Absence, ...]:
    found = connection.execute(_ABSENCES, {"team": team, "now": now})
    return tuple(Absence(**row._mapping) for row in found)


def _changes(connection: Connection, team: str) -> tuple[Change, ...]:
    return tuple(Change(**row._mapping) for row in connection.execute(_CHANGES, {"team": team}))


def save_absence(connection: Connection, team: str, id: str, absence: Absence, now: datetime) -> None:
    """Remember an absence, known from now on."""
    values = {"person": absence.person, "since": absence.since, "until": absence.until}
    connection.execute(
        insert(absences).values(id=id, team=team, stand_in=absence.stand_in, known_from=now, **values)
    )


def configuration_at(connection: Connection, team: str, version: int) -> Configuration:
    """One configuration version, parsed once per content."""
    return _known(connection, team, version, _hash(connection, team, version))


def _known(connection: Connection, team: str, version: int, digest: str) -> Configuration:
    if digest not in _parsed:
        here = (configurations.c.team == team, configurations.c.version == version)
        if len(_parsed) >= _MOST_PARSED:
            _parsed.clear()
        _parsed[digest] = load_configuration(
            connection.execute(select(configurations.c.body).where(*here)).scalar_one()
        )
    return _parsed[digest]


def save_configuration(
    connection: Connection,
    team: str,
    configuration: Configuration,
    *,
    author: str | None,
    reason: str,
    now: datetime,
) -> int:
    """Make it the version in force; saving what is in force already makes no new one. Returns the version."""
    body = dump_configuration(configuration)
    digest = hashlib.sha256(json.dumps(body, sort_keys=True).encode()).hexdigest()
    if find(connection, team) is None:
        connection.execute(insert(workspaces).values(team=team))
    current = connection.execute(
        select(workspaces.c.configuration).where(workspaces.c.team == team).with_for_update()
    ).scalar_one()
    if current and _hash(connection, team, current) == digest:
        return int(current)
    version = int(current) + 1
    row = {"team": team, "version": version, "body": body, "hash": digest, "author": author}
    connection.execute(insert(configurations).values(**row, reason=reason, based_on=current, at=now))
    connection.execute(update(workspaces).where(workspaces.c.team == team).values(configuration=version))
    return version


def _hash(connection: Connection, team: str, version: int) -> str:
    here = (configurations.c.team == team, configurations.c.version == version)
    return str(connection.execute(select(configurations.c.hash).where(*here)).scalar_one())
