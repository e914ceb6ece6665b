"""What a question is made of, what a conflict is found by, and which comes first."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest

from council.conflict import State
from council.finding import Asked, Hit, asked, ranked, said_in, subject_of, topic_of
from tests.council.builders import RULING, TUESDAY, decided, northwind, reported

TODAY = date(2025, 11, 18)


@pytest.mark.parametrize(
    ("typed", "words"),
    [
        ("Which EMEA pipeline?", ("emea", "pipeline")),
        ("Zürich, ZURICH & zürich!", ("zurich",)),
        ('"renewals" NEAR/2 -churn*', ("renewals", "near", "2", "churn")),
        ("roll-up 3.1 M€", ("roll", "up", "3", "1", "m")),
        ("what is the", ()),
        ("🔥 … ---", ()),
        ("x" * 10_000, ("x" * 60,)),
        (" ".join(f"word{n}" for n in range(100)), tuple(f"word{n}" for n in range(12))),
    ],
)
def test_what_is_typed_becomes_words(typed: str, words: tuple[str, ...]) -> None:
    """Folded, in order, each once, without stop words and signs; the longest are cut, the most left out."""
    assert asked(typed).words == words


@pytest.mark.parametrize(
    ("typed", "said", "count"),
    [
        ("emea pipeline", {"pipeline", "emea", "q4"}, 2),
        ("emea pipel", {"pipeline", "emea"}, 2),
        ("pipel emea", {"pipeline", "emea"}, 1),
        ("emea pi", {"pipeline", "emea"}, 1),
        ("pipeline", {"pipeline", "pipelines"}, 1),
    ],
)
def test_the_last_word_may_be_only_begun(typed: str, said: set[str], count: int) -> None:
    """From three letters on, and only the last."""
    assert asked(typed).found_in(said) == count
    assert asked(typed).covered_by(said) is (count == len(asked(typed).words))


def test_nothing_asked_is_nothing_covered() -> None:
    """A question without words fits no conflict at all."""
    assert not Asked(()).covered_by({"pipeline"})


def test_a_conflict_is_named_by_less_than_it_is_found_by() -> None:
    """A number in a reason is found, but the conflict is not about it."""
    ruling = replace(RULING, why="Renewals count twice", lesson="Ask", decision="Show it", number="9 M€")
    conflict = reported(subject="Q4 pipeline", account="Acme", waiting="board deck").conflict
    over = decided(conflict, northwind(), TUESDAY, ruling).conflict
    assert subject_of(over) == {"q4", "pipeline", "acme"}
    assert topic_of(over) >= {"q4", "acme", "lead", "quality", "clari", "board", "show"}
    assert not topic_of(over) & {"renewals", "ask", "9", "4"}
    assert said_in(over) >= topic_of(over) | {"renewals", "ask", "9", "4"}


def hit(
    number: int, said: str, subject: str = "", state: State = State.OPEN, until: date | None = None
) -> Hit:
    words = frozenset(said.split())
    return Hit(
        id=f"c{number}",
        number=number,
        state=state,
        holds_until=until,
        subject=frozenset(subject.split()),
        said=words,
    )


def test_the_best_comes_first() -> None:
    """Most words, then most in the subject, then alive, then the newest."""
    hits = [
        hit(1, "emea pipeline", "emea pipeline"),
        hit(2, "emea pipeline", "emea"),
        hit(3, "emea pipeline", "emea pipeline", State.WITHDRAWN),
        hit(4, "emea pipeline", "emea pipeline", State.DECIDED, TODAY),
        hit(5, "emea pipeline", "emea pipeline", State.DECIDED, date(2025, 11, 17)),
        hit(6, "emea", "emea"),
        hit(7, "emea pipeline", "emea pipeline", State.DECIDED),
    ]
    order = [each.number for each in ranked(hits, asked("emea pipeline"), TODAY)]
    assert order == [7, 4, 1, 5, 3, 2, 6]
