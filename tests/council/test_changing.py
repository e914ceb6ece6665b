"""Handing over, withdrawing, leaving, adding context."""

from __future__ import annotations

from dataclasses import replace

import pytest

from council.changing import add_context, hand_over, leave, withdraw
from council.conflict import State
from council.errors import Invalid, Refused, TooLate, Unknown
from council.outcome import Outcome
from council.people import Person
from tests.council.builders import (
    HOUR,
    TUESDAY,
    away,
    decided,
    northwind,
    person,
    reported,
    said,
)

COMPANY = northwind()
LEAD = reported().conflict
NOW = TUESDAY + HOUR


def handed(to: Person | None, why: str = "he knows", by: str = "priya") -> Outcome:
    return hand_over(LEAD, to, why, by=person(by), workspace=COMPANY, now=NOW)


@pytest.mark.parametrize(
    ("to", "seat", "role"),
    [
        pytest.param("marcus", "vp_sales", "VP Sales", id="the owner of the other question"),
        pytest.param("tomas", "revops_lead", "deputy RevOps lead", id="the deputy"),
        pytest.param("ravi", "it_data", "Data Engineering", id="somebody with another seat"),
        pytest.param("nina", "revops_lead", "", id="somebody without a seat"),
    ],
)
def test_handing_over_names_the_new_owner_and_the_seat(to: str, seat: str, role: str) -> None:
    """The deadline stays, the new owner is asked at once with the reason, and has to acknowledge."""
    outcome = handed(person(to))
    conflict = outcome.conflict
    assert (conflict.owner, conflict.seat, conflict.role) == (to, seat, role)
    assert (conflict.state, conflict.deadline) == (State.OPEN, LEAD.deadline)
    assert said(outcome) == [(to, "handed over")]
    assert outcome.notices[0].facts == {"why": "he knows", "before": "priya"}
    assert "priya" in conflict.insiders


@pytest.mark.parametrize(
    ("to", "why", "field"),
    [
        pytest.param(None, "so", "to", id="to nobody"),
        pytest.param(person("priya"), "so", "to", id="to oneself"),
        pytest.param(person("zoe", guest=True), "so", "to", id="to a guest"),
        pytest.param(person("ravi", deactivated=True), "so", "to", id="to somebody who left"),
        pytest.param(person("ravi"), "", "why", id="without a reason"),
    ],
)
def test_some_cannot_be_handed_to(to: Person | None, why: str, field: str) -> None:
    """What to mend is said under its field."""
    with pytest.raises(Invalid) as invalid:
        handed(to, why)
    assert list(invalid.value.errors) == [field]


def test_nothing_is_handed_to_somebody_who_is_away() -> None:
    """It says until when."""
    company = northwind(away("ravi", "2025-11-17 00:00", "2025-11-24 00:00"))
    with pytest.raises(Invalid) as invalid:
        hand_over(LEAD, person("ravi"), "so", by=person("priya"), workspace=company, now=NOW)
    assert "is away until" in invalid.value.errors["to"].text


def test_handed_over_it_is_not_the_stand_ins_any_more() -> None:
    """What a stand-in passes on does not go back to the absent holder on return."""
    standing_in = replace(LEAD, stands_in_for="aiko")
    outcome = hand_over(standing_in, person("ravi"), "so", by=person("priya"), workspace=COMPANY, now=NOW)
    assert outcome.conflict.stands_in_for is None


def test_withdrawing_is_heard_once_by_everybody_who_was_asked_or_told() -> None:
    """The owner, whom the chain asked, the notified, and who joined."""
    conflict = replace(LEAD, asked="tomas", reached=("tomas",), joined=("ravi",))
    outcome = withdraw(conflict, "a typo", by=person("nina"), workspace=COMPANY, now=NOW)
    assert outcome.conflict.state is State.WITHDRAWN
    assert said(outcome) == [(to, "withdrawn") for to in ("dana", "lucia", "priya", "ravi", "tomas")]
    assert (outcome.wake_at, outcome.conflict.ended_because) == (None, "a typo")


