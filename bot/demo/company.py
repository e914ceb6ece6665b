"""The example company of `bot/example`: its Slack, its configuration, and what an import leaves behind."""

from __future__ import annotations

from dataclasses import replace
from functools import cache
from pathlib import Path
from typing import Any

from ruamel.yaml import YAML

from council.workspace import Configuration
from handlers.looking import channel_of, person_of
from sandbox.clock import Clock
from sandbox.manifest import Manifest
from sandbox.people import Person
from sandbox.rates import Rates
from sandbox.slack import Slack
from storage import people, workspaces
from storage.company.building import build
from storage.company.reading import read
from storage.store import Unit

EXAMPLE = Path(__file__).parents[1] / "example"
MAIL = "juniper.example"


@cache
def _slack() -> dict[str, Any]:
    found: dict[str, Any] = YAML(typ="safe").load(EXAMPLE / "slack.yaml")
    return found


def example_slack(clock: Clock, manifest: Manifest, rates: Rates | None = None) -> Slack:
    """Its Slack: the app installed by the admin, in the council's and the log's channel only."""
    data = _slack()
    slack = Slack(clock, manifest, 1, name=data["name"], domain=data["domain"], rates=rates)
    for row in (*data["people"], *data["outsiders"]):
        _add_person(slack, dict(row))
    slack.install(installer())
    for row in data["channels"]:
        _add_channel(slack, dict(row))
    return slack


def installer() -> str:
    """The user id of whoever installed the bot."""
    return str(next(row["id"] for row in _slack()["people"] if row.get("admin")))


def colleagues() -> tuple[str, ...]:
    """The user ids of everybody who works there."""
    return tuple(row["id"] for row in _slack()["people"])


def _add_person(slack: Slack, row: dict[str, Any]) -> None:
    organisation = row.pop("organisation", "")
    team = f"T0{organisation.upper()}" if organisation else slack.workspace.team
    mail = "" if organisation or row.get("bot") else f"{row['name']}@{MAIL}"
    if organisation:
        slack.workspace.organisations[team] = organisation
    person = slack.workspace.add_person(Person(row.pop("id"), team, email=mail, **row))
    if person.bot:
        person.bot_id, person.app_id = f"B0{person.name.upper()}", f"A0{person.name.upper()}"


def _add_channel(slack: Slack, row: dict[str, Any]) -> None:
    members = list(colleagues()) if row["members"] == "everybody" else list(row["members"])
    members += [slack.app.bot_user] if row.get("bot") else []
    kind = "private" if row.get("private") else "public"
    channel = slack.workspace.add_channel(row["name"], kind, members, row["creator"], row["id"])  # type: ignore[arg-type]
    channel.members += row.get("guests", [])
    channel.general = row["name"] == "general"
    if organisation := row.get("shared_with"):
        channel.with_teams.append(f"T0{organisation.upper()}")


def example_configuration() -> Configuration:
    """Its council, read from the file that an import would read."""
    file = read((EXAMPLE / "company.yaml").read_bytes())
    if file.rows is None or file.mistakes:
        raise ValueError(f"the example company is broken: {file.mistakes}")
    data = _slack()
    return build(
        file.rows,
        people={f"{row['name']}@{MAIL}": row["id"] for row in data["people"]},
        channels={row["name"]: row["id"] for row in data["channels"]},
    )


def furnish(unit: Unit, slack: Slack) -> None:
    """What an import leaves behind: the configuration, and everybody it names."""
    connection, team, now = unit.connection, unit.team, unit.clock()
    configuration = example_configuration()
    url = f"{slack.web_url}/"
    workspaces.install(connection, team, name=slack.workspace.name, url=url, bot_user=slack.app.bot_user)
    workspaces.keep_installer(connection, team, installer())
    workspaces.save_configuration(
        connection, team, configuration, author=installer(), reason="set up", now=now
    )
    for id_ in colleagues():
        user = slack.workspace.people[id_].as_json(slack.now(), home_team=team, with_email=True)
        people.save_person(connection, team, replace(person_of(user, team), fetched_at=now))
    for id_ in filter(None, (configuration.channels.council, configuration.channels.decision_log)):
        found = {"id": id_, "name": slack.workspace.channels[id_].name, "is_member": True}
        people.save_channel(connection, team, replace(channel_of(found), fetched_at=now))
