"""What stories about standups have in common: when people are asked, and how they answer."""

from __future__ import annotations

from datetime import UTC, datetime

from sqlalchemy import Connection, select

from council.standup import Standup
from sandbox.robot import Robot
from sandbox.seen import Seen
from storage import prepared
from storage.tables_council import standups
from tests.stories.acting import newest
from tests.stories.house import House

FRIDAY = datetime(2026, 11, 20, 14, 0, tzinfo=UTC)
"""09:00 in New York, where Mila lives."""
NINE = datetime(2026, 11, 23, 8, 0, tzinfo=UTC)
SUMMARY = datetime(2026, 11, 23, 8, 55, tzinfo=UTC)
ENDS = datetime(2026, 11, 23, 9, 15, tzinfo=UTC)
ASKED = ("remy", "dean", "mila", "carla", "iris")
NAME = "AI integration standup"


async def reports(
    house: House,
    person: Robot,
    *,
    system: str = "Salesforce ↔ HubSpot",
    what: str = "Leads are created twice",
    bad: str = "annoying",
    needs: str = "",
    another: bool = False,
) -> None:
    """From the button to the receipt."""
    if not person.has_modal:
        await person.clicks("Report an issue", newest(person))
    form = person.modal
    await form.fill("Which system or connection?", system)
    await form.fill("What happens?", what)
    await form.fill("Since when?", "Friday’s update")
    if needs:
        await form.choose("Whom do you need?", needs)
    await form.choose("How bad?", bad)
    if another:
        await form.tick("Report another after this")
    await form.submit()
    await house.settle()


def summaries(person: Robot) -> list[Seen]:
    """Every summary in the council's channel."""
    return [message for message in person.sees("ai-council") if message.text.startswith(NAME)]


def questions(person: Robot) -> int:
    """How often this person was asked or reminded: nothing else of the standup comes by itself."""
    return sum(NAME in message.text for message in person.inbox())


async def standup_of(house: House) -> Standup:
    """The first standup there is, as it stands now."""
    first = select(standups.c.id).order_by(standups.c.starts).limit(1)

    def read(connection: Connection) -> Standup | None:
        return prepared.find_standup(connection, house.team, connection.execute(first).scalar_one())

    found = await house.bot.store.read(read)
    assert found is not None
    return found
