"""What falls on a holiday: who is asked about it, and when."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, datetime, time

import pytest

from council.cadence import Change
from council.on_holidays import HolidayLook, holiday_look
from council.workspace import Workspace
from tests.council.builders import TUESDAY, at, away, northwind

HOLIDAY = date(2025, 12, 9)
"""The Tuesday on which Northwind's council meets next."""


def off(company: Workspace | None = None, day: date = HOLIDAY) -> Workspace:
    """Northwind, which is off on that day."""
    company = company or northwind()
    holidays = replace(company.hours.holidays, also=(day,))
    hours = replace(company.hours, holidays=holidays)
    return replace(company, configuration=replace(company.configuration, hours=hours))


def look(company: Workspace, now: datetime, key: str = "council_meeting") -> HolidayLook | None:
    ceremony = company.calendar.ceremony(key)
    assert ceremony is not None
    return holiday_look(ceremony, company, now)


def changed(**how: object) -> Workspace:
    values = {"ceremony": "council_meeting", "on": HOLIDAY, "known_from": TUESDAY, **how}
    return northwind(changes=(Change(**values),))  # type: ignore[arg-type]


def test_it_is_asked_when_the_agenda_is_due() -> None:
    """Two working days before, at the meeting's own time; the rest is looked at then."""
    company = off()
    waiting = look(company, TUESDAY)
    assert waiting is not None
    assert (waiting.notices, waiting.look_at) == ((), at("2025-12-05 10:00"))
    due = look(company, at("2025-12-05 10:00"))
    assert due is not None
    assert [(each.to, each.priority) for each in due.notices] == [("priya", 1)]
    assert due.notices[0].good_until == at("2025-12-09 10:00")
    assert due.look_at > at("2025-12-09 11:00")


def test_an_agenda_that_is_due_earlier_is_asked_about_earlier() -> None:
    """So many working days as the ceremony says."""
    company = off()
    ceremonies = tuple(replace(each, agenda_before=5) for each in company.configuration.ceremonies)
    company = replace(company, configuration=replace(company.configuration, ceremonies=ceremonies))
    found = look(company, TUESDAY)
    assert found is not None
    assert found.look_at == at("2025-12-02 10:00")


@pytest.mark.parametrize(
    ("company", "asked"),
    [
        pytest.param(off(), ["priya"], id="the chair"),
        pytest.param(
            off(northwind(away("priya", "2025-12-01 09:00", "2025-12-20 09:00"))),
            ["tomas"],
            id="the deputy while the chair is away",
        ),
        pytest.param(northwind(), [], id="no holiday"),
        pytest.param(off(changed(skipped=True)), [], id="skipped already"),
        pytest.param(off(changed(starts=at("2025-12-11 10:00"))), [], id="moved away already"),
        pytest.param(
            off(changed(starts=at("2025-12-11 10:00")), date(2025, 12, 11)), [], id="moved there by hand"
        ),
    ],
)
def test_who_is_asked(company: Workspace, asked: list[str]) -> None:
    """Only about what the plan has put there; a day somebody chose was chosen."""
    found = look(company, at("2025-12-05 12:00"))
    assert found is not None
    assert [each.to for each in found.notices] == asked


def test_a_weekly_one_is_not_asked_about() -> None:
    """It skips holidays by itself."""
    assert look(off(day=date(2025, 11, 20)), TUESDAY, "forecast_meeting") is None


def test_the_holiday_is_that_of_the_ceremonys_own_day() -> None:
    """Where it is morning in Tokyo it is still the day before in Berlin."""
    company = off(day=date(2025, 12, 9))
    ceremonies = tuple(
        replace(each, zone="Asia/Tokyo", at=time(6)) for each in company.configuration.ceremonies
    )
    company = replace(company, configuration=replace(company.configuration, ceremonies=ceremonies))
    found = look(company, at("2025-12-08 12:00"))
    assert found is not None
    assert [each.to for each in found.notices] == ["priya"]
