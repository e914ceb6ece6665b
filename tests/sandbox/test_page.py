"""The page is served whole, to this computer only, and no text on it becomes markup."""

from __future__ import annotations

from collections.abc import AsyncIterator

import aiohttp
import pytest

from sandbox.acts import admin, speaking
from sandbox.page.drawing import draw
from sandbox.page.window import Page, Window
from sandbox.page_server import files, page
from sandbox.server import Server, serve
from sandbox.slack import Slack
from sandbox.wire import Request, as_json_call
from tests.sandbox.browsing import browsing

HOSTILE = "<script>alert(1)</script> \"'><img src=x onerror=alert(1)> {{ 1111*7 }} <!channel> \u202e]]>"


@pytest.fixture
async def server(slack: Slack) -> AsyncIterator[Server]:
    async with serve(slack, extend=page()) as server:
        yield server


@pytest.fixture
async def session() -> AsyncIterator[aiohttp.ClientSession]:
    async with aiohttp.ClientSession() as session:
        yield session


async def test_the_page_shows_the_workspace(server: Server, session: aiohttp.ClientSession) -> None:
    """At the root stands the whole page: people, channels, a message box, and what to type first."""
    async with session.get(f"{server.url}/?me=nina&at=C0SALES") as answer:
        html = await answer.text()
    assert answer.status == 200
    for words in (
        "You are: <b>Nina</b>",
        "sales",
        "Marcus Hale",
        "Message #sales as Nina",
        "/raise",
        "Sandbox",
    ):
        assert words in html
    assert "script-src 'self'" in answer.headers["Content-Security-Policy"]
    assert "unsafe" not in answer.headers["Content-Security-Policy"]


@pytest.mark.parametrize("name", files())
async def test_every_file_of_the_page_is_there(
    server: Server, session: aiohttp.ClientSession, name: str
) -> None:
    """What the page links to is served, with its right type, and asks nothing of any other place."""
    async with session.get(f"{server.url}/page/{name}") as answer:
        body = await answer.read()
    assert (answer.status, answer.content_type) == (200, files()[name])
    assert body.strip()
    assert b"@import" not in body
    assert b"url(http" not in body


@pytest.mark.parametrize("path", ["/", "/page/page.js", "/page/socket"])
async def test_a_foreign_name_for_this_computer_gets_nothing(
    server: Server, session: aiohttp.ClientSession, path: str
) -> None:
    """A name that somebody points at 127.0.0.1 is refused."""
    async with session.get(server.url + path, headers={"Host": "evil.example"}) as answer:
        assert answer.status == 403


@pytest.mark.parametrize("origin", ["https://evil.example", "http://127.0.0.1:1", None])
async def test_another_page_cannot_open_the_socket(
    server: Server, session: aiohttp.ClientSession, origin: str | None
) -> None:
    """The socket is for the sandbox's own page: any other origin, or none, is refused."""
    headers = {"Origin": origin} if origin else {}
    with pytest.raises(aiohttp.WSServerHandshakeError) as refused:
        await session.ws_connect(f"{server.url}/page/socket", headers=headers)
    assert refused.value.status == 403


async def test_hostile_words_stay_words_everywhere(server: Server) -> None:
    """Whatever people call themselves, their channels or their messages: it is read, never run."""
    slack = server.slack
    admin.change_person(slack, "U0MARCUS", real_name=f"Marcus {HOSTILE}", title=HOSTILE, status_text=HOSTILE)
    admin.rename(slack, "sales", HOSTILE)
    slack.workspace.channels["C0SALES"].topic = HOSTILE
    first = speaking.say(slack, "U0MARCUS", "C0SALES", HOSTILE)
    speaking.say(slack, "U0MARCUS", "C0SALES", HOSTILE, first.ts)
    speaking.bot_says(slack, "U0SCORER", "C0SALES", HOSTILE, [block(HOSTILE)])
    slack.call("chat.postMessage" + HOSTILE, asked(HOSTILE))
    window = Window(Page(server), "nina", "C0SALES", first.ts)
    window.drawer = True
    for name, html in draw(window, None).items():
        assert "<script" not in html, name
        assert "<img" not in html, name
        assert "7777" not in html, name
    assert draw(window, None)["middle"].count("&lt;script&gt;alert(1)&lt;/script&gt;") >= 4


def block(words: str) -> dict[str, object]:
    return {"type": "section", "text": {"type": "plain_text", "text": words}}


def asked(words: str) -> Request:
    return as_json_call(words, {"channel": words, "text": words})


async def test_nonsense_from_a_browser_is_answered_in_words(server: Server) -> None:
    """What the page does not know, or what does not exist, is said; nothing breaks."""
    async with browsing(server) as nina:
        assert (await nina.do("nothing"))["trouble"]
        assert (await nina.do("be", person="U0NOBODY"))["trouble"]
        assert (await nina.do("go", channel=["C0SALES"]))["trouble"]
        assert (await nina.do("act", ts="1.2", block="x", action="y"))["trouble"]
        assert (await nina.do("submit", view="V0"))["trouble"]
        assert (await nina.do("say", text="still here"))["trouble"] == ""
