"""Claims that end by themselves: who took something holds it until the lease ends or it is given back."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import Column, ColumnElement, Connection, func, or_

LEASE = timedelta(seconds=25)
"""Longer than the longest pair of calls to Slack, short enough that others take over within 30 seconds."""


def free(
    connection: Connection, held_by: Column[str], lease_until: Column[datetime], holder: str
) -> ColumnElement[bool]:
    """Claimed by nobody, or left over.

    On PostgreSQL leases end by the database's clock, the only one all replicas share. On SQLite there is one
    process: what it still holds from an earlier look is left over, and no lease ends by time.
    """
    if connection.dialect.name == "sqlite":
        return or_(held_by.is_(None), held_by == holder)
    return or_(held_by.is_(None), lease_until < func.now())


def lease(connection: Connection, now: datetime) -> Any:
    """When a lease taken now ends, by the clock that ends it."""
    return now + LEASE if connection.dialect.name == "sqlite" else func.now() + LEASE
