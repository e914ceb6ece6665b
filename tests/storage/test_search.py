"""Words find conflicts: kept with every change, newest first, for who may see them, whatever is typed."""

from __future__ import annotations

import itertools
from collections.abc import Callable
from dataclasses import replace
from datetime import date
from pathlib import Path
from shutil import copytree, ignore_patterns
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from sqlalchemy import Connection, insert
from sqlalchemy.dialects import sqlite

from council.conflict import Conflict, Signal, State
from council.finding import NEWEST, asked, said_in
from council.outcome import Outcome
from storage import conflicts, search, search_postgres, search_sqlite
from storage.applying import apply
from storage.migrate import MIGRATIONS, migrate
from storage.store import Store, Unit, open_store
from storage.tables import workspaces
from storage.upserts import put
from tests.council.builders import RULING, TUESDAY, decided, northwind, reported
from tests.storage.opened import NOON, stores

TODAY = date(2026, 11, 17)
Make = Callable[..., Conflict]
_ids = itertools.count()


def conflict(team: str = "T1", **facts: Any) -> Conflict:
    """Reported by Nina, decided by Priya; not kept yet."""
    outcome = reported(northwind(), **facts)
    return replace(outcome.conflict, id=f"c{next(_ids):06}", team=team, number=0, version=0)


async def kept(store: Store, *made: Conflict) -> list[int]:
    """Their numbers, in the order they were kept."""

    def keep(unit: Unit) -> list[int]:
        connection = unit.connection
        for team in dict.fromkeys(each.team for each in made):
            if not connection.execute(workspaces.select().where(workspaces.c.team == team)).first():
                connection.execute(insert(workspaces).values(team=team))
        return [apply(connection, unit.ids, Outcome(conflict=each), NOON).number for each in made]

    return await store.write(keep, team=made[0].team)


async def found(store: Store, words: str, *, team: str = "T1", person: str = "kim", **how: Any) -> list[int]:
    """The numbers of what is found, the best first."""
    hits = await store.read(lambda c: search.search(c, team, person, asked(words), today=TODAY, **how))
    return [hit.number for hit in hits]


async def changed(store: Store, id: str, **facts: Any) -> None:
    """Save it with other facts, or as something else."""

    def change(unit: Unit) -> int:
        before = conflicts.find(unit.connection, "T1", id)
        assert before is not None
        after = facts.get("after") or replace(before, facts=replace(before.facts, **facts))
        event = decided(conflict(), northwind(), TUESDAY).timeline
        return apply(unit.connection, unit.ids, Outcome(conflict=after, timeline=event), NOON).version

    await store.write(change, team="T1")


@pytest.mark.parametrize(
    "words",
    [
        "Q4",
        "pipeline emea",
        "EMEA pipel",
        "ZURICH",
        "zür",
        "acme",
        "Clari",
        "4.2",
        "lead quality disagreement",
        "what is the pipeline in EMEA?",
    ],
)
async def test_everything_said_in_a_report_finds_it(database_url: str, words: str) -> None:
    """Subject, kind, account, sources, what they say; without case and accents, the last word only begun."""
    async with stores(database_url) as (_, [store]):
        await kept(store, conflict(subject="Q4 pipeline for EMEA, Zürich", account="Acme"))
        assert await found(store, words) == [1]
        assert await found(store, "nonsense") == []


async def test_a_decision_is_found_by_its_words_and_lost_ones_find_nothing(database_url: str) -> None:
    """What was decided, why, what was learned and the number; a corrected report by its new words only."""
    async with stores(database_url) as (_, [store]):
        one = conflict()
        await kept(store, one)
        assert await found(store, "renewals") == []
        saved = replace(one, number=1, version=1)
        ruling = replace(RULING, why="Renewals counted twice", lesson="Ask first", decision="Show it.")
        await changed(store, one.id, after=decided(saved, northwind(), TUESDAY, ruling).conflict)
        for words in ("renewals", "show", "ask first"):
            assert await found(store, words) == [1]
        await changed(store, one.id, subject="Churn in APAC")
        assert await found(store, "churn") == [1]
        assert await found(store, "EMEA") == []


