"""conversations.info, members, join, leave."""

from __future__ import annotations

from typing import TYPE_CHECKING

from sandbox import events
from sandbox.channels import READ_SCOPES, Channel
from sandbox.messages import Message
from sandbox.methods.reach import channel_of, page, with_cursor
from sandbox.methods.registry import READING_CHANNELS, method, need_scope
from sandbox.refusal import Json, Refused

if TYPE_CHECKING:
    from sandbox.methods.registry import Caller
    from sandbox.slack import Slack
    from sandbox.wire import Arguments


def readable(slack: Slack, caller: Caller, args: Arguments) -> Channel:
    """The channel asked for, if the scope for its kind was granted."""
    channel = channel_of(slack, caller, args.needed("channel"))
    need_scope(caller.scopes, READ_SCOPES[channel.kind])
    return channel


@method("conversations.info", tier=3, any_scope=READING_CHANNELS, form_only=True, required=("channel",))
def info(slack: Slack, caller: Caller, args: Arguments) -> Json:
    channel = readable(slack, caller, args)
    return {"channel": channel.as_json(caller.user, num_members=args.flag("include_num_members"))}


@method("conversations.members", tier=4, any_scope=READING_CHANNELS, form_only=True, required=("channel",))
def members(slack: Slack, caller: Caller, args: Arguments) -> Json:
    channel = readable(slack, caller, args)
    shown, cursor = page(channel.members, args, default=100, most=1000)
    return with_cursor({"members": shown}, cursor)


@method("conversations.join", tier=3, scopes=("channels:join",), required=("channel",))
def join(slack: Slack, caller: Caller, args: Arguments) -> Json:
    channel = channel_of(slack, caller, args.needed("channel"))
    if channel.kind != "public":
        raise Refused("method_not_supported_for_channel_type")
    if channel.archived:
        raise Refused("is_archived")
    if caller.user in channel.members:
        metadata = {"warnings": ["already_in_channel"]}
        shown = channel.as_json(caller.user)
        return {"channel": shown, "warning": "already_in_channel", "response_metadata": metadata}
    enter(slack, channel, caller.user)
    return {"channel": channel.as_json(caller.user)}


@method("conversations.leave", tier=3, scopes=("channels:manage",), required=("channel",))
def leave(slack: Slack, caller: Caller, args: Arguments) -> Json:
    channel = channel_of(slack, caller, args.needed("channel"))
    if channel.archived:
        raise Refused("is_archived")
    if caller.user not in channel.members:
        return {"not_in_channel": True}
    depart(slack, channel, caller.user)
    return {}


def enter(slack: Slack, channel: Channel, person: str, inviter: str = "") -> None:
    """Somebody comes in: a system message, and the event when the bot is there to see it."""
    channel.members.append(person)
    text = f"<@{person}> has joined the channel"
    system_message(slack, channel, person, "channel_join", text)
    events.membership(slack, channel, person, joined=True, inviter=inviter)
    slack.changed()


def depart(slack: Slack, channel: Channel, person: str) -> None:
    """Somebody goes; nobody is told in the channel but apps are."""
    channel.members.remove(person)
    events.membership(slack, channel, person, joined=False)
    slack.changed()


def system_message(slack: Slack, channel: Channel, person: str, subtype: str, text: str) -> None:
    """One of Slack's own grey lines; names in it ping nobody."""
    team = slack.workspace.people[person].team
    message = Message(slack.ids.ts(), person, team, text, subtype=subtype)
    channel.add(message)
    events.posted(slack, channel, message)
