"""`tiebreak demo`: a sandbox, the bot and a living example company in one process, with one clock."""

from __future__ import annotations

import asyncio
import contextlib
import logging
import signal
import tempfile
import webbrowser
from collections.abc import AsyncIterator
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import TYPE_CHECKING

import structlog
import typer
from aiohttp import web

from bot.calendar_page import calendar_page
from bot.compose import Bot, compose
from bot.demo.clock import DemoClock
from bot.demo.company import example_configuration, example_slack, furnish
from bot.demo.skipping import Skipping
from bot.demo.story import Story, begins, quiet_tuesday
from bot.line import Line
from bot.pages import served
from handlers.calendar.feed import PATH
from sandbox.manifest import load
from sandbox.page import window
from sandbox.page_server import page
from sandbox.rates import Rates
from sandbox.server import Server, serve
from sandbox.slack import Slack
from storage.migrate import migrate

if TYPE_CHECKING:
    from bot.pages import Page

MANIFEST = Path(__file__).parents[1] / "app.yaml"
LAST_WORDS = 2.0
"""Seconds for what is in hand when the demo ends."""


@dataclass(frozen=True, slots=True)
class Demo:
    """Everything that runs in it."""

    server: Server
    bot: Bot
    clock: DemoClock
    skipping: Skipping


async def demo(*, port: int = 0, open_browser: bool = True, keep: Path | None = None) -> None:
    """Run until Ctrl-C. The database is a temporary file, or a new one at `keep` that is left there.

    Raises OSError when the port is taken, FileExistsError when there is something at `keep` already.
    """
    ended = _ends_on_signals()
    with tempfile.TemporaryDirectory(prefix="tiebreak-demo-") as folder:
        database = _database(keep, Path(folder))
        _quiet()
        async with living(database, port=port) as it:
            typer.echo(f"Tiebreak's demo is at {it.server.url}/?me=nina&at=C0SALES")
            typer.echo("Be Nina, and type /ai-conflict. Ctrl-C ends it.")
            if open_browser:
                _show(f"{it.server.url}/?me=nina&at=C0SALES")
            await ended.wait()
    typer.echo("The demo has ended.")


@contextlib.asynccontextmanager
async def living(database: Path, *, port: int = 0) -> AsyncIterator[Demo]:
    """The company with its history told and everything running."""
    url = f"sqlite+aiosqlite:///{database}"
    clock = DemoClock()
    hours = example_configuration().hours
    tuesday = quiet_tuesday(datetime.now(UTC).date(), hours)
    clock.move_to(begins(tuesday, hours.zone))
    slack = example_slack(clock, load(MANIFEST), Rates(0))
    await migrate(url)
    late = _Late()
    shown = page(window.Skipping(late.next_due, late.forward))
    async with (
        serve(slack, port=port, extend=shown) as server,
        served("127.0.0.1", 0, {PATH: late.calendar}) as address,
        _connected(server, slack, url, clock, address) as bot,
    ):
        late.skipping = skipping = Skipping(bot, server, clock)
        late.calendars = calendar_page(bot.desk, bot.client)
        await bot.store.write(lambda unit: furnish(unit, slack), team=slack.workspace.team)
        await Story(server, skipping, tuesday, hours.zone).tell()
        slack.rates.scale = 1
        async with _awake(bot):
            skipping.running = True
            yield Demo(server, bot, clock, skipping)


@contextlib.asynccontextmanager
async def _awake(bot: Bot) -> AsyncIterator[None]:
    """The bot's own clock runs."""
    bot.clock.start()
    try:
        yield
    finally:
        with contextlib.suppress(TimeoutError):
            async with asyncio.timeout(LAST_WORDS):
                await bot.clock.stop()


@contextlib.asynccontextmanager
async def _connected(
    server: Server, slack: Slack, url: str, clock: DemoClock, address: str
) -> AsyncIterator[Bot]:
    bot = await compose(
        token=slack.bot_token(),
        api_url=server.api_url,
        database_url=url,
        now=clock.now,
        address=address,
    )
    line = Line(bot.app, slack.app_token)
    try:
        await line.connect_async()  # type: ignore[no-untyped-call]
        await server.connected()
        yield bot
    finally:
        await line.hang_up(LAST_WORDS)
        await bot.close()


@dataclass(slots=True)
class _Late:
    """The pages are there before the bot is; until then nothing is due, and there are no calendars."""

    skipping: Skipping | None = None
    calendars: Page | None = None

    async def next_due(self) -> window.Due | None:
        return await self.skipping.next_due() if self.skipping else None

    async def calendar(self, request: web.Request) -> web.StreamResponse:
        return await self.calendars(request) if self.calendars else web.Response(status=503)

    async def forward(self, by: timedelta) -> None:
        if self.skipping:
            await self.skipping.forward(by)


def _database(keep: Path | None, folder: Path) -> Path:
    if keep is None:
        return folder / "demo.sqlite"
    if keep.exists():
        raise FileExistsError(f"{keep} exists already; the demo begins with a new database.")
    return keep


def _quiet() -> None:
    """Made trouble and a moved clock are no news here; the page's drawer shows what goes on."""
    structlog.configure(wrapper_class=structlog.make_filtering_bound_logger(logging.ERROR))
    logging.basicConfig(handlers=[logging.NullHandler()])


def _ends_on_signals() -> asyncio.Event:
    ended = asyncio.Event()
    loop = asyncio.get_running_loop()
    for name in (signal.SIGINT, signal.SIGTERM):
        loop.add_signal_handler(name, ended.set)
    return ended


def _show(url: str) -> None:
    """Open the browser if there is one."""
    with contextlib.suppress(webbrowser.Error):
        webbrowser.open(url)
