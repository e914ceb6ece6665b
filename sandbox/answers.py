"""What an app answers outside the Web API: command bodies and posts to a response url."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any
from urllib.parse import parse_qs

from sandbox import posting
from sandbox.grants import RESPONSE_URL_LIFETIME, RESPONSE_URL_USES, ResponseUrl
from sandbox.messages import Ephemeral, Message
from sandbox.methods.chat import new_message
from sandbox.methods.content import Content, read_content
from sandbox.record import Call
from sandbox.refusal import Json, Refused
from sandbox.wire import Answer, Arguments

if TYPE_CHECKING:
    from sandbox.slack import Slack

METHOD = "response_url"


def answer_response_url(slack: Slack, key: str, body: bytes) -> Answer:
    """One post to a response url; success is the plain text `ok`, a refusal is never 200."""
    args = _body(body)
    if slack.faults.is_away(slack.now()):
        return _recorded(slack, args, Answer({}, 503, cut=True), injected=True)
    fault = slack.faults.take(METHOD, args or {})
    instead = fault.instead() if fault else None
    if instead is not None:
        return _recorded(slack, args, instead, injected=True)
    result = _post(slack, key, args)
    if fault is not None:
        result.delay, result.cut = fault.delay, fault.after_the_fact
    return _recorded(slack, args, result, injected=False)


def _post(slack: Slack, key: str, args: Json | None) -> Answer:
    url = slack.response_urls.get(key)
    if url is None:
        return Answer({"ok": False, "error": "invalid_url"}, 404)
    if slack.now() - url.given > RESPONSE_URL_LIFETIME:
        return Answer({"ok": False, "error": "expired_url"}, 404)
    if url.uses >= RESPONSE_URL_USES:
        return Answer({"ok": False, "error": "used_url"}, 404)
    if args is None:
        return Answer({"ok": False, "error": "invalid_payload"}, 400)
    try:
        show(slack, url, args)
    except Refused as refused:
        return Answer(refused.body(), 400)
    url.uses += 1
    return Answer({"ok": True})


def show(slack: Slack, url: ResponseUrl, body: Json) -> None:
    """Put an answer where it belongs: over the original, into the channel, or for one pair of eyes."""
    args = Arguments(body)
    if args.flag("delete_original"):
        _delete_original(slack, url)
        return
    content = read_content(args)
    if content.is_empty:
        raise Refused("no_text")
    if args.flag("replace_original"):
        _replace_original(slack, url, content)
    elif args.text("response_type", "ephemeral") == "in_channel":
        _into_channel(slack, url, content, args.text("thread_ts"))
    else:
        _whisper(slack, url, content, args.text("thread_ts"))


def _original(slack: Slack, url: ResponseUrl) -> Message | Ephemeral:
    if url.ephemeral:
        shown = slack.ephemerals.get(url.person, [])
        found: Message | Ephemeral | None = next((m for m in shown if m.ts == url.message_ts), None)
    else:
        found = slack.workspace.message(url.channel, url.message_ts)
    if found is None:
        raise Refused("invalid_payload")
    return found


def _delete_original(slack: Slack, url: ResponseUrl) -> None:
    original = _original(slack, url)
    if isinstance(original, Ephemeral):
        slack.ephemerals[url.person].remove(original)
        slack.changed()
    else:
        posting.take_away(slack, slack.workspace.channels[url.channel], original)


def _replace_original(slack: Slack, url: ResponseUrl, content: Content) -> None:
    original = _original(slack, url)
    blocks = posting.named(slack, content.blocks or [])
    if isinstance(original, Ephemeral):
        original.text, original.blocks = content.text, blocks
        slack.changed()
    else:
        channel = slack.workspace.channels[url.channel]
        posting.change(slack, channel, original, text=content.text, blocks=blocks)


def _into_channel(slack: Slack, url: ResponseUrl, content: Content, thread: str) -> None:
    posting.put(slack, slack.workspace.channels[url.channel], new_message(slack, content, thread))


def _whisper(slack: Slack, url: ResponseUrl, content: Content, thread: str) -> None:
    message = Ephemeral(slack.ids.ts(), url.channel, url.person, content.text, content.blocks or [])
    message.thread_ts = thread
    posting.whisper(slack, message)
    posting.note_pings(slack, url.channel, message.ts, slack.app.bot_user, content.text, content.blocks or [])
    if not url.message_ts:
        url.message_ts, url.ephemeral = message.ts, True


def _body(body: bytes) -> Json | None:
    text = body.decode("utf-8", "replace")
    if text.startswith("payload="):
        text = parse_qs(text).get("payload", [""])[0]
    try:
        found: Any = json.loads(text)
    except ValueError:
        return None
    return found if isinstance(found, dict) else None


def _recorded(slack: Slack, args: Json | None, result: Answer, *, injected: bool) -> Answer:
    slack.record.calls.append(Call(slack.now(), METHOD, args or {}, result, injected))
    if not injected and not result.ok:
        slack.defect("refused", result.error, f"{METHOD}: {result.body}")
    slack.changed()
    return result
