"""Saving what a rule decided, whole or not at all: the one door every change goes through."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime

from sqlalchemy import Connection

from council.conflict import Conflict
from council.outcome import Outcome
from storage import conflicts, messages, outbox, sources, wakes

Ids = Callable[[], str]


def apply(connection: Connection, ids: Ids, outcome: Outcome, now: datetime) -> Conflict:
    """Save conflict, timeline, context, notices, card and next look in the running transaction.

    Raises `Stale` when somebody was faster, `ValueError` for a look that lies in the past.
    """
    if outcome.wake_at is not None and outcome.wake_at <= now:
        raise ValueError(f"asked to look again at {outcome.wake_at}, which is not after {now}")
    saved = _conflict(connection, ids, outcome, now)
    conflicts.add_events(connection, saved, outcome.timeline)
    for added in outcome.context:
        conflicts.add_context(connection, saved.team, ids(), added)
    for notice in sorted(outcome.notices, key=lambda notice: notice.to):
        outbox.add(connection, saved.team, ids(), notice, conflict=saved.id, version=saved.version)
    if outcome.timeline or outcome.context:
        messages.want(connection, saved.team, saved.id, now)
    wakes.arm(connection, saved.team, saved.id, outcome.wake_at)
    return saved


def _conflict(connection: Connection, ids: Ids, outcome: Outcome, now: datetime) -> Conflict:
    """A new one is numbered and gets its card; one that did not change keeps its version."""
    conflict = outcome.conflict
    if not conflict.version:
        saved = conflicts.save_new(connection, conflict)
        sources.used(connection, saved.team, (signal.source for signal in saved.facts.signals), now)
        if saved.home:
            messages.add_card(connection, saved.team, ids(), saved.id, saved.home, now)
        return saved
    if not outcome.timeline:
        return conflict
    return conflicts.save(connection, conflict)
