"""What a new configuration would do, read in a few bounded queries."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import datetime

from sqlalchemy import Connection, select

from council.conflict import Conflict
from council.people import Absence
from council.replaying import MOST, SPAN, Effect, Move, Past, PastAbsence, effect, moves
from council.workspace import Configuration, Workspace
from storage import workspaces
from storage.codec import load_conflict
from storage.company.keeping import people_of
from storage.conflicts import OPEN
from storage.tables import absences, in_state
from storage.tables import conflicts as rows

MOST_OPEN = 200
"""So many open conflicts, the most urgent first, are looked at one by one."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Preview:
    """The workspace as it would be, and what comes of it."""

    after: Workspace
    effect: Effect


def preview(
    connection: Connection, workspace: Workspace, configuration: Configuration, now: datetime
) -> Preview:
    """What it does that this configuration replaces the workspace's."""
    team, since = workspace.team, now - SPAN
    open_now = open_ones(connection, team)
    before, after = _both(connection, workspace, configuration, open_now, now)
    found = effect(
        before,
        after,
        past=past(connection, team, since),
        absences=_absences(connection, team, since),
        open_now=open_now,
        now=now,
    )
    return Preview(after=after, effect=found)


def open_moves(
    connection: Connection, workspace: Workspace, configuration: Configuration, now: datetime
) -> tuple[Move, ...]:
    """Which open conflicts that would give to somebody else; without a look at the past, for a write."""
    open_now = open_ones(connection, workspace.team)
    before, after = _both(connection, workspace, configuration, open_now, now)
    return moves(before, after, open_now, now)


def _both(
    connection: Connection,
    workspace: Workspace,
    configuration: Configuration,
    open_now: tuple[Conflict, ...],
    now: datetime,
) -> tuple[Workspace, Workspace]:
    """The workspace as it is and as it would be, with everybody in it whom either may meet."""
    met = _met(configuration, open_now)
    known = workspaces.load(connection, workspace.team, met, now=now) or workspace
    before = replace(known, configuration=workspace.configuration)
    return before, replace(known, configuration=configuration)


def _met(configuration: Configuration, open_now: tuple[Conflict, ...]) -> set[str]:
    return {*people_of(configuration), *(conflict.owner for conflict in open_now)}


def open_ones(connection: Connection, team: str) -> tuple[Conflict, ...]:
    """What waits for a decision, the most urgent first."""
    query = select(rows.c.body).where(rows.c.team == team, in_state(rows, *OPEN))
    found = connection.execute(query.order_by(rows.c.limit_at, rows.c.id).limit(MOST_OPEN))
    return tuple(load_conflict(row.body) for row in found)


def past(connection: Connection, team: str, since: datetime) -> tuple[Past, ...]:
    """The newest reports since then, as far as routing needs to know them."""
    columns = (rows.c.type, rows.c.reporter, rows.c.reported_at, rows.c.body)
    query = select(*columns).where(rows.c.team == team).order_by(rows.c.number.desc()).limit(MOST)
    return tuple(
        Past(
            type=row.type,
            reporter=row.reporter,
            reported_at=row.reported_at,
            account_owner=row.body["facts"].get("account_owner"),
            owner=row.body["route"]["owner"],
        )
        for row in connection.execute(query)
        if row.reported_at >= since
    )


def _absences(connection: Connection, team: str, since: datetime) -> tuple[PastAbsence, ...]:
    columns = [absences.c[name] for name in ("id", "person", "since", "until", "stand_in")]
    query = select(*columns, absences.c.known_from).where(absences.c.team == team, absences.c.until > since)
    return tuple(
        PastAbsence(
            absence=Absence(
                id=row.id, person=row.person, since=row.since, until=row.until, stand_in=row.stand_in
            ),
            known_from=row.known_from,
        )
        for row in connection.execute(query)
    )
