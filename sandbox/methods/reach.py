"""Which conversations, messages and people a caller can reach, and how Slack says that it cannot."""

from __future__ import annotations

from typing import TYPE_CHECKING, TypeVar

from sandbox.channels import Channel
from sandbox.refusal import Json, Refused
from sandbox.wire import TS

if TYPE_CHECKING:
    from sandbox.messages import Message
    from sandbox.methods.registry import Caller
    from sandbox.people import Person
    from sandbox.slack import Slack
    from sandbox.wire import Arguments

Item = TypeVar("Item")


def channel_of(slack: Slack, caller: Caller, name: str) -> Channel:
    """A conversation by id; private ones the caller is not in do not exist for it."""
    channel = slack.workspace.channels.get(name)
    if channel is None or (channel.is_private and caller.user not in channel.members):
        raise Refused("channel_not_found")
    return channel


def joined_channel(slack: Slack, caller: Caller, name: str) -> Channel:
    """A conversation the caller is in."""
    channel = channel_of(slack, caller, name)
    if caller.user not in channel.members:
        raise Refused("not_in_channel")
    return channel


def channel_for_posting(slack: Slack, caller: Caller, name: str) -> Channel:
    """Where a post goes: an id, `#name`, or a person whose direct message with the app it becomes."""
    channel = _addressed(slack, caller, name)
    if channel.archived:
        raise Refused("is_archived")
    if caller.user not in channel.members and "chat:write.public" not in caller.scopes:
        raise Refused("not_in_channel")
    if channel.kind == "im":
        _check_direct(slack, channel.other(caller.user))
    return channel


def _addressed(slack: Slack, caller: Caller, name: str) -> Channel:
    if name in slack.workspace.people:
        _check_direct(slack, name)
        return slack.workspace.direct(caller.user, name)
    if name.startswith("#"):
        wanted = name[1:]
        found = [c.id for c in slack.workspace.channels.values() if c.name == wanted and c.kind == "public"]
        return channel_of(slack, caller, found[0] if found else "")
    return channel_of(slack, caller, name)


def _check_direct(slack: Slack, person: str) -> None:
    somebody = slack.workspace.people[person]
    if somebody.deactivated or somebody.bot:
        raise Refused("channel_not_found")
    if slack.workspace.is_foreign(person) and not slack.workspace.share_a_channel(person, slack.app.bot_user):
        raise Refused("channel_not_found")
    if not slack.manifest.messages_tab:
        raise Refused("messages_tab_disabled")


def message_of(channel: Channel, ts: str, code: str = "message_not_found") -> Message:
    """A message by its timestamp, which must look like one."""
    message = channel.messages.get(ts) if TS.fullmatch(ts) else None
    if message is None or message.subtype == "tombstone":
        raise Refused(code)
    return message


def person_of(slack: Slack, name: str) -> Person:
    """Somebody of this workspace, or a stranger met in a shared channel."""
    person = slack.workspace.people.get(name)
    if person is None:
        raise Refused("user_not_found")
    if slack.workspace.is_foreign(name) and not slack.workspace.share_a_channel(name, slack.app.bot_user):
        raise Refused("user_not_found")
    return person


def page(found: list[Item], args: Arguments, *, default: int, most: int) -> tuple[list[Item], str]:
    """One page and the cursor of the next, empty on the last."""
    limit = args.number("limit", default)
    if limit < 0 or limit > most:
        raise Refused("invalid_limit")
    start = _start(args.text("cursor"), len(found))
    size = limit or default
    following = start + size
    return found[start:following], f"next:{following}" if following < len(found) else ""


def with_cursor(body: Json, cursor: str) -> Json:
    return {**body, "response_metadata": {"next_cursor": cursor}}


def _start(cursor: str, length: int) -> int:
    if not cursor:
        return 0
    kind, _, number = cursor.partition(":")
    if kind != "next" or not number.isdigit() or int(number) > length:
        raise Refused("invalid_cursor")
    return int(number)
