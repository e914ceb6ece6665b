"""conversations.history and replies."""

from __future__ import annotations

from typing import TYPE_CHECKING

from sandbox.channels import HISTORY_SCOPES, Channel
from sandbox.methods.reach import channel_of, page, with_cursor
from sandbox.methods.registry import READING_HISTORY, method, need_scope
from sandbox.refusal import Json, Refused
from sandbox.wire import TS

if TYPE_CHECKING:
    from sandbox.messages import Message
    from sandbox.methods.registry import Caller
    from sandbox.slack import Slack
    from sandbox.wire import Arguments

MOST = 999


@method("conversations.history", tier=3, any_scope=READING_HISTORY, form_only=True, required=("channel",))
def history(slack: Slack, caller: Caller, args: Arguments) -> Json:
    channel = _readable(slack, caller, args)
    messages = _between(args, channel.top_level())[::-1]
    body = _page_of(channel, messages, args)
    return {**body, "pin_count": sum(message.pinned for message in channel.messages.values())}


@method(
    "conversations.replies", tier=3, any_scope=READING_HISTORY, form_only=True, required=("channel", "ts")
)
def replies(slack: Slack, caller: Caller, args: Arguments) -> Json:
    channel = _readable(slack, caller, args)
    ts = args.text("ts")
    found = channel.messages.get(ts) if TS.fullmatch(ts) else None
    if found is None:
        raise Refused("thread_not_found")
    parent = channel.messages.get(found.thread_ts or found.ts, found)
    below = [m for m in _between(args, channel.replies(parent.ts)) if m is not parent]
    return _page_of(channel, [parent, *below], args)


def _readable(slack: Slack, caller: Caller, args: Arguments) -> Channel:
    channel = channel_of(slack, caller, args.needed("channel"))
    need_scope(caller.scopes, HISTORY_SCOPES[channel.kind])
    if caller.user not in channel.members:
        raise Refused("not_in_channel")
    return channel


def _between(args: Arguments, messages: list[Message]) -> list[Message]:
    oldest = _instant(args, "oldest", "invalid_ts_oldest", 0.0)
    latest = _instant(args, "latest", "invalid_ts_latest", float("inf"))
    if args.flag("inclusive"):
        return [m for m in messages if oldest <= float(m.ts) <= latest]
    return [m for m in messages if oldest < float(m.ts) < latest]


def _instant(args: Arguments, name: str, code: str, default: float) -> float:
    text = str(args.values.get(name, ""))
    if not text or text == "0":
        return default
    try:
        return float(text)
    except ValueError:
        raise Refused(code) from None


def _page_of(channel: Channel, messages: list[Message], args: Arguments) -> Json:
    whole = args.flag("include_all_metadata")
    shown, cursor = page(messages, args, default=100, most=MOST)
    rendered = [m.as_json(with_metadata=whole, replies=channel.replies(m.ts)) for m in shown]
    return with_cursor({"messages": rendered, "has_more": bool(cursor)}, cursor)
