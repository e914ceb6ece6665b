"""Addresses under which a calendar can be read from outside; of their secrets only the hashes are kept.

Each calendar has one address at a time, and a new one takes the place of the old.
"""

from __future__ import annotations

import hashlib
from dataclasses import dataclass
from datetime import date, datetime

from sqlalchemy import Connection, delete, select

from council.calendar_series import Dates, Edition, Since, all_series, since_when
from council.notice import Notice
from council.workspace import Workspace
from storage import outbox
from storage.codec import load_edition
from storage.news import note
from storage.tables import configurations
from storage.tables_council import feeds
from storage.unit import Unit
from storage.upserts import upsert
from storage.workspaces import Known

COUNCIL = "council"
"""Whose calendar it is that everybody's ceremonies are in; others are a person's, by their id."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Feed:
    """That there is an address, since when and by whom; not which."""

    team: str
    whose: str
    made_by: str
    made_at: datetime


_FEED = select(feeds.c.team, feeds.c.whose, feeds.c.made_by, feeds.c.made_at)


def digest(secret: str) -> str:
    """What is kept of a secret; one with so many bits needs no salt, and is found by it at once."""
    return hashlib.sha256(secret.encode()).hexdigest()


def find(connection: Connection, hashed: str) -> Feed | None:
    """The feed behind a secret with this hash. Compared are hashes: how long it takes tells nothing of it."""
    row = connection.execute(_FEED.where(feeds.c.hash == hashed)).first()
    return Feed(**row._mapping) if row else None


def feed_of(connection: Connection, team: str, whose: str) -> Feed | None:
    """The feed of this calendar, if it has one."""
    row = connection.execute(_FEED.where(feeds.c.team == team, feeds.c.whose == whose)).first()
    return Feed(**row._mapping) if row else None


def renew(unit: Unit, whose: str, hashed: str, by: str) -> bool:
    """Give the calendar this address; True when it had another one, which ends now."""
    before = feed_of(unit.connection, unit.team, whose)
    row = {"hash": hashed, "made_by": by, "made_at": unit.clock()}
    upsert(unit.connection, feeds, {"team": unit.team, "whose": whose, **row})
    note(unit.connection, "calendar link made", whose=whose, by=by)
    return before is not None


def close(unit: Unit, whose: str, by: str) -> bool:
    """Take its address away; False when it had none."""
    here = (feeds.c.team == unit.team, feeds.c.whose == whose)
    if not unit.connection.execute(delete(feeds).where(*here)).rowcount:
        return False
    note(unit.connection, "calendar link removed", whose=whose, by=by)
    return True


def dates(connection: Connection, team: str, whose: str, now: datetime) -> Dates | None:
    """What is in the council's calendar or a person's, with holidays to the end of next year.

    None before anything is set up.
    """
    workspace = Known(connection, team).workspace(now=now)
    if workspace is None:
        return None
    until = date(workspace.today(now).year + 1, 12, 31)
    person = None if whose == COUNCIL else whose
    series = all_series(workspace, _since_when(connection, workspace), until, person=person)
    place = {"team": team, "url": workspace.url, "zone": workspace.hours.zone}
    return Dates(**place, until=until, whole=person is None, series=series)


def send_file(unit: Unit, notice: Notice) -> None:
    """A file is to be sent; asked for once more it is sent once more."""
    outbox.add(unit.connection, unit.team, unit.ids(), notice, conflict=None, version=0)


def _since_when(connection: Connection, workspace: Workspace) -> dict[str, Since]:
    """Since when each ceremony is as it is, by its key: read from the configuration's versions."""
    known = _editions(connection, workspace.team)
    found = {each.key: since_when(each.key, known) for each in workspace.configuration.ceremonies}
    return {key: since for key, since in found.items() if since}


def _editions(connection: Connection, team: str) -> list[Edition]:
    """What each configuration version says of time, newest first."""
    columns = (configurations.c.version, configurations.c.at, configurations.c.body)
    query = select(*columns).where(configurations.c.team == team).order_by(configurations.c.version.desc())
    return [load_edition(row.version, row.at, row.body) for row in connection.execute(query)]
