"""Instants and JSON mean the same on both databases."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta, timezone
from itertools import pairwise

import pytest
from sqlalchemy import func, insert, null, select
from sqlalchemy.exc import StatementError

from storage.store import Unit
from tests.storage.ledger import TEAM, entries, ledger


async def test_a_naive_datetime_is_refused(database_url: str) -> None:
    """A datetime without a zone names no instant, so it is never saved."""

    def enter(unit: Unit) -> None:
        unit.connection.execute(insert(entries).values(id="a", at=datetime(2026, 3, 2, 12)))

    async with ledger(database_url) as store:
        with pytest.raises(StatementError, match="naive"):
            await store.write(enter, team=TEAM)


async def test_an_instant_comes_back_in_utc(database_url: str) -> None:
    """Noon in Berlin is eleven in UTC, to the microsecond, before 1970 too."""
    berlin = timezone(timedelta(hours=1))
    instants = {
        "winter": datetime(2026, 1, 2, 12, 0, 0, 1, berlin),
        "old": datetime(1969, 12, 31, 23, 59, 59, 999_999, UTC),
        "far": datetime(9000, 1, 1, tzinfo=UTC),
    }

    def enter(unit: Unit) -> None:
        rows = [{"id": id, "at": at} for id, at in instants.items()]
        unit.connection.execute(insert(entries), [*rows, {"id": "never", "at": None}])

    async with ledger(database_url) as store:
        await store.write(enter, team=TEAM)
        found = dict(await store.read(lambda c: c.execute(select(entries.c.id, entries.c.at)).all()))
    assert found == {**instants, "never": None}
    assert found["winter"].isoformat() == "2026-01-02T11:00:00.000001+00:00"
    assert all(at.tzinfo is UTC for at in found.values() if at)


async def test_instants_are_in_order_of_time(database_url: str) -> None:
    """Sorting, comparing and the earliest follow time, whatever zone an instant was written in."""
    start = datetime(2026, 3, 29, 0, 59, 59, 999_999, UTC)
    zones = [timezone(timedelta(hours=hours)) for hours in (14, -12, 0, 5)]
    instants = [(start + timedelta(microseconds=n)).astimezone(zones[n % 4]) for n in range(8)]

    def enter(unit: Unit) -> None:
        unit.connection.execute(insert(entries), [{"id": str(n), "at": at} for n, at in enumerate(instants)])

    async with ledger(database_url) as store:
        await store.write(enter, team=TEAM)
        ordered = await store.read(
            lambda c: c.execute(select(entries.c.at).order_by(entries.c.at)).scalars().all()
        )
        later = await store.read(
            lambda c: c.execute(select(entries.c.id).where(entries.c.at > instants[5])).all()
        )
        earliest = await store.read(lambda c: c.execute(select(func.min(entries.c.at))).scalar())
    assert all(a < b for a, b in pairwise(ordered))
    assert sorted(row.id for row in later) == ["6", "7"]
    assert earliest == start


async def test_json_comes_back_as_it_was(database_url: str) -> None:
    """Nested values, every script and an explicit nothing survive; None is the absence of a value."""
    facts = {
        "who": ["Ana", "Łukasz", "شذى", "👀"],
        "n": 1.5,
        "deep": {"yes": True, "none": None},
        "q": "';--\\u0000",
    }

    def enter(unit: Unit) -> None:
        unit.connection.execute(insert(entries), [{"id": "a", "facts": facts}, {"id": "b", "facts": None}])

    async with ledger(database_url) as store:
        await store.write(enter, team=TEAM)
        found = await store.read(lambda c: c.execute(select(entries.c.id, entries.c.facts)).all())
        absent = await store.read(
            lambda c: c.execute(select(entries.c.id).where(entries.c.facts.is_(null()))).scalars().all()
        )
    assert dict(found) == {"a": facts, "b": None}
    assert absent == ["b"]
