"""The sandbox over real loopback connections: sockets that drop, answers that are lost, signed HTTP."""

from __future__ import annotations

import contextlib
from datetime import timedelta

import aiohttp
import pytest
from aiohttp import web
from slack_bolt.adapter.socket_mode.async_handler import AsyncSocketModeHandler
from slack_sdk.errors import SlackApiError
from slack_sdk.web.async_client import AsyncWebClient

from sandbox.acts import speaking
from sandbox.clock import HandClock
from sandbox.faults import Fault
from sandbox.http_line import HttpLine
from sandbox.robot import SlackTrouble
from sandbox.seen import NotVisible
from sandbox.server import Server, serve
from sandbox.slack import Slack
from sandbox.wire import as_json_call
from tests.sandbox.bolt import Little, running


def client_of(server: Server) -> AsyncWebClient:
    return AsyncWebClient(token=server.slack.bot_token(), base_url=server.api_url, retry_handlers=[])


async def test_the_python_client_is_understood_in_all_its_wire_forms(server: Server) -> None:
    """JSON bodies, query strings on GET and on POST, lists, booleans, objects, files."""
    client = client_of(server)
    assert (await client.auth_test())["user"] == "tiebreak"
    assert (await client.users_info(user="U0NINA"))["user"]["profile"]["email"] == "nina@northwind.example"
    await client.conversations_join(channel="C0SALES")
    note = {"event_type": "told", "event_payload": {"key": "k"}}
    ts = (await client.chat_postMessage(channel="C0SALES", text="x", metadata=note))["ts"]
    found = await client.conversations_history(channel="C0SALES", include_all_metadata=True, limit=1)
    assert found["messages"][0]["metadata"] == note
    await client.reactions_add(channel="C0SALES", timestamp=ts, name="eyes")
    opened = await client.conversations_open(users=["U0NINA"], return_im=True)
    assert opened["channel"]["user"] == "U0NINA"
    listed = await client.conversations_list(
        types=["public_channel", "private_channel"], exclude_archived=True
    )
    assert {channel["name"] for channel in listed["channels"]} == {"general", "sales", "acme-shared"}
    sent = await client.files_upload_v2(channel="C0SALES", content="a,b", filename="a.csv")
    assert sent["files"][0]["name"] == "a.csv"
    await client.chat_delete(channel="C0SALES", ts=ts)
    assert server.slack.record.defects == []


async def test_an_answer_can_be_lost_after_the_work_was_done(server: Server) -> None:
    """The connection closes without a word; the message stands."""
    client = client_of(server)
    await client.conversations_join(channel="C0SALES")
    server.slack.faults.plan(Fault("chat.postMessage", after_the_fact=True))
    with pytest.raises(aiohttp.ClientError):
        await client.chat_postMessage(channel="C0SALES", text="lost")
    server.slack.faults.plan(Fault("chat.postMessage", status=503))
    with pytest.raises(SlackApiError):
        await client.chat_postMessage(channel="C0SALES", text="refused")
    assert [seen.text for seen in server.robot("nina").sees("sales")][1:] == ["lost"]


async def test_an_event_the_listener_fails_on_comes_again(server: Server) -> None:
    """bolt acknowledges nothing when a listener raises; the same event comes at once with its reason."""
    server.delivery.seconds = 0.2
    async with running(server) as little:
        little.fail_next = 1
        await server.robot("marcus").says("ack")
        events = [body["event_id"] for body in little.heard]
        assert len(events) == 2
        assert len(set(events)) == 1
    assert [(d.kind, d.code) for d in server.slack.record.defects] == [("not acknowledged", "http_timeout")]


async def test_a_dropped_socket_is_opened_again_and_nothing_is_lost(server: Server) -> None:
    """After `refresh_requested` the client reconnects; an event in the gap waits for it."""
    async with running(server) as little:
        await server.sockets.drop("refresh_requested")
        await server.robot("marcus").says("still there?")
        assert [event["text"] for event in little.of("message")] == ["still there?"]
    assert server.slack.record.defects == []


async def test_each_envelope_goes_to_one_socket(server: Server) -> None:
    """Two connections of the same app share the work; nothing is broadcast."""
    async with running(server) as first, running(server) as second:
        assert len(server.sockets.open) == 2
        for number in range(6):
            await server.robot("marcus").says(f"message {number}")
        assert (len(first.of("message")), len(second.of("message"))) == (3, 3)


async def test_a_command_nobody_answers_shows_slacks_own_words(server: Server) -> None:
    """`operation_timeout` appears for the person who typed, and the robot raises it."""
    server.delivery.seconds = 0.1
    nina = server.robot("nina")
    with pytest.raises(SlackTrouble, match="dispatch_failed"):
        await nina.types("/raise", channel="sales")
    async with running(server) as little:
        little.app._async_listeners.clear()
        with pytest.raises(SlackTrouble, match="operation_timeout"):
            await nina.types("/raise", channel="sales")
    assert "operation_timeout" in nina.ephemerals[-1].text


async def test_a_robot_says_what_it_sees_when_a_name_is_missing(server: Server) -> None:
    """The error lists the buttons, labels or messages that are there."""
    nina = server.robot("nina")
    async with running(server):
        await nina.shortcut("Raise")
        with pytest.raises(NotVisible, match="What do they disagree about"):
            await nina.modal.fill("No such label", "x")
        with pytest.raises(NotVisible, match="Business"):
            await nina.modal.choose("Kind", "Neither")
        await nina.modal.close()
        with pytest.raises(NotVisible, match="no modal is open"):
            _ = nina.modal.title
        with pytest.raises(NotVisible, match="sees no 'Dance'"):
            await nina.clicks("Dance")


