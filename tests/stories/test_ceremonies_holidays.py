"""Holidays, absences, channels and zones: what happens around a meeting that nobody planned."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, date, datetime

from sandbox.acts import admin
from sandbox.robot import Robot
from storage import workspaces
from storage.store import Unit
from tests.stories.acting import newest, now_of, reported, told
from tests.stories.company import COUNCIL, juniper
from tests.stories.house import House
from tests.stories.test_ceremonies import lines, moves, opens

ASKED_AT = datetime(2026, 12, 4, 9, 0, tzinfo=UTC)
"""10:00 in Berlin, two working days before the council of Tuesday 8 December."""
ASKED = "AI Coordination Council falls on a holiday"


async def make_holiday(house: House, *days: date) -> None:
    """The company is off on these days as well."""

    def save(unit: Unit) -> None:
        hours = juniper().hours
        off = replace(hours, holidays=replace(hours.holidays, also=days))
        changed = replace(juniper(), hours=off)
        workspaces.save_configuration(
            unit.connection, unit.team, changed, author=None, reason="holidays", now=unit.clock()
        )

    await house.bot.store.write(save, team=house.team)
    await house.settle()


def asked(person: Robot) -> list[str]:
    """The questions about holidays this person got."""
    return [line for line in told(person) if line.startswith("AI Coordination Council falls")]


async def test_the_chair_is_asked_to_move_what_falls_on_a_holiday(house: House) -> None:
    """When its agenda is due, once; moved from there, the question has had its answer."""
    metric = await reported(house, type="metric_contradiction")
    await make_holiday(house, date(2026, 12, 8))
    remy = house.robot("remy")
    await house.until(ASKED_AT.replace(hour=8, minute=59))
    assert asked(remy) == []
    await house.until(ASKED_AT)
    assert len(asked(remy)) == 1
    question = newest(remy)
    assert question.buttons == ("Move", "Skip")
    await remy.clicks("Move", question)
    await remy.modal.choose("Date", "2026-12-09")
    assert f"One open deadline moves with it: #{metric.number}." in remy.modal.text
    await remy.modal.submit()
    await house.forward(minutes=1)
    assert (await now_of(house, metric.id)).deadline.limit == datetime(2026, 12, 9, 10, 0, tzinfo=UTC)
    answered = remy.again(question)
    assert answered.buttons == ()
    assert "moved from the holiday" in answered.text
    await house.until(datetime(2026, 12, 10, 12, 0, tzinfo=UTC))
    assert asked(remy) == []


async def test_left_alone_it_stands(house: House) -> None:
    """Nobody is asked twice, and the deadline stays where it was."""
    metric = await reported(house, type="metric_contradiction")
    await make_holiday(house, date(2026, 12, 8))
    remy, tess = house.robot("remy"), house.robot("tess")
    await house.until(datetime(2026, 12, 8, 8, 0, tzinfo=UTC))
    assert len(asked(remy)) == 1
    assert asked(tess) == []
    assert (await now_of(house, metric.id)).deadline == metric.deadline
    await remy.types("/ai-council next", "general")
    assert "AI Coordination Council · Today at 10:00 AM" in remy.ephemerals[-1].text


async def test_the_deputy_is_asked_while_the_chair_is_away(house: House) -> None:
    """Exactly one of both."""
    await make_holiday(house, date(2026, 12, 8))
    remy, tess = house.robot("remy"), house.robot("tess")
    await remy.types("/ai-council away", "general")
    await remy.modal.choose("From", "2026-12-03")
    await remy.modal.choose("Until", "2026-12-07")
    await remy.modal.submit()
    await house.until(ASKED_AT)
    assert (len(asked(remy)), len(asked(tess))) == (0, 1)


async def test_a_weekly_meeting_on_a_holiday_skips_itself(house: House) -> None:
    """Its deadlines go to the next one, and nobody has to be asked."""
    forecast = await reported(house)
    await make_holiday(house, date(2026, 11, 19))
    remy = house.robot("remy")
    assert (await now_of(house, forecast.id)).deadline.occurrence == date(2026, 11, 26)
    await remy.types("/ai-council next", "general")
    assert "Nov 19 at 2:00 PM is a holiday" in remy.ephemerals[-1].text
    await house.until(datetime(2026, 11, 20, 12, 0, tzinfo=UTC))
    assert not [line for line in told(remy) if "holiday" in line]


async def test_a_channel_that_is_gone_is_told_of_once(house: House) -> None:
    """The meeting moves all the same; admins hear once where nothing can be said any more."""
    remy, pavel = house.robot("remy"), house.robot("pavel")
    admin.archive(house.slack, "ai-council", remy.id)
    await house.settle()
    await moves(house, remy, "2026-12-10", nth=1)
    await moves(house, remy, "2026-12-11", nth=1)
    await remy.types("/ai-council next", "general")
    assert "Moved from Dec 8 at 10:00 AM" in remy.ephemerals[-1].text
    assert len([line for line in told(pavel) if "archived" in line]) == 1


async def test_a_channel_with_another_name_is_the_same(house: House) -> None:
    """What is said about meetings is said where they live."""
    admin.rename(house.slack, COUNCIL, "signals-council")
    await house.settle()
    await moves(house, house.robot("remy"), "2026-12-10", nth=1)
    seen = house.robot("nina").sees("signals-council")
    assert [message.text for message in seen if "moved AI Coordination Council" in message.text]


async def test_the_form_speaks_the_clock_of_the_ceremony(house: House) -> None:
    """Whatever zone the chair is in by now: the form says which clock it means, the rest is theirs."""
    remy = house.robot("remy")
    house.slack.workspace.people[remy.id].zone = "America/New_York"
    form = await opens(remy, "Move", nth=1)
    assert form.value("Time") == "10:00"
    assert "By the clocks of Europe/Berlin." in str(form.view.blocks)
    await form.choose("Date", "2026-12-10")
    assert "It takes place Dec 10 at 4:00 AM." in form.text
    await form.submit()
    await house.settle()
    assert "Dec 10 at 10:00 AM" in lines(house)[-1]
