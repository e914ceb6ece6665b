"""Sources people have named before, so that they are found instead of typed anew."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime

from sqlalchemy import Connection, select

from council.words import fold
from storage.tables import sources
from storage.upserts import Put, renewed

MOST_OFFERED = 90


def used(team: str, names: Iterable[str], now: datetime) -> Put:
    """These sources are named in a report."""
    by_key = {fold(name).strip(): name for name in names}
    rows = [
        {"team": team, "folded": key, "name": name, "used_at": now} for key, name in sorted(by_key.items())
    ]
    return Put(sources, rows, renewed)


def search(connection: Connection, team: str, typed: str) -> list[str]:
    """Known sources that contain what was typed, the latest used first."""
    query = select(sources.c.name).where(
        sources.c.team == team, sources.c.folded.contains(fold(typed).strip(), autoescape=True)
    )
    return list(connection.execute(query.order_by(sources.c.used_at.desc()).limit(MOST_OFFERED)).scalars())
