"""chat.postMessage, update, delete, postEphemeral, getPermalink."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from sandbox import posting
from sandbox.messages import Ephemeral, Message
from sandbox.methods.content import NO_WORDS, TEXT_UPDATED, Content, read_content
from sandbox.methods.reach import channel_for_posting, channel_of, message_of
from sandbox.methods.registry import method, need_scope
from sandbox.rates import POSTING
from sandbox.refusal import Json, Refused
from sandbox.wire import TS

if TYPE_CHECKING:
    from sandbox.channels import Channel
    from sandbox.methods.registry import Caller
    from sandbox.slack import Slack
    from sandbox.wire import Arguments

CUSTOMISING = ("username", "icon_emoji", "icon_url")


@method("chat.postMessage", tier=POSTING, scopes=("chat:write",), required=("channel",))
def post_message(slack: Slack, caller: Caller, args: Arguments) -> Json:
    content = read_content(args)
    channel = channel_for_posting(slack, caller, args.needed("channel"))
    if content.is_empty:
        raise Refused("no_text")
    thread = thread_of(channel, args)
    if any(args.has(name) for name in CUSTOMISING):
        need_scope(caller.scopes, "chat:write.customize")
    if args.flag("link_names") or args.text("parse") == "full":
        slack.defect("ping", "link_names", f"names in {channel.id} may ping people")
    message = new_message(slack, content, thread)
    message.broadcast = bool(thread) and args.flag("reply_broadcast")
    message.username = args.text("username")
    message.subtype = "bot_message" if message.username else ""
    posting.put(slack, channel, message)
    return {"channel": channel.id, "ts": message.ts, "message": message.as_json(with_metadata=True)}


@method("chat.update", tier=3, scopes=("chat:write",), required=("channel", "ts"))
def update(slack: Slack, caller: Caller, args: Arguments) -> Json:
    content = read_content(args, longest=TEXT_UPDATED)
    channel = channel_of(slack, caller, args.needed("channel"))
    message = message_of(channel, args.text("ts"))
    if message.user != caller.user:
        raise Refused("cant_update_message")
    if channel.archived:
        raise Refused("is_inactive")
    if content.is_empty and content.metadata is None:
        raise Refused("no_text")
    posting.change(slack, channel, message, **_changes(slack, caller, content))
    return {"channel": channel.id, "ts": message.ts, "text": message.text, "message": message.as_json()}


def _changes(slack: Slack, caller: Caller, content: Content) -> dict[str, Any]:
    """Text alone takes the old blocks away; neither text nor blocks leaves both as they are."""
    new: dict[str, Any] = {}
    if content.text or content.blocks is not None:
        new["text"] = content.text or NO_WORDS
        new["blocks"] = posting.named(slack, content.blocks or [])
    if content.attachments is not None:
        new["attachments"] = content.attachments
    if content.metadata is not None:
        new["metadata"] = content.metadata or None
    if content.text and not content.blocks:
        new["edited"] = {"user": caller.user, "ts": slack.ids.ts()}
    return new


@method("chat.delete", tier=3, scopes=("chat:write",), required=("channel", "ts"))
def delete(slack: Slack, caller: Caller, args: Arguments) -> Json:
    channel = channel_of(slack, caller, args.needed("channel"))
    message = message_of(channel, args.text("ts"))
    if message.user != caller.user:
        raise Refused("cant_delete_message")
    posting.take_away(slack, channel, message)
    return {"channel": channel.id, "ts": message.ts}


@method("chat.postEphemeral", tier=4, scopes=("chat:write",), required=("channel", "user"))
def post_ephemeral(slack: Slack, caller: Caller, args: Arguments) -> Json:
    content = read_content(args)
    channel = channel_for_posting(slack, caller, args.needed("channel"))
    person = args.needed("user")
    if person not in channel.members:
        raise Refused("user_not_in_channel")
    if content.is_empty:
        raise Refused("no_text")
    thread = thread_of(channel, args)
    message = Ephemeral(
        slack.ids.ts(), channel.id, person, content.text, content.blocks or [], thread_ts=thread
    )
    posting.whisper(slack, message)
    posting.note_pings(slack, channel.id, message.ts, caller.user, content.text, content.blocks or [])
    return {"message_ts": message.ts}


@method("chat.getPermalink", tier=5, form_only=True, required=("channel", "message_ts"))
def get_permalink(slack: Slack, caller: Caller, args: Arguments) -> Json:
    channel = channel_of(slack, caller, args.needed("channel"))
    message = message_of(channel, args.text("message_ts"))
    return {"channel": channel.id, "permalink": permalink(slack, channel, message)}


def permalink(slack: Slack, channel: Channel, message: Message) -> str:
    """The address people copy; a reply's names its thread."""
    link = f"{slack.web_url}/archives/{channel.id}/p{message.ts.replace('.', '')}"
    return f"{link}?thread_ts={message.thread_ts}&cid={channel.id}" if message.is_reply else link


def thread_of(channel: Channel, args: Arguments) -> str:
    """The thread to reply in; a reply's own timestamp stands for its thread."""
    thread = args.text("thread_ts")
    if not thread:
        return ""
    parent = channel.messages.get(thread) if TS.fullmatch(thread) else None
    if parent is None:
        raise Refused("thread_not_found")
    return parent.thread_ts or parent.ts


def new_message(slack: Slack, content: Content, thread: str = "") -> Message:
    """A message of the app, not yet in any channel."""
    app = slack.app
    profile = {
        "id": app.bot_id,
        "app_id": app.id,
        "user_id": app.bot_user,
        "name": app.name,
        "deleted": False,
        "updated": 0,
        "team_id": slack.workspace.team,
        "icons": {"image_36": "", "image_48": "", "image_72": ""},
    }
    return Message(
        ts=slack.ids.ts(),
        user=app.bot_user,
        team=slack.workspace.team,
        text=content.text or NO_WORDS,
        blocks=posting.named(slack, content.blocks or []),
        attachments=content.attachments or [],
        metadata=content.metadata or None,
        thread_ts=thread,
        bot_id=app.bot_id,
        app_id=app.id,
        bot_profile=profile,
    )
