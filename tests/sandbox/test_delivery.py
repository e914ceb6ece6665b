"""What reaches the app, how often, and what a response url still takes."""

from __future__ import annotations

import dataclasses
import json
from datetime import timedelta
from typing import Any

import pytest

from sandbox.acts import admin, shortcuts, speaking
from sandbox.acts.clicking import act, at_message
from sandbox.acts.commands import type_command
from sandbox.answers import answer_response_url
from sandbox.clock import HandClock
from sandbox.delivery import Delivery
from sandbox.envelopes import Reply
from sandbox.faults import Fault
from sandbox.manifest import ManifestRefused, load
from sandbox.methods.registry import METHODS
from sandbox.refusal import Json, NotPossible
from sandbox.slack import Slack
from tests.sandbox.asking import Asking, Ear
from tests.sandbox.bolt import card


@pytest.fixture
def delivery(slack: Slack, ear: Ear) -> Delivery:
    return Delivery(slack, ear)


async def test_an_event_not_taken_comes_three_times_more(
    asking: Asking, ear: Ear, delivery: Delivery, clock: HandClock
) -> None:
    """10: at once, after a minute, after five more; always with the same event id."""
    asking.join("C0SALES")
    ear.answer = lambda envelope: Reply(failure="http_timeout")
    speaking.say(asking.slack, "U0NINA", "sales", "hello")
    await delivery.settle()
    assert [(e.attempt, e.reason) for e in ear.heard] == [(0, ""), (1, "http_timeout")]
    for minutes in (1, 5, 60):
        clock.forward(timedelta(minutes=minutes))
        delivery.look()
        await delivery.settle()
    assert [e.attempt for e in ear.heard] == [0, 1, 2, 3]
    assert len({e.event_id for e in ear.heard}) == 1
    assert len({e.id for e in ear.heard}) == 4


async def test_an_interaction_not_taken_is_never_repeated(
    asking: Asking, ear: Ear, delivery: Delivery
) -> None:
    """10: the person sees trouble; the app gets no second chance."""
    ear.answer = lambda envelope: Reply(failure="http_timeout")
    outcome = await type_command(asking.slack, "U0NINA", "sales", "/raise")
    await delivery.settle()
    assert "operation_timeout" in outcome.trouble
    assert len(ear.heard) == 1


def response_key(url: str) -> str:
    return url.partition("/hooks/commands/")[2] or url.partition("/hooks/actions/")[2]


def test_a_response_url_is_good_five_times_in_half_an_hour(slack: Slack, clock: HandClock) -> None:
    """11: the sixth use and the thirty-first minute are refused, and replacing nothing is too."""
    key = response_key(slack.response_url("commands", "U0NINA", "C0SALES"))
    replace = json.dumps({"text": "x", "replace_original": True}).encode()
    assert answer_response_url(slack, key, replace).status == 400
    answers = [answer_response_url(slack, key, b'{"text": "x"}') for _ in range(6)]
    assert [a.status for a in answers] == [200] * 5 + [404]
    assert answers[-1].error == "used_url"
    late = response_key(slack.response_url("commands", "U0NINA", "C0SALES"))
    clock.forward(timedelta(minutes=31))
    assert answer_response_url(slack, late, b'{"text": "x"}').error == "expired_url"
    assert answer_response_url(slack, "guessed", b'{"text": "x"}').status == 404


@pytest.mark.parametrize(
    ("body", "error"),
    [
        (b"not json", "invalid_payload"),
        (b"{}", "no_text"),
        (b'{"text": "x", "blocks": [{"type": "nonsense"}]}', "invalid_blocks"),
    ],
)
def test_a_bad_answer_to_a_response_url_is_400(slack: Slack, body: bytes, error: str) -> None:
    """11: what Slack could not show is refused."""
    key = response_key(slack.response_url("commands", "U0NINA", "C0SALES"))
    assert answer_response_url(slack, key, body).error == error


async def test_answers_to_a_click_replace_or_delete_what_was_clicked(asking: Asking, ear: Ear) -> None:
    """`replace_original` and `delete_original` reach the clicked message, ephemeral or not."""
    asking.join("C0SALES")
    ts = asking.post(blocks=card("Q4"))
    place = at_message(asking.slack, "U0NINA", "C0SALES", ts)
    await act(asking.slack, place, place.blocks[1]["block_id"], "ack")
    payload = ear.last("block_actions")
    key = response_key(payload["response_url"])
    answer_response_url(asking.slack, key, b'{"text": "new", "replace_original": true}')
    assert asking.slack.workspace.channels["C0SALES"].messages[ts].text == "new"
    answer_response_url(asking.slack, key, b'{"delete_original": true}')
    assert ts not in asking.slack.workspace.channels["C0SALES"].messages


