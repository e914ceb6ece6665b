"""Changes of the configuration by people: what they are about to save, and the one way to save it."""

from __future__ import annotations

from collections.abc import Iterable

from sqlalchemy import Connection

from council.configuring import Edit, Proposal, configured, rule_place
from council.errors import Refused, Unknown
from council.matrix import PrecedenceRule
from council.people import Person
from council.sentence import say
from council.workspace import Configuration, Workspace
from storage import drafts, workspaces
from storage.codec import dump_proposal, load_proposal
from storage.planning import to_plan
from storage.unit import Unit


class Moved(Exception):
    """Somebody else has changed the configuration since the form was opened; nothing was saved."""


def keep(unit: Unit, id: str, person: str, proposal: Proposal) -> None:
    """Keep what was typed until it is saved."""
    drafts.keep(unit.connection, unit.team, id, person, dump_proposal(proposal), unit.clock())


def keep_new(unit: Unit, person: str, proposal: Proposal) -> str:
    """Keep what was typed, under a new id."""
    id = unit.ids()
    keep(unit, id, person, proposal)
    return id


def proposal(connection: Connection, team: str, id: str, person: str) -> Proposal:
    """What this person is about to save; raises `Refused` when it is older than a day."""
    body = drafts.find(connection, team, id, person)
    if body is None:
        raise Refused(say("What you typed here was kept for a day; please begin again."))
    return load_proposal(body)


def base_of(connection: Connection, team: str, version: int, workspace: Workspace) -> Configuration:
    """What somebody saw who began at that version."""
    if version == workspace.version:
        return workspace.configuration
    return workspaces.configuration_at(connection, team, version)


def rule_at(connection: Connection, team: str, place: str, workspace: Workspace) -> PrecedenceRule:
    """The number of record at *version.place*; raises `Unknown` when there is none."""
    version, _, index = place.partition(".")
    number = int(version) if version.isdecimal() else 0
    if 0 < number <= workspace.version and index.isdecimal():
        rules = base_of(connection, team, number, workspace).precedence
        if int(index) < len(rules):
            return rules[int(index)]
    raise Unknown(say("There is no such number of record any more."))


def place_of(rule: PrecedenceRule, workspace: Workspace) -> str:
    """Where it stands in the version in force; empty when it is not there any more."""
    place = rule_place(rule, workspace.configuration.precedence)
    return "" if place is None else f"{workspace.version}.{place}"


def known(unit: Unit) -> Workspace:
    """The workspace as it is, for who looks before they change anything."""
    return _set_up(unit.known.workspace(now=unit.clock()))


def in_force(unit: Unit) -> Workspace:
    """The workspace, held so that nobody else changes its configuration before this unit ends."""
    return _set_up(to_plan(unit))


def _set_up(found: Workspace | None) -> Workspace:
    if found is None:
        raise Refused(say("Tiebreak is not set up here yet."))
    return found


def as_saved(unit: Unit, people: Iterable[str]) -> Workspace:
    """The workspace with these people in it, after what this unit has saved."""
    return _set_up(workspaces.load(unit.connection, unit.team, people, now=unit.clock()))


def save(unit: Unit, edit: Edit, based_on: int, *, by: Person | None, reason: str) -> Workspace:
    """Make it the configuration in force. Returns the workspace with it.

    Raises `Moved` when `based_on` is not in force any more, `Refused` and `Invalid` as the rule does.
    """
    workspace = in_force(unit)
    if workspace.version != based_on:
        raise Moved
    after = configured(edit, workspace.configuration, by=by, workspace=workspace)
    author = by.id if by else None
    workspaces.save_configuration(
        unit.connection, unit.team, after, author=author, reason=reason, now=unit.clock()
    )
    return as_saved(unit, ())
