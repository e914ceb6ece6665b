"""The sandbox as a whole: one seed one story, what a page is told, doubled clicks, limits of the app."""

from __future__ import annotations

import asyncio
import dataclasses
import sys
from datetime import UTC, datetime

import aiohttp
import pytest
from aiohttp import web

from sandbox.acts import admin, forms, speaking
from sandbox.acts.clicking import act, at_message
from sandbox.clock import HandClock
from sandbox.delivery import Delivery
from sandbox.envelopes import Reply
from sandbox.example import example
from sandbox.http_line import DirectLine
from sandbox.manifest import load
from sandbox.rates import Rates
from sandbox.refusal import NotPossible
from sandbox.robot import Robot
from sandbox.server import Server, serve
from sandbox.slack import Slack
from tests.sandbox.asking import Asking, Ear
from tests.sandbox.bolt import card, form, plain, running
from tests.sandbox.conftest import MANIFEST


async def played(seed: int) -> list[str]:
    """A short story; everything the app heard and was answered, as text."""
    slack = example(HandClock(datetime(2026, 11, 18, 10, tzinfo=UTC)), load(MANIFEST), seed, Rates(0))
    ear, asking = Ear(slack), Asking(slack)
    delivery = Delivery(slack, ear)
    asking.join("C0SALES")
    asking.post(blocks=card("Q4"))
    speaking.say(slack, "U0NINA", "sales", "hello @marcus")
    asking.done("views.open", trigger_id=slack.trigger("U0NINA"), view=form())
    await forms.close(slack, "U0NINA")
    await delivery.settle()
    return [str(call) for call in slack.record.calls] + [str(envelope) for envelope in ear.heard]


async def test_one_seed_tells_one_story() -> None:
    """The same seed gives the same calls and deliveries; another seed gives others."""
    first, again, other = await played(7), await played(7), await played(8)
    assert first == again
    assert first != other


async def test_deliveries_can_go_straight_into_a_function(slack: Slack) -> None:
    """For simulations: signed bodies into a function, its status and body back."""
    taken: list[dict[str, str]] = []

    async def dispatch(body: str, headers: dict[str, str]) -> tuple[int, str]:
        taken.append(headers)
        return (200, '{"text": "hello"}') if "command" in body else (500, "")

    Delivery(slack, DirectLine(slack, dispatch))
    nina = Robot(slack, "U0NINA")
    await nina.types("/raise", channel="sales")
    assert nina.ephemerals[-1].text == "hello"
    assert taken[0]["X-Slack-Signature"].startswith("v0=")
    await nina.says("hi")
    assert taken[-1]["X-Slack-Retry-Reason"] == "http_error"


async def test_an_interaction_can_come_twice_and_an_acknowledgement_be_lost(asking: Asking, ear: Ear) -> None:
    """The app hears the click twice; a lost acknowledgement shows trouble although the work was done."""
    delivery = Delivery(asking.slack, ear)
    asking.join("C0SALES")
    place = at_message(asking.slack, "U0NINA", "C0SALES", asking.post(blocks=card("Q4")))
    asking.slack.faults.double_asking = 1
    assert (await act(asking.slack, place, place.blocks[1]["block_id"], "ack")).ok
    await delivery.settle()
    clicks = [e.payload["actions"][0]["action_ts"] for e in ear.heard if e.kind == "interactive"]
    assert len(clicks) == 2
    assert len(set(clicks)) == 1
    asking.slack.faults.lose_acks = 1
    assert not (await act(asking.slack, place, place.blocks[1]["block_id"], "ack")).ok


async def test_an_app_without_interactivity_hears_no_click(asking: Asking, ear: Ear) -> None:
    """The manifest decides; the person sees that nothing happened."""
    asking.slack.manifest = dataclasses.replace(asking.slack.manifest, interactivity=False)
    asking.join("C0SALES")
    place = at_message(asking.slack, "U0NINA", "C0SALES", asking.post(blocks=card("Q4")))
    assert not (await act(asking.slack, place, place.blocks[1]["block_id"], "ack")).ok
    assert not [envelope for envelope in ear.heard if envelope.kind == "interactive"]


def test_people_do_only_what_slack_lets_them_do(slack: Slack) -> None:
    """Not in the channel, archived, deactivated, a foreign author, a silent app."""
    with pytest.raises(NotPossible, match="not in board"):
        speaking.say(slack, "U0RAVI", "board", "hi")
    ts = speaking.say(slack, "U0NINA", "sales", "hi").ts
    with pytest.raises(NotPossible, match="own messages"):
        speaking.edit(slack, "U0RAVI", "sales", ts, "no")
    with pytest.raises(NotPossible, match="only admins"):
        speaking.delete(slack, "U0RAVI", "sales", ts)
    admin.archive(slack, "sales", "U0PRIYA")
    with pytest.raises(NotPossible, match="archived"):
        speaking.say(slack, "U0NINA", "sales", "hi")
    admin.deactivate(slack, "U0DANA")
    with pytest.raises(NotPossible, match="deactivated"):
        speaking.say(slack, "U0DANA", "general", "hi")
    slack.manifest = dataclasses.replace(slack.manifest, messages_tab_read_only=True)
    direct = slack.workspace.direct(slack.app.bot_user, "U0NINA")
    with pytest.raises(NotPossible, match="turned off"):
        speaking.say(slack, "U0NINA", direct.id, "hi")


