"""Saving a changed configuration: once, by whoever was first, on both databases."""

from __future__ import annotations

import asyncio
from dataclasses import replace
from functools import partial

import pytest
from sqlalchemy import select

from council.configuring import Edit, Proposal, PutType, UseType
from council.errors import Refused
from council.people import Person
from council.workspace import Workspace
from storage import configuring, workspaces
from storage.configuring import Moved
from storage.store import Store
from storage.tables import configurations
from storage.unit import Unit
from tests.storage.opened import NOON, TEAM, do, stores
from tests.stories.company import juniper

VERA = Person(id="U0VERA", name="Vera", fetched_at=NOON)
LEADS = juniper().matrix[0]


def furnish(unit: Unit) -> None:
    workspaces.install(unit.connection, TEAM, name="Juniper", url="https://juniper/", bot_user="U0BOT")
    company = replace(juniper(), admins=("U0VERA",))
    workspaces.save_configuration(unit.connection, TEAM, company, author=None, reason="", now=NOON)


async def saved(store: Store, edit: Edit, based_on: int) -> Workspace:
    """What is in force after the edit, for Vera."""

    def change(unit: Unit) -> Workspace:
        return configuring.save(unit, edit, based_on, by=VERA, reason="Because")

    return await store.write(change, team=TEAM)


async def test_a_version_keeps_who_made_it_why_and_from_what(database_url: str) -> None:
    """Whoever looks at it later knows whom to ask."""
    async with stores(database_url) as (_, [store]):
        await store.write(furnish, team=TEAM)
        after = await saved(store, PutType(row=replace(LEADS, owner="coo")), 1)
        assert after.version == 2
        assert after.configuration.matrix[0].owner == "coo"
        newest = select(configurations).where(configurations.c.version == 2)
        row = await store.read(lambda c: c.execute(newest).one()._mapping)
        assert (row["author"], row["reason"], row["based_on"]) == ("U0VERA", "Because", 1)


async def test_of_two_admins_at_once_one_saves_and_one_is_told(database_url: str) -> None:
    """Neither overwrites what the other has done unseen."""
    edits: list[Edit] = [PutType(row=replace(LEADS, owner="coo")), UseType(key=LEADS.key, retired=True)]
    async with stores(database_url, 2) as (_, both):
        await both[0].write(furnish, team=TEAM)
        came = await asyncio.gather(
            *(saved(store, edit, 1) for store, edit in zip(both, edits, strict=True)), return_exceptions=True
        )
        assert sorted(type(each).__name__ for each in came) == ["Moved", "Workspace"]
        found = await both[0].read(partial(workspaces.load, team=TEAM, now=NOON))
        assert found is not None
        assert found.version == 2


async def test_a_form_of_an_old_version_saves_nothing(database_url: str) -> None:
    """The difference is shown first."""
    async with stores(database_url) as (_, [store]):
        await store.write(furnish, team=TEAM)
        await saved(store, UseType(key=LEADS.key, retired=True), 1)
        with pytest.raises(Moved):
            await saved(store, PutType(row=replace(LEADS, owner="coo")), 1)


async def test_what_was_typed_is_kept_for_its_author(database_url: str) -> None:
    """And for nobody else, with everything in it."""
    proposal = Proposal(edit=PutType(row=replace(LEADS, name="<!channel> 🔥 שלום")), based_on=1)
    async with stores(database_url) as (_, [store]):
        await store.write(lambda unit: configuring.keep(unit, "d1", "U0VERA", proposal), team=TEAM)
        assert await do(store, configuring.proposal, TEAM, "d1", "U0VERA") == proposal
        with pytest.raises(Refused, match="begin again"):
            await do(store, configuring.proposal, TEAM, "d1", "U0DEAN")
