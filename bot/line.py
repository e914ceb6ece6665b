"""The line to Slack: Socket Mode, counting what is in hand so that stopping loses nothing."""

from __future__ import annotations

import asyncio
from typing import Any

from slack_bolt.adapter.socket_mode.aiohttp import AsyncSocketModeHandler
from slack_bolt.async_app import AsyncApp
from slack_sdk.socket_mode.request import SocketModeRequest


class Line(AsyncSocketModeHandler):
    """bolt's Socket Mode handler that knows which deliveries it is working on."""

    def __init__(self, app: AsyncApp, app_token: str, **options: Any) -> None:
        super().__init__(app, app_token, **options)
        self._in_hand: set[asyncio.Task[Any]] = set()
        self._taking = True

    async def handle(self, client: Any, req: SocketModeRequest) -> None:
        """Work on one delivery; after `hang_up` nothing is taken, and Slack delivers it to somebody else."""
        task = asyncio.current_task()
        if not self._taking or task is None:
            return
        self._in_hand.add(task)
        try:
            await super().handle(client, req)
        finally:
            self._in_hand.discard(task)

    async def hang_up(self, patience: float) -> None:
        """Take nothing more, finish what is in hand for at most `patience` seconds, and close the line."""
        self._taking = False
        if self._in_hand:
            await asyncio.wait(self._in_hand, timeout=patience)
        await self.close_async()  # type: ignore[no-untyped-call]
