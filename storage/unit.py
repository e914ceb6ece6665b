"""One write: everything in it is saved together or not at all."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from functools import cached_property

from sqlalchemy import Connection

from storage import deliveries
from storage.workspaces import Known

Ids = Callable[[], str]
Clock = Callable[[], datetime]


@dataclass(frozen=True)
class Unit:
    """What a writing function gets: its connection, workspace and delivery key; new ids, aware UTC time."""

    connection: Connection
    team: str
    key: str | None
    ids: Ids
    clock: Clock

    def unfinished(self) -> None:
        """Nothing is settled by it yet: delivered again it is worked on again."""
        if self.key is not None:
            deliveries.forget(self.connection, self.team, self.key)

    @cached_property
    def known(self) -> Known:
        """What is known of the workspace, the same throughout the unit."""
        return Known(self.connection, self.team)


UnitFactory = Callable[[Connection, str, str | None, Ids, Clock], Unit]
