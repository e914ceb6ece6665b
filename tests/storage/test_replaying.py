"""What this changes, read from the database: enough to learn from, and never more than the newest 500."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime, timedelta
from functools import partial
from typing import Any

from sqlalchemy import Connection

from council.people import Absence, Person
from council.replaying import MOST, Replay
from council.reporting import report
from council.workspace import Configuration
from storage import people, replaying, workspaces
from storage.applying import apply
from storage.replaying import Preview
from storage.store import Store
from storage.unit import Unit
from tests.council.builders import LEADS, facts
from tests.storage.opened import NOON, TEAM, do, stores
from tests.stories.company import juniper

PEOPLE = ("U0NINA", "U0REMY", "U0TESS", "U0VERA", "U0DEAN", "U0HUGO")


def furnish(unit: Unit) -> None:
    workspaces.install(unit.connection, TEAM, name="Juniper", url="https://juniper/", bot_user="U0BOT")
    workspaces.save_configuration(unit.connection, TEAM, juniper(), author=None, reason="", now=NOON)
    for id in PEOPLE:
        known = Person(id=id, name=id[2:].title(), zone="Europe/Berlin", fetched_at=NOON)
        people.save_person(unit.connection, TEAM, known)


def report_some(unit: Unit, how_many: int) -> None:
    """Leads, by Nina, now."""
    connection, now = unit.connection, unit.clock()
    workspace = workspaces.load(connection, TEAM, PEOPLE, now=now)
    assert workspace is not None
    for _ in range(how_many):
        way: dict[str, Any] = {
            "by": workspace.people["U0NINA"],
            "home": None,
            "workspace": workspace,
            "now": now,
        }
        apply(connection, unit.ids, report(facts(LEADS), id=unit.ids(), **way), now)


def owned_by(role: str) -> Configuration:
    first, *others = juniper().matrix
    return replace(juniper(), matrix=(replace(first, owner=role), *others))


async def previewed(store: Store, configuration: Configuration, now: datetime) -> Preview:
    def look(connection: Connection) -> Preview:
        workspace = workspaces.load(connection, TEAM, now=now)
        assert workspace is not None
        return replaying.preview(connection, workspace, configuration, now)

    return await store.read(look)


async def test_the_past_and_what_is_open_by_another_owner(database_url: str) -> None:
    """Those of 90 days; somebody who was away then was away then."""
    async with stores(database_url) as (hands, [store]):
        await store.write(furnish, team=TEAM)
        await store.write(partial(report_some, how_many=3), team=TEAM)
        away = Absence(id="a1", person="U0REMY", since=hands(), until=hands() + timedelta(days=2))
        await do(store, workspaces.save_absence, TEAM, "a1", away, hands())
        hands.forward(hours=1)
        await store.write(partial(report_some, how_many=9), team=TEAM)
        hands.forward(days=3)
        assert (await previewed(store, juniper(), hands())).effect.replay is None
        found = (await previewed(store, owned_by("vp_sales"), hands())).effect
        assert found.replay == Replay(counted=12, elsewhere=12)
        assert {(move.conflict.owner, move.to) for move in found.moves} == {
            ("U0REMY", "U0VERA"),
            ("U0TESS", "U0VERA"),
        }
        hands.forward(days=88)
        old = (await previewed(store, owned_by("vp_sales"), hands())).effect
        assert old.replay == Replay(counted=0)
        assert len(old.moves) == 12


async def test_never_more_than_the_newest(database_url: str) -> None:
    """However busy a workspace is."""
    async with stores(database_url) as (hands, [store]):
        await store.write(furnish, team=TEAM)
        for _ in range(4):
            await store.write(partial(report_some, how_many=130), team=TEAM)
        found = (await previewed(store, owned_by("vp_sales"), hands())).effect
        assert found.replay == Replay(counted=MOST, elsewhere=MOST)
        assert len(found.moves) == replaying.MOST_OPEN
