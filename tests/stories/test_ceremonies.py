"""What takes place next, and the chair who moves it, skips it, or adds an extra one."""

from __future__ import annotations

import asyncio
from dataclasses import replace
from datetime import date
from typing import Any

import pytest

from council.timeframes import Within
from sandbox.robot import Robot
from sandbox.robot_modal import RobotModal
from storage import workspaces
from storage.store import Unit
from tests.stories.acting import LEADS, decides, now_of, reported, told
from tests.stories.company import juniper
from tests.stories.house import TUESDAY, House

ON_METRIC: dict[str, Any] = {"type": "metric_contradiction"}
IN_ORDER = (
    "Forecast meeting",
    "AI integration standup",
    "AI Coordination Council",
    "Joint leadership review",
    "AI tool rationalisation",
    "Strategic review",
)


async def opens(person: Robot, button: str, nth: int = 0) -> RobotModal:
    """One of the buttons below `/ai-council next`; `nth` counts the meetings from the soonest."""
    await person.types("/ai-council next", "general")
    await person.clicks(button, person.ephemerals[-1], nth=nth)
    return person.modal


async def moves(house: House, chair: Robot, day: str, at: str = "", nth: int = 0, why: str = "") -> None:
    """The whole way of **Move**."""
    form = await opens(chair, "Move", nth)
    await form.choose("Date", day)
    if at:
        await form.choose("Time", at)
    if why:
        await form.fill("Why?", why)
    await form.submit()
    assert not chair.modal.errors, chair.modal.errors
    await house.settle()


def lines(house: House) -> list[str]:
    """What was said in the council's channel that is no card."""
    seen = house.robot("nina").sees("ai-council")
    return [message.text for message in seen if "Details" not in message.buttons and not message.only_me]


async def test_next_shows_all_six_and_the_chair_plans(council: House) -> None:
    """The soonest first, with where; only who chairs gets the buttons."""
    nina, remy, tess = (council.robot(name) for name in ("nina", "remy", "tess"))
    for person in (nina, remy, tess):
        await person.types("/ai-council next", "general")
    seen = nina.ephemerals[-1]
    places = [seen.text.index(name) for name in IN_ORDER]
    assert places == sorted(places)
    assert "Nov 19 at 2:00 PM · 45 min" in seen.text
    assert seen.buttons == ()
    for chair in (remy, tess):
        assert chair.ephemerals[-1].buttons == ("Move", "Skip") * 6 + ("Add an extra one",)


async def test_home_shows_the_next_meeting_and_leads_to_all(house: House) -> None:
    """Everybody sees it; the chair moves it right there."""
    nina, remy = house.robot("nina"), house.robot("remy")
    for person in (nina, remy):
        await person.opens_home()
        await house.settle()
    assert "Forecast meeting · " in nina.home.text
    assert "Move" not in nina.home.buttons
    await nina.home.click("All meetings")
    assert "AI Coordination Council" in nina.modal.text
    await remy.home.click("All meetings")
    await remy.modal.click("Skip", nth=1)
    assert remy.modal.title == "Skip"
    assert "AI Coordination Council" in remy.modal.text


async def test_R18_a_moved_meeting_takes_its_deadlines_along(house: House) -> None:
    """The form says so before, the channel afterwards; each owner hears of theirs once."""
    for subject in ("Q4 pipeline for EMEA", "Q1 outlook for LATAM"):
        await reported(house, subject=subject)
    other = await reported(house, LEADS)
    remy, vera = house.robot("remy"), house.robot("vera")
    heard = len(told(vera))
    form = await opens(remy, "Move")
    assert "2 open deadlines move with it: #1 and #2." in form.text
    await form.choose("Date", "2026-11-20")
    assert "It takes place Nov 20 at 2:00 PM." in form.text
    assert "#1 is then due Nov 20 at 1:00 PM." in form.text
    await form.choose("Time", "09:30")
    await form.fill("Why?", "the board meets on Thursday")
    await form.submit()
    assert remy.modal.submit_label == ""
    assert "2 open deadlines move with it: #1 and #2." in remy.modal.text
    await house.settle()
    (line,) = lines(house)
    assert line.split("\n") == [
        "Remy moved Forecast meeting: Nov 19 at 2:00 PM → Nov 20 at 9:30 AM.",
        "Why: the board meets on Thursday",
        "2 open deadlines move with it.",
    ]
    assert sorted(told(vera)[heard:]) == [
        "#1 is now due Nov 20 at 8:30 AM: Q4 pipeline for EMEA",
        "#2 is now due Nov 20 at 8:30 AM: Q1 outlook for LATAM",
    ]
    assert (await now_of(house, other.id)).deadline == other.deadline
    await remy.types("/ai-council next", "general")
    assert "Moved from Nov 19 at 2:00 PM: the board meets on Thursday" in remy.ephemerals[-1].text


