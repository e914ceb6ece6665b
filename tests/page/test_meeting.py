"""A whole council meeting as its chair sees it in the browser: agenda, items, minutes."""

from __future__ import annotations

from pathlib import Path

import pytest

from bot.demo import Demo, living
from council.cadence import next_occurrence
from storage import workspaces
from tests.page.conftest import Opened
from tests.page.screen import Screen

NEWEST_IS_NOT = "before => [...document.querySelectorAll('#conversation .card')].pop().innerText !== before"
pytestmark = pytest.mark.asyncio(loop_scope="session")


async def test_a_meeting_from_its_agenda_to_its_minutes(opened: Opened, tmp_path: Path) -> None:
    """Start, decide, name an owner, carry over, finish; at the width of a phone as well."""
    async with living(tmp_path / "demo.sqlite") as demo:
        await comes_to_the_council(demo)
        screen = await opened(f"{demo.server.url}/?me=remy&at=C0COUNCIL")
        await screen.click("Start meeting")
        await screen.sees("Now: 1 · AI Signal Conflicts")
        await photographed(screen, tmp_path, "now")
        await decides(screen)
        await names_an_owner(screen)
        await carries_over(screen)
        await photographed(screen, tmp_path, "carried")
        await finishes(screen, tmp_path)
        await looks_on_a_phone(screen, tmp_path)
        assert not demo.server.slack.record.defects_but("channel_not_found")


async def comes_to_the_council(demo: Demo) -> None:
    now = demo.clock.now()
    team = demo.server.slack.workspace.team
    company = await demo.bot.store.read(lambda c: workspaces.load(c, team, now=now))
    assert company is not None
    meeting = next_occurrence(company.calendar, "council_meeting", now)
    assert meeting is not None
    await demo.skipping.until(meeting.starts)


async def photographed(screen: Screen, folder: Path, name: str) -> None:
    """Kept beside the database, to be looked at when a test has failed."""
    await screen.page.screenshot(path=folder / f"{name}.png")


async def decides(screen: Screen) -> None:
    """The second conflict: of the first, which is confidential, the channel reads no more than its number."""
    await screen.sees("confidential #4", inside="#conversation")
    await screen.click("Next")
    await screen.sees("2 of 4", inside="#conversation")
    await screen.click("Record decision")
    await screen.sees("Whose signal stands?", inside="#modal")
    form = screen.at("#modal")
    await form.get_by_label("Neither", exact=True).check()
    await form.get_by_label("Decision").fill("Use neither until the export is mended.")
    await form.get_by_label("Why").fill("Both count renewals twice.")
    await screen.click("Decide", inside="#modal")
    await screen.sees("Use neither until the export is mended.", inside="#conversation")


async def names_an_owner(screen: Screen) -> None:
    await screen.click("Name an owner")
    form = screen.at("#modal")
    await form.get_by_label("Who?").select_option(label="Iris")
    await form.get_by_label("What is to be done?").fill("Mend the export.")
    await form.get_by_label("By when?").fill("2027-01-08")
    await screen.click("Name", inside="#modal")
    await screen.sees("Mend the export.", inside="#conversation")


async def carries_over(screen: Screen) -> None:
    await screen.click("Next")
    await screen.click("Carry over")
    await screen.at("#modal").get_by_label("Why?").fill("Not enough time.")
    await screen.click("Carry over", inside="#modal")
    await screen.sees("Not enough time.", inside="#conversation")


async def finishes(screen: Screen, folder: Path) -> None:
    on = screen.at("#conversation").get_by_role("button", name="Next", exact=True)
    while await on.count():
        card = screen.at("#conversation .card").last
        before = await card.inner_text()
        await on.last.click()
        await screen.page.wait_for_function(NEWEST_IS_NOT, arg=before)
    await screen.click("Finish")
    await screen.sees("neither a decision nor an owner")
    await photographed(screen, folder, "closing")
    await screen.click("Carry over the rest to their owners")
    await screen.sees("Edit minutes")
    await screen.sees("Use neither until the export is mended.", inside="#conversation")
    await screen.at("#conversation").get_by_text("Minutes: ").last.scroll_into_view_if_needed()
    await photographed(screen, folder, "minutes")


async def looks_on_a_phone(screen: Screen, folder: Path) -> None:
    await screen.resize(360)
    await screen.sees("Edit minutes")
    assert await screen.sideways() == []
    await photographed(screen, folder, "phone")
