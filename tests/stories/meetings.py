"""What stories about meetings have in common: they are started, gone through, and read."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import Any

from council.conflict import Conflict
from council.meeting import Meeting
from sandbox.robot import Robot
from sandbox.seen import Seen
from storage import prepared
from tests.stories.acting import reported
from tests.stories.house import House

COUNCIL_AT = datetime(2026, 12, 8, 9, 0, tzinfo=UTC)
"""Tuesday 8 December, 10:00 in Berlin: the council meets for an hour."""


async def with_conflict(house: House, **more: Any) -> Conflict:
    """A contradiction that waits for the council; its chair owns it."""
    facts = {"type": "metric_contradiction", "subject": "Churn in APAC", "waiting": "", **more}
    return await reported(house, **facts)


async def meeting_of(house: House, ceremony: str = "council_meeting") -> Meeting:
    """The council's meeting of 8 December as it is now."""
    on = COUNCIL_AT.date()
    found = await house.bot.store.read(lambda c: prepared.meeting_on(c, house.team, ceremony, on))
    assert found is not None
    return found


def agenda(person: Robot) -> Seen:
    """The newest agenda in the council's channel."""
    return _newest(person, "Start meeting")


def now(person: Robot) -> Seen:
    """The message of the meeting that runs."""
    return _newest(person, "Next", "Finish", "Carry over the rest to their owners")


def minutes(person: Robot) -> Seen:
    """The newest minutes."""
    return _newest(person, "Edit minutes")


def _newest(person: Robot, *buttons: str) -> Seen:
    found = [each for each in person.sees("ai-council") if set(buttons) & set(each.buttons)]
    assert found, [each.text for each in person.sees("ai-council")]
    return found[-1]


async def starts(house: House, person: Robot) -> None:
    """**Start meeting** below the agenda."""
    await person.clicks("Start meeting", agenda(person))
    await house.settle()


async def goes_on(house: House, person: Robot, times: int = 1) -> None:
    """**Next**, so many times."""
    for _ in range(times):
        await person.clicks("Next", now(person))
        await house.settle()


async def attend(house: House, person: Robot, name: str = "") -> None:
    """**Attendance**: this one and nobody else, or as it is preset."""
    await person.picks("Attendance", now(person))
    if name:
        await person.modal.choose("Who is there?", name)
    await person.modal.submit()
    await house.settle()


async def finishes(house: House, person: Robot) -> None:
    """On to the last item, **Finish**, and whatever has no outcome is carried over."""
    while "Next" in now(person).buttons:
        await goes_on(house, person)
    await person.clicks("Finish", now(person))
    await house.settle()
    if "Carry over the rest to their owners" in person.sees("ai-council")[-1].buttons:
        await person.clicks("Carry over the rest to their owners")
        await house.settle()
