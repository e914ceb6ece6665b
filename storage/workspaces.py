"""A workspace as the rules see it, and the configuration versions behind it."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterable
from dataclasses import replace
from datetime import datetime
from functools import cached_property

from sqlalchemy import Connection, Row, bindparam, insert, select, update

from council.cadence import Change
from council.people import Absence, Channel, Person
from council.workspace import Configuration, Workspace
from storage import wakes
from storage.codec import dump_configuration, load_configuration
from storage.memory import AsOf, Remembered, changed, remembered
from storage.people import find_channels, find_people
from storage.prepared import RAILS, look_anew
from storage.tables import absences, changes, configurations, workspaces
from storage.upserts import upsert

_parsed: dict[str, Configuration] = {}
"""Configurations by the hash of their content: a pure function remembered, safe across workspaces."""
_MOST_PARSED = 64

# Built once: building a statement takes longer than running it.
_ROW = select(workspaces).where(workspaces.c.team == bindparam("team"))
_OF_ABSENCE = (absences.c.id, absences.c.person, absences.c.since, absences.c.until, absences.c.stand_in)
_ABSENCE = select(*_OF_ABSENCE).where(absences.c.team == bindparam("team"), absences.c.id == bindparam("id"))
_ABSENCES = (
    select(*_OF_ABSENCE)
    .where(absences.c.team == bindparam("team"), absences.c.until > bindparam("now"))
    .order_by(absences.c.since, absences.c.id)
)
_CHANGES = (
    select(*(column for column in changes.c if column.name != "team"))
    .where(changes.c.team == bindparam("team"))
    .order_by(changes.c.ceremony, changes.c.on, changes.c.known_from)
)


def install(connection: Connection, team: str, *, name: str, url: str, bot_user: str) -> None:
    """Remember the workspace the bot runs in; keeps everything else as it was."""
    changed(connection, team)
    upsert(connection, workspaces, {"team": team, "name": name, "url": url, "bot_user": bot_user})


def find(connection: Connection, team: str) -> Row[tuple[str, ...]] | None:
    """The workspace's own row: name, url, bot_user, installer."""
    return connection.execute(select(workspaces).where(workspaces.c.team == team)).first()


def keep_installer(connection: Connection, team: str, person: str) -> None:
    """Who installed the bot holds every empty seat until it is named."""
    changed(connection, team)
    connection.execute(update(workspaces).where(workspaces.c.team == team).values(installer=person))


class Known:
    """What is known of a workspace besides its conflicts, as it was when first asked for.

    Lives no longer than one transaction, and costs one read by key while nothing changes. What is changed in
    the same transaction afterwards it does not show; ask a new one.
    """

    def __init__(self, connection: Connection, team: str) -> None:
        self._connection, self._team = connection, team

    @cached_property
    def _held(self) -> Remembered:
        return remembered(self._connection, self._team)

    def people(self, ids: Iterable[str]) -> dict[str, Person]:
        """Those of the people that are known, by id."""
        held, wanted = self._held.people, sorted(set(ids))
        if unread := [id for id in wanted if id not in held]:
            found = find_people(self._connection, self._team, unread)
            held.update({id: found.get(id) for id in unread})
        return {id: person for id in wanted if (person := held[id])}

    def channels(self, ids: Iterable[str]) -> dict[str, Channel]:
        """Those of the channels that are known, by id."""
        held, wanted = self._held.channels, sorted(set(ids))
        if unread := [id for id in wanted if id not in held]:
            found = find_channels(self._connection, self._team, unread)
            held.update({id: found.get(id) for id in unread})
        return {id: channel for id in wanted if (channel := held[id])}

    def workspace(self, people: Iterable[str] = (), *, now: datetime) -> Workspace | None:
        """The workspace with everybody its rules may meet and `people`; None before anything is set up."""
        if self._held.workspace is None or now < self._held.workspace.as_of:
            whole = self._read(now)
            if whole is None:
                return None
            self._held.workspace = AsOf(now, whole)
        whole = self._held.workspace.workspace
        others = [person for person in people if person not in whole.people]
        return replace(
            whole,
            people={**whole.people, **self.people(others)},
            absences=tuple(absence for absence in whole.absences if absence.until > now),
        )

    def _read(self, now: datetime) -> Workspace | None:
        row = self._connection.execute(_ROW, {"team": self._team}).first()
        if row is None or not row.configuration:
            return None
        configuration = configuration_at(self._connection, self._team, row.configuration)
        absences = _absences(self._connection, self._team, now)
        others = (row.installer, *(absence.stand_in for absence in absences))
        named = {*_named(configuration), *(person for person in others if person)}
        return Workspace(
            team=self._team,
            configuration=configuration,
            version=row.configuration,
            url=row.url,
            people=self.people(named),
            absences=absences,
            changes=_changes(self._connection, self._team),
            installer=row.installer,
        )


def load(connection: Connection, team: str, people: Iterable[str] = (), *, now: datetime) -> Workspace | None:
    """The workspace with everybody its rules may meet and `people`; None before anything is set up."""
    return Known(connection, team).workspace(people, now=now)


def _named(configuration: Configuration) -> set[str]:
    seated = {person for role in configuration.roles for person in (role.holder, role.deputy) if person}
    return seated | set(configuration.admins)


def _absences(connection: Connection, team: str, now: datetime) -> tuple[Absence, ...]:
    found = connection.execute(_ABSENCES, {"team": team, "now": now})
    return tuple(Absence(**row._mapping) for row in found)


def _changes(connection: Connection, team: str) -> tuple[Change, ...]:
    return tuple(Change(**row._mapping) for row in connection.execute(_CHANGES, {"team": team}))


def save_absence(connection: Connection, team: str, id: str, absence: Absence, now: datetime) -> None:
    """Remember an absence, or how it is now; known from now on."""
    changed(connection, team)
    values = {"person": absence.person, "since": absence.since, "until": absence.until}
    row = {"id": id, "team": team, "stand_in": absence.stand_in, "known_from": now}
    upsert(connection, absences, {**row, **values})


def find_absence(connection: Connection, team: str, id: str) -> Absence | None:
    """The absence of that id in this workspace, ended or not."""
    row = connection.execute(_ABSENCE, {"team": team, "id": id}).first()
    return Absence(**row._mapping) if row else None


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
    changed(connection, team)
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
    look_anew(connection, team, (ceremony.key for ceremony in configuration.ceremonies), now)
    wakes.arm(connection, team, RAILS, now)
    return version


def _hash(connection: Connection, team: str, version: int) -> str:
    here = (configurations.c.team == team, configurations.c.version == version)
    return str(connection.execute(select(configurations.c.hash).where(*here)).scalar_one())