async def test_the_same_words_are_not_written_again(database_url: str) -> None:
    """An acknowledgement changes no words, so the index stays as it is."""
    async with stores(database_url) as (_, [store]):
        one = conflict()
        await kept(store, one)

        def again(unit: Unit) -> list[int]:
            engine: Any = search_sqlite if database_url.startswith("sqlite") else search_postgres
            words = sorted(said_in(one))
            more = (words, [*words, "more"], [*words, "more"])
            return [engine.keep(unit.connection, "T1", 1, each, new=False) for each in more]

        assert await store.write(again, team="T1") == [False, True, False]
        assert await found(store, "more") == [1]


async def test_all_words_before_some_words_and_the_subject_before_the_rest(database_url: str) -> None:
    """Then what is open or holds, then the newest."""
    async with stores(database_url) as (_, [store]):
        over = replace(conflict(subject="EMEA pipeline"), state=State.WITHDRAWN)
        says = (Signal(source="Clari AI", says="EMEA pipeline grows"), Signal(source="Gong", says="1"))
        await kept(
            store,
            conflict(subject="EMEA pipeline"),
            over,
            conflict(subject="Churn", signals=says),
            conflict(subject="EMEA leads"),
            conflict(subject="EMEA pipeline"),
            conflict(subject="APAC churn"),
        )
        assert await found(store, "pipeline EMEA") == [5, 1, 2, 3, 4]
        assert await found(store, "EMEA") == [5, 4, 1, 2, 3]


async def test_what_is_confidential_is_found_by_who_takes_part_and_in_its_channel(database_url: str) -> None:
    """Hidden from everybody else, before anything is counted or cut."""
    async with stores(database_url) as (_, [store]):
        secret = replace(conflict(subject="Layoffs", confidential=True), home="C-board")
        await kept(
            store, conflict(subject="Layoffs at Acme"), *[replace(secret, id=f"s{n}") for n in range(250)]
        )
        assert await found(store, "layoffs") == [1]
        assert len(await found(store, "layoffs", person="nina")) == NEWEST
        assert len(await found(store, "layoffs", here="C-board")) == NEWEST
        assert await found(store, "layoffs", here="C-sales") == [1]


async def test_foreign_workspaces_never_cross(database_url: str) -> None:
    """The same words in three workspaces, numbered alike."""
    async with stores(database_url) as (_, [store]):
        for team in ("T1", "T2", "T3"):
            await kept(
                store, conflict(team, subject=f"Pipeline of {team}"), conflict(team, subject="Pipeline")
            )
        for team in ("T1", "T2", "T3"):
            assert await found(store, "pipeline", team=team) == [2, 1]
            assert await found(store, team, team=team) == [1]
            assert await found(store, "T2", team="T1") == []
        assert await found(store, "pipeline", team="T4") == []


async def test_only_decisions_when_they_are_asked_for(database_url: str) -> None:
    """The decision log knows nothing of what is open or was withdrawn."""
    async with stores(database_url) as (_, [store]):
        over = replace(decided(conflict(), northwind(), TUESDAY).conflict, version=0)
        await kept(store, conflict(), over)
        assert await found(store, "pipeline", decided=True) == [2]


