"""What is old enough to be forgotten: a batch at a time, so that nobody waits behind it."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import Connection, and_, delete, exists, or_, select

from storage import blocked, deliveries, drafts
from storage.outbox import KEPT
from storage.tables import conflicts, messages, notices

BATCH = 100
SETTLED = ("said", "dropped")
AT_REST = ("shown", "gone")
"""Messages that show what they should, or can't any more."""


def forget_day_old(connection: Connection, now: datetime) -> None:
    """Drafts, deliveries that Slack repeats no longer, and pauses that are over."""
    drafts.forget(connection, now)
    blocked.forget(connection, now)
    deliveries.forget_before(connection, now - deliveries.KEPT)


def forget_notices(connection: Connection, now: datetime, most: int = BATCH) -> int:
    """What was said or dropped three months ago, about nothing that is open or ended since; returns how many.

    The direct messages that said it need not follow their conflict any more; one that still changes keeps
    its notice.
    """
    old = now - KEPT
    about = or_(
        notices.c.conflict.is_(None),
        exists().where(conflicts.c.id == notices.c.conflict, conflicts.c.ended_at < old),
    )
    said_by = and_(messages.c.conflict == notices.c.conflict, messages.c.notice == notices.c.id)
    changing = exists().where(said_by, messages.c.state.not_in(AT_REST))
    chosen = select(notices.c.id, notices.c.conflict).where(
        notices.c.state.in_(SETTLED), notices.c.at < old, about, ~changing
    )
    rows = connection.execute(chosen.limit(most)).all()
    ids, ended = [row.id for row in rows], {row.conflict for row in rows if row.conflict}
    following = (messages.c.conflict.in_(ended), messages.c.notice.in_(ids), messages.c.state.in_(AT_REST))
    connection.execute(delete(messages).where(*following))
    left = exists().where(said_by)
    return connection.execute(delete(notices).where(notices.c.id.in_(ids), ~left)).rowcount
