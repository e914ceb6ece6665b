"""What stories about an open conflict have in common: it is reported, and people find their messages."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

from council.conflict import Conflict, Facts, Signal
from council.reporting import report
from council.sentence import Who
from sandbox.robot import Robot
from sandbox.robot_modal import RobotModal
from sandbox.seen import Seen
from storage import conflicts, workspaces
from storage.applying import apply
from storage.store import Unit
from tests.stories.company import COUNCIL, SALES
from tests.stories.house import House

PIPELINE = Facts(
    type="pipeline_forecast",
    subject="Q4 pipeline for EMEA",
    signals=(Signal(source="Clari AI", says="4.2 M€"), Signal(source="Rep roll-up", says="3.1 M€")),
    waiting="board deck",
    reported_in=SALES,
)
LEADS = replace(PIPELINE, type="lead_quality", subject="Are webinar leads any good?", waiting="")


async def reported(
    house: House, facts: Facts = PIPELINE, *, by: str = "nina", home: str | None = COUNCIL, **more: Any
) -> Conflict:
    """Reported by the same rule as the form's, its card and messages said."""
    person = house.robot(by).id
    asked = replace(facts, **more)

    def keep(unit: Unit) -> str:
        workspace = workspaces.load(unit.connection, unit.team, [person], now=unit.clock())
        assert workspace is not None
        outcome = report(
            asked,
            by=workspace.people[person],
            id=unit.ids(),
            home=None if asked.confidential else home,
            workspace=workspace,
            now=unit.clock(),
        )
        return apply(unit.connection, unit.ids, outcome, unit.clock()).id

    id = await house.bot.store.write(keep, team=house.team)
    await house.settle()
    return await now_of(house, id)


async def now_of(house: House, id: str) -> Conflict:
    """The conflict as it stands now."""
    found = await house.bot.store.read(lambda connection: conflicts.find(connection, house.team, id))
    assert found is not None
    return found


def card_of(person: Robot, channel: str = "ai-council") -> Seen:
    """The newest card this person sees in a channel."""
    return [message for message in person.sees(channel) if "Details" in message.buttons][-1]


def told(person: Robot) -> list[str]:
    """The first line of every direct message, oldest first; the very first one's greeting left out."""
    lines = [message.text.split("\n") for message in person.inbox() if message.author == "Tiebreak"]
    return [next(line for line in each if not line.startswith("I am Tiebreak")) for each in lines]


def newest(person: Robot) -> Seen:
    """The newest direct message from the bot."""
    return [message for message in person.inbox() if message.author == "Tiebreak"][-1]


async def hand_over(house: House, owner: Robot, to: str, why: str = "They know the data") -> None:
    """Through the form, to somebody it does not offer."""
    await owner.clicks("Hand over", newest(owner))
    form = owner.modal
    await form.choose("To whom?", "Somebody else")
    await form.choose("Somebody else", to)
    await form.fill("Why?", why)
    await form.submit()
    await house.settle()


async def context_of(house: House, id: str) -> list[str]:
    """All context in words, oldest first."""
    found, _ = await house.bot.store.read(lambda connection: conflicts.contexts(connection, id))
    return [each.words for each in found]


async def story(house: House, id: str) -> list[str]:
    """The timeline in words, oldest first."""
    events, _ = await house.bot.store.read(lambda connection: conflicts.events(connection, id))
    names = {person.id: person.first_name for person in house.slack.workspace.people.values()}
    return [
        event.words.text.format_map(
            {
                key: names.get(fact.person, "") if isinstance(fact, Who) else fact
                for key, fact in event.words.facts.items()
            }
        )
        for event in events
    ]


async def fill_decision(
    form: RobotModal,
    *,
    stands: str = "Rep roll-up",
    decision: str = "Present 3.1 M€ in the board deck.",
    why: str = "Clari counts renewals twice since October (0.9 M€).",
) -> None:
    """Whose signal stands, what is decided, and why."""
    await form.choose("Whose signal stands?", stands)
    await form.fill("Decision", decision)
    await form.fill("Why", why)


async def decides(house: House, person: Robot, message: Seen | None = None, **how: str) -> None:
    """The whole decision, from the button to the card."""
    await person.clicks("Decide", message or newest(person))
    form = person.modal
    await fill_decision(form, **how)
    await form.submit()
    assert not form.errors if person.has_modal else True
    await house.settle()
