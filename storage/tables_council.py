"""The tables of the council's rhythm: its meetings and standups, and the addresses of calendars."""

from __future__ import annotations

from sqlalchemy import Column, Date, Index, Integer, String, Table, UniqueConstraint

from storage.columns import JSON, UTC
from storage.tables import metadata


def _prepared(name: str) -> Table:
    """A table of occurrences that are prepared: one row for each date of a ceremony."""
    return Table(
        name,
        metadata,
        Column("id", String, primary_key=True, nullable=False),
        Column("team", String, nullable=False),
        Column("ceremony", String, nullable=False),
        Column("on", Date, nullable=False),
        Column("starts", UTC, nullable=False),
        Column("state", String, nullable=False),
        Column("version", Integer, nullable=False),
        Column("body", JSON, nullable=False),
        UniqueConstraint("team", "ceremony", "on"),
        Index(None, "team", "state", "starts"),
    )


meetings = _prepared("meetings")
standups = _prepared("standups")

feeds = Table(
    "feeds",
    metadata,
    Column("team", String, primary_key=True, nullable=False),
    Column("whose", String, primary_key=True, nullable=False),
    Column("hash", String, nullable=False),
    Column("made_by", String, nullable=False),
    Column("made_at", UTC, nullable=False),
    UniqueConstraint("hash"),
    sqlite_with_rowid=False,
)

spared = Table(
    "spared",
    metadata,
    Column("team", String, primary_key=True, nullable=False),
    Column("person", String, primary_key=True, nullable=False),
    sqlite_with_rowid=False,
)
"""Who wants no question before a standup while nothing of theirs is open."""
