"""Socket Mode: hello, envelopes to one socket each, acknowledgements from any."""

from __future__ import annotations

import asyncio
import json
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from aiohttp import WSMsgType, web

from sandbox.envelopes import Envelope, Reply

if TYPE_CHECKING:
    from sandbox.refusal import Json
    from sandbox.slack import Slack

MOST_SOCKETS = 10
PING_SECONDS = 30.0
CLOSE_SECONDS = 1.0
HOST = "applink-sandbox-1"


@dataclass(slots=True)
class Sockets:
    """The app's open sockets; each envelope goes to one of them, in turn."""

    slack: Slack
    open: list[web.WebSocketResponse] = field(default_factory=list)
    _waiting: dict[str, asyncio.Future[Reply]] = field(default_factory=dict)
    _arrived: asyncio.Event = field(default_factory=asyncio.Event)
    _turn: int = 0

    async def carry(self, envelope: Envelope, seconds: float) -> Reply:
        """Wait for a socket if there is none at the moment, send, and wait for the acknowledgement."""
        answered: asyncio.Future[Reply] = asyncio.get_running_loop().create_future()
        self._waiting[envelope.id] = answered
        sent = False
        try:
            async with asyncio.timeout(seconds):
                await self._send(envelope)
                sent = True
                return await answered
        except TimeoutError:
            return Reply(failure="http_timeout" if sent else "connection_failed")
        finally:
            del self._waiting[envelope.id]

    async def serve(self, request: web.Request) -> web.WebSocketResponse:
        """One connection from its ticket to its end."""
        socket = web.WebSocketResponse(timeout=CLOSE_SECONDS, autoping=False, heartbeat=PING_SECONDS)
        await socket.prepare(request)
        ticket = request.query.get("ticket", "")
        if ticket not in self.slack.tickets or self.slack.faults.is_away(self.slack.now()):
            await socket.close()
            return socket
        self.slack.tickets.discard(ticket)
        if len(self.open) >= MOST_SOCKETS:
            await self._say_goodbye(socket, "too_many_websockets")
            return socket
        await self._welcome(socket)
        try:
            async for message in socket:
                await self._heard(socket, message.type, message.data)
        finally:
            self._forget(socket)
        return socket

    async def drop(self, reason: str = "") -> None:
        """Close every socket: without a word, or with `warning`, `refresh_requested`, `link_disabled`."""
        for socket in list(self.open):
            self._forget(socket)
            if reason:
                await self._say_goodbye(socket, reason)
            else:
                await socket.close()

    async def announce(self, reason: str) -> None:
        """Send a `disconnect` message and leave the sockets open, as Slack's `warning` does."""
        for socket in list(self.open):
            await socket.send_json(_disconnect(reason))

    async def _welcome(self, socket: web.WebSocketResponse) -> None:
        hello: Json = {
            "type": "hello",
            "num_connections": len(self.open) + 1,
            "connection_info": {"app_id": self.slack.app.id},
            "debug_info": {"host": HOST, "build_number": 1, "approximate_connection_time": 18060},
        }
        await socket.send_json(hello)
        self.open.append(socket)
        self._arrived.set()
        self.slack.changed()

    async def _heard(self, socket: web.WebSocketResponse, kind: WSMsgType, data: object) -> None:
        if kind == WSMsgType.PING and not self.slack.faults.silent_pongs:
            await socket.pong(bytes(data) if isinstance(data, bytes | bytearray | memoryview) else b"")
        elif kind == WSMsgType.TEXT:
            self._acknowledged(str(data))

    def _acknowledged(self, text: str) -> None:
        try:
            ack = json.loads(text)
        except ValueError:
            self.slack.defect("bad answer", "invalid_json", text[:200])
            return
        waiting = self._waiting.get(str(ack.get("envelope_id", "")))
        if waiting is not None and not waiting.done():
            waiting.set_result(Reply(ack.get("payload")))

    async def _send(self, envelope: Envelope) -> None:
        while True:
            await self._arrived.wait()
            if not self.open:
                continue
            socket = self.open[self._turn % len(self.open)]
            self._turn += 1
            try:
                await socket.send_json(envelope.on_the_wire())
                return
            except (ConnectionError, RuntimeError):
                self._forget(socket)

    async def _say_goodbye(self, socket: web.WebSocketResponse, reason: str) -> None:
        await socket.send_json(_disconnect(reason))
        await socket.close()

    def _forget(self, socket: web.WebSocketResponse) -> None:
        if socket in self.open:
            self.open.remove(socket)
        if not self.open:
            self._arrived.clear()
        self.slack.changed()


def _disconnect(reason: str) -> Json:
    return {"type": "disconnect", "reason": reason, "debug_info": {"host": HOST}}
