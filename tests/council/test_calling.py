"""The emergency meeting: asked for, called, declined; and who is asked next when nobody answers."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta
from typing import Any

import pytest

from council.calling import ask_for_call, call_meeting, decline_call
from council.conflict import Conflict
from council.errors import Invalid, Refused
from council.notice import NoticeKind
from council.outcome import Outcome
from council.people import Absence
from tests.council.builders import FORECAST, METRIC, TUESDAY, at, northwind, person, reported, woken

COMPANY = northwind()
METRICS = reported(COMPANY, METRIC).conflict
"""Owned by Priya, who chairs; the council meets weeks later."""
PIPELINE = reported(COMPANY, FORECAST).conflict
NOON = at("2025-11-18 15:00")


def asked(conflict: Conflict = PIPELINE, by: str = "nina", **more: Any) -> Outcome:
    company = more.get("workspace", COMPANY)
    return ask_for_call(conflict, "the board meets tomorrow", by=person(by), workspace=company, now=TUESDAY)


def called(conflict: Conflict, by: str = "priya", starts: Any = NOON) -> Outcome:
    return call_meeting(
        conflict, starts, "https://meet.example/1", ("dana",), by=person(by), workspace=COMPANY, now=TUESDAY
    )


def test_anybody_concerned_asks_and_the_chair_is_asked_to_call_it() -> None:
    """The deadline stays as it is until it is called."""
    outcome = asked()
    assert [(n.kind, n.to) for n in outcome.notices] == [(NoticeKind.CALL_ASKED, "priya")]
    assert outcome.conflict.deadline == PIPELINE.deadline
    assert outcome.conflict.asked == PIPELINE.asked
    with pytest.raises(Refused):
        asked(by="sam")
    with pytest.raises(Refused, match="asked for already"):
        asked(outcome.conflict)


def test_two_working_hours_of_silence_ask_the_next_in_line() -> None:
    """Chair, the chair's deputy, sponsor, the sponsor's deputy; then nobody more, and it says so."""
    conflict, told = asked().conflict, []
    for hour in ("11:00", "13:00", "15:00", "17:00"):
        before = conflict
        conflict, outcome = woken(conflict, COMPANY, f"2025-11-18 {hour}")
        told += [n.to for n in outcome.notices if n.kind is NoticeKind.CALL_ASKED]
        assert conflict.call != before.call
    assert told == ["tomas", "helen", "kim"]
    assert {"priya", *told} <= conflict.insiders
    assert conflict.call
    assert conflict.call.exhausted


def test_who_is_away_is_not_asked_to_call_it() -> None:
    """The deputy is, at once."""
    away = northwind(
        Absence(person="priya", since=TUESDAY - timedelta(days=1), until=TUESDAY + timedelta(days=9))
    )
    assert [notice.to for notice in asked(workspace=away).notices] == ["tomas"]


def test_called_it_is_due_by_the_end_of_that_day() -> None:
    """Who is needed is told at once; the ladder is silent until the meeting is over; they take part now."""
    outcome = called(asked(METRICS).conflict)
    due = outcome.conflict.deadline
    assert (due.kind, due.limit) == ("called", at("2025-11-18 17:30"))
    assert due.quiet_until == NOON + timedelta(minutes=30)
    assert {n.to for n in outcome.notices if n.kind is NoticeKind.CALLED} == {"dana", "nina"}
    assert "dana" in outcome.conflict.insiders


def test_what_is_due_earlier_stays_due_earlier() -> None:
    """A call never moves a deadline to a later time, unless it is overdue already."""
    friday = at("2025-11-21 10:00")
    assert called(PIPELINE, starts=friday).conflict.deadline == PIPELINE.deadline
    late = replace(PIPELINE, deadline=replace(PIPELINE.deadline, limit=TUESDAY, target=TUESDAY))
    assert called(late, starts=friday).conflict.deadline.limit == at("2025-11-21 17:30")


def test_only_the_chair_or_who_is_asked_calls_or_declines_it() -> None:
    """With a reason, and the one who asked hears it; then it can be asked for again."""
    wish = asked().conflict
    with pytest.raises(Refused):
        called(wish, by="nina")
    with pytest.raises(Invalid):
        called(wish, starts=TUESDAY)
    how: dict[str, Any] = {"workspace": COMPANY, "now": TUESDAY}
    with pytest.raises(Refused):
        decline_call(wish, "not now", by=person("marcus"), **how)
    with pytest.raises(Invalid):
        decline_call(wish, "  ", by=person("priya"), **how)
    declined = decline_call(wish, "the numbers come at noon", by=person("priya"), **how)
    assert [(n.kind, n.to) for n in declined.notices] == [(NoticeKind.CALL_DECLINED, "nina")]
    assert asked(declined.conflict).notices
    with pytest.raises(Refused):
        decline_call(PIPELINE, "not now", by=person("priya"), **how)


def test_nobody_is_asked_any_more_once_it_is_decided_or_called() -> None:
    """The ladder of the call ends with either."""
    conflict, outcome = woken(called(asked().conflict).conflict, COMPANY, "2025-11-18 13:00")
    assert not [n for n in outcome.notices if n.kind is NoticeKind.CALL_ASKED]
    assert conflict.call
    assert conflict.call.state == "called"
