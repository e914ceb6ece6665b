"""The demo as a newcomer plays it, with the real bot: report, be the one who decides, let time pass."""

from __future__ import annotations

from pathlib import Path

import pytest

from bot.demo import living
from tests.page.conftest import Opened
from tests.page.screen import Screen

pytestmark = pytest.mark.asyncio(loop_scope="session")


async def test_a_conflict_from_the_first_word_to_the_decision(opened: Opened, tmp_path: Path) -> None:
    """Nina reports by keyboard, Vera decides by mouse, time is skipped, and a phone shows it all."""
    async with living(tmp_path / "demo.sqlite") as demo:
        screen = await opened(f"{demo.server.url}/?me=nina&at=C0SALES")
        await reports(screen)
        await decides(screen)
        await lets_time_pass(screen)
        await looks_on_a_phone(screen)
        assert not demo.server.slack.record.defects_but("channel_not_found")


async def reports(screen: Screen) -> None:
    await screen.sees("Type", inside="#welcome")
    await screen.types("/ai-conflict\n")
    await screen.sees("Report an AI conflict", inside="#modal")
    kind = screen.at("#modal").get_by_label("What kind of conflict?")
    await kind.select_option(label="Pipeline forecast discrepancy")
    await screen.sees("(VP Sales) decides by", inside="#modal")
    await screen.at("#modal").get_by_label("What do they disagree about?").focus()
    await screen.types("Renewals in Iberia")
    for source, says in (("Clari AI", "4.2 M€"), ("Rep roll-up", "3.1 M€")):
        await screen.press("Tab")
        await screen.types(source)
        await screen.sees(source, inside="#modal .options:not([hidden])")
        await screen.press("Enter", "Tab")
        await screen.types(says)
    await screen.press("Enter")
    await screen.sees("is with", inside="#modal")
    await screen.press("Escape")
    await screen.sees("Renewals in Iberia", inside="#conversation .card")


async def decides(screen: Screen) -> None:
    await screen.at(".elsewhere button:has-text('You decide #7')").click()
    await screen.sees("You are: Vera", inside="#you")
    newest = "#conversation .message:has-text('You decide #7') >> nth=-1"
    await screen.click("Acknowledge", inside=newest)
    await screen.sees("You are on it since", inside=newest)
    await screen.click("Decide", inside=newest)
    await screen.sees("Decide #7", inside="#modal")
    form = screen.at("#modal")
    await form.get_by_label("Rep roll-up", exact=True).check()
    await form.get_by_label("Decision").fill("Present 3.1 M€ for Iberia.")
    await form.get_by_label("Why").fill("Clari counts 0.9 M€ of renewals twice since October.")
    await screen.click("Decide", inside="#modal")
    await screen.misses("#modal textarea")
    await screen.press("Escape", "Control+k")
    await screen.types("sales conversation\n")
    await screen.sees("Present 3.1 M€ for Iberia.", inside="#conversation")


async def lets_time_pass(screen: Screen) -> None:
    before = await screen.at("#top .now").inner_text()
    await screen.at(".skips .next").click()
    await screen.misses(".skips .next[aria-busy]")
    assert await screen.at("#top .now").inner_text() != before
    await screen.sees("Remy", inside=".elsewhere")


async def looks_on_a_phone(screen: Screen) -> None:
    await screen.resize(360)
    await screen.at("#theme").click()
    await screen.sees("Present 3.1 M€ for Iberia.", inside="#conversation")
    assert await screen.sideways() == []
    await screen.click("People")
    await screen.sees("You are: Vera", inside="#left")
    assert await screen.sideways() == []
