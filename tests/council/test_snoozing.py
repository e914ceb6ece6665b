"""Snoozing an action item: until which mornings, and what becomes of its reminders."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, datetime

import pytest

from council.doing import done, pass_on, remind
from council.errors import Invalid, Refused, TooLate
from council.reminders import AHEAD, OVERDUE, TODAY
from council.snoozing import choices, snooze
from tests.council.builders import TUESDAY, at, northwind, person
from tests.council.test_doing import GIVEN

COMPANY = northwind()


def labels(now: datetime, due: date = date(2025, 11, 21)) -> list[str]:
    """What is offered, with a mark on what lies after the due day."""
    found = choices(replace(GIVEN, due=due), COMPANY, now)
    return [f"{each.label} {each.day:%d}{' late' if each.late else ''}" for each in found]


@pytest.mark.parametrize(
    ("now", "offered"),
    [
        pytest.param(TUESDAY, ["Tomorrow 19", "Monday 24 late", "In a week 25 late"], id="Tuesday"),
        pytest.param(
            at("2025-11-21 10:00"), ["Next working day 24 late", "In a week 28 late"], id="Friday, no Monday"
        ),
        pytest.param(at("2025-11-17 10:00"), ["Tomorrow 18", "Monday 24 late"], id="Monday, once"),
    ],
)
def test_what_is_offered(now: datetime, offered: list[str]) -> None:
    """Working days, each once; a day after it is due says so."""
    assert labels(now) == offered


def test_it_comes_again_on_that_morning_and_says_how_late_it_is() -> None:
    """Due on Friday, snoozed to Monday: nothing on Thursday and Friday, then that it is overdue, once."""
    how = {"by": person("ravi"), "workspace": COMPANY}
    snoozed = snooze(GIVEN, "monday", **how, now=TUESDAY)  # type: ignore[arg-type]
    assert snoozed.wake_at == at("2025-11-24 09:00") - AHEAD
    assert not remind(snoozed.item, COMPANY, at("2025-11-21 09:00")).notices
    said = remind(snoozed.item, COMPANY, at("2025-11-24 09:00") - AHEAD)
    assert [(n.to, n.facts["rung"], n.not_before) for n in said.notices] == [
        ("ravi", OVERDUE, at("2025-11-24 09:00"))
    ]
    assert (said.item.snoozed, said.wake_at) == (None, None)


def test_before_the_due_day_the_other_reminders_stay() -> None:
    """Snoozed to the due day it says so, and comes once more when it is overdue."""
    late = replace(GIVEN, due=date(2025, 11, 19))
    snoozed = snooze(late, "tomorrow", by=person("ravi"), workspace=COMPANY, now=TUESDAY).item
    said = remind(snoozed, COMPANY, at("2025-11-19 09:00"))
    assert [n.facts["rung"] for n in said.notices] == [TODAY]
    assert said.wake_at == at("2025-11-20 09:00") - AHEAD


def test_only_its_owner_snoozes_it_and_not_when_it_is_done() -> None:
    """Handed over, the new owner hears of it at its own time."""
    snoozed = snooze(GIVEN, "week", by=person("ravi"), workspace=COMPANY, now=TUESDAY).item
    passed = pass_on(snoozed, person("lucia"), None, by=person("ravi"), workspace=COMPANY, now=TUESDAY)
    assert passed.item.snoozed is None
    assert passed.wake_at == at("2025-11-20 09:00") - AHEAD
    with pytest.raises(Refused):
        snooze(GIVEN, "week", by=person("marcus"), workspace=COMPANY, now=TUESDAY)
    with pytest.raises(Invalid):
        snooze(GIVEN, "never", by=person("ravi"), workspace=COMPANY, now=TUESDAY)
    ended = done(GIVEN, "", "", by=person("ravi"), workspace=COMPANY, now=TUESDAY).item
    with pytest.raises(TooLate):
        snooze(ended, "week", by=person("ravi"), workspace=COMPANY, now=TUESDAY)
