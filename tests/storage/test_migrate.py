"""Migrations: forward, in order, whole, beside one another, and with a copy of what could get lost."""

from __future__ import annotations

import asyncio
import shutil
import sqlite3
import subprocess
import sys
from concurrent.futures import ThreadPoolExecutor
from contextlib import closing
from pathlib import Path

import pytest
from sqlalchemy.exc import DBAPIError

from storage.errors import MigrationNeeded, NewerDatabase
from storage.migrate import migrate, pending, prepare
from tests.storage.ledger import aside
from tests.storage.schemas import looks

ROOT = Path(__file__).parents[2]
SAMPLE = Path(__file__).parent / "sample_migrations"
BOTH = ["0001_first", "0002_second"]


@pytest.fixture
def migrations(tmp_path: Path) -> Path:
    """The sample, to add to and take from."""
    return shutil.copytree(SAMPLE, tmp_path / "migrations", ignore=shutil.ignore_patterns("__pycache__"))


def without(migrations: Path, name: str) -> Path:
    (migrations / "versions" / f"{name}.py").rename(migrations / f"{name}.later")
    return migrations


def again_with(migrations: Path, name: str) -> Path:
    (migrations / f"{name}.later").rename(migrations / "versions" / f"{name}.py")
    return migrations


def add_third(migrations: Path, *statements: str) -> None:
    lines = [f"    op.execute({statement!r})" for statement in statements]
    head = ["from alembic import op", "revision, down_revision = '0003', '0002'", "def upgrade():"]
    (migrations / "versions" / "0003_third.py").write_text("\n".join([*head, *lines]))


def copies(folder: Path) -> list[str]:
    return [path.name for path in folder.glob("*before*")]


def rows(file: Path, query: str) -> list[tuple[object, ...]]:
    with closing(sqlite3.connect(file)) as connection:
        return connection.execute(query).fetchall()


async def test_an_empty_database_gets_all_of_them(database_url: str) -> None:
    """In order, once; afterwards nothing is pending."""
    assert await pending(database_url, SAMPLE) == BOTH
    assert await migrate(database_url, SAMPLE) == BOTH
    assert await pending(database_url, SAMPLE) == []
    assert await migrate(database_url, SAMPLE) == []


async def test_rows_survive_a_table_that_is_rebuilt(database_url: str, migrations: Path) -> None:
    """Rows, and rows that refer to them, are all there after the second migration."""
    assert await migrate(database_url, without(migrations, "0002_second")) == BOTH[:1]
    aside(database_url, "INSERT INTO cases (id, owner) VALUES ('two', 'ana')")
    assert await migrate(database_url, again_with(migrations, "0002_second")) == BOTH[1:]
    found = await looks(database_url)
    assert found["owners"][-1] == ["('ana', None, 'Ana')"]
    assert found["cases"][-1] == ["('one', 'ana')", "('two', 'ana')"]
    assert "fk_cases_owner" in found["cases"][1]


async def test_several_at_once_do_it_once(database_url: str) -> None:
    """Four processes start together: each migration is applied by exactly one of them."""
    with ThreadPoolExecutor(4) as threads:
        starts = [threads.submit(asyncio.run, migrate(database_url, SAMPLE)) for _ in range(4)]
        done = [name for start in starts for name in start.result()]
    assert sorted(done) == BOTH


async def test_a_broken_migration_changes_nothing(database_url: str, migrations: Path) -> None:
    """One that fails halfway leaves the database as it was before, and the version too."""
    await migrate(database_url, SAMPLE)
    before = await looks(database_url)
    add_third(migrations, "CREATE TABLE more (id INTEGER)", "NONSENSE")
    with pytest.raises(DBAPIError):
        await migrate(database_url, migrations)
    assert await looks(database_url) == before
    assert await pending(database_url, migrations) == ["0003_third"]


async def test_a_newer_database_is_left_alone(database_url: str, migrations: Path) -> None:
    """An old program does not touch what a newer one wrote."""
    await migrate(database_url, SAMPLE)
    older = without(migrations, "0002_second")
    for refusing in (pending, migrate):
        with pytest.raises(NewerDatabase, match="version 0002, this program knows up to 0001"):
            await refusing(database_url, older)


async def test_run_migrates_a_file_and_only_checks_a_server(database_url: str) -> None:
    """On SQLite `run` brings the file up to date itself; on PostgreSQL it names the command to type."""
    if database_url.startswith("sqlite"):
        assert await prepare(database_url, SAMPLE) == BOTH
    else:
        with pytest.raises(MigrationNeeded, match="2 migrations behind; type: tiebreak migrate"):
            await prepare(database_url, SAMPLE)
        await migrate(database_url, SAMPLE)
    assert await prepare(database_url, SAMPLE) == []


async def test_a_copy_is_kept_of_what_could_get_lost(tmp_path: Path, migrations: Path) -> None:
    """Before a file with rows is changed there is a whole copy beside it; an empty one needs none."""
    file = tmp_path / "tiebreak.sqlite3"
    url = f"sqlite+aiosqlite:///{file}"
    await migrate(url, without(migrations, "0002_second"))
    assert copies(tmp_path) == []
    (tmp_path / "tiebreak.sqlite3.before-0002.unfinished").write_text("of a start that was killed")
    await migrate(url, again_with(migrations, "0002_second"))
    assert copies(tmp_path) == ["tiebreak.sqlite3.before-0002"]
    copy = tmp_path / "tiebreak.sqlite3.before-0002"
    assert rows(copy, "SELECT version_num FROM alembic_version") == [("0001",)]
    assert rows(copy, "SELECT * FROM cases") == [("one", "ana")]
    assert rows(file, "SELECT version_num FROM alembic_version") == [("0002",)]


async def test_a_lost_reference_stops_the_migration(tmp_path: Path, migrations: Path) -> None:
    """References are checked before a migration counts, because SQLite does not watch them meanwhile."""
    file = tmp_path / "tiebreak.sqlite3"
    await migrate(f"sqlite:///{file}", SAMPLE)
    add_third(migrations, "DELETE FROM owners")
    with pytest.raises(ValueError, match="without what they refer to"):
        await migrate(f"sqlite:///{file}", migrations)
    assert rows(file, "SELECT id FROM owners") == [("ana",)]


def test_looking_needs_no_alembic(tmp_path: Path) -> None:
    """A start that has nothing to migrate pays neither time nor memory for the tool that would."""
    program = (
        "import asyncio, sys\nfrom pathlib import Path\nfrom storage.migrate import migrate\n"
        "asyncio.run(migrate(sys.argv[1], Path(sys.argv[2])))\nprint('alembic' in sys.modules)"
    )
    words = [sys.executable, "-c", program, f"sqlite:///{tmp_path / 'tiebreak.sqlite3'}", str(SAMPLE)]
    said = [
        subprocess.run(words, cwd=ROOT, capture_output=True, text=True, check=True).stdout for _ in range(2)
    ]
    assert said == ["True\n", "False\n"]
