"""Messages as a channel keeps them."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from typing import Any

from sandbox.mrkdwn import escape
from sandbox.refusal import Json

_BARE_AMPERSAND = re.compile(r"&(?!(?:amp|lt|gt);)")


@dataclass(slots=True)
class Message:
    """One message; `thread_ts` names the parent of a reply, or itself on a parent with replies."""

    ts: str
    user: str
    team: str
    text: str
    blocks: list[Json] = field(default_factory=list)
    attachments: list[Json] = field(default_factory=list)
    thread_ts: str = ""
    parent_user: str = ""
    bot_id: str = ""
    app_id: str = ""
    bot_profile: Json | None = None
    username: str = ""
    icons: Json | None = None
    subtype: str = ""
    client_msg_id: str = ""
    metadata: Json | None = None
    edited: Json | None = None
    broadcast: bool = False
    reactions: dict[str, list[str]] = field(default_factory=dict)
    files: list[Json] = field(default_factory=list)
    pinned: bool = False

    @property
    def is_reply(self) -> bool:
        return bool(self.thread_ts) and self.thread_ts != self.ts

    def as_json(self, *, with_metadata: bool = False, replies: list[Message] | None = None) -> Json:
        """The message as apps read it: texts entity-escaped, empty things left out."""
        message: Json = {"type": "message", "user": self.user, "ts": self.ts, "team": self.team}
        message["text"] = _BARE_AMPERSAND.sub("&amp;", self.text)
        optional = {
            "subtype": self.subtype,
            "client_msg_id": self.client_msg_id,
            "bot_id": self.bot_id,
            "app_id": self.app_id,
            "bot_profile": self.bot_profile,
            "username": self.username,
            "icons": self.icons,
            "blocks": escaped(self.blocks),
            "attachments": self.attachments,
            "edited": self.edited,
            "files": self.files,
            "thread_ts": self.thread_ts,
            "parent_user_id": self.parent_user if self.is_reply else "",
            "metadata": self.metadata if with_metadata else None,
            "reactions": self._reactions(),
        }
        message |= {key: value for key, value in optional.items() if value}
        if replies:
            message |= self._thread_counters(replies)
        if self.subtype == "bot_message":
            message.pop("user", None)
        return message

    def _reactions(self) -> list[Json]:
        return [
            {"name": name, "users": list(users), "count": len(users)}
            for name, users in self.reactions.items()
            if users
        ]

    def _thread_counters(self, replies: list[Message]) -> Json:
        users = list(dict.fromkeys(reply.user for reply in replies))
        return {
            "thread_ts": self.ts,
            "reply_count": len(replies),
            "reply_users_count": len(users),
            "reply_users": users[:5],
            "latest_reply": replies[-1].ts,
        }


@dataclass(slots=True)
class Ephemeral:
    """A message only one person sees; Slack keeps it nowhere, the window does until it is closed."""

    ts: str
    channel: str
    person: str
    text: str
    blocks: list[Json] = field(default_factory=list)
    attachments: list[Json] = field(default_factory=list)
    thread_ts: str = ""
    from_app: bool = True


def escaped(value: Any) -> Any:
    """Blocks as Slack hands them back: `&`, `<`, `>` are entities even in plain text."""
    if isinstance(value, list):
        return [escaped(item) for item in value]
    if not isinstance(value, dict):
        return value
    copy = {key: escaped(item) for key, item in value.items()}
    text = copy.get("text")
    if isinstance(text, str) and copy.get("type") == "plain_text":
        copy["text"] = escape(text)
    if isinstance(text, str) and copy.get("type") == "mrkdwn":
        copy["text"] = _BARE_AMPERSAND.sub("&amp;", text)
    return copy
