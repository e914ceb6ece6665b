"""What of a lane is said now: one thing alone, or whatever waited together; the rest is kept for later."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime, timedelta

from council.action_item import ActionItem
from council.quiet import MOST_SHOWN, kept_until, next_week, only_informs, waited, week_of
from council.workspace import Workspace
from schedules import subjects
from storage import outbox, workspaces
from storage.lanes import Lane
from storage.people import is_person
from storage.store import Unit
from storage.subject import Subject

CARD_PATIENCE = timedelta(seconds=20)
"""So long a direct message waits for the card it links to."""
TOO_MANY = 3
"""More than so many reminders and news for one person become one message at any time of the day."""
MOST_GATHERED = 500

Parts = tuple[Subject, ...]


def next_parts(unit: Unit, lane: Lane, now: datetime) -> tuple[Parts, bool]:
    """What is said in the next message, and whether anything waits a moment for its card.

    The most important is said alone; of the rest all at once, when it waited for the morning or is too much.
    """
    found = _true_ones(unit, lane, now)
    if is_person(lane.lane):
        found = _quietly(unit, lane, found, now)
    whole = [subjects.with_surroundings(unit, part) for part in found[:MOST_SHOWN]]
    ready = [part for part in whole if not _waits_for_card(part, lane, now)]
    if not ready:
        return (), bool(whole)
    small = [part for part in ready if _is_small(part)]
    if small and small[0] is ready[0] and is_person(lane.lane) and _one_message(small):
        rest = [part for part in found[MOST_SHOWN:] if _is_small(part)]
        return _in_order([*small, *rest]), False
    return (ready[0],), False


def _true_ones(unit: Unit, lane: Lane, now: datetime) -> list[Subject]:
    """What is due and still true, most important first; what is not true any more is dropped and recorded."""
    found = []
    for waiting in outbox.due(unit.connection, lane.team, lane.lane, now, MOST_GATHERED):
        subject = subjects.of_notice(unit, waiting)
        why = subjects.untrue(unit, subject, now)
        if why:
            outbox.drop(unit.connection, [waiting.id], why)
            subjects.note_notice(unit, waiting, "dropped", why=why)
        else:
            found.append(subject)
    return found


def _quietly(unit: Unit, lane: Lane, found: list[Subject], now: datetime) -> list[Subject]:
    """Without what is better said at another moment."""
    workspace = workspaces.load(unit.connection, unit.team, [lane.lane], now=now)
    if workspace is None:
        return found
    right = _at_their_moment(unit, found, workspace, now)
    if not right or not all(_only_informs(part) for part in right):
        return right
    since = week_of(lane.lane, workspace, now)
    if not outbox.heard(unit.connection, lane.team, lane.lane, since).enough:
        return right
    return _kept_for_next_week(unit, right, workspace, now)


def _at_their_moment(unit: Unit, found: list[Subject], workspace: Workspace, now: datetime) -> list[Subject]:
    kept = {
        part.waiting.id: until
        for part in found
        if part.waiting and (until := kept_until(part.waiting.notice, workspace, now))
    }
    outbox.keep(unit.connection, kept)
    return [part for part in found if part.waiting and part.waiting.id not in kept]


def _kept_for_next_week(
    unit: Unit, found: list[Subject], workspace: Workspace, now: datetime
) -> list[Subject]:
    """They have heard enough; when one thing has to be said all the same, the rest goes along."""
    kept = {
        part.waiting.id: until
        for part in found
        if part.waiting and (until := next_week(part.waiting.notice, part.conflict, workspace, now))
    }
    if len(kept) < len(found):
        return found
    outbox.keep(unit.connection, kept)
    return []


def _only_informs(part: Subject) -> bool:
    return part.waiting is not None and only_informs(part.waiting.notice, part.conflict)


def _waits_for_card(part: Subject, lane: Lane, now: datetime) -> bool:
    """A direct message links to the card: it waits a little until the card stands."""
    card, waiting = part.card, part.waiting
    if card is None or card.ts is not None or not card.live or not is_person(lane.lane):
        return False
    return waiting is not None and timedelta(0) <= now - waiting.notice.at < CARD_PATIENCE


def _is_small(part: Subject) -> bool:
    """Reminders, news and action items; what asks for the first time has a message of its own."""
    about = isinstance(part.other, ActionItem) if part.other else part.conflict is not None
    return about and part.waiting is not None and part.waiting.notice.priority > 1


def _one_message(small: list[Subject]) -> bool:
    morning = any(part.waiting and waited(part.waiting.notice) for part in small)
    return len(small) > TOO_MANY or (morning and len(small) > 1)


def _in_order(parts: Iterable[Subject]) -> Parts:
    found = {part.waiting.id: part for part in parts if part.waiting}
    ordered = outbox.in_order(part.waiting for part in found.values() if part.waiting)
    return tuple(found[each.id] for each in ordered)
