"""The page on the sandbox's port: one HTML page, its few files, and one WebSocket that sends what changed.

Only this computer's browser gets in: the Host header must name loopback and a socket's Origin this page, so
that no other web page can reach in, not even by a name that resolves to 127.0.0.1.
"""

from __future__ import annotations

import asyncio
import contextlib
import json
from collections.abc import Awaitable, Callable
from pathlib import Path
from typing import Any
from urllib.parse import quote

from aiohttp import WSCloseCode, WSMsgType, web

from sandbox.acts.shortcuts import open_app
from sandbox.page.doing import do
from sandbox.page.drawing import draw, whole
from sandbox.page.window import Page, Skipping, Window
from sandbox.server import Extend, Server

FOLDER = Path(__file__).parent / "page"
TYPES = {".css": "text/css", ".js": "text/javascript", ".svg": "image/svg+xml", ".woff2": "font/woff2"}
COALESCED = 0.02
"""Seconds in which several changes become one drawing."""
CLOCK_SECONDS = 15.0
"""The time on the bar is at most this old."""
LARGEST_MESSAGE = 512 * 1024

Handler = Callable[[web.Request], Awaitable[web.StreamResponse]]


def files() -> dict[str, str]:
    """What the page links to, and its types."""
    found = (path for path in sorted(FOLDER.rglob("*")) if path.suffix in TYPES)
    return {path.relative_to(FOLDER).as_posix(): TYPES[path.suffix] for path in found}


def page(skipping: Skipping | None = None) -> Extend:
    """Add the page: `serve(slack, extend=page())`. `skipping` moves a clock that is shared with others."""

    def extend(app: web.Application, server: Server) -> None:
        shown = Page(server, skipping)
        sockets: set[web.WebSocketResponse] = set()
        app.router.add_get("/", _guarded(server, _first(shown)))
        app.router.add_get("/page/socket", _guarded(server, _socket(shown, sockets), origin=True))
        app.router.add_get("/files/{id}", _guarded(server, _uploaded(server)))
        for name, type_ in files().items():
            app.router.add_get(f"/page/{name}", _guarded(server, _file(name, type_)))
        app.on_shutdown.append(_closing(sockets))

    return extend


def _guarded(server: Server, handler: Handler, *, origin: bool = False) -> Handler:
    async def answer(request: web.Request) -> web.StreamResponse:
        port = server.url.rpartition(":")[2]
        hosts = {f"127.0.0.1:{port}", f"localhost:{port}"}
        if request.host not in hosts:
            raise web.HTTPForbidden(text="This page is for this computer only.")
        if origin and request.headers.get("Origin") != f"http://{request.host}":
            raise web.HTTPForbidden(text="This socket is for the sandbox's own page only.")
        return await handler(request)

    return answer


def _headers(host: str) -> dict[str, str]:
    policy = (
        "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' https: data:; "
        f"font-src 'self'; connect-src 'self' ws://{host}; "
        "base-uri 'none'; form-action 'none'; frame-ancestors 'none'"
    )
    return {
        "Content-Security-Policy": policy,
        "X-Content-Type-Options": "nosniff",
        "Referrer-Policy": "no-referrer",
        "Cache-Control": "no-store",
    }


def _first(shown: Page) -> Handler:
    async def answer(request: web.Request) -> web.StreamResponse:
        window = _window(shown, request, peeking=True)
        html = whole(window, await shown.next_due())
        return web.Response(text=html, content_type="text/html", headers=_headers(request.host))

    return answer


def _file(name: str, type_: str) -> Handler:
    async def answer(request: web.Request) -> web.StreamResponse:
        body = (FOLDER / name).read_bytes()
        charset = None if type_.startswith("font/") else "utf-8"
        return web.Response(body=body, content_type=type_, charset=charset, headers=_headers(request.host))

    return answer


