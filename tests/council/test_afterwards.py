"""After the decision: whoever is told about a confidential conflict may also see it."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta

from council.afterwards import not_solved
from council.conflict import Conflict, State
from council.looking_back import look_back
from council.outcome import Outcome
from tests.council.builders import HEALTH, RULING, TUESDAY, decided, northwind, person, reported, said

COMPANY = northwind()
LATER = TUESDAY + timedelta(days=8)


def decided_in_confidence() -> Conflict:
    """A confidential one, decided by its owner; the chair of the council takes no part in it."""
    conflict = reported(COMPANY, HEALTH, confidential=True).conflict
    ruling = replace(RULING, look_again=LATER.date())
    ended = decided(conflict, COMPANY, TUESDAY + timedelta(hours=1), ruling).conflict
    assert ended.state is State.DECIDED
    assert not set(COMPANY.chairing) & ended.insiders
    return ended


def outsiders(outcome: Outcome) -> set[str]:
    """Who is told without taking part."""
    return {to for to, _ in said(outcome)} - outcome.conflict.insiders


def test_the_chair_who_hears_that_it_is_not_solved_takes_part_from_then_on() -> None:
    """The message has **Reopen** and **Details**: they work, and it tells nobody who may not know."""
    outcome = not_solved(decided_in_confidence(), "no", by=person("nina"), workspace=COMPANY, now=LATER)
    assert COMPANY.chairing[0] in {to for to, _ in said(outcome)}
    assert outsiders(outcome) == set()


def test_the_chair_who_looks_again_in_the_owners_place_takes_part_from_then_on() -> None:
    """The owner has left, so the chair is told."""
    conflict = decided_in_confidence()
    without = northwind(gone=(conflict.owner,))
    outcome = look_back(conflict, without, LATER)
    assert (without.chairing[0], "look again") in said(outcome)
    assert outsiders(outcome) == set()
