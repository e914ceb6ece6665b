"""Where Slack asked us to wait, for all replicas: a method in one channel of one workspace."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import Connection, delete, select

from storage.tables import blocked
from storage.upserts import upsert


def block(
    connection: Connection, team: str, method: str, channel: str, *, since: datetime, until: datetime
) -> None:
    """Nothing is asked there before `until`."""
    row = {"team": team, "method": method, "channel": channel, "since": since, "until": until}
    upsert(connection, blocked, row)


def until(connection: Connection, team: str, method: str, channel: str, now: datetime) -> datetime | None:
    """When it may be asked again, None for at once; what a later clock wrote counts for nothing."""
    here = (blocked.c.team == team, blocked.c.method == method, blocked.c.channel == channel)
    holds = (blocked.c.since <= now, blocked.c.until > now)
    return connection.execute(select(blocked.c.until).where(*here, *holds)).scalar_one_or_none()


def forget(connection: Connection, now: datetime) -> None:
    """Drop what is over."""
    connection.execute(delete(blocked).where(blocked.c.until < now))
