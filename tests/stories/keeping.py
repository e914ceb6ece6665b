"""Conflicts reported by the rule alone: kept, with nothing said of them yet."""

from __future__ import annotations

from dataclasses import replace
from functools import partial

from council.conflict import Facts, Signal
from council.reporting import report
from storage import workspaces
from storage.applying import apply
from storage.store import Unit
from tests.stories.company import COUNCIL, SALES
from tests.stories.house import House

FORECAST = Facts(
    type="pipeline_forecast",
    subject="Q4 pipeline for EMEA",
    signals=(Signal(source="Clari AI", says="4.2 M€"), Signal(source="Rep roll-up", says="3.1 M€")),
    reported_in=SALES,
)


async def kept(house: House, subject: str = FORECAST.subject, *, home: str = COUNCIL) -> str:
    """Reported by Nina; its id."""
    facts = replace(FORECAST, subject=subject)
    return await house.bot.store.write(partial(keep, facts=facts, home=home), team=house.team)


def keep(unit: Unit, facts: Facts, home: str) -> str:
    workspace = workspaces.load(unit.connection, unit.team, ["U0NINA"], now=unit.clock())
    assert workspace is not None
    nina, now = workspace.people["U0NINA"], unit.clock()
    outcome = report(facts, by=nina, id=unit.ids(), home=home, workspace=workspace, now=now)
    return apply(unit.connection, unit.ids, outcome, now).id
