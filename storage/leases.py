"""Claims that end by themselves: who took something holds it until the lease ends or it is given back."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import BindParameter, Column, ColumnElement, bindparam, func, or_

LEASE = timedelta(seconds=25)
"""Longer than the longest pair of calls to Slack, short enough that others take over within 30 seconds."""


def free(
    dialect: str, held_by: Column[str], lease_until: Column[datetime], holder: BindParameter[str]
) -> ColumnElement[bool]:
    """Claimed by nobody, or left over.

    On PostgreSQL leases end by the database's clock, the only one all replicas share. On SQLite there is one
    process: what it still holds from an earlier look is left over, and no lease ends by time.
    """
    if dialect == "sqlite":
        return or_(held_by.is_(None), held_by == holder)
    return or_(held_by.is_(None), lease_until < func.now())


def lease(dialect: str) -> Any:
    """When a lease taken now ends, by the clock that ends it; `ends` is a parameter of the statement."""
    return bindparam("ends") if dialect == "sqlite" else func.now() + LEASE


def ends(dialect: str, now: datetime) -> dict[str, datetime]:
    """That parameter, where it is one."""
    return {"ends": now + LEASE} if dialect == "sqlite" else {}
