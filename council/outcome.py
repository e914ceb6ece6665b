"""What a rule returns: values to be saved in one transaction, and nothing that has happened yet."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from council.action_item import ItemOutcome
from council.conflict import Conflict, Context, Event
from council.notice import Notice


@dataclass(frozen=True, slots=True, kw_only=True)
class Outcome:
    """The conflict after the rule, its new timeline rows, what to say, and when to look again (aware UTC)."""

    conflict: Conflict
    timeline: tuple[Event, ...] = ()
    notices: tuple[Notice, ...] = ()
    context: tuple[Context, ...] = ()
    wake_at: datetime | None = None
    items: tuple[ItemOutcome, ...] = ()
    hides: bool = False
    """Its card and its line in the log are taken down: it has become confidential."""
