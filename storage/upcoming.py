"""What is going to happen by itself, for somebody who wants to be told before it does; changes nothing."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import Connection, false, select

from storage.tables import in_state, notices, wakes


def next_wakes(connection: Connection, most: int = 20) -> tuple[tuple[str, str, datetime], ...]:
    """The next subjects to be looked at, as (team, subject, when), earliest first."""
    columns = (wakes.c.team, wakes.c.subject, wakes.c.wake_at)
    query = select(*columns).where(wakes.c.parked == false()).order_by(wakes.c.wake_at).limit(most)
    return tuple((row.team, row.subject, row.wake_at) for row in connection.execute(query))


def next_notice(connection: Connection) -> tuple[str, str, datetime] | None:
    """The next thing that waits for its hour to be said, as (kind, receiver, when)."""
    columns = (notices.c.kind, notices.c.to, notices.c.not_before)
    query = select(*columns).where(in_state(notices, "waiting")).order_by(notices.c.not_before).limit(1)
    row = connection.execute(query).first()
    return (row.kind, row.to, row.not_before) if row else None
