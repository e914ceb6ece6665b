"""Migrates again and again, each time killed one statement later, and goes on from what that left.

    python -m tests.storage.killing <folder of migrations> <database url>

An SQLite URL has {n} for the round; a PostgreSQL database is emptied before each. Says of each round
whether it was killed, whether it could go on, and what the database looks like then. Processes are
forked, so that each is killed for real.
"""

from __future__ import annotations

import asyncio
import gc
import json
import os
import sys
from itertools import count
from pathlib import Path
from signal import SIGKILL

from sqlalchemy import Connection, event
from sqlalchemy.engine import Engine

from storage.migrate import migrate
from storage.migrations import scripts as _scripts  # noqa: F401 - once, before the processes part
from tests.storage.ledger import aside
from tests.storage.schemas import looks


class Killer:
    """Ends this process before its n-th statement or commit; what only reads is not counted."""

    def __init__(self, statement: int) -> None:
        self._left = statement
        event.listen(Engine, "before_cursor_execute", self._executing)
        event.listen(Engine, "commit", self._count)

    def _executing(self, _connection: Connection, _cursor: object, statement: str, *_: object) -> None:
        if not statement.lstrip().upper().startswith(("SELECT", "PRAGMA")):
            self._count()

    def _count(self, *_: object) -> None:
        self._left -= 1
        if self._left < 0:
            os.kill(os.getpid(), SIGKILL)


def in_a_process_of_its_own(url: str, migrations: Path, statement: int) -> bool:
    """True when it was killed."""
    child = os.fork()
    if child == 0:
        Killer(statement)
        asyncio.run(migrate(url, migrations))
        os._exit(0)
    _, status = os.waitpid(child, 0)
    return os.WIFSIGNALED(status)


def main(migrations: Path, url: str) -> None:
    gc.freeze()
    for n in count():
        here = url.format(n=n)
        if here == url:
            aside(url, "DROP SCHEMA public CASCADE")
            aside(url, "CREATE SCHEMA public")
        killed = in_a_process_of_its_own(here, migrations, n)
        healed = not in_a_process_of_its_own(here, migrations, 10_000)
        sys.stdout.write(json.dumps([killed, healed, asyncio.run(looks(here))]) + "\n")
        sys.stdout.flush()
        if not killed:
            return


if __name__ == "__main__":
    main(Path(sys.argv[1]), sys.argv[2])
