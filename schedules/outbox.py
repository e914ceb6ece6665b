"""Draining the outbox: claim a lane, ask whether it is still true, have it said, record what came of it."""

from __future__ import annotations

import asyncio
from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import TypeVar

import structlog

from council.conflict import Conflict
from council.notice import still_true
from council.speaking import Blocked, Deleted, Failed, Said, Spoken, Unknown, Unreachable
from council.workspace import Workspace
from schedules import trouble
from schedules.readback import card_key, read_back
from schedules.saying import said
from schedules.speaking import Speaker
from storage import conflicts, messages, outbox, people, workspaces
from storage.messages import Message
from storage.outbox import Lane, Waiting
from storage.people import is_person
from storage.store import Lane as Priority
from storage.store import Store, Unit

T = TypeVar("T")
log = structlog.get_logger(__name__)

PACE = timedelta(seconds=1)
"""Slack takes about one post a second in a conversation."""
CARD_PATIENCE = timedelta(seconds=20)
"""So long a direct message waits for the card it links to."""


@dataclass(frozen=True, slots=True)
class Errand:
    """A notice that is about to be said, with everything it speaks of."""

    waiting: Waiting
    conflict: Conflict | None
    workspace: Workspace
    channel: str | None
    first: bool
    card: Message | None
    similar: Conflict | None


class Drain:
    """Says what waits. `holder` names this process in leases."""

    def __init__(self, store: Store, speaker: Speaker, clock: Callable[[], datetime], holder: str) -> None:
        self._store, self._speaker, self._clock, self._holder = store, speaker, clock, holder

    async def look(self) -> bool:
        """Serve what is ready now; True when there was anything."""
        lanes = await self._write(lambda unit: outbox.claim(unit.connection, self._holder, self._clock()))
        await asyncio.gather(*(self._serve(lane) for lane in lanes))
        return bool(lanes)

    async def _serve(self, lane: Lane) -> None:
        """One turn of a lane: what is unknown, then changed cards and messages, then the next notice."""
        trouble_seen = await read_back(self._store, self._speaker, lane, self._clock)
        posted = False
        if trouble_seen is None:
            trouble_seen, posted = await self._messages(lane)
        if trouble_seen is None and not posted:
            trouble_seen, posted = await self._notices(lane)
        await self._leave(lane, trouble_seen, posted)

    async def _leave(self, lane: Lane, problem: Spoken | None, posted: bool) -> None:
        now = self._clock()
        if problem is None:
            later = now + PACE if posted else None
            await self._write(lambda unit: outbox.release(unit.connection, lane, not_before=later))
            return
        at = trouble.again_at(problem, lane, now)
        log.warning("lane rests", lane=lane.lane, until=at.isoformat(), cause=repr(problem))
        await self._write(
            lambda unit: outbox.postpone(unit.connection, lane, at, now, trouble.words(problem))
        )

    async def _messages(self, lane: Lane) -> tuple[Spoken | None, bool]:
        """Bring cards and direct messages up to date; stops after a first post, and at trouble."""
        due = await self._store.read(lambda c: messages.due(c, lane.team, lane.lane, self._clock()))
        for message in due:
            problem = await self._message(lane, message)
            if problem is not None or message.ts is None:
                return problem, message.ts is None
        return None, False

    async def _message(self, lane: Lane, message: Message) -> Spoken | None:
        def begin(unit: Unit) -> _Begun:
            conflict = conflicts.find(unit.connection, unit.team, message.conflict)
            part = conflict.insiders if conflict else ()
            workspace = workspaces.load(unit.connection, unit.team, part, now=unit.clock())
            waiting = outbox.find(unit.connection, message.notice) if message.notice else None
            outbox.keep(unit.connection, lane, unit.clock())
            if message.ts is None:
                messages.begin(unit.connection, message, unit.clock())
            card = messages.card(unit.connection, message.conflict)
            return conflict, workspace, waiting, card, _must_join(unit, message)

        conflict, workspace, waiting, card, join = await self._write(begin, lane.team)
        if conflict is None or workspace is None:
            return None
        spoken = await self._speaker.show(
            message,
            waiting,
            conflict,
            workspace,
            key=card_key(message),
            card=card,
            join=join,
            now=self._clock(),
        )
        return await self._write(lambda unit: _shown(unit, message, conflict, spoken), lane.team)

    async def _notices(self, lane: Lane) -> tuple[Spoken | None, bool]:
        errand = await self._write(lambda unit: _next(unit, lane), lane.team)
        if errand is None:
            return None, False
        channel = errand.channel
        if channel is None:
            opened = await self._speaker.open_dm(lane.team, lane.lane)
            if not isinstance(opened, Said):
                return await self._write(lambda unit: _told(unit, errand, opened), lane.team), False
            channel = opened.channel
            await self._write(
                lambda unit: people.keep_dm(unit.connection, unit.team, lane.lane, opened.channel), lane.team
            )
        spoken = await self._speaker.tell(
            errand.waiting,
            errand.conflict,
            errand.workspace,
            channel=channel,
            first=errand.first,
            card=errand.card,
            similar=errand.similar,
            now=self._clock(),
        )
        return await self._write(lambda unit: _told(unit, errand, spoken), lane.team), True

    async def _write(self, fn: Callable[[Unit], T], team: str = "") -> T:
        return await self._store.write(fn, team=team, lane=Priority.BACKGROUND)


