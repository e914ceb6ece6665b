"""A browser without a screen: it opens the page, sends what somebody does, and keeps the pieces it gets."""

from __future__ import annotations

import asyncio
import contextlib
import json
import re
from collections.abc import AsyncIterator
from html import unescape
from typing import Any

import aiohttp

from sandbox.server import Server

TAG = re.compile(r"<[^>]+>")


class Browser:
    """One window of the page."""

    def __init__(self, socket: aiohttp.ClientWebSocketResponse) -> None:
        self._socket = socket
        self._number = 0
        self.pieces: dict[str, str] = {}
        self.address = ""

    async def do(self, what: str, **said: Any) -> dict[str, Any]:
        """Send one act and read until it is answered."""
        self._number += 1
        await self._socket.send_json({"n": self._number, "do": what, **said})
        while True:
            told = await self._read()
            if told.get("answer") == self._number:
                return told

    async def until(self, piece: str, words: str, seconds: float = 5) -> str:
        """Read until a piece says these words."""
        async with asyncio.timeout(seconds):
            while words not in self.text(piece):
                await self._read(seconds)
        return self.text(piece)

    def text(self, piece: str) -> str:
        """What a person reads of a piece."""
        return " ".join(unescape(TAG.sub(" ", self.pieces.get(piece, ""))).split())

    def place(self, piece: str, kind: str, nth: int = 0) -> dict[str, str]:
        """Where the control of that kind stands, as the page's script sends it."""
        html = self.pieces[piece]
        tag = [tag for tag in TAG.findall(html) if f'data-type="{kind}"' in tag][nth]
        before = html[: html.index(tag)]
        found = {"block": _attribute(tag, "data-block-id"), "action": _attribute(tag, "data-action-id")}
        if 'data-view="' in before:
            return {**found, "view": before.rpartition('data-view="')[2].partition('"')[0]}
        return {**found, "ts": before.rpartition('data-ts="')[2].partition('"')[0]}

    async def _read(self, seconds: float = 5) -> dict[str, Any]:
        told: dict[str, Any] = json.loads(await self._socket.receive_str(timeout=seconds))
        self.pieces |= told.get("pieces", {})
        self.address = told.get("address", self.address)
        return told


def _attribute(tag: str, name: str) -> str:
    return unescape(tag.partition(f'{name}="')[2].partition('"')[0])


@contextlib.asynccontextmanager
async def browsing(server: Server, query: str = "?me=nina&at=C0SALES") -> AsyncIterator[Browser]:
    """The page of this process's sandbox, open in a window."""
    async with browsing_at(server.url, query) as browser:
        yield browser


@contextlib.asynccontextmanager
async def browsing_at(url: str, query: str = "?me=nina&at=C0SALES") -> AsyncIterator[Browser]:
    """The page at an address, open in a window."""
    async with (
        aiohttp.ClientSession(headers={"Origin": url}) as session,
        session.ws_connect(f"{url}/page/socket{query}") as socket,
    ):
        browser = Browser(socket)
        await browser.until("left", "You are")
        yield browser
