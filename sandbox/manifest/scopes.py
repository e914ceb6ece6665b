"""Which scope lets the app call a method or hear an event: any one of those named is enough.

An empty set means that no scope is needed. What an argument needs beyond that (a display name of its
own, an unjoined channel, one kind of conversation among four) is the method's business.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

Needs = frozenset[str]

NOTHING: Needs = frozenset()
WRITE = frozenset({"chat:write"})
READ = frozenset({"channels:read", "groups:read", "im:read", "mpim:read"})
HISTORY = frozenset({"channels:history", "groups:history", "im:history", "mpim:history"})
MANAGE = frozenset({"channels:manage", "groups:write", "im:write", "mpim:write"})
INVITE = MANAGE | {"channels:write.invites", "groups:write.invites"}
TOPIC = MANAGE | {"channels:write.topic", "groups:write.topic", "im:write.topic", "mpim:write.topic"}
PUBLIC = frozenset({"channels:read"})
PRIVATE = frozenset({"groups:read"})
JOINABLE = PUBLIC | PRIVATE
PEOPLE = frozenset({"users:read"})
GROUPS = frozenset({"usergroups:read"})
CHANGE_GROUPS = frozenset({"usergroups:write"})
METADATA = frozenset({"metadata.message:read"})
UPLOAD = frozenset({"files:write"})
CANVAS = frozenset({"canvases:write"})


def _each(needs: Needs, *names: str) -> Iterator[tuple[str, Needs]]:
    return ((name, needs) for name in names)


SCOPES_OF_METHOD: Mapping[str, Needs] = dict(
    [
        *_each(NOTHING, "auth.test", "chat.getPermalink", "oauth.v2.access", "blocks.validate"),
        *_each(NOTHING, "views.open", "views.push", "views.update", "views.publish"),
        *_each(WRITE, "chat.postMessage", "chat.update", "chat.delete", "chat.postEphemeral"),
        *_each(WRITE, "chat.scheduleMessage", "chat.deleteScheduledMessage"),
        *_each(NOTHING, "chat.scheduledMessages.list"),
        *_each(READ, "conversations.info", "conversations.list", "conversations.members"),
        *_each(READ, "users.conversations"),
        *_each(HISTORY, "conversations.history", "conversations.replies"),
        *_each(MANAGE, "conversations.create", "conversations.open"),
        *_each(INVITE, "conversations.invite"),
        *_each(TOPIC, "conversations.setTopic"),
        *_each(frozenset({"channels:join"}), "conversations.join"),
        *_each(PEOPLE, "users.info", "users.list"),
        *_each(frozenset({"users:read.email"}), "users.lookupByEmail"),
        *_each(frozenset({"team:read"}), "team.info"),
        *_each(PEOPLE, "bots.info"),
        *_each(GROUPS, "usergroups.list", "usergroups.users.list"),
        *_each(CHANGE_GROUPS, "usergroups.create", "usergroups.update", "usergroups.users.update"),
        *_each(frozenset({"reactions:write"}), "reactions.add"),
        *_each(frozenset({"pins:write"}), "pins.add"),
        *_each(frozenset({"bookmarks:write"}), "bookmarks.add"),
        *_each(UPLOAD, "files.getUploadURLExternal", "files.completeUploadExternal"),
        *_each(CANVAS, "canvases.create", "conversations.canvases.create"),
        *_each(frozenset({"connections:write"}), "apps.connections.open"),
    ]
)

SCOPES_OF_EVENT: Mapping[str, Needs] = dict(
    [
        *_each(NOTHING, "app_home_opened", "app_uninstalled", "tokens_revoked", "app_rate_limited"),
        *_each(frozenset({"app_mentions:read"}), "app_mention"),
        *_each(frozenset({"channels:history"}), "message.channels"),
        *_each(frozenset({"groups:history"}), "message.groups"),
        *_each(frozenset({"im:history"}), "message.im"),
        *_each(frozenset({"mpim:history"}), "message.mpim"),
        *_each(JOINABLE, "member_joined_channel", "member_left_channel"),
        *_each(PUBLIC, "channel_created", "channel_deleted", "channel_rename"),
        *_each(PUBLIC, "channel_archive", "channel_unarchive"),
        *_each(JOINABLE, "channel_id_changed", "channel_shared", "channel_unshared"),
        *_each(PRIVATE, "group_archive", "group_unarchive", "group_rename", "group_deleted"),
        *_each(frozenset({"reactions:read"}), "reaction_added", "reaction_removed"),
        *_each(PEOPLE, "user_change", "team_join"),
        *_each(GROUPS, "subteam_created", "subteam_updated", "subteam_members_changed"),
        *_each(METADATA, "message_metadata_posted", "message_metadata_updated", "message_metadata_deleted"),
    ]
)

_ELSEWHERE = frozenset(
    {
        "commands",
        "chat:write.public",
        "chat:write.customize",
        "links.embed:write",
        "links:read",
        "links:write",
        "files:read",
        "pins:read",
        "bookmarks:read",
        "users.profile:read",
    }
)
BOT_SCOPES: Needs = _ELSEWHERE.union(*SCOPES_OF_METHOD.values(), *SCOPES_OF_EVENT.values()) - {
    "connections:write"
}
