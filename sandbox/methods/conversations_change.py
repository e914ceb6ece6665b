"""conversations.create, invite, archive, setTopic, kick."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from sandbox import events
from sandbox.channels import Channel
from sandbox.methods.conversations import depart, enter, system_message
from sandbox.methods.reach import channel_of, joined_channel
from sandbox.methods.registry import method, need_scope
from sandbox.refusal import Json, Refused

if TYPE_CHECKING:
    from sandbox.methods.registry import Caller
    from sandbox.slack import Slack
    from sandbox.wire import Arguments

LONGEST_NAME = 80
LONGEST_TOPIC = 250
MOST_INVITED = 100
_SPECIAL = re.compile(r"[^\w-]", re.ASCII)


@method("conversations.create", tier=2, required=("name",))
def create(slack: Slack, caller: Caller, args: Arguments) -> Json:
    private = args.flag("is_private")
    need_scope(caller.scopes, "groups:write" if private else "channels:manage")
    name = args.text("name")
    check_name(slack, name)
    channel = slack.workspace.add_channel(
        name, "private" if private else "public", [caller.user], caller.user
    )
    events.membership(slack, channel, caller.user, joined=True)
    slack.changed()
    return {"channel": channel.as_json(caller.user)}


def check_name(slack: Slack, name: str) -> None:
    """Slack's rules for channel names."""
    if len(name) > LONGEST_NAME:
        raise Refused("invalid_name_maxlength")
    if name != name.lower() or _SPECIAL.search(name):
        raise Refused("invalid_name_specials")
    if not re.search(r"[a-z0-9]", name):
        raise Refused("invalid_name_punctuation")
    if any(channel.name == name for channel in slack.workspace.channels.values()):
        raise Refused("name_taken")


@method("conversations.invite", tier=3, required=("channel", "users"))
def invite(slack: Slack, caller: Caller, args: Arguments) -> Json:
    channel = joined_channel(slack, caller, args.needed("channel"))
    _need_managing(caller, channel)
    if channel.archived:
        raise Refused("is_archived")
    people = args.items("users")
    faults = {person: _why_not(slack, caller, channel, person) for person in people}
    bad = [{"user": person, "ok": False, "error": code} for person, code in faults.items() if code]
    if bad and not args.flag("force"):
        raise Refused(bad[0]["error"], errors=bad)  # type: ignore[arg-type]
    for person in [person for person, code in faults.items() if not code]:
        enter(slack, channel, person, caller.user)
    body: Json = {"channel": channel.as_json(caller.user)}
    return {**body, "errors": bad} if bad else body


def _why_not(slack: Slack, caller: Caller, channel: Channel, person: str) -> str:
    somebody = slack.workspace.people.get(person)
    if somebody is None or somebody.deactivated:
        return "user_not_found"
    if person == caller.user:
        return "cant_invite_self"
    if person in channel.members:
        return "already_in_channel"
    if slack.workspace.is_foreign(person):
        return "org_user_not_in_team"
    return "ura_max_channels" if somebody.guest == "single-channel" else ""


def _need_managing(caller: Caller, channel: Channel) -> None:
    scopes = ("channels:manage", "channels:write.invites")
    if channel.kind != "public":
        scopes = ("groups:write", "groups:write.invites")
    if not caller.scopes.intersection(scopes):
        need_scope(caller.scopes, scopes[0])


@method("conversations.kick", tier=3, required=("channel", "user"))
def kick(slack: Slack, caller: Caller, args: Arguments) -> Json:
    channel = joined_channel(slack, caller, args.needed("channel"))
    need_scope(caller.scopes, "channels:manage" if channel.kind == "public" else "groups:write")
    person = args.text("user")
    if person == caller.user:
        raise Refused("cant_kick_self")
    if person not in channel.members:
        raise Refused("not_in_channel")
    depart(slack, channel, person)
    return {}


@method("conversations.archive", tier=2, required=("channel",))
def archive(slack: Slack, caller: Caller, args: Arguments) -> Json:
    channel = joined_channel(slack, caller, args.needed("channel"))
    need_scope(caller.scopes, "channels:manage" if channel.kind == "public" else "groups:write")
    if channel.general:
        raise Refused("cant_archive_general")
    set_archived(slack, channel, caller.user, archived=True)
    return {}


def set_archived(slack: Slack, channel: Channel, by: str, *, archived: bool) -> None:
    """Close a channel for good, or open it again."""
    if channel.archived == archived:
        raise Refused("already_archived" if archived else "not_archived")
    channel.archived = archived
    family = "channel" if channel.kind == "public" else "group"
    name = f"{family}_{'archive' if archived else 'unarchive'}"
    inner = {"type": name, "channel": channel.id, "user": by, "is_moved": 0, "event_ts": slack.ids.ts()}
    events.publish(slack, name, inner, channel)
    slack.changed()


@method("conversations.setTopic", tier=2, required=("channel", "topic"))
def set_topic(slack: Slack, caller: Caller, args: Arguments) -> Json:
    channel = joined_channel(slack, caller, args.needed("channel"))
    need_scope(caller.scopes, "channels:manage" if channel.kind == "public" else "groups:write")
    if channel.archived:
        raise Refused("is_archived")
    topic = args.text("topic")
    if len(topic) > LONGEST_TOPIC:
        raise Refused("too_long")
    channel.topic = topic
    system_message(slack, channel, caller.user, "channel_topic", f"set the channel topic: {topic}")
    return {"channel": channel_of(slack, caller, channel.id).as_json(caller.user)}
