"""The company the stories happen in: Juniper Cloud, fourteen people, three of them in other zones."""

from __future__ import annotations

from datetime import time, timedelta

from council.cadence import Ceremony
from council.hours import Holidays, Hours
from council.matrix import ConflictType, PrecedenceRule
from council.roles import Council, Role
from council.timeframes import AtNext, Before, Within
from council.workspace import Channels, Configuration
from sandbox.clock import Clock
from sandbox.manifest import Manifest
from sandbox.people import Person
from sandbox.rates import Rates
from sandbox.slack import Slack

BERLIN, NEW_YORK, KOLKATA = "Europe/Berlin", "America/New_York", "Asia/Kolkata"
PEOPLE = (
    ("U0NINA", "nina", "Nina Falk", "Account executive", BERLIN),
    ("U0OMAR", "omar", "Omar Haddad", "Account executive", BERLIN),
    ("U0VERA", "vera", "Vera Lindqvist", "VP Sales", BERLIN),
    ("U0DEAN", "dean", "Dean Okafor", "Sales Manager", BERLIN),
    ("U0REMY", "remy", "Remy Duval", "RevOps lead", BERLIN),
    ("U0TESS", "tess", "Tess Moreau", "RevOps analyst", BERLIN),
    ("U0MILA", "mila", "Mila Petrov", "Marketing Director", NEW_YORK),
    ("U0BORIS", "boris", "Boris Chen", "Demand generation", NEW_YORK),
    ("U0CARLA", "carla", "Carla Nunez", "CS Director", BERLIN),
    ("U0SEFA", "sefa", "Sefa Aydin", "CS manager", BERLIN),
    ("U0IRIS", "iris", "Iris Wong", "Data Engineering", KOLKATA),
    ("U0HUGO", "hugo", "Hugo Stein", "COO", BERLIN),
    ("U0LENA", "lena", "Lena Roth", "Finance", BERLIN),
    ("U0PAVEL", "pavel", "Pavel Novak", "IT admin", BERLIN),
)
COUNCIL, DECISIONS, SALES, GENERAL = "C0COUNCIL", "C0DECISIONS", "C0SALES", "C0GENERAL"
BOARD, PARTNERS = "C0BOARD", "C0PARTNERS"


def juniper_slack(clock: Clock, manifest: Manifest, rates: Rates | None = None) -> Slack:
    """Its Slack: the app installed by Pavel, in the council's and the log's channel only."""
    slack = Slack(clock, manifest, 1, rates=rates)
    workspace = slack.workspace
    for id_, name, real_name, title, zone in PEOPLE:
        mail = f"{name}@juniper.example"
        workspace.add_person(Person(id_, workspace.team, name, real_name, mail, zone, title))
    workspace.people["U0PAVEL"].admin = True
    everybody = [row[0] for row in PEOPLE]
    slack.install("U0PAVEL")
    bot = slack.app.bot_user
    workspace.add_channel("general", "public", everybody, "U0PAVEL", GENERAL).general = True
    workspace.add_channel("sales", "public", everybody, "U0VERA", SALES)
    workspace.add_channel("ai-council", "public", [*everybody, bot], "U0REMY", COUNCIL)
    workspace.add_channel("ai-decisions", "public", [*everybody, bot], "U0REMY", DECISIONS)
    workspace.add_channel("board", "private", ["U0VERA", "U0HUGO", "U0NINA"], "U0HUGO", BOARD)
    _outsiders(slack)
    return slack


def _outsiders(slack: Slack) -> None:
    """A guest, somebody of another organisation in a shared channel, and another app."""
    workspace = slack.workspace
    guest = Person("U0GIL", workspace.team, "gil", "Gil Guest", "gil@juniper.example")
    guest.guest = "multi-channel"
    workspace.add_person(guest)
    workspace.channels[SALES].members.append("U0GIL")
    workspace.organisations["T0ACME"] = "Acme"
    workspace.add_person(Person("U0OLGA", "T0ACME", "olga", "Olga Outside", zone="Europe/London"))
    shared = workspace.add_channel("partners", "public", ["U0NINA", "U0OLGA"], "U0NINA", PARTNERS)
    shared.with_teams.append("T0ACME")
    scorer = Person("U0SCORER", workspace.team, "scorer", "Lead Scorer", bot=True)
    scorer.bot_id, scorer.app_id = "B0SCORER", "A0SCORER"
    workspace.add_person(scorer)


