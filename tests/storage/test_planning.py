"""Moved and skipped dates in the database: each change stays, and what hangs on it is looked at."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta

from sqlalchemy import select

from council.cadence import Change
from council.planning import Planned
from storage import planning, workspaces
from storage.store import Store, Unit
from storage.tables import changes, wakes
from tests.storage.opened import NOON, TEAM, do, stores
from tests.stories.company import juniper

ON = date(2026, 12, 8)
SKIPPED = Change(
    ceremony="council_meeting", on=ON, skipped=True, reason="a fair", by="U0REMY", known_from=NOON
)
MOVED = replace(
    SKIPPED, skipped=False, starts=NOON + timedelta(days=30), known_from=NOON + timedelta(hours=1)
)


async def furnish(store: Store) -> None:
    await do(store, workspaces.save_configuration, TEAM, juniper(), author=None, reason="", now=NOON)


async def keep(store: Store, change: Change) -> None:
    await store.write(lambda unit: planning.keep(unit, Planned(change=change)), team=TEAM)


async def known(store: Store) -> tuple[Change, ...]:
    """What rules know of changed dates."""
    found = await store.read(lambda c: workspaces.load(c, TEAM, now=NOON))
    assert found is not None
    return found.changes


async def test_every_change_of_a_date_stays(database_url: str) -> None:
    """The second does not overwrite the first; every process reads both as they were made."""
    async with stores(database_url, 2) as (_, (here, there)):
        await furnish(here)
        assert await known(there) == ()
        await keep(here, SKIPPED)
        assert await known(there) == (SKIPPED,)
        await keep(there, MOVED)
        assert await known(here) == (SKIPPED, MOVED)
        rows = await here.read(lambda c: c.execute(select(changes.c.known_from)).all())
        assert len(rows) == 2


async def test_its_ceremony_is_looked_at_now(database_url: str) -> None:
    """Whatever is prepared for that date follows."""
    async with stores(database_url) as (hands, (store,)):
        await furnish(store)
        hands.forward(hours=3)
        await keep(store, SKIPPED)
        armed = await store.read(
            lambda c: c.execute(
                select(wakes.c.wake_at).where(wakes.c.subject == "ceremony:council_meeting")
            ).scalar_one()
        )
        assert armed == hands.at


async def test_who_plans_sees_what_was_planned_in_the_same_unit(database_url: str) -> None:
    """It is read after the change is announced, so that two never plan from the same past."""

    def plan_twice(unit: Unit) -> int:
        planning.keep(unit, Planned(change=SKIPPED))
        found = planning.to_plan(unit)
        assert found is not None
        return len(found.changes)

    async with stores(database_url) as (_, (store,)):
        await furnish(store)
        assert await store.write(plan_twice, team=TEAM) == 1


async def test_how_a_date_stands_is_found_by_what_messages_call_it(database_url: str) -> None:
    """Skipped it is there still, without a time; of a ceremony that is gone nothing is found."""
    async with stores(database_url) as (_, (store,)):
        await furnish(store)
        await keep(store, SKIPPED)

        def find(unit: Unit) -> tuple[object, ...]:
            found = planning.find(unit, "council_meeting:2026-12-08")
            assert found is not None
            return found.occurrence, found.on, planning.find(unit, "gone:2026-12-08")

        assert await store.write(find, team=TEAM) == (None, ON, None)
