"""What happened: every call, every ping, and everything the app did that Slack or a person would mind."""

from __future__ import annotations

from collections import deque
from dataclasses import dataclass, field
from datetime import datetime

from sandbox.refusal import Json
from sandbox.wire import Answer

KEPT = 20_000


@dataclass(frozen=True, slots=True)
class Call:
    """One Web API call of the app; `injected` when its answer was made trouble, not Slack's own."""

    at: datetime
    method: str
    args: Json
    answer: Answer
    injected: bool = False


@dataclass(frozen=True, slots=True)
class Defect:
    """Something real Slack would refuse, or a person would see as broken.

    kind: `refused`, `not acknowledged`, `bad answer`, `ping`; code: Slack's error or a short word.
    """

    at: datetime
    kind: str
    code: str
    what: str


@dataclass(frozen=True, slots=True)
class Ping:
    """A mention in a posted message that makes a sound somewhere."""

    at: datetime
    by: str
    channel: str
    ts: str
    whom: str


@dataclass(slots=True)
class Record:
    """The memory of tests and of the page's drawer; only the newest calls are kept."""

    calls: deque[Call] = field(default_factory=lambda: deque(maxlen=KEPT))
    defects: list[Defect] = field(default_factory=list)
    pings: list[Ping] = field(default_factory=list)

    def calls_of(self, method: str) -> list[Call]:
        return [call for call in self.calls if call.method == method]

    def defects_but(self, *codes: str) -> list[Defect]:
        """All defects except the refusals an app may count on, such as `hash_conflict`."""
        return [defect for defect in self.defects if defect.code not in codes]
