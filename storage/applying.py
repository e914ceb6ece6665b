"""Saving what a rule decided, whole or not at all: the one door every change goes through."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import Connection

from council.action_item import ActionItem, ItemOutcome
from council.conflict import Conflict
from council.meeting import Meeting, MeetingOutcome, MeetingState
from council.outcome import Outcome
from council.standup import Standup, StandupOutcome
from storage import (
    actions,
    agenda,
    conflicts,
    holding,
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
from storage.upserts import Put, put

Ids = Callable[[], str]


@dataclass(frozen=True, slots=True, kw_only=True)
class _Following:
    """What follows from a subject being as it is now: rows, busy lanes, Homes that differ, the next look."""

    team: str
    subject: str
    puts: list[Put]
    busy: list[Busy]
    touched: set[str]
    wake_at: datetime | None


def _follow(connection: Connection, follows: _Following, now: datetime) -> None:
    """All of it put together; the lanes last."""
    team, subject, at = follows.team, follows.subject, follows.wake_at
    busy = [*follows.busy, *homes.want(connection, team, follows.touched, now)]
    look = [wakes.armed(team, subject, at)] if at else []
    put(connection, [*follows.puts, *look, lanes.made_ready(team, busy)])
    if at is None:
        wakes.disarm(connection, team, subject)


def apply(connection: Connection, ids: Ids, outcome: Outcome, now: datetime) -> Conflict:
    """Save conflict, timeline, context, notices, card and next look in the running transaction.

    Raises `Stale` when somebody was faster, `ValueError` for a look that lies in the past.
    """
    if outcome.wake_at is not None and outcome.wake_at <= now:
        raise ValueError(f"asked to look again at {outcome.wake_at}, which is not after {now}")
    saved, puts = _conflict(connection, outcome, now)
    puts.append(conflicts.further(connection, saved, outcome.timeline))
    for event in outcome.timeline:
        note(connection, event.kind, subject=saved.id, number=saved.number, by=event.by)
    puts.append(conflicts.added(saved.team, ids, outcome.context))
    noticed = [(ids(), notice) for notice in outcome.notices]
    told, busy = outbox.waiting(saved.team, noticed, conflict=saved.id, version=saved.version)
    shown, card = _shown(connection, ids, outcome, saved, now)
    if outcome.timeline and outcome.conflict.version:
        busy += holding.follow(connection, saved, now, hides=outcome.hides)
    if outcome.timeline:
        busy += agenda.follow(connection, saved.team, now, hides=outcome.hides)
    follows = _Following(
        team=saved.team,
        subject=saved.id,
        puts=[*puts, told, *shown],
        busy=[*busy, *card],
        touched=_touched(outcome),
        wake_at=outcome.wake_at,
    )
    _follow(connection, follows, now)
    for item in outcome.items:
        apply_item(connection, ids, item, now)
    return saved


def _conflict(connection: Connection, outcome: Outcome, now: datetime) -> tuple[Conflict, list[Put]]:
    """A new one is numbered; one that did not change keeps its version."""
    conflict = outcome.conflict
    if conflict.version and not outcome.timeline:
        return conflict, []
    if conflict.version:
        saved = conflicts.save(connection, conflict)
        search.keep(connection, saved)
        return saved, [conflicts.taking_part(saved)]
    saved = conflicts.numbered_anew(connection, conflict)
    search.keep(connection, saved)
    named = sources.used(saved.team, (signal.source for signal in saved.facts.signals), now)
    return saved, [conflicts.fresh(saved), conflicts.taking_part(saved), named]


def _shown(
    connection: Connection, ids: Ids, outcome: Outcome, saved: Conflict, now: datetime
) -> tuple[list[Put], list[Busy]]:
    """The card of a new one, or what follows one that changed; and the lanes that are busy by it."""
    if not outcome.conflict.version:
        if saved.home is None:
            return [], []
        card, busy = messages.new_card(saved.team, ids(), saved.id, saved.home, now)
        return [card], [busy]
    if not outcome.timeline:
        return [], []
    taken_down = messages.take_down(connection, saved.team, saved.id, now) if outcome.hides else []
    followed = messages.want(connection, saved.team, saved.id, now, ended=not saved.is_open)
    return [], [*taken_down, *followed]


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
    if outcome.happened:
        note(connection, f"action item {outcome.happened}", subject=subject, conflict=saved.conflict)
    added = conflicts.added(team, ids, outcome.context)
    noticed = [(ids(), notice) for notice in outcome.notices]
    told, busy = outbox.waiting(
        team, noticed, conflict=saved.conflict, subject=subject, version=saved.version
    )
    if before:
        busy += messages.want_subject(connection, team, subject, now)
    busy += agenda.follow(connection, team, now)
    touched = {saved.owner, saved.asked_by, *(notice.to for notice in outcome.notices)}
    follows = _Following(
        team=team, subject=subject, puts=[added, told], busy=busy, touched=touched, wake_at=outcome.wake_at
    )
    _follow(connection, follows, now)
    return saved


def apply_meeting(
    connection: Connection, ids: Ids, outcome: MeetingOutcome, now: datetime, *, by: str = ""
) -> Meeting:
    """Save a meeting with what became of conflicts and items by it, what is said, and when to look again.

    `by` is who did it: their App Home looks different now. Raises `Stale` when somebody was faster.
    """
    meeting = outcome.meeting
    stands = meeting.state is MeetingState.PLANNED and meeting.agenda.posted_at is not None
    if stands != (prepared.subject_of(meeting) in agenda.standing(connection, meeting.team)):
        changed(connection, meeting.team)
    saved = prepared.save(connection, meeting)
    for each in outcome.conflicts:
        apply(connection, ids, each, now)
    for item in outcome.items:
        apply_item(connection, ids, item, now)
    _prepared(connection, ids, saved, outcome, now, by)
    return saved


def apply_standup(connection: Connection, ids: Ids, outcome: StandupOutcome, now: datetime) -> Standup:
    """Save a standup, what is said about it, which messages stand, and when to look again.

    Raises `Stale` when somebody was faster.
    """
    saved = prepared.save(connection, outcome.standup)
    _prepared(connection, ids, saved, outcome, now)
    return saved


def _prepared(
    connection: Connection,
    ids: Ids,
    saved: Meeting | Standup,
    outcome: MeetingOutcome | StandupOutcome,
    now: datetime,
    by: str = "",
) -> None:
    """What follows from it being as it is now: words, messages in channels, and the next look."""
    team, subject = saved.team, prepared.subject_of(saved)
    noticed = [(ids(), notice) for notice in outcome.notices]
    told, busy = outbox.waiting(team, noticed, conflict=None, subject=subject, version=saved.version)
    whose = outcome.whose if isinstance(outcome, StandupOutcome) else None
    shows = outcome.shows if isinstance(outcome, MeetingOutcome) else None
    busy += messages.want_subject(connection, team, subject, now, people=whose, only=shows)
    for post in outcome.posts:
        busy += messages.add_post(connection, team, ids(), subject=subject, post=post, now=now)
    asked = (each.person for each in saved.asked) if isinstance(saved, Standup) else ()
    touched = {by, *(notice.to for notice in outcome.notices), *(asked if whose is None else whose)}
    follows = _Following(
        team=team, subject=subject, puts=[told], busy=busy, touched=touched, wake_at=outcome.wake_at
    )
    _follow(connection, follows, now)
