"""Replies in the thread of a card, as they are kept: by whom, when, where; never their words."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import Connection, func, select

from storage.tables import replies


@dataclass(frozen=True, slots=True, kw_only=True)
class Reply:
    """A reply somebody wrote; `ts` is Slack's id of the message inside its channel."""

    channel: str
    ts: str
    by: str
    at: datetime


def newest(connection: Connection, conflict: str, most: int = 20) -> tuple[tuple[Reply, ...], int]:
    """The newest replies, oldest first, and how many there are in all."""
    here = replies.c.conflict == conflict
    count = connection.execute(select(func.count()).select_from(replies).where(here)).scalar_one()
    columns = (replies.c.channel, replies.c.ts, replies.c.by, replies.c.at)
    query = select(*columns).where(here).order_by(replies.c.at.desc(), replies.c.ts.desc()).limit(most)
    rows = [Reply(**row._mapping) for row in connection.execute(query)]
    return tuple(reversed(rows)), count
