"""What stories about reports have in common: filling the form in, and changing the company."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

from council.conflict import Conflict
from council.workspace import Configuration
from sandbox.robot import Robot
from sandbox.robot_modal import RobotModal
from storage import conflicts, workspaces
from storage.store import Unit
from tests.stories.house import House

LEADS, FORECAST = "Lead quality disagreement", "Pipeline forecast discrepancy"
METRIC, HEALTH = "Cross-functional metric contradiction", "Customer health conflict"
KIND, FIRST, SECOND, SAYS = "What kind of conflict?", "First source", "Second source", "What it says"
SUBJECT, NEEDED = "What do they disagree about?", "Needed by"


async def opens(robot: Robot, text: str = "", channel: str = "sales") -> RobotModal:
    """Type the command; the form."""
    await robot.types(f"/ai-conflict {text}".strip(), channel=channel)
    return robot.modal


async def signals(form: RobotModal, first: str = "4.2 M€", second: str = "3.1 M€") -> None:
    """Two sources and what they say."""
    await form.choose(FIRST, "Clari AI", query="Clari AI")
    await form.fill(SAYS, first)
    await form.choose(SECOND, "Rep roll-up", query="Rep roll-up")
    await form.fill(SAYS, second, nth=1)


async def reports(
    robot: Robot, kind: str = FORECAST, subject: str = "Q4 pipeline for EMEA", channel: str = "sales"
) -> RobotModal:
    """A whole report, sent; what the window shows then."""
    form = await opens(robot, subject, channel)
    await form.choose(KIND, kind)
    await signals(form)
    await form.submit()
    return robot.modal


async def configured(house: House, **changed: Any) -> None:
    """The company with something else in its configuration."""

    def save(unit: Unit) -> None:
        found = workspaces.load(unit.connection, unit.team, now=unit.clock())
        assert found is not None
        configuration: Configuration = replace(found.configuration, **changed)
        workspaces.save_configuration(
            unit.connection, unit.team, configuration, author=None, reason="a story", now=unit.clock()
        )

    await house.bot.store.write(save, team=house.team)


async def conflict(house: House, number: int = 1) -> Conflict | None:
    """The conflict of that number, as it is kept."""
    return await house.bot.store.read(lambda connection: conflicts.numbered(connection, house.team, number))


def methods(house: House, since: int = 0) -> list[str]:
    """The methods called since then, in order."""
    return [call.method for call in list(house.slack.record.calls)[since:]]
