"""The sandbox on a port: Web API, socket, response urls, uploads and the install page, on loopback only."""

from __future__ import annotations

import asyncio
import contextlib
import json
from collections.abc import AsyncIterator, Awaitable, Callable
from dataclasses import dataclass
from typing import TYPE_CHECKING
from urllib.parse import urlencode

import aiohttp
from aiohttp import web

from sandbox.answers import answer_response_url
from sandbox.delivery import ACK_SECONDS, Delivery
from sandbox.http_line import HttpLine
from sandbox.installing import allow
from sandbox.methods.files import receive
from sandbox.refusal import NotPossible
from sandbox.robot import Robot
from sandbox.socket_mode import Sockets
from sandbox.waiting import until
from sandbox.wire import Answer, Request

if TYPE_CHECKING:
    from sandbox.slack import Slack

HOST = "127.0.0.1"
LARGEST_BODY = 8 * 1024 * 1024
LOOK_SECONDS = 0.5

Handler = Callable[[web.Request], Awaitable[web.StreamResponse]]


@dataclass(slots=True)
class Server:
    """One Slack, listening. `url` is its root; apps take `url + "/api/"` as the Web API's address."""

    slack: Slack
    delivery: Delivery
    sockets: Sockets
    url: str = ""

    @property
    def api_url(self) -> str:
        return f"{self.url}/api/"

    def robot(self, name: str) -> Robot:
        """A person who clicks: by handle, first name, full name or id."""
        return Robot(self.slack, self.slack.workspace.person(name).id)

    def look(self) -> None:
        """Do what is due by the sandbox's clock; call it after moving the clock by hand."""
        self.delivery.look()

    async def settle(self) -> None:
        """Wait until every event on its way has been taken or put off."""
        await self.delivery.settle()

    async def connected(self, seconds: float = 5.0) -> None:
        """Wait until an app holds a socket."""
        await until(self.slack, lambda: bool(self.sockets.open), seconds)


Extend = Callable[[web.Application, Server], None]


@contextlib.asynccontextmanager
async def serve(
    slack: Slack,
    *,
    port: int = 0,
    request_url: str = "",
    ack_seconds: float = ACK_SECONDS,
    extend: Extend | None = None,
) -> AsyncIterator[Server]:
    """Listen on 127.0.0.1 (port 0: any free one) until the block ends.

    With a `request_url` deliveries are signed HTTP posts, otherwise they go over Socket Mode.
    `extend(app, server)` may add routes of its own, such as a page.
    """
    async with contextlib.AsyncExitStack() as stack:
        sockets = Sockets(slack)
        line: Sockets | HttpLine = sockets
        if request_url:
            session = await stack.enter_async_context(aiohttp.ClientSession())
            line = HttpLine(slack, request_url, session)
        server = Server(slack, Delivery(slack, line, ack_seconds), sockets)
        app = application(server)
        if extend is not None:
            extend(app, server)
        runner = web.AppRunner(app, access_log=None, shutdown_timeout=0.2)
        await runner.setup()
        stack.push_async_callback(runner.cleanup)
        server.url = await _listen(runner, port)
        slack.base_url = server.url
        ticking = asyncio.create_task(_tick(server))
        stack.push_async_callback(_stop, server, ticking)
        yield server


def application(server: Server) -> web.Application:
    """The routes of slack.com, hooks.slack.com and wss-primary.slack.com in one place."""
    app = web.Application(client_max_size=LARGEST_BODY)
    app.router.add_route("*", "/api/{method}", _api(server))
    app.router.add_get("/link/", server.sockets.serve)
    app.router.add_post("/hooks/{kind}/{key:.+}", _hook(server))
    app.router.add_route("*", "/upload/v1/{ticket}", _upload(server))
    app.router.add_get("/oauth/v2/authorize", _authorize(server))
    return app


async def _listen(runner: web.AppRunner, port: int) -> str:
    site = web.TCPSite(runner, HOST, port)
    await site.start()
    return f"http://{HOST}:{runner.addresses[0][1]}"


async def _tick(server: Server) -> None:
    while True:
        await asyncio.sleep(LOOK_SECONDS)
        server.look()
        if server.sockets.open and server.slack.faults.is_away(server.slack.now()):
            await server.sockets.drop()


async def _stop(server: Server, ticking: asyncio.Task[None]) -> None:
    ticking.cancel()
    await asyncio.gather(ticking, return_exceptions=True)
    await server.delivery.stop()
    await server.sockets.drop()


def _api(server: Server) -> Handler:
    async def answer(request: web.Request) -> web.StreamResponse:
        headers = {key.lower(): value for key, value in request.headers.items()}
        call = Request(request.method, dict(request.query), headers, await request.read())
        result = server.slack.call(request.match_info["method"], call)
        return await _send(request, result, json.dumps(result.body), "application/json")

    return answer


def _hook(server: Server) -> Handler:
    async def answer(request: web.Request) -> web.StreamResponse:
        result = answer_response_url(server.slack, request.match_info["key"], await request.read())
        if result.ok:
            return await _send(request, result, "ok", "text/plain")
        if result.status == 400:
            return await _send(request, result, result.error, "text/plain")
        return await _send(request, result, json.dumps(result.body), "application/json")

    return answer


def _upload(server: Server) -> Handler:
    async def answer(request: web.Request) -> web.StreamResponse:
        said = receive(server.slack, request.match_info["ticket"], await _uploaded(request))
        return web.Response(text=said or "not found", status=200 if said else 404)

    return answer


async def _uploaded(request: web.Request) -> bytes:
    if not request.content_type.startswith("multipart/"):
        return await request.read()
    parts = await request.post()
    return b"".join(part.file.read() for part in parts.values() if isinstance(part, web.FileField))


def _authorize(server: Server) -> Handler:
    async def answer(request: web.Request) -> web.StreamResponse:
        """Whoever comes is the workspace's first admin and presses *Allow* at once."""
        query, people = request.query, server.slack.workspace.people.values()
        admin = next(person.id for person in people if person.admin)
        back = query.get("redirect_uri", "") or next(iter(server.slack.app.redirect_urls), "")
        try:
            code = allow(
                server.slack,
                admin,
                query.get("client_id", ""),
                query.get("scope", ""),
                query.get("redirect_uri", ""),
            )
        except NotPossible as reason:
            return web.Response(text=str(reason), status=400)
        raise web.HTTPFound(f"{back}?{urlencode({'code': code, 'state': query.get('state', '')})}")

    return answer


async def _send(request: web.Request, result: Answer, text: str, content_type: str) -> web.StreamResponse:
    """Send an answer, after its delay; a cut one is a connection closed without a word."""
    if result.delay:
        await asyncio.sleep(result.delay)
    if result.cut:
        if request.transport is not None:
            request.transport.abort()
        return web.Response()
    body = text if result.body else ""
    return web.Response(text=body, status=result.status, headers=result.headers, content_type=content_type)
