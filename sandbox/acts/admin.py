"""What admins, and life, do to a workspace: archived channels, people who leave, new names and zones."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from sandbox import events
from sandbox.methods.conversations import depart, enter, system_message
from sandbox.methods.conversations_change import set_archived
from sandbox.refusal import NotPossible, Refused

if TYPE_CHECKING:
    from sandbox.people import Person
    from sandbox.slack import Slack


def archive(slack: Slack, channel: str, by: str, *, archived: bool = True) -> None:
    """Archive a channel, or bring it back."""
    try:
        set_archived(slack, slack.workspace.channel(channel), by, archived=archived)
    except Refused as refused:
        raise NotPossible(refused.code) from refused


def rename(slack: Slack, channel: str, name: str) -> None:
    """Give a channel another name; its id stays."""
    place = slack.workspace.channel(channel)
    place.previous_names.append(place.name)
    place.name = name
    told = {"id": place.id, "name": name, "name_normalized": name, "created": place.created}
    kind = "channel_rename" if place.kind == "public" else "group_rename"
    channel_json = {**told, "is_channel": place.kind == "public", "is_mpim": False}
    inner = {"type": kind, "channel": channel_json, "event_ts": slack.ids.ts()}
    events.publish(slack, kind, inner, place)
    slack.changed()


def make_private(slack: Slack, channel: str, by: str) -> None:
    """Convert a public channel to a private one; who is in it stays in it, and reads of it there."""
    place = slack.workspace.channel(channel)
    place.kind = "private"
    words = "made this channel *private*. Now, it can only be viewed or joined by invitation."
    system_message(slack, place, by, "channel_convert_to_private", words)
    slack.changed()


def make_public(slack: Slack, channel: str, by: str) -> None:
    """Convert a private channel to a public one; everything ever said in it can be read by anybody."""
    place = slack.workspace.channel(channel)
    place.kind = "public"
    words = "made this channel *public*. Any member in this workspace can see and join it."
    system_message(slack, place, by, "channel_convert_to_public", words)
    slack.changed()


def share(slack: Slack, channel: str, organisation: str) -> None:
    """Share a channel with another organisation."""
    place = slack.workspace.channel(channel)
    if organisation not in slack.workspace.organisations:
        slack.workspace.organisations[organisation] = organisation
    place.with_teams.append(organisation)
    inner = {"type": "channel_shared", "connected_team_id": organisation, "channel": place.id}
    events.publish(slack, "channel_shared", {**inner, "event_ts": slack.ids.ts()}, place)
    slack.changed()


def unshare(slack: Slack, channel: str, organisation: str) -> None:
    """End the sharing with one organisation; others may be left."""
    place = slack.workspace.channel(channel)
    if organisation not in place.with_teams:
        raise NotPossible(f"{place.name} is not shared with {organisation}")
    place.with_teams.remove(organisation)
    inner = {
        "type": "channel_unshared",
        "previously_connected_team_id": organisation,
        "channel": place.id,
        "is_ext_shared": place.ext_shared,
        "event_ts": slack.ids.ts(),
    }
    events.publish(slack, "channel_unshared", inner, place)
    slack.changed()


def invite(slack: Slack, channel: str, person: str, by: str) -> None:
    """Bring somebody, or the bot, into a channel."""
    place = slack.workspace.channel(channel)
    if by not in place.members:
        raise NotPossible(f"{by} is not in {place.name}")
    if person in place.members:
        raise NotPossible(f"{person} is in {place.name} already")
    enter(slack, place, person, by)


def remove(slack: Slack, channel: str, person: str) -> None:
    """Take somebody, or the bot, out of a channel."""
    place = slack.workspace.channel(channel)
    if person not in place.members:
        raise NotPossible(f"{person} is not in {place.name}")
    depart(slack, place, person)


def deactivate(slack: Slack, person: str, *, deactivated: bool = True) -> None:
    """End somebody's account, or open it again; their memberships end without a word."""
    if deactivated:
        for channel in slack.workspace.channels.values():
            if person in channel.members and channel.kind in {"public", "private"}:
                channel.members.remove(person)
    change_person(slack, person, deactivated=deactivated)


def change_person(slack: Slack, person: str, **new: Any) -> Person:
    """Change a profile: status, zone, name, flags; apps that may read people are told."""
    somebody = slack.workspace.people[person]
    for field, value in new.items():
        setattr(somebody, field, value)
    events.person_changed(slack, person)
    slack.changed()
    return somebody


def join_team(slack: Slack, person: Person) -> Person:
    """A new colleague."""
    slack.workspace.add_person(person)
    shown = person.as_json(slack.now(), home_team=slack.workspace.team, with_email=False)
    events.publish(slack, "team_join", {"type": "team_join", "user": shown, "event_ts": slack.ids.ts()})
    slack.changed()
    return person
