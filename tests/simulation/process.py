"""The bot's process: it starts on a file, is killed at any await or commit, and starts on that file again."""

from __future__ import annotations

import asyncio
import contextlib
import json
from collections.abc import Awaitable, Callable, Coroutine
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from random import Random
from typing import Any, Literal, TypeVar

import structlog
from slack_bolt.async_app import AsyncBoltRequest
from sqlalchemy import Connection

from bot.compose import Bot, compose
from bot.running import LAST_WORDS, CannotStart, introduce
from council.people import Person
from sandbox.envelopes import Envelope, Reply
from schedules.bell import SHORTEST
from storage.store import Answer, Lane, Store, Unit, open_store
from tests.simulation.network import API_URL, Network, Wire, through
from tests.simulation.virtual import Loop

T = TypeVar("T")
When = Literal["before", "after"]
IDLE = timedelta(hours=6)
"""Nobody else writes to the file: there is nothing to look for while nothing is due."""
log = structlog.get_logger(__name__)


TIDY_EVERY = 12 * 3600.0
"""Seconds."""


class Killed(BaseException):
    """The process does not exist any more; nothing catches this."""


class Mortal(Store):
    """A store whose process can die before or after a commit."""

    def __init__(self, living: Store, loop: Loop) -> None:
        self._living, self._loop = living, loop
        self.fatal: tuple[int, When] | None = None
        self.writes = 0

    def die_at(self, commits: int, when: When) -> None:
        """At so many commits from now."""
        self.fatal = (self.writes + commits, when)

    def remembers(self, team: str, person: str) -> Person | None:
        self._alive()
        return self._living.remembers(team, person)

    async def read(self, fn: Callable[[Connection], T]) -> T:
        self._alive()
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
        self._alive()
        self.writes += 1
        self._perhaps("before")
        done = await self._living.write(fn, team=team, key=key, lane=lane, answer=answer)
        self._perhaps("after")
        return done

    def _perhaps(self, when: When) -> None:
        if self.fatal == (self.writes, when):
            self._loop.doomed = True
        self._alive()

    def _alive(self) -> None:
        if self._loop.doomed:
            raise Killed

    async def close(self) -> None:
        await self._living.close()


class LoopBell:
    """Wakes the bot's clock by the virtual time; its beat is struck by whoever sets the clock."""

    def __init__(self, loop: Loop) -> None:
        self._loop = loop
        self._armed: asyncio.TimerHandle | None = None
        self._ring: Callable[[], None] = lambda: None
        self._tidying: asyncio.Task[None] | None = None

    def start(
        self, ring: Callable[[], None], beat: Callable[[], None], tidy: Callable[[], Awaitable[None]]
    ) -> None:
        self._ring = ring
        self._tidying = self._loop.create_task(_at_times(tidy))

    def ring_after(self, wait: timedelta) -> None:
        if self._armed is not None:
            self._armed.cancel()
        self._armed = self._loop.call_later(max(wait, SHORTEST).total_seconds(), self._ring)

    def arm_anew(self) -> None:
        """Virtual time is nobody's wall clock."""

    async def stop(self) -> None:
        if self._armed is not None:
            self._armed.cancel()
        if self._tidying is not None:
            self._tidying.cancel()


async def _at_times(tidy: Callable[[], Awaitable[None]]) -> None:
    while True:
        await asyncio.sleep(TIDY_EVERY)
        await tidy()


