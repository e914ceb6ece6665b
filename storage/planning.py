"""Moved, skipped and extra dates: every change stays, and whatever hangs on the ceremony is looked at."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import asdict
from datetime import date

from sqlalchemy import Connection, bindparam, insert, select

from council.conflict import Conflict
from council.notice import Notice
from council.planning import Planned, Standing, standing
from council.workspace import Workspace
from storage import homes, lanes, messages, outbox
from storage.codec import load_conflict
from storage.lanes import Busy
from storage.memory import changed
from storage.prepared import ceremony_subject, look_anew
from storage.tables import changes, conflicts
from storage.unit import Unit
from storage.upserts import Put, put
from storage.workspaces import Known

# Built once: building a statement takes longer than running it.
_HANGING = select(conflicts.c.id, conflicts.c.body).where(
    conflicts.c.team == bindparam("team"), conflicts.c.hangs_on == bindparam("ceremony")
)


def to_plan(unit: Unit) -> Workspace | None:
    """The workspace, for who is about to change its dates: each sees what the one before has changed."""
    changed(unit.connection, unit.team)
    return Known(unit.connection, unit.team).workspace(now=unit.clock())


def hanging(connection: Connection, team: str, ceremony: str) -> tuple[Conflict, ...]:
    """Open conflicts whose deadline moves with this ceremony, by number."""
    found = connection.execute(_HANGING, {"team": team, "ceremony": ceremony})
    # asked for them in order, SQLite would rather read every conflict of the workspace
    return tuple(sorted((load_conflict(row.body) for row in found), key=lambda each: each.number))


def keep(unit: Unit, planned: Planned) -> None:
    """Save the change and what is said about it; every deadline that may hang on it is looked at now."""
    connection, team, now, change = unit.connection, unit.team, unit.clock(), planned.change
    changed(connection, team)
    connection.execute(insert(changes).values(team=team, **asdict(change)))
    look_anew(connection, team, [change.ceremony], now)
    told = [_about(unit, each, change.ceremony, int(each.facts["sequence"])) for each in planned.notices]
    followed = messages.want_subject(connection, team, _subject(change.ceremony, change.on.isoformat()), now)
    _say(unit, told, [*followed, *homes.want(connection, team, [change.by] if change.by else [], now)])


def announce(unit: Unit, ceremony: str, notices: Iterable[Notice], version: int) -> None:
    """Say something about a date of the ceremony; with the same version it is the same, and said once."""
    _say(unit, [_about(unit, notice, ceremony, version) for notice in notices], [])


def _about(unit: Unit, notice: Notice, ceremony: str, version: int) -> tuple[Put, list[Busy]]:
    """A line about one date of a ceremony, and which lane is busy by it."""
    subject = _subject(ceremony, str(notice.facts["on"]))
    noticed = [(unit.ids(), notice)]
    return outbox.waiting(unit.team, noticed, conflict=None, subject=subject, version=version)


def _say(unit: Unit, told: list[tuple[Put, list[Busy]]], busy: list[Busy]) -> None:
    lines = [line for line, _ in told]
    lanes_of_them = [each for _, lane in told for each in lane]
    put(unit.connection, [*lines, lanes.made_ready(unit.team, [*busy, *lanes_of_them])])


def _subject(ceremony: str, on: str) -> str:
    """What one date of a ceremony is called where it is spoken of."""
    return f"{ceremony_subject(ceremony)}:{on}"


def find(unit: Unit, id: str) -> Standing | None:
    """How a date stands now that messages speak of as *ceremony:key:date*."""
    key, _, on = id.partition(":")
    workspace = unit.known.workspace(now=unit.clock())
    return standing(workspace.calendar, key, date.fromisoformat(on)) if workspace else None
