"""A private channel that anybody may read from now on: what was hidden in it is taken down."""

from __future__ import annotations

from sqlalchemy import and_, or_, select

from council.hiding import uncovered
from council.people import Channel
from storage.applying import apply
from storage.codec import load_conflict
from storage.people import find_channels, save_channel
from storage.tables import conflicts, in_state, messages
from storage.unit import Unit
from storage.workspaces import Known


def keep_channel(unit: Unit, seen: Channel) -> None:
    """Remember what Slack says of a channel, `fetched_at` set; when it was private, also what follows."""
    connection, team = unit.connection, unit.team
    before = find_channels(connection, team, [seen.id]).get(seen.id)
    save_channel(connection, team, seen)
    if before is not None and before.kind == "private" and seen.kind == "public":
        _uncover(unit, seen.id)


def _uncover(unit: Unit, channel: str) -> None:
    connection, team, now = unit.connection, unit.team, unit.clock()
    stands = and_(messages.c.channel == channel, messages.c.ts.is_not(None))
    coming = and_(messages.c.lane == channel, in_state(messages, "waiting", "calling"))
    there = select(messages.c.conflict).where(messages.c.team == team, or_(stands, coming))
    hidden = (conflicts.c.home == channel, conflicts.c.confidential, conflicts.c.id.in_(there))
    for body in connection.execute(select(conflicts.c.body).where(*hidden)).scalars().all():
        conflict = load_conflict(body)
        workspace = Known(connection, team).workspace(conflict.insiders, now=now)
        if workspace is not None:
            apply(connection, unit.ids, uncovered(conflict, workspace, now), now)
