"""Offered before a second one is made: the decision that answers it, or the open conflict to join."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from typing import Literal

from council.conflict import Conflict, Facts, State
from council.words import fold, share_enough


@dataclass(frozen=True, slots=True)
class Likely:
    """A conflict that may be the same thing: decided (*this answers it*) or open (*join it*)."""

    conflict: Conflict
    kind: Literal["answers", "join"]


def likely(facts: Facts, known: Iterable[Conflict], today: date) -> tuple[Likely, ...]:
    """Decisions in force first, then open conflicts, the newest first; `known` are those one may see."""
    ordered = sorted(known, key=lambda conflict: conflict.reported_at, reverse=True)
    answers = [Likely(conflict, "answers") for conflict in ordered if _answers(facts, conflict, today)]
    joins = [Likely(conflict, "join") for conflict in ordered if _joinable(facts, conflict)]
    return (*answers, *joins)


def in_force(conflict: Conflict, today: date) -> bool:
    """True while the conflict's decision holds."""
    ruling = conflict.ruling
    if conflict.state is not State.DECIDED or ruling is None:
        return False
    return ruling.holds_until is None or today <= ruling.holds_until


def _answers(facts: Facts, conflict: Conflict, today: date) -> bool:
    same_type = conflict.facts.type == facts.type
    about_it = same_account(facts, conflict.facts) or share_enough(facts.subject, conflict.facts.subject)
    return in_force(conflict, today) and same_type and about_it


def _joinable(facts: Facts, conflict: Conflict) -> bool:
    """Same type and account, or the same sources and common words; same sources alone is no duplicate."""
    if not conflict.is_open:
        return False
    if facts.type == conflict.facts.type and same_account(facts, conflict.facts):
        return True
    same_sources = _sources(facts) == _sources(conflict.facts)
    return same_sources and share_enough(facts.subject, conflict.facts.subject)


def same_account(one: Facts, other: Facts) -> bool:
    """True when both name an account, and the same one."""
    return bool(one.account) and fold(one.account).strip() == fold(other.account).strip()


def _sources(facts: Facts) -> frozenset[str]:
    return frozenset(fold(signal.source).strip() for signal in facts.signals)
