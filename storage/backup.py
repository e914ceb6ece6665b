"""A whole copy of an SQLite database: of one instant, complete or not there, while others go on writing."""

from __future__ import annotations

import os
import sqlite3
import sys
from contextlib import closing
from pathlib import Path

from storage.errors import NotWhole
from storage.sqlite_engine import BUSY_MILLISECONDS


def back_up(database: Path, copy: Path) -> int:
    """Copy the database and read the copy back; returns its size in bytes.

    Readers hold up nobody: whoever writes meanwhile does not wait, and is not in the copy. Raises
    FileExistsError rather than replace a file, FileNotFoundError without a database, `NotWhole`.
    """
    if copy.exists():
        raise FileExistsError(f"{copy} exists already; name another file")
    if not database.exists():
        raise FileNotFoundError(f"there is no database at {database} yet; nothing to back up")
    with closing(sqlite3.connect(database, isolation_level=None)) as source:
        source.execute(f"PRAGMA busy_timeout={BUSY_MILLISECONDS}")
        copy_whole(source, copy)
    return copy.stat().st_size


def copy_whole(source: sqlite3.Connection, copy: Path) -> None:
    """Under its name only once it is complete, whole and durable. What was there is replaced."""
    unfinished = copy.with_name(f"{copy.name}.unfinished")
    unfinished.unlink(missing_ok=True)
    try:
        source.execute("VACUUM INTO ?", (str(unfinished),))
        _must_be_whole(unfinished)
        _make_durable(unfinished)
        unfinished.replace(copy)
    finally:
        unfinished.unlink(missing_ok=True)
    _make_durable(copy.parent)


def _must_be_whole(copy: Path) -> None:
    with closing(sqlite3.connect(copy)) as opened:
        [found] = opened.execute("PRAGMA integrity_check(1)").fetchone()
    if found != "ok":
        raise NotWhole(f"the copy is broken ({found})")


def _make_durable(path: Path) -> None:
    """A file's content, or the names in a folder; Windows keeps those by itself."""
    if path.is_dir() and sys.platform == "win32":
        return
    handle = os.open(path, os.O_RDONLY if path.is_dir() else os.O_RDWR)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)