def test_a_page_is_told_what_one_person_sees(asking: Asking) -> None:
    """Channels, messages, modals and private answers of that person, and word of every change."""
    changes: list[int] = []
    stop = asking.slack.subscribe(lambda: changes.append(1))
    asking.join("C0SALES")
    asking.post(text="for all")
    asking.done("chat.postEphemeral", channel="C0SALES", user="U0NINA", text="for Nina")
    asking.done("views.open", trigger_id=asking.slack.trigger("U0NINA"), view=form())
    assert changes
    stop()
    nina, ravi = asking.slack.snapshot("U0NINA"), asking.slack.snapshot("U0RAVI")
    sales = {channel["name"]: channel for channel in nina["channels"]}["sales"]
    assert [message["text"] for message in sales["messages"]] == ["for all"]
    assert [message["text"] for message in sales["ephemerals"]] == ["for Nina"]
    assert [len(nina["modals"]), len(ravi["modals"])] == [1, 0]
    assert "board" in {channel["name"] for channel in nina["channels"]}
    assert "board" not in {channel["name"] for channel in ravi["channels"]}


async def test_a_warning_makes_the_client_change_sockets(server: Server) -> None:
    """`warning` comes before the end; the client opens a new socket and goes on."""
    async with running(server) as little:
        before = list(server.sockets.open)
        await server.sockets.announce("warning")
        nina = server.robot("nina")
        await nina.until(lambda: bool(server.sockets.open) and server.sockets.open != before)
        await nina.says("hello")
        assert [event["text"] for event in little.of("message")] == ["hello"]


async def test_choices_in_a_message_are_told_and_kept(asking: Asking, ear: Ear) -> None:
    """A select and a people picker below a message: the newest choice, and both in the state."""
    asking.join("C0SALES")
    options = [{"text": plain(name), "value": name} for name in ("Data", "Business")]
    kinds = {
        "type": "static_select",
        "action_id": "kind",
        "options": options,
        "placeholder": plain("Kind"),
    }
    people = {"type": "users_select", "action_id": "who", "placeholder": plain("Who")}
    asking.post(blocks=[{"type": "actions", "block_id": "b", "elements": [kinds, people]}])
    nina = Robot(asking.slack, "U0NINA")
    seen = nina.sees("sales")[-1]
    await nina.chooses("Kind", "Business", seen)
    await nina.chooses("Who", "Marcus Hale", seen)
    payload = ear.last("block_actions")
    assert payload["actions"][0]["selected_user"] == "U0MARCUS"
    assert payload["state"]["values"]["b"]["kind"]["selected_option"]["value"] == "Business"


async def test_links_are_seen_by_their_words(asking: Asking) -> None:
    """Text links and link buttons."""
    asking.join("C0SALES")
    button = {"type": "button", "url": "https://b.example", "text": {"type": "plain_text", "text": "Open"}}
    text = {"type": "mrkdwn", "text": "see <https://a.example/x|the card>"}
    asking.post(blocks=[{"type": "section", "text": text}, {"type": "actions", "elements": [button]}])
    seen = Robot(asking.slack, "U0NINA").sees("sales")[-1]
    assert seen.links == {"the card": "https://a.example/x", "Open": "https://b.example"}


async def test_a_date_token_in_plain_text_is_a_defect(asking: Asking, ear: Ear) -> None:
    """Slack shows it raw; a person would wonder."""
    asking.join("C0SALES")
    text = {"type": "plain_text", "text": "due <!date^1763557200^{time}|then>"}
    asking.post(blocks=[{"type": "header", "text": text}])
    assert [defect.kind for defect in asking.slack.record.defects] == ["raw markup"]
    ear.answer = lambda envelope: Reply()


async def hello(request: web.Request) -> web.StreamResponse:
    return web.Response(text="hello from the page")


async def test_other_routes_can_stand_beside_slacks(slack: Slack) -> None:
    """A page adds itself to the same port."""

    def extend(app: web.Application, server: Server) -> None:
        app.router.add_get("/", hello)

    async with serve(slack, extend=extend) as server, aiohttp.ClientSession() as session:
        assert server.url.startswith("http://127.0.0.1:")
        async with session.get(server.url) as answer:
            assert await answer.text() == "hello from the page"


async def test_it_starts_alone() -> None:
    """`python -m sandbox` prints where its page is, then an address and the two tokens."""
    process = await asyncio.create_subprocess_exec(
        sys.executable, "-u", "-m", "sandbox", stdout=asyncio.subprocess.PIPE
    )
    assert process.stdout is not None
    lines = [(await process.stdout.readline()).decode() for _ in range(4)]
    process.kill()
    await process.communicate()
    assert lines[0].startswith("The page is at http://127.0.0.1:")
    assert lines[1].startswith("SLACK_API_URL=http://127.0.0.1:")
    assert lines[2].startswith("SLACK_BOT_TOKEN=xoxb-")
    assert lines[3].startswith("SLACK_APP_TOKEN=xapp-")
