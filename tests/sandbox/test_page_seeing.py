"""What each person has in front of them: news, unread marks, the app's Home, messages as one reads them."""

from __future__ import annotations

from collections.abc import AsyncIterator
from datetime import timedelta

import aiohttp
import pytest
from slack_sdk.web.async_client import AsyncWebClient

from sandbox.acts import speaking
from sandbox.clock import HandClock
from sandbox.page.drawing import draw
from sandbox.page.messages import conversation
from sandbox.page.window import Page, Window
from sandbox.page_server import page
from sandbox.server import Server, serve
from sandbox.slack import Slack
from tests.sandbox.bolt import Little, card, running
from tests.sandbox.browsing import browsing


@pytest.fixture
async def server(slack: Slack) -> AsyncIterator[Server]:
    async with serve(slack, extend=page()) as server:
        yield server


@pytest.fixture
async def little(server: Server) -> AsyncIterator[Little]:
    async with running(server) as little:
        yield little


async def test_messages_of_one_author_stand_together(server: Server, slack: Slack, clock: HandClock) -> None:
    """Within five minutes an author is named once; another author, a pause or a new day begins anew."""
    window = Window(Page(server), "nina", "C0SALES")
    for author, pause in (("MARCUS", 0), ("MARCUS", 4), ("NINA", 0), ("NINA", 6), ("NINA", 24 * 60)):
        clock.forward(timedelta(minutes=pause))
        speaking.say(slack, f"U0{author}", "C0SALES", "words")
    shown = conversation(window)
    assert [message["follows"] for message in shown] == [False, True, False, False, False]
    assert [message["day"] for message in shown] == ["Yesterday", "", "", "", "Today"]


async def test_a_file_can_be_taken_from_the_page(server: Server, slack: Slack) -> None:
    """It stands under the words it came with, and comes as it was sent, never as a page."""
    client = AsyncWebClient(token=slack.bot_token(), base_url=server.api_url)
    await client.conversations_join(channel="C0SALES")
    await client.files_upload_v2(
        channel="C0SALES", content="<b>a</b>,1", filename="a & b.csv", initial_comment="Here you are"
    )
    (shown,) = conversation(Window(Page(server), "nina", "C0SALES"))[-1:]
    assert not shown["system"]
    (file,) = shown["files"]
    assert "a &amp; b.csv" in draw(Window(Page(server), "nina", "C0SALES"), None)["middle"]
    async with aiohttp.ClientSession() as session:
        async with session.get(f"{server.url}/files/{file['id']}") as answer:
            assert await answer.text() == "<b>a</b>,1"
            assert answer.content_type == "application/octet-stream"
            assert answer.headers["Content-Disposition"] == "attachment; filename*=UTF-8''a%20%26%20b.csv"
        async with session.get(f"{server.url}/files/F0NOTHING") as answer:
            assert answer.status == 404


async def test_what_is_new_is_marked_until_one_leaves(server: Server, slack: Slack) -> None:
    """The first unread message has a line above it while one stays; next time it is read."""
    window = Window(Page(server), "nina", "C0GENERAL")
    speaking.say(slack, "U0NINA", "C0SALES", "my own")
    speaking.say(slack, "U0MARCUS", "C0SALES", "new to me")
    window.go("C0SALES")
    speaking.say(slack, "U0MARCUS", "C0SALES", "seen at once")
    window.see()
    assert [message["fresh"] for message in conversation(window)] == [False, True, False]
    window.go("C0GENERAL")
    window.go("C0SALES")
    assert not any(message["fresh"] for message in conversation(window))


async def test_a_page_that_is_only_fetched_has_read_nothing(
    server: Server, slack: Slack, clock: HandClock
) -> None:
    """What the first HTML shows stays unread until a browser with its socket is there to show it."""
    shown = Page(server)
    Window(shown, "nina", "C0GENERAL")
    clock.forward(timedelta(minutes=1))
    speaking.say(slack, "U0MARCUS", "C0SALES", "hello")
    Window(shown, "nina", "C0SALES", peeking=True)
    assert shown.unread("U0NINA", slack.workspace.channels["C0SALES"]) == 1
    Window(shown, "nina", "C0SALES")
    assert shown.unread("U0NINA", slack.workspace.channels["C0SALES"]) == 0


async def test_others_who_are_written_to_are_named(server: Server, slack: Slack, clock: HandClock) -> None:
    """Whoever else has unread direct messages is listed with their first words, the newest first."""
    window = Window(Page(server), "nina", "C0SALES")
    assert "New for others" not in draw(window, None)["left"]
    news = {"MARCUS": "You <b>decide</b> #1", "DANA": "You are asked", "NINA": "Yours"}
    for person, words in news.items():
        clock.forward(timedelta(minutes=1))
        direct = slack.workspace.direct(slack.app.bot_user, f"U0{person}")
        speaking.bot_says(slack, slack.app.bot_user, direct.id, words)
    left = draw(window, None)["left"]
    assert "New for others" in left
    assert left.index("You are asked") < left.index("You &lt;b&gt;decide&lt;/b&gt; #1")
    assert "Yours" not in left


async def test_a_card_is_told_from_a_line(server: Server, slack: Slack) -> None:
    """What an app offers to press stands on a card; what it only says, and what people say, does not."""
    window = Window(Page(server), "nina", "C0SALES")
    speaking.bot_says(slack, slack.app.bot_user, "C0SALES", "a card", card("A card"))
    speaking.bot_says(slack, slack.app.bot_user, "C0SALES", "a line")
    speaking.say(slack, "U0NINA", "C0SALES", "words")
    assert [message["card"] for message in conversation(window)] == [True, False, False]


async def test_home_stays_open_for_the_next_person(server: Server, little: Little) -> None:
    """Whoever is looked through next sees their own Home, and the app hears that they opened it."""
    async with browsing(server, "?me=nina&at=C0SALES") as browser:
        await browser.do("home")
        await browser.until("middle", "Nothing is waiting for you.")
        assert "tab=home" in browser.address
        await browser.do("be", person="U0MARCUS")
        await browser.until("middle", "Nothing is waiting for you.")
        assert "You are: Marcus" in browser.text("left")
        await server.settle()
        assert set(server.slack.homes) == {"U0NINA", "U0MARCUS"}


async def test_home_is_opened_by_its_address(server: Server, little: Little) -> None:
    """A reload shows Home again and the app hears of it."""
    async with browsing(server, "?me=priya&tab=home") as browser:
        assert "Nothing is waiting for you." in await browser.until("middle", "Nothing is waiting")


async def test_trouble_is_a_whole_sentence(server: Server) -> None:
    """Whatever cannot be done is said as people speak, never as a code or the name of a key."""
    async with browsing(server) as nina:
        for act in ({"what": "be", "person": "U0NOBODY"}, {"what": "skip", "to": "next"}, {"what": "submit"}):
            trouble = (await nina.do(**act))["trouble"]
            assert trouble[0].isupper()
            assert trouble.endswith(".")
            assert "'" not in trouble


async def test_what_breaks_inside_is_answered(server: Server, little: Little) -> None:
    """Even something that nobody thought of gets an answer: no button waits for ever."""
    async with browsing(server) as nina:
        await nina.do("say", text="/raise")
        await nina.until("modal", "Raise it")
        answer = await nina.do("submit", view=nina.place("modal", "static_select")["view"], fields=[1])
        assert answer["trouble"].startswith("That went wrong inside the sandbox")
