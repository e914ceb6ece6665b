"""oauth.v2.access."""

from __future__ import annotations

from typing import TYPE_CHECKING

from sandbox.grants import CODE_LIFETIME, OAuthCode
from sandbox.installing import redirect_allowed
from sandbox.methods.registry import method
from sandbox.refusal import Json, Refused

if TYPE_CHECKING:
    from sandbox.methods.registry import Caller
    from sandbox.slack import Slack
    from sandbox.wire import Arguments


@method("oauth.v2.access", tier=5, kinds=(), form_only=True)
def access(slack: Slack, caller: Caller, args: Arguments) -> Json:
    _check_client(slack, caller, args)
    if args.text("grant_type") not in {"", "authorization_code"}:
        raise Refused("invalid_grant_type")
    code = _code(slack, args.text("code"))
    if args.text("redirect_uri") != code.redirect_uri or not redirect_allowed(slack, code.redirect_uri):
        raise Refused("bad_redirect_uri")
    code.used = True
    token = slack.install(code.installer)
    slack.tokens[token].scopes = code.scopes
    return {
        "access_token": token,
        "token_type": "bot",
        "scope": ",".join(sorted(code.scopes)),
        "bot_user_id": slack.app.bot_user,
        "app_id": slack.app.id,
        "team": {"id": slack.workspace.team, "name": slack.workspace.name},
        "enterprise": None,
        "authed_user": {"id": code.installer},
        "is_enterprise_install": False,
    }


def _check_client(slack: Slack, caller: Caller, args: Arguments) -> None:
    basic = caller.request.basic()
    name, secret = basic or (args.text("client_id"), args.text("client_secret"))
    if name != slack.app.client_id:
        raise Refused("invalid_client_id")
    if secret != slack.app.client_secret:
        raise Refused("bad_client_secret")


def _code(slack: Slack, text: str) -> OAuthCode:
    code = slack.codes.get(text)
    if code is None or slack.now() - code.given > CODE_LIFETIME:
        raise Refused("invalid_code")
    if code.used:
        raise Refused("code_already_used")
    return code
