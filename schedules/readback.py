"""After a crash or a lost answer: look whether it stands there, before saying it again."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime

from council.speaking import Failed, Spoken
from schedules.saying import said
from schedules.speaking import Speaker
from storage import messages, outbox, people
from storage.messages import Message
from storage.outbox import READ_BACK_AFTER, Lane, Waiting, key_of
from storage.store import Lane as Priority
from storage.store import Store, Unit


async def read_back(
    store: Store, speaker: Speaker, lane: Lane, clock: Callable[[], datetime]
) -> Spoken | None:
    """Settle every post of the lane whose outcome is unknown; returns trouble when it must wait."""
    notices, cards = await store.read(
        lambda c: (outbox.unknown(c, lane.team, lane.lane), messages.unknown(c, lane.team, lane.lane))
    )
    now = clock()
    old_notices = [each for each in notices if _old(each.called_at, now)]
    old_cards = [each for each in cards if _old(each.called_at, now)]
    if len(old_notices) < len(notices) or len(old_cards) < len(cards):
        return Failed("waiting for the outcome of a post")
    if not old_notices and not old_cards:
        return None
    channel = await store.read(lambda c: people.conversation(c, lane.team, lane.lane))
    keys = [each.key for each in old_notices] + [card_key(card) for card in old_cards]
    found = await speaker.read_back(lane.team, channel, keys) if channel else {}
    await store.write(
        lambda unit: _settle(unit, old_notices, old_cards, found, channel or ""),
        team=lane.team,
        lane=Priority.BACKGROUND,
    )
    return None


def card_key(card: Message) -> str:
    """The key a card is found again by; a card that was deleted by hand has a new one when posted anew."""
    return key_of(card.conflict, "card", card.lane, card.reposted)


def _old(called_at: datetime | None, now: datetime) -> bool:
    """Old enough to be settled; an instant from a later clock counts for nothing."""
    return called_at is None or called_at > now or now - called_at >= READ_BACK_AFTER


def _settle(
    unit: Unit, notices: list[Waiting], cards: list[Message], found: dict[str, str] | None, channel: str
) -> None:
    now = unit.clock()
    for waiting in notices:
        if found and waiting.key in found:
            outbox.mark(unit.connection, [waiting.id], "said", now=now)
            said(unit, waiting, channel, found[waiting.key])
        elif found is not None or waiting.notice.priority == 1:
            outbox.mark(unit.connection, [waiting.id], "waiting", now=now)
        else:
            outbox.mark(
                unit.connection, [waiting.id], "dropped", why="nobody knows whether it was said", now=now
            )
    for card in cards:
        ts = found.get(card_key(card)) if found else None
        if ts:
            messages.shown(unit.connection, card, channel=channel, ts=ts, version=card.shown, now=now)
        else:
            messages.again(unit.connection, card, now)
