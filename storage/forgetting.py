"""What is old enough to be forgotten: a batch at a time, so that nobody waits behind it."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import Connection, and_, delete, exists, func, or_, select

from council.action_item import ItemState
from storage import blocked, deliveries, drafts
from storage.actions import SUBJECT
from storage.outbox import KEPT
from storage.tables import actions, conflicts, in_state, messages, notices

BATCH = 100
SETTLED = ("said", "dropped")

_THEIR_CONFLICT = conflicts.c.id == notices.c.conflict
_OPEN_ITEM = exists().where(
    actions.c.id == func.substr(notices.c.subject, len(f"{SUBJECT}:") + 1),
    actions.c.state == ItemState.OPEN.value,
)
_SAID_BY = messages.c.notice == notices.c.id
_AT_REST = and_(messages.c.kind == "dm", messages.c.state.in_(("shown", "gone")))
"""Direct messages that show what they should, or can't any more."""


def forget_day_old(connection: Connection, now: datetime) -> None:
    """Drafts, deliveries that Slack repeats no longer, and pauses that are over."""
    drafts.forget(connection, now)
    blocked.forget(connection, now)
    deliveries.forget_before(connection, now - deliveries.KEPT)


def forget_notices(connection: Connection, now: datetime, most: int = BATCH) -> int:
    """What was said or dropped three months ago, about nothing that is open or ended since; returns how many.

    Direct messages that said it need not follow their subject any more. What another message needs stays:
    one that still changes, or a line in the log that may have to be taken down one day.
    """
    old = now - KEPT
    chosen = select(notices.c.id).where(
        in_state(notices, *SETTLED),
        notices.c.at < old,
        or_(notices.c.conflict.is_(None), exists().where(_THEIR_CONFLICT, conflicts.c.ended_at < old)),
        or_(notices.c.subject.is_(None), ~_OPEN_ITEM),
        ~exists().where(_SAID_BY, ~_AT_REST),
    )
    ids = list(connection.execute(chosen.limit(most)).scalars())
    connection.execute(delete(messages).where(messages.c.notice.in_(ids), _AT_REST))
    return connection.execute(
        delete(notices).where(notices.c.id.in_(ids), ~exists().where(_SAID_BY))
    ).rowcount