async def test_R18_twelve_deadlines_leave_a_skipped_meeting(house: House) -> None:
    """Each hangs on the next one; its owner reads it in one message, not in twelve."""
    found = [await reported(house, subject=f"Pipeline of region {place}") for place in range(12)]
    remy, vera = house.robot("remy"), house.robot("vera")
    heard = len(told(vera))
    form = await opens(remy, "Skip")
    assert "12 open deadlines move with it: #1, #2, #3" in form.text
    assert "#1 is then due Nov 26 at 1:00 PM." in form.text
    assert "and 4 more" in form.text
    await form.submit()
    assert form.errors
    await form.fill("Why?", "everybody is at the fair")
    await form.submit()
    await house.settle()
    after = [await now_of(house, each.id) for each in found]
    assert {each.deadline.occurrence for each in after} == {date(2026, 11, 26)}
    assert "12 open deadlines move." in lines(house)[0]
    assert len(told(vera)) - heard == 1


async def test_an_extra_one_stands_beside_the_others(house: House) -> None:
    """What was promised for the regular meeting stays promised for it; an extra one can be skipped again."""
    metric = await reported(house, **ON_METRIC)
    remy = house.robot("remy")
    form = await opens(remy, "Add an extra one")
    await form.choose("Which ceremony?", "AI Coordination Council")
    await form.choose("Date", "2026-11-24")
    await form.choose("Time", "10:00")
    assert "It takes place Nov 24 at 10:00 AM." in form.text
    assert "No open deadline moves with it." in form.text
    await form.submit()
    await house.settle()
    assert lines(house) == ["Remy added an extra AI Coordination Council: Nov 24 at 10:00 AM."]
    assert (await now_of(house, metric.id)).deadline == metric.deadline
    await remy.types("/ai-council next", "general")
    assert "Extraordinary" in remy.ephemerals[-1].text
    form = await opens(remy, "Skip", nth=1)
    await form.fill("Why?", "not needed any more")
    await form.submit()
    await house.settle()
    assert "skipped AI Coordination Council of Nov 24" in lines(house)[-1]


async def test_an_extra_one_can_be_filled_in_in_any_order(house: House) -> None:
    """Until all is chosen the form only says what is missing, and sent too early it says it in red."""
    form = await opens(house.robot("remy"), "Add an extra one")
    await form.choose("Date", "2026-11-24")
    assert "Pick a date and a time to see what follows." in form.text
    await form.choose("Time", "10:00")
    assert "Choose which ceremony." in form.text
    await form.submit()
    assert list(form.errors) == ["Which ceremony?"]
    await form.choose("Which ceremony?", "Forecast meeting")
    assert "It takes place Nov 24 at 10:00 AM." in form.text


async def test_nothing_to_add_to(house: House) -> None:
    """The last ceremony was taken out while the list lay open: a sentence, and no empty form."""
    remy = house.robot("remy")
    await remy.types("/ai-council next", "general")
    listed = remy.ephemerals[-1]
    matrix = tuple(row for row in juniper().matrix if isinstance(row.timeframe, Within))
    precedence = tuple(each for each in juniper().precedence if each.type in {row.key for row in matrix})
    bare = replace(juniper(), ceremonies=(), matrix=matrix, precedence=precedence)

    def import_it(unit: Unit) -> None:
        workspaces.save_configuration(
            unit.connection, unit.team, bare, author=None, reason="import", now=unit.clock()
        )

    await house.bot.store.write(import_it, team=house.team)
    await remy.clicks("Add an extra one", listed)
    assert not remy.has_modal
    assert remy.ephemerals[-1].text == "No ceremony is planned yet; an admin can set one up."
    await remy.clicks("Move", listed)
    assert "not held any more" in remy.ephemerals[-1].text
    await remy.types("/ai-council next", "general")
    assert remy.ephemerals[-1].text == "No ceremony is planned yet."


