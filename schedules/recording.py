"""What came of an errand is recorded, and its lane given back when it has to wait."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime, timedelta
from typing import Any

from council.notice import NoticeKind
from council.quiet import MOST_SHOWN
from council.speaking import Blocked, Deleted, Failed, Refused, Said, Spoken, Unknown, Unreachable
from schedules import trouble
from schedules.errands import PACE, Publish, ReadBack, Show, Tell
from schedules.subjects import note_notice
from storage import blocked, homes, lanes, messages, outbox, people
from storage.lanes import Lane
from storage.messages import Message
from storage.news import Level, note
from storage.outbox import Waiting, key_of
from storage.people import is_person
from storage.store import Unit

Found = Mapping[str, str] | Unreachable
"""Which keys stand in a conversation, with their ts; or why it can't be read."""


def told(unit: Unit, lane: Lane, errand: Tell, spoken: Spoken) -> bool:
    """Record what came of a notice. True when the lane was given back."""
    now = unit.clock()
    match spoken:
        case Said(channel, ts):
            _said(unit, errand.waiting, channel, ts, now)
        case Unreachable(error):
            opened = errand.channel is not None
            trouble.unreachable(unit, lane, errand.ids, errand.workspace, error, opened_before=opened)
        case Blocked() | Failed():
            outbox.wait(unit.connection, errand.ids)
            return trouble.rest(unit, lane, spoken)
        case Refused(error):
            outbox.drop(unit.connection, errand.ids, error)
            for each in errand.waiting:
                note_notice(unit, each, "refused", level="error", why=error)
        case Unknown() | Deleted():
            pass  # it stays as being said, until it is looked for
    lanes.release(unit.connection, lane, now, pause=PACE)
    return True


def shown(unit: Unit, lane: Lane, errand: Show, spoken: Spoken) -> bool:
    """Record what came of a card or a changed message. True when the lane was given back."""
    message, now, posted = errand.message, unit.clock(), errand.message.ts is None
    match spoken:
        case Said(channel, ts):
            place = {"channel": channel, "ts": ts or message.ts or ""}
            messages.shown(unit.connection, message, **place, version=message.wanted, now=now)
            _note_message(unit, message, f"{message.kind} {'posted' if posted else 'changed'}")
            if posted:
                people.change_channel(unit.connection, unit.team, channel, bot_in=True)
        case Deleted():
            messages.lost(unit.connection, message, now)
        case Unreachable(error):
            trouble.homeless(unit, message, errand.subject.conflict, errand.workspace, error)
        case Refused(error):
            _note_message(unit, message, "refused", level="error", why=error)
            messages.skip(unit.connection, message, now)
        case Blocked() | Failed():
            messages.again(unit.connection, message, now)
            return trouble.rest(unit, lane, spoken)
        case Unknown():
            pass
    if posted:
        lanes.release(unit.connection, lane, now, pause=PACE)
    else:
        lanes.keep(unit.connection, lane, now)
    return posted


def published(unit: Unit, lane: Lane, errand: Publish, spoken: Spoken) -> bool:
    """Record what came of drawing a Home; what Slack does not take is drawn when it is opened again."""
    now = unit.clock()
    homes.drawn(unit.connection, lane.team, errand.person, errand.as_of)
    if isinstance(spoken, Blocked):
        until = now + timedelta(seconds=spoken.seconds)
        blocked.block(unit.connection, unit.team, spoken.method, spoken.channel, since=now, until=until)
    elif not isinstance(spoken, Said):
        why = getattr(spoken, "error", "")
        note(unit.connection, "home not drawn", "warning", lane=lane.lane, why=why)
    lanes.keep(unit.connection, lane, now)
    return False


def taken_down(unit: Unit, lane: Lane, message: Message, spoken: Spoken) -> bool:
    """Record what came of taking a message down. True when the lane was given back."""
    now = unit.clock()
    if isinstance(spoken, Blocked | Failed):
        messages.again(unit.connection, message, now)
        return trouble.rest(unit, lane, spoken)
    if isinstance(spoken, Refused | Unreachable):
        _note_message(unit, message, "refused", level="error", why=spoken.error)
    messages.give_up(unit.connection, message)
    lanes.keep(unit.connection, lane, now)
    return False