_Begun = tuple[Conflict | None, Workspace | None, Waiting | None, Message | None, bool]


def _must_join(unit: Unit, message: Message) -> bool:
    """True for the first card in a public channel the bot is not in."""
    if message.ts is not None or message.channel is None:
        return False
    known = people.find_channels(unit.connection, unit.team, [message.channel]).get(message.channel)
    return known is not None and known.kind == "public" and not known.bot_in


def _next(unit: Unit, lane: Lane) -> Errand | None:
    """The next notice that is still true, marked as being said; what is not true any more is dropped."""
    now = unit.clock()
    outbox.keep(unit.connection, lane, now)
    for waiting in outbox.due(unit.connection, lane.team, lane.lane, now):
        errand = _errand(unit, waiting)
        why = _untrue(waiting, errand, now)
        if why or errand is None:
            outbox.mark(unit.connection, [waiting.id], "dropped", why=why or "no workspace", now=now)
            continue
        if _waits_for_card(errand, now):
            outbox.defer(unit.connection, waiting.id, now + PACE)
            continue
        outbox.mark(unit.connection, [waiting.id], "calling", now=now)
        return errand
    return None


def _errand(unit: Unit, waiting: Waiting) -> Errand | None:
    connection, team = unit.connection, unit.team
    conflict = conflicts.find(connection, team, waiting.conflict) if waiting.conflict else None
    part = (*(conflict.insiders if conflict else ()), waiting.notice.to)
    named = [str(value) for key, value in waiting.notice.facts.items() if key in ("by", "before")]
    workspace = workspaces.load(connection, team, (*part, *named), now=unit.clock())
    if workspace is None:
        return None
    person = is_person(waiting.lane)
    return Errand(
        waiting=waiting,
        conflict=conflict,
        workspace=workspace,
        channel=people.dm_of(connection, team, waiting.lane) if person else waiting.lane,
        first=person and not people.greeted(connection, team, waiting.lane),
        card=messages.card(connection, conflict.id) if conflict else None,
        similar=_similar(unit, waiting, conflict),
    )


def _similar(unit: Unit, waiting: Waiting, conflict: Conflict | None) -> Conflict | None:
    """The newest decision that looks alike, for who is asked to decide."""
    if conflict is None or waiting.notice.kind.value != "owner asked":
        return None
    return conflicts.most_similar(unit.connection, conflict, waiting.notice.to)


def _untrue(waiting: Waiting, errand: Errand | None, now: datetime) -> str:
    if now >= waiting.notice.good_until:
        return "too late to be useful"
    if errand is None or (waiting.conflict and errand.conflict is None):
        return "its subject is gone"
    if errand.conflict is not None and not still_true(waiting.notice, errand.conflict):
        return "not true any more"
    return ""


def _waits_for_card(errand: Errand, now: datetime) -> bool:
    """A direct message links to the card: it waits a little until the card stands."""
    card = errand.card
    if card is None or card.ts is not None or not card.live or not is_person(errand.waiting.lane):
        return False
    return timedelta(0) <= now - errand.waiting.notice.at < CARD_PATIENCE


def _told(unit: Unit, errand: Errand, spoken: Spoken) -> Spoken | None:
    """Record what came of a notice; what is to be tried again is returned."""
    waiting, now = errand.waiting, unit.clock()
    match spoken:
        case Said(channel, ts):
            outbox.mark(unit.connection, [waiting.id], "said", now=now)
            said(unit, waiting, channel, ts)
            return None
        case Unknown():
            return None
        case Unreachable(error):
            trouble.unreachable(unit, waiting, errand.workspace, error)
            return None
        case Blocked() | Failed():
            outbox.mark(unit.connection, [waiting.id], "waiting", now=now)
            return spoken
        case Deleted():
            outbox.mark(unit.connection, [waiting.id], "dropped", why="refused by Slack", now=now)
            return None


def _shown(unit: Unit, message: Message, conflict: Conflict, spoken: Spoken) -> Spoken | None:
    """Record what came of a card or a changed message; what is to be tried again is returned."""
    now = unit.clock()
    match spoken:
        case Said(channel, ts):
            messages.shown(
                unit.connection,
                message,
                channel=channel,
                ts=ts or message.ts or "",
                version=message.wanted,
                now=now,
            )
            return None
        case Unknown():
            if message.ts is not None:
                messages.again(unit.connection, message, now + PACE)
            return None
        case Deleted():
            messages.lost(unit.connection, message, now)
            return None
        case Unreachable(error):
            trouble.homeless(unit, message, conflict, error)
            return None
        case Blocked() | Failed():
            messages.again(unit.connection, message, now)
            return spoken
