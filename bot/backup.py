"""`backup`: SQLite is copied by us; PostgreSQL has a tool of its own, named with what to type."""

from __future__ import annotations

import shlex
from pathlib import Path

from sqlalchemy import make_url

from bot.settings import Settings
from storage import backup
from storage.sqlite_engine import file_of


class OtherTool(Exception):
    """This database is backed up by a program of its own; the text is what to type."""


def back_up(settings: Settings, copy: Path) -> int:
    """Copy the database whole and return the size in bytes; raises `OtherTool` and what storage raises."""
    database = file_of(settings.database_url)
    if database is None:
        raise OtherTool(f"PostgreSQL brings its own tool for this; type:\n{_pg_dump(settings, copy)}")
    return backup.back_up(database, copy)


def _pg_dump(settings: Settings, copy: Path) -> str:
    """The command for a shell, without the password: pg_dump asks for it, or reads PGPASSWORD."""
    url = make_url(settings.database_url).set(drivername="postgresql")
    query = {"sslmode" if key == "ssl" else key: value for key, value in url.query.items()}
    bare = url.set(password=None, query=query).render_as_string(hide_password=False)
    return shlex.join(["pg_dump", "--format=custom", f"--file={copy}", f"--dbname={bare}"])
