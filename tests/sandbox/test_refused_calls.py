"""What real Slack would refuse, one test for each kind of refusal: calls about messages and channels."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest

from sandbox.acts import admin
from sandbox.acts.speaking import say
from sandbox.clock import HandClock
from sandbox.rates import Rates
from sandbox.refusal import Json
from sandbox.slack import Slack
from sandbox.wire import Request, as_json_call, as_query_call
from tests.sandbox.asking import Asking

HEADER = {"type": "header", "text": {"type": "plain_text", "text": "x" * 151}}
BUTTON = {"type": "button", "action_id": "same", "text": {"type": "plain_text", "text": "Go"}}
SECTION = {"type": "section", "text": {"type": "mrkdwn", "text": "x" * 2900}}


@pytest.mark.parametrize(
    ("blocks", "said"),
    [
        pytest.param(
            [HEADER], "must be less than 151 characters [json-pointer:/blocks/0/text/text]", id="too long"
        ),
        pytest.param(
            [{"type": "divider"}] * 51, "no more than 50 items allowed [json-pointer:/blocks]", id="too many"
        ),
        pytest.param(
            [{"type": "actions", "elements": [BUTTON, BUTTON]}],
            '`action_id` "same" already exists [json-pointer:/blocks/0/elements/1/action_id]',
            id="the same action id twice in a block",
        ),
        pytest.param(
            [{"type": "divider", "text": "x"}],
            "invalid additional property: text [json-pointer:/blocks/0]",
            id="a key Slack does not know",
        ),
    ],
)
def test_blocks_slack_would_not_show_are_refused_with_every_fault(
    asking: Asking, blocks: list[Json], said: str
) -> None:
    """1: a Block Kit fault is `invalid_blocks`, in Slack's words, twice."""
    asking.join("C0SALES")
    answer = asking("chat.postMessage", channel="C0SALES", text="x", blocks=blocks)
    assert answer.error == "invalid_blocks"
    assert said in answer.body["errors"]
    assert f"[ERROR] {said}" in answer.body["response_metadata"]["messages"]
    assert asking.slack.workspace.channels["C0SALES"].messages == {}


@pytest.mark.parametrize("blocks", ['{"blocks": []}', '"[]"', "[1]", "not json"])
def test_blocks_that_are_no_list_of_objects_have_the_wrong_format(asking: Asking, blocks: str) -> None:
    """1: `invalid_blocks_format` for wrapped or double-encoded blocks."""
    assert asking("chat.postMessage", channel="C0SALES", blocks=blocks).error == "invalid_blocks_format"


def revoke(slack: Slack) -> str:
    token = slack.bot_token()
    slack.tokens[token].revoked = True
    return token


def expire(slack: Slack) -> str:
    token = slack.bot_token()
    slack.tokens[token].expires = slack.now()
    return token


@pytest.mark.parametrize(
    ("token", "error"),
    [
        pytest.param(lambda slack: "", "not_authed", id="none"),
        pytest.param(lambda slack: "xoxb-of-somebody-else", "invalid_auth", id="foreign"),
        pytest.param(revoke, "account_inactive", id="revoked"),
        pytest.param(expire, "token_expired", id="expired"),
        pytest.param(lambda slack: slack.app_token, "not_allowed_token_type", id="app token"),
    ],
)
def test_a_token_must_be_there_be_ours_and_be_of_the_right_kind(
    slack: Slack, token: Callable[[Slack], str], error: str
) -> None:
    """2: each wrong token has its own error."""
    request = as_json_call(token(slack), {"channel": "C0SALES", "text": "hi"})
    assert slack.call("chat.postMessage", request).error == error


def test_a_missing_scope_is_named(asking: Asking) -> None:
    """2: `missing_scope` says what was needed and what was provided."""
    token = asking.slack.tokens[asking.slack.bot_token()]
    token.scopes -= {"chat:write"}
    answer = asking("chat.postMessage", channel="C0SALES", text="hi")
    assert (answer.error, answer.body["needed"]) == ("missing_scope", "chat:write")
    assert "commands" in answer.body["provided"].split(",")