def test_only_the_reporter_withdraws_and_says_why() -> None:
    """The owner is told who can; without a why it is not taken."""
    with pytest.raises(Refused) as refused:
        withdraw(LEAD, "no", by=person("priya"), workspace=COMPANY, now=NOW)
    assert refused.value.sentence.text == "Only {who} can withdraw #{number}. You can add context."
    with pytest.raises(Invalid):
        withdraw(LEAD, " ", by=person("nina"), workspace=COMPANY, now=NOW)


def test_a_reporter_who_keeps_their_name_off_the_card_is_not_named_by_a_refusal() -> None:
    """Everybody reads a refusal and the timeline; only owner and chair may see the name."""
    hidden = reported(unnamed=True).conflict
    with pytest.raises(Refused) as refused:
        withdraw(hidden, "no", by=person("ravi"), workspace=COMPANY, now=NOW)
    assert refused.value.sentence.facts["who"] == "its reporter"
    outcome = withdraw(hidden, "a typo", by=person("nina"), workspace=COMPANY, now=NOW)
    assert outcome.timeline[0].words.facts["who"] == "its reporter"


def test_who_joined_can_leave_again() -> None:
    """Nobody is pinged, the deadline stays; who has not joined cannot leave."""
    conflict = replace(LEAD, joined=("ravi", "sam"))
    outcome = leave(conflict, by=person("ravi"), workspace=COMPANY, now=NOW)
    assert (outcome.conflict.joined, outcome.notices) == (("sam",), ())
    assert outcome.conflict.deadline == conflict.deadline
    with pytest.raises(Refused):
        leave(outcome.conflict, by=person("ravi"), workspace=COMPANY, now=NOW)


def test_context_pings_nobody_and_is_taken_after_the_end_too() -> None:
    """It stands beside the conflict and does not change it."""
    for conflict in (LEAD, decided(LEAD, COMPANY, NOW).conflict):
        outcome = add_context(conflict, "see tab 3", by=person("sam"), workspace=COMPANY, now=NOW)
        assert (outcome.conflict, outcome.notices, outcome.timeline) == (conflict, (), ())
        assert [(each.by, each.words) for each in outcome.context] == [("sam", "see tab 3")]


@pytest.mark.parametrize(
    ("words", "link", "field"),
    [
        pytest.param(" ", "", "words", id="nothing said"),
        pytest.param("see", "javascript:alert(1)", "link", id="no link"),
    ],
)
def test_context_needs_words_and_a_real_link(words: str, link: str, field: str) -> None:
    """What to mend is said under its field."""
    with pytest.raises(Invalid) as invalid:
        add_context(LEAD, words, link, by=person("sam"), workspace=COMPANY, now=NOW)
    assert list(invalid.value.errors) == [field]


def test_a_confidential_one_takes_context_only_from_who_may_see_it() -> None:
    """Others learn not even that it exists."""
    hidden = reported(confidential=True).conflict
    with pytest.raises(Unknown):
        add_context(hidden, "see", by=person("sam"), workspace=COMPANY, now=NOW)
    assert add_context(hidden, "see", by=person("dana"), workspace=COMPANY, now=NOW).context


def test_what_has_ended_is_not_changed_any_more() -> None:
    """Too late: how it ended is said, for each way it can end."""
    withdrawn = withdraw(LEAD, "a typo", by=person("nina"), workspace=COMPANY, now=NOW).conflict
    merged = replace(LEAD, state=State.MERGED, ended_because="the same as #9")
    for ended, text in (
        (withdrawn, "#{number} was withdrawn by {who}: {why}"),
        (merged, "#{number} is the same as {why}"),
    ):
        with pytest.raises(TooLate) as late:
            hand_over(ended, person("ravi"), "so", by=person("priya"), workspace=COMPANY, now=NOW)
        assert late.value.sentence.text == text
