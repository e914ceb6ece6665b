"""Offered before a second one is made: a decision that answers it, an open conflict to join."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta
from typing import Any

import pytest

from council.changing import withdraw
from council.conflict import Signal
from council.duplicates import likely
from tests.council.builders import FORECAST, RULING, TUESDAY, decided, facts, northwind, person, reported

COMPANY = northwind()
TODAY = date(2025, 11, 18)
OTHERS = (Signal(source="HubSpot", says="80"), Signal(source="Ops report", says="40"))

CASES: list[Any] = [
    pytest.param({}, {}, True, id="the same again"),
    pytest.param(
        {"subject": "churn"}, {"account": "Acme", "subject": "renewal"}, False, id="account on one side only"
    ),
    pytest.param(
        {"account": " ACME ", "subject": "churn", "signals": OTHERS},
        {"account": "acme", "subject": "renewal"},
        True,
        id="same type and account",
    ),
    pytest.param(
        {"type": FORECAST, "account": "Acme", "subject": "churn"},
        {"account": "Acme", "subject": "renewal"},
        False,
        id="same account, another type",
    ),
    pytest.param({"subject": "churn in APAC"}, {}, False, id="same sources alone is no duplicate"),
    pytest.param({"signals": OTHERS}, {}, False, id="same words, other sources"),
    pytest.param({"type": FORECAST}, {}, True, id="same sources and words, another type"),
    pytest.param({"subject": "EMEA pipeline, Q3"}, {}, True, id="two of three words"),
    pytest.param({"subject": "pipeline for APAC in Q3 and Q2"}, {}, False, id="one common word"),
]


@pytest.mark.parametrize(("new", "known", "offered"), CASES)
def test_an_open_conflict_is_offered_to_join(
    new: dict[str, Any], known: dict[str, Any], offered: bool
) -> None:
    """Same type and account, or the same sources and common subject words."""
    found = likely(facts(**new), [reported(**known).conflict], TODAY)
    assert [each.kind for each in found] == (["join"] if offered else [])


@pytest.mark.parametrize(
    ("new", "known", "offered"),
    [
        pytest.param({"signals": OTHERS}, {}, True, id="same type and subject words"),
        pytest.param(
            {"account": "acme", "subject": "churn"},
            {"account": "Acme", "subject": "renewal"},
            True,
            id="same type and account",
        ),
        pytest.param({"type": FORECAST}, {}, False, id="another type"),
        pytest.param({"subject": "churn in APAC"}, {}, False, id="other words"),
    ],
)
def test_a_decision_in_force_is_offered_as_the_answer(
    new: dict[str, Any], known: dict[str, Any], offered: bool
) -> None:
    """Same type, and the same account or subject words."""
    conflict = decided(reported(**known).conflict, COMPANY, TUESDAY).conflict
    found = likely(facts(**new), [conflict], TODAY)
    assert [each.kind for each in found] == (["answers"] if offered else [])


def test_a_decision_answers_through_its_last_day() -> None:
    """Held until Tuesday: on Tuesday still, on Wednesday not any more."""
    conflict = decided(reported().conflict, COMPANY, TUESDAY, replace(RULING, holds_until=TODAY)).conflict
    assert len(likely(facts(), [conflict], TODAY)) == 1
    assert likely(facts(), [conflict], TODAY + timedelta(days=1)) == ()


def test_what_was_withdrawn_or_resolved_itself_is_not_offered() -> None:
    """There is nothing to join and nothing that answers."""
    conflict = reported().conflict
    gone = withdraw(conflict, "typo", by=person("nina"), workspace=COMPANY, now=TUESDAY).conflict
    resolved = decided(conflict, COMPANY, TUESDAY, replace(RULING, stands="resolved")).conflict
    assert likely(facts(), [gone, resolved], TODAY) == ()


def test_answers_come_first_and_the_newest_of_each() -> None:
    """What is decided saves most work."""
    older, newer = (replace(reported().conflict, id=id) for id in ("older", "newer"))
    newer = replace(newer, reported_at=TUESDAY + timedelta(hours=1))
    answer = replace(decided(older, COMPANY, TUESDAY).conflict, id="answer")
    found = likely(facts(), [older, answer, newer], TODAY)
    assert [(each.conflict.id, each.kind) for each in found] == [
        ("answer", "answers"),
        ("newer", "join"),
        ("older", "join"),
    ]
