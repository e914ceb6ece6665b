"""`tiebreak run`: connected to Slack until it is told to stop."""

from __future__ import annotations

import asyncio
import contextlib
import os
import signal
from collections.abc import AsyncIterator, Awaitable, Callable, Coroutine
from typing import Any, TypeVar

import aiohttp
import structlog
from slack_sdk.errors import SlackApiError

from bot.calendar_page import calendar_page
from bot.compose import Bot, compose, utc_now
from bot.healthz import Pulse, felt, health_page
from bot.keeper import name_keeper
from bot.line import Line
from bot.logs import configure_logs
from bot.pages import served
from bot.settings import Settings
from handlers.calendar.feed import PATH
from handlers.judging import error_of, stumbles
from storage import people, workspaces
from storage.locks import only_one
from storage.migrate import prepare
from storage.store import Unit

LAST_WORDS = 4.0
"""Seconds for deliveries in hand, and again for what is being said; together under ten."""
SHORTEST_PAUSE, LONGEST_PAUSE = 1.0, 60.0
"""Seconds between two tries while Slack is away at the start."""
UNREACHED = (OSError, TimeoutError, aiohttp.ClientError)
T = TypeVar("T")
log = structlog.get_logger(__name__)


class CannotStart(Exception):
    """Something the operator has to mend first; its text says what."""


async def run(settings: Settings) -> None:
    """Run until SIGTERM or SIGINT, then finish what is in hand. Raises `CannotStart`."""
    configure_logs()
    forget_environment()
    with only_one(settings.database_url, now=utc_now()):
        try:
            await prepare(settings.database_url)
        except OSError as problem:
            raise CannotStart(f"The database of DATABASE_URL can't be reached ({problem}).") from problem
        bot = await compose(
            token=settings.bot_token,
            api_url=settings.api_url,
            database_url=settings.database_url,
            address=settings.address,
        )
        try:
            told = _told_to_stop()
            if await _unless_told(told, _arrive(bot, settings)):
                await _run_until_told(bot, settings, told)
        finally:
            await bot.close()


def _told_to_stop() -> asyncio.Event:
    told, loop = asyncio.Event(), asyncio.get_running_loop()
    for name in (signal.SIGTERM, signal.SIGINT):
        loop.add_signal_handler(name, told.set)
    return told


async def _unless_told(told: asyncio.Event, work: Coroutine[Any, Any, None]) -> bool:
    """Work; False when told to stop before it was done."""
    working, stopping = asyncio.create_task(work), asyncio.create_task(told.wait())
    await asyncio.wait({working, stopping}, return_when=asyncio.FIRST_COMPLETED)
    for task in (working, stopping):
        task.cancel()
    await asyncio.wait({working, stopping})
    if not working.cancelled():
        working.result()
    return not told.is_set()


async def _arrive(bot: Bot, settings: Settings) -> None:
    """Who we are, who keeps it, and that both tokens are good."""
    await name_keeper(bot, settings, await patiently(lambda: introduce(bot)))
    await patiently(lambda: check_app_token(bot, settings.app_token))


async def patiently(ask: Callable[[], Awaitable[T]]) -> T:
    """What is asked of Slack, again and again while it is away; each pause is longer, up to a minute."""
    pause = SHORTEST_PAUSE
    while True:
        try:
            return await ask()
        except CannotStart as problem:
            cause = problem.__cause__
            if not isinstance(cause, Exception) or not stumbles(cause):
                raise
            log.warning("slack is away", cause=type(cause).__name__, again_in=pause)
        await asyncio.sleep(pause)
        pause = min(2 * pause, LONGEST_PAUSE)


def forget_environment() -> None:
    """bolt reads tokens and OAuth settings from the environment by itself; here it gets all passed."""
    for name in ("SLACK_BOT_TOKEN", "SLACK_SIGNING_SECRET", "SLACK_CLIENT_ID", "SLACK_CLIENT_SECRET"):
        os.environ.pop(name, None)


async def introduce(bot: Bot) -> str:
    """Ask Slack who we are and remember the workspace; returns its id."""
    try:
        answer = await bot.identity.ask()
    except SlackApiError as problem:
        raise CannotStart(f"Slack does not accept SLACK_BOT_TOKEN ({error_of(problem)}).") from problem
    except UNREACHED as problem:
        raise CannotStart(f"Slack can't be reached at {bot.client.base_url} ({problem}).") from problem
    team = str(answer["team_id"])
    names = {"name": str(answer.get("team", "")), "url": str(answer.get("url", ""))}
    bot_user = str(answer.get("user_id", ""))

    def arrived(unit: Unit) -> None:
        workspaces.install(unit.connection, team, bot_user=bot_user, **names)
        people.doubt_channels(unit.connection, team)

    await bot.store.write(arrived, team=team)
    return team


async def check_app_token(bot: Bot, app_token: str) -> None:
    """Socket Mode retries a refused token for ever; so it is tried once by hand. Raises `CannotStart`."""
    try:
        await bot.client.apps_connections_open(app_token=app_token)
    except SlackApiError as problem:
        raise CannotStart(f"Slack does not accept SLACK_APP_TOKEN ({error_of(problem)}).") from problem
    except UNREACHED as problem:
        raise CannotStart(f"Slack can't be reached at {bot.client.base_url} ({problem}).") from problem


@contextlib.asynccontextmanager
async def _served(bot: Bot, settings: Settings, line: Line) -> AsyncIterator[None]:
    """With `/healthz` when TIEBREAK_HTTP_PORT says where, and calendars when they can be reached there."""
    if settings.http_port is None:
        yield
        return
    host, port, pulse = settings.http_host, settings.http_port, Pulse(line.client.is_connected)
    pages = {"/healthz": health_page(bot.clock, pulse, utc_now)}
    if settings.address:
        pages[PATH] = calendar_page(bot.desk, bot.client)
    async with contextlib.AsyncExitStack() as stack:
        await stack.enter_async_context(felt(pulse))
        try:
            await stack.enter_async_context(served(host, port, pages))
        except OSError as problem:
            words = f"Nothing can listen on {host}:{port} ({problem.strerror}); see TIEBREAK_HTTP_PORT."
            raise CannotStart(words) from problem
        yield


async def _run_until_told(bot: Bot, settings: Settings, told: asyncio.Event) -> None:
    line = Line(bot.app, settings.app_token)
    bot.clock.start()
    try:
        async with _served(bot, settings, line):
            await line.connect_async()  # type: ignore[no-untyped-call]
            log.info("ready")
            await told.wait()
    finally:
        log.info("stopping")
        await line.hang_up(LAST_WORDS)
        with contextlib.suppress(TimeoutError):
            async with asyncio.timeout(LAST_WORDS):
                await bot.clock.stop()
        log.info("stopped")
