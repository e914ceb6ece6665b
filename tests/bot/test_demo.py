"""The demo: a living company from the first second, one clock for everybody, and a clean end."""

from __future__ import annotations

import asyncio
import re
import signal
import sys
from collections.abc import AsyncIterator
from datetime import date, timedelta
from pathlib import Path

import aiohttp
import pytest

from bot.demo import Demo, demo, living
from bot.demo.company import example_configuration
from bot.demo.story import quiet_tuesday
from council.conflict import Conflict, State
from storage import conflicts

ROOT = Path(__file__).parents[2]
START = """
import asyncio
from bot.demo import demo
asyncio.run(demo(open_browser=False))
"""


@pytest.fixture
async def it(tmp_path: Path) -> AsyncIterator[Demo]:
    async with living(tmp_path / "demo.sqlite") as it:
        yield it


async def kept(it: Demo, number: int) -> Conflict:
    """A conflict as the bot has stored it."""
    team = it.server.slack.workspace.team
    found = await it.bot.store.read(lambda connection: conflicts.numbered(connection, team, number))
    assert found is not None
    return found


async def test_the_company_has_a_history(it: Demo) -> None:
    """Two are decided, one is overdue up its chain, two are acknowledged, one waits."""
    found = [await kept(it, number) for number in range(1, 7)]
    states = [conflict.state for conflict in found]
    assert states[:2] == [State.DECIDED, State.DECIDED]
    assert all(conflict.ruling and len(conflict.ruling.why) > 60 for conflict in found[:2])
    assert states[2:] == [State.OPEN, State.ACKNOWLEDGED, State.ACKNOWLEDGED, State.OPEN]
    overdue, confidential, _, unsure = found[2:]
    assert overdue.overdue(it.clock.now())
    assert len(overdue.reached) == 2
    assert confidential.facts.confidential
    assert unsure.owner == "U0REMY"


async def test_a_private_link_opens_a_calendar(it: Demo) -> None:
    """Subscribing can be tried as well: the link leads to what is planned, on this computer only."""
    remy = it.server.robot("remy")
    await remy.types("/ai-council calendar", channel="sales")
    await remy.clicks("Show my private link", remy.ephemerals[-1])
    [link] = set(re.findall(r"http://127\.0\.0\.1:\d+/calendar/[\w-]+\.ics", remy.ephemerals[-1].text))
    async with aiohttp.ClientSession() as session, session.get(link) as answer:
        assert "SUMMARY:AI Coordination Council" in await answer.text()


async def test_people_see_it_where_they_would_look(it: Demo) -> None:
    """Cards stand in the channels, decisions in the log, the confidential one nowhere but with its people."""
    nina, vera = it.server.robot("nina"), it.server.robot("vera")
    cards = [seen.text for seen in nina.sees("sales") if "·" in seen.text]
    assert any("Northgate" in card and "Overdue since" in card for card in cards)
    assert len(nina.sees("ai-decisions")) == 2
    everywhere = [seen.text for name in ("sales", "general", "ai-council") for seen in nina.sees(name)]
    assert not any("Churn" in text for text in everywhere)
    assert any("Carla needs Iris" in text and "Nothing to report: Remy." in text for text in everywhere)
    assert any("Churn" in seen.text for seen in it.server.robot("remy").inbox())
    assert any("You decide #5" in seen.text for seen in vera.inbox())
    assert not it.server.slack.record.defects_but("channel_not_found")


async def test_time_is_skipped_to_what_is_due_next(it: Demo) -> None:
    """The bar names who is reminded next; skipping there has it said at that minute, on one clock."""
    due = await it.skipping.next_due()
    assert due is not None
    assert due.what == "reminder for Remy, #6"
    before = len(it.server.robot("remy").inbox())
    await it.skipping.forward(due.at - it.clock.now())
    assert timedelta(0) <= it.clock.now() - due.at < timedelta(minutes=1)
    assert it.server.slack.now() - it.clock.now() < timedelta(seconds=1)
    said = it.server.robot("remy").inbox()
    assert len(said) == before + 1
    assert "#6" in said[-1].text
    following = await it.skipping.next_due()
    assert following is not None
    assert following.at > due.at


async def test_the_bar_names_what_a_standup_does_next(it: Demo) -> None:
    """Whom it asks, and its summary."""
    named, week = set(), it.clock.now() + timedelta(days=6, hours=12)
    while (due := await it.skipping.next_due()) is not None and due.at < week:
        named.add(due.what)
        await it.skipping.forward(max(due.at - it.clock.now(), timedelta(seconds=1)))
    assert {"standup question for Mila", "standup question for Iris", "standup summary"} <= named


async def test_a_week_passes_with_everything_in_it(it: Demo) -> None:
    """Skipping a week stops at everything on the way: what was open is overdue, its chain asked."""
    await it.skipping.forward(timedelta(weeks=1))
    nordics = await kept(it, 5)
    assert nordics.overdue(it.clock.now())
    assert nordics.reached
    assert not it.server.slack.record.defects_but("channel_not_found")


async def test_somebody_reports_while_it_runs(it: Demo) -> None:
    """With the bot's own clock running a report gets its card and its owner a message, without any skip."""
    omar = it.server.robot("omar")
    await omar.types("/ai-conflict Price of the spring offer", channel="sales")
    await omar.modal.choose("What kind of conflict?", "Lead quality disagreement")
    for place, source in enumerate(("HubSpot AI", "CRM lead score")):
        await omar.modal.choose(f"{('First', 'Second')[place]} source", source, query=source)
        await omar.modal.fill("What it says", f"{place + 3} points", nth=place)
    await omar.modal.submit()
    assert await omar.until(lambda: "spring offer" in omar.sees("sales")[-1].text)


@pytest.mark.parametrize(
    ("today", "tuesday"),
    [
        (date(2026, 11, 21), date(2026, 11, 17)),
        (date(2026, 11, 17), date(2026, 11, 17)),
        (date(2026, 11, 12), date(2026, 11, 3)),
        (date(2026, 12, 31), date(2026, 12, 22)),
    ],
)
def test_the_demo_begins_on_an_ordinary_tuesday(today: date, tuesday: date) -> None:
    """Whenever it is started: no holiday behind it and no council meeting in it, so that the story holds."""
    assert quiet_tuesday(today, example_configuration().hours) == tuesday


async def test_an_existing_file_is_never_overwritten(tmp_path: Path) -> None:
    """`keep` makes a new database and refuses one that exists."""
    there = tmp_path / "mine.sqlite"
    there.write_text("precious")
    with pytest.raises(FileExistsError):
        await demo(open_browser=False, keep=there)
    assert there.read_text() == "precious"


@pytest.mark.parametrize("how", [signal.SIGINT, signal.SIGTERM])
async def test_it_says_where_it_is_and_ends_on_a_signal(how: signal.Signals) -> None:
    """The program prints its address, serves the page there, and Ctrl-C ends it within seconds, with 0."""
    process = await asyncio.create_subprocess_exec(
        sys.executable, "-c", START, cwd=ROOT, stdout=asyncio.subprocess.PIPE
    )
    assert process.stdout is not None
    async with asyncio.timeout(60):
        line = (await process.stdout.readline()).decode()
        url = line.split()[-1]
        async with aiohttp.ClientSession() as session, session.get(url) as answer:
            assert "You are: <b>Nina</b>" in await answer.text()
    async with asyncio.timeout(10):
        process.send_signal(how)
        rest, _ = await process.communicate()
    assert process.returncode == 0
    assert "The demo has ended." in rest.decode()
