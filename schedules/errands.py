"""What a lane has to do next, found and marked in one transaction, directly before it is done."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime, timedelta

from council.action_item import ActionItem
from council.conflict import Conflict
from council.doing import still_wanted
from council.notice import Notice, NoticeKind, said_along, still_true
from council.speaking import Blocked
from council.visibility import may_see
from council.workspace import Workspace
from schedules import places, trouble
from schedules.places import Look
from storage import actions, blocked, conflicts, lanes, messages, outbox, people, workspaces
from storage.lanes import READ_BACK_AFTER, Lane
from storage.messages import Message
from storage.outbox import Waiting
from storage.people import is_person
from storage.store import Unit

CARD_PATIENCE = timedelta(seconds=20)
"""So long a direct message waits for the card it links to."""
PACE = timedelta(seconds=1)
"""Slack takes about one post a second in a conversation."""
TOO_MANY = 3
"""More than so many reminders and news for one person become one message."""


@dataclass(frozen=True, slots=True)
class ReadBack:
    """Posts whose outcome is unknown: look whether they stand there, before anything else is said."""

    notices: list[Waiting]
    cards: list[Message]
    channel: str | None
    join: bool


@dataclass(frozen=True, slots=True)
class Show:
    """A card or a living direct message to be posted or changed; `join` its channel first."""

    message: Message
    waiting: Waiting | None
    conflict: Conflict
    workspace: Workspace
    card: Message | None
    similar: Conflict | None
    join: bool


@dataclass(frozen=True, slots=True)
class TakeDown:
    """A message of ours that is not to be seen any more."""

    message: Message


@dataclass(frozen=True, slots=True)
class Part:
    """A notice that is still true, with what it speaks of."""

    waiting: Waiting
    conflict: Conflict | None
    card: Message | None
    item: ActionItem | None = None


@dataclass(frozen=True, slots=True)
class Tell:
    """One notice, or several in one message; `channel` is None while the direct message is not opened."""

    parts: tuple[Part, ...]
    workspace: Workspace
    channel: str | None
    first: bool
    similar: Conflict | None

    @property
    def ids(self) -> list[str]:
        """The notices it says."""
        return [part.waiting.id for part in self.parts]


Errand = ReadBack | Look | Show | TakeDown | Tell


def next_errand(unit: Unit, lane: Lane) -> Errand | None:
    """The next thing to do, its lease renewed; None when there is nothing now and the lane was given back."""
    now = unit.clock()
    doubts = _in_doubt(unit, lane)
    found: Errand | Blocked | timedelta | None
    if doubts is not None:
        found = doubts if _old_enough(doubts, now) else None
    else:
        found = places.unseen(unit, lane, now) or _next(unit, lane, now)
    match found:
        case Blocked():
            trouble.rest(unit, lane, found)
            return None
        case timedelta() | None:
            lanes.release(unit.connection, lane, now, pause=found or timedelta(0))
            return None
    lanes.keep(unit.connection, lane, now)
    return found


def _next(unit: Unit, lane: Lane, now: datetime) -> TakeDown | Show | Tell | Blocked | timedelta | None:
    if found := _take_down(unit, lane, now):
        return found
    places.leave(unit, lane, now)
    return _show(unit, lane, now) or _tell(unit, lane, now)


def _take_down(unit: Unit, lane: Lane, now: datetime) -> TakeDown | Blocked | None:
    """What must not be seen any more goes first, wherever it stands."""
    message = messages.next_gone(unit.connection, lane.team, lane.lane, now)
    if message is None:
        return None
    if message.ts is None:
        messages.give_up(unit.connection, message)
        return _take_down(unit, lane, now)
    held = _blocked(unit, "chat.delete", message.channel or lane.lane, now)
    return held or TakeDown(message)


def _in_doubt(unit: Unit, lane: Lane) -> ReadBack | None:
    notices = outbox.unknown(unit.connection, lane.team, lane.lane)
    cards = messages.unknown(unit.connection, lane.team, lane.lane)
    if not notices and not cards:
        return None
    channel = people.conversation(unit.connection, lane.team, lane.lane)
    return ReadBack(notices, cards, channel, join=bool(cards) and _must_join(unit, cards[0]))


def _old_enough(doubts: ReadBack, now: datetime) -> bool:
    """Only when Slack can no longer be at it; an instant from a later clock counts for nothing."""
    said, posted = (each.called_at for each in doubts.notices), (each.called_at for each in doubts.cards)
    return all(at > now or now - at >= READ_BACK_AFTER for at in (*said, *posted) if at)


def _show(unit: Unit, lane: Lane, now: datetime) -> Show | Blocked | None:
    connection = unit.connection
    message = messages.next_due(connection, lane.team, lane.lane, now)
    if message is None:
        return None
    place, method = message.channel or lane.lane, "chat.update" if message.ts else "chat.postMessage"
    if held := _blocked(unit, method, place, now):
        return held
    conflict = conflicts.find(connection, unit.team, message.conflict)
    workspace = workspaces.load(connection, unit.team, conflict.insiders if conflict else (), now=now)
    if conflict is None or workspace is None:
        messages.give_up(connection, message)
        return _show(unit, lane, now)
    if message.ts is None:
        messages.begin(connection, message, now)
    waiting = outbox.find(connection, message.notice) if message.notice else None
    return Show(
        message=message,
        waiting=waiting,
        conflict=conflict,
        workspace=workspace,
        card=_open_card(unit, conflict),
        similar=_told_along(unit, waiting.notice) if waiting else None,
        join=_must_join(unit, message),
    )


def _told_along(unit: Unit, notice: Notice) -> Conflict | None:
    """The decision that was told along with it, unless it has been hidden from this person since."""
    found = conflicts.find(unit.connection, unit.team, notice.similar) if notice.similar else None
    return found if found and may_see(notice.to, found) else None


def _must_join(unit: Unit, message: Message) -> bool:
    """True for the first card in a public channel the bot is not in."""
    if message.ts is not None or message.channel is None:
        return False
    known = people.find_channels(unit.connection, unit.team, [message.channel]).get(message.channel)
    return known is not None and known.kind == "public" and not known.bot_in


def _tell(unit: Unit, lane: Lane, now: datetime) -> Tell | Blocked | timedelta | None:
    """The next notice that is still true, marked as being said; too many small ones go out together."""
    channel = people.conversation(unit.connection, lane.team, lane.lane)
    method = "chat.postMessage" if channel else "conversations.open"
    if held := _blocked(unit, method, channel or lane.lane, now):
        return held
    parts, waits = [], False
    for part in _true_ones(unit, lane, now):
        if _waits_for_card(part, now):
            waits = True
        else:
            parts.append(part)
    if not parts:
        return PACE if waits else None
    return _begun(unit, lane, _together(parts, lane), channel, now)


def _true_ones(unit: Unit, lane: Lane, now: datetime) -> Iterator[Part]:
    """What is due and still true, most important first; what is not true any more is dropped and recorded."""
    for waiting in outbox.due(unit.connection, lane.team, lane.lane, now):
        conflict = conflicts.find(unit.connection, unit.team, waiting.conflict) if waiting.conflict else None
        item = actions.find(unit.connection, unit.team, waiting.item) if waiting.item else None
        why = _untrue(unit, waiting, conflict, item, now)
        if why:
            outbox.drop(unit.connection, [waiting.id], why)
        else:
            yield Part(waiting, conflict, _open_card(unit, conflict) if conflict else None, item)


def _open_card(unit: Unit, conflict: Conflict) -> Message | None:
    """The card to link to; nobody is sent to a private home channel they may not be in."""
    card = messages.card(unit.connection, conflict.id)
    if card is None or card.channel is None or conflict.facts.confidential:
        return card
    known = people.find_channels(unit.connection, unit.team, [card.channel]).get(card.channel)
    return None if known is not None and known.kind != "public" else card


def _untrue(
    unit: Unit, waiting: Waiting, conflict: Conflict | None, item: ActionItem | None, now: datetime
) -> str:
    if now >= waiting.notice.good_until:
        return "too late to be useful"
    if (waiting.conflict and conflict is None) or (waiting.item and item is None):
        return "its subject is gone"
    if conflict is not None and not still_true(waiting.notice, conflict):
        return "not true any more"
    if item is not None and not still_wanted(waiting.notice, item):
        return "not true any more"
    if waiting.notice.kind is NoticeKind.TROUBLE and not trouble.stands(unit, waiting):
        return "not true any more"
    return ""


def _waits_for_card(part: Part, now: datetime) -> bool:
    """A direct message links to the card: it waits a little until the card stands."""
    card = part.card
    if card is None or card.ts is not None or not card.live or not is_person(part.waiting.lane):
        return False
    return timedelta(0) <= now - part.waiting.notice.at < CARD_PATIENCE


def _together(parts: list[Part], lane: Lane) -> tuple[Part, ...]:
    """The most important one; or, when only small ones wait and they are too many, all of them at once."""
    small = [part for part in parts if part.waiting.notice.priority > 1 and part.conflict and not part.item]
    if len(small) > TOO_MANY and small[0] is parts[0] and is_person(lane.lane):
        return tuple(small)
    return (parts[0],)


def _begun(
    unit: Unit, lane: Lane, parts: tuple[Part, ...], channel: str | None, now: datetime
) -> Tell | None:
    connection = unit.connection
    facts = (part.waiting.notice.facts for part in parts)
    named = {str(each[key]) for each in facts for key in ("by", "before") if key in each}
    insiders = {person for part in parts if part.conflict for person in part.conflict.insiders}
    doing = {person for part in parts if part.item for person in (part.item.owner, part.item.asked_by)}
    workspace = workspaces.load(connection, unit.team, {*named, *insiders, *doing, lane.lane}, now=now)
    tell_ids = [part.waiting.id for part in parts]
    if workspace is None:
        outbox.drop(connection, tell_ids, "the workspace is not set up")
        return None
    leader, similar = parts[0].waiting, _similar(unit, parts[0])
    first = is_person(lane.lane) and not people.greeted(connection, unit.team, lane.lane)
    if len(parts) > 1:
        outbox.call_together(connection, tell_ids, now, told_with=leader.key)
    else:
        along = said_along(leader.notice, introduces=first, similar=similar.id if similar else "")
        outbox.call(connection, leader.id, along, now)
    return Tell(parts=parts, workspace=workspace, channel=channel, first=first, similar=similar)


def _similar(unit: Unit, part: Part) -> Conflict | None:
    """The newest decision that looks alike, for who is asked to decide."""
    if part.conflict is None or part.waiting.notice.kind is not NoticeKind.OWNER_ASKED:
        return None
    return conflicts.most_similar(unit.connection, part.conflict, part.waiting.notice.to)


def _blocked(unit: Unit, method: str, place: str, now: datetime) -> Blocked | None:
    until = blocked.until(unit.connection, unit.team, method, place, now)
    return Blocked((until - now).total_seconds(), method, place) if until else None
