"""What a conflict is found by, and which of those that are found comes first."""

from __future__ import annotations

from collections.abc import Collection, Iterable
from dataclasses import dataclass
from datetime import date

from council.conflict import Conflict, State
from council.words import content_words, words_in_order

LONGEST = 60
"""Letters of a word that count: what is longer is no word, and databases refuse the longest."""
MOST_ASKED = 12
"""Words of a question that count: a whole page pasted in asks nothing more precise."""
NEWEST = 200
"""Of all that has the words so many are compared with one another, the newest."""
LEAST_BEGINNING = 3
"""Letters a beginning must have to stand for the words that begin so."""


@dataclass(frozen=True, slots=True)
class Asked:
    """The words of a question in the order they were typed, folded; the last may be only begun."""

    words: tuple[str, ...]

    @property
    def beginning(self) -> str:
        """What other words may begin with; empty when it is too short to tell."""
        last = self.words[-1] if self.words else ""
        return last if len(last) >= LEAST_BEGINNING else ""

    def found_in(self, said: Collection[str]) -> int:
        """How many of them were said."""
        return sum(word in said for word in self.words) + self._begun(said)

    def covered_by(self, said: Collection[str]) -> bool:
        """True when every one of them was said."""
        return bool(self.words) and self.found_in(said) == len(self.words)

    def _begun(self, said: Collection[str]) -> int:
        begun = self.beginning
        return int(bool(begun) and begun not in said and any(word.startswith(begun) for word in said))


def asked(text: str, leave_out: Collection[str] = ()) -> Asked:
    """What a person typed, as a question: nothing of it is a command, whatever signs are in it."""
    words = (word for word in words_in_order(text) if word not in leave_out)
    return Asked(tuple(dict.fromkeys(word[:LONGEST] for word in words))[:MOST_ASKED])


def subject_of(conflict: Conflict) -> frozenset[str]:
    """The words it is about: what they disagree about, and the account."""
    return _words((conflict.facts.subject, conflict.facts.account))


def topic_of(conflict: Conflict) -> frozenset[str]:
    """The words somebody names it by: its subject, kind, sources, what waits on it, what was decided."""
    facts, ruling = conflict.facts, conflict.ruling
    sources = (signal.source for signal in facts.signals)
    decision = ruling.decision if ruling else ""
    return subject_of(conflict) | _words((conflict.type_name, facts.waiting, *sources, decision))


def said_in(conflict: Conflict) -> frozenset[str]:
    """Every word it is found by; what was added later as context is not among them."""
    says = (signal.says for signal in conflict.facts.signals)
    ruling = conflict.ruling
    decided = (ruling.number, ruling.why, ruling.lesson) if ruling else ()
    return topic_of(conflict) | _words((*says, *decided))


def _words(texts: Iterable[str]) -> frozenset[str]:
    return frozenset(word[:LONGEST] for text in texts for word in content_words(text))


@dataclass(frozen=True, slots=True, kw_only=True)
class Hit:
    """What is known of a conflict before it is read whole."""

    id: str
    number: int
    state: State
    holds_until: date | None
    subject: frozenset[str]
    said: frozenset[str]

    def alive(self, today: date) -> bool:
        """True while somebody is asked to decide, or the decision holds."""
        if self.state is State.DECIDED:
            return self.holds_until is None or today <= self.holds_until
        return self.state in (State.OPEN, State.ACKNOWLEDGED)


def ranked(hits: Iterable[Hit], question: Asked, today: date) -> tuple[Hit, ...]:
    """Most of the words first, then most of them in the subject, then what is alive, then the newest."""

    def place(hit: Hit) -> tuple[int, int, bool, int]:
        shared, about = question.found_in(hit.said), question.found_in(hit.subject)
        return -shared, -about, not hit.alive(today), -hit.number

    return tuple(sorted(hits, key=place))
