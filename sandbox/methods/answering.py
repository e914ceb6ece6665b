"""From a request to an answer: trouble, token, rate, scope, arguments, then the method itself."""

from __future__ import annotations

from typing import TYPE_CHECKING

from sandbox.methods import CATALOGUE
from sandbox.methods.registry import Caller, Method, need_scope
from sandbox.record import Call
from sandbox.refusal import Json, Refused, missing
from sandbox.wire import Answer, Arguments, Request, arguments, charset_warning

if TYPE_CHECKING:
    from sandbox.grants import Token
    from sandbox.slack import Slack

_MISSING_CODE = {
    ("chat.postMessage", "channel"): "channel_not_found",
    ("chat.update", "channel"): "channel_not_found",
    ("chat.delete", "channel"): "channel_not_found",
    ("conversations.info", "channel"): "channel_not_found",
    ("conversations.join", "channel"): "channel_not_found",
    ("users.info", "user"): "user_not_found",
    ("conversations.create", "name"): "invalid_name_required",
}


def answer(slack: Slack, name: str, request: Request) -> Answer:
    """Answer a call and write it down; planned trouble comes first, or after the work is done."""
    args = _for_the_record(request)
    if slack.faults.is_away(slack.now()):
        return _recorded(slack, name, args, Answer({}, 503, cut=True), injected=True)
    fault = slack.faults.take(name, args)
    instead = fault.instead() if fault else None
    if instead is not None:
        return _recorded(slack, name, args, instead, injected=True)
    result = _work(slack, name, request)
    if fault is not None:
        result.delay, result.cut = fault.delay, fault.after_the_fact
    return _recorded(slack, name, args, result, injected=False)


def _work(slack: Slack, name: str, request: Request) -> Answer:
    found = CATALOGUE.get(name)
    if found is None:
        return Answer({"ok": False, "error": "unknown_method", "req_method": name})
    try:
        body, token = _do(slack, found, request)
    except _TooFast as fast:
        return Answer({"ok": False, "error": "ratelimited"}, 429, {"Retry-After": str(fast.seconds)})
    except Refused as refused:
        return Answer(refused.body())
    warning = charset_warning(request)
    if warning:
        body = {**body, "warning": warning, "response_metadata": _with_warning(body, warning)}
    return Answer({"ok": True, **body}, headers=_scope_headers(found, token))


def _do(slack: Slack, found: Method, request: Request) -> tuple[Json, Token | None]:
    token = _token(slack, found, request)
    args = arguments(request, form_only=found.form_only)
    wait = slack.rates.wait(found.name, found.tier, str(args.values.get("channel", "")), slack.now())
    if wait:
        raise _TooFast(wait)
    _check_scopes(found, token)
    _check_required(found, args)
    return found.run(slack, Caller(token, request), args), token


def _token(slack: Slack, found: Method, request: Request) -> Token | None:
    if not found.kinds:
        return None
    if "app" in found.kinds and request.verb == "GET":
        raise Refused("insecure_request")
    text = request.token()
    if not text:
        raise Refused("missing_args" if "app" in found.kinds else "not_authed")
    token = slack.tokens.get(text)
    if token is None:
        raise Refused("invalid_auth")
    if token.revoked:
        raise Refused("account_inactive" if token.kind == "bot" else "token_revoked")
    if token.expires is not None and token.expires <= slack.now():
        raise Refused("token_expired")
    if token.kind not in found.kinds:
        raise Refused("not_allowed_token_type")
    return token


def _check_scopes(found: Method, token: Token | None) -> None:
    if token is None:
        return
    for scope in found.scopes:
        need_scope(token.scopes, scope)
    if found.any_scope and not token.scopes.intersection(found.any_scope):
        needed = ",".join(found.any_scope)
        raise Refused("missing_scope", needed=needed, provided=",".join(sorted(token.scopes)))


def _check_required(found: Method, args: Arguments) -> None:
    for name in found.required:
        if args.values.get(name) in (None, ""):
            code = _MISSING_CODE.get((found.name, name))
            raise Refused(code) if code else missing(name)


def _scope_headers(found: Method, token: Token | None) -> dict[str, str]:
    if token is None:
        return {}
    return {
        "x-oauth-scopes": ",".join(sorted(token.scopes)),
        "x-accepted-oauth-scopes": ",".join(found.scopes or found.any_scope),
    }


def _with_warning(body: Json, warning: str) -> Json:
    metadata: Json = {**body.get("response_metadata", {})}
    metadata["warnings"] = [*metadata.get("warnings", []), warning]
    return metadata


def _for_the_record(request: Request) -> Json:
    try:
        args = dict(arguments(request, form_only=False).values)
    except Refused:
        args = {}
    args.pop("token", None)
    return args


def _recorded(slack: Slack, name: str, args: Json, result: Answer, *, injected: bool) -> Answer:
    slack.record.calls.append(Call(slack.now(), name, args, result, injected))
    if not injected and not result.ok:
        slack.defect("refused", result.error, f"{name}: {_reason(result.body)}")
    slack.changed()
    return result


def _reason(body: Json) -> str:
    messages = body.get("response_metadata", {}).get("messages") or []
    return "; ".join([str(body["error"]), *map(str, messages)])


class _TooFast(Exception):
    def __init__(self, seconds: int) -> None:
        super().__init__(seconds)
        self.seconds = seconds