async def test_app_home_and_message_shortcuts_reach_the_app(server: Server) -> None:
    """Home is published on opening and can be clicked; a message of another app can be raised."""
    nina = server.robot("nina")
    text = [{"type": "section", "text": {"type": "mrkdwn", "text": "Score 87"}}]
    speaking.bot_says(server.slack, "U0SCORER", "sales", "", text)
    async with running(server) as little:
        await nina.opens_home()
        assert nina.home.text.startswith("Nothing is waiting for you.")
        await nina.home.picks("Withdraw")
        assert little.heard[-1]["view"]["type"] == "home"
        await nina.shortcut("Raise from here", nina.sees("sales")[-1])
        payload = little.heard[-1]
        assert payload["message"]["blocks"][0]["text"]["text"] == "Score 87"
        assert nina.modal.title == "Raise it"
    assert server.slack.record.defects == []


async def test_a_person_reads_dates_in_their_own_zone(server: Server) -> None:
    """The same message, read in Berlin and in New York."""
    client = client_of(server)
    await client.conversations_join(channel="C0SALES")
    token = "<!date^1763557200^{date_num} at {time}|then>"
    await client.chat_postMessage(channel="C0SALES", text=f"due {token}")
    assert server.robot("nina").sees("sales")[-1].text == "due 2025-11-19 at 2:00 PM"
    assert server.robot("marcus").sees("sales")[-1].text == "due 2025-11-19 at 8:00 AM"


async def test_signed_http_reaches_the_same_app(slack: Slack, clock: HandClock) -> None:
    """With a request url everything goes by signed posts; a skewed clock is turned away."""
    async with serve(slack) as server:
        little = Little(server)
        runner = web.AppRunner(little.app.web_app(path="/slack/events"))
        await runner.setup()
        await web.TCPSite(runner, "127.0.0.1", 0).start()
        async with aiohttp.ClientSession() as session:
            url = f"http://127.0.0.1:{runner.addresses[0][1]}/slack/events"
            line = server.delivery.line = HttpLine(slack, url, session)
            assert await line.verify()
            nina = server.robot("nina")
            await nina.types("/tell me", channel="sales")
            assert nina.ephemerals[-1].text == "heard me"
            await nina.types("/raise", channel="sales")
            assert nina.modal.title == "Raise it"
            await nina.says("hello")
            assert little.of("message")[0]["text"] == "hello"
            slack.faults.clock_skew = timedelta(minutes=6)
            with pytest.raises(SlackTrouble, match="dispatch_failed"):
                await nina.types("/tell me", channel="sales")
        await runner.cleanup()


async def test_the_install_page_sends_the_browser_back_with_a_code(server: Server) -> None:
    """The first admin allows at once; the state travels along."""
    app = server.slack.app
    query = {"client_id": app.client_id, "scope": "chat:write", "state": "s1", "redirect_uri": ""}
    async with aiohttp.ClientSession() as session:
        page = f"{server.url}/oauth/v2/authorize"
        async with session.get(page, params=query, allow_redirects=False) as answer:
            back = answer.headers["Location"]
        assert back.startswith("https://bot.example/slack/oauth_redirect?code=")
        assert back.endswith("&state=s1")
        async with session.get(page, params={**query, "client_id": "x"}) as answer:
            assert answer.status == 400


async def test_while_slack_is_away_nothing_answers_and_afterwards_all_is_well(
    server: Server, clock: HandClock
) -> None:
    """Half an hour without Slack: calls fail, the socket is gone, then the client is back."""
    client = client_of(server)
    server.slack.faults.go_away(clock.now(), timedelta(minutes=30))
    with pytest.raises(aiohttp.ClientError):
        await client.auth_test()
    clock.forward(timedelta(minutes=31))
    assert (await client.auth_test())["ok"]


async def test_a_used_ticket_opens_no_second_socket(server: Server) -> None:
    """The address of a socket is good for one connection."""
    handler = AsyncSocketModeHandler(Little(server).app, server.slack.app_token)
    url = await handler.client.issue_new_wss_url()
    async with aiohttp.ClientSession() as session, session.ws_connect(url) as first:
        assert (await first.receive_json())["type"] == "hello"
        async with session.ws_connect(url) as second:
            assert (await second.receive()).type == aiohttp.WSMsgType.CLOSE
    await handler.client.close()  # type: ignore[no-untyped-call]


async def test_a_ping_comes_back_with_the_same_bytes_unless_pongs_are_switched_off(server: Server) -> None:
    """The keep-alive of the Python client; a missing pong lets it think the link is dead."""
    url = server.slack.call("apps.connections.open", as_json_call(server.slack.app_token, {})).body["url"]
    async with aiohttp.ClientSession() as session, session.ws_connect(url, autoping=False) as socket:
        assert (await socket.receive_json())["type"] == "hello"
        await socket.ping(b"sdk-ping-pong:1")
        assert (await socket.receive()).data == b"sdk-ping-pong:1"
        server.slack.faults.silent_pongs = True
        await socket.ping(b"sdk-ping-pong:2")
        await server.sockets.announce("warning")
        assert (await socket.receive_json())["reason"] == "warning"


async def test_an_eleventh_socket_is_turned_away(server: Server) -> None:
    """Ten sockets at most; the next one hears `too_many_websockets`."""
    app_token = server.slack.app_token
    async with aiohttp.ClientSession() as session, contextlib.AsyncExitStack() as stack:
        said = []
        for _ in range(11):
            url = server.slack.call("apps.connections.open", as_json_call(app_token, {})).body["url"]
            socket = await stack.enter_async_context(session.ws_connect(url))
            said.append(await socket.receive_json())
    assert [each["type"] for each in said] == ["hello"] * 10 + ["disconnect"]
    assert said[-1]["reason"] == "too_many_websockets"