@pytest.mark.parametrize(
    ("missing", "member"),
    [
        pytest.param({}, False, id="the bot is not in the channel"),
        pytest.param({"events": frozenset({"message.im"})}, True, id="not subscribed"),
        pytest.param({"scopes": frozenset({"im:history"})}, True, id="scope missing"),
    ],
)
async def test_an_event_the_app_may_not_have_is_not_sent(
    asking: Asking, ear: Ear, missing: dict[str, Any], member: bool
) -> None:
    """24: membership, subscription and scope are all needed."""
    asking.slack.manifest = dataclasses.replace(asking.slack.manifest, **missing)
    if member:
        asking.join("C0SALES")
    speaking.say(asking.slack, "U0NINA", "sales", "hello")
    await Delivery(asking.slack, ear).settle()
    assert ear.heard == []


async def test_only_declared_commands_can_be_typed_and_never_in_threads(slack: Slack, ear: Ear) -> None:
    """25: an unknown command, a thread, a channel one is not in, a shortcut nobody declared."""
    with pytest.raises(NotPossible, match="not a valid command"):
        await type_command(slack, "U0NINA", "sales", "/unknown")
    with pytest.raises(NotPossible, match="threads"):
        await type_command(slack, "U0NINA", "sales", "/raise", thread="1.2")
    with pytest.raises(NotPossible, match="not in board"):
        await type_command(slack, "U0RAVI", "board", "/raise")
    with pytest.raises(NotPossible, match="there are"):
        await shortcuts.use_global(slack, "U0NINA", "Dance")
    with pytest.raises(ManifestRefused):
        load("display_information: {name: ''}")


def test_every_ping_is_written_down(asking: Asking) -> None:
    """27: a mention that slipped through is a fact tests can ask for; a broadcast by the app is a defect."""
    asking.join("C0SALES")
    asking.post(text="&lt;!channel&gt; all is well")
    assert asking.slack.record.pings == []
    asking.post(text="<@U0NINA> look")
    asking.post(blocks=[{"type": "section", "text": {"type": "mrkdwn", "text": "<!here> now"}}])
    assert [ping.whom for ping in asking.slack.record.pings] == ["<@U0NINA>", "<!here>"]
    assert [defect.kind for defect in asking.slack.record.defects] == ["ping"]


async def test_a_command_arrives_with_slacks_own_fields(slack: Slack, ear: Ear) -> None:
    """Text as typed, or escaped with ids and names where the manifest says so; no thread ever."""
    await type_command(slack, "U0NINA", "board", "/raise  a <b> & @marcus")
    fields = ear.heard[-1].payload
    assert (fields["text"], fields["channel_name"]) == ("a <b> & @marcus", "privategroup")
    assert (fields["is_enterprise_install"], "thread_ts" in fields) == ("false", False)
    await type_command(slack, "U0NINA", "sales", "/tell a <b> & @marcus in #sales")
    assert ear.heard[-1].payload["text"] == "a &lt;b&gt; &amp; <@U0MARCUS|marcus> in <#C0SALES|sales>"


async def test_a_click_below_a_message_carries_the_message_escaped(asking: Asking, ear: Ear) -> None:
    """Entities come back even for plain text; in a thread the thread is named; ephemerals have no message."""
    asking.join("C0SALES")
    blocks: list[Json] = [
        {"type": "header", "text": {"type": "plain_text", "text": "R&D <now>"}},
        *card("x")[1:],
    ]
    ts = asking.post(blocks=blocks)
    reply = asking.post(blocks=blocks, thread_ts=ts)
    place = at_message(asking.slack, "U0NINA", "C0SALES", reply)
    await act(asking.slack, place, place.blocks[1]["block_id"], "ack")
    payload = ear.last("block_actions")
    assert payload["message"]["blocks"][0]["text"]["text"] == "R&amp;D &lt;now&gt;"
    assert payload["container"]["thread_ts"] == payload["message"]["thread_ts"] == ts
    whisper = asking.done("chat.postEphemeral", channel="C0SALES", user="U0NINA", blocks=blocks, text="x")
    place = at_message(asking.slack, "U0NINA", "C0SALES", whisper["message_ts"])
    await act(asking.slack, place, place.blocks[1]["block_id"], "ack")
    payload = ear.last("block_actions")
    assert payload["container"]["is_ephemeral"] is True
    assert "message" not in payload


