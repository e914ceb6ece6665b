"""Writing in the background, and noticing when nothing can be saved."""

from __future__ import annotations

from collections.abc import Callable
from typing import TypeVar

from storage.errors import Unavailable
from storage.store import Lane, Store, Unit

T = TypeVar("T")
MOST_FAILED = 3
"""After so many failed commits in a row nothing is said until one succeeds."""


class Commits:
    """The background's way to the store; counts what was saved, and the failures in a row."""

    def __init__(self, store: Store) -> None:
        self._store = store
        self.read = store.read
        self._failed = 0
        self.saved = 0

    @property
    def paused(self) -> bool:
        """True while nothing can be saved."""
        return self._failed >= MOST_FAILED

    async def write(self, fn: Callable[[Unit], T], team: str = "") -> T:
        """As the store's `write`, behind what people wait for."""
        try:
            value = await self._store.write(fn, team=team, lane=Lane.BACKGROUND)
        except Unavailable:
            self._failed += 1
            raise
        self._failed = 0
        self.saved += 1
        return value
