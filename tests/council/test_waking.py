"""What a conflict does by itself, and what is said of it."""

from __future__ import annotations

from dataclasses import replace

import pytest

from council.alarm import next_look
from council.changing import hand_over, withdraw
from council.conflict import Conflict, State
from council.deciding import acknowledge, take_over
from council.extending import extend
from council.matrix import ConflictType
from council.waking import wake
from tests.council.builders import (
    FORECAST,
    HEALTH,
    HOUR,
    TUESDAY,
    acknowledged,
    at,
    away,
    decided,
    northwind,
    person,
    reported,
    said,
    woken,
)

COMPANY = northwind()
LEAD = reported().conflict


def test_R7_asked_too_early_it_changes_nothing_and_is_armed_again() -> None:
    """However often it is looked at before its time: the same conflict, nothing said, the same next look."""
    for now in (TUESDAY, TUESDAY + HOUR, at("2025-11-18 12:59")):
        outcome = wake(LEAD, COMPANY, now)
        assert (outcome.conflict, outcome.timeline, outcome.notices) == (LEAD, (), ())
        assert outcome.wake_at == at("2025-11-18 13:00")


def test_the_owner_is_reminded_to_acknowledge_then_the_deputy_is_asked() -> None:
    """The owner stays the owner; the deputy is the one asked, and may take over."""
    conflict, outcome = woken(LEAD, COMPANY, "2025-11-18 13:00")
    assert said(outcome) == [("priya", "reminded to acknowledge")]
    assert (conflict.asked, conflict.reached) == ("priya", ())
    conflict, outcome = woken(conflict, COMPANY, "2025-11-18 17:00")
    assert said(outcome) == [("tomas", "chain asked")]
    assert (conflict.owner, conflict.asked, conflict.reached) == ("priya", "tomas", ("tomas",))


def test_R4_after_a_long_stop_only_the_highest_rung_is_said() -> None:
    """Nobody looked for three days: Helen is asked; what was left out is recorded as skipped."""
    conflict, outcome = woken(LEAD, COMPANY, "2025-11-21 12:00")
    assert said(outcome) == [("helen", "chain asked")]
    assert (conflict.asked, conflict.reached) == ("helen", ("helen",))
    assert [event.kind for event in outcome.timeline] == [
        "acknowledge: skip",
        "acknowledge: skip",
        "acknowledge: skip",
        "deadline: skip",
        "deadline: skip",
        "deadline: ask",
    ]


def test_facts_are_true_at_their_instant_whenever_they_are_said() -> None:
    """Looked at late, the timeline still says when each step fell due."""
    _, outcome = woken(LEAD, COMPANY, "2025-11-21 12:00")
    assert outcome.timeline[0].at == at("2025-11-18 13:00")
    assert outcome.timeline[-1].at == at("2025-11-21 09:00")


def test_one_waking_says_at_most_one_thing_to_a_person() -> None:
    """Two reminders to the owner fall due between two looks: she gets one, of the deadline."""
    late = replace(LEAD, window_ends=at("2025-11-19 10:00"))
    _, outcome = woken(late, COMPANY, "2025-11-19 14:10")
    assert said(outcome) == [("priya", "due soon")]


def test_pings_end_after_thirty_days() -> None:
    """Nobody looked for six weeks: nothing is said, it is on the council's agenda, still open."""
    conflict, outcome = woken(LEAD, COMPANY, "2026-01-05 09:00")
    assert said(outcome) == []
    assert outcome.timeline[-1].kind == "deadline: end"
    assert (conflict.is_open, conflict.asked, conflict.reached) == (True, "priya", ())
    assert outcome.wake_at is None
    assert decided(conflict, COMPANY, at("2026-01-05 10:00")).conflict.state is State.DECIDED


ENDS = {
    "decided": lambda conflict, now: decided(conflict, COMPANY, now),
    "withdrawn": lambda conflict, now: withdraw(
        conflict, "a mistake", by=person("nina"), workspace=COMPANY, now=now
    ),
}


@pytest.mark.parametrize("end", ENDS)
def test_R8_nothing_is_said_after_the_end(end: str) -> None:
    """A withdrawn conflict waits for nothing; of a decided one the reporter is asked, once, a week later."""
    outcome = ENDS[end](LEAD, TUESDAY + HOUR)
    if outcome.wake_at is not None:
        assert end == "decided"
        outcome = wake(outcome.conflict, COMPANY, outcome.wake_at)
        assert [notice.kind.value for notice in outcome.notices] == ["did it solve it"]
    assert outcome.wake_at is None
    for day in ("2025-11-26 13:00", "2025-12-01 09:00", "2026-03-01 09:00"):
        late = wake(outcome.conflict, COMPANY, at(day))
        assert (late.conflict, late.timeline, late.notices, late.wake_at) == (outcome.conflict, (), (), None)


