"""reactions.add, remove, get."""

from __future__ import annotations

from typing import TYPE_CHECKING

from sandbox import events
from sandbox.channels import Channel
from sandbox.emoji import is_emoji
from sandbox.messages import Message
from sandbox.methods.reach import channel_of, joined_channel
from sandbox.methods.registry import method
from sandbox.refusal import Json, Refused
from sandbox.wire import TS

if TYPE_CHECKING:
    from sandbox.methods.registry import Caller
    from sandbox.slack import Slack
    from sandbox.wire import Arguments

MOST_EMOJI = 50
MOST_OF_ONE_PERSON = 23


@method("reactions.add", tier=3, scopes=("reactions:write",), required=("channel", "name"))
def add(slack: Slack, caller: Caller, args: Arguments) -> Json:
    channel = joined_channel(slack, caller, args.needed("channel"))
    if channel.archived:
        raise Refused("is_archived")
    react(slack, channel, reacted_message(channel, args), caller.user, args.text("name"))
    return {}


@method("reactions.remove", tier=3, scopes=("reactions:write",), required=("channel", "name"))
def remove(slack: Slack, caller: Caller, args: Arguments) -> Json:
    channel = joined_channel(slack, caller, args.needed("channel"))
    unreact(slack, channel, reacted_message(channel, args), caller.user, args.text("name"))
    return {}


@method("reactions.get", tier=3, scopes=("reactions:read",), form_only=True, required=("channel",))
def get(slack: Slack, caller: Caller, args: Arguments) -> Json:
    channel = channel_of(slack, caller, args.needed("channel"))
    message = reacted_message(channel, args)
    return {"type": "message", "channel": channel.id, "message": message.as_json()}


def reacted_message(channel: Channel, args: Arguments) -> Message:
    """The message a `timestamp` names."""
    ts = args.text("timestamp")
    if not ts:
        raise Refused("no_item_specified")
    if not TS.fullmatch(ts):
        raise Refused("bad_timestamp")
    message = channel.messages.get(ts)
    if message is None:
        raise Refused("message_not_found")
    return message


def react(slack: Slack, channel: Channel, message: Message, person: str, name: str) -> None:
    """Add somebody's reaction and tell the app."""
    if not is_emoji(name):
        raise Refused("invalid_name")
    people = message.reactions.setdefault(name, [])
    if person in people:
        raise Refused("already_reacted")
    if len(message.reactions) > MOST_EMOJI:
        raise Refused("too_many_emoji")
    if sum(person in who for who in message.reactions.values()) >= MOST_OF_ONE_PERSON:
        raise Refused("too_many_reactions")
    people.append(person)
    _tell(slack, channel, message, person, name, "reaction_added")


def unreact(slack: Slack, channel: Channel, message: Message, person: str, name: str) -> None:
    """Take somebody's reaction back and tell the app."""
    if person not in message.reactions.get(name, []):
        raise Refused("no_reaction")
    message.reactions[name].remove(person)
    _tell(slack, channel, message, person, name, "reaction_removed")


def _tell(slack: Slack, channel: Channel, message: Message, person: str, name: str, event: str) -> None:
    inner = {
        "type": event,
        "user": person,
        "reaction": name,
        "item_user": message.user,
        "item": {"type": "message", "channel": channel.id, "ts": message.ts},
        "event_ts": slack.ids.ts(),
    }
    events.publish(slack, event, inner, channel)
    slack.changed()
