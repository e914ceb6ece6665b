"""Agendas from one meeting to the next: what was left, whose turn it is, what is late by now."""

from __future__ import annotations

from datetime import UTC, datetime

from tests.stories.acting import PIPELINE, newest, reported
from tests.stories.house import House
from tests.stories.meetings import COUNCIL_AT, attend, finishes, starts
from tests.stories.test_actions import decides_with_an_item
from tests.stories.test_agenda import CONTRADICTION, GOES_OUT, agendas, fills_item

NEXT_GOES_OUT = datetime(2027, 1, 8, 9, 0, tzinfo=UTC)
"""10:00 in Berlin, two working days before the council of Tuesday, 12 January."""


async def test_what_a_meeting_carried_over_stands_on_the_next_agenda(council: House) -> None:
    """With how often, and once; and the next handoff has its turn, with the next seat."""
    remy, carla = council.robot("remy"), council.robot("carla")
    await reported(council, CONTRADICTION)
    await council.until(GOES_OUT)
    await carla.clicks("Add an item", agendas(carla)[-1])
    await fills_item(carla, "Where do dashboards live?")
    await council.until(COUNCIL_AT)
    await starts(council, remy)
    await attend(council, remy)
    await finishes(council, remy)
    await council.until(NEXT_GOES_OUT)
    agenda = next(seen for seen in reversed(agendas(remy)) if "Arrange" in seen.buttons)
    assert "Jan 12" in agenda.text
    assert agenda.text.count("#1 Which churn is true?") == 1
    assert "#1 Which churn is true? · waits for this meeting · Remy · carried over\n" in agenda.text
    assert "• Where do dashboards live? · Carla · carried over\n" in agenda.text
    assert "• Opportunity created · Vera · What works? What breaks?" in agenda.text


async def test_after_a_meeting_nobody_held_the_same_handoff_has_its_turn(council: House) -> None:
    """The rotation follows from what was held."""
    remy = council.robot("remy")
    await council.until(NEXT_GOES_OUT)
    agenda = next(seen for seen in reversed(agendas(remy)) if "Arrange" in seen.buttons)
    assert "• MQL → SQL · Remy · What works? What breaks?" in agenda.text


async def test_late_action_items_are_named_and_the_others_counted(council: House) -> None:
    """By each morning: what was due on Friday is late on Monday. Done, it is gone."""
    vera, tess, remy = (council.robot(who) for who in ("vera", "tess", "remy"))
    await reported(council, PIPELINE)
    await decides_with_an_item(council, vera, due="2026-12-04")
    await council.until(GOES_OUT)
    assert "• 1 due before the meeting" in agendas(remy)[-1].text
    await council.until(GOES_OUT.replace(day=7, hour=9))
    assert "• Fix the renewal double count · Tess, overdue since Dec 4\n" in agendas(remy)[-1].text
    assert "• 1 overdue\n" in agendas(remy)[-1].text
    await tess.clicks("Done", newest(tess))
    await council.forward(minutes=2)
    assert "renewal" not in agendas(remy)[-1].text
