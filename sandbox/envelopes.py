"""What Slack sends to an app: one envelope per delivery."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any, Literal

from sandbox.refusal import Json

Kind = Literal["events_api", "slash_commands", "interactive"]


@dataclass(frozen=True, slots=True)
class Envelope:
    """One delivery; `answerable` says whether the acknowledgement may carry an answer."""

    id: str
    kind: Kind
    payload: Json
    answerable: bool
    attempt: int = 0
    reason: str = ""

    @property
    def event_id(self) -> str:
        return str(self.payload.get("event_id", ""))

    def on_the_wire(self) -> Json:
        """The JSON object a socket carries."""
        wire: Json = {
            "envelope_id": self.id,
            "type": self.kind,
            "accepts_response_payload": self.answerable,
            "payload": self.payload,
        }
        if self.kind == "events_api":
            wire |= {"retry_attempt": self.attempt, "retry_reason": self.reason}
        return wire


@dataclass(frozen=True, slots=True)
class Reply:
    """How the app took a delivery. `failure` is a retry reason such as `http_timeout`; `body` its answer."""

    body: Any = None
    failure: str = ""
    no_retry: bool = False

    @property
    def taken(self) -> bool:
        return not self.failure
