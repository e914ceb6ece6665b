"""conversations.list and users.conversations."""

from __future__ import annotations

from typing import TYPE_CHECKING

from sandbox.channels import KIND_OF_TYPE, READ_SCOPES, Channel, Kind
from sandbox.methods.reach import page, with_cursor
from sandbox.methods.registry import READING_CHANNELS, method, need_scope
from sandbox.refusal import Json, Refused

if TYPE_CHECKING:
    from sandbox.methods.registry import Caller
    from sandbox.slack import Slack
    from sandbox.wire import Arguments


@method("conversations.list", tier=2, any_scope=READING_CHANNELS, form_only=True)
def list_all(slack: Slack, caller: Caller, args: Arguments) -> Json:
    found = [
        channel
        for channel in _of_kinds(slack, caller, args)
        if not channel.is_private or caller.user in channel.members
    ]
    return _listed(found, caller, args)


@method("users.conversations", tier=3, any_scope=READING_CHANNELS, form_only=True)
def list_of_person(slack: Slack, caller: Caller, args: Arguments) -> Json:
    person = args.text("user", caller.user)
    if person not in slack.workspace.people:
        raise Refused("user_not_found")
    found = [
        channel
        for channel in _of_kinds(slack, caller, args)
        if person in channel.members and (not channel.is_private or caller.user in channel.members)
    ]
    return _listed(found, caller, args)


def _of_kinds(slack: Slack, caller: Caller, args: Arguments) -> list[Channel]:
    names = args.items("types") or ["public_channel"]
    if set(names) - set(KIND_OF_TYPE):
        raise Refused("invalid_types")
    kinds: list[Kind] = [KIND_OF_TYPE[name] for name in names]
    for kind in kinds:
        need_scope(caller.scopes, READ_SCOPES[kind])
    skip_archived = args.flag("exclude_archived")
    channels = slack.workspace.channels.values()
    return [c for c in channels if c.kind in kinds and not (skip_archived and c.archived)]


def _listed(found: list[Channel], caller: Caller, args: Arguments) -> Json:
    shown, cursor = page(found, args, default=100, most=1000)
    channels = [channel.as_json(caller.user, num_members=True) for channel in shown]
    return with_cursor({"channels": channels}, cursor)
