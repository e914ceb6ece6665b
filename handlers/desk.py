"""What every listener and the delivery work with; built once, passed in, never global."""

from __future__ import annotations

import asyncio
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

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
    address: str | None = None
    """Where calendars can be read from outside, without a slash at its end; None: nowhere."""
    looking: set[asyncio.Task[Any]] = field(default_factory=set)
    """Look-ups that took longer than somebody could wait; what they find is kept all the same."""

    async def close(self) -> None:
        """Give up look-ups that are still under way."""
        for task in list(self.looking):
            task.cancel()
        await asyncio.gather(*self.looking, return_exceptions=True)

    async def workspace(self, team: str, *people: str | None) -> Workspace | None:
        """The workspace with these people in it, None before anything is set up."""
        wanted = [person for person in people if person]
        now = self.clock()
        return await self.store.read(lambda connection: workspaces.load(connection, team, wanted, now=now))
