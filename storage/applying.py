"""Saving what a rule decided, whole or not at all: the one door every change goes through."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from datetime import datetime

from sqlalchemy import Connection

from council.action_item import ActionItem, ItemOutcome
from council.conflict import Conflict
from council.meeting import Meeting, MeetingOutcome, MeetingState
from council.notice import Notice
from council.outcome import Outcome
from council.standup import Standup, StandupOutcome
from storage import (
    actions,
    agenda,
    conflicts,
    homes,
    lanes,
    messages,
    outbox,
    prepared,
    search,
    sources,
    wakes,
)
from storage.lanes import Busy
from storage.memory import changed
from storage.news import note

Ids = Callable[[], str]


def apply(connection: Connection, ids: Ids, outcome: Outcome, now: datetime) -> Conflict:
    """Save conflict, timeline, context, notices, card and next look in the running transaction.

    Raises `Stale` when somebody was faster, `ValueError` for a look that lies in the past.
    """
    if outcome.wake_at is not None and outcome.wake_at <= now:
        raise ValueError(f"asked to look again at {outcome.wake_at}, which is not after {now}")
    saved = _conflict(connection, ids, outcome, now)
    conflicts.add_events(connection, saved, outcome.timeline)
    for event in outcome.timeline:
        note(connection, event.kind, subject=saved.id, number=saved.number, by=event.by)
    for added in outcome.context:
        conflicts.add_context(connection, saved.team, ids(), added)
    busy = _busy(connection, ids, outcome, saved, now)
    if outcome.timeline:
        busy += agenda.follow(connection, saved.team, now)
    lanes.ready(connection, saved.team, [*busy, *homes.want(connection, saved.team, _touched(outcome), now)])
    wakes.arm(connection, saved.team, saved.id, outcome.wake_at)
    for item in outcome.items:
        apply_item(connection, ids, item, now)
    return saved


def _touched(outcome: Outcome) -> set[str]:
    """Whose App Home looks different now: who did it, who hears of it, who decides and who reported."""
    conflict = outcome.conflict
    acting = {event.by for event in outcome.timeline if event.by}
    told = {notice.to for notice in outcome.notices}
    return acting | told | {conflict.owner, conflict.reporter}


def apply_item(connection: Connection, ids: Ids, outcome: ItemOutcome, now: datetime) -> ActionItem:
    """Save an action item, what is said about it, what became context, and when to look again.

    Raises `Stale` when somebody was faster.
    """
    before = outcome.item.version
    saved = actions.save(connection, outcome.item)
    team, subject = saved.team, actions.subject_of(saved.id)
    for added in outcome.context:
        conflicts.add_context(connection, team, ids(), added)
    told = _told(connection, ids, team, outcome.notices, saved.conflict, subject, saved.version)
    follows = messages.want_subject(connection, team, subject, now) if before else []
    follows += agenda.follow(connection, team, now)
    touched = {saved.owner, saved.asked_by, *(notice.to for notice in outcome.notices)}
    lanes.ready(connection, team, [*told, *follows, *homes.want(connection, team, touched, now)])
    wakes.arm(connection, team, subject, outcome.wake_at)
    return saved


def apply_meeting(connection: Connection, ids: Ids, outcome: MeetingOutcome, now: datetime) -> Meeting:
    """Save a meeting, what is said about it, which messages stand, and when to look again.

    Raises `Stale` when somebody was faster.
    """
    meeting = outcome.meeting
    stands = meeting.state is MeetingState.PLANNED and meeting.agenda.posted_at is not None
    if stands != (prepared.subject_of(meeting) in agenda.standing(connection, meeting.team)):
        changed(connection, meeting.team)
    saved = prepared.save(connection, meeting)
    _follow(connection, ids, saved, outcome, now)
    return saved


def apply_standup(connection: Connection, ids: Ids, outcome: StandupOutcome, now: datetime) -> Standup:
    """Save a standup, what is said about it, which messages stand, and when to look again.

    Raises `Stale` when somebody was faster.
    """
    saved = prepared.save(connection, outcome.standup)
    _follow(connection, ids, saved, outcome, now)
    return saved


def _follow(
    connection: Connection,
    ids: Ids,
    saved: Meeting | Standup,
    outcome: MeetingOutcome | StandupOutcome,
    now: datetime,
) -> None:
    """What follows from it being as it is now: words, messages in channels, and the next look."""
    team, subject = saved.team, prepared.subject_of(saved)
    told = _told(connection, ids, team, outcome.notices, None, subject, saved.version)
    follows = messages.want_subject(connection, team, subject, now)
    for post in outcome.posts:
        follows += messages.add_post(connection, team, ids(), subject=subject, post=post, now=now)
    touched = {notice.to for notice in outcome.notices}
    lanes.ready(connection, team, [*told, *follows, *homes.want(connection, team, touched, now)])
    wakes.arm(connection, team, subject, outcome.wake_at)


def _told(
    connection: Connection,
    ids: Ids,
    team: str,
    notices: Iterable[Notice],
    conflict: str | None,
    subject: str,
    version: int,
) -> list[Busy]:
    noticed = [(ids(), notice) for notice in notices]
    return outbox.put(connection, team, noticed, conflict=conflict, subject=subject, version=version)


def _conflict(connection: Connection, ids: Ids, outcome: Outcome, now: datetime) -> Conflict:
    """A new one is numbered; one that did not change keeps its version."""
    conflict = outcome.conflict
    if conflict.version and not outcome.timeline:
        return conflict
    if conflict.version:
        saved = conflicts.save(connection, conflict)
        search.keep(connection, saved)
        return saved
    saved = conflicts.save_new(connection, conflict)
    search.keep(connection, saved)
    sources.used(connection, saved.team, (signal.source for signal in saved.facts.signals), now)
    return saved


def _busy(connection: Connection, ids: Ids, outcome: Outcome, saved: Conflict, now: datetime) -> list[Busy]:
    """Which lanes have something to do by it: the card, what follows the conflict, and the notices."""
    noticed = [(ids(), notice) for notice in outcome.notices]
    told = outbox.put(connection, saved.team, noticed, conflict=saved.id, version=saved.version)
    if not outcome.conflict.version:
        home = saved.home
        return (
            [*told, messages.add_card(connection, saved.team, ids(), saved.id, home, now)] if home else told
        )
    if not outcome.timeline:
        return told
    taken_down = messages.take_down(connection, saved.team, saved.id, now) if outcome.hides else []
    followed = messages.want(connection, saved.team, saved.id, now, ended=not saved.is_open)
    return [*told, *taken_down, *followed]
