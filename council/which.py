"""*Which number stands?*: from decisions in force, agreed sources and open conflicts, for one who asks.

It names only what somebody reported or decided, and only to those who may see it. A decision answers when
every word of the question is among those it is named by; what merely resembles it is offered as close to
it, never as the answer: the number of one region is not that of another.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from datetime import date

from council.conflict import Conflict, Signal, State
from council.duplicates import in_force, same_account
from council.finding import Asked, asked, subject_of, topic_of
from council.matrix import ConflictType, PrecedenceRule, number_of_record
from council.words import content_words, share_enough
from council.workspace import Configuration

BEST = 3
"""So many answers are named; whoever sees more asks more precisely."""
_SAID_BY_ALL = frozenset(
    """number numbers figure figures value stand stands standing decided agreed official right correct
    current currently valid present use used take show tell me please should shall must need now today
    conflict discrepancy disagreement contradiction""".split()
)
"""Words of the question itself, which say nothing about what is asked for."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Decided:
    """A decision in force, and the newest open conflict that questions it."""

    conflict: Conflict
    contested: Conflict | None = None

    @property
    def signal(self) -> Signal | None:
        """The signal that stands, when it is one."""
        ruling = self.conflict.ruling
        if ruling is None or ruling.stands != "one":
            return None
        return next((each for each in self.conflict.facts.signals if each.source == ruling.source), None)

    @property
    def value(self) -> str:
        """The number to use, else what the signal that stands says; empty when nobody named one."""
        ruling, signal = self.conflict.ruling, self.signal
        return (ruling.number if ruling else "") or (signal.says if signal else "")


