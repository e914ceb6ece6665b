"""What changes rarely is remembered from one transaction to the next, and never believed unchecked.

Configuration, people, channels, absences and moved dates of a workspace hold under one *revision*: a word
that every change of any of them draws anew, in the same transaction. Whoever wants to know them reads the
revision first: the same word, the same facts. No word comes twice, so what was remembered in a transaction
that was undone is never met again.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import datetime
from secrets import token_hex

from sqlalchemy import Connection, bindparam, select

from council.people import Channel, Person
from council.workspace import Workspace
from storage.tables import revisions
from storage.upserts import upsert

# Built once: building a statement takes longer than running it.
_REVISION = select(revisions.c.revision).where(revisions.c.team == bindparam("team"))


@dataclass(frozen=True, slots=True)
class AsOf:
    """A workspace with the absences that had not ended by then."""

    as_of: datetime
    workspace: Workspace


@dataclass(slots=True)
class Remembered:
    """What was read under one revision so far; None stands for who or what is not known."""

    revision: str | None
    people: dict[str, Person | None] = field(default_factory=dict)
    channels: dict[str, Channel | None] = field(default_factory=dict)
    workspace: AsOf | None = None
    agendas: tuple[str, ...] | None = None
    """The meetings ahead whose agenda stands in a channel, as subjects."""


class Memory:
    """Of each workspace what was read under its newest revision; one per store, shared by its connections."""

    def __init__(self) -> None:
        self._newest: dict[str, Remembered] = {}

    def under(self, team: str, revision: str | None) -> Remembered:
        """What is remembered under this revision; of a workspace without one nothing is."""
        found = self._newest.get(team)
        if found is not None and found.revision == revision:
            return found
        fresh = Remembered(revision)
        if revision is not None:
            self._newest[team] = fresh
        return fresh

    def newest(self, team: str) -> Remembered | None:
        """What was read last. Unchecked, as below."""
        return self._newest.get(team)

    def person(self, team: str, id: str) -> Person | None:
        """The person as last read. Unchecked: whoever acts on it has to ask again in their transaction."""
        found = self._newest.get(team)
        return found.people.get(id) if found else None


def changed(connection: Connection, team: str) -> None:
    """Something of what is remembered is about to change. Called first, so that such changes queue up."""
    upsert(connection, revisions, {"team": team, "revision": token_hex(8)})


def remembered(connection: Connection, team: str) -> Remembered:
    """What is remembered and holds in this transaction: one read by key."""
    revision = connection.execute(_REVISION, {"team": team}).scalar_one_or_none()
    memory: Memory = connection.get_execution_options()["memory"]
    return memory.under(team, revision)


def newest(connection: Connection, team: str) -> Remembered | None:
    """What was remembered last, at no cost. It holds when the running transaction has asked before."""
    memory: Memory = connection.get_execution_options()["memory"]
    return memory.newest(team)