def _uploaded(server: Server) -> Handler:
    async def answer(request: web.Request) -> web.StreamResponse:
        """What was put into a conversation as a file; never shown as a page of ours."""
        upload = server.slack.uploads.get(request.match_info["id"])
        if upload is None or upload.content is None or not upload.shared:
            raise web.HTTPNotFound
        named = {"Content-Disposition": f"attachment; filename*=UTF-8''{quote(upload.name)}"}
        headers = {**_headers(request.host), **named}
        return web.Response(body=upload.content, content_type="application/octet-stream", headers=headers)

    return answer


def _window(shown: Page, request: web.Request, *, peeking: bool = False) -> Window:
    me, at, thread, tab = (request.query.get(name, "") for name in ("me", "at", "thread", "tab"))
    return Window(shown, me, at, thread, home=tab == "home", peeking=peeking)


def _socket(shown: Page, sockets: set[web.WebSocketResponse]) -> Handler:
    async def answer(request: web.Request) -> web.StreamResponse:
        socket = web.WebSocketResponse(max_msg_size=LARGEST_MESSAGE, heartbeat=30)
        await socket.prepare(request)
        sockets.add(socket)
        connection = Connection(socket, _window(shown, request))
        connection.tell_of_home()
        try:
            await connection.run()
        finally:
            sockets.discard(socket)
        return socket

    return answer


def _closing(sockets: set[web.WebSocketResponse]) -> Callable[[web.Application], Awaitable[None]]:
    async def close(_app: web.Application) -> None:
        for socket in list(sockets):
            await socket.close(code=WSCloseCode.GOING_AWAY)

    return close


class Connection:
    """One open window: what it says is done; after every change it gets the pieces that look different."""

    def __init__(self, socket: web.WebSocketResponse, window: Window) -> None:
        self._socket, self._window = socket, window
        self._changed = asyncio.Event()
        self._sent: dict[str, str] = {}
        self._doing: set[asyncio.Task[None]] = set()

    def tell_of_home(self) -> None:
        """The app hears when its Home is what the window opens with."""
        if self._window.home and not self._window.person.deactivated:
            open_app(self._window.slack, self._window.me)

    async def run(self) -> None:
        """Until the browser closes."""
        await self._send({"boot": self._window.page.boot})
        stop = self._window.slack.subscribe(self._changed.set)
        drawing = asyncio.create_task(self._draw())
        try:
            async for message in self._socket:
                if message.type == WSMsgType.TEXT:
                    self._heard(message.data)
        finally:
            stop()
            for task in (drawing, *self._doing):
                task.cancel()
            await asyncio.gather(drawing, *self._doing, return_exceptions=True)

    def _heard(self, text: str) -> None:
        try:
            said = json.loads(text)
        except ValueError:
            return
        if isinstance(said, dict):
            task = asyncio.create_task(self._do(said))
            self._doing.add(task)
            task.add_done_callback(self._doing.discard)

    async def _do(self, said: dict[str, Any]) -> None:
        try:
            answer = await do(self._window, said)
        except Exception as reason:  # noqa: BLE001 - whatever broke, the browser must not wait for an answer
            answer = {"trouble": f"That went wrong inside the sandbox: {reason!r}"}
        self._changed.set()
        await self._show()
        await self._send({"answer": said.get("n"), **answer})

    async def _draw(self) -> None:
        while True:
            await self._show()
            with contextlib.suppress(TimeoutError):
                async with asyncio.timeout(CLOCK_SECONDS):
                    await self._changed.wait()
            self._changed.clear()
            await asyncio.sleep(COALESCED)

    async def _show(self) -> None:
        """Send the pieces that are not on the screen yet."""
        due = await self._window.page.next_due()
        self._window.see()
        pieces = draw(self._window, due)
        new = {name: html for name, html in pieces.items() if self._sent.get(name) != html}
        if new:
            self._sent |= new
            await self._send({"pieces": new, "address": self._window.address})

    async def _send(self, message: dict[str, Any]) -> None:
        with contextlib.suppress(ConnectionError, RuntimeError):
            await self._socket.send_json(message)
