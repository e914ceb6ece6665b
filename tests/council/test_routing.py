"""From a report to one named person, with every because."""

from __future__ import annotations

from dataclasses import replace

import pytest

from council.matrix import NOT_SURE_TYPE, ConflictType
from council.roles import Council
from council.routing import Asked, Route, route
from council.sentence import Sentence, Who
from council.workspace import Workspace
from tests.council.builders import (
    FORECAST,
    HEALTH,
    HOUR,
    LEADS,
    METRIC,
    ROLES,
    TUESDAY,
    at,
    away,
    northwind,
)

WEEK = ("2025-11-17 00:00", "2025-11-24 00:00")


def routed(workspace: Workspace, type: ConflictType = LEADS, reporter: str = "nina") -> Route:
    asked = Asked(type=type, reporter=reporter, sources=("Clari AI", "Rep roll-up"), account_owner="sam")
    return route(asked, workspace, TUESDAY)


def read(sentences: tuple[Sentence, ...]) -> list[str]:
    """Sentences with ids instead of names, and without dates."""
    facts = [{key: f.person if isinstance(f, Who) else f for key, f in s.facts.items()} for s in sentences]
    return [s.text.replace(" until {until}", "").format(**f) for s, f in zip(sentences, facts, strict=True)]


@pytest.mark.parametrize(
    ("type", "owner", "role", "told", "limit", "stands"),
    [
        pytest.param(
            LEADS, "priya", "RevOps lead", ["dana", "lucia"], "2025-11-20 09:00", None, id="lead quality"
        ),
        pytest.param(
            FORECAST,
            "marcus",
            "VP Sales",
            ["priya"],
            "2025-11-20 13:00",
            "Rep roll-up in the CRM",
            id="pipeline forecast",
        ),
        pytest.param(
            METRIC,
            "priya",
            "RevOps lead",
            ["marcus", "lucia", "aiko", "ravi"],
            "2025-12-09 11:00",
            "Ops report",
            id="metric contradiction",
        ),
        pytest.param(HEALTH, "aiko", "CS Director", ["sam"], "2025-11-20 09:00", None, id="customer health"),
        pytest.param(NOT_SURE_TYPE, "priya", "RevOps lead", [], "2025-11-19 09:00", None, id="not sure"),
    ],
)
def test_each_type_goes_to_its_owner(
    type: ConflictType, owner: str, role: str, told: list[str], limit: str, stands: str | None
) -> None:
    """The four types it ships with, and *Not sure*: who decides, who is told, by when, which number."""
    way = routed(northwind(), type)
    assert (way.owner, way.role, [each.person for each in way.told]) == (owner, role, told)
    assert way.deadline.limit == at(limit)
    assert (way.standing.source if way.standing else None) == stands
    assert way.substitutions == ()
    assert way.because.text
    assert way.configuration == 1


SUBSTITUTIONS = [
    pytest.param(northwind(), "nina", "priya", [], id="the holder is here"),
    pytest.param(
        northwind(away("priya", *WEEK)),
        "nina",
        "tomas",
        ["priya is away", "tomas stands in"],
        id="away: the deputy",
    ),
    pytest.param(
        northwind(gone=("priya",)),
        "nina",
        "tomas",
        ["priya is not here any more", "tomas stands in"],
        id="R30 left: the deputy",
    ),
    pytest.param(
        northwind(away("priya", *WEEK), away("tomas", *WEEK)),
        "nina",
        "helen",
        ["priya is away", "tomas is away", "helen stands in"],
        id="both away: the sponsor, the chair being Priya",
    ),
    pytest.param(
        northwind(away("priya", *WEEK, "ravi")),
        "nina",
        "ravi",
        ["priya is away", "ravi stands in"],
        id="whom the absent one named",
    ),
    pytest.param(
        northwind(away("priya", *WEEK)),
        "tomas",
        "helen",
        ["priya is away", "tomas reported it", "helen stands in"],
        id="nobody stands in on their own report",
    ),
    pytest.param(
        northwind(away("priya", *WEEK), gone=("helen", "kim", "jonas")),
        "tomas",
        "tomas",
        ["priya is away", "tomas stands in"],
        id="unless nobody else can",
    ),
    pytest.param(
        northwind(roles=(), council=Council()),
        "nina",
        "jonas",
        ["nobody holds revops_lead", "jonas, who installed me, gets it"],
        id="nothing is named: who installed it",
    ),
    pytest.param(
        northwind(*(away(who, *WEEK) for who in ("priya", "tomas", "helen", "kim", "jonas"))),
        "nina",
        "priya",
        ["priya is away"],
        id="everybody is away: it stays with the holder",
    ),
    pytest.param(
        northwind(gone=("priya", "tomas", "helen", "kim", "jonas")),
        "nina",
        "nina",
        [
            "priya is not here any more",
            "tomas is not here any more",
            "helen is not here any more",
            "kim is not here any more",
            "nina stands in",
        ],
        id="nobody is left: the reporter keeps it",
    ),
]


