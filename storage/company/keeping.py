"""A company in the database: what is in force, and one write for all that an import brings."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from sqlalchemy import Connection, select

from council.people import Channel, Person
from council.workspace import Configuration
from storage import workspaces
from storage.company.writing import Names
from storage.people import find_channels, find_people, save_person
from storage.tables import workspaces as workspaces_table
from storage.uncovering import keep_channel
from storage.unit import Unit


@dataclass(frozen=True, slots=True, kw_only=True)
class Brought:
    """What an import brings: the workspace as Slack names it, whom and what was looked up, the company."""

    name: str
    url: str
    bot_user: str
    configuration: Configuration
    people: tuple[Person, ...]
    channels: tuple[Channel, ...]
    installer: str | None
    reason: str


def keep(unit: Unit, brought: Brought) -> int:
    """Save all of it in this one write. Returns the configuration's version."""
    connection, team = unit.connection, unit.team
    workspaces.install(connection, team, name=brought.name, url=brought.url, bot_user=brought.bot_user)
    if brought.installer:
        workspaces.keep_installer(connection, team, brought.installer)
    for person in brought.people:
        save_person(connection, team, person)
    for channel in brought.channels:
        keep_channel(unit, channel)
    return workspaces.save_configuration(
        connection, team, brought.configuration, author=None, reason=brought.reason, now=unit.clock()
    )


def teams(connection: Connection) -> list[str]:
    """The workspaces there are."""
    return list(
        connection.execute(select(workspaces_table.c.team).order_by(workspaces_table.c.team)).scalars()
    )


def in_force(connection: Connection, team: str) -> Configuration | None:
    """The configuration in force; None before anything is set up."""
    row = workspaces.find(connection, team)
    if row is None or not row.configuration:
        return None
    return workspaces.configuration_at(connection, team, row.configuration)


def installer(connection: Connection, team: str) -> str | None:
    """Who holds the empty seats besides the admins."""
    row = workspaces.find(connection, team)
    return row.installer if row else None


def known_names(connection: Connection, team: str, configurations: Iterable[Configuration]) -> Names:
    """What everybody and every channel of the configurations is called."""
    everything = tuple(configurations)
    people = find_people(connection, team, {who for each in everything for who in people_of(each)})
    channels = find_channels(connection, team, {where for each in everything for where in channels_of(each)})
    return Names(
        {id_: person.name for id_, person in people.items()},
        {id_: channel.name for id_, channel in channels.items()},
    )


def people_of(configuration: Configuration) -> Iterator[str]:
    """Everybody the configuration names, by id."""
    yield from configuration.admins
    for role in configuration.roles:
        yield from filter(None, (role.holder, role.deputy))


def channels_of(configuration: Configuration) -> Iterator[str]:
    """Every channel the configuration names, by id."""
    spoken = configuration.channels
    yield from filter(None, (spoken.council, spoken.decision_log, spoken.wins))
    yield from filter(None, (row.home_channel for row in configuration.matrix))
    yield from filter(None, (ceremony.channel for ceremony in configuration.ceremonies))
