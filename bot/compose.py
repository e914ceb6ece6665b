"""Settings → store, clock, bolt app. The only place where things are made."""

from __future__ import annotations

import os
import socket
import time
from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from random import Random
from typing import Any

import aiohttp
from slack_bolt.async_app import AsyncApp
from slack_sdk.web.async_client import AsyncWebClient
from sqlalchemy import make_url

from bot.identity import Identity
from handlers.delivery import Delivery
from handlers.desk import Desk
from handlers.guard import register
from handlers.listeners import LISTENERS
from handlers.texts import Texts
from schedules.bell import Bell
from schedules.clock import Clock
from schedules.commits import Commits
from schedules.outbox import Drain
from schedules.wakes import Wakes
from storage.ids import Ids
from storage.store import Store, open_store

TIME_OUT = 10
"""Seconds a call to Slack may take."""
IDLE = {"sqlite": timedelta(seconds=60), "postgresql": timedelta(seconds=5)}
"""How long nothing is looked at while nothing is due; other replicas may add work only on PostgreSQL."""


def utc_now() -> datetime:
    """The present instant, aware UTC."""
    return datetime.now(UTC)


@dataclass(frozen=True, slots=True)
class Bot:
    """Everything that runs: bolt's app for what people do, the clock for what happens by itself."""

    app: AsyncApp
    desk: Desk
    store: Store
    clock: Clock
    client: AsyncWebClient
    identity: Identity

    async def close(self) -> None:
        """Let go of everything; called after the line to Slack and the clock have stopped."""
        await self.desk.close()
        await self.store.close()


async def compose(
    *,
    token: str,
    api_url: str,
    database_url: str,
    now: Callable[[], datetime] = utc_now,
    random: Random | None = None,
    monotonic: Callable[[], float] = time.monotonic,
    bell: Bell | None = None,
    session: aiohttp.ClientSession | None = None,
    idle: timedelta | None = None,
    inline: bool = False,
    address: str | None = None,
    opening: Callable[..., Awaitable[Store]] = open_store,
) -> Bot:
    """Build the bot; nothing runs yet. Everything is passed to bolt explicitly.

    `opening` opens the store; tests hand in one that fails when they want it to. Simulations hand in all
    that has to do with time, chance and Slack: `now`, `random`, `monotonic`, `bell`, `idle`, `session`.
    """
    ids = Ids(now, random or Random())
    store = await opening(database_url, ids=ids, clock=now, inline=inline)
    to_slack: dict[str, Any] = {"base_url": api_url, "timeout": TIME_OUT, "session": session}
    client = AsyncWebClient(token=token, retry_handlers=[], **to_slack)
    identity = Identity(client)
    holder = f"{socket.gethostname()}:{os.getpid()}:{ids()}"
    delivery = Delivery(lambda _: client, Texts())
    commits = Commits(store)
    idle = idle or IDLE[make_url(database_url).get_backend_name()]
    due, drain = Wakes(commits, now, holder), Drain(commits, delivery, now, holder)
    clock = Clock(commits, now, due, drain, idle=idle, monotonic=monotonic, bell=bell)
    app = AsyncApp(
        client=AsyncWebClient(retry_handlers=[], **to_slack),  # the token comes with the identity
        authorize=identity,
        process_before_response=True,
        signing_secret="",
    )
    desk = Desk(store, now, clock.stir, address)
    register(app, desk, LISTENERS)
    return Bot(app, desk, store, clock, client, identity)
