"""conversations.open and close."""

from __future__ import annotations

from typing import TYPE_CHECKING

from sandbox.channels import Channel
from sandbox.methods.reach import channel_of, person_of
from sandbox.methods.registry import method, need_scope
from sandbox.refusal import Json, Refused

if TYPE_CHECKING:
    from sandbox.methods.registry import Caller
    from sandbox.slack import Slack
    from sandbox.wire import Arguments

MOST_PEOPLE = 8


@method("conversations.open", tier=3, any_scope=("im:write", "mpim:write"))
def open_direct(slack: Slack, caller: Caller, args: Arguments) -> Json:
    if args.has("channel"):
        channel = channel_of(slack, caller, args.text("channel"))
        if channel.kind not in {"im", "mpim"}:
            raise Refused("method_not_supported_for_channel_type")
        return _opened(channel, caller, args, already=True)
    people = _people(slack, caller, args)
    everybody = {caller.user, *people}
    existing = slack.workspace.existing_direct(everybody)
    if existing is None and args.flag("prevent_creation"):
        raise Refused("channel_not_found")
    channel = existing or slack.workspace.direct(caller.user, *people)
    return _opened(channel, caller, args, already=existing is not None)


def _people(slack: Slack, caller: Caller, args: Arguments) -> list[str]:
    people = args.items("users")
    if not people:
        raise Refused("users_list_not_supplied")
    if len(people) > MOST_PEOPLE:
        raise Refused("too_many_users")
    need_scope(caller.scopes, "im:write" if len(people) == 1 else "mpim:write")
    for person in people:
        _check_person(slack, caller, person)
    return people


def _check_person(slack: Slack, caller: Caller, name: str) -> None:
    person = person_of(slack, name)
    if person.deactivated:
        raise Refused("user_disabled")
    if person.bot:
        raise Refused("invalid_user_combination" if name == caller.user else "cannot_dm_bot")


def _opened(channel: Channel, caller: Caller, args: Arguments, *, already: bool) -> Json:
    shown = channel.as_json(caller.user) if args.flag("return_im") else {"id": channel.id}
    body: Json = {"channel": shown}
    return {**body, "no_op": True, "already_open": True} if already else body
