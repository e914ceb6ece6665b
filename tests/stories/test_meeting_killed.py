"""A meeting, killed at any write and gone on with: nothing is lost, and nothing is said twice."""

from __future__ import annotations

from collections import Counter
from pathlib import Path

from sqlalchemy import func, select

from sandbox.seen import Seen
from storage.tables import actions, conflicts, notices
from tests.stories.acting import fill_decision
from tests.stories.company import whole_juniper
from tests.stories.copying import Databases, files
from tests.stories.house import House
from tests.stories.meetings import COUNCIL_AT, agenda, minutes, now, with_conflict
from tests.stories.worlds import Story, Wanted, gone_on, told

FEWEST = 6
ON = ("Next", "Finish", "Carry over the rest to their owners")
BEFORE_IT = {True: 45, False: 370}
"""About so many instants with something said, and of the others, lie before the meeting begins."""
READ_BACK = 20
"""Seconds after which every unknown outcome is settled."""


async def comes_to_it(house: House) -> None:
    count = select(func.count()).select_from(conflicts)
    if not await house.bot.store.read(lambda c: c.execute(count).scalar()):
        await with_conflict(house)
    await house.until(COUNCIL_AT)


async def rests(house: House) -> None:
    await house.forward(seconds=READ_BACK)


async def starts(house: House) -> None:
    remy = house.robot("remy")
    if "Start meeting" in _newest(house).buttons:
        await remy.clicks("Start meeting", agenda(remy))


def _newest(house: House) -> Seen:
    """The newest message of the council's channel with buttons."""
    return [each for each in house.robot("remy").sees("ai-council") if each.buttons][-1]


async def decides(house: House) -> None:
    remy = house.robot("remy")
    if not remy.has_modal and "Record decision" in now(remy).buttons:
        await remy.clicks("Record decision", now(remy))
    if remy.has_modal:
        await fill_decision(remy.modal)
        await remy.modal.submit()


async def names_an_owner(house: House) -> None:
    remy = house.robot("remy")
    if "Now: 1" in now(remy).text:
        await remy.clicks("Next", now(remy))
        await rests(house)
    if not remy.has_modal and "Map the fields" not in now(remy).text:
        await remy.clicks("Name an owner", now(remy))
    if remy.has_modal:
        await remy.modal.choose("Who?", "Iris")
        await remy.modal.fill("What is to be done?", "Map the fields.")
        await remy.modal.choose("By when?", "2026-12-18")
        await remy.modal.submit()


async def finishes(house: House) -> None:
    remy = house.robot("remy")
    for _ in range(20):
        row = _newest(house).buttons
        press = next(
            (each for each in ("Next", "Finish", "Carry over the rest to their owners") if each in row), ""
        )
        if not press:
            return
        await remy.clicks(press, _newest(house))
        await rests(house)


STORY = (comes_to_it, rests, starts, rests, decides, rests, names_an_owner, rests, finishes, rests)


async def ending(house: House) -> Counter[str]:
    """One action item, one decision, nothing hangs, nothing was refused; what stands in the channel."""
    read = house.bot.store.read
    assert await read(lambda c: c.execute(select(func.count()).select_from(actions)).scalar()) == 1
    left = select(notices.c.kind).where(notices.c.state == "calling")
    assert await read(lambda c: c.execute(left).all()) == []
    assert house.slack.record.defects == []
    remy, iris = house.robot("remy"), house.robot("iris")
    assert "Decided by Remy" in minutes(remy).text
    assert "Iris does it by Fri 18 Dec: Map the fields." in minutes(remy).text
    private = {each.ts for each in remy.ephemerals}
    standing = (each for each in remy.sees("ai-council") if each.ts not in private)
    kinds = (each.text.split("\n")[0] for each in standing)
    given = [f"iris: {each.text}" for each in iris.inbox() if "Map the fields" in each.text]
    return Counter([*kinds, *given])


async def killed(databases: Databases, wanted: Wanted, *, inline: bool, fewest: int = FEWEST) -> None:
    story = Story(STORY, ending, inline, whole_juniper())
    worlds, expected = await told(databases, story, wanted)
    assert sum(world.step > 1 for world in worlds) >= fewest
    for world in worlds:
        assert await gone_on(databases, story, world) == expected, world.name


def some_of_it(said_one_of: int, one_of: int) -> Wanted:
    """Of the instants in the meeting itself one of so many; those on the way to it are other stories'."""
    return lambda said, nth: nth > BEFORE_IT[said] and nth % (said_one_of if said else one_of) == 0


async def test_R12_a_meeting_survives_any_kill(tmp_path: Path) -> None:
    """Whenever the process dies, the meeting goes on where it was."""
    async with files(tmp_path) as databases:
        await killed(databases, some_of_it(3, 20), inline=True)
