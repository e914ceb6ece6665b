"""People and channels as Slack last described them."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import asdict
from datetime import UTC, datetime, time, timedelta
from typing import Any

from sqlalchemy import Connection, Table, and_, bindparam, select, update

from council.people import Channel, Person
from storage.memory import changed
from storage.tables import channels, people
from storage.upserts import upsert

FRESH = timedelta(hours=24)
"""What Slack said of somebody or of a channel counts so long, when no event tells otherwise."""

_FLAGS = ("guest", "bot", "deactivated", "foreign", "admin")
_PERSON = ("id", "name", "zone", "email", *_FLAGS, "status", "status_until", "fetched_at", "morning")
_CHANNEL = ("id", "name", "kind", "archived", "shared", "bot_in", "fetched_at")


def _by_ids(table: Table, names: tuple[str, ...]) -> Any:
    """Built once: building a statement takes longer than running it."""
    wanted = (table.c.team == bindparam("team"), table.c.id.in_(bindparam("ids", expanding=True)))
    return select(*(table.c[name] for name in names)).where(*wanted)


_PEOPLE, _CHANNELS = _by_ids(people, _PERSON), _by_ids(channels, _CHANNEL)
_THEM = (people.c.team == bindparam("team"), people.c.id == bindparam("its_id"))
_DM, _GREETED = select(people.c.dm).where(*_THEM), select(people.c.greeted_at).where(*_THEM)


def save_person(connection: Connection, team: str, person: Person) -> None:
    """Remember what Slack says of a person; `fetched_at` must be set. What they chose here stays."""
    changed(connection, team)
    row = {"team": team, **asdict(person)}
    del row["morning"]
    upsert(connection, people, row)


def save_channel(connection: Connection, team: str, channel: Channel) -> None:
    """Remember what Slack says of a channel; `fetched_at` must be set."""
    changed(connection, team)
    upsert(connection, channels, {"team": team, **asdict(channel)})


def find_people(connection: Connection, team: str, ids: Iterable[str]) -> dict[str, Person]:
    """Those of the people that are known, by id."""
    wanted = {"team": team, "ids": sorted(set(ids))}
    return {row.id: Person(**row._mapping) for row in connection.execute(_PEOPLE, wanted)}


def find_channels(connection: Connection, team: str, ids: Iterable[str]) -> dict[str, Channel]:
    """Those of the channels that are known, by id."""
    wanted = {"team": team, "ids": sorted(set(ids))}
    return {row.id: Channel(**row._mapping) for row in connection.execute(_CHANNELS, wanted)}


def change_person(connection: Connection, team: str, person: str, **facts: Any) -> bool:
    """Take over what an event said about a person who is known; False when they are not."""
    changed(connection, team)
    known = and_(people.c.team == team, people.c.id == person)
    return connection.execute(update(people).where(known).values(**facts)).rowcount == 1


def keep_morning(connection: Connection, team: str, person: str, morning: time | None) -> None:
    """When their day begins, as they chose; None: with the workspace's."""
    change_person(connection, team, person, morning=morning)


def change_channel(connection: Connection, team: str, channel: str, **facts: Any) -> None:
    """Take over what an event said about a channel that is known."""
    changed(connection, team)
    known = and_(channels.c.team == team, channels.c.id == channel)
    connection.execute(update(channels).where(known).values(**facts))


def doubt_channels(connection: Connection, team: str) -> None:
    """Nobody listened for a while: every channel is looked at again before anything is said there."""
    changed(connection, team)
    long_ago = datetime(1970, 1, 1, tzinfo=UTC)
    connection.execute(update(channels).where(channels.c.team == team).values(fetched_at=long_ago))


def is_person(id: str) -> bool:
    """True for a person's id; channels have other letters."""
    return id.startswith(("U", "W"))


def conversation(connection: Connection, team: str, lane: str) -> str | None:
    """Where a lane speaks: the channel itself, or the direct conversation once it was opened."""
    return dm_of(connection, team, lane) if is_person(lane) else lane


def dm_of(connection: Connection, team: str, person: str) -> str | None:
    """The id of the direct conversation with a person, once it was opened."""
    return connection.execute(_DM, {"team": team, "its_id": person}).scalar_one_or_none()


def keep_dm(connection: Connection, team: str, person: str, channel: str | None) -> None:
    """Keep the id of the direct conversation; None: it has to be opened again."""
    known = and_(people.c.team == team, people.c.id == person)
    connection.execute(update(people).where(known).values(dm=channel))


def greeted(connection: Connection, team: str, person: str) -> bool:
    """True when the person has had a direct message before."""
    return connection.execute(_GREETED, {"team": team, "its_id": person}).scalar_one_or_none() is not None


def keep_greeted(connection: Connection, team: str, person: str, at: datetime) -> None:
    """The person has now been told what this is."""
    known = and_(people.c.team == team, people.c.id == person, people.c.greeted_at.is_(None))
    connection.execute(update(people).where(known).values(greeted_at=at))