def test_R9_acknowledged_in_the_same_millisecond_nobody_is_reminded() -> None:
    """The acknowledgement is saved first: the waking at the same instant finds nothing to say."""
    now = at("2025-11-18 13:00")
    outcome = wake(acknowledged(LEAD, COMPANY, now), COMPANY, now)
    assert (outcome.timeline, outcome.notices) == ((), ())


def test_an_act_between_due_and_looked_at_is_taken() -> None:
    """The window is over but nobody has looked yet: context is taken, and the look comes a second later."""
    now = at("2025-11-18 13:30")
    look = next_look(LEAD, COMPANY, now)
    assert look is not None
    assert 0 < (look - now).total_seconds() <= 1


def test_R47_what_is_due_at_night_waits_for_the_morning() -> None:
    """Reported on Saturday at 02:00; the reminder is said in working hours, in the receiver's zone."""
    conflict = reported(now=at("2025-11-22 02:00")).conflict
    _, outcome = woken(conflict, COMPANY, "2025-11-24 13:00")
    assert [notice.not_before for notice in outcome.notices] == [at("2025-11-24 13:00")]
    tokyo = replace(COMPANY, people={**COMPANY.people, "priya": person("priya", zone="Asia/Tokyo")})
    _, outcome = woken(conflict, tokyo, "2025-11-24 13:00")
    assert [notice.not_before for notice in outcome.notices] == [at("2025-11-25 01:00")]


def test_what_is_immediate_does_not_wait_for_working_hours() -> None:
    """Immediate on Saturday night: reminded at 02:30 that night."""
    conflict = reported(now=at("2025-11-22 02:00"), immediate=True).conflict
    _, outcome = woken(conflict, COMPANY, "2025-11-22 02:30")
    assert [notice.not_before for notice in outcome.notices] == [at("2025-11-22 02:30")]


def test_R45_an_absence_that_begins_hands_the_conflict_to_the_deputy() -> None:
    """Priya is away from Wednesday on: that morning it is Tomas's, and he is asked once."""
    company = northwind(away("priya", "2025-11-19 00:00", "2025-11-24 00:00"))
    outcome = reported(company)
    assert outcome.conflict.owner == "priya"
    conflict = acknowledged(outcome.conflict, company, TUESDAY + HOUR)
    assert next_look(conflict, company, TUESDAY + HOUR) == at("2025-11-19 00:00")
    conflict, outcome = woken(conflict, company, "2025-11-19 00:00")
    assert (conflict.owner, conflict.state, conflict.stands_in_for) == ("tomas", State.OPEN, "priya")
    assert said(outcome) == [("tomas", "owner asked")]
    assert [notice.not_before for notice in outcome.notices] == [at("2025-11-19 09:00")]
    assert conflict.role == "deputy RevOps lead"


def passed_to_tomas() -> Conflict:
    company = northwind(away("priya", "2025-11-17 00:00", "2025-11-19 09:00"))
    conflict = reported(company).conflict
    assert (conflict.owner, conflict.stands_in_for) == ("tomas", "priya")
    assert next_look(conflict, company, TUESDAY) == at("2025-11-18 13:00")
    return conflict


def test_on_return_it_is_theirs_again() -> None:
    """Tomas has not acknowledged when Priya comes back; the one message on her return tells her."""
    conflict, outcome = woken(passed_to_tomas(), COMPANY, "2025-11-19 09:00")
    assert (conflict.owner, conflict.stands_in_for) == ("priya", None)
    assert [event.kind for event in outcome.timeline] == ["back"]
    assert said(outcome) == []
    assert woken(conflict, COMPANY, "2025-11-19 09:00")[1].timeline == ()


def test_what_a_stand_in_acknowledged_stays_theirs() -> None:
    """Tomas is on it: Priya's return changes nothing."""
    taken = acknowledged(passed_to_tomas(), COMPANY, TUESDAY)
    conflict, outcome = woken(taken, COMPANY, "2025-11-19 09:00")
    assert (conflict.owner, outcome.notices) == ("tomas", ())


def test_whom_the_absent_person_named_stands_in() -> None:
    """Priya named Ravi: he comes before her deputy."""
    company = northwind(away("priya", "2025-11-19 00:00", "2025-11-24 00:00", "ravi"))
    conflict, _ = woken(LEAD, company, "2025-11-19 00:00")
    assert conflict.owner == "ravi"


