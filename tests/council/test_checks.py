"""A configuration that makes no sense is refused with the place and a reason."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, time, timedelta
from typing import Any

import pytest
from hypothesis import given, settings

from council.cadence import Ceremony
from council.checks import problems, warnings
from council.hours import Holidays, Hours
from council.matrix import ConflictType, PrecedenceRule
from council.roles import Council, Role
from council.timeframes import AtNext, Before, Within
from council.workspace import Configuration
from tests.council.configurations import CONFIGURATIONS

HOUR = timedelta(hours=1)
LONG = "x" * 76
TWO_DAYS = Within(target=48 * HOUR, limit=48 * HOUR)
OPS = Role(key="ops", name="Operations", holder="U1", deputy="U2")
SALES = Role(key="sales", name="Sales", holder="U3")
ETA = ConflictType(key="eta", name="Arrival", owner="ops", notify=("ops", "council"), timeframe=TWO_DAYS)
CALL = Ceremony(key="call", name="Call", every="week", day="thu", at=time(9))
CARRIER = PrecedenceRule(type="eta", stands="Carrier")
SOUND = Configuration(
    hours=Hours(zone="Europe/Oslo", holidays=Holidays("NO")),
    admins=("U1",),
    roles=(OPS, SALES),
    council=Council(chair="ops", seats=("ops", "sales"), sponsor="sales"),
    matrix=(ETA,),
    precedence=(CARRIER,),
    ceremonies=(CALL,),
)


def found(**changes: Any) -> list[tuple[str, str]]:
    return [
        (".".join(map(str, problem.path)), problem.sentence.text.format_map(problem.sentence.facts))
        for problem in problems(replace(SOUND, **changes))
    ]


def test_nothing_speaks_against_a_sound_company() -> None:
    """A sensible configuration has no problems and raises no eyebrows."""
    assert found() == []
    assert warnings(SOUND) == ()


def role(**changes: Any) -> dict[str, Any]:
    return {"roles": (OPS, SALES, replace(SALES, **({"key": "data", "name": "Data"} | changes)))}


def row(**changes: Any) -> dict[str, Any]:
    return {"matrix": (replace(ETA, **changes),)}


def rule(**changes: Any) -> dict[str, Any]:
    return {"precedence": (replace(CARRIER, **changes),)}


def ceremony(**changes: Any) -> dict[str, Any]:
    return {"ceremonies": (replace(CALL, **changes),)}


def hours(**changes: Any) -> dict[str, Any]:
    return {"hours": replace(SOUND.hours, **changes)}


CASES: list[tuple[dict[str, Any], str, str]] = [
    (hours(zone="Europe/Bergen"), "workspace.time_zone", "“Europe/Bergen” is not a time zone"),
    (hours(zone="../etc"), "workspace.time_zone", "“../etc” is not a time zone"),
    (hours(zone="Europe"), "workspace.time_zone", "“Europe” is not a time zone"),
    (hours(holidays=Holidays("XX")), "workspace.holidays", "XX is not a country whose holidays are known"),
    (hours(holidays=Holidays("DE", "ZZ")), "workspace.holidays", "ZZ is not a known part of DE"),
    ({"admins": ()}, "workspace.admins", "At least one admin is needed"),
    (role(key="ops"), "roles.2.key", "There are two of the key “ops”"),
    (role(key="chair"), "roles.2.key", "“chair” has a meaning of its own"),
    (role(key="Head of Data"), "roles.2.key", "“Head of Data” is not a key"),
    (role(name="sales"), "roles.2.name", "There are two of the name “sales”"),
    (role(name=LONG), "roles.2.name", f"“{LONG}” is longer than 75 characters"),
    (role(name=" "), "roles.2.name", "The name is empty"),
    (role(holder="U3", deputy="U3"), "roles.2.deputy", "Who(person='U3') can't be the deputy"),
    ({"council": Council(chair="cfo")}, "council.chair", "There is no role “cfo”"),
    ({"council": Council(chair="ops", sponsor="cfo")}, "council.sponsor", "There is no role “cfo”"),
    ({"council": Council(chair="ops", seats=("ops", "cfo"))}, "council.seats.1", "There is no role “cfo”"),
    ({"council": Council(chair="ops", seats=("ops", "ops"))}, "council.seats.1", "“ops” stands here twice"),
    (row(key="not_sure"), "matrix.0.key", "“not_sure” has a meaning of its own"),
    (row(name=LONG), "matrix.0.name", f"“{LONG}” is longer than 75 characters"),
    (row(owner="cfo"), "matrix.0.owner", "There is no role “cfo”"),
    (row(owner="deputy"), "matrix.0.owner", "“deputy” means the owner's deputy"),
    (row(notify=("ops", "cfo")), "matrix.0.notify.1", "There is no role “cfo”"),
    (row(chain=("deputy", "cfo")), "matrix.0.chain.1", "There is no role “cfo”"),
    (row(chain=()), "matrix.0.chain", "Nobody besides the owner would ever be asked"),
    (row(chain=("chair",)), "matrix.0.chain", "Nobody besides the owner would ever be asked"),
    (row(owner="sales", chain=("deputy", "sponsor")), "matrix.0.chain", "Nobody besides the owner"),
    (row(business_owner="cfo"), "matrix.0.business_owner", "There is no role “cfo”"),
    (row(data_owner="sales"), "matrix.0.data_owner", "The owner decides this kind of question already"),
    (row(sides=("One",)), "matrix.0.sides", "Name two sides"),
    (row(sides=("One", LONG)), "matrix.0.sides.1", f"“{LONG}” is longer"),
    (
        row(timeframe=Before(ceremony="gone")),
        "matrix.0.timeframe.before",
        "There is no ceremony “gone”; there are: c",
    ),
    (row(timeframe=AtNext(ceremony="gone")), "matrix.0.timeframe.at_next", "There is no ceremony “gone”"),
    (row(timeframe=Before(ceremony="call", lead=168 * HOUR)), "matrix.0.timeframe.lead", "So long before"),
    (
        row(timeframe=Within(target=0 * HOUR, limit=0 * HOUR)),
        "matrix.0.timeframe.within",
        "There must be some time",
    ),
    (
        row(timeframe=Within(target=9 * HOUR, limit=8 * HOUR)),
        "matrix.0.timeframe",
        "The target comes after the limit",
    ),
    (row(timeframe=Within(target=HOUR, limit=2161 * HOUR)), "matrix.0.timeframe.limit", "More than 90 days"),
    (row(acknowledge_within=0 * HOUR), "matrix.0.acknowledge_within", "There must be some time"),
    (rule(type="gone"), "precedence.0.type", "There is no conflict type “gone”"),
    (rule(type="not_sure"), "precedence.0.type", "Of what nobody has sorted yet"),
    (rule(stands=""), "precedence.0.stands", "The name is empty"),
    (rule(since=date(2026, 2, 1), until=date(2026, 1, 1)), "precedence.0.until", "The rule would end before"),
    ({"precedence": (CARRIER, CARRIER)}, "precedence.1", "This rule has the same scope as one above"),
    (ceremony(zone="Nowhere"), "ceremonies.0.time_zone", "“Nowhere” is not a time zone"),
    (ceremony(minutes=481), "ceremonies.0.minutes", "No meeting is longer than 8 hours"),
    (ceremony(prompt_at=time(9)), "ceremonies.0.prompt_at", "The question must come before the meeting"),
    (ceremony(template="party"), "ceremonies.0.template", "There is no template “party”; there are: council"),
    (ceremony(agenda_before=7), "ceremonies.0.agenda_before", "The agenda would be due before"),
    (ceremony(representatives=("cfo",)), "ceremonies.0.representatives.0", "There is no role “cfo”"),
    ({"ceremonies": (CALL, CALL)}, "ceremonies.1.key", "There are two of the key “call”"),
]


@pytest.mark.parametrize(("changes", "path", "beginning"), CASES)
def test_what_makes_no_sense_is_named(changes: dict[str, Any], path: str, beginning: str) -> None:
    """Each rule finds its mistake at its place, and says why."""
    assert any(place == path and reason.startswith(beginning) for place, reason in found(**changes)), found(
        **changes
    )


def test_an_empty_seat_is_no_mistake() -> None:
    """A role may wait for its holder, and the council for its chair: whoever set the bot up stands in."""
    company = replace(SOUND, roles=(OPS, replace(SALES, holder=None)), council=Council(seats=("ops",)))
    assert problems(company) == ()
    assert [warning.path for warning in warnings(company)] == [("roles", 1), ("council", "chair")]


def test_two_who_stand_in_for_one_another_are_pointed_out() -> None:
    """Sensible until both are away: a warning, no mistake."""
    company = replace(SOUND, roles=(OPS, replace(SALES, holder="U2", deputy="U1")))
    assert problems(company) == ()
    assert [warning.path for warning in warnings(company)] == [("roles", 0, "deputy")]


def test_three_people_need_no_council() -> None:
    """A company without council and deputies is sound: the chain ends with whoever set the bot up."""
    company = replace(SOUND, council=Council(), roles=(replace(OPS, deputy=None), SALES))
    assert problems(company) == ()


@given(CONFIGURATIONS)
@settings(max_examples=60, deadline=None)
def test_any_configuration_can_be_checked(configuration: Configuration) -> None:
    """Nothing that can be written makes the checks themselves fail, and every reason can be read."""
    for problem in (*problems(configuration), *warnings(configuration)):
        assert problem.sentence.text.format_map(problem.sentence.facts)
