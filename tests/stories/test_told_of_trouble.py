"""What the admins hear when something can't go on by itself: once, in plain words, only while it is so."""

from __future__ import annotations

from typing import Any

from sqlalchemy import select, update

from sandbox.faults import Fault
from schedules import trouble
from storage.store import Unit
from storage.tables import conflicts, notices
from storage.wakes import Wake
from tests.stories.acting import card_of, newest, reported
from tests.stories.company import COUNCIL
from tests.stories.house import House
from tests.stories.keeping import kept

PARKED = (
    "I could not look after #1: something went wrong five times. "
    "Nothing happens there by itself until somebody does something with it: /ai-conflict show #1"
)
STUCK = "#ai-council has taken nothing from me for a quarter of an hour. I keep trying; nothing is lost."
GREETING = "I am Tiebreak"


def heard(house: House, name: str = "pavel") -> list[str]:
    """Everything this person was told; the first message's greeting left out."""
    texts = [message.text for message in house.robot(name).inbox()]
    return [text.partition("\n")[2] if text.startswith(GREETING) else text for text in texts]


async def becomes(house: House, id: str, body: dict[str, Any]) -> dict[str, Any]:
    """What is kept of the conflict is changed behind everybody's back; what it was."""

    def change(unit: Unit) -> dict[str, Any]:
        here = conflicts.c.id == id
        before: dict[str, Any] = unit.connection.execute(select(conflicts.c.body).where(here)).scalar_one()
        unit.connection.execute(update(conflicts).where(here).values(body=body))
        return before

    return await house.bot.store.write(change, team=house.team)


def refuses(house: House, channel: str) -> None:
    """Slack lets the bot say nothing there until further notice."""
    error = "team_access_not_granted"
    house.slack.faults.plan(Fault("chat.postMessage", channel=channel, error=error, times=10_000))


async def test_R6_a_conflict_that_could_not_be_looked_after_is_told_once(house: House) -> None:
    """Five times a minute apart; then it is left alone until somebody does something with it."""
    conflict = await reported(house)
    before = await becomes(house, conflict.id, {})
    await house.forward(hours=4, minutes=3)
    assert heard(house) == []
    await house.forward(minutes=2)
    assert heard(house) == [PARKED]
    await house.forward(days=2)
    assert heard(house) == [PARKED]
    assert (await house.bot.clock.health()).parked == 1
    await becomes(house, conflict.id, before)
    vera = house.robot("vera")
    await vera.clicks("Acknowledge", newest(vera))
    await house.settle()
    assert "Vera is on it" in card_of(vera).text
    assert (await house.bot.clock.health()).parked == 0


async def test_a_ceremony_that_could_not_be_looked_after_is_named_as_one(house: House) -> None:
    """What is no conflict has no number to show."""

    def park(unit: Unit) -> None:
        now = unit.clock()
        due = Wake(team=unit.team, subject="ceremony:standup", wake_at=now, tries=5)
        trouble.parked(unit, due, 0)

    await house.bot.store.write(park, team=house.team)
    await house.settle()
    [line] = heard(house)
    assert line.startswith("I could not look after a ceremony (ceremony:standup): something went wrong")
    assert line.endswith("or I am started anew.")


async def test_a_channel_that_takes_nothing_for_a_quarter_of_an_hour_is_told_once(house: House) -> None:
    """The admin hears it after fifteen minutes, once; nobody else does, and nothing is lost."""
    refuses(house, COUNCIL)
    await kept(house)
    await house.forward(minutes=14)
    assert heard(house) == []
    await house.forward(minutes=3)
    assert heard(house) == [STUCK]
    await house.forward(minutes=40)
    assert heard(house) == [STUCK]
    house.slack.faults.clear()
    await house.forward(minutes=2)
    assert "#1" in card_of(house.robot("nina")).text
    assert heard(house) == [STUCK]
    for name in ("nina", "vera", "remy"):
        assert STUCK not in heard(house, name)


async def test_trouble_that_is_over_before_the_admin_can_be_reached_is_not_told(house: House) -> None:
    """Pavel's own conversation takes nothing either; when it does again, the channel does already."""
    pavel = house.slack.workspace.direct(house.slack.app.bot_user, house.robot("pavel").id)
    refuses(house, COUNCIL)
    refuses(house, pavel.id)
    await kept(house)
    await house.forward(minutes=20)
    house.slack.faults.planned = [fault for fault in house.slack.faults.planned if fault.channel == pavel.id]
    await house.forward(minutes=2)
    assert "#1" in card_of(house.robot("nina")).text
    house.slack.faults.clear()
    await house.forward(minutes=2)
    assert heard(house) == []
    dropped = select(notices.c.why).where(notices.c.kind == "trouble")
    assert await house.bot.store.read(lambda c: c.execute(dropped).scalars().all()) == ["not true any more"]
