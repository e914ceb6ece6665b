"""A whole company with its Slack and its bot, at a time that we move by hand."""

from __future__ import annotations

import contextlib
from collections.abc import AsyncIterator
from dataclasses import dataclass, replace
from datetime import UTC, datetime, timedelta
from functools import partial
from pathlib import Path
from random import Random
from typing import Any

from slack_bolt.adapter.socket_mode.aiohttp import AsyncSocketModeHandler
from sqlalchemy import Connection, select

from bot.compose import Bot, compose
from council.workspace import Configuration
from handlers.looking import channel_of, person_of
from sandbox.clock import HandClock
from sandbox.manifest import load
from sandbox.rates import Rates
from sandbox.robot import Robot
from sandbox.server import Server, serve
from sandbox.slack import Slack
from storage import people, workspaces
from storage.migrate import migrate
from storage.store import Unit
from storage.tables import lanes, wakes
from tests.stories.company import COUNCIL, DECISIONS, PEOPLE, juniper, juniper_slack

MANIFEST = Path(__file__).parents[2] / "app.yaml"
TUESDAY = datetime(2026, 11, 17, 9, 0, tzinfo=UTC)
"""10:00 in Berlin on a plain working day; the council meets on 8 December, the forecast on Thursday."""
MOST_ROUNDS = 60


@dataclass
class House:
    """The company: `nina = house.robot("nina")` is somebody who clicks."""

    slack: Slack
    server: Server
    bot: Bot
    clock: HandClock

    def robot(self, name: str) -> Robot:
        """Somebody of the company."""
        return self.server.robot(name)

    @property
    def team(self) -> str:
        return self.slack.workspace.team

    def provoked(self, *codes: str) -> None:
        """What Slack refused so far is what this story provoked on purpose: each of these, nothing else."""
        refused = self.slack.record.defects
        assert {defect.code for defect in refused} == set(codes), refused
        refused.clear()

    async def settle(self) -> None:
        """Let everything that is due now be said; short pauses between posts pass on the clock."""
        for _ in range(MOST_ROUNDS):
            self.server.look()
            await self.server.settle()
            await self.bot.clock.look()
            at = await self.bot.clock.earliest()
            if at is None or at - self.clock.now() > timedelta(seconds=5):
                return
            if at > self.clock.now():
                self.clock.forward(at - self.clock.now())
        due = await self.bot.store.read(partial(still_due, now=self.clock.now()))
        raise AssertionError(f"it never comes to rest; still due at {self.clock.now()}:\n{due}")

    async def forward(self, **by: float) -> None:
        """Let time pass, stopping at everything that falls due on the way."""
        end = self.clock.now() + timedelta(**by)
        await self.settle()
        while (at := await self.bot.clock.earliest()) is not None and at <= end:
            self.clock.forward(max(at - self.clock.now(), timedelta(0)))
            await self.settle()
        self.clock.forward(max(end - self.clock.now(), timedelta(0)))
        await self.settle()

    async def until(self, instant: datetime) -> None:
        """Let time pass until an instant."""
        await self.forward(seconds=(instant - self.clock.now()).total_seconds())


@contextlib.asynccontextmanager
async def open_house(
    database_url: str,
    *,
    start: datetime = TUESDAY,
    configuration: Configuration | None = None,
    address: str | None = None,
) -> AsyncIterator[House]:
    """The company with the bot running, over the real loopback socket; nothing happens by itself.

    `address`: where its calendars can be read from outside.
    """
    company = configuration or juniper()
    clock = HandClock(start)
    slack = juniper_slack(clock, load(MANIFEST), Rates(0))
    await migrate(database_url)
    running = partial(running_bot, address=address)
    async with serve(slack) as server, running(server, slack, database_url, clock) as bot:
        await bot.store.write(lambda unit: furnish(unit, slack, company), team=slack.workspace.team)
        yield House(slack, server, bot, clock)


@contextlib.asynccontextmanager
async def running_bot(
    server: Server, slack: Slack, database_url: str, clock: HandClock, **composed: Any
) -> AsyncIterator[Bot]:
    """The bot, connected; its own clock does not run. `composed` goes to `compose`."""
    made: dict[str, Any] = {"random": Random(1), **composed}
    bot = await compose(
        token=slack.bot_token(),
        api_url=server.api_url,
        database_url=database_url,
        now=clock.now,
        **made,
    )
    handler: Any = AsyncSocketModeHandler(bot.app, slack.app_token, ping_interval=3600)
    await handler.connect_async()
    await server.connected()
    try:
        yield bot
    finally:
        await handler.close_async()
        await bot.close()


def still_due(connection: Connection, now: datetime) -> str:
    """What waits to be done, a line each, and who holds it: perhaps another process that does nothing."""
    found = [
        connection.execute(select(wakes.c.subject, wakes.c.holder).where(wakes.c.wake_at <= now)),
        connection.execute(select(lanes.c.lane, lanes.c.holder).where(lanes.c.ready_at <= now)),
    ]
    return "\n".join(f"{what}, held by {holder or 'nobody'}" for rows in found for what, holder in rows)


def furnish(unit: Unit, slack: Slack, configuration: Configuration | None = None) -> None:
    """What an import leaves behind: the configuration, and everybody it names."""
    connection, team, now = unit.connection, unit.team, unit.clock()
    workspaces.install(
        connection, team, name="Juniper", url="https://juniper.example/", bot_user=slack.app.bot_user
    )
    workspaces.keep_installer(connection, team, "U0PAVEL")
    company = configuration or juniper()
    workspaces.save_configuration(connection, team, company, author="U0PAVEL", reason="set up", now=now)
    for id_, *_ in PEOPLE:
        user = slack.workspace.people[id_].as_json(slack.now(), home_team=team, with_email=True)
        people.save_person(connection, team, replace(person_of(user, team), fetched_at=now))
    for id_ in (COUNCIL, DECISIONS):
        found = {"id": id_, "name": slack.workspace.channels[id_].name, "is_member": True}
        people.save_channel(connection, team, replace(channel_of(found), fetched_at=now))