def test_apps_connections_open_takes_only_a_posted_app_token(slack: Slack) -> None:
    """2: GET is insecure, a bot token is of the wrong type, none at all is a missing argument."""
    method = "apps.connections.open"
    good = slack.call(method, as_json_call(slack.app_token, {}))
    assert good.body["url"].startswith("ws://127.0.0.1")
    assert slack.call(method, as_query_call(slack.app_token, {}, "GET")).error == "insecure_request"
    assert slack.call(method, as_json_call(slack.bot_token(), {})).error == "not_allowed_token_type"
    assert slack.call(method, Request()).error == "missing_args"
    assert slack.call(method, as_json_call("xapp-wrong", {})).error == "invalid_auth"


@pytest.mark.parametrize(
    ("method", "args", "error"),
    [
        ("conversations.info", {"channel": "C0SALES"}, "channel_not_found"),
        ("users.info", {"user": "U0NINA"}, "user_not_found"),
        ("conversations.history", {"channel": "C0SALES"}, "invalid_arguments"),
        ("users.lookupByEmail", {"email": "nina@northwind.example"}, "invalid_arguments"),
        ("files.getUploadURLExternal", {"filename": "a.csv", "length": 3}, "missing_argument"),
    ],
)
def test_methods_that_take_forms_do_not_read_json(slack: Slack, method: str, args: Json, error: str) -> None:
    """3: arguments in a JSON body are ignored, so that one is missing."""
    assert slack.call(method, as_json_call(slack.bot_token(), args)).error == error


def test_a_body_must_be_a_json_object(slack: Slack) -> None:
    """3: `invalid_json` and `json_not_object`; without a charset there is a warning."""
    headers = {"content-type": "application/json", "authorization": f"Bearer {slack.bot_token()}"}
    assert slack.call("chat.postMessage", Request(headers=headers, body=b"{")).error == "invalid_json"
    assert slack.call("chat.postMessage", Request(headers=headers, body=b"[]")).error == "json_not_object"
    assert slack.call("auth.test", Request(headers=headers, body=b"{}")).body["warning"] == "missing_charset"
    assert slack.call("chat.shout", Request(headers=headers)).error == "unknown_method"


@pytest.mark.parametrize(
    ("channel", "error"),
    [
        ("C0NOWHERE", "channel_not_found"),
        ("C0BOARD", "channel_not_found"),
        ("C0SALES", "not_in_channel"),
        ("C0GENERAL", "is_archived"),
        ("U0OLGA", "channel_not_found"),
    ],
)
def test_posting_needs_a_channel_the_bot_can_reach(asking: Asking, channel: str, error: str) -> None:
    """12: unknown, private without the bot, public without the bot, archived, a stranger."""
    asking.join("C0GENERAL")
    asking.slack.workspace.channels["C0GENERAL"].archived = True
    assert asking("chat.postMessage", channel=channel, text="hi").error == error


def test_ephemerals_reach_members_and_direct_messages_the_living(asking: Asking) -> None:
    """13: `user_not_in_channel` and `user_disabled`."""
    asking.join("C0GENERAL")
    whisper = asking("chat.postEphemeral", channel="C0GENERAL", user="U0GUS", text="psst")
    assert whisper.error == "user_not_in_channel"
    admin.deactivate(asking.slack, "U0DANA")
    assert asking("conversations.open", users="U0DANA").error == "user_disabled"
    assert asking("conversations.open", users="U0NOBODY").error == "user_not_found"
    assert asking("conversations.open").error == "users_list_not_supplied"


