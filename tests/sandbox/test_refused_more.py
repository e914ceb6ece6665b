"""What real Slack would refuse, continued: schedules, names, strangers, timestamps, OAuth, files."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest

from sandbox.acts.speaking import say
from sandbox.clock import HandClock
from sandbox.installing import allow, uninstall
from sandbox.methods.files import receive
from sandbox.refusal import Json, NotPossible
from sandbox.slack import Slack
from sandbox.wire import Request
from tests.sandbox.asking import Asking


def test_a_scheduled_message_lies_ahead_but_not_too_far(asking: Asking, clock: HandClock) -> None:
    """19: `time_in_past`, `time_too_far`, `restricted_too_many`; it is sent when its time comes."""
    asking.join("C0SALES")
    now = int(clock.now().timestamp())
    at: dict[str, Any] = {"channel": "C0SALES", "text": "later"}
    assert asking("chat.scheduleMessage", **at, post_at=now).error == "time_in_past"
    assert asking("chat.scheduleMessage", **at, post_at=now + 121 * 86400).error == "time_too_far"
    answers = [asking("chat.scheduleMessage", **at, post_at=now + 600) for _ in range(31)]
    assert answers[-1].error == "restricted_too_many"
    named = {"channel": "C0SALES", "scheduled_message_id": answers[0].body["scheduled_message_id"]}
    assert asking("chat.deleteScheduledMessage", **named).ok
    assert asking("chat.deleteScheduledMessage", **named).error == "invalid_scheduled_message_id"
    assert len(asking.done("chat.scheduledMessages.list")["scheduled_messages"]) == 29


@pytest.mark.parametrize(
    ("name", "error"),
    [
        ("Sales", "invalid_name_specials"),
        ("x" * 81, "invalid_name_maxlength"),
        ("sales", "name_taken"),
        ("--", "invalid_name_punctuation"),
        ("", "invalid_name_required"),
    ],
)
def test_channel_names_have_rules(asking: Asking, name: str, error: str) -> None:
    """20: upper case, too long, taken, only punctuation, none."""
    assert asking("conversations.create", name=name).error == error


def test_nobody_is_invited_twice(asking: Asking) -> None:
    """20: `cant_invite_self`, `already_in_channel`; with force the others come in."""
    channel = asking.done("conversations.create", name="war-room")["channel"]["id"]
    me = asking.slack.app.bot_user
    assert asking("conversations.invite", channel=channel, users=me).error == "cant_invite_self"
    assert asking("conversations.invite", channel=channel, users="U0NINA").ok
    assert asking("conversations.invite", channel=channel, users="U0NINA").error == "already_in_channel"
    forced = asking.done("conversations.invite", channel=channel, users="U0NINA,U0RAVI", force="true")
    assert [fault["user"] for fault in forced["errors"]] == ["U0NINA"]
    assert "U0RAVI" in asking.slack.workspace.channels[channel].members


def test_user_groups_need_a_paid_plan(asking: Asking) -> None:
    """21 and 22: `plan_upgrade_required` on the free plan, `no_such_subteam` for unknown ids."""
    assert asking("usergroups.list").error == "plan_upgrade_required"
    asking.slack.workspace.paid = True
    assert asking("usergroups.list").ok
    assert asking("usergroups.users.list", usergroup="S0ELSEWHERE").error == "no_such_subteam"


def test_strangers_are_unknown_until_met(asking: Asking) -> None:
    """22: somebody of another workspace is not found, until the bot shares a channel with them."""
    assert asking("users.info", user="U0OLGA").error == "user_not_found"
    asking.join("C0SHARED")
    olga = asking.done("users.info", user="U0OLGA")["user"]
    assert olga["team_id"] == "T0ACME"
    assert "email" not in olga["profile"]
    assert asking("conversations.info", channel="C0ELSEWHERE").error == "channel_not_found"


@pytest.mark.parametrize(
    ("method", "args", "error"),
    [
        ("chat.update", {"ts": "1", "text": "x"}, "message_not_found"),
        ("conversations.replies", {"ts": "1700000000"}, "thread_not_found"),
        ("chat.getPermalink", {"message_ts": "1700000000.1"}, "message_not_found"),
        ("chat.postMessage", {"text": "x", "thread_ts": "soon"}, "thread_not_found"),
        ("chat.postMessage", {"text": "x", "thread_ts": 1700000000.0001}, "invalid_arguments"),
        ("reactions.add", {"name": "eyes", "timestamp": "x"}, "bad_timestamp"),
        ("reactions.add", {"name": "eyes"}, "no_item_specified"),
    ],
)
def test_timestamps_are_strings_with_six_decimals(
    asking: Asking, method: str, args: Json, error: str
) -> None:
    """23: anything else names no message."""
    asking.join("C0SALES")
    assert asking(method, channel="C0SALES", **args).error == error


REDIRECT = "https://bot.example/slack/oauth_redirect"


def exchange(slack: Slack, code: str, **changed: str) -> Json:
    """The app's side of an installation."""
    args = {
        "code": code,
        "redirect_uri": REDIRECT,
        "client_id": slack.app.client_id,
        "client_secret": slack.app.client_secret,
    }
    return slack.call("oauth.v2.access", Request(query={**args, **changed})).body


