"""The agenda writes itself: put up in time, kept current, added to and arranged."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime

from sandbox.robot import Robot
from sandbox.seen import Seen
from tests.stories.acting import PIPELINE, decides, reported
from tests.stories.house import House

ASKS = datetime(2026, 12, 3, 9, 0, tzinfo=UTC)
GOES_OUT = datetime(2026, 12, 4, 9, 0, tzinfo=UTC)
"""10:00 in Berlin, two working days before the council of Tuesday, 8 December."""
CONTRADICTION = replace(PIPELINE, type="metric_contradiction", subject="Which churn is true?")


def agendas(person: Robot) -> list[Seen]:
    """The agendas of the council this person sees, oldest first."""
    return [seen for seen in person.sees("ai-council") if seen.text.startswith("AI Coordination Council · ")]


async def test_the_agenda_is_put_up_two_working_days_before_and_says_what_waits(council: House) -> None:
    """At the meeting's wall time, once, with all five boxes and what is open."""
    remy = council.robot("remy")
    await reported(council, CONTRADICTION)
    await council.until(GOES_OUT.replace(hour=8, minute=59))
    assert agendas(remy) == []
    await council.until(GOES_OUT)
    [agenda] = agendas(remy)
    assert "60 of 60 min" in agenda.text
    assert (
        "1  AI Signal Conflicts · 15 min\n• #1 Which churn is true? · waits for this meeting · Remy"
        in agenda.text
    )
    assert "2  Workflow Handoff Review · 15 min\n• MQL → SQL · Remy · What works? What breaks?" in agenda.text
    assert "5  Action Items & Owners · 10 min" in agenda.text


async def test_an_agenda_that_stands_follows_what_happens(council: House) -> None:
    """Quietly: the same message, a minute later, however much happens in it."""
    remy, vera = council.robot("remy"), council.robot("vera")
    await council.until(GOES_OUT)
    [empty] = agendas(remy)
    assert "Nothing waits for this meeting so far." in empty.text
    await reported(council, PIPELINE)
    await reported(council, replace(CONTRADICTION, confidential=True), home=None)
    await council.forward(minutes=2)
    [agenda] = agendas(remy)
    assert "open: #1" in agenda.text
    assert "• confidential #2\n" in agenda.text
    assert "churn" not in agenda.text
    await decides(council, vera, vera.inbox()[-2])
    await council.forward(minutes=2)
    [agenda] = agendas(remy)
    assert "decided since: #1" in agenda.text
    assert "open:" not in agenda.text


async def test_the_holders_of_shared_metrics_are_asked_the_working_day_before(council: House) -> None:
    """One message each, for all of theirs; nobody else hears of it."""
    await council.until(ASKS)
    remy, carla, vera = (council.robot(who) for who in ("remy", "carla", "vera"))
    assert "What do the shared metrics say?" in remy.inbox()[-1].text
    assert "Pipeline accuracy and Lead score correlation with close rate" in remy.inbox()[-1].text
    assert "CS health score predictive accuracy" in carla.inbox()[-1].text
    assert not any("shared metrics" in seen.text for seen in vera.inbox())
    await council.until(GOES_OUT)
    assert "Pipeline accuracy: not heard, Remy was asked" in agendas(remy)[-1].text


async def test_an_agenda_follows_a_moved_meeting_and_says_when_it_is_skipped(council: House) -> None:
    """The message that stands; no second one."""
    remy = council.robot("remy")
    await council.until(GOES_OUT)
    await remy.types("/ai-council next", channel="general")
    await remy.clicks("Move", remy.ephemerals[-1], nth=1)
    await remy.modal.choose("Date", "2026-12-09")
    await remy.modal.submit()
    await council.settle()
    await remy.modal.close()
    [agenda] = agendas(remy)
    assert "Dec 9 at 10:00 AM" in agenda.text
    await remy.types("/ai-council next", channel="general")
    await remy.clicks("Skip", remy.ephemerals[-1], nth=1)
    await remy.modal.fill("Why?", "Half of us are at the fair")
    await remy.modal.submit()
    await council.settle()
    [agenda] = agendas(remy)
    assert "does not take place. Half of us are at the fair" in agenda.text
    await council.forward(days=5)
    assert len(agendas(remy)) == 1
