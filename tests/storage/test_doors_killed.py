"""A process that is killed loses nothing it said was saved."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

from sqlalchemy import delete

from storage.store import Unit
from tests.storage.ledger import TEAM, entered, entries, ledger, new_store

ROOT = Path(__file__).parents[2]
ROUNDS, LINES = 3, 400


def forget(unit: Unit) -> None:
    unit.connection.execute(delete(entries))


def killed_after(url: str, lines: int) -> set[str]:
    """What the writing program said was saved, up to the moment it was killed."""
    words = [sys.executable, "-m", "tests.storage.acknowledging", url]
    with subprocess.Popen(words, cwd=ROOT, stdout=subprocess.PIPE, text=True) as program:
        assert program.stdout is not None
        said = [program.stdout.readline() for _ in range(lines)]
        program.kill()
        said += program.stdout.readlines()
    return {line.strip() for line in said if line.endswith("\n")}


async def test_what_was_acknowledged_survives_a_kill(database_url: str) -> None:
    """Killed in the middle of sixteen writers: all that was acknowledged is there, what failed is not."""
    async with ledger(database_url):
        pass
    for _ in range(ROUNDS):
        said = killed_after(database_url, LINES)
        store = await new_store(database_url)
        saved = set(await store.read(entered))
        await store.write(forget, team=TEAM)
        await store.close()
        assert len(said) >= LINES
        assert said <= saved
        assert not any(id.startswith("failed") for id in saved)
