"""A small workspace to start from: six people, three channels, a stranger, another app."""

from __future__ import annotations

from sandbox.clock import Clock
from sandbox.manifest import Manifest
from sandbox.people import Person
from sandbox.rates import Rates
from sandbox.slack import Slack

PEOPLE = (
    ("U0NINA", "nina", "Nina Berg", "Account executive", "Europe/Berlin"),
    ("U0MARCUS", "marcus", "Marcus Hale", "VP Sales", "America/New_York"),
    ("U0PRIYA", "priya", "Priya Nair", "RevOps lead", "Europe/Berlin"),
    ("U0DANA", "dana", "Dana Ortiz", "Sales Manager", "America/Chicago"),
    ("U0RAVI", "ravi", "Ravi Iyer", "Data Engineering", "Asia/Kolkata"),
    ("U0GUS", "gus", "Gus Guest", "Contractor", "Europe/Berlin"),
)


def example(clock: Clock, manifest: Manifest, seed: int = 1, rates: Rates | None = None) -> Slack:
    """The workspace, with the app installed by its admin and in no channel yet."""
    slack = Slack(clock, manifest, seed, rates=rates)
    team = slack.workspace.team
    for id_, name, real_name, title, zone in PEOPLE:
        mail = f"{name}@northwind.example"
        slack.workspace.add_person(Person(id_, team, name, real_name, mail, zone, title))
    slack.workspace.people["U0PRIYA"].admin = True
    slack.workspace.people["U0GUS"].guest = "multi-channel"
    everybody = [row[0] for row in PEOPLE]
    add = slack.workspace.add_channel
    add("general", "public", everybody[:5], "U0PRIYA", "C0GENERAL").general = True
    add("sales", "public", everybody, "U0MARCUS", "C0SALES")
    add("board", "private", ["U0MARCUS", "U0NINA"], "U0MARCUS", "C0BOARD")
    _outside(slack)
    slack.install("U0PRIYA")
    return slack


def _outside(slack: Slack) -> None:
    workspace = slack.workspace
    workspace.organisations["T0ACME"] = "Acme"
    workspace.add_person(Person("U0OLGA", "T0ACME", "olga", "Olga Outside", zone="Europe/London"))
    shared = workspace.add_channel("acme-shared", "public", ["U0NINA", "U0OLGA"], "U0NINA", "C0SHARED")
    shared.with_teams.append("T0ACME")
    scorer = Person("U0SCORER", workspace.team, "scorer", "Lead Scorer", bot=True)
    scorer.bot_id, scorer.app_id = "B0SCORER", "A0SCORER"
    workspace.add_person(scorer)
