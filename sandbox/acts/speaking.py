"""Writing, replying, reacting, editing and deleting, as a person does it in a channel."""

from __future__ import annotations

from typing import TYPE_CHECKING

from sandbox import posting
from sandbox.acts.composing import composed
from sandbox.messages import Message
from sandbox.methods import reactions
from sandbox.refusal import Json, NotPossible, Refused

if TYPE_CHECKING:
    from sandbox.channels import Channel
    from sandbox.slack import Slack

LONGEST = 40_000


def must_be_active(slack: Slack, person: str) -> None:
    """Whoever left Slack does nothing there any more."""
    if slack.workspace.people[person].deactivated:
        raise NotPossible(f"{person} has been deactivated")


def where(slack: Slack, person: str, channel: str) -> Channel:
    """A channel this person can write in."""
    found = slack.workspace.channel(channel)
    must_be_active(slack, person)
    if person not in found.members:
        raise NotPossible(f"{person} is not in {found.name or found.id}")
    if found.archived:
        raise NotPossible(f"{found.name} is archived")
    return found


def say(
    slack: Slack, person: str, channel: str, typed: str, thread: str = "", *, broadcast: bool = False
) -> Message:
    """Send a message, or a reply when `thread` names its parent."""
    place = where(slack, person, channel)
    if typed.startswith("/"):
        raise NotPossible("what begins with a slash is a command; in a thread Slack knows none")
    if not typed.strip() or len(typed) > LONGEST:
        raise NotPossible("a message has between 1 and 40,000 characters")
    if place.kind == "im" and place.other(person) == slack.app.bot_user and not _app_listens(slack):
        raise NotPossible("sending messages to this app has been turned off")
    text, blocks = composed(slack.workspace, typed)
    return posting.put(
        slack, place, _message(slack, place, person, text, blocks, thread, broadcast=broadcast)
    )


def _app_listens(slack: Slack) -> bool:
    return slack.manifest.messages_tab and not slack.manifest.messages_tab_read_only


def _message(
    slack: Slack, place: Channel, person: str, text: str, blocks: list[Json], thread: str, *, broadcast: bool
) -> Message:
    message = Message(slack.ids.ts(), person, slack.workspace.people[person].team, text)
    message.blocks = posting.named(slack, blocks)
    message.client_msg_id = slack.ids.uuid()
    if thread:
        parent = _existing(place, thread)
        message.thread_ts = parent.thread_ts or parent.ts
        message.broadcast = broadcast
        message.subtype = "thread_broadcast" if broadcast else ""
    return message


def bot_says(slack: Slack, bot: str, channel: str, text: str, blocks: list[Json] | None = None) -> Message:
    """Another app posts something, perhaps with all its words in blocks."""
    place = slack.workspace.channel(channel)
    somebody = slack.workspace.people[bot]
    message = Message(slack.ids.ts(), bot, somebody.team, text, posting.named(slack, blocks or []))
    message.bot_id, message.app_id = somebody.bot_id, somebody.app_id
    message.bot_profile = {"id": somebody.bot_id, "app_id": somebody.app_id, "name": somebody.real_name}
    return posting.put(slack, place, message)


def react(slack: Slack, person: str, channel: str, ts: str, name: str) -> None:
    """Add a reaction."""
    place = where(slack, person, channel)
    try:
        reactions.react(slack, place, _existing(place, ts), person, name)
    except Refused as refused:
        raise NotPossible(refused.code) from refused


def take_reaction_back(slack: Slack, person: str, channel: str, ts: str, name: str) -> None:
    """Remove one's own reaction."""
    place = where(slack, person, channel)
    try:
        reactions.unreact(slack, place, _existing(place, ts), person, name)
    except Refused as refused:
        raise NotPossible(refused.code) from refused


def edit(slack: Slack, person: str, channel: str, ts: str, typed: str) -> None:
    """Change one's own message."""
    place = where(slack, person, channel)
    message = _existing(place, ts)
    if message.user != person:
        raise NotPossible("people edit only their own messages")
    text, blocks = composed(slack.workspace, typed)
    marked = {"user": person, "ts": slack.ids.ts()}
    posting.change(slack, place, message, text=text, blocks=posting.named(slack, blocks), edited=marked)


def delete(slack: Slack, person: str, channel: str, ts: str) -> None:
    """Delete one's own message; admins may delete anybody's."""
    place = where(slack, person, channel)
    message = _existing(place, ts)
    if message.user != person and not slack.workspace.people[person].admin:
        raise NotPossible("only admins delete what others wrote")
    posting.take_away(slack, place, message)


def dismiss(slack: Slack, person: str, ts: str) -> None:
    """Close a message only this person sees."""
    shown = slack.ephemerals.get(person, [])
    slack.ephemerals[person] = [message for message in shown if message.ts != ts]
    slack.changed()


def _existing(place: Channel, ts: str) -> Message:
    message = place.messages.get(ts)
    if message is None:
        raise NotPossible("this message is gone")
    return message