def card_key(card: Message) -> str:
    """The key a post is found again by; one that was deleted by hand has a new one when posted anew."""
    return key_of(card.subject or card.conflict or "", card.kind, card.lane, card.reposted)


def keys_of(errand: ReadBack) -> list[str]:
    """What to look for."""
    return list(
        dict.fromkeys([each.said_as for each in errand.notices] + [card_key(c) for c in errand.cards])
    )


def read_back(unit: Unit, lane: Lane, errand: ReadBack, found: Found) -> bool:
    """Settle what was unknown. Not readable: what is most important is said again, the rest is dropped."""
    now, channel = unit.clock(), errand.channel or ""
    readable = not isinstance(found, Unreachable)
    standing: Mapping[str, str] = {} if isinstance(found, Unreachable) else found
    for key in dict.fromkeys(each.said_as for each in errand.notices):
        same = [each for each in errand.notices if each.said_as == key]
        ids = [each.id for each in same]
        if key in standing:
            _said(unit, same, channel, standing[key], now)
        elif readable or same[0].notice.priority == 1:
            outbox.wait(unit.connection, ids)
        else:
            why = "nobody knows whether it was said"
            outbox.drop(unit.connection, ids, why)
            for each in same:
                note_notice(unit, each, "dropped", why=why)
    for card in errand.cards:
        ts = standing.get(card_key(card))
        if ts:
            _note_message(unit, card, "card posted")
            messages.shown(unit.connection, card, channel=channel, ts=ts, version=card.shown, now=now)
        else:
            messages.again(unit.connection, card, now)
    lanes.keep(unit.connection, lane, now)
    return False


def _said(unit: Unit, said: list[Waiting], channel: str, ts: str, now: datetime) -> None:
    outbox.say(unit.connection, [each.id for each in said])
    for each in said:
        note_notice(unit, each, "said")
    _keep(unit, said, channel, ts, now)


def _note_message(unit: Unit, message: Message, event: str, level: Level = "info", **facts: str) -> None:
    where = {"lane": message.lane, "key": card_key(message)}
    note(unit.connection, event, level, subject=message.subject or message.conflict, **where, **facts)


def _keep(unit: Unit, said: list[Waiting], channel: str, ts: str, now: datetime) -> None:
    """A direct message lives on: it follows what it is about, until a newer one takes the buttons.

    One that speaks of several things follows each of them, and takes the buttons of none.
    """
    first = said[0]
    if not is_person(first.lane):
        _keep_line(unit, first, channel, ts)
        return
    people.keep_greeted(unit.connection, unit.team, first.lane, now)
    alone = len(said) == 1 and first.notice.kind is not NoticeKind.TYPED_ANSWER
    for each in outbox.in_order(said)[:MOST_SHOWN]:
        if each.conflict or each.subject:
            place = {"channel": channel, "ts": ts, "notice": each.id, "person": each.lane}
            about: dict[str, Any] = {"conflict": each.conflict, "subject": each.subject}
            messages.add_dm(unit.connection, unit.team, unit.ids(), **about, **place, now=now, takes=alone)


def _keep_line(unit: Unit, said: Waiting, channel: str, ts: str) -> None:
    """A line in the log can be taken down later."""
    if said.conflict is not None:
        line = {"conflict": said.conflict, "notice": said.id, "channel": channel, "ts": ts}
        messages.add_log(unit.connection, unit.team, unit.ids(), **line)


def lost_for_now(unit: Unit, lane: Lane, error: str, after: timedelta) -> None:
    """Something here went wrong that nobody foresaw: the lane rests, and what it said is looked for."""
    now = unit.clock()
    lanes.postpone(unit.connection, lane, now + after, now, error)
