"""What one message speaks of, with all that is said beside it; found by who sends, drawn by who speaks."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field

from council.action_item import ActionItem
from council.agenda import Material
from council.calendar_series import Dates
from council.coming_back import WhileAway
from council.conflict import Conflict
from council.meeting import Meeting
from council.planning import Standing
from council.standup import Standup, Theirs
from council.succeeding import Vacated
from storage.messages import Message
from storage.outbox import Waiting

Other = ActionItem | Dates | Meeting | Standing | Standup | Vacated | WhileAway
"""What a message may speak of besides a conflict; `WhileAway`: what happened to its receiver meanwhile.

`Dates`: what is in the calendar they asked for."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Subject:
    """A notice (None for a message that follows its subject) and its conflict, or what `other` it is about.

    `card` is where the conflict can be seen, `similar` a decision like it, `missing` the open requests for
    data that its owner waits for, `material` what an agenda is drawn from, `conflicts` those that a meeting
    speaks of.
    """

    waiting: Waiting | None = None
    conflict: Conflict | None = None
    other: Other | None = None
    card: Message | None = None
    similar: Conflict | None = None
    missing: tuple[ActionItem, ...] = ()
    material: Material | None = None
    theirs: Theirs | None = None
    """What of its receiver's is open, for who is asked before a standup."""
    conflicts: Mapping[str, Conflict] = field(default_factory=dict)

    @property
    def found(self) -> bool:
        """False once what it was about is gone."""
        return self.conflict is not None or self.other is not None

    @property
    def people(self) -> Iterator[str]:
        """Everybody who may be named in it."""
        facts = self.waiting.notice.facts if self.waiting else {}
        yield from (str(facts[key]) for key in ("by", "before") if facts.get(key))
        yield from self.conflict.insiders if self.conflict else ()
        yield from self.other.people if self.other else ()
        yield from self.material.people if self.material else ()
        for conflict in self.conflicts.values():
            yield from conflict.insiders
        for item in self.missing:
            yield from item.people


@dataclass(frozen=True, slots=True, kw_only=True)
class Gathered:
    """Several things in one message: those with a line of their own, and how many there are in all.

    `live`: the ids of the notices whose line still has its buttons.
    """

    parts: tuple[Subject, ...]
    count: int
    live: frozenset[str]

    @property
    def people(self) -> Iterator[str]:
        """Everybody who may be named in it."""
        for part in self.parts:
            yield from part.people
