"""Everything one person can see, as plain values: what a page draws."""

from __future__ import annotations

from typing import TYPE_CHECKING

from sandbox.reading import Eyes

if TYPE_CHECKING:
    from sandbox.channels import Channel
    from sandbox.messages import Ephemeral, Message
    from sandbox.people import Person
    from sandbox.refusal import Json
    from sandbox.slack import Slack


def snapshot(slack: Slack, person: str) -> Json:
    """The workspace through one pair of eyes; blocks are raw, texts are as Slack stores them."""
    stack = [slack.views[view].as_json() for view in slack.stacks.get(person, [])]
    top = slack.view_on_top(person)
    home = slack.views.get(slack.homes.get(person, ""))
    return {
        "now": slack.now().isoformat(),
        "me": person,
        "team": {"id": slack.workspace.team, "name": slack.workspace.name, "domain": slack.workspace.domain},
        "app": {"id": slack.app.id, "user": slack.app.bot_user, "name": slack.app.name},
        "people": [_person(each) for each in slack.workspace.people.values()],
        "channels": [_channel(slack, person, each) for each in slack.workspace.visible_to(person)],
        "commands": _commands(slack),
        "shortcuts": [{"name": s.name, "type": s.type} for s in slack.manifest.shortcuts],
        "modals": stack,
        "errors": dict(top.errors) if top else {},
        "home": home.as_json() if home else None,
    }


def _person(person: Person) -> Json:
    return {
        "id": person.id,
        "name": person.name,
        "real_name": person.real_name,
        "title": person.title,
        "zone": person.zone,
        "team": person.team,
        "bot": person.bot,
        "guest": person.guest,
        "admin": person.admin,
        "deactivated": person.deactivated,
        "status": f"{person.status_emoji} {person.status_text}".strip(),
    }


def _channel(slack: Slack, person: str, channel: Channel) -> Json:
    whispered = [m for m in slack.ephemerals.get(person, []) if m.channel == channel.id]
    eyes = Eyes(slack, person)
    return {
        "id": channel.id,
        "name": channel.name,
        "kind": channel.kind,
        "with": channel.other(person) if channel.kind == "im" else "",
        "archived": channel.archived,
        "shared": channel.ext_shared,
        "member": person in channel.members,
        "members": list(channel.members),
        "topic": channel.topic,
        "messages": [_message(eyes, message) for message in channel.messages.values()],
        "ephemerals": [_ephemeral(eyes, message) for message in whispered],
    }


def _message(eyes: Eyes, message: Message) -> Json:
    return {
        "ts": message.ts,
        "user": message.user,
        "author": message.username,
        "text": message.text,
        "read": eyes.text(message.text),
        "blocks": message.blocks,
        "thread_ts": message.thread_ts,
        "reply": message.is_reply,
        "broadcast": message.broadcast,
        "subtype": message.subtype,
        "edited": message.edited is not None,
        "reactions": {name: list(who) for name, who in message.reactions.items() if who},
        "files": message.files,
        "pinned": message.pinned,
    }


def _ephemeral(eyes: Eyes, message: Ephemeral) -> Json:
    return {
        "ts": message.ts,
        "text": message.text,
        "read": eyes.text(message.text),
        "blocks": message.blocks,
        "thread_ts": message.thread_ts,
        "from_app": message.from_app,
    }


def _commands(slack: Slack) -> list[Json]:
    return [
        {"command": c.command, "description": c.description, "hint": c.usage_hint}
        for c in slack.manifest.commands.values()
    ]
