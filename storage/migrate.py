"""Bringing a database up to this program: forward only, one migration and its version row per transaction.

Killed at any statement, a database is at one version or the next, and the same call goes on from there.
"""

from __future__ import annotations

from pathlib import Path

from sqlalchemy import Connection, inspect, make_url, text
from sqlalchemy.exc import DBAPIError

from storage import postgres, sqlite_engine
from storage.backup import copy_whole
from storage.errors import MigrationNeeded, NewerDatabase, NotTaken
from storage.sqlite_engine import MIGRATING, READING, driver, file_of

MIGRATIONS = Path(__file__).parent / "migrations"
LOCK_TIMEOUT_MILLISECONDS = 60_000
_ADVISORY_LOCK = int.from_bytes(b"tiebreak", "big")


async def prepare(url: str, migrations: Path = MIGRATIONS) -> list[str]:
    """What `run` does first: migrate SQLite; raise `MigrationNeeded` for a PostgreSQL that is behind."""
    if _is_sqlite(url):
        return await migrate(url, migrations)
    if behind := await pending(url, migrations):
        raise MigrationNeeded(behind)
    return []


async def pending(url: str, migrations: Path = MIGRATIONS) -> list[str]:
    """Names of the migrations to apply, the oldest first. Raises `NewerDatabase`."""
    if _is_sqlite(url):
        return _pending_sqlite(url, migrations)
    made = postgres.engine(url)
    try:
        async with made.connect() as connection:
            return await connection.run_sync(_behind, migrations)
    finally:
        await made.dispose()


async def migrate(url: str, migrations: Path = MIGRATIONS) -> list[str]:
    """Apply what is pending and return its names. On SQLite it blocks the loop: nothing else runs yet."""
    if _is_sqlite(url):
        return _migrate_sqlite(url, migrations)
    done: list[str] = []
    made = postgres.engine(url, LOCK_TIMEOUT_MILLISECONDS)
    try:
        async with made.connect() as connection:
            while name := await connection.run_sync(_step, migrations):
                done.append(name)
    finally:
        await made.dispose()
    return done


def _is_sqlite(url: str) -> bool:
    return make_url(url).get_backend_name() == "sqlite"


def _pending_sqlite(url: str, migrations: Path) -> list[str]:
    file = file_of(url)
    if file is None or not file.exists():
        return _names(migrations)
    made = sqlite_engine.engine(url, READING, "BEGIN")
    try:
        with made.connect() as connection:
            return _behind(connection, migrations)
    finally:
        made.dispose()


def _migrate_sqlite(url: str, migrations: Path) -> list[str]:
    if not _pending_sqlite(url, migrations):
        return []
    done: list[str] = []
    made = sqlite_engine.engine(url, MIGRATING, "BEGIN IMMEDIATE")
    try:
        with made.connect() as connection:
            _keep_copy(connection, url, migrations)
            while name := _step(connection, migrations):
                done.append(name)
    except DBAPIError as error:
        if why := sqlite_engine.reason(error):
            raise NotTaken(why) from error
        raise
    finally:
        made.dispose()
    return done


def _names(migrations: Path) -> list[str]:
    return sorted(path.stem for path in (migrations / "versions").glob("[0-9]*.py"))


def _version(connection: Connection) -> str | None:
    if not inspect(connection).has_table("alembic_version"):
        return None
    return connection.execute(text("SELECT version_num FROM alembic_version")).scalar()


def _behind(connection: Connection, migrations: Path) -> list[str]:
    version, names = _version(connection), _names(migrations)
    if version is None:
        return names
    known = [name.partition("_")[0] for name in names]
    if version not in known:
        raise NewerDatabase(version, max(known, default="none"))
    return names[known.index(version) + 1 :]


def _step(connection: Connection, migrations: Path) -> str | None:
    """Apply the next migration in one transaction; None when there is none, others' work counted.

    Looks again once it holds the lock: another process may have migrated meanwhile.
    """
    with connection.begin():
        if connection.dialect.name == "postgresql":
            connection.execute(text("SELECT pg_advisory_xact_lock(:lock)"), {"lock": _ADVISORY_LOCK})
        behind = _behind(connection, migrations)
        if not behind:
            return None
        from storage.migrations.scripts import apply  # Alembic costs start-up time and memory

        apply(connection, migrations, behind[0])
        _check_references(connection)
    return behind[0]


def _check_references(connection: Connection) -> None:
    """SQLite rebuilds tables with foreign keys off, so that no row is lost; here they are checked at once."""
    if connection.dialect.name != "sqlite":
        return
    if broken := connection.exec_driver_sql("PRAGMA foreign_key_check").all():
        raise ValueError(f"the migration leaves rows without what they refer to: {broken[:5]}")


def _keep_copy(connection: Connection, url: str, migrations: Path) -> None:
    """Before anything is changed, a whole copy beside the file, unless there is nothing to lose yet."""
    with connection.begin():
        behind = _behind(connection, migrations)
        tables = inspect(connection).get_table_names()
    file = file_of(url)
    if file is None or not behind or not tables:
        return
    copy = file.with_name(f"{file.name}.before-{behind[0].partition('_')[0]}")
    copy_whole(driver(connection), copy)