def test_an_installation_code_is_good_once_and_for_ten_minutes(slack: Slack, clock: HandClock) -> None:
    """26: wrong secret, wrong address, used, expired; the token then works."""
    scopes = "chat:write,commands"
    code = allow(slack, "U0PRIYA", slack.app.client_id, scopes, REDIRECT)
    assert exchange(slack, code, client_secret="guessed")["error"] == "bad_client_secret"
    assert exchange(slack, code, client_id="guessed")["error"] == "invalid_client_id"
    assert exchange(slack, code, redirect_uri="https://evil.example")["error"] == "bad_redirect_uri"
    assert exchange(slack, "guessed")["error"] == "invalid_code"
    done = exchange(slack, code)
    assert (done["scope"], done["authed_user"]["id"]) == (scopes, "U0PRIYA")
    assert exchange(slack, code)["error"] == "code_already_used"
    late = allow(slack, "U0PRIYA", slack.app.client_id, scopes, REDIRECT)
    clock.forward(timedelta(minutes=11))
    assert exchange(slack, late)["error"] == "invalid_code"


@pytest.mark.parametrize(
    ("scope", "redirect"), [("chat:write,admin", REDIRECT), ("chat:write", "https://evil.example")]
)
def test_the_install_page_refuses_what_the_manifest_does_not_name(
    slack: Slack, scope: str, redirect: str
) -> None:
    """26: unknown scopes and addresses."""
    with pytest.raises(NotPossible):
        allow(slack, "U0PRIYA", slack.app.client_id, scope, redirect)


def test_an_uninstalled_app_has_no_token_any_more(asking: Asking) -> None:
    """2: after uninstalling every call is `account_inactive`."""
    request = Request(headers={"authorization": f"Bearer {asking.slack.bot_token()}"})
    uninstall(asking.slack)
    assert asking.slack.call("auth.test", request).error == "account_inactive"


def test_a_file_goes_up_in_three_steps(asking: Asking) -> None:
    """An unknown file is not found; a received one stands in the channel."""
    asking.join("C0SALES")
    assert asking("files.getUploadURLExternal", filename="a.csv", length=0).error == "missing_argument"
    place = asking.done("files.getUploadURLExternal", filename="a.csv", length=3)
    files = [{"id": place["file_id"], "title": "A"}]
    args: dict[str, Any] = {"files": files, "channel_id": "C0SALES", "initial_comment": "here"}
    assert asking("files.completeUploadExternal", **args).error == "file_not_found"
    assert receive(asking.slack, place["upload_url"].rpartition("/")[2], b"a,b") == "OK - 3"
    assert asking("files.completeUploadExternal", **args).ok
    assert list(asking.slack.workspace.channels["C0SALES"].messages.values())[-1].files[0]["title"] == "A"


def test_lists_come_in_pages(asking: Asking) -> None:
    """A cursor leads to the next page; a made-up one is refused."""
    first = asking.done("users.list", limit="3")
    second = asking.done("users.list", limit="100", cursor=first["response_metadata"]["next_cursor"])
    ids = [member["id"] for member in first["members"] + second["members"]]
    assert len(first["members"]) == 3
    assert len(ids) == len(set(ids)) == 8
    assert second["response_metadata"]["next_cursor"] == ""
    assert asking("users.list", cursor="mine").error == "invalid_cursor"


def test_history_is_newest_first_and_replies_oldest_first(asking: Asking) -> None:
    """Metadata comes only when asked for; replies are not in the history."""
    asking.join("C0SALES")
    note = {"event_type": "told", "event_payload": {"key": "k1"}}
    first = asking.post(text="one", metadata=note)
    asking.post(text="two")
    asking.post(text="below", thread_ts=first)
    plain = asking.done("conversations.history", channel="C0SALES")["messages"]
    assert [message["text"] for message in plain] == ["two", "one"]
    assert "metadata" not in plain[1]
    whole = asking.done(
        "conversations.history", channel="C0SALES", include_all_metadata="1", limit="1", oldest=first
    )
    assert whole["messages"][0]["text"] == "two"
    replies = asking.done("conversations.replies", channel="C0SALES", ts=first, include_all_metadata="true")
    assert [message["text"] for message in replies["messages"]] == ["one", "below"]
    assert replies["messages"][0]["metadata"] == note


def test_text_alone_takes_old_blocks_away(asking: Asking) -> None:
    """Updating with text removes the blocks; with metadata only, both stay."""
    asking.join("C0SALES")
    blocks = [{"type": "divider"}]
    ts = asking.post(text="one", blocks=blocks)
    note = {"event_type": "told", "event_payload": {}}
    asking.done("chat.update", channel="C0SALES", ts=ts, metadata=note)
    message = asking.slack.workspace.channels["C0SALES"].messages[ts]
    assert (message.text, len(message.blocks)) == ("one", 1)
    asking.done("chat.update", channel="C0SALES", ts=ts, text="two")
    assert (message.text, message.blocks) == ("two", [])


def test_a_message_by_somebody_cannot_be_pinned_in_a_channel_without_the_bot(asking: Asking) -> None:
    """18: a reaction or pin needs membership."""
    ts = say(asking.slack, "U0NINA", "C0SALES", "hello").ts
    assert asking("pins.add", channel="C0SALES", timestamp=ts).error == "not_in_channel"
    assert asking("conversations.history", channel="C0SALES").error == "not_in_channel"
