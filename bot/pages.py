"""The pages `run` serves to others than Slack, on one port."""

from __future__ import annotations

from collections.abc import AsyncIterator, Awaitable, Callable, Mapping
from contextlib import asynccontextmanager
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from aiohttp import web

    Page = Callable[[web.Request], Awaitable[web.StreamResponse]]


@asynccontextmanager
async def served(host: str, port: int, pages: Mapping[str, Page]) -> AsyncIterator[str]:
    """Answer there until the end; gives the address, port 0 being any free one.

    Raises OSError when the port is taken. Nothing is logged of who asks for what: paths hold secrets.
    """
    from aiohttp import web  # whoever serves nothing does not load a server

    app = web.Application()
    for path, page in pages.items():
        app.router.add_get(path, page)
    runner = web.AppRunner(app, access_log=None)
    await runner.setup()
    try:
        await web.TCPSite(runner, host, port).start()
        yield f"http://{host}:{runner.addresses[0][1]}"
    finally:
        await runner.cleanup()
