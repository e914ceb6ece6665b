"""Serving one lane: the next errand, its call to Slack, its record; one after another, never two at once."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime, timedelta
from typing import Any

import structlog
from structlog.contextvars import bound_contextvars

from council.speaking import Blocked, Failed, Said, Spoken, Trouble, Unknown, Unreachable
from schedules import places, trouble
from schedules.commits import Commits
from schedules.errands import Errand, Publish, ReadBack, Show, TakeDown, Tell, next_errand
from schedules.places import Look
from schedules.recording import (
    Found,
    card_key,
    keys_of,
    lost_for_now,
    published,
    read_back,
    shown,
    taken_down,
    told,
)
from schedules.speaking import Speaker
from storage import lanes, people
from storage.errors import Unavailable
from storage.lanes import Lane, Lost

AFTER_A_SLIP = timedelta(minutes=1)
log = structlog.get_logger(__name__)


class Serving:
    """Serves lanes until they have nothing to do, must wait, or `stopping` is set."""

    def __init__(self, commits: Commits, speaker: Speaker, clock: Callable[[], datetime]) -> None:
        self._commits, self._speaker, self._clock = commits, speaker, clock
        self.stopping = False

    async def serve(self, lane: Lane) -> bool:
        """Serve it until it was given back; True when a post may have an unknown outcome."""
        with bound_contextvars(team=lane.team, lane=lane.lane):
            return await self._calmly(lane)

    async def _calmly(self, lane: Lane) -> bool:
        try:
            return await self._serve(lane)
        except Lost:
            log.warning("lane was given to another process")
        except Unavailable as problem:
            log.warning("lane was left: nothing can be saved", cause=str(problem))
        except Exception as slip:
            log.exception("lane was left")
            name = type(slip).__name__
            await self._commits.write(lambda unit: lost_for_now(unit, lane, name, AFTER_A_SLIP), lane.team)
        return True

    async def _serve(self, lane: Lane) -> bool:
        while not self.stopping:
            errand = await self._commits.write(lambda unit: next_errand(unit, lane), lane.team)
            if errand is None:
                return False
            with bound_contextvars(**_about(errand)):
                left, doubtful = await self._run(lane, errand)
            if left:
                return doubtful
        await self._commits.write(lambda u: lanes.release(u.connection, lane, u.clock()), lane.team)
        return False

    async def _run(self, lane: Lane, errand: Errand) -> tuple[bool, bool]:
        """Whether the lane was given back, and whether the outcome of a post is unknown."""
        match errand:
            case ReadBack():
                return await self._read_back(lane, errand), False
            case Look():
                return await self._look(lane, errand), False
            case Show():
                shows = await self._show(lane, errand)
                left = await self._commits.write(lambda unit: shown(unit, lane, errand, shows), lane.team)
                return left, isinstance(shows, Unknown)
            case Publish():
                drawn = await self._speaker.publish(
                    lane.team, errand.person, errand.seen, errand.workspace, self._clock()
                )
                left = await self._commits.write(lambda unit: published(unit, lane, errand, drawn), lane.team)
                return left, False
            case TakeDown(message):
                gone = await self._speaker.take_down(lane.team, message)
                left = await self._commits.write(
                    lambda unit: taken_down(unit, lane, message, gone), lane.team
                )
                return left, False
            case Tell():
                said = await self._tell(lane, errand)
                left = await self._commits.write(lambda unit: told(unit, lane, errand, said), lane.team)
                return left, isinstance(said, Unknown)

    async def _look(self, lane: Lane, errand: Look) -> bool:
        found = await self._speaker.look(lane.team, lane.lane)
        return await self._commits.write(lambda unit: places.looked(unit, lane, errand, found), lane.team)

    async def _read_back(self, lane: Lane, errand: ReadBack) -> bool:
        found = await self._look_for(lane, errand)
        if isinstance(found, Blocked | Failed):
            problem = found
            return await self._commits.write(lambda unit: trouble.rest(unit, lane, problem), lane.team)
        settled: Found = found
        return await self._commits.write(lambda unit: read_back(unit, lane, errand, settled), lane.team)

    async def _look_for(self, lane: Lane, errand: ReadBack) -> Found | Trouble:
        """What stands there. A channel that was perhaps not joined yet can't be read before it is."""
        if errand.channel is None:
            return {}
        if errand.join:
            joined = await self._speaker.join(lane.team, errand.channel)
            if isinstance(joined, Blocked | Failed | Unreachable):
                return joined
        return await self._speaker.read_back(lane.team, errand.channel, keys_of(errand))

    async def _show(self, lane: Lane, errand: Show) -> Spoken:
        if errand.join:
            joined = await self._speaker.join(lane.team, lane.lane)
            if not isinstance(joined, Said):
                return joined
        return await self._speaker.show(
            errand.message,
            errand.gathered or errand.subject,
            errand.workspace,
            key=card_key(errand.message),
            now=self._clock(),
        )

    async def _tell(self, lane: Lane, errand: Tell) -> Spoken:
        channel = errand.channel
        if channel is None:
            opened = await self._speaker.open_dm(lane.team, lane.lane)
            if not isinstance(opened, Said):
                return opened
            channel = await self._opened(lane, opened.channel)
        how: Any = {"channel": channel, "first": errand.first, "now": self._clock()}
        if len(errand.parts) > 1:
            return await self._speaker.tell_together(errand.parts, errand.workspace, **how)
        return await self._speaker.tell(errand.parts[0], errand.workspace, **how)

    async def _opened(self, lane: Lane, channel: str) -> str:
        await self._commits.write(
            lambda unit: people.keep_dm(unit.connection, unit.team, lane.lane, channel), lane.team
        )
        return channel


def _about(errand: Errand) -> dict[str, str | None]:
    """What every line of the log says while it is done."""
    match errand:
        case Show(message) | TakeDown(message):
            return {"subject": message.subject or message.conflict, "key": card_key(message)}
        case Tell():
            first = errand.waiting[0]
            return {"subject": first.subject or first.conflict, "key": first.said_as}
        case _:
            return {}
