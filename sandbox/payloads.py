"""The payloads of interactions, exactly as apps receive them."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from sandbox.envelopes import Envelope
from sandbox.messages import escaped

if TYPE_CHECKING:
    from sandbox.channels import Channel
    from sandbox.messages import Ephemeral, Message
    from sandbox.refusal import Json
    from sandbox.slack import Slack
    from sandbox.views import View

ANSWERABLE = frozenset({"view_submission", "block_suggestion"})


def who(slack: Slack, person: str) -> Json:
    """The person, the team and the app: the part all interactions share."""
    somebody = slack.workspace.people[person]
    user = {"id": person, "username": somebody.name, "name": somebody.name, "team_id": somebody.team}
    return {
        "user": user,
        "api_app_id": slack.app.id,
        "token": slack.app.verification_token,
        "team": {"id": slack.workspace.team, "domain": slack.workspace.domain},
        "enterprise": None,
        "is_enterprise_install": False,
    }


def interaction(slack: Slack, kind: str, person: str, **more: Any) -> Envelope:
    """One interaction, ready to be delivered."""
    payload = {"type": kind, **who(slack, person), **more}
    return Envelope(slack.ids.uuid(), "interactive", payload, answerable=kind in ANSWERABLE)


def command(slack: Slack, person: str, channel: Channel, name: str, text: str) -> Envelope:
    """A slash command's fields."""
    somebody = slack.workspace.people[person]
    payload = {
        "token": slack.app.verification_token,
        "team_id": slack.workspace.team,
        "team_domain": slack.workspace.domain,
        "channel_id": channel.id,
        "channel_name": channel.short_name(),
        "user_id": person,
        "user_name": somebody.name,
        "command": name,
        "text": text,
        "api_app_id": slack.app.id,
        "is_enterprise_install": "false",
        "response_url": slack.response_url("commands", person, channel.id),
        "trigger_id": slack.trigger(person),
    }
    return Envelope(slack.ids.uuid(), "slash_commands", payload, answerable=True)


def of_message(slack: Slack, channel: Channel, message: Message) -> Json:
    """Container, channel and message of something clicked below a message."""
    container: Json = {
        "type": "message",
        "message_ts": message.ts,
        "channel_id": channel.id,
        "is_ephemeral": False,
    }
    if message.thread_ts:
        container["thread_ts"] = message.thread_ts
    return {
        "container": container,
        "channel": {"id": channel.id, "name": channel.short_name()},
        "message": message.as_json(replies=channel.replies(message.ts)),
    }


def of_ephemeral(slack: Slack, channel: Channel, message: Ephemeral) -> Json:
    """The same for a message only one person sees: there is no `message`."""
    container: Json = {
        "type": "message",
        "message_ts": message.ts,
        "channel_id": channel.id,
        "is_ephemeral": True,
    }
    if message.thread_ts:
        container["thread_ts"] = message.thread_ts
    return {"container": container, "channel": {"id": channel.id, "name": channel.short_name()}}


def of_view(view: View) -> Json:
    """Container and view of something done in a modal or on App Home."""
    return {"container": {"type": "view", "view_id": view.id}, "view": view.as_json()}


def action(slack: Slack, block_id: str, element: Json, chosen: Json) -> Json:
    """The one entry of `actions`: what was clicked and what is chosen now."""
    told: Json = {"type": element["type"], "action_id": element["action_id"], "block_id": block_id}
    for key in ("text", "value", "style", "url", "placeholder"):
        if key in element and (element["type"] == "button" or key == "placeholder"):
            told[key] = escaped(element[key])
    return {**told, **escaped(chosen), "action_ts": slack.ids.ts()}