def test_R30_an_owner_who_left_is_replaced() -> None:
    """Priya is deactivated while it is open: Tomas decides; with him gone too, Helen."""
    conflict, outcome = woken(LEAD, northwind(gone=("priya",)), "2025-11-18 10:00")
    assert (conflict.owner, said(outcome)) == ("tomas", [("tomas", "owner asked")])
    conflict, _ = woken(LEAD, northwind(gone=("priya", "tomas")), "2025-11-18 10:00")
    assert conflict.owner == "helen"


def test_what_nobody_can_take_stays_until_somebody_is_back() -> None:
    """All who could stand in are away: nobody is pinged; whoever is back first decides."""
    everybody = ("priya", "tomas", "kim", "jonas")
    absences = [away(who, "2025-11-18 10:00", "2025-11-20 09:00") for who in everybody]
    company = northwind(*absences, away("helen", "2025-11-18 10:00", "2025-11-19 10:00"))
    conflict, outcome = woken(LEAD, company, "2025-11-18 10:00", "2025-11-18 13:00", "2025-11-18 17:00")
    assert (conflict.owner, outcome.notices) == ("priya", ())
    assert outcome.wake_at == at("2025-11-19 10:00")
    assert woken(conflict, company, "2025-11-19 10:00")[0].owner == "helen"


def test_an_owner_without_a_seat_who_is_away_gives_it_back_to_the_seat() -> None:
    """Handed over to Ravi, who goes away: it is Priya's again."""
    company = northwind(away("ravi", "2025-11-19 00:00", "2025-11-24 00:00"))
    handed = hand_over(LEAD, person("ravi"), "he knows", by=person("priya"), workspace=company, now=TUESDAY)
    conflict, _ = woken(replace(handed.conflict, seat="revops_lead"), company, "2025-11-19 00:00")
    assert conflict.owner == "priya"


RESETS = {
    "handed over": lambda conflict, now: hand_over(
        conflict, person("ravi"), "he knows", by=person("priya"), workspace=COMPANY, now=now
    ),
    "taken over": lambda conflict, now: take_over(conflict, by=person("tomas"), workspace=COMPANY, now=now),
    "extended": lambda conflict, now: extend(
        conflict, at("2025-11-25 09:00"), "data late", by=person("priya"), workspace=COMPANY, now=now
    ),
}


@pytest.mark.parametrize("change", RESETS)
def test_both_ladders_start_anew_when_owner_or_deadline_change(change: str) -> None:
    """Nobody of the chain has been asked yet, the owner is the one asked, and both count from now."""
    conflict, _ = woken(LEAD, COMPANY, "2025-11-18 13:00", "2025-11-18 17:00")
    now = at("2025-11-18 17:10")
    changed = RESETS[change](conflict, now).conflict
    assert (changed.acknowledge.rung, changed.acknowledge.since) == (0, now)
    assert (changed.due.rung, changed.due.since) == (0, now)
    assert (changed.asked, changed.reached) == (changed.owner, ())
    assert "tomas" in changed.insiders


def test_the_owner_is_asked_again_after_an_acknowledgement() -> None:
    """Tomas was asked; Priya acknowledges after all: she is the one asked."""
    conflict, _ = woken(LEAD, COMPANY, "2025-11-18 13:00", "2025-11-18 17:00")
    outcome = acknowledge(conflict, by=person("priya"), workspace=COMPANY, now=at("2025-11-18 17:20"))
    assert outcome.conflict.asked == "priya"


def test_a_normal_conflict_costs_its_owner_three_pings() -> None:
    """Asked, reminded to acknowledge, reminded of the deadline: then others are asked."""
    outcome = reported()
    pings = [notice.to for notice in outcome.notices]
    while outcome.wake_at is not None:
        outcome = wake(outcome.conflict, COMPANY, outcome.wake_at)
        pings += [notice.to for notice in outcome.notices]
    assert pings.count("priya") <= 3


@pytest.mark.parametrize("type", [FORECAST, HEALTH], ids=["before a meeting", "24 to 48 hours"])
def test_handed_over_when_overdue_the_chain_waits_a_working_day(type: ConflictType) -> None:
    """The new owner has until the next working day before anybody else is asked."""
    conflict = reported(type=type).conflict
    now = conflict.overdue_at + HOUR
    late = wake(conflict, COMPANY, now).conflict
    handed = hand_over(late, person("ravi"), "he knows", by=person(late.owner), workspace=COMPANY, now=now)
    assert handed.wake_at is not None
    assert wake(handed.conflict, COMPANY, now + HOUR).notices == ()
    assert wake(handed.conflict, COMPANY, handed.wake_at).notices != ()
