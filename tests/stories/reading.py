"""Conflicts that are there already, for stories about reading them."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

from council.conflict import Conflict, Context, Facts, Ruling, Signal
from council.deciding import decide
from council.reporting import report
from storage import conflicts, workspaces
from storage.applying import apply
from storage.store import Unit
from storage.upserts import put
from tests.stories.company import COUNCIL, SALES
from tests.stories.house import TUESDAY, House

PIPELINE = Facts(
    type="pipeline_forecast",
    subject="Q4 pipeline for EMEA",
    signals=(Signal(source="Clari AI", says="4.2 M€"), Signal(source="Rep roll-up", says="3.1 M€")),
    reported_in=SALES,
)
LEADS = replace(PIPELINE, type="lead_quality", subject="Are webinar leads any good?")
NASTY = "<!channel> & *bold* ```fence``` \u202eright to left `code` {{ 7 * 7 }} {owner} '; drop table x"


async def known(
    house: House,
    facts: Facts = PIPELINE,
    *,
    by: str = "nina",
    home: str | None = COUNCIL,
    times: int = 1,
    **more: Any,
) -> list[Conflict]:
    """Reported without Slack: so many of these; nothing is said of them before the house settles."""
    person = house.robot(by).id

    def keep(unit: Unit) -> list[str]:
        workspace = workspaces.load(unit.connection, unit.team, [person], now=unit.clock())
        assert workspace is not None
        found = []
        for _ in range(times):
            outcome = report(
                replace(facts, **more),
                by=workspace.people[person],
                id=unit.ids(),
                home=None if facts.confidential else home,
                workspace=workspace,
                now=unit.clock(),
            )
            found.append(apply(unit.connection, unit.ids, outcome, unit.clock()).id)
        return found

    ids = await house.bot.store.write(keep, team=house.team)
    kept = await house.bot.store.read(lambda c: [conflicts.find(c, house.team, id) for id in ids])
    return [conflict for conflict in kept if conflict]


RULING = Ruling(
    stands="one",
    source="Rep roll-up",
    number="3.1 M€",
    decision="Present 3.1 M€ in the board deck.",
    why="Clari counts renewals twice since October (0.9 M€).",
    trade_offs="We may look too careful.",
    lesson="Ask what a forecast counts.",
    by="",
    role="",
    at=TUESDAY,
)


async def decided(house: House, conflict: Conflict, ruling: Ruling = RULING) -> None:
    """Its owner decides it, without Slack."""

    def keep(unit: Unit) -> str:
        found = conflicts.find(unit.connection, unit.team, conflict.id)
        assert found is not None
        workspace = workspaces.load(unit.connection, unit.team, [found.owner], now=unit.clock())
        assert workspace is not None
        owner = workspace.people[found.owner]
        outcome = decide(found, ruling, by=owner, workspace=workspace, now=unit.clock())
        return apply(unit.connection, unit.ids, outcome, unit.clock()).id

    await house.bot.store.write(keep, team=house.team)


async def added(house: House, conflict: Conflict, words: str, *, by: str = "lena", link: str = "") -> None:
    """Somebody adds context, without Slack."""
    at, person = house.clock.now(), house.robot(by).id
    told = Context(conflict=conflict.id, by=person, at=at, words=words, link=link)

    def keep(unit: Unit) -> None:
        put(unit.connection, [conflicts.added(unit.team, unit.ids, [told])])

    await house.bot.store.write(keep, team=house.team)
