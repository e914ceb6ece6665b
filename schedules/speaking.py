"""What the drain of the outbox needs from whoever speaks."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime
from typing import Protocol

from council.conflict import Conflict
from council.speaking import Spoken
from council.workspace import Workspace
from storage.messages import Message
from storage.outbox import Waiting


class Speaker(Protocol):
    """Says things and tells what came of it; remembers nothing."""

    async def open_dm(self, team: str, person: str) -> Spoken:
        """Open the direct conversation with a person; `Said.channel` is its id."""
        ...

    async def tell(
        self,
        waiting: Waiting,
        conflict: Conflict | None,
        workspace: Workspace,
        *,
        channel: str,
        first: bool,
        card: Message | None,
        similar: Conflict | None,
        now: datetime,
    ) -> Spoken:
        """Say a notice in a channel."""
        ...

    async def show(
        self,
        message: Message,
        waiting: Waiting | None,
        conflict: Conflict,
        workspace: Workspace,
        *,
        key: str,
        card: Message | None,
        join: bool,
        now: datetime,
    ) -> Spoken:
        """Post or update a message that follows its conflict; `join` its channel first."""
        ...

    async def read_back(self, team: str, channel: str, keys: Iterable[str]) -> dict[str, str] | None:
        """Which keys stand in a conversation, with their ts; None when it can't be read."""
        ...
