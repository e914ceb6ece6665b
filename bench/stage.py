"""The sandbox's Slack with an app connected to it over a real loopback socket, on a real clock."""

from __future__ import annotations

import json
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass
from pathlib import Path
from time import perf_counter
from typing import Any

from slack_bolt.adapter.socket_mode.aiohttp import AsyncSocketModeHandler
from slack_bolt.async_app import AsyncApp
from slack_sdk.web.async_client import AsyncWebClient

from bot.compose import Bot, compose
from sandbox import payloads
from sandbox.clock import WallClock
from sandbox.envelopes import Envelope, Reply
from sandbox.manifest import load
from sandbox.rates import Rates
from sandbox.server import Server, serve
from sandbox.slack import Slack
from storage.migrate import migrate
from tests.stories.company import COUNCIL, SALES, juniper_slack
from tests.stories.house import MANIFEST, furnish

ROOT = Path(__file__).parents[1]
PATIENCE = 10.0
REPORTER = "U0NINA"


@dataclass(frozen=True, slots=True)
class Line:
    """One Slack and the app on the other end of its socket."""

    slack: Slack
    server: Server

    @property
    def team(self) -> str:
        return self.slack.workspace.team

    async def timed(self, envelope: Envelope) -> float:
        """Seconds from sending to the acknowledgement, which must not be an error."""
        start = perf_counter()
        reply = await self.server.sockets.carry(envelope, PATIENCE)
        taken = perf_counter() - start
        check(reply)
        return taken

    def command(self, text: str, name: str = "/ai-conflict") -> Envelope:
        """Somebody types this in a channel."""
        return payloads.command(self.slack, REPORTER, self.slack.workspace.channels[SALES], name, text)

    def report(self, n: int) -> Envelope:
        """A filled-in form, sent; its subject is of its own, so that none is a duplicate."""
        state = {"values": _values(n)}
        meta = json.dumps({"reported_in": COUNCIL, "private": False})
        view = {"id": f"V{n}", "hash": "h", "type": "modal", "callback_id": "report", "blocks": []}
        more = {"view": {**view, "private_metadata": meta, "state": state}}
        trigger = self.slack.trigger(REPORTER)
        return payloads.interaction(self.slack, "view_submission", REPORTER, trigger_id=trigger, **more)


def _values(n: int) -> dict[str, Any]:
    chosen = {"type": "pipeline_forecast", "source_0": "Clari AI", "source_1": "Rep roll-up"}
    typed = {"subject": f"subject{n} figure{n}", "says_0": "4.2 M€", "says_1": "3.1 M€"}
    picks = {name: {"type": "static_select", "selected_option": {"value": v}} for name, v in chosen.items()}
    lines = {name: {"type": "plain_text_input", "value": value} for name, value in typed.items()}
    return {name: {"field": value} for name, value in (picks | lines).items()}


def check(reply: Reply) -> None:
    """Raises when the app did not take it, or answered with an error under a field."""
    answer = reply.body or {}
    if not reply.taken or answer.get("response_action") == "errors" or ("view" in answer and _sorry(answer)):
        raise RuntimeError(f"not taken: {reply}")


def _sorry(answer: dict[str, Any]) -> bool:
    return bool(answer["view"].get("callback_id") != "receipt")


@asynccontextmanager
async def connected(app: AsyncApp, server: Server) -> AsyncIterator[None]:
    """The app holds a socket."""
    handler: Any = AsyncSocketModeHandler(app, server.slack.app_token, ping_interval=3600)
    await handler.connect_async()
    await server.connected()
    try:
        yield
    finally:
        await handler.close_async()


@asynccontextmanager
async def staged(database_url: str, *, furnished: bool = False) -> AsyncIterator[tuple[Line, Bot]]:
    """The bot and its company; the bot's own clock does not run. `furnished`: the database has it all."""
    slack = juniper_slack(WallClock(), load(MANIFEST), Rates(0))
    await migrate(database_url)
    async with serve(slack) as server:
        bot = await compose(token=slack.bot_token(), api_url=server.api_url, database_url=database_url)
        try:
            if not furnished:
                await bot.store.write(lambda unit: furnish(unit, slack), team=slack.workspace.team)
            async with connected(bot.app, server):
                yield Line(slack, server), bot
        finally:
            await bot.close()


@asynccontextmanager
async def doing_nothing(*, process_before_response: bool, opens: Any = None) -> AsyncIterator[Line]:
    """An app whose listeners acknowledge and do nothing else, except that one opens a fixed window."""
    slack = juniper_slack(WallClock(), load(MANIFEST), Rates(0))
    async with serve(slack) as server:
        client = AsyncWebClient(token=slack.bot_token(), base_url=server.api_url, retry_handlers=[])
        app = AsyncApp(client=client, process_before_response=process_before_response, signing_secret="x")

        async def listener(ack: Any, body: dict[str, Any]) -> None:
            if opens:
                await client.views_open(trigger_id=body["trigger_id"], view=opens)
            await ack()

        app.view("report")(listener)
        app.command("/ai-conflict")(listener)
        async with connected(app, server):
            yield Line(slack, server)
