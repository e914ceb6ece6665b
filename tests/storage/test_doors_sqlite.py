"""What only a file can do: be read-only, be missing, be opened inline."""

from __future__ import annotations

from collections.abc import AsyncIterator
from pathlib import Path

import pytest

from storage.errors import NotTaken, Reason, Stale, Unavailable
from storage.store import Store, Unit
from tests.storage.ledger import TEAM, balance, entered, entering, ledger, new_store, pay_in_locked


@pytest.fixture
def url(tmp_path: Path) -> str:
    return f"sqlite+aiosqlite:///{tmp_path / 'tiebreak.sqlite3'}"


@pytest.fixture
async def inline(url: str) -> AsyncIterator[Store]:
    async with ledger(url, inline=True) as store:
        yield store


async def test_a_read_only_file_can_be_read(url: str, tmp_path: Path) -> None:
    """Writes to a read-only file are not taken, for that reason; reads go on."""
    async with ledger(url) as store:
        await store.write(entering("a"), team=TEAM)
        path = tmp_path / "tiebreak.sqlite3"
        read_only = await new_store(f"sqlite+aiosqlite:///file:{path}?mode=ro&uri=true")
        with pytest.raises(NotTaken) as told:
            await read_only.write(entering("b"), team=TEAM)
        assert await read_only.read(entered) == ["a"]
        await read_only.close()
    assert told.value.reason is Reason.READ_ONLY


@pytest.mark.parametrize("inline", [True, False])
async def test_a_folder_that_is_missing_is_said_at_once(tmp_path: Path, inline: bool) -> None:
    """A store that can't be opened is no store."""
    with pytest.raises(Unavailable, match="unreachable"):
        await new_store(f"sqlite:///{tmp_path / 'missing' / 'tiebreak.sqlite3'}", inline=inline)


async def test_a_database_in_memory_is_refused() -> None:
    """It would forget everything at the end, and its readers would see another one."""
    with pytest.raises(ValueError, match="forgets"):
        await new_store("sqlite+aiosqlite:///:memory:")


async def test_only_sqlite_runs_inline() -> None:
    """A server can't be asked without waiting."""
    with pytest.raises(ValueError, match="inline"):
        await new_store("postgresql+asyncpg://localhost/nothing", inline=True)


async def test_inline_never_gives_way(inline: Store) -> None:
    """The whole write and the whole read happen in one step of the caller, without a loop or a thread."""
    write = inline.write(entering("a"), team=TEAM)
    with pytest.raises(StopIteration) as told:
        write.send(None)
    assert told.value.value == "a"
    read = inline.read(entered)
    with pytest.raises(StopIteration) as told:
        read.send(None)
    assert told.value.value == ["a"]


async def test_inline_keeps_the_same_promises(inline: Store) -> None:
    """Keys, repetition of what is stale, and undoing what failed are the same without threads."""
    tries = []

    def stale_twice(unit: Unit) -> int:
        tries.append(1)
        pay_in_locked(unit)
        if len(tries) < 3:
            raise Stale
        return len(tries)

    def fail(unit: Unit) -> None:
        pay_in_locked(unit)
        raise LookupError

    assert [await inline.write(stale_twice, team=TEAM, key="k") for _ in range(2)] == [3, 3]
    with pytest.raises(LookupError):
        await inline.write(fail, team=TEAM)
    assert await inline.read(balance) == 1


async def test_the_log_does_not_grow_without_end(url: str, tmp_path: Path) -> None:
    """Three thousand writes one after another leave a log of some hundred, the rest is in the file."""
    async with ledger(url) as store:
        for _ in range(3000):
            await store.write(pay_in_locked, team=TEAM)
        assert (tmp_path / "tiebreak.sqlite3-wal").stat().st_size < 2_500 * 4096
        assert await store.read(balance) == 3000
