"""For developers: `python -m storage.migrations new "What changes"`."""

from __future__ import annotations

import asyncio
import shutil
import sys
from itertools import takewhile
from pathlib import Path
from tempfile import TemporaryDirectory

from storage import deliveries, tables, tables_council
from storage.migrate import MIGRATIONS, migrate
from storage.migrations.scripts import write_next
from storage.sqlite_engine import READING, engine

_ALL = (deliveries.deliveries, tables_council.meetings)  # they join the metadata by being imported


def new(message: str) -> Path:
    """Compare the tables with a fresh database, and write the next migration.

    Next is the first number that is missing: a migration that is not released is deleted and written anew.
    """
    with TemporaryDirectory() as folder:
        before = _copied(Path(folder) / "migrations")
        url = f"sqlite:///{Path(folder) / 'newest.sqlite3'}"
        asyncio.run(migrate(url, before))
        made = engine(url, READING, "BEGIN")
        try:
            with made.connect() as connection:
                written = write_next(connection, before, tables.metadata, message)
        finally:
            made.dispose()
        return Path(shutil.copy(written, MIGRATIONS / "versions"))


def _copied(folder: Path) -> Path:
    """What comes before the first gap."""
    (folder / "versions").mkdir(parents=True)
    shutil.copy(MIGRATIONS / "script.py.mako", folder)
    numbered = enumerate(sorted((MIGRATIONS / "versions").glob("[0-9]*.py")), start=1)
    for _, path in takewhile(lambda each: each[1].name.startswith(f"{each[0]:04}_"), numbered):
        shutil.copy(path, folder / "versions")
    return folder


if __name__ == "__main__":
    if len(sys.argv) != 3 or sys.argv[1] != "new":
        sys.exit('usage: python -m storage.migrations new "What changes"')
    sys.stdout.write(f"{new(sys.argv[2])}\n")
