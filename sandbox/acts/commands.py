"""Typing a slash command."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from sandbox import payloads, posting
from sandbox.acts.composing import command_text
from sandbox.acts.outcome import FINE, Outcome
from sandbox.acts.speaking import where
from sandbox.answers import show
from sandbox.messages import Ephemeral
from sandbox.refusal import NotPossible, Refused

if TYPE_CHECKING:
    from sandbox.channels import Channel
    from sandbox.envelopes import Envelope
    from sandbox.slack import Slack

_ERRORS = {"http_timeout": "operation_timeout"}


async def type_command(slack: Slack, person: str, channel: str, line: str, thread: str = "") -> Outcome:
    """Type `/command words`; the app's answer appears where it says, trouble for this person alone."""
    if thread:
        raise NotPossible("slash commands cannot be used in threads")
    place = where(slack, person, channel)
    envelope = _command(slack, person, place, line)
    reply = await slack.ask(envelope)
    if not reply.taken:
        return _failed(slack, person, place, line, _ERRORS.get(reply.failure, "dispatch_failed"))
    return _answered(slack, person, place, line, envelope, reply.body)


def _command(slack: Slack, person: str, place: Channel, line: str) -> Envelope:
    name, _, text = line.partition(" ")
    declared = slack.manifest.commands.get(name)
    if declared is None or not slack.granted("commands"):
        raise NotPossible(f"{name} is not a valid command")
    text = text.strip()
    if declared.should_escape:
        text = command_text(slack.workspace, text)
    return payloads.command(slack, person, place, name, text)


def _answered(slack: Slack, person: str, place: Channel, line: str, envelope: Envelope, body: Any) -> Outcome:
    if body in (None, "", {}):
        return FINE
    answer = body if isinstance(body, dict) else {"text": body}
    url = slack.response_urls[str(envelope.payload["response_url"]).partition("/hooks/commands/")[2]]
    try:
        show(slack, url, answer)
    except Refused as refused:
        slack.defect("bad answer", refused.code, f"answer to {line}: {refused.details}")
        return _failed(slack, person, place, line, "dispatch_unknown_error")
    return FINE


def _failed(slack: Slack, person: str, place: Channel, line: str, error: str) -> Outcome:
    name = line.partition(" ")[0]
    text = f'{name} failed with the error "{error}"'
    message = Ephemeral(slack.ids.ts(), place.id, person, text, from_app=False)
    posting.whisper(slack, message)
    return Outcome(text)
