"""The database every other test is given."""

from __future__ import annotations

import socket

import pytest
from sqlalchemy import text
from sqlalchemy.engine import make_url
from sqlalchemy.ext.asyncio import create_async_engine


@pytest.mark.parametrize("visit", [1, 2])
async def test_every_test_gets_an_empty_database(database_url: str, visit: int) -> None:
    """What one test writes, the next does not see, on both engines."""
    engine = create_async_engine(database_url)
    async with engine.begin() as connection:
        await connection.execute(text("create table visits (number integer)"))
        await connection.execute(text("insert into visits values (:number)"), {"number": visit})
        assert (await connection.execute(text("select number from visits"))).scalars().all() == [visit]
    await engine.dispose()


def test_a_plain_test_may_ask_for_a_database(database_url: str) -> None:
    """Tests that are no coroutines get the same two engines."""
    assert make_url(database_url).drivername in {"sqlite+aiosqlite", "postgresql+asyncpg"}


def test_no_test_reaches_beyond_this_machine() -> None:
    """A forgotten real address is refused at once, by name and by number."""
    with pytest.raises(PermissionError, match="stay on this machine"):
        socket.getaddrinfo("slack.com", 443)
    with socket.socket() as door, pytest.raises(PermissionError, match="stay on this machine"):
        door.connect(("192.0.2.1", 443))