@dataclass(frozen=True, slots=True, kw_only=True)
class Agreed:
    """A source that stands for a kind of conflict until somebody decides."""

    rule: PrecedenceRule
    kind: str
    """The kind's name."""
    decision: Conflict | None = None
    """The decision it came from, where there is one to be seen."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Answer:
    """What is known, the best first; all but `decided` and `others` only while nothing is decided."""

    decided: tuple[Decided, ...] = ()
    others: int = 0
    """How many more would answer as well."""
    agreed: tuple[Agreed, ...] = ()
    undecided: tuple[Conflict, ...] = ()
    """Open conflicts about it."""
    lapsed: Conflict | None = None
    """The newest decision about it that holds no more."""
    close: tuple[Decided, ...] = ()


def question_of(text: str) -> Asked:
    """The words that say what is asked for."""
    return asked(text, _SAID_BY_ALL)


def answer(
    question: Asked,
    known: Iterable[Conflict],
    configuration: Configuration,
    today: date,
    *,
    may_see: Callable[[Conflict], bool],
    about: str | None = None,
) -> Answer:
    """The one answer, out of what is known; `about` is the id of a conflict that is meant in any case."""
    seen = tuple(conflict for conflict in known if may_see(conflict))
    standing = tuple(_standing(question, seen, today, about))
    if standing:
        named = _named(question, standing)
        decided = (Decided(conflict=each, contested=_contesting(each, question, seen)) for each in named)
        return Answer(decided=tuple(decided), others=len(standing) - len(named))
    fitting = _fitting(question, seen, about)
    lapsed = (each for each in fitting if each.state is State.DECIDED)
    return Answer(
        agreed=tuple(_agreed(question, seen, configuration, today))[:BEST],
        undecided=tuple(each for each in fitting if each.is_open)[:BEST],
        lapsed=max(lapsed, key=lambda each: each.number, default=None),
        close=tuple(_close(question, seen, today))[:BEST],
    )


def named(
    question: Asked, known: Iterable[Conflict], today: date, about: str | None = None
) -> tuple[Conflict, ...]:
    """The decisions that would be named: what questions them has to be looked for before they are."""
    return _named(question, tuple(_standing(question, known, today, about)))


def _fitting(question: Asked, known: Iterable[Conflict], about: str | None) -> list[Conflict]:
    """What is asked for: by its subject first, then with the fewest other words in it, then the newest."""

    def place(conflict: Conflict) -> tuple[bool, int, int, int]:
        subject = subject_of(conflict)
        shared = question.found_in(subject)
        return conflict.id != about, -shared, len(subject) - shared, -conflict.number

    fitting = (each for each in known if each.id == about or question.covered_by(topic_of(each)))
    return sorted(fitting, key=place)


def _standing(
    question: Asked, known: Iterable[Conflict], today: date, about: str | None
) -> Iterator[Conflict]:
    return _newest_of_each(each for each in _fitting(question, known, about) if in_force(each, today))


def _newest_of_each(conflicts: Iterable[Conflict]) -> Iterator[Conflict]:
    """Of several decisions about the same thing the newest; the order stays."""
    newest: dict[object, Conflict] = {}
    for conflict in conflicts:
        thing = (conflict.facts.type, subject_of(conflict) or conflict.id)
        if thing not in newest or newest[thing].number < conflict.number:
            newest[thing] = conflict
    yield from newest.values()


def _named(question: Asked, standing: tuple[Conflict, ...]) -> tuple[Conflict, ...]:
    """The three best of those that are about it, or the only one whose whole subject was asked for."""
    whole = tuple(each for each in standing if subject_of(each) == frozenset(question.words))
    about = tuple(each for each in standing if question.covered_by(subject_of(each)))
    return whole if len(whole) == 1 else (about or standing)[:BEST]


def _contesting(decided: Conflict, question: Asked, seen: Iterable[Conflict]) -> Conflict | None:
    """The newest open one that questions it and is not about something else than what was asked."""
    meant = subject_of(decided).intersection(question.words)
    contesting = (each for each in seen if questions(each, decided) and meant <= topic_of(each))
    return max(contesting, key=lambda each: each.number, default=None)


def questions(conflict: Conflict, decided: Conflict) -> bool:
    """True for an open one that the decision would have been offered for as its answer."""
    one, other = conflict.facts, decided.facts
    if not conflict.is_open or one.type != other.type:
        return False
    if one.account and other.account:
        return same_account(one, other)
    return share_enough(one.subject, other.subject)


def _agreed(
    question: Asked, seen: Iterable[Conflict], configuration: Configuration, today: date
) -> Iterator[Agreed]:
    """The narrowest rule in force of each kind that is asked for, by its own words or by its kind's."""
    found: list[tuple[int, int, Agreed]] = []
    decisions = {each.number: each for each in seen if each.state is State.DECIDED}
    for kind in configuration.matrix:
        said = " ".join(question.words)
        rule = number_of_record(configuration.precedence, kind.key, said, today)
        if rule is None or kind.retired:
            continue
        shared = question.found_in(_words_of(rule, kind) - _SAID_BY_ALL)
        if shared:
            decision = decisions.get(rule.decision) if rule.decision else None
            found.append((-shared, -rule.narrowness, Agreed(rule=rule, kind=kind.name, decision=decision)))
    yield from (each for _, _, each in sorted(found, key=lambda each: each[:2]))


def _words_of(rule: PrecedenceRule, kind: ConflictType) -> frozenset[str]:
    scopes = (scope for scope in (rule.metric, rule.segment, rule.account) if scope)
    return content_words(" ".join((kind.name, *kind.sides, rule.stands, *scopes)))


def _close(question: Asked, seen: Iterable[Conflict], today: date) -> Iterator[Decided]:
    """Decisions in force that share two words and half of what was asked."""
    shared = [(question.found_in(topic_of(each)), each) for each in seen if in_force(each, today)]
    enough = [pair for pair in shared if pair[0] >= 2 and 2 * pair[0] >= len(question.words)]
    best = sorted(enough, key=lambda pair: (-pair[0], -pair[1].number))
    yield from (Decided(conflict=each) for each in _newest_of_each(each for _, each in best))
