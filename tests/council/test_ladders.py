"""While it is open, exactly one person is asked; when nobody answers, the next."""

from __future__ import annotations

from dataclasses import replace

import pytest

from council.alarm import next_look
from council.conflict import Ladders
from council.deciding import take_over
from council.ladders import Step, climb_acknowledge, climb_deadline
from council.workspace import Workspace
from tests.council.builders import (
    FORECAST,
    HOUR,
    METRIC,
    TUESDAY,
    acknowledged,
    at,
    away,
    northwind,
    person,
    reported,
    woken,
)

# Lead quality, reported Tuesday 09:00: owner Priya; acknowledge by 13:00, then 17:00, then 12:30 on
# Wednesday; reminder at 80 % of the 17 working hours, Wednesday 14:06; limit Thursday 09:00.
COMPANY = northwind()
LEAD = reported().conflict


def climbed(steps: tuple[Step, ...]) -> list[tuple[int, str, str | None]]:
    return [(step.rung, step.kind, step.person) for step in steps]


def test_the_acknowledgement_ladder_climbs_window_by_window() -> None:
    """Window over: the owner is reminded; second window: the first level is asked; third: the next level."""
    chained = replace(LEAD, route=replace(LEAD.route, chain=("vp_sales", "deputy", "sponsor")))
    _, steps = climb_acknowledge(chained, COMPANY, at("2025-11-20 08:59"))
    assert [step.at for step in steps] == [
        at("2025-11-18 13:00"),
        at("2025-11-18 17:00"),
        at("2025-11-19 12:30"),
    ]
    assert climbed(steps) == [(1, "remind", "priya"), (2, "ask", "marcus"), (3, "ask", "tomas")]


def test_the_acknowledgement_ladder_ends_with_its_third_rung() -> None:
    """After the third window only the deadline asks on."""
    long = replace(LEAD.deadline, limit=at("2025-12-12 09:00"), target=at("2025-12-12 09:00"))
    conflict, steps = climb_acknowledge(replace(LEAD, deadline=long), COMPANY, at("2025-12-10 09:00"))
    assert len(steps) == 3
    assert climb_acknowledge(conflict, COMPANY, at("2025-12-11 09:00"))[1] == ()


def test_R8_the_acknowledgement_ladder_ends_with_the_acknowledgement() -> None:
    """Who acknowledged is not reminded to acknowledge, and nobody else is asked to."""
    conflict = acknowledged(LEAD, COMPANY, TUESDAY + HOUR)
    assert climb_acknowledge(conflict, COMPANY, at("2025-11-20 08:59"))[1] == ()


def test_the_acknowledgement_ladder_ends_with_the_deadline() -> None:
    """A window that would end after the limit asks nobody."""
    near = replace(LEAD.deadline, limit=at("2025-11-18 14:00"), target=at("2025-11-18 14:00"))
    _, steps = climb_acknowledge(replace(LEAD, deadline=near), COMPANY, at("2025-11-21 09:00"))
    assert climbed(steps) == [(1, "remind", "priya")]


def test_what_is_immediate_has_windows_of_half_an_hour_by_the_clock() -> None:
    """At any hour: reported Saturday 02:00, the chain is asked at 03:00 and 03:30."""
    conflict = reported(now=at("2025-11-22 02:00"), immediate=True).conflict
    _, steps = climb_acknowledge(conflict, COMPANY, at("2025-11-22 04:00"))
    assert [step.at for step in steps] == [at(f"2025-11-22 {when}") for when in ("02:30", "03:00", "03:30")]


LEVELS = [
    pytest.param(northwind(), (), "tomas", id="the deputy is the first level"),
    pytest.param(northwind(away("tomas", "2025-11-17", "2025-12-01")), (), "helen", id="away is skipped"),
    pytest.param(northwind(gone=("tomas",)), (), "helen", id="who left is skipped"),
    pytest.param(northwind(), ("tomas",), "helen", id="asked already in this ladder is skipped"),
    pytest.param(northwind(), ("tomas", "helen"), None, id="the top is reached"),
]


@pytest.mark.parametrize(("company", "asked", "level"), LEVELS)
def test_a_level_that_cannot_be_asked_is_skipped(
    company: Workspace, asked: tuple[str, ...], level: str | None
) -> None:
    """Empty, away, the owner, or asked already in this ladder: the next level takes its place."""
    conflict = replace(LEAD, due=replace(LEAD.due, rung=1, asked=asked))
    _, steps = climb_deadline(conflict, company, at("2025-11-20 09:00"))
    assert climbed(steps) == [(2, "ask", level)]


def test_nobody_of_the_chain_is_asked_on_their_own_report_while_another_can_be() -> None:
    """Tomas reported it: the sponsor is asked first, Tomas last."""
    conflict = replace(LEAD, reporter="tomas")
    _, steps = climb_deadline(conflict, COMPANY, at("2025-11-21 09:00"))
    assert [step.person for step in steps] == ["priya", "helen", "tomas"]


def test_the_deadline_ladder_reminds_asks_and_falls_silent() -> None:
    """Reminder at 80 %, limit, one level a working day, one line a week to the last asked, 30 days."""
    _, steps = climb_deadline(LEAD, COMPANY, at("2026-02-01 09:00"))
    assert [(step.at, step.kind, step.person) for step in steps] == [
        (at("2025-11-19 14:06"), "remind", "priya"),
        (at("2025-11-20 09:00"), "ask", "tomas"),
        (at("2025-11-21 09:00"), "ask", "helen"),
        (at("2025-11-28 09:00"), "weekly", "helen"),
        (at("2025-12-05 09:00"), "weekly", "helen"),
        (at("2025-12-12 09:00"), "weekly", "helen"),
        (at("2025-12-19 09:00"), "weekly", "helen"),
        (at("2025-12-20 09:00"), "end", None),
    ]
    assert [step.rung for step in steps] == [1, 2, 3, 4, 5, 6, 7, 8]


