"""apps.connections.open, apps.event.authorizations.list, auth.revoke, apps.uninstall."""

from __future__ import annotations

from typing import TYPE_CHECKING

from sandbox import installing
from sandbox.methods.registry import method
from sandbox.refusal import Json, Refused

if TYPE_CHECKING:
    from sandbox.methods.registry import Caller
    from sandbox.slack import Slack
    from sandbox.wire import Arguments


@method("apps.connections.open", tier=3, scopes=("connections:write",), kinds=("app",))
def connections_open(slack: Slack, caller: Caller, args: Arguments) -> Json:
    if not slack.manifest.socket_mode:
        raise Refused("forbidden_team")
    ticket = slack.ids.uuid()
    slack.tickets.add(ticket)
    socket = slack.base_url.replace("http", "ws", 1)
    return {"url": f"{socket}/link/?ticket={ticket}&app_id={slack.app.id}"}


@method(
    "apps.event.authorizations.list",
    tier=4,
    scopes=("authorizations:read",),
    kinds=("app",),
    required=("event_context",),
)
def authorizations(slack: Slack, caller: Caller, args: Arguments) -> Json:
    one = {"team_id": slack.workspace.team, "user_id": slack.app.bot_user, "is_bot": True}
    return {"authorizations": [{**one, "enterprise_id": None, "is_enterprise_install": False}]}


@method("auth.revoke", tier=3)
def revoke(slack: Slack, caller: Caller, args: Arguments) -> Json:
    if args.flag("test"):
        return {"revoked": False}
    installing.revoke_tokens(slack)
    return {"revoked": True}


@method("apps.uninstall", tier=5, required=("client_id", "client_secret"))
def uninstall(slack: Slack, caller: Caller, args: Arguments) -> Json:
    if args.text("client_id") != slack.app.client_id:
        raise Refused("invalid_client_id")
    if args.text("client_secret") != slack.app.client_secret:
        raise Refused("bad_client_secret")
    installing.uninstall(slack)
    return {}
