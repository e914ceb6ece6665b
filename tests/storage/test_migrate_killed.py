"""A migration may be killed at any statement: the next start goes on, and nothing is lost or double."""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest

from storage.migrate import MIGRATIONS

ROOT = Path(__file__).parents[2]
SAMPLE = Path(__file__).parent / "sample_migrations"


pytestmark = pytest.mark.skipif(sys.platform == "win32", reason="the killed processes are forked")


def rounds(migrations: Path, url: str) -> list[Any]:
    words = [sys.executable, "-m", "tests.storage.killing", str(migrations), url]
    said = subprocess.run(words, cwd=ROOT, capture_output=True, text=True, check=False, timeout=300)
    assert said.returncode == 0, said.stderr
    return [json.loads(line) for line in said.stdout.splitlines()]


def all_end_alike(rounds: list[Any]) -> bool:
    *killed, (_, _, undisturbed) = rounds
    assert len(killed) > len(undisturbed)
    return all(round == [True, True, undisturbed] for round in killed)


def test_killed_at_every_statement_it_goes_on(database_url: str) -> None:
    """Killed before the first, the second, … the last statement: in the end all databases are the same."""
    url = database_url.replace("tiebreak.sqlite3", "round{n}.sqlite3")
    assert all_end_alike(rounds(SAMPLE, url))


def test_R53_our_own_migrations_may_be_killed_on_sqlite(tmp_path: Path) -> None:
    """The real ones too, where a driver that commits by itself would leave half of the tables."""
    assert all_end_alike(rounds(MIGRATIONS, f"sqlite+aiosqlite:///{tmp_path}/round{{n}}.sqlite3"))
