"""pins.add and remove."""

from __future__ import annotations

from typing import TYPE_CHECKING

from sandbox.methods.reach import joined_channel
from sandbox.methods.reactions import reacted_message
from sandbox.methods.registry import method
from sandbox.refusal import Json, Refused

if TYPE_CHECKING:
    from sandbox.methods.registry import Caller
    from sandbox.slack import Slack
    from sandbox.wire import Arguments


@method("pins.add", tier=2, scopes=("pins:write",), required=("channel",))
def add(slack: Slack, caller: Caller, args: Arguments) -> Json:
    channel = joined_channel(slack, caller, args.needed("channel"))
    message = reacted_message(channel, args)
    if message.pinned:
        raise Refused("already_pinned")
    message.pinned = True
    return {}


@method("pins.remove", tier=2, scopes=("pins:write",), required=("channel",))
def remove(slack: Slack, caller: Caller, args: Arguments) -> Json:
    channel = joined_channel(slack, caller, args.needed("channel"))
    message = reacted_message(channel, args)
    if not message.pinned:
        raise Refused("no_pin")
    message.pinned = False
    return {}
