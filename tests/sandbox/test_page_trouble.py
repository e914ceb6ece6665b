"""The drawer: the calls between app and Slack, trouble on purpose, and what admins do."""

from __future__ import annotations

from collections.abc import AsyncIterator

import pytest

from sandbox.page.making_trouble import PLANNED, SUDDEN
from sandbox.page_server import page
from sandbox.server import Server, serve
from sandbox.slack import Slack
from sandbox.wire import as_json_call
from tests.sandbox.browsing import Browser, browsing


@pytest.fixture
async def server(slack: Slack) -> AsyncIterator[Server]:
    async with serve(slack, extend=page()) as server:
        yield server


@pytest.fixture
async def nina(server: Server) -> AsyncIterator[Browser]:
    async with browsing(server) as nina:
        yield nina


async def test_calls_are_listed_newest_first_and_refusals_stand_out(nina: Browser, server: Server) -> None:
    """Every call is there with its arguments and its answer; a refused one is marked with Slack's code."""
    token = server.slack.bot_token()
    server.slack.call("auth.test", as_json_call(token, {}))
    server.slack.call("chat.postMessage", as_json_call(token, {"channel": "C0NONE", "text": "<b>hello"}))
    await nina.do("drawer", open=True)
    text = nina.text("drawer")
    assert "1 refused" in text
    assert text.index("chat.postMessage") < text.index("auth.test")
    assert "channel_not_found" in text
    assert "&lt;b&gt;hello" in nina.pieces["drawer"]
    assert 'class="refused"' in nina.pieces["drawer"]


@pytest.mark.parametrize("kind", [*PLANNED, *SUDDEN])
async def test_every_button_for_trouble_does_something(nina: Browser, server: Server, kind: str) -> None:
    """Each kind of trouble can be switched on, is shown, and `end` ends it all."""
    answer = await nina.do("trouble", kind=kind, method="chat.postMessage")
    assert answer["trouble"] == ""
    faults = server.slack.faults
    planned = [
        *faults.planned,
        faults.away_until,
        faults.double_events,
        faults.double_asking,
        faults.lose_acks,
    ]
    assert any(planned) is (kind not in {"socket", "end"})
    assert ('class="pill warn"' in nina.pieces["drawer"]) is (kind not in {"socket", "end"})
    await nina.do("trouble", kind="end")
    assert 'class="pill warn"' not in nina.pieces["drawer"]


async def test_planned_trouble_hits_the_next_call_of_that_method(nina: Browser, server: Server) -> None:
    """A failing post fails once; other methods and the next post go through."""
    token = server.slack.bot_token()
    await nina.do("trouble", kind="fail", method="chat.postMessage")
    assert server.slack.call("auth.test", as_json_call(token, {})).ok
    said = as_json_call(token, {"channel": "U0NINA", "text": "hello"})
    assert server.slack.call("chat.postMessage", said).status == 500
    assert server.slack.call("chat.postMessage", said).ok


async def test_admins_change_people_and_channels(nina: Browser, server: Server) -> None:
    """Archive, share, rename, invite and remove the bot, deactivate and bring back."""
    workspace, bot = server.slack.workspace, server.slack.app.bot_user
    sales = workspace.channels["C0SALES"]
    await nina.do("admin", kind="invite", whom="C0SALES")
    assert bot in sales.members
    await nina.do("admin", kind="remove", whom="C0SALES")
    assert bot not in sales.members
    await nina.do("admin", kind="rename", whom="C0SALES", text="  All Sales ")
    assert sales.name == "all-sales"
    await nina.do("admin", kind="share", whom="C0SALES")
    assert sales.ext_shared
    assert (await nina.do("admin", kind="share", whom="C0SALES"))["trouble"]
    await nina.do("admin", kind="archive", whom="C0SALES")
    assert "This channel is archived." in nina.text("middle")
    assert (await nina.do("say", text="hello?"))["trouble"]
    await nina.do("admin", kind="archive", whom="C0SALES")
    await nina.do("admin", kind="deactivate", whom="U0NINA")
    assert "account is deactivated" in nina.text("middle")
    await nina.do("admin", kind="deactivate", whom="U0NINA")
    assert not workspace.people["U0NINA"].deactivated
