"""files.getUploadURLExternal and files.completeUploadExternal, and the address between them."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from sandbox import posting
from sandbox.grants import Upload
from sandbox.methods.chat import new_message, thread_of
from sandbox.methods.content import Content
from sandbox.methods.reach import joined_channel
from sandbox.methods.registry import method
from sandbox.refusal import Json, Refused

if TYPE_CHECKING:
    from sandbox.channels import Channel
    from sandbox.methods.registry import Caller
    from sandbox.slack import Slack
    from sandbox.wire import Arguments

CONVERSATION = r"[CGDZ][A-Z0-9]+"
"""Unlike posts, files are not sent to the id of a person."""
LONGEST_ALT_TEXT = 1000
MOST_CHANNELS = 100


@method("files.getUploadURLExternal", tier=4, scopes=("files:write",), form_only=True)
def get_upload_url(slack: Slack, caller: Caller, args: Arguments) -> Json:
    length = args.number("length", 0)
    if not args.text("filename") or length <= 0:
        raise Refused("missing_argument")
    if len(args.text("alt_txt")) > LONGEST_ALT_TEXT:
        raise Refused("alt_text_too_large")
    upload = Upload(slack.ids.make("F"), slack.ids.word(32), args.text("filename"), length)
    slack.uploads[upload.id] = upload
    return {"upload_url": f"{slack.base_url}/upload/v1/{upload.ticket}", "file_id": upload.id}


def receive(slack: Slack, ticket: str, content: bytes) -> str | None:
    """Take the bytes posted to an upload address; None when nobody gave it out."""
    upload = next((u for u in slack.uploads.values() if u.ticket == ticket), None)
    if upload is None or upload.shared:
        return None
    upload.content = content
    return f"OK - {len(content)}"


@method("files.completeUploadExternal", tier=4, scopes=("files:write",), required=("files",))
def complete_upload(slack: Slack, caller: Caller, args: Arguments) -> Json:
    uploads = _uploads(slack, args)
    names = args.items("channels") or args.items("channel_id")
    if len(names) > MOST_CHANNELS:
        raise Refused("channels_limit_exceeded")
    if any(not re.fullmatch(CONVERSATION, name) for name in names):
        raise Refused("invalid_arguments")
    channels = [joined_channel(slack, caller, name) for name in names]
    shown = [_shown(slack, upload) for upload in uploads]
    for upload in uploads:
        upload.shared = True
        upload.channels = [channel.id for channel in channels]
    for channel in channels:
        _share(slack, channel, args, shown)
    return {"files": shown}


def _uploads(slack: Slack, args: Arguments) -> list[Upload]:
    listed = args.thing("files")
    if not isinstance(listed, list) or not all(isinstance(item, dict) for item in listed):
        raise Refused("invalid_arguments")
    found = []
    for item in listed:
        upload = slack.uploads.get(str(item.get("id", "")))
        if upload is None or upload.content is None or upload.shared:
            raise Refused("file_not_found")
        upload.title = str(item.get("title") or upload.name)
        found.append(upload)
    return found


def _share(slack: Slack, channel: Channel, args: Arguments, shown: list[Json]) -> None:
    content = Content(args.text("initial_comment") or " ", None, None, None)
    message = new_message(slack, content, thread_of(channel, args))
    message.text = args.text("initial_comment")
    message.files = shown
    message.subtype = "file_share"
    posting.put(slack, channel, message)


def _shown(slack: Slack, upload: Upload) -> Json:
    return {
        "id": upload.id,
        "name": upload.name,
        "title": upload.title,
        "user": slack.app.bot_user,
        "size": len(upload.content or b""),
        "created": int(slack.now().timestamp()),
        "url_private": f"{slack.base_url}/files/{upload.id}",
        "permalink": f"{slack.web_url}/files/{slack.app.bot_user}/{upload.id}",
    }