@pytest.mark.parametrize(("company", "reporter", "owner", "why"), SUBSTITUTIONS)
def test_the_route_says_which_substitution_it_made(
    company: Workspace, reporter: str, owner: str, why: list[str]
) -> None:
    """Holder → deputy → chair → sponsor → whoever set it up; each step has its because."""
    way = routed(company, reporter=reporter)
    assert (way.owner, read(way.substitutions)) == (owner, why)


def test_the_chair_comes_before_the_sponsor() -> None:
    """The CS director and her deputy are away: the chair stands in."""
    way = routed(northwind(away("aiko", *WEEK), away("sam", *WEEK)), HEALTH)
    assert (way.owner, way.role, way.stands_in_for) == ("priya", "RevOps lead", "aiko")


def test_an_absence_that_begins_later_does_not_count_yet() -> None:
    """Away from Wednesday on: asked today, handed over that morning."""
    way = routed(northwind(away("priya", "2025-11-19 00:00", "2025-11-24 00:00")))
    assert (way.owner, way.substitutions) == ("priya", ())


def test_the_reporter_may_be_the_owner() -> None:
    """Priya reports what Priya decides."""
    assert routed(northwind(), reporter="priya").owner == "priya"


def test_nobody_is_told_twice() -> None:
    """Two seats, one holder: told once; owner and reporter are not told what they know."""
    roles = tuple(
        replace(role, holder="dana") if role.key == "marketing_director" else role for role in ROLES
    )
    assert [told.person for told in routed(northwind(roles=roles)).told] == ["dana"]
    assert [told.person for told in routed(northwind(), reporter="dana").told] == ["lucia"]


def test_R45_who_is_told_resolves_like_the_owner() -> None:
    """Lucia is away: her deputy hears of it instead."""
    assert [told.person for told in routed(northwind(away("lucia", *WEEK))).told] == ["dana", "ben"]


@pytest.mark.parametrize(
    ("sources", "neither"),
    [
        pytest.param(("Clari AI", "Rep roll-up"), False, id="one of them is the agreed one"),
        pytest.param(("Clari AI", "HubSpot"), True, id="neither of these two"),
        pytest.param((), False, id="no source named yet"),
        pytest.param(("R", "e"), True, id="letters are not words"),
    ],
)
def test_the_agreed_source_may_be_neither(sources: tuple[str, ...], neither: bool) -> None:
    """The number of record is named either way, and it is said when it is none of the sources."""
    way = route(Asked(type=FORECAST, reporter="nina", sources=sources), northwind(), TUESDAY)
    assert way.standing is not None
    assert way.standing.neither is neither


def test_immediate_shortens_the_window_not_the_deadline() -> None:
    """30 minutes by the clock to acknowledge; the deadline stays."""
    plain = route(Asked(type=LEADS, reporter="nina"), northwind(), TUESDAY)
    urgent = route(Asked(type=LEADS, reporter="nina", immediate=True), northwind(), TUESDAY)
    assert urgent.deadline == plain.deadline
    assert (plain.acknowledge_by, urgent.acknowledge_by) == (TUESDAY + 4 * HOUR, TUESDAY + HOUR / 2)