def test_the_next_level_is_asked_one_working_day_later() -> None:
    """Overdue since Friday: the next level is asked on Monday, at the same time."""
    friday = replace(LEAD.deadline, limit=at("2025-11-21 16:00"), target=at("2025-11-21 16:00"))
    _, steps = climb_deadline(replace(LEAD, deadline=friday), COMPANY, at("2025-11-24 16:00"))
    assert [step.at for step in steps][-2:] == [at("2025-11-21 16:00"), at("2025-11-24 16:00")]


def test_the_owner_is_reminded_at_the_target() -> None:
    """24–48 hours: the reminder comes after 24, not at 80 % of the way."""
    apart = replace(LEAD.deadline, target=at("2025-11-19 09:00"))
    _, steps = climb_deadline(replace(LEAD, deadline=apart), COMPANY, at("2025-11-19 09:00"))
    assert [(step.at, step.kind) for step in steps] == [(at("2025-11-19 09:00"), "remind")]


@pytest.mark.parametrize(
    ("target", "window_ends", "kind"),
    [
        pytest.param("2025-11-19 10:00", "2025-11-18 13:00", "remind", id="nothing else is near"),
        pytest.param("2025-11-20 08:31", "2025-11-18 13:00", "skip", id="29 minutes before the limit"),
        pytest.param("2025-11-20 08:30", "2025-11-18 13:00", "remind", id="30 minutes before the limit"),
        pytest.param("2025-11-19 10:00", "2025-11-19 10:29", "skip", id="29 minutes before a window ends"),
        pytest.param("2025-11-19 10:00", "2025-11-19 10:30", "remind", id="30 minutes before a window ends"),
    ],
)
def test_the_reminder_is_left_out_next_to_another_rung(target: str, window_ends: str, kind: str) -> None:
    """Left out when another rung is less than 30 minutes away."""
    deadline = replace(LEAD.deadline, target=at(target))
    conflict = replace(LEAD, deadline=deadline, window_ends=at(window_ends))
    _, steps = climb_deadline(conflict, COMPANY, at(target))
    assert [step.kind for step in steps] == [kind]


def test_at_a_meeting_the_deadline_ladder_is_silent_until_its_end() -> None:
    """For the council on 9 December at 10:00: no reminder, the chain at its end, 11:00."""
    conflict = reported(COMPANY, METRIC).conflict
    _, steps = climb_deadline(conflict, COMPANY, at("2025-12-09 11:00"))
    assert [(step.at, step.kind) for step in steps] == [
        (at("2025-12-09 11:00"), "skip"),
        (at("2025-12-09 11:00"), "ask"),
    ]
    assert climb_acknowledge(conflict, COMPANY, at("2025-12-08 09:00"))[1] != ()


def test_for_todays_meeting_nothing_escalates_before_its_end() -> None:
    """Reported an hour before the forecast meeting: reminded at 13:30, the chain asked at its end, 14:45."""
    conflict = reported(COMPANY, FORECAST, now=at("2025-11-20 13:00")).conflict
    assert conflict.route.immediate
    assert not conflict.overdue(at("2025-11-20 14:44"))
    assert climbed(climb_acknowledge(conflict, COMPANY, at("2025-11-20 14:44"))[1]) == [
        (1, "remind", "marcus")
    ]
    _, steps = climb_deadline(conflict, COMPANY, at("2025-11-20 14:45"))
    assert [(step.at, step.kind) for step in steps] == [
        (at("2025-11-20 14:45"), "skip"),
        (at("2025-11-20 14:45"), "ask"),
    ]


def test_one_asked_by_the_other_ladder_is_asked_once_more_as_overdue() -> None:
    """Tomas was asked for want of an acknowledgement; at the limit he is asked again."""
    conflict, _ = woken(LEAD, COMPANY, "2025-11-18 13:00", "2025-11-18 17:00")
    assert conflict.asked == "tomas"
    _, outcome = woken(conflict, COMPANY, "2025-11-19 12:30", "2025-11-19 14:06", "2025-11-20 09:00")
    assert [(n.to, n.facts["ladder"]) for n in outcome.notices] == [("tomas", Ladders.DEADLINE.value)]


def test_after_a_take_over_past_the_limit_the_chain_goes_on() -> None:
    """Helen took over what Tomas was asked before her: he is not asked again, and the weekly line is hers."""
    conflict, _ = woken(LEAD, COMPANY, "2025-11-19 14:06", "2025-11-20 09:00", "2025-11-21 09:00")
    now = at("2025-11-21 10:00")
    taken = take_over(conflict, by=person("helen"), workspace=COMPANY, now=now).conflict
    _, steps = climb_deadline(taken, COMPANY, at("2025-11-28 10:00"))
    assert climbed(steps) == [(3, "weekly", "helen")]
    assert next_look(taken, COMPANY, now) == at("2025-11-28 10:00")


def test_a_chain_may_name_any_seat() -> None:
    """A role, the account's owner and the whole council can be levels too."""
    chain = ("account_owner", "it_data", "council")
    known = replace(LEAD.facts, account_owner="sam")
    conflict = replace(LEAD, facts=known, route=replace(LEAD.route, chain=chain))
    _, steps = climb_deadline(conflict, COMPANY, at("2025-12-01 09:00"))
    asked = [step.person for step in steps if step.kind == "ask"]
    assert asked == ["sam", "ravi", "marcus", "lucia", "aiko"]
