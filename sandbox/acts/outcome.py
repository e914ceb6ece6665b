"""How an interaction ended for the person: what Slack's window shows when it did not go well."""

from __future__ import annotations

from dataclasses import dataclass, field

from sandbox.envelopes import Reply
from sandbox.refusal import Json


@dataclass(frozen=True, slots=True)
class Outcome:
    """`trouble` is the message Slack shows (empty when all is well); `errors` stand under form fields."""

    trouble: str = ""
    errors: dict[str, str] = field(default_factory=dict)
    options: tuple[Json, ...] = ()

    @property
    def ok(self) -> bool:
        return not self.trouble and not self.errors


FINE = Outcome()
TROUBLE_CONNECTING = "We had some trouble connecting. Try again?"
WARNING_TRIANGLE = "⚠ this button did not work: the app did not answer"


def of_reply(reply: Reply, trouble: str) -> Outcome:
    """Fine when the app acknowledged, else `trouble`."""
    return FINE if reply.taken else Outcome(trouble)
