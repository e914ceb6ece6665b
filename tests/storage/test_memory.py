"""What is remembered of a workspace between transactions, on both databases."""

from __future__ import annotations

import ast
from collections.abc import Callable, Iterator
from dataclasses import replace
from datetime import datetime, timedelta
from functools import partial
from pathlib import Path

import pytest
from sqlalchemy import Connection, event

import storage
from council.people import Absence, Channel, Person
from council.workspace import Workspace
from storage import people, workspaces
from storage.store import Store, Unit
from tests.storage.opened import NOON, TEAM, do, stores
from tests.stories.company import juniper

VERA = Person(id="U0VERA", name="Vera", fetched_at=NOON)
COUNCIL = Channel(id="C0COUNCIL", name="council", fetched_at=NOON)
AWAY = Absence(id="a1", person="U0VERA", since=NOON, until=NOON + timedelta(days=1))

Change = Callable[[Connection], object]
CHANGES: dict[str, Change] = {
    "somebody is met": lambda c: people.save_person(c, TEAM, replace(VERA, id="U0NEW")),
    "somebody leaves": lambda c: people.change_person(c, TEAM, "U0VERA", deactivated=True),
    "a channel is met": lambda c: people.save_channel(c, TEAM, replace(COUNCIL, id="C0NEW")),
    "a channel is archived": lambda c: people.change_channel(c, TEAM, "C0COUNCIL", archived=True),
    "channels are doubted": lambda c: people.doubt_channels(c, TEAM),
    "somebody goes away": lambda c: workspaces.save_absence(
        c, TEAM, "a2", replace(AWAY, person="U0NEW"), NOON
    ),
    "it is installed anew": lambda c: workspaces.install(
        c, TEAM, name="x", url="https://x/", bot_user="U0BOT"
    ),
    "somebody else installs it": lambda c: workspaces.keep_installer(c, TEAM, "U0NEW"),
    "the configuration changes": lambda c: configure(c, admins=("U0NEW",)),
}


def configure(connection: Connection, admins: tuple[str, ...]) -> None:
    changed = replace(juniper(), admins=admins)
    workspaces.save_configuration(connection, TEAM, changed, author=None, reason="", now=NOON)


def furnish(connection: Connection) -> None:
    workspaces.install(connection, TEAM, name="Juniper", url="https://juniper/", bot_user="U0BOT")
    configure(connection, admins=("U0VERA",))
    people.save_person(connection, TEAM, VERA)
    people.save_channel(connection, TEAM, COUNCIL)
    workspaces.save_absence(connection, TEAM, "a1", AWAY, NOON)


Seen = tuple[Workspace | None, dict[str, Person], dict[str, Channel]]


def all_of_it(connection: Connection) -> Seen:
    known = workspaces.Known(connection, TEAM)
    everybody, everywhere = ["U0VERA", "U0NEW"], ["C0COUNCIL", "C0NEW"]
    return known.workspace(now=NOON), known.people(everybody), known.channels(everywhere)


@pytest.mark.parametrize("change", CHANGES.values(), ids=CHANGES.keys())
async def test_what_another_process_changes_is_seen_by_the_next_transaction(
    database_url: str, change: Change
) -> None:
    """Two processes remember the same; one changes it, and neither believes its memory any more."""
    async with stores(database_url, 2) as (_, (here, there)):
        await do(here, furnish)
        before = await here.read(all_of_it)
        assert await there.read(all_of_it) == before
        await do(there, change)
        async with stores(database_url) as (_, (fresh,)):
            after = await fresh.read(all_of_it)
        assert after != before
        assert (await here.read(all_of_it), await there.read(all_of_it)) == (after, after)


async def test_what_was_undone_is_never_remembered(database_url: str) -> None:
    """A transaction reads what it has changed itself, and then fails: nobody ever meets what it saw."""

    def fails(unit: Unit) -> None:
        people.change_person(unit.connection, TEAM, "U0VERA", deactivated=True)
        assert all_of_it(unit.connection)[1]["U0VERA"].deactivated
        raise LookupError

    async with stores(database_url) as (_, (store,)):
        await do(store, furnish)
        for _ in range(2):
            with pytest.raises(LookupError):
                await store.write(fails, team=TEAM)
            assert await store.read(all_of_it) == await do(store, all_of_it)
            assert (await store.read(all_of_it))[1]["U0VERA"] == VERA


async def test_while_nothing_changes_a_workspace_costs_one_read(database_url: str) -> None:
    """The second time only the revision is read."""
    async with stores(database_url) as (_, (store,)):
        await do(store, furnish)
        await store.read(all_of_it)
        assert await store.read(partial(counted, all_of_it)) == 1


def counted(fn: Callable[[Connection], object], connection: Connection) -> int:
    statements: list[str] = []

    def heard(_connection: object, _cursor: object, statement: str, *_more: object) -> None:
        if statement.startswith("SELECT"):
            statements.append(statement)

    event.listen(connection, "before_cursor_execute", heard)
    fn(connection)
    event.remove(connection, "before_cursor_execute", heard)
    return len(statements)


async def test_an_absence_ends_by_itself_and_is_back_when_the_clock_is_set_back(database_url: str) -> None:
    """What is remembered follows the clock in both directions."""
    later = NOON + timedelta(days=2)

    async def away(store: Store, now: datetime) -> tuple[Absence, ...]:
        found = await store.read(lambda c: workspaces.load(c, TEAM, now=now))
        assert found is not None
        return found.absences

    async with stores(database_url) as (_, (store,)):
        await do(store, furnish)
        assert [await away(store, at) for at in (NOON, later, NOON)] == [(AWAY,), (), (AWAY,)]
    async with stores(database_url) as (_, (store,)):
        assert [await away(store, at) for at in (later, NOON)] == [(), (AWAY,)]


WRITING = {"insert", "update", "delete", "upsert", "Put"}
REMEMBERED = {"people", "channels", "absences", "changes", "configurations"}
SEEN_BY_NO_RULE = {"keep_dm", "keep_greeted"}


def test_whoever_writes_what_is_remembered_says_so() -> None:
    """Every function that writes one of these tables calls `changed`, but for columns no rule sees."""
    silent = {
        function.name
        for path in Path(storage.__file__).parent.glob("*.py")
        for function in ast.walk(ast.parse(path.read_text()))
        if isinstance(function, ast.FunctionDef) and writes(function) and "changed" not in called(function)
    }
    assert silent == SEEN_BY_NO_RULE


def writes(function: ast.FunctionDef) -> bool:
    tables = {
        name.id
        for call in ast.walk(function)
        if isinstance(call, ast.Call) and isinstance(call.func, ast.Name) and call.func.id in WRITING
        for name in call.args
        if isinstance(name, ast.Name)
    }
    return bool(tables & REMEMBERED)


def called(function: ast.FunctionDef) -> Iterator[str]:
    for call in ast.walk(function):
        if isinstance(call, ast.Call) and isinstance(call.func, ast.Name):
            yield call.func.id
