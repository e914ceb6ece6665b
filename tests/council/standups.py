"""Northwind with a standup every Monday at ten, summed up at 09:55."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from datetime import date, datetime, time
from typing import Any

from council.cadence import Ceremony, Change
from council.people import Absence
from council.standup import Standup, StandupOutcome
from council.standup_looking import Around, look_at_standup
from council.workspace import Workspace
from tests.council.builders import at, northwind

SEATS = ("revops_lead", "sales_manager", "marketing_director", "cs_director", "it_data")
MONDAY = at("2025-11-24 10:00")
STANDUP = Ceremony(
    key="standup",
    name="AI integration standup",
    every="week",
    day="mon",
    at=time(10),
    minutes=15,
    prompt_at=time(9),
    where="https://meet.example/standup",
    channel="C-council",
    representatives=SEATS,
)
"""Asks Priya, Dana, Lucia, Aiko and Ravi."""


def company(
    *away: Absence,
    zones: Mapping[str, str] | None = None,
    changes: tuple[Change, ...] = (),
    ceremony: Ceremony = STANDUP,
    **more: Any,
) -> Workspace:
    """Northwind with its standup; `zones`: where people live who do not live in Berlin."""
    plain = northwind(*away, changes=changes, **more)
    people = {
        name: replace(known, zone=(zones or {}).get(name, known.zone)) for name, known in plain.people.items()
    }
    configuration = replace(plain.configuration, ceremonies=(*plain.configuration.ceremonies, ceremony))
    return replace(plain, people=people, configuration=configuration)


def standup(**more: Any) -> Standup:
    """The one of Monday 24 November 2025, of which nobody has heard yet."""
    plain = Standup(
        id="s1",
        team="T1",
        version=1,
        ceremony="standup",
        on=date(2025, 11, 24),
        starts=MONDAY,
        ends=at("2025-11-24 10:15"),
    )
    return replace(plain, **more)


def looked(
    standup: Standup, workspace: Workspace, until: datetime, around: Around | None = None
) -> tuple[Standup, list[tuple[str, str, datetime]]]:
    """Looked at whenever it asks to be, until an instant: how it is then, and who was told what when."""
    now, said = at("2025-11-20 12:00"), list[tuple[str, str, datetime]]()
    while True:
        outcome = look_at_standup(standup, workspace, now, around)
        standup = outcome.standup
        said += [(each.to, each.kind.value, each.not_before) for each in outcome.notices]
        assert outcome.wake_at is None or outcome.wake_at > now
        if outcome.wake_at is None or outcome.wake_at > until:
            return standup, said
        now = outcome.wake_at


def once(
    standup: Standup, workspace: Workspace, now: datetime, around: Around | None = None
) -> StandupOutcome:
    """Looked at once, at an instant."""
    return look_at_standup(standup, workspace, now, around)
