"""How long a full report takes, beside a listener that does nothing and one raw durable commit.

    python -m bench.report [how many]

Everything is handed to bolt in this process, over no network, on one SQLite file.
"""

from __future__ import annotations

import asyncio
import io
import json
import sqlite3
import sys
import tempfile
from collections.abc import Awaitable, Callable
from functools import partial
from pathlib import Path
from random import Random
from statistics import median, quantiles
from time import perf_counter
from typing import Any

from slack_bolt.async_app import AsyncApp, AsyncBoltRequest
from slack_sdk.web.async_client import AsyncWebClient

from bot.compose import Bot, compose
from bot.logs import configure_logs
from sandbox.clock import WallClock
from sandbox.manifest import load
from sandbox.rates import Rates
from sandbox.server import serve
from sandbox.slack import Slack
from storage.migrate import migrate
from tests.stories.company import juniper_slack
from tests.stories.house import MANIFEST, furnish

WARM = 30
Handle = Callable[[int], Awaitable[Any]]


async def main(how_many: int) -> None:
    configure_logs(io.StringIO())
    with tempfile.TemporaryDirectory() as folder:
        slack = juniper_slack(WallClock(), load(MANIFEST), Rates(0))
        async with serve(slack) as server:
            url = f"sqlite+aiosqlite:///{Path(folder) / 'bench.sqlite3'}"
            await migrate(url)
            client = AsyncWebClient(token=slack.bot_token(), base_url=server.api_url, retry_handlers=[])
            bot = await compose(
                token=slack.bot_token(), api_url=server.api_url, database_url=url, random=Random(1)
            )
            await bot.store.write(partial(furnish, slack=slack), team=slack.workspace.team)
            commit = raw_commits(Path(folder) / "raw.sqlite3")
            nothing = await timed(how_many, doing_nothing(client, slack))
            commits = await timed(how_many, commit)
            reports = await timed(how_many, reporting(bot, slack))
            await bot.store.close()
    floor = median(nothing) + median(commits)
    show("a listener that does nothing", nothing)
    show("one raw durable commit", commits)
    show("a full report", reports)
    print(f"a report is {median(reports) / floor:.1f} times the floor of {floor * 1000:.2f} ms (p50)")


def show(name: str, seconds: list[float]) -> None:
    print(
        f"{name:32} p50 {median(seconds) * 1000:7.2f} ms  p99 {quantiles(seconds, n=100)[98] * 1000:7.2f} ms"
    )


async def timed(how_many: int, handle: Handle) -> list[float]:
    for n in range(WARM):
        await handle(n)
    taken = []
    for n in range(WARM, WARM + how_many):
        start = perf_counter()
        await handle(n)
        taken.append(perf_counter() - start)
    return taken


def raw_commits(path: Path) -> Handle:
    connection = sqlite3.connect(path, isolation_level=None)
    connection.execute("PRAGMA journal_mode=WAL")
    connection.execute("PRAGMA synchronous=FULL")
    connection.execute("CREATE TABLE entries (id INTEGER PRIMARY KEY, body TEXT)")

    async def commit(n: int) -> None:
        connection.execute("INSERT INTO entries (body) VALUES (?)", ("x" * 500,))

    return commit


def doing_nothing(client: AsyncWebClient, slack: Slack) -> Handle:
    app = AsyncApp(client=client, process_before_response=True, signing_secret="x")

    async def listener(ack: Any) -> None:
        await ack()

    app.view("report")(listener)
    return partial(dispatch, app, slack)


def reporting(bot: Bot, slack: Slack) -> Handle:
    return partial(dispatch, bot.app, slack)


async def dispatch(app: AsyncApp, slack: Slack, n: int) -> None:
    body = submission(slack, n)
    request = AsyncBoltRequest(mode="socket_mode", body=body)
    answer = await app.async_dispatch(request)
    assert answer.status == 200, answer.body
    assert "errors" not in str(answer.body), answer.body


def submission(slack: Slack, n: int) -> dict[str, Any]:
    """A sent form as Slack delivers it: a subject of its own, so that none is a duplicate."""
    team = slack.workspace.team
    return {
        "type": "view_submission",
        "team": {"id": team},
        "user": {"id": "U0NINA", "team_id": team},
        "api_app_id": slack.app.id,
        "trigger_id": f"t{n}",
        "view": {
            "id": f"V{n}",
            "hash": "h",
            "type": "modal",
            "callback_id": "report",
            "private_metadata": json.dumps({"reported_in": "C0COUNCIL", "private": False}),
            "state": {"values": values(n)},
            "blocks": [],
        },
    }


def values(n: int) -> dict[str, Any]:
    """What was typed and chosen."""
    chosen = {"type": "pipeline_forecast", "source_0": "Clari AI", "source_1": "Rep roll-up"}
    typed = {"subject": f"subject{n} figure{n}", "says_0": "4.2 M€", "says_1": "3.1 M€"}
    picks = {name: {"type": "static_select", "selected_option": {"value": v}} for name, v in chosen.items()}
    lines = {name: {"type": "plain_text_input", "value": value} for name, value in typed.items()}
    return {name: {"field": value} for name, value in (picks | lines).items()}


if __name__ == "__main__":
    asyncio.run(main(int(sys.argv[1]) if len(sys.argv) > 1 else 300))
