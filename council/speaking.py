"""What can come of saying something: facts for who keeps the outbox, whoever does the speaking."""

from __future__ import annotations

from dataclasses import dataclass

SHARED = "is_ext_shared"
"""Our own reason to be `Unreachable`: people of another organisation read there. Slack would take it."""


@dataclass(frozen=True, slots=True)
class Said:
    """It stands there. `ts` is Slack's id of the message inside its channel."""

    channel: str
    ts: str


@dataclass(frozen=True, slots=True)
class Blocked:
    """Not taken, certainly: this method is to be asked again there after so many seconds."""

    seconds: float
    method: str
    channel: str


@dataclass(frozen=True, slots=True)
class Failed:
    """Not taken, certainly, and it may work later."""

    error: str


@dataclass(frozen=True, slots=True)
class Unknown:
    """The answer never came: it may have been said or not."""

    error: str


@dataclass(frozen=True, slots=True)
class Unreachable:
    """It can never be said there: archived, gone, deactivated, or refused for good."""

    error: str


@dataclass(frozen=True, slots=True)
class Refused:
    """It can never be said like this, wherever it goes: nobody takes it as it is."""

    error: str


@dataclass(frozen=True, slots=True)
class Deleted:
    """The message to be changed is not there any more."""


Trouble = Blocked | Failed
"""What passes by itself: the same is tried again later."""
Spoken = Said | Blocked | Failed | Unknown | Unreachable | Refused | Deleted
