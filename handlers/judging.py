"""What Slack's answers mean for what was to be said, above all those that are not ok."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import aiohttp
from slack_sdk.errors import SlackApiError

from council.speaking import Blocked, Deleted, Failed, Refused, Spoken, Trouble, Unknown, Unreachable

POST = "chat.postMessage"
SHARE = "files.completeUploadExternal"
PERMANENT = frozenset(
    """is_archived channel_not_found user_disabled user_not_found cannot_dm_bot not_in_channel
    restricted_action is_inactive method_not_supported_for_channel_type messages_tab_disabled
    user_not_visible restricted_action_read_only_channel channel_type_not_supported""".split()
)
GONE = frozenset({"message_not_found", "cant_update_message", "edit_window_closed"})
LIMITED = frozenset({"ratelimited", "rate_limited", "message_limit_exceeded"})
PASSING = frozenset(
    """invalid_auth not_authed account_inactive token_revoked token_expired missing_scope no_permission
    org_login_required ekm_access_denied accesslimited team_access_not_granted team_added_to_org""".split()
)
"""What is wrong with the app's access, not with what is said: it may work again later."""
NO_RIGHT = frozenset({"missing_scope", "no_permission"})
UNSURE = frozenset({"internal_error", "fatal_error", "request_timeout", "service_unavailable"})
"""Slack itself stumbled: what it was asked may have been done."""


def judged(problem: Exception, method: str, place: str) -> Spoken:
    """What an answer that is not ok means, or one that never came."""
    if not isinstance(problem, SlackApiError):
        sent = not isinstance(problem, aiohttp.ClientConnectorError)
        return _unsure(type(problem).__name__, method) if sent else Failed(type(problem).__name__)
    response, status, error = problem.response, status_of(problem), error_of(problem)
    if status == 429 or error in LIMITED:
        return Blocked(_retry_after(response), method, place)
    if status >= 500 or error in UNSURE:
        return _unsure(error, method)
    if error in GONE:
        return Deleted()
    if error in PERMANENT:
        return Unreachable(error)
    return Failed(error) if error in PASSING or error.startswith("http") else Refused(error)


def stumbles(problem: Exception) -> bool:
    """True when Slack is away, busy or silent: the same question may be answered a little later."""
    if isinstance(problem, SlackApiError):
        status, error = status_of(problem), error_of(problem)
        return status == 429 or status >= 500 or error in LIMITED | UNSURE
    lost = isinstance(problem, TimeoutError | aiohttp.ClientError)
    return lost and not isinstance(problem, aiohttp.ClientConnectorError)


def status_of(problem: SlackApiError) -> int:
    """The HTTP status; what is no answer of the Web API comes as another kind of response."""
    response = problem.response
    return int(getattr(response, "status_code", None) or getattr(response, "status", None) or 200)


def error_of(problem: SlackApiError) -> str:
    """Slack's error code, or the status of an answer that has none: text, a page of HTML, nothing."""
    data = getattr(problem.response, "data", None)
    return str((data.get("error") if isinstance(data, Mapping) else "") or f"http {status_of(problem)}")


def _unsure(error: str, method: str) -> Spoken:
    """Only a post must not be repeated blindly; everything else may."""
    return Unknown(error) if method in (POST, SHARE) else Failed(error)


def _retry_after(response: Any) -> float:
    headers = {str(name).lower(): value for name, value in dict(response.headers).items()}
    try:
        return float(headers.get("retry-after") or 1)
    except ValueError:
        return 1.0


def unreadable(problem: Exception, channel: str) -> Unreachable | Trouble:
    """Why a conversation can't be read: for now, or ever, because the app may not."""
    came = judged(problem, "conversations.history", channel)
    if isinstance(came, Blocked | Failed):
        return Unreachable(came.error) if isinstance(came, Failed) and came.error in NO_RIGHT else came
    return Unreachable(getattr(came, "error", ""))
