"""One write: everything in it is saved together or not at all."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import Connection

Ids = Callable[[], str]
Clock = Callable[[], datetime]


@dataclass(frozen=True, slots=True)
class Unit:
    """What a writing function gets: its connection, workspace and delivery key; new ids, aware UTC time."""

    connection: Connection
    team: str
    key: str | None
    ids: Ids
    clock: Clock


UnitFactory = Callable[[Connection, str, str | None, Ids, Clock], Unit]
