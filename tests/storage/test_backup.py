"""A copy of the database: whole or not there, of one instant, while others write."""

from __future__ import annotations

import asyncio
import sqlite3
from contextlib import closing
from pathlib import Path

import pytest

from storage import drafts
from storage.backup import back_up
from storage.errors import NotWhole
from storage.store import Unit
from tests.storage.opened import NOON, TEAM, stores

LEAST = 20


def count(file: Path) -> int:
    with closing(sqlite3.connect(file)) as opened:
        [number] = opened.execute("SELECT count(*) FROM drafts").fetchone()
    return int(number)


def left(folder: Path) -> list[str]:
    return sorted(path.name for path in folder.iterdir())


def two_drafts(unit: Unit) -> None:
    """A copy with one of them but not the other would be of no instant at all."""
    for id in (unit.ids(), unit.ids()):
        drafts.keep(unit.connection, TEAM, id, "U1", {"text": "x" * 2000}, NOON)


async def test_writers_do_not_wait_and_the_copy_is_of_one_instant(tmp_path: Path) -> None:
    """Copied again and again while somebody writes: what was written before is in it, never half a write."""
    file = tmp_path / "tiebreak.sqlite3"
    async with stores(f"sqlite:///{file}") as (_, [store]):
        for number in range(LEAST):
            await store.write(two_drafts, team=TEAM)
            before = number + 1
            copying = asyncio.create_task(asyncio.to_thread(back_up, file, tmp_path / f"copy{number}"))
            while not copying.done():
                await store.write(two_drafts, team=TEAM)
            assert await copying == (tmp_path / f"copy{number}").stat().st_size
            found = count(tmp_path / f"copy{number}")
            assert found % 2 == 0
            assert 2 * before <= found <= count(file)
    assert not [name for name in left(tmp_path) if name.endswith(".unfinished")]


async def test_nothing_is_replaced_and_nothing_is_made_up(tmp_path: Path) -> None:
    """A file that is there stays as it is; without a database there is no copy."""
    file, copy = tmp_path / "tiebreak.sqlite3", tmp_path / "copy"
    with pytest.raises(FileNotFoundError, match="no database"):
        back_up(file, copy)
    async with stores(f"sqlite:///{file}"):
        copy.write_text("something dear")
        with pytest.raises(FileExistsError, match="name another file"):
            back_up(file, copy)
    assert copy.read_text() == "something dear"
    assert not file.with_name("nowhere").exists()


async def test_what_a_killed_backup_left_does_not_matter(tmp_path: Path) -> None:
    """The unfinished copy of before is overwritten."""
    file, copy = tmp_path / "tiebreak.sqlite3", tmp_path / "copy"
    async with stores(f"sqlite:///{file}"):
        (tmp_path / "copy.unfinished").write_text("half of it")
        back_up(file, copy)
    assert count(copy) == 0
    assert not (tmp_path / "copy.unfinished").exists()


def test_a_broken_database_gives_no_copy(tmp_path: Path) -> None:
    """A row that breaks a rule of its own table is noticed when the copy is read back."""
    file = tmp_path / "tiebreak.sqlite3"
    with closing(sqlite3.connect(file)) as made:
        made.executescript("CREATE TABLE t (n INTEGER); INSERT INTO t VALUES (-1);")
        stricter = "UPDATE sqlite_schema SET sql = 'CREATE TABLE t (n INTEGER CHECK (n > 0))';"
        made.executescript(f"PRAGMA writable_schema=ON; {stricter}")
    with pytest.raises(NotWhole, match="CHECK constraint failed"):
        back_up(file, tmp_path / "copy")
    assert left(tmp_path) == ["tiebreak.sqlite3"]


def test_without_its_folder_there_is_no_copy(tmp_path: Path) -> None:
    """SQLite says why, and nothing is left behind."""
    file = tmp_path / "tiebreak.sqlite3"
    with closing(sqlite3.connect(file)) as made:
        made.executescript("CREATE TABLE t (n INTEGER);")
    with pytest.raises(sqlite3.OperationalError, match="unable to open"):
        back_up(file, tmp_path / "nowhere" / "copy")
    assert left(tmp_path) == ["tiebreak.sqlite3"]
