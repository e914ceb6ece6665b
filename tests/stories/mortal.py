"""A bot that is killed at a chosen write, and the company it leaves behind."""

from __future__ import annotations

import asyncio
import contextlib
from collections.abc import AsyncIterator, Awaitable, Callable
from dataclasses import dataclass
from datetime import UTC, datetime
from functools import partial
from random import Random
from typing import Any, Literal, TypeVar

from slack_bolt.adapter.socket_mode.aiohttp import AsyncSocketModeHandler
from sqlalchemy import Connection, update

from bot.compose import Bot, compose
from sandbox.clock import HandClock
from sandbox.manifest import load
from sandbox.rates import Rates
from sandbox.server import Server, serve
from sandbox.slack import Slack
from storage.migrate import migrate
from storage.store import Answer, Lane, Store, Unit, open_store
from storage.tables import lanes, wakes
from tests.stories.company import juniper_slack
from tests.stories.house import MANIFEST, TUESDAY, House, furnish

T = TypeVar("T")
When = Literal["before", "after"]


class Mortal(Store):
    """A store whose process dies at its `fatal`-th write, before or after the commit.

    Whoever waits for a dead process waits until it is buried; nothing reaches the database any more.
    """

    def __init__(self, living: Store, fatal: int | None, when: When) -> None:
        self._living, self._fatal, self._when = living, fatal, when
        self.writes = 0
        self.died = asyncio.Event()
        self._grave: asyncio.Future[None] = asyncio.get_running_loop().create_future()

    async def read(self, fn: Callable[[Connection], T]) -> T:
        await self._alive()
        return await self._living.read(fn)

    async def write(
        self,
        fn: Callable[[Unit], T],
        *,
        team: str,
        key: str | None = None,
        lane: Lane = Lane.PEOPLE,
        answer: Answer[T] | None = None,
    ) -> T:
        await self._alive()
        self.writes += 1
        if self.writes == self._fatal and self._when == "before":
            self.died.set()
        await self._alive()
        fatal = self.writes == self._fatal
        done = await self._living.write(fn, team=team, key=key, lane=lane, answer=answer)
        if fatal:
            self.died.set()
        await self._alive()
        return done

    async def _alive(self) -> None:
        if self.died.is_set():
            await asyncio.shield(self._grave)

    def bury(self) -> None:
        self.died.set()
        self._grave.cancel()

    async def close(self) -> None:
        await self._living.close()


@dataclass
class Saga:
    """A company whose bot dies once in the middle of the story, and is started again."""

    house: House
    store: Mortal
    database_url: str
    handler: Any
    deaths: int = 0

    async def do(self, step: Callable[[House], Awaitable[Any]]) -> None:
        """Take a step; when the bot dies during it, start it again and take the step once more."""
        acting = asyncio.ensure_future(step(self.house))
        dying = asyncio.ensure_future(self.store.died.wait())
        await asyncio.wait({acting, dying}, return_when=asyncio.FIRST_COMPLETED)
        dying.cancel()
        if not self.store.died.is_set():
            await acting
            return
        acting.cancel()
        await asyncio.gather(acting, return_exceptions=True)
        await self.start_again()
        await step(self.house)

    async def start_again(self) -> None:
        self.deaths += 1
        await self.end()
        await let_leases_end(self.database_url)
        self.house.bot, self.store, self.handler = await begin(self.house, self.database_url, None, "before")

    async def end(self) -> None:
        """The end of the process: everything it had under way is gone."""
        self.store.bury()
        await self.house.bot.clock.stop(0)
        await self.handler.close_async()
        await self.store.close()


async def let_leases_end(url: str) -> None:
    """What half a minute does to the leases of a dead process."""
    store = await open_store(url, ids=iter("x").__next__, clock=lambda: TUESDAY)
    long_ago = datetime(2000, 1, 1, tzinfo=UTC)

    def end(unit: Unit) -> None:
        for table in (lanes, wakes):
            unit.connection.execute(
                update(table).where(table.c.holder.is_not(None)).values(lease_until=long_ago)
            )

    await store.write(end, team="")
    await store.close()


async def begin(house: House, url: str, fatal: int | None, when: When) -> tuple[Bot, Mortal, Any]:
    """Start a bot that dies at its `fatal`-th write."""

    async def opening(*args: Any, **options: Any) -> Store:
        return Mortal(await open_store(*args, **options), fatal, when)

    bot = await compose(
        token=house.slack.bot_token(),
        api_url=house.server.api_url,
        database_url=url,
        now=house.clock.now,
        random=Random(7),
        opening=opening,
    )
    handler: Any = AsyncSocketModeHandler(bot.app, house.slack.app_token, ping_interval=3600)
    await handler.connect_async()
    await house.server.connected()
    assert isinstance(bot.store, Mortal)
    return bot, bot.store, handler


@contextlib.asynccontextmanager
async def saga(url: str, fatal: int | None, when: When) -> AsyncIterator[Saga]:
    """A furnished company whose bot dies at its `fatal`-th write."""
    clock = HandClock(TUESDAY)
    slack = juniper_slack(clock, load(MANIFEST), Rates(0))
    await migrate(url)
    furnishing = await open_store(url, ids=iter("x").__next__, clock=clock.now)
    await furnishing.write(partial(furnish, slack=slack), team=slack.workspace.team)
    await furnishing.close()
    async with serve(slack) as server:
        house = _house(slack, server, clock)
        house.bot, store, handler = await begin(house, url, fatal, when)
        story = Saga(house, store, url, handler)
        try:
            yield story
        finally:
            await story.end()


def _house(slack: Slack, server: Server, clock: HandClock) -> House:
    nobody: Any = None
    return House(slack, server, nobody, clock)
