"""Both lights, every width, and nothing that anybody cannot read or name."""

from __future__ import annotations

from datetime import timedelta

import pytest

from sandbox.acts import speaking
from sandbox.clock import HandClock
from sandbox.server import Server
from tests.page.conftest import Opened
from tests.page.screen import Screen
from tests.sandbox.bolt import Little, card

pytestmark = pytest.mark.asyncio(loop_scope="session")
GROUND = "getComputedStyle(document.body).backgroundColor"


def furnished(server: Server) -> None:
    """Messages of every sort: a card, a thread, a reaction, other people's words, yesterday's too."""
    slack, clock = server.slack, server.slack.clock
    first = speaking.say(slack, "U0MARCUS", "C0SALES", "an older one with a `code` and https://example.com")
    speaking.say(slack, "U0NINA", "C0SALES", "a reply", first.ts)
    speaking.react(slack, "U0PRIYA", "C0SALES", first.ts, "eyes")
    assert isinstance(clock, HandClock)
    clock.forward(timedelta(days=1))
    fields = [{"type": "mrkdwn", "text": f"*Source {n}*\n{n}.2 M€"} for n in (1, 2)]
    blocks = [*card("*A card*"), {"type": "section", "fields": fields}]
    blocks.append({"type": "context", "elements": [{"type": "mrkdwn", "text": "said by <@U0NINA>"}]})
    speaking.bot_says(slack, slack.app.bot_user, "C0SALES", "a card", blocks)
    direct = slack.workspace.direct("U0MARCUS", slack.app.bot_user)
    speaking.bot_says(slack, slack.app.bot_user, direct.id, "hi")


@pytest.mark.parametrize(("width", "dark"), [(1440, False), (1024, True), (360, False), (360, True)], ids=str)
async def test_everything_is_named_legible_and_inside(
    opened: Opened, server: Server, little: Little, width: int, *, dark: bool
) -> None:
    """Every control has a name, every word AA contrast, and nothing sticks out, whatever is open."""
    furnished(server)
    screen = await opened(f"{server.url}/?me=nina&at=C0SALES", width=width, dark=dark)
    await looked_at(screen, "the channel")
    await screen.press("Control+k")
    await looked_at(screen, "the jump box")
    await screen.press("Escape", "Escape")
    await screen.at("#conversation").focus()
    await screen.press("?")
    await looked_at(screen, "the keys")
    await screen.press("Escape")
    await screen.at("#say").focus()
    await screen.types("/")
    await looked_at(screen, "the commands")
    await screen.types("tell\n")
    await screen.sees("heard")
    await looked_at(screen, "a private message")
    await screen.at("#conversation .replies").click()
    await screen.sees("a reply", inside="#right")
    await looked_at(screen, "a thread")
    await screen.press("Escape")
    await screen.at("#handle").click()
    await screen.click("Be away for 30 min")
    await screen.sees("Slack is away", inside="#drawer")
    await looked_at(screen, "the drawer")
    await screen.click("End all trouble")
    await screen.misses("#drawer .pill.warn")


async def looked_at(screen: Screen, what: str) -> None:
    found = {
        "nameless": await screen.nameless(),
        "pale": await screen.pale(),
        "sideways": await screen.sideways(),
    }
    assert {why: each for why, each in found.items() if each} == {}, what


@pytest.mark.parametrize("width", [1440, 360])
async def test_a_form_and_a_home_are_legible(
    opened: Opened, server: Server, little: Little, width: int
) -> None:
    """A form, its errors, and the app's Home are named, legible and inside, too; the app hears of Home."""
    screen = await opened(f"{server.url}/?me=nina&at=C0SALES", width=width, dark=width == 360)
    await screen.at("#say").focus()
    await screen.types("/raise\n")
    await screen.sees("Raise it", inside="#modal")
    await looked_at(screen, "a form")
    await screen.click("Raise", inside="#modal")
    await screen.sees("Please complete this required field.", inside="#modal")
    await looked_at(screen, "its errors")
    await screen.press("Escape")
    await screen.misses("#modal section")
    if width == 360:
        await screen.click("People")
        await looked_at(screen, "people and channels")
    await screen.click("Tiebreak", inside="#left")
    await screen.sees("Nothing is waiting for you.", inside="#conversation")
    await looked_at(screen, "a home")
    await screen.at("#tab-home").focus()
    await screen.press("ArrowRight")
    await screen.at("#conversation[role=log]").wait_for()
    await screen.press("ArrowLeft")
    await screen.click("Acknowledge", inside="#conversation")


async def test_dark_or_light_is_kept(opened: Opened, server: Server) -> None:
    """The page follows the system until somebody chooses; the choice survives a reload."""
    screen = await opened(f"{server.url}/?me=nina", dark=True)
    dark = await screen.page.evaluate(GROUND)
    await screen.at("#theme").click()
    light = await screen.page.evaluate(GROUND)
    assert light != dark
    await screen.open(screen.page.url)
    assert await screen.page.evaluate(GROUND) == light
    await screen.at("#theme").click()
    assert await screen.page.evaluate(GROUND) == dark
    assert await screen.at("#theme").get_attribute("aria-label") == "Light or dark: dark"


async def test_a_small_screen_shows_one_column(opened: Opened, server: Server) -> None:
    """At 360 pixels a switcher leads to people, the conversation and its details or thread."""
    furnished(server)
    screen = await opened(f"{server.url}/?me=nina&at=C0SALES", width=360, height=740)
    for name, inside in (("Details", "#right"), ("People", "#left"), ("#sales", "#conversation")):
        await screen.click(name, inside="#switcher")
        assert await screen.at(inside).is_visible()
        others = {"#right", "#left", "#conversation"} - {inside}
        assert not any([await screen.at(other).is_visible() for other in others])
    await screen.at("#conversation .replies").click()
    await screen.sees("a reply", inside="#right")
    await screen.press("Escape")
    await screen.sees("A card", inside="#conversation")
    await screen.click("People")
    await screen.click("general", inside="#left")
    await screen.sees("#general", inside="#conversation")


async def test_who_gets_news_is_one_click_away(nina: Screen, server: Server) -> None:
    """A person who was just written to stands on the left; one click is being them, at that message."""
    furnished(server)
    await nina.sees("Marcus", inside=".elsewhere")
    await nina.at(".elsewhere button").first.click()
    await nina.sees("You are: Marcus", inside="#you")
    await nina.sees("hi", inside="#conversation")
    await nina.misses(".elsewhere")


async def test_nothing_moves_for_those_who_want_it_still(nina: Screen) -> None:
    """With reduced motion nothing on the page is animated."""
    await nina.sees("Type", inside="#welcome")
    assert await nina.page.evaluate("document.getAnimations().length") == 0
