"""Taking a report, and joining one that is open already."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import pytest

from council.conflict import Conflict, Signal, State
from council.deadlines import acknowledge_by
from council.errors import Invalid, Refused, TooLate, Unknown
from council.outcome import Outcome
from council.reporting import join, problems
from tests.council.builders import (
    HEALTH,
    HOUR,
    TUESDAY,
    acknowledged,
    at,
    away,
    decided,
    facts,
    northwind,
    person,
    reported,
    said,
)

COMPANY = northwind()


def joined(conflict: Conflict, by: str = "ravi", **more: Any) -> Outcome:
    return join(conflict, facts(**more), by=person(by), workspace=COMPANY, now=TUESDAY + HOUR)


def test_a_report_asks_the_owner_and_tells_the_others_at_once() -> None:
    """One message per person told, at any hour: on a Saturday night too."""
    outcome = reported(now=at("2025-11-22 02:00"))
    assert said(outcome) == [("priya", "owner asked"), ("dana", "concerns you"), ("lucia", "concerns you")]
    assert {notice.not_before for notice in outcome.notices} == {at("2025-11-22 02:00")}
    assert [event.kind for event in outcome.timeline] == ["reported", "routed"]


def test_a_source_may_disagree_with_what_it_said_at_another_time() -> None:
    """The forecast of Monday against the forecast of today."""
    monday, today = Signal(source="Clari AI", says="1", as_of="Monday"), Signal(source="Clari AI", says="2")
    assert reported(signals=(monday, today)).conflict.facts.signals == (monday, today)


def test_what_is_more_than_a_subject_becomes_context() -> None:
    """Kept once, beside the report, as the reporter's; who joins with it adds it as well."""
    outcome = reported(beyond=("all of it", "and more"))
    assert [(each.by, each.words) for each in outcome.context] == [
        ("nina", "all of it"),
        ("nina", "and more"),
    ]
    assert outcome.conflict.facts.beyond == ()
    added = joined(outcome.conflict, beyond=("all of mine",))
    assert [each.words for each in added.context] == ["all of mine"]


def test_the_conflict_keeps_its_route_whole() -> None:
    """Owner, deadline, chain and number of record stay as they were computed."""
    conflict = reported().conflict
    assert conflict.owner == conflict.asked == conflict.route.owner == "priya"
    assert conflict.deadline == conflict.route.deadline
    assert conflict.window_ends == conflict.route.acknowledge_by
    assert conflict.route.configuration == COMPANY.version


def test_the_reporter_may_be_the_owner() -> None:
    """No message to oneself, and acknowledged by the act."""
    outcome = reported(by="priya")
    assert outcome.conflict.state is State.ACKNOWLEDGED
    assert "priya" not in [to for to, _ in said(outcome)]
    assert outcome.wake_at == at("2025-11-19 14:06")


def test_a_stand_in_is_asked_and_the_absent_holder_is_remembered() -> None:
    """Priya is away: Tomas is asked, and it is hers again on return unless he is on it."""
    outcome = reported(northwind(away("priya", "2025-11-17 00:00", "2025-11-19 09:00")))
    assert said(outcome)[0] == ("tomas", "owner asked")
    assert outcome.conflict.stands_in_for == "priya"


WRONG = [
    pytest.param({"subject": " "}, "subject", "Say in a few words", id="no subject"),
    pytest.param({"needed_by": TUESDAY}, "needed_by", "Pick a time after now.", id="needed by now"),
    pytest.param({"signals": ()}, "source_1", "two sources", id="no signals"),
    pytest.param({"signals": (Signal(source="CRM", says="1"),)}, "source_1", "two sources", id="one signal"),
    pytest.param(
        {"signals": (Signal(source="", says="1"), Signal(source="CRM", says=""))},
        "source_0",
        "Name the source",
        id="a source without a name",
    ),
    pytest.param(
        {"signals": (Signal(source="AI", says="1"), Signal(source="CRM", says=""))},
        "says_1",
        "Say what this source says",
        id="a source that says nothing",
    ),
    pytest.param(
        {"signals": tuple(Signal(source=f"S{n}", says="1") for n in range(5))},
        "source_4",
        "four sources at most",
        id="five signals",
    ),
    pytest.param(
        {"signals": (Signal(source="Gong ", says="1"), Signal(source="gong", says="2"))},
        "source_1",
        "Name another source; these two are the same.",
        id="one source twice",
    ),
    pytest.param(
        {"signals": tuple(Signal(source=name, says=name) for name in ("AI", "CRM", "Ai"))},
        "source_2",
        "Name another source; this one stands above already.",
        id="one source twice, further below",
    ),
    pytest.param({"type": HEALTH, "account": ""}, "account", "which account", id="an account is asked for"),
    pytest.param({"type": HEALTH, "account_owner": None}, "account_owner", "who owns", id="and its owner"),
]


