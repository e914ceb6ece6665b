"""People and channels as Slack last described them, and when people are away."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime, time
from typing import Literal

Barred = Literal["guest", "bot", "deactivated", "foreign"]
Members = Mapping[str, frozenset[str]]
"""Who is known to be in which private channel, by its id. Unknown = not a member."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Person:
    """A Slack user as we know them; `zone` is an IANA name, `fetched_at` aware UTC."""

    id: str
    name: str
    zone: str = "UTC"
    email: str | None = None
    guest: bool = False
    bot: bool = False
    deactivated: bool = False
    foreign: bool = False
    admin: bool = False
    status: str = ""
    """What their Slack status says, as far as it says that they are away; `status_until`: when it ends."""
    status_until: datetime | None = None
    fetched_at: datetime | None = None
    morning: time | None = None
    """When their day begins, if they chose that; Slack knows nothing of it."""

    def looks_away(self, now: datetime) -> bool:
        """True while their Slack status says that they are away."""
        return bool(self.status) and (self.status_until is None or now < self.status_until)

    @property
    def barred(self) -> Barred | None:
        """Why this person may do nothing here, or None for a full member of the workspace."""
        for reason in ("deactivated", "foreign", "bot", "guest"):
            if getattr(self, reason):
                return reason
        return None


@dataclass(frozen=True, slots=True, kw_only=True)
class Channel:
    """A Slack conversation as we know it; `bot_in` is None while nobody looked."""

    id: str
    name: str = ""
    kind: Literal["public", "private", "im", "mpim"] = "public"
    archived: bool = False
    shared: bool = False
    bot_in: bool | None = None
    fetched_at: datetime | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Absence:
    """A person is away from `since` until `until` (aware UTC, half open), for every seat they have."""

    id: str = ""
    person: str
    since: datetime
    until: datetime
    stand_in: str | None = None

    def covers(self, instant: datetime) -> bool:
        """True while the person is away at `instant`."""
        return self.since <= instant < self.until