async def test_two_chairs_in_the_same_instant(house: House) -> None:
    """One of them moves it, the other one reads so; there is one change and one line."""
    chairs = [house.robot("remy"), house.robot("tess")]
    forms = [await opens(chair, "Move") for chair in chairs]
    for form, day in zip(forms, ("2026-11-20", "2026-11-23"), strict=True):
        await form.choose("Date", day)
    await asyncio.gather(*(form.submit() for form in forms))
    await house.settle()
    refused = [form for form in forms if form.errors]
    assert len(refused) == 1
    assert "has moved it meanwhile" in next(iter(refused[0].errors.values()))
    assert len(lines(house)) == 1


async def test_what_was_skipped_takes_place_after_all(house: House) -> None:
    """Adding one that day brings back the one that was skipped."""
    remy = house.robot("remy")
    form = await opens(remy, "Skip")
    await form.fill("Why?", "a fair")
    await form.submit()
    await house.settle()
    await remy.types("/ai-council next", "general")
    assert "Nov 19 at 2:00 PM is skipped: a fair" in remy.ephemerals[-1].text
    form = await opens(remy, "Add an extra one")
    await form.choose("Which ceremony?", "Forecast meeting")
    await form.choose("Date", "2026-11-19")
    await form.choose("Time", "14:00")
    await form.submit()
    await house.settle()
    assert lines(house)[-1] == "Forecast meeting takes place after all: Nov 19 at 2:00 PM, says Remy."


async def test_two_chairs_at_once(house: House) -> None:
    """The second one reads what the first one did; nothing typed is lost, nothing happens twice."""
    remy, tess = house.robot("remy"), house.robot("tess")
    late = await opens(tess, "Move")
    await late.choose("Date", "2026-11-23")
    await late.fill("Why?", "my turn")
    await moves(house, remy, "2026-11-20")
    await late.submit()
    (problem,) = late.errors.values()
    assert problem.startswith("Remy has moved it meanwhile: it takes place Fri 20 Nov, 14:00")
    assert late.value("Why?") == "my turn"
    assert len(lines(house)) == 1


async def test_a_form_older_than_the_meeting_changes_nothing(house: House) -> None:
    """It has begun while the form lay open."""
    remy = house.robot("remy")
    form = await opens(remy, "Skip")
    await form.fill("Why?", "too late")
    await house.until(TUESDAY.replace(day=19, hour=13, minute=5))
    await form.submit()
    (problem,) = form.errors.values()
    assert problem.startswith("It began Thu 19 Nov, 14:00")
    assert lines(house) == []


@pytest.mark.parametrize(
    ("day", "at", "label", "words"),
    [
        ("2026-11-16", "10:00", "Date", "Pick a day from today on"),
        ("2026-11-17", "09:00", "Time", "Pick a time after now."),
        ("2026-11-26", "14:30", "Time", "Another one takes place then"),
    ],
)
async def test_what_can_not_be_is_said_under_its_field(
    house: House, day: str, at: str, label: str, words: str
) -> None:
    """And before that in the form, as soon as it is chosen."""
    form = await opens(house.robot("remy"), "Move")
    await form.choose("Date", day)
    await form.choose("Time", at)
    assert words in form.text
    await form.submit()
    assert list(form.errors) == [label]
    assert words in form.errors[label]


async def test_moved_across_the_end_of_summer_time(house: House) -> None:
    """The time on the wall is what counts, on either side."""
    remy = house.robot("remy")
    await moves(house, remy, "2027-04-15", nth=1)
    assert "Dec 8 at 10:00 AM → Apr 15 at 10:00 AM" in lines(house)[-1]


async def test_a_decided_conflict_does_not_move(house: House) -> None:
    """Only what is open hangs on a meeting."""
    await reported(house)
    await decides(house, house.robot("vera"))
    form = await opens(house.robot("remy"), "Move")
    assert "No open deadline moves with it." in form.text
