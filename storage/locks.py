"""One process at a time on an SQLite file, held by the operating system and given back however it ends."""

from __future__ import annotations

import json
import os
import socket
import sys
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from datetime import datetime
from pathlib import Path
from typing import IO

from storage.errors import AlreadyRunning
from storage.sqlite_engine import file_of

# Windows locks bytes against reading too, so the locked byte lies behind what is written
_LOCKED_BYTE = 1 << 20


@contextmanager
def only_one(url: str, *, now: datetime) -> Iterator[None]:
    """Hold `<file>.lock`; raises `AlreadyRunning`, naming who does. On PostgreSQL replicas are welcome."""
    file = file_of(url)
    if file is None:
        yield
        return
    with _opened(file.with_name(f"{file.name}.lock")) as lock:
        if not _taken(lock):
            raise _holder(lock)
        _sign(lock, now)
        try:
            yield
        finally:
            lock.truncate(0)


def _opened(path: Path) -> IO[str]:
    """The file stays when the lock is given back: removing it would let two hold locks of the same name."""
    return os.fdopen(os.open(path, os.O_RDWR | os.O_CREAT, 0o600), "r+", encoding="utf-8")


def _taken(lock: IO[str]) -> bool:
    with suppress(BlockingIOError, PermissionError):
        if sys.platform == "win32":
            import msvcrt

            lock.seek(_LOCKED_BYTE)
            msvcrt.locking(lock.fileno(), msvcrt.LK_NBLCK, 1)
        else:
            import fcntl

            fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
        return True
    return False


def _sign(lock: IO[str], now: datetime) -> None:
    lock.seek(0)
    lock.truncate()
    json.dump({"pid": os.getpid(), "host": socket.gethostname(), "since": now.isoformat()}, lock)
    lock.flush()


def _holder(lock: IO[str]) -> AlreadyRunning:
    lock.seek(0)
    try:
        found = json.load(lock)
        return AlreadyRunning(found["pid"], found["host"], datetime.fromisoformat(found["since"]))
    except ValueError:  # it has just begun, and has not signed yet
        return AlreadyRunning(0, socket.gethostname(), None)
