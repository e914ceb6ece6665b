"""What a new configuration changes is said in words, all of it and nothing else."""

from __future__ import annotations

from dataclasses import fields, replace
from datetime import time, timedelta
from typing import Any

import pytest
from hypothesis import given, settings

from council import fields as told
from council.cadence import Ceremony
from council.differences import differences
from council.hours import Holidays, Hours
from council.matrix import ConflictType, PrecedenceRule
from council.roles import Council, Role
from council.sentence import Where, Who
from council.timeframes import AtNext, Before, Within
from council.workspace import Channels, Configuration
from tests.council.configurations import CONFIGURATIONS

HOUR = timedelta(hours=1)
VP = Role(key="vp", name="VP Sales", holder="U1")
CRO = Role(key="cro", name="CRO", holder="U2")
FORECAST = ConflictType(
    key="forecast", name="Pipeline forecast discrepancy", owner="vp", timeframe=Before(ceremony="call")
)
METRIC = ConflictType(key="m", name="Metric", owner="chair", timeframe=AtNext(ceremony="call"))
BEFORE_CALL = "1 hour before the Forecast call, otherwise 48 hours"
CALL = Ceremony(key="call", name="Forecast call", every="week", day="thu", at=time(14))
ROLL_UP = PrecedenceRule(type="forecast", stands="Roll-up")
COMPANY = Configuration(
    hours=Hours(zone="UTC", opens=time(9), closes=time(17)),
    admins=("U1",),
    roles=(VP, CRO),
    matrix=(FORECAST,),
    precedence=(ROLL_UP,),
    ceremonies=(CALL,),
)
NAMES = {"U1": "Ana", "U2": "Bo"}


def read(value: Any) -> Any:
    match value:
        case Who(person):
            return NAMES[person]
        case Where(channel):
            return f"#{channel}"
    return value


def said(old: Configuration | None, new: Configuration) -> list[str]:
    return [
        sentence.text.format_map({key: read(fact) for key, fact in sentence.facts.items()})
        for sentence in differences(old, new)
    ]


CASES: list[tuple[dict[str, Any], list[str]]] = [
    ({}, []),
    (
        {"matrix": (replace(FORECAST, owner="cro"),)},
        ["Owner of Pipeline forecast discrepancy: VP Sales → CRO"],
    ),
    ({"roles": (replace(VP, holder="U2"), CRO)}, ["Holder of VP Sales: Ana → Bo"]),
    ({"roles": (replace(VP, holder=None), CRO)}, ["Holder of VP Sales: Ana → nobody"]),
    ({"roles": (CRO, VP)}, ["The order of the roles changes"]),
    ({"roles": (VP,)}, ["Removed role: CRO"]),
    ({"admins": ("U2",)}, ["New admin: Bo", "Ana is no longer an admin"]),
    ({"channels": Channels(council="C1")}, ["Channel of the council: none → #C1"]),
    (
        {"council": Council(chair="vp", seats=("vp", "cro"))},
        ["Chair of the council: nobody → VP Sales", "Seats of the council: nobody → VP Sales, CRO"],
    ),
    (
        {"hours": replace(COMPANY.hours, opens=time(8), holidays=Holidays("DE", "BE"))},
        ["Work begins: 09:00 → 08:00", "Holidays: none → DE-BE"],
    ),
    (
        {"matrix": (replace(FORECAST, timeframe=Within(target=24 * HOUR, limit=48 * HOUR)),)},
        [f"Timeframe of {FORECAST.name}: {BEFORE_CALL} → 24–48 hours on working days"],
    ),
    (
        {"matrix": (FORECAST, METRIC)},
        ["New conflict type: Metric; owner: chair; timeframe: at the next Forecast call, otherwise 48 hours"],
    ),
    (
        {"precedence": (ROLL_UP, PrecedenceRule(type="forecast", metric="ARR", stands="Ledger"))},
        ["New number of record: Pipeline forecast discrepancy, ARR; what stands: Ledger"],
    ),
    (
        {"precedence": (replace(ROLL_UP, stands="CRM"),)},
        ["What stands of Pipeline forecast discrepancy: Roll-up → CRM"],
    ),
    ({"ceremonies": (replace(CALL, at=time(15)),)}, ["Time of Forecast call: 14:00 → 15:00"]),
]


@pytest.mark.parametrize(("changes", "expected"), CASES)
def test_a_change_is_said_in_words(changes: dict[str, Any], expected: list[str]) -> None:
    """Who, what, from what to what: by the names people know."""
    assert said(COMPANY, replace(COMPANY, **changes)) == expected


def test_the_first_configuration_is_told_row_by_row() -> None:
    """Before anything is set up everything is new, one line for each row."""
    assert said(None, COMPANY) == [
        "A first configuration, for UTC.",
        "New admin: Ana",
        "New role: VP Sales; holder: Ana; deputy: nobody",
        "New role: CRO; holder: Bo; deputy: nobody",
        f"New conflict type: {FORECAST.name}; owner: VP Sales; timeframe: {BEFORE_CALL}",
        "New number of record: Pipeline forecast discrepancy; what stands: Roll-up",
        "New ceremony: Forecast call; cadence: every week; day: Thursday; time: 14:00",
    ]


def test_text_that_looks_like_a_hole_stays_text() -> None:
    """People's own words are never read as part of a sentence."""
    odd = replace(COMPANY, roles=(replace(VP, name="{holder} {0}"), CRO))
    assert said(COMPANY, odd) == ["Name of {holder} {0}: VP Sales → {holder} {0}"]


@pytest.mark.parametrize(
    ("part", "labelled", "identity"),
    [
        (Role, told.ROLE_FIELDS, {"key"}),
        (ConflictType, told.TYPE_FIELDS, {"key"}),
        (PrecedenceRule, told.RULE_FIELDS, {"type", "metric", "segment", "account"}),
        (Ceremony, told.CEREMONY_FIELDS, {"key"}),
        (Council, told.COUNCIL_FIELDS, set()),
        (Channels, told.CHANNEL_FIELDS, set()),
        (Hours, told.HOURS_FIELDS, set()),
    ],
)
def test_no_field_is_forgotten(part: Any, labelled: told.Fields, identity: set[str]) -> None:
    """Every field of every part has a label, so that no change goes unsaid."""
    assert {name for _, name, _ in labelled} | identity == {field.name for field in fields(part)}


@given(CONFIGURATIONS, CONFIGURATIONS)
@settings(max_examples=60, deadline=None)
def test_differences_are_said_exactly_when_there_are_any(one: Configuration, other: Configuration) -> None:
    """Nothing is said of what is the same, and something of everything that is not."""
    assert differences(one, one) == ()
    assert bool(differences(one, other)) == (one != other)
