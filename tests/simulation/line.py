"""From Slack to the bot without a socket: waits for a connection, delivers, waits for the acknowledgement."""

from __future__ import annotations

import asyncio
from collections.abc import Callable
from dataclasses import dataclass, field
from random import Random

from sandbox.delivery import Delivery
from sandbox.envelopes import Envelope, Reply
from sandbox.slack import Slack
from tests.simulation.network import FASTEST, SLOWEST
from tests.simulation.process import Process
from tests.simulation.virtual import Loop

REPEATED = (1, 61, 301)
"""Seconds after which Slack's repetitions of an event are due."""


@dataclass(slots=True)
class Line:
    """Carries deliveries to the process that is connected; `told` hears of each and of its reply."""

    slack: Slack
    loop: Loop
    random: Random
    told: Callable[[Envelope, Reply], None]
    busy: Callable[[], None] = lambda: None
    """Called when something is on its way to the bot."""
    process: Process | None = None
    delivery: Delivery = field(init=False)
    _open: asyncio.Event = field(default_factory=asyncio.Event)

    def __post_init__(self) -> None:
        self.delivery = Delivery(self.slack, self)

    @property
    def open(self) -> bool:
        """True while an app is connected."""
        return self._open.is_set()

    def connect(self, process: Process) -> None:
        """From now on this process gets what is delivered."""
        self.process = process
        self._open.set()

    def close(self) -> None:
        """Nothing more is delivered; what is under way is still acknowledged."""
        self._open.clear()

    def drop(self) -> None:
        """The socket breaks: acknowledgements that are under way are lost with it."""
        self.close()
        if self.process is not None:
            self.process.hang_up()

    async def carry(self, envelope: Envelope, seconds: float) -> Reply:
        """Deliver once and wait at most `seconds` for the acknowledgement."""
        reply = await self._carried(envelope, seconds)
        self.told(envelope, reply)
        if not reply.taken:
            self.look_later()
        return reply

    def look_later(self) -> None:
        """Slack looks again when what it repeats is due."""
        for seconds in REPEATED:
            self.loop.call_later(seconds, self.delivery.look)

    async def _carried(self, envelope: Envelope, seconds: float) -> Reply:
        try:
            async with asyncio.timeout(seconds):
                await self._connected()
        except TimeoutError:
            return Reply(failure="connection_failed")
        try:
            async with asyncio.timeout(seconds):
                return await self._answered(envelope)
        except TimeoutError:
            return Reply(failure="http_timeout")

    async def _connected(self) -> None:
        """The way there; who is gone by then is waited for again."""
        await self._open.wait()
        await asyncio.sleep(self._while())
        await self._open.wait()

    async def _answered(self, envelope: Envelope) -> Reply:
        assert self.process is not None
        self.busy()
        reply = await self.process.take(envelope, self.loop)
        await asyncio.sleep(self._while())
        return reply

    def _while(self) -> float:
        return self.random.uniform(FASTEST, SLOWEST)