@dataclass(slots=True, eq=False)
class Process:
    """One life of the bot: `ready` once it can take deliveries, `ended` when it is gone, however that came.

    `wall` is its computer's clock.
    """

    loop: Loop
    network: Network
    token: str
    database_url: str
    wall: Callable[[], datetime]
    random: Random
    ready: Callable[[Process], None]
    ended: Callable[[Process], None]
    bot: Bot | None = None
    is_ready: bool = False
    is_stopping: bool = False
    has_finished: bool = False
    """True when it ended by itself, with nothing left in hand."""
    _connected: int = 0
    _in_hand: dict[asyncio.Task[None], None] = field(default_factory=dict)

    def begin(self) -> None:
        """Start."""
        self.loop.died = self._died
        self.loop.create_task(self._begin())

    async def _begin(self) -> None:
        try:
            bot = self.bot = await self._composed()
            await introduce(bot)
        except CannotStart:
            self._exit()
            return
        except Exception:
            log.exception("it did not start")
            self._exit()
            return
        bot.clock.start()
        self.is_ready = True
        self.ready(self)

    async def _composed(self) -> Bot:
        async def opening(*args: Any, **options: Any) -> Store:
            return Mortal(await open_store(*args, **options), self.loop)

        session: Any = Wire(self.network, lambda: 10)
        bot = await compose(
            token=self.token,
            api_url=API_URL,
            database_url=self.database_url,
            now=self.wall,
            random=self.random,
            monotonic=self.loop.time,
            bell=LoopBell(self.loop),
            session=session,
            idle=IDLE,
            inline=True,
            opening=opening,
        )
        bot.app.use(through(self.network))
        return bot

    @property
    def store(self) -> Mortal:
        """Its store, once it has begun."""
        assert self.bot is not None
        assert isinstance(self.bot.store, Mortal)
        return self.bot.store

    def take(self, envelope: Envelope, home: Loop) -> asyncio.Future[Reply]:
        """Hand over a delivery; the reply comes when it is acknowledged, or never."""
        reply: asyncio.Future[Reply] = home.create_future()
        wire, connection = json.dumps(envelope.on_the_wire()), self._connected

        async def work() -> None:
            answer = await self._answer(json.loads(wire))
            if answer is not None and connection == self._connected and not reply.done():
                reply.set_result(answer)

        self.loop.call_soon(lambda: self._begin_work(work()))
        return reply

    def _begin_work(self, work: Coroutine[Any, Any, None]) -> None:
        task = self.loop.create_task(work)
        self._in_hand[task] = None
        task.add_done_callback(self._in_hand.pop)

    async def _answer(self, wire: dict[str, Any]) -> Reply | None:
        assert self.bot is not None
        request = AsyncBoltRequest(mode="socket_mode", body=wire["payload"], headers=_repeated(wire))
        response = await self.bot.app.async_dispatch(request)
        return Reply(_payload(response.body, response.headers)) if response.status == 200 else None

    def hang_up(self) -> None:
        """The socket breaks: what is under way in here goes on, its acknowledgements are lost."""
        self._connected += 1

    def spare(self) -> None:
        """It is not to die any more."""
        self.loop.fatal = None
        if self.bot is not None:
            self.store.fatal = None

    def stop(self) -> None:
        """Finish what is in hand and end, as `run` does when it is told to."""
        self.is_stopping = True
        self.loop.create_task(self._stop())

    async def _stop(self) -> None:
        if self._in_hand:
            await asyncio.wait(list(self._in_hand), timeout=LAST_WORDS)
        if self.bot is not None:
            with contextlib.suppress(TimeoutError):
                async with asyncio.timeout(LAST_WORDS):
                    await self.bot.clock.stop()
            await self.bot.close()
        self.has_finished = True
        self._exit()

    def clock_set(self) -> None:
        """Its own tick notices within a second that the wall clock was set."""
        if self.bot is not None:
            self.loop.call_later(1, self.bot.clock.beat)

    def _exit(self) -> None:
        self.loop.doomed = True

    def _died(self) -> None:
        if self.bot is not None:
            at_once(self.store.close())
        self.is_ready = False
        self.hang_up()
        self.ended(self)


def at_once(work: Coroutine[Any, Any, T]) -> T:
    """Run what never waits; its value."""
    try:
        work.send(None)
    except StopIteration as done:
        value: T = done.value
        return value
    raise AssertionError("it waits for something")


def _repeated(wire: dict[str, Any]) -> dict[str, Any]:
    """The headers bolt's Socket Mode adapter makes of a repetition."""
    if not wire.get("retry_attempt"):
        return {}
    return {"x-slack-retry-num": str(wire["retry_attempt"]), "x-slack-retry-reason": wire["retry_reason"]}


def _payload(body: str, headers: Any) -> Any:
    """The acknowledgement's payload as bolt's Socket Mode adapter sends it."""
    if not body:
        return None
    kind = (headers.get("content-type") or [""])[0]
    return json.loads(body) if kind.startswith("application/json") else {"text": body}
