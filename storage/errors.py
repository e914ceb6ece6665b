"""What can go wrong between a function and the database.

Stale             somebody was faster: the function is repeated with fresh state before anybody is told
Unavailable       the database can't be used now; `reason` says why
├── NotTaken      a write that certainly changed nothing: trying again is safe
└── Unsure        the connection broke during the commit: nobody knows whether the write was taken
AlreadyRunning    another process holds the database's file
MigrationNeeded   the database is behind this program
NewerDatabase     the database was written by a newer program
NotWhole          a copy that was read back is broken
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from enum import StrEnum


class Reason(StrEnum):
    """Why the database can't be used."""

    LOCKED = "locked"
    FULL = "full"
    READ_ONLY = "read_only"
    UNREACHABLE = "unreachable"


class Stale(Exception):
    """The row changed since it was read."""


class Unavailable(Exception):
    """The database can't be used now; the cause hangs on `__cause__`."""

    def __init__(self, reason: Reason) -> None:
        super().__init__(f"the database is {reason.value.replace('_', '-')}")
        self.reason = reason


class NotTaken(Unavailable):
    """The write was rolled back whole."""


class Unsure(Unavailable):
    """The write may or may not have been taken; with a delivery key the store repeats it instead."""


class AlreadyRunning(Exception):
    """Another process works on this SQLite file; `since` is aware UTC."""

    def __init__(self, pid: int, host: str, since: datetime | None) -> None:
        started = f", since {since:%Y-%m-%d %H:%M} UTC" if since else ""
        super().__init__(f"already running: process {pid} on {host}{started}")
        self.pid, self.host, self.since = pid, host, since


class MigrationNeeded(Exception):
    """Migrations that have not been applied yet, the oldest first."""

    def __init__(self, pending: Sequence[str]) -> None:
        super().__init__(f"the database is {_counted(len(pending))} behind; type: tiebreak migrate")
        self.pending = tuple(pending)


class NewerDatabase(Exception):
    """This program does not know the database's version, so it keeps its hands off."""

    def __init__(self, version: str, newest: str) -> None:
        super().__init__(f"the database is at version {version}, this program knows up to {newest}")
        self.version = version


class NotWhole(Exception):
    """A copy of the database was read back and is broken; so is likely what it was made of."""


def _counted(migrations: int) -> str:
    return "1 migration" if migrations == 1 else f"{migrations} migrations"
