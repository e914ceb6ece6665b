"""What the drain of the outbox needs from whoever speaks."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from datetime import datetime
from typing import Protocol

from council.people import Channel
from council.speaking import Spoken, Trouble, Unreachable
from council.workspace import Workspace
from storage.messages import Message
from storage.overview import Overview
from storage.subject import Gathered, Subject


class Speaker(Protocol):
    """Says things and tells what came of it; remembers nothing and raises nothing."""

    async def open_dm(self, team: str, person: str) -> Spoken:
        """Open the direct conversation with a person; `Said.channel` is its id."""
        ...

    async def look(self, team: str, channel: str) -> Channel | Spoken:
        """How a channel is now."""
        ...

    async def join(self, team: str, channel: str) -> Spoken:
        """Join a public channel; joining it again changes nothing."""
        ...

    async def tell(
        self, subject: Subject, workspace: Workspace, *, channel: str, first: bool, now: datetime
    ) -> Spoken:
        """Say a notice in a channel; `first`: the person has never heard of us."""
        ...

    async def tell_together(
        self, parts: Sequence[Subject], workspace: Workspace, *, channel: str, first: bool, now: datetime
    ) -> Spoken:
        """Say several notices in one message, the first of them with a line each."""
        ...

    async def show(
        self,
        message: Message,
        subject: Subject | Gathered,
        workspace: Workspace,
        *,
        key: str,
        now: datetime,
    ) -> Spoken:
        """Post or update a message that follows what it is about."""
        ...

    async def publish(
        self, team: str, person: str, seen: Overview, workspace: Workspace | None, now: datetime
    ) -> Spoken:
        """Draw somebody's App Home."""
        ...

    async def take_down(self, team: str, message: Message) -> Spoken:
        """Delete a message of ours; one that is gone already is `Deleted`."""
        ...

    async def read_back(
        self, team: str, channel: str, keys: Iterable[str]
    ) -> Mapping[str, str] | Unreachable | Trouble:
        """Which keys stand in a conversation, with their ts; or why it can't be read, now or ever."""
        ...
