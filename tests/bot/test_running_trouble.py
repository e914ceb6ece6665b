"""`tiebreak run` where it is not welcome, with its line cut, and told to stop while Slack is slow."""

from __future__ import annotations

import asyncio
import signal
import sqlite3
from contextlib import closing

import pytest
from sqlalchemy import make_url

from sandbox.faults import Fault
from sandbox.robot import Robot
from tests.bot.process import Operator
from tests.stories.reports import signals

pytestmark = pytest.mark.parametrize("database_url", ["sqlite"], indirect=True)

SUBJECT = "Q4 pipeline for EMEA"
SECONDS_TO_STOP = 10
THE_TOKEN_TRIED = 1


async def fill(nina: Robot, channel: str) -> None:
    """A report that only waits to be sent; the chair is to sort it."""
    await nina.types(f"/ai-conflict {SUBJECT}", channel=channel)
    await nina.modal.choose("What kind of conflict?", "Not sure")
    await signals(nina.modal)


def cards(robot: Robot, channel: str) -> list[str]:
    return [message.text for message in robot.sees(channel) if "#1 ·" in message.text]


async def test_R29_a_report_from_a_private_channel_without_the_bot_keeps_its_text(operator: Operator) -> None:
    """Not confidential, says Nina: the card stands in the council's channel, and nothing is tried in hers."""
    nina = operator.server.robot("nina")
    async with operator.running():
        await fill(nina, "board")
        await nina.modal.untick("Keep it confidential")
        await nina.modal.submit()
        assert "The card is in #ai-council" in nina.modal.text
        assert await nina.until(lambda: len(cards(nina, "ai-council")) == 1, 10)
        assert SUBJECT in cards(nina, "ai-council")[0]
        assert cards(nina, "board") == []
    assert operator.slack.record.defects == []


async def test_R35_a_socket_cut_in_mid_story_loses_and_doubles_nothing(
    operator: Operator,
) -> None:
    """Cut while the report is on its way, and again while Remy types `ack`: both count, once."""
    nina, remy = operator.server.robot("nina"), operator.server.robot("remy")
    async with operator.running():
        await fill(nina, "sales")
        sending = asyncio.create_task(nina.modal.submit(patient=True))
        await asyncio.sleep(0)
        await operator.server.sockets.drop()
        outcome = await sending
        await operator.server.connected(15)
        if outcome.trouble:  # Slack never heard of it, and says so to Nina: she presses again
            await nina.modal.submit()
        assert "#1" in nina.modal.text
        assert await nina.until(lambda: len(cards(nina, "sales")) == 1 and len(remy.inbox()) == 1, 15)
        await operator.server.sockets.drop()
        await remy.says("ack", wait=False)
        assert await nina.until(lambda: "is on it" in cards(nina, "sales")[0], 15)
    assert (len(cards(nina, "sales")), len(remy.inbox())) == (1, 2)
    assert len(operator.slack.record.calls_of("apps.connections.open")) == THE_TOKEN_TRIED + 3
    assert operator.slack.record.defects_but("http_timeout") == []


async def test_told_to_stop_while_slack_does_not_answer_it_ends_in_time(operator: Operator) -> None:
    """What it was saying stays in doubt, to be looked for by the next start; the exit code is 0."""
    operator.slack.faults.plan(Fault("chat.postMessage", delay=60, times=10))
    nina = operator.server.robot("nina")
    async with operator.running() as process:
        await fill(nina, "sales")
        await nina.modal.submit()
        assert await nina.until(lambda: bool(operator.slack.record.calls_of("chat.postMessage")), 10)
        async with asyncio.timeout(SECONDS_TO_STOP):
            process.send_signal(signal.SIGTERM)
            assert await process.wait() == 0
    with closing(sqlite3.connect(str(make_url(operator.database_url).database))) as database:
        doubtful = "select (select count(*) from notices where state = 'calling')"
        doubtful += " + (select count(*) from messages where state = 'calling')"
        assert database.execute(doubtful).fetchone()[0] >= 1


async def test_R3_while_slack_is_away_at_the_start_it_waits_and_then_comes_up(operator: Operator) -> None:
    """A page of HTML, a cut line, a code of Slack's own: it says so and asks again, for both tokens."""
    faults = operator.slack.faults
    faults.plan(Fault("auth.test", status=503))
    faults.plan(Fault("auth.test", error="internal_error"))
    faults.plan(Fault("apps.connections.open", status=500, after_the_fact=True))
    async with operator.running() as process:
        process.send_signal(signal.SIGTERM)
        assert await process.wait() == 0
        assert process.stderr is not None
        log = (await process.stderr.read()).decode()
    assert log.count("slack is away") == 3
    assert "does not accept" not in log


@pytest.mark.parametrize(
    "away",
    [
        pytest.param(Fault("auth.test", times=99, status=503), id="between two tries"),
        pytest.param(Fault("auth.test", times=99, delay=60), id="in the middle of one"),
    ],
)
async def test_told_to_stop_while_slack_is_away_at_the_start_it_ends_in_time(
    operator: Operator, away: Fault
) -> None:
    """Nothing was taken yet, so nothing is to be finished; the exit code is 0."""
    operator.slack.faults.plan(away)
    process = await operator.start("run")
    assert await operator.server.robot("nina").until(lambda: away.times < 99, 10)
    async with asyncio.timeout(SECONDS_TO_STOP):
        process.send_signal(signal.SIGTERM)
        assert await process.wait() == 0
    _, printed = await process.communicate()
    assert b"Traceback" not in printed


async def test_a_token_that_is_refused_is_not_tried_again(operator: Operator) -> None:
    """Patience would not help: it is said, and the program ends."""
    operator.slack.faults.plan(Fault("auth.test", error="invalid_auth"))
    code, printed = await operator.types("run")
    assert code == 1
    assert "Slack does not accept SLACK_BOT_TOKEN (invalid_auth)." in printed
