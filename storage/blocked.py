"""Where Slack asked us to wait, for all replicas: a method in one channel of one workspace."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import Connection, bindparam, delete, select

from storage.tables import blocked
from storage.upserts import upsert

# Built once: building a statement takes longer than running it.
_UNTIL = select(blocked.c.until).where(
    blocked.c.team == bindparam("its_team"),
    blocked.c.method == bindparam("its_method"),
    blocked.c.channel == bindparam("its_channel"),
    blocked.c.since <= bindparam("now"),
    blocked.c.until > bindparam("now"),
)


def block(
    connection: Connection, team: str, method: str, channel: str, *, since: datetime, until: datetime
) -> None:
    """Nothing is asked there before `until`."""
    row = {"team": team, "method": method, "channel": channel, "since": since, "until": until}
    upsert(connection, blocked, row)


def until(connection: Connection, team: str, method: str, channel: str, now: datetime) -> datetime | None:
    """When it may be asked again, None for at once; what a later clock wrote counts for nothing."""
    here = {"its_team": team, "its_method": method, "its_channel": channel, "now": now}
    return connection.execute(_UNTIL, here).scalar_one_or_none()


def forget(connection: Connection, now: datetime) -> None:
    """Drop what is over."""
    connection.execute(delete(blocked).where(blocked.c.until < now))
