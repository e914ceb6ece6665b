"""What one message speaks of, with all that is said beside it; found by who sends, drawn by who speaks."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from council.action_item import ActionItem
from council.coming_back import WhileAway
from council.conflict import Conflict
from storage.messages import Message
from storage.outbox import Waiting


@dataclass(frozen=True, slots=True, kw_only=True)
class Subject:
    """A notice (None for a card) and its conflict or action item.

    `card` is where the conflict can be seen, `similar` a decision like it, `missing` the open requests for
    data that its owner waits for.
    """

    waiting: Waiting | None = None
    conflict: Conflict | None = None
    item: ActionItem | None = None
    card: Message | None = None
    similar: Conflict | None = None
    missing: tuple[ActionItem, ...] = ()
    away: WhileAway | None = None
    """What happened while its receiver was away, for the message on their return."""

    @property
    def people(self) -> Iterator[str]:
        """Everybody who may be named in it."""
        facts = self.waiting.notice.facts if self.waiting else {}
        yield from (str(facts[key]) for key in ("by", "before") if facts.get(key))
        yield from self.conflict.insiders if self.conflict else ()
        yield from self.away.people if self.away else ()
        for item in (*self.missing, *((self.item,) if self.item else ())):
            yield from (item.owner, item.asked_by)
