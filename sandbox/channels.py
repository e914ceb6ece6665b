"""Channels, direct messages and group messages."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Literal

from sandbox.messages import Message
from sandbox.refusal import Json

Kind = Literal["public", "private", "im", "mpim"]

READ_SCOPES: dict[Kind, str] = {
    "public": "channels:read",
    "private": "groups:read",
    "im": "im:read",
    "mpim": "mpim:read",
}
HISTORY_SCOPES: dict[Kind, str] = {
    "public": "channels:history",
    "private": "groups:history",
    "im": "im:history",
    "mpim": "mpim:history",
}
KIND_OF_TYPE: dict[str, Kind] = {
    "public_channel": "public",
    "private_channel": "private",
    "im": "im",
    "mpim": "mpim",
}
EVENT_OF_KIND: dict[Kind, str] = {
    "public": "message.channels",
    "private": "message.groups",
    "im": "message.im",
    "mpim": "message.mpim",
}
CHANNEL_TYPE: dict[Kind, str] = {"public": "channel", "private": "group", "im": "im", "mpim": "mpim"}


@dataclass(slots=True)
class Channel:
    """A conversation of any kind; `with_teams` are other organisations it is shared with."""

    id: str
    team: str
    kind: Kind
    name: str
    creator: str
    created: int
    members: list[str] = field(default_factory=list)
    archived: bool = False
    general: bool = False
    with_teams: list[str] = field(default_factory=list)
    topic: str = ""
    purpose: str = ""
    previous_names: list[str] = field(default_factory=list)
    messages: dict[str, Message] = field(default_factory=dict)
    bookmarks: list[Json] = field(default_factory=list)
    _threads: dict[str, list[str]] = field(default_factory=dict)

    @property
    def is_private(self) -> bool:
        return self.kind != "public"

    @property
    def ext_shared(self) -> bool:
        return bool(self.with_teams)

    def top_level(self) -> list[Message]:
        """What the channel shows without opening a thread, oldest first."""
        return [m for m in self.messages.values() if not m.is_reply or m.broadcast]

    def add(self, message: Message) -> None:
        """Put a message in; a reply makes its parent one with a thread."""
        self.messages[message.ts] = message
        if not message.is_reply:
            return
        self._threads.setdefault(message.thread_ts, []).append(message.ts)
        parent = self.messages.get(message.thread_ts)
        if parent is not None:
            parent.thread_ts = parent.ts
            message.parent_user = parent.user

    def drop(self, message: Message) -> None:
        """Take a message out for good."""
        del self.messages[message.ts]
        if message.is_reply:
            self._threads[message.thread_ts].remove(message.ts)

    def replies(self, parent: str) -> list[Message]:
        """The replies below `parent`, oldest first."""
        return [self.messages[ts] for ts in self._threads.get(parent, [])]

    def short_name(self) -> str:
        """The name in interaction payloads, where private kinds are not named."""
        return {"im": "directmessage", "private": "privategroup"}.get(self.kind, self.name)

    def other(self, person: str) -> str:
        """The other side of a direct message."""
        return next((member for member in self.members if member != person), person)

    def as_json(self, asking: str, *, num_members: bool = False) -> Json:
        """The conversation object; `asking` is whose membership `is_member` tells."""
        if self.kind == "im":
            return self._direct(asking)
        channel: Json = {
            "id": self.id,
            "name": self.name,
            "name_normalized": self.name,
            "is_channel": self.kind == "public",
            "is_group": self.kind == "private",
            "is_im": False,
            "is_mpim": self.kind == "mpim",
            "is_private": self.is_private,
            "is_archived": self.archived,
            "is_general": self.general,
            "is_member": asking in self.members,
            "is_shared": self.ext_shared,
            "is_ext_shared": self.ext_shared,
            "is_org_shared": False,
            "is_pending_ext_shared": False,
            "created": self.created,
            "creator": self.creator,
            "context_team_id": self.team,
            "shared_team_ids": [self.team, *self.with_teams],
            "topic": {"value": self.topic, "creator": "", "last_set": 0},
            "purpose": {"value": self.purpose, "creator": "", "last_set": 0},
            "previous_names": list(self.previous_names),
        }
        if num_members:
            channel["num_members"] = len(self.members)
        return channel

    def _direct(self, asking: str) -> Json:
        return {
            "id": self.id,
            "created": self.created,
            "is_im": True,
            "is_org_shared": False,
            "is_archived": self.archived,
            "is_user_deleted": False,
            "context_team_id": self.team,
            "user": self.other(asking),
        }