async def test_of_many_the_newest_come_from_every_shelf(
    database_url: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    """More than is ever looked at: the newest of them, and rare words from the oldest shelf as well."""
    async with stores(database_url) as (_, [store]):
        many = [conflict(subject=f"Pipeline {'rare' if n % 97 == 0 else ''}") for n in range(300)]
        await store.write(lambda unit: _numbered_from(unit, search_postgres.SHELF - 150), team="T1")
        numbers = await kept(store, *many)
        assert await found(store, "pipeline") == numbers[:99:-1]
        assert await found(store, "rare") == [numbers[n] for n in (291, 194, 97, 0)]


def _numbered_from(unit: Unit, number: int) -> None:
    unit.connection.execute(insert(workspaces).values(team="T1", last_number=number))


HOSTILE = [
    "x" * 10_000,
    "word " * 10_000,
    '"',
    '""" OR "',
    "*",
    "pipeline*",
    "NEAR(a b)",
    "a OR",
    "NOT AND OR",
    "- -pipeline",
    "words: pipeline",
    "{words} : x",
    "^pipeline",
    "'; DROP TABLE search; --",
    "pipeline:* & ! | <->",
    "\\ ' \\' ~",
    "🔥🔥",
    "\u202eשלום עולם",
    "ﷺ ½ ²",
    "\x00 \ud800",
    "%_",
    "",
    "the of and",
    "ا" * 5000,
]


async def test_nothing_that_is_typed_is_a_command(database_url: str) -> None:
    """Signs of every query language, the longest words, emoji, marks that turn the writing: no error."""
    async with stores(database_url) as (_, [store]):
        await kept(store, conflict())
        for words in HOSTILE:
            assert await found(store, words) in ([], [1])
        for words in ("pipeline*", "^pipeline", "- -pipeline", 'the "pipeline"'):
            assert await found(store, words) == [1]


async def test_hostile_words_are_kept_and_found_again(database_url: str) -> None:
    """A report may say anything; its words are found by the same words."""
    async with stores(database_url) as (_, [store]):
        texts = [words.encode("utf-8", "ignore").decode().replace("\0", "") for words in HOSTILE]
        await kept(store, *(conflict(subject=f"{words} pipeline") for words in texts))
        assert len(await found(store, "pipeline")) == len(HOSTILE)
        assert await found(store, "שלום") == [HOSTILE.index("\u202eשלום עולם") + 1]
        assert await found(store, "x" * 70) == [1]


@given(st.text(max_size=200))
def test_words_hold_no_sign_that_either_database_would_obey(text: str) -> None:
    """No quote, backslash, space, colon or mark of a shelf; and no word longer than a word can be."""
    for word in asked(text).words:
        assert not set(word) & set("\"'\\~: \0")
        assert word
        assert len(word) <= 60


async def test_what_was_there_before_the_index_is_found_after_the_migration(
    database_url: str, tmp_path: Path
) -> None:
    """An older database gets the words of all its conflicts at once."""
    older = copytree(MIGRATIONS, tmp_path / "older", ignore=ignore_patterns("000[2-9]_*", "__pycache__"))
    await migrate(database_url, older)
    numbers = itertools.count()
    store = await open_store(database_url, ids=lambda: f"id{next(numbers)}", clock=lambda: NOON)

    def before(unit: Unit) -> None:
        unit.connection.execute(insert(workspaces).values(team="T1"))
        for subject in ("Q4 pipeline", "Churn in APAC"):
            made = conflicts.numbered_anew(unit.connection, conflict(subject=subject))
            put(unit.connection, [conflicts.fresh(made)])

    await store.write(before, team="T1")
    await migrate(database_url)
    assert await found(store, "churn") == [2]
    await kept(store, conflict(subject="Churn again"))
    assert await found(store, "churn") == [3, 2]
    await store.close()


async def test_sqlite_walks_the_index_and_never_all_conflicts(tmp_path: Path) -> None:
    """What costs is what is found, not what there is."""
    async with stores(f"sqlite+aiosqlite:///{tmp_path / 'tiebreak.sqlite3'}") as (_, [store]):
        await kept(store, conflict())

        def plan(connection: Connection) -> str:
            query = search_sqlite.query(decided=True).compile(dialect=sqlite.dialect(paramstyle="named"))
            rows = connection.exec_driver_sql(f"EXPLAIN QUERY PLAN {query}", dict.fromkeys(query.params))
            return "\n".join(row[-1] for row in rows)

        steps = (await store.read(plan)).split("\n")
    assert steps[0].startswith("SCAN search VIRTUAL TABLE INDEX")
    assert steps[1].startswith("SEARCH conflicts USING INDEX")
    assert not any("TEMP B-TREE" in step or step.startswith("SCAN conflicts") for step in steps)
