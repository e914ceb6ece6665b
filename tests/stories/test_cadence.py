"""An admin changes how a ceremony recurs: what that does is said before it is done."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, time

from sandbox.robot import Robot
from sandbox.robot_modal import RobotModal
from storage import workspaces
from storage.store import Unit
from tests.stories.acting import newest, now_of, reported, told
from tests.stories.company import juniper
from tests.stories.house import House
from tests.stories.test_ceremonies import lines, moves


async def edits(house: House, admin: Robot, name: str = "AI Coordination Council") -> RobotModal:
    """From App Home to the form of one ceremony."""
    await admin.opens_home()
    await house.settle()
    await admin.home.click("Cadence")
    place = [text.split("\n")[0] for text in admin.modal.texts].index(name)
    await admin.modal.click("Edit", nth=place)
    return admin.modal


async def version(house: House) -> int:
    row = await house.bot.store.read(lambda connection: workspaces.find(connection, house.team))
    assert row is not None
    return int(row._mapping["configuration"])


async def test_R18_the_last_tuesday_instead_of_the_second(house: House) -> None:
    """Dates before and after, what was changed by hand, which deadlines move; then it is so."""
    metric = await reported(house, type="metric_contradiction")
    remy, pavel = house.robot("remy"), house.robot("pavel")
    await moves(house, remy, "2027-01-14", nth=1, why="room taken")
    form = await edits(house, pavel)
    assert form.value("Which day?") == "2nd Tuesday"
    assert "last Tuesday" in form.options("Which day?")
    assert not [each for each in form.options("Which day?") if "5th" in each or "31" in each]
    assert "a fifth Tuesday" in str(form.view.blocks)
    await form.choose("Which day?", "last Tuesday")
    await form.submit()
    preview = pavel.modal
    assert (preview.title, preview.submit_label) == ("What this changes", "Save")
    assert "Day of AI Coordination Council: 2nd Tuesday → last Tuesday" in preview.text
    assert "from now on: Nov 24 at 10:00 AM · Dec 29 at 10:00 AM · Jan 26 at 10:00 AM" in preview.text
    assert "The one moved to Jan 14 at 10:00 AM is dropped: Dec 8 at 10:00 AM is none of its" in preview.text
    assert f"One open deadline moves with it: #{metric.number}." in preview.text
    assert await version(house) == 1
    await preview.submit()
    assert "Saved. AI Coordination Council" in pavel.modal.text
    await house.settle()
    assert await version(house) == 2
    moved = await now_of(house, metric.id)
    assert moved.deadline.occurrence == date(2027, 1, 26)
    assert "Pavel changed when AI Coordination Council takes place." in lines(house)[-1]
    assert "#1 is now due" in told(remy)[-1]


async def test_back_keeps_everything(house: House) -> None:
    """Nothing chosen is lost on the way there and back, and nothing is saved by it."""
    pavel = house.robot("pavel")
    form = await edits(house, pavel)
    await form.choose("How often?", "Every quarter")
    assert "Which month?" in form.labels
    await form.choose("Which month?", "The second month of it")
    await form.choose("Which day?", "1st Monday")
    await form.fill("Length in minutes", "45")
    await form.fill("Time zone", "America/New_York")
    await form.submit()
    await pavel.modal.click("Back")
    form = pavel.modal
    assert form.title == "Cadence"
    shown = [form.value(label) for label in ("How often?", "Which month?", "Which day?", "Length in minutes")]
    assert shown == ["Every quarter", "The second month of it", "1st Monday", "45"]
    await form.choose("How often?", "Every week")
    assert "Which month?" not in form.labels
    await form.choose("Which day?", "Friday")
    await form.submit()
    assert "Cadence of AI Coordination Council: every month → every week" in pavel.modal.text
    await pavel.modal.submit()
    await house.settle()
    await pavel.types("/ai-council next", "general")
    assert "AI Coordination Council · Nov 20 at 4:00 PM · 45 min" in pavel.ephemerals[-1].text


async def test_what_can_not_be_is_refused_under_its_field(house: House) -> None:
    """A zone nobody knows; the same as before."""
    pavel = house.robot("pavel")
    form = await edits(house, pavel)
    await form.submit()
    assert form.errors == {"How often?": "Nothing is changed by this."}
    await form.fill("Time zone", "Mars/Base")
    await form.submit()
    assert list(form.errors) == ["Time zone"]
    assert await version(house) == 1


async def test_an_older_form_is_not_saved_blindly(house: House) -> None:
    """Somebody else changed the set-up meanwhile: that is shown, with this on top, and nothing is lost."""
    pavel = house.robot("pavel")
    form = await edits(house, pavel)
    await form.choose("Which day?", "last Tuesday")
    await form.submit()
    earlier = replace(juniper().hours, opens=time(8))

    def import_it(unit: Unit) -> None:
        changed = replace(juniper(), hours=earlier)
        workspaces.save_configuration(
            unit.connection, unit.team, changed, author="U0HUGO", reason="import", now=unit.clock()
        )

    await house.bot.store.write(import_it, team=house.team)
    await pavel.modal.submit()
    assert pavel.modal.title == "What this changes"
    assert "The set-up was changed meanwhile:\n• Work begins: 09:00 → 08:00" in pavel.modal.text
    assert "Day of AI Coordination Council: 2nd Tuesday → last Tuesday" in pavel.modal.text
    assert await version(house) == 2
    await pavel.modal.submit()
    assert "Saved." in pavel.modal.text
    await house.settle()
    row = await house.bot.store.read(lambda c: workspaces.configuration_at(c, house.team, 3))
    assert (row.hours.opens, row.ceremonies[-1].day) == (time(8), "last tue")


async def test_R18_an_import_moves_deadlines_as_well(house: House) -> None:
    """Whatever door a new cadence comes in by, what hangs on it is looked at."""
    forecast = await reported(house)
    vera = house.robot("vera")

    def import_it(unit: Unit) -> None:
        ceremonies = tuple(
            replace(each, day="fri") if each.key == "forecast_meeting" else each
            for each in juniper().ceremonies
        )
        changed = replace(juniper(), ceremonies=ceremonies)
        workspaces.save_configuration(
            unit.connection, unit.team, changed, author=None, reason="import", now=unit.clock()
        )

    await house.bot.store.write(import_it, team=house.team)
    await house.settle()
    assert (await now_of(house, forecast.id)).deadline.occurrence == date(2026, 11, 20)
    assert "#1 is now due" in newest(vera).text


async def test_a_standup_has_its_own_questions(council: House) -> None:
    """When it asks, and whom; and where it is spoken of."""
    pavel = council.robot("pavel")
    form = await edits(council, pavel, "AI integration standup")
    assert {"The question goes out at", "Representatives"} <= set(form.labels)
    await form.choose("The question goes out at", "11:00")
    await form.submit()
    assert "before the meeting begins" in form.errors["The question goes out at"]
    await form.choose("The question goes out at", "08:30")
    await form.choose("Channel", "sales")
    await form.submit()
    assert "Prompt of AI integration standup: 09:00 → 08:30" in pavel.modal.text
    assert "Channel of AI integration standup: #ai-council → #sales" in pavel.modal.text
    assert "The next dates stay" in pavel.modal.text
    await pavel.modal.submit()
    assert "Saved." in pavel.modal.text
