"""Everything people do in Slack can be done on the page, over its one socket, with a real app behind it."""

from __future__ import annotations

from collections.abc import AsyncIterator
from datetime import timedelta

import pytest

from sandbox.clock import HandClock
from sandbox.page.window import Due, Skipping
from sandbox.page_server import page
from sandbox.server import Server, serve
from sandbox.slack import Slack
from tests.sandbox.bolt import Little, running
from tests.sandbox.browsing import Browser, browsing


@pytest.fixture
async def server(slack: Slack) -> AsyncIterator[Server]:
    async with serve(slack, extend=page()) as server:
        yield server


@pytest.fixture
async def little(server: Server) -> AsyncIterator[Little]:
    async with running(server) as little:
        yield little


@pytest.fixture
async def nina(server: Server, little: Little) -> AsyncIterator[Browser]:
    async with browsing(server) as nina:
        yield nina


def typed(nina: Browser, nth: int, text: str) -> dict[str, object]:
    return {**nina.place("modal", "plain_text_input", nth), "values": [text]}


async def reported(nina: Browser) -> None:
    """Type the command, fill in the form and send it."""
    await nina.do("say", text="/raise")
    await nina.until("modal", "Raise it")
    kind = nina.place("modal", "static_select")
    await nina.do("act", **kind, values=["data"])
    fields = [typed(nina, 0, "Pipeline"), typed(nina, 1, "4.2")]
    await nina.do("submit", view=kind["view"], fields=fields)


async def test_a_form_is_opened_filled_in_and_sent(nina: Browser) -> None:
    """A command opens the form, a choice updates it in place, and the card appears in the channel."""
    await reported(nina)
    await nina.until("middle", "Acknowledge")
    assert "Pipeline" in nina.text("middle")
    assert nina.text("modal") == ""


async def test_choosing_updates_the_form_and_keeps_what_was_typed(nina: Browser) -> None:
    """The app redraws the window while somebody fills it in; nothing typed is lost."""
    await nina.do("say", text="/raise")
    await nina.until("modal", "Raise it")
    await nina.do("act", **typed(nina, 0, "Pipeline"))
    await nina.do("act", **nina.place("modal", "static_select"), values=["data"])
    assert "is decided by @Marcus" in await nina.until("modal", "is decided by")
    assert 'value="Pipeline"' in nina.pieces["modal"]


async def test_errors_stand_under_their_fields(nina: Browser) -> None:
    """What is missing is said by the window itself, what is too little by the app; the window stays."""
    await nina.do("say", text="/raise")
    await nina.until("modal", "Raise it")
    view = nina.place("modal", "static_select")["view"]
    await nina.do("submit", view=view, fields=[])
    assert nina.text("modal").count("Please complete this required field.") == 3
    await nina.do("act", **nina.place("modal", "static_select"), values=["data"])
    await nina.do("submit", view=view, fields=[typed(nina, 0, "Pip"), typed(nina, 1, "4.2")])
    assert "Say a little more." in await nina.until("modal", "Say a little more.")


async def test_a_field_that_the_app_took_away_does_not_hold_up_the_rest(nina: Browser) -> None:
    """The app may redraw a form at the moment somebody sends it: what is still there is sent."""
    await nina.do("say", text="/raise")
    await nina.until("modal", "Raise it")
    kind = nina.place("modal", "static_select")
    await nina.do("act", **kind, values=["data"])
    gone = {"block": "gone", "action": "gone", "values": ["words"]}
    answer = await nina.do(
        "submit", view=kind["view"], fields=[gone, typed(nina, 0, "Pipeline"), typed(nina, 1, "4")]
    )
    assert answer["trouble"] == ""
    await nina.until("middle", "Acknowledge")


async def test_a_search_asks_the_app_and_its_offer_can_be_chosen(nina: Browser) -> None:
    """Typing into a searching select shows what the app offers; choosing it holds it."""
    await nina.do("say", text="/raise")
    await nina.until("modal", "Raise it")
    place = nina.place("modal", "external_select")
    offered = await nina.do("suggest", **place, typed="Clari")
    assert offered["options"] == [{"value": "Clari", "text": "Clari"}]
    assert (await nina.do("act", **place, values=["Clari"]))["trouble"] == ""
    assert 'data-shown="Clari"' in nina.pieces["modal"]
    assert (await nina.do("act", **place, values=["made up"]))["trouble"]


async def test_a_window_is_closed(nina: Browser, little: Little) -> None:
    """Closing takes the window away and tells the app that asked to know."""
    await nina.do("say", text="/raise")
    await nina.until("modal", "Raise it")
    await nina.do("close", everything=True)
    assert nina.text("modal") == ""
    assert little.heard[-1]["type"] == "view_closed"


async def test_buttons_and_menus_below_a_message(nina: Browser, little: Little) -> None:
    """A menu entry reaches the app; a button changes the card and whispers to whoever pressed it."""
    await reported(nina)
    await nina.until("middle", "Acknowledge")
    await nina.do("act", **nina.place("middle", "overflow"), values=["Withdraw"])
    assert little.heard[-1]["actions"][0]["selected_option"]["value"] == "Withdraw"
    await nina.do("act", **nina.place("middle", "button"), values=["1"])
    said = await nina.until("middle", "Thank you.")
    assert "Only visible to you" in said
    assert "taken" in said
    whispered = nina.pieces["middle"].partition('data-do="dismiss" data-ts="')[2].partition('"')[0]
    await nina.do("dismiss", ts=whispered)
    assert "Thank you." not in nina.text("middle")


