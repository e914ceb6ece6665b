"""Acknowledging, taking over and deciding."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta
from typing import Any

import pytest

from council.conflict import Conflict, State
from council.deciding import acknowledge, decide, take_over
from council.errors import Invalid, Refused, TooLate
from council.matrix import ConflictType
from tests.council.builders import (
    FORECAST,
    HOUR,
    LEADS,
    METRIC,
    RULING,
    TUESDAY,
    acknowledged,
    at,
    decided,
    facts,
    northwind,
    person,
    reported,
    said,
    woken,
)

COMPANY = northwind()
LEAD = reported().conflict
NOW = TUESDAY + HOUR


def asked_tomas() -> Conflict:
    return woken(LEAD, COMPANY, "2025-11-18 13:00", "2025-11-18 17:00")[0]


def test_acknowledging_is_recorded_and_pings_nobody() -> None:
    """*I am on it*: one line in the timeline; the next look is the reminder."""
    outcome = acknowledge(LEAD, by=person("priya"), workspace=COMPANY, now=NOW)
    assert (outcome.conflict.state, outcome.conflict.acknowledged_at) == (State.ACKNOWLEDGED, NOW)
    assert (outcome.notices, [event.kind for event in outcome.timeline]) == ((), ["acknowledged"])
    assert outcome.wake_at == at("2025-11-19 14:06")


def test_R24_acknowledging_twice_changes_nothing() -> None:
    """The second tap leaves everything as it is, and writes no second line."""
    conflict = acknowledged(LEAD, COMPANY, NOW)
    outcome = acknowledge(conflict, by=person("priya"), workspace=COMPANY, now=NOW + HOUR)
    assert (outcome.conflict, outcome.timeline) == (conflict, ())


def test_a_deputy_never_takes_over_silently() -> None:
    """Tomas is asked and answers *ack*: refused, with *Take over* as the way."""
    with pytest.raises(Refused) as refused:
        acknowledge(asked_tomas(), by=person("tomas"), workspace=COMPANY, now=at("2025-11-18 17:10"))
    assert refused.value.offers == ("take over", "add context")


def test_taking_over_makes_them_the_owner_and_tells_the_one_before() -> None:
    """Acknowledged by the act; Priya hears of it once, and may not decide any more."""
    now = at("2025-11-18 17:10")
    outcome = take_over(asked_tomas(), by=person("tomas"), workspace=COMPANY, now=now)
    taken = outcome.conflict
    assert (taken.owner, taken.previous_owner, taken.asked) == ("tomas", "priya", "tomas")
    assert (taken.state, taken.role, taken.seat) == (
        State.ACKNOWLEDGED,
        "deputy RevOps lead",
        "revops_lead",
    )
    assert said(outcome) == [("priya", "taken over")]
    with pytest.raises(Refused):
        decide(taken, RULING, by=person("priya"), workspace=COMPANY, now=now)
    assert decided(taken, COMPANY, now).conflict.state is State.DECIDED


def test_taking_over_after_the_limit_does_not_ask_the_chain_at_once() -> None:
    """Who takes over an overdue one has a working day before the next is asked."""
    conflict, _ = woken(LEAD, COMPANY, "2025-11-19 14:06", "2025-11-20 09:00")
    outcome = take_over(conflict, by=person("tomas"), workspace=COMPANY, now=at("2025-11-20 10:00"))
    assert outcome.wake_at == at("2025-11-21 10:00")
    assert said(woken(outcome.conflict, COMPANY, "2025-11-21 10:00")[1]) == [("helen", "chain asked")]


def test_a_decision_is_told_to_each_once() -> None:
    """Reporter, previous owner, notified and joined: one message each; the log gets its line."""
    conflict = replace(LEAD, joined=("ravi", "dana"), took_part=("tomas",))
    outcome = decided(conflict, COMPANY, NOW)
    told = [to for to, kind in said(outcome) if kind == "decided"]
    assert told == ["dana", "lucia", "nina", "ravi", "tomas"]
    assert said(outcome)[-1] == ("C-log", "logged")
    assert outcome.wake_at == NOW + timedelta(days=7)


def test_who_left_is_not_told() -> None:
    """Dana was told and has left since."""
    outcome = decided(LEAD, northwind(gone=("dana",)), NOW)
    assert "dana" not in [to for to, _ in said(outcome)]


def test_a_confidential_decision_is_not_written_into_the_log() -> None:
    """Only those who take part hear of it."""
    outcome = decided(reported(confidential=True).conflict, COMPANY, NOW)
    assert {to for to, _ in said(outcome)} == {"nina", "dana", "lucia"}


def test_R40_two_owners_decide_at_once_and_one_decision_stands() -> None:
    """The second sees who decided, when and what, and can add what was typed as context."""
    first = decided(LEAD, COMPANY, NOW).conflict
    with pytest.raises(TooLate) as late:
        decide(first, RULING, by=person("priya"), workspace=COMPANY, now=NOW)
    assert late.value.sentence.text == "{who} decided #{number}, {at}: {decision}"
    assert late.value.sentence.facts["decision"] == "Present 3.1 M€."
    assert late.value.offers == ("add context",)


WRONG: list[Any] = [
    pytest.param({"source": "A third one"}, "stands", "Choose one", id="a source nobody reported"),
    pytest.param({"decision": " "}, "decision", "one sentence", id="no decision"),
    pytest.param({"why": ""}, "why", "with numbers", id="no why"),
    pytest.param({"holds_until": date(2025, 11, 17)}, "holds_until", "from today on", id="held until past"),
    pytest.param(
        {"look_again": date(2025, 11, 17)}, "look_again", "from today on", id="looked at in the past"
    ),
]


@pytest.mark.parametrize(("wrong", "field", "sentence"), WRONG)
def test_a_decision_needs_a_why(wrong: dict[str, Any], field: str, sentence: str) -> None:
    """What has to be mended is said under its field."""
    with pytest.raises(Invalid) as invalid:
        decided(LEAD, COMPANY, NOW, replace(RULING, **wrong))
    assert sentence in invalid.value.errors[field].text


@pytest.mark.parametrize("stands", ["neither", "both"])
def test_no_source_has_to_stand(stands: Any) -> None:
    """Neither, or more than one because they answer different questions."""
    outcome = decided(LEAD, COMPANY, NOW, replace(RULING, stands=stands, source=""))
    assert outcome.conflict.state is State.DECIDED


def test_what_resolved_itself_is_closed_without_a_decision() -> None:
    """Told as closed, not written into the log, and it holds nothing."""
    outcome = decided(LEAD, COMPANY, NOW, replace(RULING, stands="resolved", source=""))
    assert outcome.conflict.state is State.RESOLVED
    assert {kind for _, kind in said(outcome)} == {"resolved"}
    assert outcome.conflict.ruling is not None
    assert outcome.conflict.ruling.holds_until is None


@pytest.mark.parametrize(
    ("type", "until"),
    [
        pytest.param(LEADS, date(2026, 2, 16), id="90 days"),
        pytest.param(FORECAST, date(2025, 11, 27), id="the forecast meeting after this one"),
        pytest.param(METRIC, date(2026, 1, 13), id="the council after this one"),
    ],
)
def test_a_decision_holds_until_the_meeting_after_or_90_days(type: ConflictType, until: date) -> None:
    """Default: the occurrence after the one it was decided for, else 90 days; what was chosen stays."""
    conflict = reported(type=type).conflict
    ruling = decided(conflict, COMPANY, NOW).conflict.ruling
    assert ruling is not None
    assert ruling.holds_until == until
    chosen = decided(conflict, COMPANY, NOW, replace(RULING, holds_until=date(2025, 12, 31))).conflict.ruling
    assert chosen is not None
    assert chosen.holds_until == date(2025, 12, 31)


def test_the_decision_says_who_decided_as_what() -> None:
    """By, role and time come from the rule, never from the form."""
    ruling = decided(LEAD, COMPANY, NOW, replace(RULING, by="mallory", role="king")).conflict.ruling
    assert ruling is not None
    assert (ruling.by, ruling.role, ruling.at) == ("priya", "RevOps lead", NOW)


def test_the_facts_of_the_report_stay() -> None:
    """A decision overwrites nothing that was reported."""
    assert decided(LEAD, COMPANY, NOW).conflict.facts == facts()
