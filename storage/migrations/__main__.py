"""For developers: `python -m storage.migrations new "What changes"`."""

from __future__ import annotations

import asyncio
import sys
from pathlib import Path
from tempfile import TemporaryDirectory

from storage import deliveries, tables
from storage.migrate import MIGRATIONS, migrate
from storage.migrations.scripts import write_next
from storage.sqlite_engine import READING, engine

_ALL = (deliveries.deliveries,)  # joins the metadata by being imported


def new(message: str) -> Path:
    """Compare the tables with a fresh database at the newest version, and write the next migration."""
    with TemporaryDirectory() as folder:
        url = f"sqlite:///{Path(folder) / 'newest.sqlite3'}"
        asyncio.run(migrate(url))
        made = engine(url, READING, "BEGIN")
        try:
            with made.connect() as connection:
                return write_next(connection, MIGRATIONS, tables.metadata, message)
        finally:
            made.dispose()


if __name__ == "__main__":
    if len(sys.argv) != 3 or sys.argv[1] != "new":
        sys.exit('usage: python -m storage.migrations new "What changes"')
    sys.stdout.write(f"{new(sys.argv[2])}\n")
