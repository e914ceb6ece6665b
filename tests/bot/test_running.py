"""`tiebreak run` as a process: it connects, works, is killed, comes back, and stops when it is told to."""

from __future__ import annotations

import asyncio
import signal
import socket
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path
from urllib.parse import urlsplit

import aiohttp

from bot.compose import utc_now
from sandbox.robot import Robot
from storage.store import open_store
from storage.tables import lanes
from tests.bot.process import Operator


async def report(nina: Robot) -> None:
    await nina.types("/ai-conflict Q4 pipeline for EMEA", channel="sales")
    await nina.modal.choose("What kind of conflict?", "Not sure")
    await nina.modal.choose("First source", "Clari AI", query="Clari AI")
    await nina.modal.fill("What it says", "4.2 M€")
    await nina.modal.choose("Second source", "Rep roll-up", query="Rep roll-up")
    await nina.modal.fill("What it says", "3.1 M€", nth=1)
    await nina.modal.submit()


def cards(robot: Robot) -> list[str]:
    return [message.text for message in robot.sees("sales") if "#1 ·" in message.text]


async def test_it_runs_and_stops_cleanly(operator: Operator) -> None:
    """Imported, started, used and stopped: the exit code is 0."""
    nina, remy = operator.server.robot("nina"), operator.server.robot("remy")
    async with operator.running() as process:
        await report(nina)
        assert "#1" in nina.modal.text
        assert await nina.until(lambda: len(cards(nina)) == 1, 10)
        assert await nina.until(lambda: len(remy.inbox()) == 1, 10)
        process.send_signal(signal.SIGTERM)
        assert await process.wait() == 0
    assert not operator.slack.record.defects


async def test_R5_killed_and_started_again_it_goes_on(operator: Operator) -> None:
    """Killed right after the report was taken, the next start says what was to be said, once."""
    nina, remy = operator.server.robot("nina"), operator.server.robot("remy")
    async with operator.running() as process:
        await report(nina)
        process.send_signal(signal.SIGKILL)
        await process.wait()
    async with operator.running():
        assert await nina.until(lambda: len(cards(nina)) == 1 and len(remy.inbox()) == 1, 30)
        await remy.clicks("Acknowledge", remy.inbox()[0])
        assert await nina.until(lambda: "is on it" in cards(nina)[0], 10)
    assert len(cards(nina)) == 1
    assert len(remy.inbox()) == 1


async def test_a_backup_while_it_runs(operator: Operator, tmp_path: Path) -> None:
    """The lock of `run` does not keep it away; PostgreSQL is backed up by its own tool."""
    copy = tmp_path / "copy.sqlite3"
    async with operator.running():
        code, printed = await operator.types("backup", str(copy))
        if operator.database_url.startswith("postgresql"):
            assert code == 2
            assert f"pg_dump --format=custom --file={copy} " in printed
            assert "postgresql://" in printed
            return
        assert (code, copy.exists()) == (0, True), printed
        code, printed = await operator.types("backup", str(copy))
        assert (code, printed) == (1, f"{copy} exists already; name another file\n")


def free_port() -> int:
    """A port nobody listens on, for now."""
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        return int(taken.getsockname()[1])


async def is_well(session: aiohttp.ClientSession) -> bool:
    async with session.get("/healthz") as answer:
        return answer.status == 200


async def take_nothing(database_url: str) -> None:
    """A receiver that Slack has refused for an hour."""
    store = await open_store(database_url, ids=lambda: "x", clock=utc_now)
    values = {"team": "T1", "lane": "C0LOG", "failing_since": utc_now() - timedelta(hours=1)}
    await store.write(lambda unit: unit.connection.execute(lanes.insert().values(**values)), team="T1")
    await store.close()


async def test_R6_healthz_of_a_running_bot(operator: Operator) -> None:
    """Off by default; with a port 200 while all is well, 503 when a receiver has long taken nothing."""
    port = free_port()
    watched = replace(operator, more={"TIEBREAK_HTTP_PORT": str(port)})
    async with watched.running() as process, aiohttp.ClientSession(f"http://127.0.0.1:{port}") as session:
        async with asyncio.timeout(10):
            while not await is_well(session):  # until its first look
                pass
        async with session.get("/healthz") as answer:
            body = await answer.json()
            assert (body["status"], body["connected"], body["stuck"]) == ("ok", True, 0)
        async with session.get("/") as answer:
            assert answer.status == 404
        await take_nothing(operator.database_url)
        async with session.get("/healthz") as answer:
            assert answer.status == 503
            assert (await answer.json())["stuck"] == 1
        process.send_signal(signal.SIGTERM)
        assert await process.wait() == 0


async def test_calendars_are_served_once_they_have_an_address(operator: Operator) -> None:
    """Without TIEBREAK_HTTP_URL the port has no such page; with it, one that knows no such secret."""
    port, told = free_port(), []
    for more in ({}, {"TIEBREAK_HTTP_URL": "https://tiebreak.example"}):
        serving = replace(operator, more={"TIEBREAK_HTTP_PORT": str(port), **more})
        async with (
            serving.running(),
            aiohttp.ClientSession(f"http://127.0.0.1:{port}") as session,
            session.get("/calendar/some-secret.ics") as answer,
        ):
            told.append((answer.status, await answer.text()))
    assert told == [(404, "404: Not Found"), (404, "There is no such calendar.")]


async def test_a_port_that_is_taken_is_said_at_once(operator: Operator) -> None:
    """Two bots on one machine: the second one is told which place it can't have."""
    port = urlsplit(operator.server.url).port
    code, printed = await replace(operator, more={"TIEBREAK_HTTP_PORT": str(port)}).types("run")
    assert code == 1
    assert f"Nothing can listen on 127.0.0.1:{port}" in printed
    assert "Traceback" not in printed


async def test_a_wrong_token_is_said_at_once(operator: Operator) -> None:
    """Socket Mode would retry a refused token for ever; `run` says which one it is and ends."""
    operator.slack.app_token = "xapp-wrong"
    code, printed = await operator.types("run")
    assert code != 0
    assert "SLACK_APP_TOKEN" in printed
    assert "Traceback" not in printed


async def test_a_second_run_on_sqlite_names_the_first(operator: Operator) -> None:
    """One process works on an SQLite file; a second one says who has it. On PostgreSQL it is welcome."""
    async with operator.running():
        if operator.database_url.startswith("postgresql"):
            async with operator.running() as second:
                assert second.returncode is None
            return
        code, printed = await operator.types("run")
        assert code != 0
        assert "already running" in printed


def test_the_clock_of_run_is_the_worlds() -> None:
    """Nothing can move the clock of `run`."""
    assert abs((utc_now() - datetime.now(UTC)).total_seconds()) < 5