async def test_events_tell_what_slack_tells(asking: Asking, ear: Ear, delivery: Delivery) -> None:
    """Messages, threads, mentions, reactions, edits, deletions, people, channels."""
    slack = asking.slack
    admin.invite(slack, "C0SALES", slack.app.bot_user, "U0NINA")
    first = speaking.say(slack, "U0NINA", "sales", "hi <b> @tiebreak in #sales")
    reply = speaking.say(slack, "U0MARCUS", "sales", "ack", first.ts)
    speaking.react(slack, "U0MARCUS", "sales", first.ts, "eyes")
    speaking.edit(slack, "U0NINA", "sales", first.ts, "hi")
    speaking.delete(slack, "U0MARCUS", "sales", reply.ts)
    admin.change_person(slack, "U0DANA", status_emoji=":palm_tree:")
    admin.rename(slack, "C0SALES", "selling")
    admin.archive(slack, "C0SALES", "U0MARCUS")
    await delivery.settle()
    messages = ear.events("message")
    bot = slack.app.bot_user
    assert messages[1]["text"] == f"hi &lt;b&gt; <@{bot}> in <#C0SALES|>"
    assert messages[1]["blocks"][0]["type"] == "rich_text"
    assert (messages[2]["thread_ts"], messages[2]["parent_user_id"]) == (first.ts, "U0NINA")
    assert [m.get("subtype") for m in messages] == [
        "channel_join",
        None,
        None,
        "message_changed",
        "message_deleted",
    ]
    assert ear.events("app_mention")[0]["ts"] == first.ts
    assert ear.events("reaction_added")[0]["item_user"] == "U0NINA"
    assert ear.events("user_change")[0]["user"]["profile"]["status_emoji"] == ":palm_tree:"
    assert ear.events("channel_rename")[0]["channel"]["name"] == "selling"
    assert ear.events("channel_archive")[0]["channel"] == "C0SALES"


async def test_trouble_is_made_as_planned(
    asking: Asking, ear: Ear, delivery: Delivery, clock: HandClock
) -> None:
    """Errors, limits, answers that are lost after the work, doubled and reordered events, a Slack away."""
    slack, faults = asking.slack, asking.slack.faults
    asking.join("C0SALES")
    faults.plan(Fault("chat.*", error="fatal_error"))
    faults.plan(Fault("chat.postMessage", channel="C0SALES", retry_after=7))
    faults.plan(Fault("chat.postMessage", after_the_fact=True))
    assert asking("chat.postMessage", channel="C0SALES", text="x").error == "fatal_error"
    assert asking("chat.postMessage", channel="C0SALES", text="x").headers == {"Retry-After": "7"}
    lost = asking("chat.postMessage", channel="C0SALES", text="done but lost")
    assert lost.cut
    assert [m.text for m in slack.workspace.channels["C0SALES"].messages.values()] == ["done but lost"]
    await delivery.settle()
    ear.heard.clear()
    faults.double_events = faults.hold_events = 1
    for words in ("one", "two"):
        speaking.say(slack, "U0NINA", "sales", words)
    await delivery.settle()
    assert [event["text"] for event in ear.events("message")] == ["two", "one", "two"]
    faults.go_away(clock.now(), timedelta(minutes=30))
    assert asking("auth.test").cut
    clock.forward(timedelta(minutes=30))
    assert asking("auth.test").ok
    assert slack.record.defects == []


def test_every_method_of_the_reference_is_there() -> None:
    """The methods an app like this one could want are all in the catalogue."""
    wanted = """api.test auth.test chat.postMessage chat.update chat.delete chat.postEphemeral
        chat.getPermalink chat.scheduleMessage chat.deleteScheduledMessage chat.scheduledMessages.list
        conversations.open conversations.info conversations.members conversations.list
        conversations.history conversations.replies conversations.join conversations.create
        conversations.invite conversations.archive users.info users.list users.lookupByEmail
        users.conversations views.open views.push views.update views.publish reactions.add
        reactions.remove reactions.get apps.connections.open oauth.v2.access files.getUploadURLExternal
        files.completeUploadExternal blocks.validate team.info bots.info usergroups.list
        apps.event.authorizations.list usergroups.users.list pins.add bookmarks.add"""
    assert set(wanted.split()) <= set(METHODS)
