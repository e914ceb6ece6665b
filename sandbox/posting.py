"""Putting messages into channels, changing and removing them, whoever does it."""

from __future__ import annotations

import copy
from collections.abc import Iterator
from typing import TYPE_CHECKING, Any

from sandbox import events
from sandbox.blocks.walk import elements, objects
from sandbox.mrkdwn import pings
from sandbox.record import Ping

if TYPE_CHECKING:
    from sandbox.channels import Channel
    from sandbox.messages import Ephemeral, Message
    from sandbox.refusal import Json
    from sandbox.slack import Slack


def named(slack: Slack, blocks: list[Json]) -> list[Json]:
    """A copy of blocks in which everything has an id, drawn from the sandbox's seed."""
    copied = copy.deepcopy(blocks)
    for text in _raw_dates(copied):
        slack.defect("raw markup", "date in plain text", text)
    for _, block in objects(copied):
        block.setdefault("block_id", slack.ids.word(5))
        for _, element in elements(block):
            element.setdefault("action_id", slack.ids.word(5))
    return copied


def _raw_dates(value: Any) -> Iterator[str]:
    """Date tokens in plain text, where a person would read the markup itself."""
    if isinstance(value, list):
        for item in value:
            yield from _raw_dates(item)
    elif isinstance(value, dict):
        text = value.get("text")
        if value.get("type") == "plain_text" and isinstance(text, str) and "<!date^" in text:
            yield text
        yield from _raw_dates(list(value.values()))


def put(slack: Slack, channel: Channel, message: Message) -> Message:
    """Add a message to a channel, note whom it pings, and tell the app."""
    channel.add(message)
    note_pings(slack, channel.id, message.ts, message.user, message.text, message.blocks)
    events.posted(slack, channel, message)
    slack.changed()
    return message


def change(slack: Slack, channel: Channel, message: Message, **new: Any) -> None:
    """Change fields of a message and tell the app; edits ping nobody."""
    before = message.as_json()
    for field, value in new.items():
        setattr(message, field, value)
    events.edited(slack, channel, message, before)
    slack.changed()


def take_away(slack: Slack, channel: Channel, message: Message) -> None:
    """Delete a message; one with replies stays as a tombstone."""
    before = message.as_json()
    if channel.replies(message.ts) and not message.is_reply:
        message.subtype, message.text = "tombstone", "This message was deleted."
        message.blocks, message.attachments, message.metadata = [], [], None
        events.edited(slack, channel, message, before)
    else:
        channel.drop(message)
        events.deleted(slack, channel, before)
    slack.changed()


def whisper(slack: Slack, message: Ephemeral) -> None:
    """Show somebody a message that only they see."""
    message.blocks = named(slack, message.blocks)
    slack.ephemerals.setdefault(message.person, []).append(message)
    slack.changed()


def note_pings(slack: Slack, channel: str, ts: str, by: str, text: str, blocks: list[Json]) -> None:
    """Write down every mention that makes a sound; an app that pings a whole channel is a defect."""
    for ping in pings(text, blocks):
        slack.record.pings.append(Ping(slack.now(), by, channel, ts, str(ping)))
        if by == slack.app.bot_user and ping.kind == "special":
            slack.defect("ping", "broadcast", f"{ping} in {channel} {ts}")
