"""Events: what happened, told to the app if its manifest, its scopes and its membership allow it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from sandbox.channels import CHANNEL_TYPE, EVENT_OF_KIND, HISTORY_SCOPES, Channel
from sandbox.envelopes import Envelope

if TYPE_CHECKING:
    from sandbox.messages import Message
    from sandbox.refusal import Json
    from sandbox.slack import Slack

SCOPE_OF_EVENT = {
    "app_mention": "app_mentions:read",
    "reaction_added": "reactions:read",
    "reaction_removed": "reactions:read",
    "user_change": "users:read",
    "team_join": "users:read",
    "subteam_members_changed": "usergroups:read",
    "app_home_opened": "",
    "app_uninstalled": "",
    "tokens_revoked": "",
}
OF_A_CHANNEL = frozenset(
    "member_joined_channel member_left_channel channel_archive channel_unarchive channel_rename "
    "group_archive group_unarchive group_rename channel_deleted channel_shared channel_unshared".split()
)


def wrapped(slack: Slack, inner: Json, channel: Channel | None = None) -> Json:
    """The object around an event, the same over HTTP and over a socket."""
    team = slack.workspace.team
    authorization = {
        "enterprise_id": None,
        "team_id": team,
        "user_id": slack.app.bot_user,
        "is_bot": True,
        "is_enterprise_install": False,
    }
    return {
        "token": slack.app.verification_token,
        "team_id": team,
        "context_team_id": team,
        "context_enterprise_id": None,
        "api_app_id": slack.app.id,
        "type": "event_callback",
        "event_id": slack.ids.make("Ev"),
        "event_time": int(slack.now().timestamp()),
        "is_ext_shared_channel": channel is not None and channel.ext_shared,
        "event_context": f"4-{slack.ids.word(40)}",
        "authorizations": [authorization],
        "event": inner,
    }


def publish(slack: Slack, subscription: str, inner: Json, channel: Channel | None = None) -> None:
    """Send one event, unless the app may not have it."""
    if not may_receive(slack, subscription, channel):
        return
    payload = wrapped(slack, inner, channel)
    slack.send_event(Envelope(slack.ids.uuid(), "events_api", payload, answerable=False))


def may_receive(slack: Slack, subscription: str, channel: Channel | None) -> bool:
    """Subscribed, scope granted, and the bot in the channel (its own leaving it hears too)."""
    if not slack.app.installed or subscription not in slack.manifest.events:
        return False
    scope = _scope(subscription, channel)
    if scope and not slack.granted(scope):
        return False
    return channel is None or slack.app.bot_user in channel.members


def _scope(subscription: str, channel: Channel | None) -> str:
    if channel is not None and subscription.startswith("message."):
        return HISTORY_SCOPES[channel.kind]
    if channel is not None and subscription in OF_A_CHANNEL:
        return "channels:read" if channel.kind == "public" else "groups:read"
    return SCOPE_OF_EVENT.get(subscription, "")


def about_message(slack: Slack, channel: Channel, inner: Json) -> None:
    """A `message` event of any subtype, for the kind of channel it happened in."""
    told = {
        "type": "message",
        "channel": channel.id,
        "channel_type": CHANNEL_TYPE[channel.kind],
        "event_ts": inner["ts"],
    } | inner
    publish(slack, EVENT_OF_KIND[channel.kind], told, channel)


def posted(slack: Slack, channel: Channel, message: Message) -> None:
    """A new message, and `app_mention` besides when it names the bot outside a direct message."""
    inner = message.as_json()
    inner.pop("reactions", None)
    about_message(slack, channel, inner)
    named = f"<@{slack.app.bot_user}>" in message.text or f"<@{slack.app.bot_user}|" in message.text
    if named and channel.kind != "im" and message.user != slack.app.bot_user:
        told = {**inner, "type": "app_mention", "channel": channel.id, "event_ts": message.ts}
        publish(slack, "app_mention", told, channel)


def edited(slack: Slack, channel: Channel, message: Message, before: Json) -> None:
    """`message_changed`, with the message before and after."""
    told = {
        "subtype": "message_changed",
        "hidden": True,
        "ts": slack.ids.ts(),
        "message": message.as_json(),
        "previous_message": before,
    }
    about_message(slack, channel, told)


def deleted(slack: Slack, channel: Channel, before: Json) -> None:
    """`message_deleted`."""
    told = {
        "subtype": "message_deleted",
        "hidden": True,
        "ts": slack.ids.ts(),
        "deleted_ts": before["ts"],
        "previous_message": before,
    }
    about_message(slack, channel, told)


def membership(slack: Slack, channel: Channel, person: str, *, joined: bool, inviter: str = "") -> None:
    """Somebody joined or left; the bot hears of its own leaving although it is gone."""
    name = "member_joined_channel" if joined else "member_left_channel"
    inner: Json = {
        "type": name,
        "user": person,
        "channel": channel.id,
        "channel_type": "C" if channel.kind == "public" else "G",
        "team": slack.workspace.team,
        "event_ts": slack.ids.ts(),
    }
    if inviter:
        inner["inviter"] = inviter
    if not joined and person == slack.app.bot_user:
        publish(slack, name, inner)
    else:
        publish(slack, name, inner, channel)


def person_changed(slack: Slack, person: str) -> None:
    """`user_change`, with the whole person."""
    somebody = slack.workspace.people[person]
    now = slack.now()
    somebody.updated = int(now.timestamp())
    with_email = slack.granted("users:read.email")
    inner = {
        "type": "user_change",
        "user": somebody.as_json(now, home_team=slack.workspace.team, with_email=with_email),
        "cache_ts": int(now.timestamp()),
        "event_ts": slack.ids.ts(),
    }
    publish(slack, "user_change", inner)
