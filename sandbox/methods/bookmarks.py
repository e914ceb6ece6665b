"""bookmarks.add."""

from __future__ import annotations

from typing import TYPE_CHECKING

from sandbox.methods.reach import joined_channel
from sandbox.methods.registry import method
from sandbox.refusal import Json, Refused

if TYPE_CHECKING:
    from sandbox.methods.registry import Caller
    from sandbox.slack import Slack
    from sandbox.wire import Arguments

MOST = 100


@method("bookmarks.add", tier=2, scopes=("bookmarks:write",), required=("channel_id", "title", "type"))
def add(slack: Slack, caller: Caller, args: Arguments) -> Json:
    channel = joined_channel(slack, caller, args.needed("channel_id"))
    if args.text("type") != "link":
        raise Refused("invalid_bookmark_type")
    if not args.text("link").startswith(("http://", "https://")):
        raise Refused("invalid_link")
    if len(channel.bookmarks) >= MOST:
        raise Refused("too_many_bookmarks")
    bookmark: Json = {
        "id": slack.ids.make("Bk"),
        "channel_id": channel.id,
        "title": args.text("title"),
        "link": args.text("link"),
        "emoji": args.text("emoji"),
        "type": "link",
        "date_created": int(slack.now().timestamp()),
    }
    channel.bookmarks.append(bookmark)
    slack.changed()
    return {"bookmark": bookmark}
