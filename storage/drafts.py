"""What somebody typed into a form, kept for a day so that nothing typed is ever lost."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import Connection, delete, select

from storage.tables import drafts
from storage.upserts import upsert

KEPT = timedelta(hours=24)


def keep(
    connection: Connection, team: str, id: str, person: str, body: dict[str, Any], now: datetime
) -> None:
    """Keep the draft, or bring it up to date."""
    upsert(connection, drafts, {"id": id, "team": team, "person": person, "body": body, "at": now})


def find(connection: Connection, team: str, id: str, person: str) -> dict[str, Any] | None:
    """The draft, for the person who typed it."""
    query = select(drafts.c.body).where(drafts.c.team == team, drafts.c.id == id, drafts.c.person == person)
    return connection.execute(query).scalar_one_or_none()


def drop(connection: Connection, team: str, id: str) -> None:
    """It was sent, or is not wanted any more."""
    connection.execute(delete(drafts).where(drafts.c.team == team, drafts.c.id == id))


def forget(connection: Connection, now: datetime) -> None:
    """Drop what is older than a day."""
    connection.execute(delete(drafts).where(drafts.c.at < now - KEPT))
