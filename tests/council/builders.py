"""Northwind, a small example company, and a story told in a few words."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime, time, timedelta
from typing import Any
from zoneinfo import ZoneInfo

from council.cadence import Ceremony, Change
from council.conflict import Conflict, Facts, Ruling, Signal
from council.deciding import acknowledge, decide
from council.hours import Hours
from council.matrix import ConflictType, PrecedenceRule
from council.outcome import Outcome
from council.people import Absence, Person
from council.reporting import report
from council.roles import Council, Role
from council.timeframes import AtNext, Before, Within
from council.waking import wake
from council.workspace import Channels, Configuration, Workspace

BERLIN = ZoneInfo("Europe/Berlin")
HOUR = timedelta(hours=1)
NAMES = """priya tomas dana lucia ben marcus aiko sam ravi helen kim nina jonas""".split()


def at(text: str) -> datetime:
    """An instant by the clocks of Berlin: "2025-11-18 09:00", a Tuesday."""
    return datetime.fromisoformat(text).replace(tzinfo=BERLIN).astimezone(UTC)


TUESDAY = at("2025-11-18 09:00")

ROLES = (
    Role(key="revops_lead", name="RevOps lead", holder="priya", deputy="tomas"),
    Role(key="sales_manager", name="Sales Manager", holder="dana"),
    Role(key="marketing_director", name="Marketing Director", holder="lucia", deputy="ben"),
    Role(key="vp_sales", name="VP Sales", holder="marcus", deputy="dana"),
    Role(key="cs_director", name="CS Director", holder="aiko", deputy="sam"),
    Role(key="it_data", name="Data Engineering", holder="ravi"),
    Role(key="coo", name="COO", holder="helen", deputy="kim"),
)
LEADS = ConflictType(
    key="lead_quality",
    name="Lead quality disagreement",
    notify=("revops_lead", "sales_manager", "marketing_director"),
    owner="revops_lead",
    business_owner="vp_sales",
    timeframe=Within(target=48 * HOUR, limit=48 * HOUR),
    acknowledge_within=4 * HOUR,
)
FORECAST = ConflictType(
    key="pipeline_forecast",
    name="Pipeline forecast discrepancy",
    notify=("vp_sales", "revops_lead"),
    owner="vp_sales",
    question="business",
    data_owner="revops_lead",
    timeframe=Before(ceremony="forecast_meeting"),
)
METRIC = ConflictType(
    key="metric_contradiction",
    name="Cross-functional metric contradiction",
    notify=("council",),
    owner="chair",
    timeframe=AtNext(ceremony="council_meeting", or_emergency_call=True),
    chain=("deputy", "sponsor"),
)
HEALTH = ConflictType(
    key="customer_health",
    name="Customer health conflict",
    notify=("cs_director", "account_owner"),
    owner="cs_director",
    question="business",
    timeframe=Within(target=24 * HOUR, limit=48 * HOUR),
)
TYPES = (LEADS, FORECAST, METRIC, HEALTH)
PRECEDENCE = (
    PrecedenceRule(type="pipeline_forecast", stands="Rep roll-up in the CRM", team="Sales", because="theirs"),
    PrecedenceRule(type="metric_contradiction", stands="Ops report", team="RevOps"),
    PrecedenceRule(type="metric_contradiction", metric="ARR", stands="Finance ledger", team="Finance"),
)
CEREMONIES = (
    Ceremony(
        key="forecast_meeting", name="Forecast meeting", every="week", day="thu", at=time(14), minutes=45
    ),
    Ceremony(key="council_meeting", name="Council", every="month", day="2nd tue", at=time(10)),
)


def person(id: str, **flags: Any) -> Person:
    """Somebody of Northwind, in Berlin unless said otherwise."""
    return replace(Person(id=id, name=id.title(), zone="Europe/Berlin"), **flags)


def northwind(
    *away: Absence,
    gone: tuple[str, ...] = (),
    changes: tuple[Change, ...] = (),
    types: tuple[ConflictType, ...] = TYPES,
    roles: tuple[Role, ...] = ROLES,
    council: Council | None = None,
) -> Workspace:
    """The company; `away` are absences, `gone` those who have left it."""
    seats = ("revops_lead", "vp_sales", "marketing_director", "cs_director", "it_data")
    return Workspace(
        team="T1",
        version=1,
        installer="jonas",
        absences=away,
        changes=changes,
        people={name: person(name, deactivated=name in gone) for name in NAMES},
        configuration=Configuration(
            hours=Hours(zone="Europe/Berlin"),
            channels=Channels(council="C-council", decision_log="C-log"),
            roles=roles,
            council=council or Council(chair="revops_lead", seats=seats, sponsor="coo"),
            matrix=types,
            precedence=PRECEDENCE,
            ceremonies=CEREMONIES,
        ),
    )


def away(who: str, since: str, until: str, stand_in: str | None = None) -> Absence:
    """An absence by the clocks of Berlin."""
    return Absence(person=who, since=at(since), until=at(until), stand_in=stand_in)


def facts(type: ConflictType = LEADS, **more: Any) -> Facts:
    """A report of that type, about Acme's leads."""
    signals = (Signal(source="Clari AI", says="4.2 M€"), Signal(source="Rep roll-up", says="3.1 M€"))
    plain = Facts(type=type.key, subject="Q4 pipeline for EMEA", signals=signals)
    needs_account = {"account": "Acme", "account_owner": "nina"} if type.asks_account_owner else {}
    return replace(plain, **{**needs_account, **more})


def reported(
    workspace: Workspace | None = None,
    type: ConflictType = LEADS,
    *,
    by: str = "nina",
    now: datetime = TUESDAY,
    **more: Any,
) -> Outcome:
    """What comes of a report, by Nina unless said otherwise, as #12."""
    outcome = report(
        facts(type, **more),
        by=person(by),
        id="c12",
        home="C-sales",
        workspace=workspace or northwind(),
        now=now,
    )
    return replace(outcome, conflict=replace(outcome.conflict, number=12, version=1))


def acknowledged(conflict: Conflict, workspace: Workspace, now: datetime) -> Conflict:
    """The conflict once its owner is on it."""
    return acknowledge(conflict, by=person(conflict.owner), workspace=workspace, now=now).conflict


RULING = Ruling(
    stands="one",
    source="Rep roll-up",
    number="3.1 M€",
    decision="Present 3.1 M€.",
    why="Clari counts renewals twice (0.9 M€).",
    by="",
    role="",
    at=TUESDAY,
)


def decided(conflict: Conflict, workspace: Workspace, now: datetime, ruling: Ruling = RULING) -> Outcome:
    """What comes of the owner's decision."""
    return decide(conflict, ruling, by=person(conflict.owner), workspace=workspace, now=now)


def woken(conflict: Conflict, workspace: Workspace, *times: str) -> tuple[Conflict, Outcome]:
    """The conflict after it was looked at at each of these times, and what came of the last look."""
    outcome = Outcome(conflict=conflict)
    for each in times:
        outcome = wake(outcome.conflict, workspace, at(each))
    return outcome.conflict, outcome


def said(outcome: Outcome) -> list[tuple[str, str]]:
    """Who is told what, in order."""
    return [(notice.to, notice.kind.value) for notice in outcome.notices]