@pytest.mark.parametrize(("wrong", "field", "sentence"), WRONG)
def test_what_has_to_be_mended_is_said_under_its_field(
    wrong: dict[str, Any], field: str, sentence: str
) -> None:
    """Errors stand under their field and say what to do."""
    found = problems(facts(**wrong), COMPANY, TUESDAY)
    assert sentence in found[field].text
    with pytest.raises(Invalid):
        reported(**wrong)


@pytest.mark.parametrize("flag", ["guest", "bot", "foreign", "deactivated"])
def test_R31_who_is_no_full_member_is_refused_politely(flag: str) -> None:
    """Guests, apps, people of other organisations and deactivated ones may not report or join."""
    outsider = person("zoe", **{flag: True})
    with pytest.raises(Refused):
        join(reported().conflict, facts(), by=outsider, workspace=COMPANY, now=TUESDAY)


def test_joining_pings_nobody_and_is_recorded() -> None:
    """The timeline says who joined; owner and reporter are not disturbed."""
    outcome = joined(reported().conflict)
    assert outcome.notices == ()
    assert outcome.conflict.joined == ("ravi",)
    assert [event.kind for event in outcome.timeline] == ["joined"]


def test_joining_keeps_the_earlier_deadline() -> None:
    """An earlier needed-by becomes the limit and both ladders begin anew; a later one changes nothing."""
    conflict = acknowledged(reported().conflict, COMPANY, TUESDAY)
    earlier = joined(conflict, needed_by=at("2025-11-19 12:00")).conflict
    assert earlier.deadline.limit == earlier.facts.needed_by == at("2025-11-19 12:00")
    assert (earlier.deadline.needed_by, earlier.due.since) == (True, TUESDAY + HOUR)
    assert earlier.state is State.ACKNOWLEDGED
    later = joined(conflict, needed_by=at("2025-12-19 12:00")).conflict
    assert (later.deadline, later.due) == (conflict.deadline, conflict.due)


def test_an_earlier_deadline_gives_a_new_window() -> None:
    """Not acknowledged yet: the window is counted from the joining, a quarter of what is left."""
    conflict = joined(reported().conflict, needed_by=at("2025-11-18 12:00")).conflict
    ends = acknowledge_by(
        TUESDAY + HOUR, deadline=conflict.deadline, window=4 * HOUR, immediate=False, hours=COMPANY.hours
    )
    assert conflict.window_ends == ends == at("2025-11-18 10:30")


def test_a_needed_by_that_has_passed_meanwhile_changes_nothing() -> None:
    """The form was open for too long: nothing becomes overdue by joining."""
    conflict = reported().conflict
    late = joined(conflict, needed_by=TUESDAY).conflict
    assert (late.deadline, late.facts.needed_by) == (conflict.deadline, None)


def test_signals_beyond_four_become_context() -> None:
    """Up to four sources stand on the card; nothing that was typed is lost."""
    four = tuple(Signal(source=f"S{n}", says=str(n)) for n in range(4))
    fresh = (Signal(source="Fifth", says="5"), Signal(source="S0", says="0"), Signal(source="S1", says="new"))
    outcome = joined(reported(signals=four).conflict, signals=fresh, waiting="board deck")
    assert outcome.conflict.facts.signals == four
    assert [context.words for context in outcome.context] == [
        "Fifth: 5",
        "S1: new",
        "Waiting for it: board deck",
    ]
    assert all(context.joined for context in outcome.context)


def test_a_new_source_stands_beside_the_others() -> None:
    """Two sources are known, a third one joins; one that says the same again adds nothing."""
    third = (Signal(source="clari ai", says="4.2 M€"), Signal(source="Ops report", says="3.6 M€"))
    outcome = joined(reported().conflict, signals=third)
    assert [signal.source for signal in outcome.conflict.facts.signals] == [
        "Clari AI",
        "Rep roll-up",
        "Ops report",
    ]


def test_the_reporter_does_not_join_their_own() -> None:
    """More of the same from the reporter adds what is new, and no second part."""
    assert joined(reported().conflict, by="nina").conflict.joined == ()


def test_joining_what_has_ended_is_too_late() -> None:
    """Who decided is said, and context can still be added."""
    ended = decided(reported().conflict, COMPANY, TUESDAY).conflict
    with pytest.raises(TooLate) as late:
        joined(ended)
    assert late.value.offers == ("add context",)


def test_a_confidential_one_cannot_be_joined_by_who_cannot_see_it() -> None:
    """Checked inside the rule; members of its private channel are told to it by name."""
    hidden = reported(confidential=True).conflict
    with pytest.raises(Unknown):
        joined(hidden)
    there = replace(COMPANY, members={"C-sales": frozenset({"ravi"})})
    outcome = join(hidden, facts(), by=person("ravi"), workspace=there, now=TUESDAY)
    assert outcome.conflict.joined == ("ravi",)


def test_what_was_typed_is_kept_as_typed() -> None:
    """Nothing is escaped or trimmed in what is stored."""
    typed = facts(subject="<!channel> *Q4* & `code`")
    conflict = reported(subject=typed.subject).conflict
    assert conflict.facts == replace(typed, subject="<!channel> *Q4* & `code`")
