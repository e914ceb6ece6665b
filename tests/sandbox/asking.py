"""Calling the sandbox's methods as the app does, without a network."""

from __future__ import annotations

import json
from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any

from sandbox.envelopes import Envelope, Reply
from sandbox.refusal import Json
from sandbox.slack import Slack
from sandbox.wire import Answer, as_json_call, as_query_call

READING = (
    "conversations.",
    "users.",
    "usergroups.",
    "chat.getPermalink",
    "chat.delete",
    "files.",
    "reactions.",
    "pins.",
    "bookmarks.",
    "blocks.",
)


@dataclass(slots=True)
class Asking:
    """The app, asking: `asking("chat.postMessage", channel="C1", text="hi")`."""

    slack: Slack

    def __call__(self, method: str, **args: Any) -> Answer:
        """One call with the bot's token, in the wire form the Python client uses for this method."""
        token = self.slack.bot_token()
        if method.startswith(READING):
            return self.slack.call(
                method, as_query_call(token, {k: _flat(v) for k, v in args.items()}, "POST")
            )
        return self.slack.call(method, as_json_call(token, args))

    def done(self, method: str, **args: Any) -> Json:
        """A call that must succeed."""
        answer = self(method, **args)
        assert answer.ok, f"{method} {args}: {answer.body}"
        return answer.body

    def post(self, channel: str = "C0SALES", text: str = "hi", **args: Any) -> str:
        """Post something and give its timestamp."""
        return str(self.done("chat.postMessage", channel=channel, text=text, **args)["ts"])

    def join(self, channel: str) -> str:
        """Put the bot into a channel, as an invitation would."""
        self.slack.workspace.channels[channel].members.append(self.slack.app.bot_user)
        return channel


@dataclass(slots=True)
class Ear:
    """A line to nowhere: keeps what would be delivered and answers what it was told to."""

    slack: Slack
    answer: Callable[[Envelope], Reply] = field(default=lambda _: Reply())
    heard: list[Envelope] = field(default_factory=list)

    async def carry(self, envelope: Envelope, seconds: float) -> Reply:
        self.heard.append(envelope)
        return self.answer(envelope)

    def events(self, kind: str = "") -> list[Json]:
        """The inner events heard, of one type or all."""
        inner = [e.payload["event"] for e in self.heard if e.kind == "events_api"]
        return [event for event in inner if kind in {"", event["type"]}]

    def last(self, kind: str) -> Json:
        """The newest interaction payload of one type."""
        return [e.payload for e in self.heard if e.payload.get("type") == kind][-1]


def _flat(value: Any) -> str:
    return value if isinstance(value, str) else json.dumps(value)
