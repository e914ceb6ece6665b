"""Installing and removing the app: the OAuth page's part, revoked tokens, uninstalling."""

from __future__ import annotations

from typing import TYPE_CHECKING

from sandbox import events
from sandbox.grants import OAuthCode
from sandbox.refusal import NotPossible

if TYPE_CHECKING:
    from sandbox.slack import Slack


def allow(slack: Slack, installer: str, client_id: str, scope: str, redirect_uri: str) -> str:
    """Somebody presses *Allow* on the install page; gives the code the browser carries back."""
    wanted = frozenset(part.strip() for part in scope.split(",") if part.strip())
    if client_id != slack.app.client_id:
        raise NotPossible("invalid client_id parameter")
    if not redirect_allowed(slack, redirect_uri):
        raise NotPossible("redirect_uri did not match any configured URIs")
    unknown = wanted - frozenset(slack.manifest.scopes)
    if not wanted or unknown:
        raise NotPossible(f"invalid_scope: {', '.join(sorted(unknown)) or 'none asked for'}")
    code = OAuthCode(slack.ids.word(32), redirect_uri, wanted, installer, slack.now())
    slack.codes[code.code] = code
    return code.code


def redirect_allowed(slack: Slack, uri: str) -> bool:
    """An address below one of the app's redirect urls; empty means the first of them."""
    urls = slack.app.redirect_urls
    return not uri or not urls or any(uri.startswith(url) for url in urls)


def revoke_tokens(slack: Slack) -> None:
    """Every bot token ends; the app hears `tokens_revoked`."""
    tell = events.may_receive(slack, "tokens_revoked", None)
    for token in slack.tokens.values():
        token.revoked = token.revoked or token.kind == "bot"
    if tell:
        inner = {"type": "tokens_revoked", "tokens": {"oauth": [], "bot": [slack.app.bot_user]}}
        events.publish(slack, "tokens_revoked", {**inner, "event_ts": slack.ids.ts()})
    slack.changed()


def uninstall(slack: Slack) -> None:
    """The app is removed: tokens end, it leaves every channel, and hears of it once more."""
    revoke_tokens(slack)
    events.publish(slack, "app_uninstalled", {"type": "app_uninstalled", "event_ts": slack.ids.ts()})
    slack.app.installed = False
    for channel in slack.workspace.channels.values():
        if channel.kind in {"public", "private"} and slack.app.bot_user in channel.members:
            channel.members.remove(slack.app.bot_user)
    slack.homes.clear()
    slack.stacks.clear()
    slack.changed()
