"""Somebody who says things as told to, without Slack."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

from council.people import Channel
from council.speaking import Deleted, Said, Spoken, Trouble, Unreachable


class Mouth:
    """Says everything; remembers what."""

    def __init__(self) -> None:
        self.said: list[str] = []

    async def look(self, team: str, channel: str) -> Channel:
        return Channel(id=channel, bot_in=True)

    async def join(self, team: str, channel: str) -> Spoken:
        return Said(channel, "")

    async def open_dm(self, team: str, person: str) -> Spoken:
        return Said(f"D{person}", "")

    async def tell(self, subject: Any, *_: Any, channel: str, **__: Any) -> Spoken:
        return self._say(subject.waiting.key, channel)

    async def tell_together(self, parts: Any, *_: Any, channel: str, **__: Any) -> Spoken:
        return self._say(parts[0].waiting.key, channel)

    async def show(self, message: Any, *_: Any, key: str, **__: Any) -> Spoken:
        return self._say(key, message.channel)

    async def publish(self, *_: Any) -> Spoken:
        return Said("", "")

    async def take_down(self, *_: Any) -> Spoken:
        """Nothing is ever taken down in these tests."""
        return Deleted()

    async def read_back(
        self, team: str, channel: str, keys: Iterable[str]
    ) -> Mapping[str, str] | Unreachable | Trouble:
        return {}

    def _say(self, key: str, channel: str) -> Spoken:
        self.said.append(key)
        return Said(channel, f"{len(self.said)}.0")
