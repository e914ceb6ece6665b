"""usergroups.list and usergroups.users.list."""

from __future__ import annotations

from typing import TYPE_CHECKING

from sandbox.methods.registry import method
from sandbox.refusal import Json, Refused

if TYPE_CHECKING:
    from sandbox.methods.registry import Caller
    from sandbox.slack import Slack
    from sandbox.wire import Arguments


@method("usergroups.list", tier=2, scopes=("usergroups:read",), form_only=True)
def list_all(slack: Slack, caller: Caller, args: Arguments) -> Json:
    _need_plan(slack)
    with_people, disabled = args.flag("include_users"), args.flag("include_disabled")
    groups = [g for g in slack.workspace.user_groups.values() if disabled or not g["date_delete"]]
    return {"usergroups": [_shown(group, with_people=with_people) for group in groups]}


@method("usergroups.users.list", tier=2, scopes=("usergroups:read",), form_only=True, required=("usergroup",))
def list_people(slack: Slack, caller: Caller, args: Arguments) -> Json:
    _need_plan(slack)
    group = slack.workspace.user_groups.get(args.text("usergroup"))
    if group is None:
        raise Refused("no_such_subteam")
    return {"users": list(group["users"])}


def _need_plan(slack: Slack) -> None:
    if not slack.workspace.paid:
        raise Refused("plan_upgrade_required")


def _shown(group: Json, *, with_people: bool) -> Json:
    return {key: value for key, value in group.items() if key != "users" or with_people}
