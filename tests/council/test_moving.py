"""A meeting is moved or skipped, and the deadlines that hang on it go with it."""

from __future__ import annotations

from datetime import date

import pytest

from council.cadence import Change
from council.conflict import Conflict
from council.matrix import ConflictType
from council.moving import follow_meeting
from council.waking import wake
from council.workspace import Workspace
from tests.council.builders import (
    FORECAST,
    HOUR,
    LEADS,
    METRIC,
    TUESDAY,
    acknowledged,
    at,
    away,
    decided,
    northwind,
    reported,
    said,
)

NOW = TUESDAY + HOUR


def company(*times: str, ceremony: str = "forecast_meeting", on: date = date(2025, 11, 20)) -> Workspace:
    """Northwind, where that meeting is skipped, or moved to the time given."""
    starts = at(times[0]) if times else None
    change = Change(ceremony=ceremony, on=on, starts=starts, skipped=not times, known_from=TUESDAY)
    return northwind(changes=(change,))


FORECASTED = reported(type=FORECAST).conflict


@pytest.mark.parametrize(
    ("moved", "limit", "asked"),
    [
        pytest.param(company("2025-11-21 10:00"), "2025-11-21 09:00", 0, id="moved by a day"),
        pytest.param(company(), "2025-11-27 13:00", 0, id="skipped: the next one"),
        pytest.param(company("2025-12-01 10:00"), "2025-12-01 09:00", 1, id="more than a week later"),
    ],
)
def test_R18_a_moved_meeting_moves_its_deadlines(moved: Workspace, limit: str, asked: int) -> None:
    """The owner is told once; if it is more than a week later, they are asked whether that will do."""
    outcome = follow_meeting(FORECASTED, moved, NOW)
    assert outcome.conflict.deadline.limit == at(limit)
    assert said(outcome) == [("marcus", "deadline moved")]
    assert outcome.notices[0].facts["ask"] == asked
    assert [event.facts["owner asked"] for event in outcome.timeline] == ["yes" if asked else "no"]
    assert outcome.conflict.due.since == NOW
    assert follow_meeting(outcome.conflict, moved, NOW + HOUR).timeline == ()


def test_who_is_on_it_stays_on_it() -> None:
    """A meeting that moves does not undo an acknowledgement."""
    outcome = follow_meeting(acknowledged(FORECASTED, northwind(), TUESDAY), company(), NOW)
    assert outcome.conflict.state == "acknowledged"


def test_it_is_never_overdue_at_once() -> None:
    """Moved to an hour from now: at least one acknowledgement window remains."""
    outcome = follow_meeting(FORECASTED, company("2025-11-18 11:00"), NOW)
    assert outcome.conflict.deadline.limit >= NOW + 4 * HOUR


def test_a_needed_by_does_not_move() -> None:
    """It was needed before the meeting anyway: the timeline knows, the owner is not disturbed."""
    conflict = reported(type=FORECAST, needed_by=at("2025-11-19 12:00")).conflict
    outcome = follow_meeting(conflict, company(), NOW)
    assert outcome.conflict.deadline.limit == at("2025-11-19 12:00")
    assert (outcome.notices, len(outcome.timeline)) == ((), 1)
    assert outcome.conflict.due == conflict.due


@pytest.mark.parametrize(
    ("conflict", "changed"),
    [
        pytest.param(FORECASTED, northwind(), id="nothing changed"),
        pytest.param(reported(type=LEADS).conflict, company(), id="another kind of deadline"),
        pytest.param(decided(FORECASTED, northwind(), NOW).conflict, company(), id="decided already"),
    ],
)
def test_what_does_not_hang_on_it_stays(conflict: Conflict, changed: Workspace) -> None:
    """No event, nothing said."""
    outcome = follow_meeting(conflict, changed, NOW)
    assert (outcome.conflict, outcome.timeline, outcome.notices) == (conflict, (), ())


@pytest.mark.parametrize(
    ("type", "ceremony", "on"),
    [
        pytest.param(FORECAST, "forecast_meeting", date(2025, 11, 20), id="before a meeting"),
        pytest.param(METRIC, "council_meeting", date(2025, 12, 9), id="at a meeting"),
    ],
)
def test_waking_follows_the_meeting_too(type: ConflictType, ceremony: str, on: date) -> None:
    """However it is looked at, no deadline stays over a skipped meeting."""
    conflict = reported(type=type).conflict
    outcome = wake(conflict, company(ceremony=ceremony, on=on), NOW)
    assert outcome.conflict.deadline.occurrence != on
    assert [kind for _, kind in said(outcome)] == ["deadline moved"]


def test_moved_and_passed_on_at_once_only_the_new_owner_is_asked() -> None:
    """Marcus is away when the meeting is skipped: Dana is asked, with the new deadline."""
    skipped = company()
    absent = northwind(away("marcus", "2025-11-18 09:30", "2025-11-24 00:00"), changes=skipped.changes)
    outcome = wake(FORECASTED, absent, NOW)
    assert said(outcome) == [("dana", "owner asked")]
    assert [event.kind for event in outcome.timeline] == ["deadline moved", "passed on"]
    assert outcome.conflict.deadline.limit == at("2025-11-27 13:00")
