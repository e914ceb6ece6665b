"""What every listener and the delivery work with; built once, passed in, never global."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import datetime

from council.workspace import Workspace
from storage import workspaces
from storage.store import Store


@dataclass(frozen=True, slots=True)
class Desk:
    """The store, the clock (aware UTC), and how to say that there is something to do."""

    store: Store
    clock: Callable[[], datetime]
    stirred: Callable[[], None] = field(default=lambda: None)
    """Called after every write: the clock looks when it must wake up next."""

    async def workspace(self, team: str, *people: str | None) -> Workspace | None:
        """The workspace with these people in it, None before anything is set up."""
        wanted = [person for person in people if person]
        now = self.clock()
        return await self.store.read(lambda connection: workspaces.load(connection, team, wanted, now=now))