@pytest.mark.parametrize(
    ("method", "args", "error"),
    [
        pytest.param("chat.update", {"text": "x"}, "cant_update_message", id="update of another's"),
        pytest.param("chat.delete", {}, "cant_delete_message", id="delete of another's"),
    ],
)
def test_only_the_author_changes_a_message(asking: Asking, method: str, args: Json, error: str) -> None:
    """14: what somebody else wrote stays as it is."""
    robot_message = "1763460000.000100"
    asking.join("C0SALES")
    theirs = _human_message(asking.slack, "C0SALES")
    assert asking(method, channel="C0SALES", ts=theirs, **args).error == error
    assert asking(method, channel="C0SALES", ts=robot_message, **args).error == "message_not_found"


def test_updates_are_short_not_empty_and_never_of_ephemerals(asking: Asking) -> None:
    """14: `msg_too_long` beyond 4,000, `no_text`, and an ephemeral message is not found."""
    asking.join("C0SALES")
    ts = asking.post(text="x" * 5000)
    at: dict[str, Any] = {"channel": "C0SALES", "ts": ts}
    assert asking("chat.update", **at, text="x" * 4001).error == "msg_too_long"
    assert asking("chat.update", **at).error == "no_text"
    whisper = asking.done("chat.postEphemeral", channel="C0SALES", user="U0NINA", text="psst")
    assert (
        asking("chat.update", channel="C0SALES", ts=whisper["message_ts"], text="x").error
        == "message_not_found"
    )
    assert asking("chat.update", channel="U0NINA", ts=ts, text="x").error == "channel_not_found"


def test_all_block_text_together_has_a_limit(asking: Asking) -> None:
    """15: five sections of 2,900 characters are too long together."""
    asking.join("C0SALES")
    assert (
        asking("chat.postMessage", channel="C0SALES", text="x", blocks=[SECTION] * 5).error
        == "msg_blocks_too_long"
    )
    assert asking("chat.postMessage", channel="C0SALES", text="x", blocks=[SECTION] * 4).ok


@pytest.mark.parametrize("other", [{"text": "x"}, {"blocks": [{"type": "divider"}]}])
def test_markdown_text_stands_alone(asking: Asking, other: Json) -> None:
    """16: `markdown_text_conflict`."""
    answer = asking("chat.postMessage", channel="C0SALES", markdown_text="*x*", **other)
    assert answer.error == "markdown_text_conflict"


def test_more_than_one_post_a_second_is_limited_per_channel(asking: Asking, clock: HandClock) -> None:
    """17: after a burst 429 with Retry-After, for that channel only, and over after the wait."""
    asking.join("C0SALES")
    asking.join("C0GENERAL")
    asking.slack.rates = Rates()
    answers = [asking("chat.postMessage", channel="C0SALES", text="x") for _ in range(12)]
    limited = answers[-1]
    assert (limited.status, limited.error) == (429, "ratelimited")
    assert asking("chat.postMessage", channel="C0GENERAL", text="x").ok
    clock.forward(timedelta(seconds=int(limited.headers["Retry-After"])))
    assert asking("chat.postMessage", channel="C0SALES", text="x").ok


def test_a_tier_has_its_calls_per_minute(asking: Asking, clock: HandClock) -> None:
    """17: users.list may be called twenty times a minute; halved limits allow ten."""
    asking.slack.rates = Rates(0.5)
    codes = [asking("users.list").status for _ in range(11)]
    assert codes == [200] * 10 + [429]
    clock.forward(timedelta(minutes=1))
    assert asking("users.list").ok


def test_reactions_and_pins_are_given_once(asking: Asking) -> None:
    """18: `invalid_name`, `already_reacted`, `already_pinned`."""
    asking.join("C0SALES")
    at = {"channel": "C0SALES", "timestamp": asking.post()}
    assert asking("reactions.add", **at, name=":eyes:").error == "invalid_name"
    assert asking("reactions.add", **at, name="no_such_emoji").error == "invalid_name"
    assert asking("reactions.add", **at, name="eyes").ok
    assert asking("reactions.add", **at, name="eyes").error == "already_reacted"
    assert asking("pins.add", **at).ok
    assert asking("pins.add", **at).error == "already_pinned"


def _human_message(slack: Slack, channel: str) -> str:
    return say(slack, "U0NINA", channel, "mine").ts