async def test_trouble_is_shown_where_it_happens(nina: Browser, server: Server) -> None:
    """While Slack and the app cannot talk, the window says so and keeps what was typed."""
    await nina.do("say", text="/raise")
    await nina.until("modal", "Raise it")
    await nina.do("act", **nina.place("modal", "static_select"), values=["data"])
    server.slack.faults.go_away(server.slack.now(), timedelta(minutes=30))
    view = nina.place("modal", "static_select")["view"]
    await nina.do("submit", view=view, fields=[typed(nina, 0, "Pipeline"), typed(nina, 1, "4.2")])
    assert "trouble connecting" in await nina.until("modal", "trouble connecting")
    assert 'value="Pipeline"' in nina.pieces["modal"]


async def test_talk_threads_and_reactions(nina: Browser, little: Little) -> None:
    """Messages, replies and reactions appear at once, and the app hears of them."""
    await nina.do("join")
    await nina.do("say", text="who knows? @marcus")
    html = nina.pieces["middle"]
    ts = html.rpartition('data-ts="')[2].partition('"')[0]
    assert "@Marcus" in nina.text("middle")
    await nina.do("react", ts=ts, name="eyes")
    assert "👀 1" in nina.text("middle")
    await nina.do("thread", ts=ts)
    await nina.do("say", text="I do", thread=ts)
    assert "I do" in nina.text("right")
    assert "1 reply" in nina.text("middle")
    assert f"thread={ts}" in nina.address
    await nina.do("react", ts=ts, name="eyes")
    assert "👀 1" not in nina.text("middle")
    assert (await nina.do("say", text="/raise", thread=ts))["trouble"]
    await nina.do("delete", ts=ts)
    assert "This message was deleted." in nina.text("middle")


async def test_shortcuts_of_the_workspace_and_of_a_message(nina: Browser) -> None:
    """Both kinds of shortcut open the app's window."""
    await nina.do("shortcut", name="Raise")
    await nina.until("modal", "Raise it")
    await nina.do("close")
    await nina.do("say", text="the score is wrong")
    ts = nina.pieces["middle"].rpartition('data-ts="')[2].partition('"')[0]
    await nina.do("shortcut", name="Raise from here", ts=ts)
    await nina.until("modal", "Raise it")


async def test_anybody_can_be_looked_through(nina: Browser, server: Server) -> None:
    """Being somebody else shows their channels and their messages, unread ones counted."""
    await reported(nina)
    await nina.until("middle", "Acknowledge")
    assert 'aria-label="1 unread"' in nina.pieces["left"]
    await nina.do("be", person="U0MARCUS")
    assert "You are: Marcus" in nina.text("left")
    await nina.do("home")
    assert "You decide: Pipeline" in nina.text("middle")
    assert 'aria-label="1 unread"' not in nina.pieces["left"]
    await nina.do("be", person="U0GUS")
    assert "board" not in nina.text("left")
    assert (await nina.do("go", channel="C0BOARD"))["trouble"]


async def test_the_home_of_the_app_and_writing_to_people(nina: Browser) -> None:
    """Opening Home has it drawn and its buttons work; anybody can be written to."""
    await nina.do("home", tab="home")
    assert "Nothing is waiting for you." in await nina.until("middle", "Nothing is waiting for you.")
    assert nina.place("middle", "button")["view"]
    await nina.do("write_to", person="U0PRIYA")
    await nina.do("say", text="psst")
    assert "psst" in nina.text("middle")


async def test_a_link_to_a_message_is_followed_inside(nina: Browser, server: Server) -> None:
    """A permalink of this workspace shows its channel instead of leaving for the web."""
    await nina.do("say", text="look here")
    ts = nina.pieces["middle"].rpartition('data-ts="')[2].partition('"')[0]
    await nina.do("go", channel="C0GENERAL")
    await nina.do("follow", url=f"https://northwind.slack.com/archives/C0SALES/p{ts.replace('.', '')}")
    assert "look here" in nina.text("middle")


async def test_time_passes_on_the_page_s_own_clock(nina: Browser, clock: HandClock) -> None:
    """An hour, a day and a week pass at a press; the bar shows the person's own time."""
    before = clock.now()
    assert "Wed 18 Nov 11:00" in nina.text("top")
    for to in ("hour", "day", "week"):
        await nina.do("skip", to=to)
    assert clock.now() - before == timedelta(hours=1, days=8)
    assert "Thu 26 Nov 12:00" in nina.text("top")
    assert (await nina.do("skip", to="next"))["trouble"]


async def test_the_page_asks_its_host_what_is_next(slack: Slack, clock: HandClock) -> None:
    """With hooks the bar names what is due next, and skipping to it lets exactly that time pass."""
    passed: list[timedelta] = []

    async def due() -> Due:
        return Due("reminder for Marcus", clock.now() + timedelta(hours=3))

    async def forward(by: timedelta) -> None:
        passed.append(by)

    async with serve(slack, extend=page(Skipping(due, forward))) as server, browsing(server) as nina:
        assert "reminder for Marcus, 14:00" in nina.text("top")
        await nina.do("skip", to="next")
    assert passed == [timedelta(hours=3)]
