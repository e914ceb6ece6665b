"""One `run` at a time on a file; the second one says who was first."""

from __future__ import annotations

import os
import socket
import subprocess
import sys
from pathlib import Path

import pytest

from storage.errors import AlreadyRunning
from storage.locks import only_one
from tests.storage.ledger import NOON

ROOT = Path(__file__).parents[2]
HOLD = """
import sys
from datetime import UTC, datetime
from storage.locks import only_one
with only_one(sys.argv[1], now=datetime(2026, 3, 2, 12, tzinfo=UTC)):
    print("held", flush=True)
    sys.stdin.read()
"""


@pytest.fixture
def url(tmp_path: Path) -> str:
    return f"sqlite+aiosqlite:///{tmp_path / 'tiebreak.sqlite3'}"


def test_a_second_one_is_refused_and_told_who_was_first(url: str) -> None:
    """Process, host and start of the first are named, so that one can find and stop it."""
    with only_one(url, now=NOON), pytest.raises(AlreadyRunning) as told, only_one(url, now=NOON):
        pass
    assert (told.value.pid, told.value.host, told.value.since) == (os.getpid(), socket.gethostname(), NOON)
    assert str(told.value).endswith("since 2026-03-02 12:00 UTC")


def test_after_the_first_has_ended_the_next_may(url: str) -> None:
    """Ending gives the lock back, by an error too."""
    with pytest.raises(LookupError), only_one(url, now=NOON):
        raise LookupError
    with only_one(url, now=NOON):
        pass


def test_a_killed_process_holds_nothing(url: str) -> None:
    """The operating system gives the lock back, however the holder ended."""
    words = [sys.executable, "-c", HOLD, url]
    with subprocess.Popen(words, cwd=ROOT, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True) as first:
        assert first.stdout is not None
        assert first.stdout.readline() == "held\n"
        with pytest.raises(AlreadyRunning, match=f"process {first.pid} on"), only_one(url, now=NOON):
            pass
        first.kill()
        first.wait()
        with only_one(url, now=NOON):
            pass


def test_another_file_is_another_lock(tmp_path: Path) -> None:
    """Two databases, two processes."""
    with only_one(f"sqlite:///{tmp_path / 'a'}", now=NOON), only_one(f"sqlite:///{tmp_path / 'b'}", now=NOON):
        pass


def test_replicas_on_postgresql_are_welcome() -> None:
    """A server keeps its replicas apart by itself."""
    with only_one("postgresql://localhost/x", now=NOON), only_one("postgresql://localhost/x", now=NOON):
        pass
