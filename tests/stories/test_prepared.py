"""Of each ceremony what comes next is prepared once, and follows its calendar."""

from __future__ import annotations

from datetime import timedelta

from council.meeting import Meeting, MeetingState
from council.standup import Standup
from storage import prepared, wakes
from storage.memory import changed
from storage.store import Unit
from storage.tables import changes
from tests.stories.company import whole_juniper
from tests.stories.house import House


async def planned(house: House, ceremony: str) -> tuple[Meeting | Standup, ...]:
    return await house.bot.store.read(lambda c: prepared.planned_of(c, house.team, ceremony))


async def test_of_each_ceremony_with_an_agenda_the_next_occurrence_is_prepared(council: House) -> None:
    """One at a time; the forecast meeting is only known about."""
    await council.settle()
    [meeting] = await planned(council, "council_meeting")
    assert isinstance(meeting, Meeting)
    assert await planned(council, "forecast_meeting") == ()
    for _ in range(2):
        await council.forward(days=31)
        [later] = await planned(council, "council_meeting")
        assert later.starts > meeting.starts
        meeting = later


async def test_looking_twice_prepares_nothing_twice(council: House) -> None:
    """Saved anew, asked again: the same occurrence stays the same one."""
    await council.settle()
    before = await planned(council, "council_meeting")

    def again(unit: Unit) -> None:
        keys = [ceremony.key for ceremony in whole_juniper().ceremonies]
        prepared.look_anew(unit.connection, unit.team, keys, unit.clock())

    await council.bot.store.write(again, team=council.team)
    await council.settle()
    assert await planned(council, "council_meeting") == before


async def test_a_skipped_occurrence_is_off_and_the_next_one_is_prepared(council: House) -> None:
    """What was prepared for it is kept as skipped."""
    await council.settle()
    [meeting] = await planned(council, "council_meeting")

    def skip(unit: Unit) -> None:
        changed(unit.connection, unit.team)
        row = {"team": unit.team, "ceremony": "council_meeting", "on": meeting.on, "skipped": True}
        unit.connection.execute(changes.insert().values(**row, known_from=unit.clock()))
        wakes.arm(unit.connection, unit.team, prepared.ceremony_subject("council_meeting"), unit.clock())

    await council.bot.store.write(skip, team=council.team)
    await council.settle()
    [after] = await planned(council, "council_meeting")
    off = await council.bot.store.read(lambda c: prepared.find_meeting(c, council.team, meeting.id))
    assert off is not None
    assert off.state is MeetingState.SKIPPED
    assert after.starts - meeting.starts >= timedelta(days=28)
