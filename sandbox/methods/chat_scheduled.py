"""chat.scheduleMessage, deleteScheduledMessage, scheduledMessages.list, and sending what is due."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING

from sandbox import posting
from sandbox.methods.chat import new_message, thread_of
from sandbox.methods.content import read_content
from sandbox.methods.reach import channel_for_posting, page, with_cursor
from sandbox.methods.registry import method
from sandbox.refusal import Json, Refused

if TYPE_CHECKING:
    from sandbox.messages import Message
    from sandbox.methods.registry import Caller
    from sandbox.slack import Slack
    from sandbox.wire import Arguments

FARTHEST = timedelta(days=120)
WINDOW_SECONDS = 300
PER_WINDOW = 30
NO_WAY_BACK = timedelta(seconds=60)


@method("chat.scheduleMessage", tier=3, scopes=("chat:write",), required=("channel", "post_at"))
def schedule_message(slack: Slack, caller: Caller, args: Arguments) -> Json:
    content = read_content(args)
    channel = channel_for_posting(slack, caller, args.needed("channel"))
    if content.is_empty:
        raise Refused("no_text")
    at = args.number("post_at", 0)
    _check_time(slack, channel.id, at)
    message = new_message(slack, content, thread_of(channel, args))
    kept: Json = {"id": slack.ids.make("Q"), "channel": channel.id, "at": at, "message": message}
    kept["created"] = int(slack.now().timestamp())
    slack.scheduled[kept["id"]] = kept
    shown = message.as_json()
    shown.pop("ts")
    return {
        "channel": channel.id,
        "scheduled_message_id": kept["id"],
        "post_at": at,
        "message": {**shown, "type": "delayed_message"},
    }


def _check_time(slack: Slack, channel: str, at: int) -> None:
    now = slack.now()
    if at <= now.timestamp():
        raise Refused("time_in_past")
    if at > (now + FARTHEST).timestamp():
        raise Refused("time_too_far")
    near = [s for s in slack.scheduled.values() if s["channel"] == channel and _same_window(s["at"], at)]
    if len(near) >= PER_WINDOW:
        raise Refused("restricted_too_many")


def _same_window(one: int, other: int) -> bool:
    return one // WINDOW_SECONDS == other // WINDOW_SECONDS


@method(
    "chat.deleteScheduledMessage",
    tier=3,
    scopes=("chat:write",),
    required=("channel", "scheduled_message_id"),
)
def delete_scheduled(slack: Slack, caller: Caller, args: Arguments) -> Json:
    kept = slack.scheduled.get(args.text("scheduled_message_id"))
    if kept is None or kept["channel"] != args.text("channel"):
        raise Refused("invalid_scheduled_message_id")
    if datetime.fromtimestamp(kept["at"], UTC) - slack.now() < NO_WAY_BACK:
        raise Refused("invalid_scheduled_message_id")
    del slack.scheduled[kept["id"]]
    return {}


@method("chat.scheduledMessages.list", tier=3)
def list_scheduled(slack: Slack, caller: Caller, args: Arguments) -> Json:
    wanted = args.text("channel")
    found = [_listed(kept) for kept in slack.scheduled.values() if wanted in {"", kept["channel"]}]
    shown, cursor = page(found, args, default=100, most=1000)
    return with_cursor({"scheduled_messages": shown}, cursor)


def _listed(kept: Json) -> Json:
    return {
        "id": kept["id"],
        "channel_id": kept["channel"],
        "post_at": kept["at"],
        "date_created": kept["created"],
        "text": kept["message"].text,
    }


def send_due(slack: Slack) -> None:
    """Post every scheduled message whose time has come."""
    now = slack.now().timestamp()
    for kept in [kept for kept in slack.scheduled.values() if kept["at"] <= now]:
        del slack.scheduled[kept["id"]]
        channel = slack.workspace.channels[kept["channel"]]
        message: Message = kept["message"]
        message.ts = slack.ids.ts()
        if not channel.archived:
            posting.put(slack, channel, message)