ROLES = (
    Role(key="revops_lead", name="RevOps lead", holder="U0REMY", deputy="U0TESS"),
    Role(key="sales_manager", name="Sales Manager", holder="U0DEAN"),
    Role(key="marketing_director", name="Marketing Director", holder="U0MILA", deputy="U0BORIS"),
    Role(key="vp_sales", name="VP Sales", holder="U0VERA", deputy="U0DEAN"),
    Role(key="cs_director", name="CS Director", holder="U0CARLA", deputy="U0SEFA"),
    Role(key="it_data", name="Data Engineering", holder="U0IRIS"),
    Role(key="coo", name="COO", holder="U0HUGO"),
)


def _types() -> tuple[ConflictType, ...]:
    hours = timedelta(hours=1)
    return (
        ConflictType(
            key="lead_quality",
            name="Lead quality disagreement",
            description="Marketing's score against Sales' judgment",
            sides=("Marketing's score", "Sales' judgment"),
            notify=("revops_lead", "sales_manager", "marketing_director"),
            owner="revops_lead",
            business_owner="vp_sales",
            timeframe=Within(target=48 * hours, limit=48 * hours),
            acknowledge_within=4 * hours,
            home_channel=COUNCIL,
        ),
        ConflictType(
            key="pipeline_forecast",
            name="Pipeline forecast discrepancy",
            description="AI forecast against the reps' estimate",
            sides=("AI forecast", "Reps' estimate"),
            notify=("vp_sales", "revops_lead"),
            owner="vp_sales",
            question="business",
            data_owner="revops_lead",
            timeframe=Before(ceremony="forecast_meeting"),
        ),
        ConflictType(
            key="metric_contradiction",
            name="Cross-functional metric contradiction",
            description="CRM, marketing platform and Ops report differ",
            notify=("council",),
            owner="chair",
            timeframe=AtNext(ceremony="council_meeting", or_emergency_call=True),
            chain=("deputy", "sponsor"),
        ),
        ConflictType(
            key="customer_health",
            name="Customer health conflict",
            description="CS score against the sales read of an account",
            sides=("CS score", "Sales' read"),
            notify=("cs_director", "account_owner"),
            owner="cs_director",
            question="business",
            timeframe=Within(target=24 * hours, limit=48 * hours),
        ),
    )


RULES = (
    PrecedenceRule(
        type="lead_quality", stands="CRM lead score", because="one field in the CRM is the agreed lead score"
    ),
    PrecedenceRule(
        type="pipeline_forecast",
        stands="Rep roll-up",
        team="Sales",
        because="Sales owns the pipeline forecast",
    ),
    PrecedenceRule(type="metric_contradiction", stands="Ops report", because="RevOps owns the data"),
    PrecedenceRule(type="customer_health", stands="CS score", because="CS owns the customer health call"),
)
CEREMONIES = (
    Ceremony(
        key="forecast_meeting", name="Forecast meeting", every="week", day="thu", at=time(14), minutes=45
    ),
    Ceremony(
        key="council_meeting",
        name="AI Coordination Council",
        every="month",
        day="2nd tue",
        at=time(10),
        minutes=60,
        channel=COUNCIL,
    ),
)


def juniper() -> Configuration:
    """Its configuration."""
    return Configuration(
        hours=Hours(
            zone=BERLIN,
            days=("mon", "tue", "wed", "thu", "fri"),
            opens=time(9),
            closes=time(17, 30),
            holidays=Holidays(country="DE", subdivision="BE"),
        ),
        channels=Channels(council=COUNCIL, decision_log=DECISIONS),
        admins=("U0PAVEL",),
        roles=ROLES,
        council=Council(
            chair="revops_lead",
            seats=("revops_lead", "vp_sales", "marketing_director", "cs_director", "it_data"),
            sponsor="coo",
        ),
        matrix=_types(),
        precedence=RULES,
        ceremonies=CEREMONIES,
    )
