"""App Homes: who looked at theirs and when, and whose is to be drawn anew."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime, timedelta

from sqlalchemy import Connection, bindparam, select, update

from storage import lanes
from storage.lanes import Busy
from storage.tables import homes
from storage.upserts import upsert

LOOKED_AT = timedelta(days=7)
"""Whoever has not looked for longer sees it drawn anew when they open it, not before."""

# Built once: building a statement takes longer than running it.
_WANT = (
    update(homes)
    .where(
        homes.c.team == bindparam("its_team"),
        homes.c.person.in_(bindparam("touched", expanding=True)),
        homes.c.opened_at > bindparam("lately"),
    )
    .values(want_at=bindparam("now"))
    .returning(homes.c.person)
)
_DUE = select(homes.c.want_at).where(
    homes.c.team == bindparam("its_team"),
    homes.c.person == bindparam("its_person"),
    homes.c.want_at <= bindparam("now"),
)


def opened(connection: Connection, team: str, person: str, now: datetime) -> None:
    """Somebody looks at their Home: it is drawn at once."""
    upsert(connection, homes, {"team": team, "person": person, "opened_at": now, "want_at": now})
    lanes.ready(connection, team, [(person, now, 1)])


def want(connection: Connection, team: str, people: Iterable[str], now: datetime) -> list[Busy]:
    """Something on the Homes of these people is different now; of those who looked at it lately."""
    touched = {"its_team": team, "touched": sorted(set(people)), "lately": now - LOOKED_AT, "now": now}
    return [(row.person, now, 2) for row in connection.execute(_WANT, touched)]


def next_due(connection: Connection, team: str, person: str, now: datetime) -> datetime | None:
    """Since when it is to be drawn anew, None when it shows what it should."""
    here = {"its_team": team, "its_person": person, "now": now}
    return connection.execute(_DUE, here).scalar_one_or_none()


def drawn(connection: Connection, team: str, person: str, as_of: datetime) -> None:
    """It shows what it should as of then, or can't be drawn; what changed since is still to be drawn."""
    here = (homes.c.team == team, homes.c.person == person, homes.c.want_at == as_of)
    connection.execute(update(homes).where(*here).values(want_at=None))
