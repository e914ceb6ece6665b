"""Bringing envelopes to the app: interactions once, events with Slack's three retries."""

from __future__ import annotations

import asyncio
import dataclasses
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING, Protocol

from sandbox.envelopes import Envelope, Reply
from sandbox.methods.chat_scheduled import send_due

if TYPE_CHECKING:
    from sandbox.slack import Slack

ACK_SECONDS = 3.0
# After the first failure at once, then a minute, then five minutes later; then Slack gives up.
RETRY_AFTER = (timedelta(0), timedelta(minutes=1), timedelta(minutes=5))


class Line(Protocol):
    """A way to the app: sockets, signed HTTP, or a direct call."""

    async def carry(self, envelope: Envelope, seconds: float) -> Reply:
        """Deliver once and wait at most `seconds` for the acknowledgement."""
        ...


@dataclass(slots=True)
class Delivery:
    """Carries what one Slack has to say over one line; `seconds` is the time an app has to acknowledge."""

    slack: Slack
    line: Line
    seconds: float = ACK_SECONDS
    _tasks: dict[asyncio.Task[None], Envelope] = field(default_factory=dict)
    _later: list[tuple[datetime, Envelope]] = field(default_factory=list)
    _held: list[Envelope] = field(default_factory=list)

    def __post_init__(self) -> None:
        self.slack.send_event = self.event
        self.slack.ask = self.ask
        self.slack.settle = self.settle

    def event(self, envelope: Envelope) -> None:
        """Send an event in the background; planned trouble may hold or double it."""
        faults = self.slack.faults
        if faults.takes_hold():
            self._held.append(envelope)
            return
        self._send(envelope)
        for held in self._held:
            self._send(held)
        self._held.clear()
        if faults.takes_double():
            self._again(envelope, faults.double_after)

    async def ask(self, envelope: Envelope) -> Reply:
        """Bring an interaction; it is never repeated."""
        if self._is_away():
            return Reply(failure="connection_failed")
        what = str(envelope.payload.get("type", envelope.kind))
        if envelope.kind == "interactive" and not self.slack.manifest.interactivity:
            self.slack.defect("not acknowledged", "interactivity_disabled", what)
            return Reply(failure="http_error")
        if self.slack.faults.takes_double_asking():
            self._again(envelope, self.slack.faults.double_after)
        reply = await self.line.carry(envelope, self.seconds)
        if reply.taken and self.slack.faults.takes_lost_ack():
            return Reply(failure="http_timeout")
        if not reply.taken:
            self.slack.defect("not acknowledged", reply.failure, what)
        return reply

    def look(self) -> None:
        """Do what is due by the sandbox's clock: retries and scheduled messages."""
        send_due(self.slack)
        now = self.slack.now()
        due = [envelope for at, envelope in self._later if at <= now]
        self._later = [(at, envelope) for at, envelope in self._later if at > now]
        for envelope in due:
            self._send(envelope)

    def next_due(self) -> datetime | None:
        """When `look` has something to do again."""
        scheduled = (datetime.fromtimestamp(kept["at"], UTC) for kept in self.slack.scheduled.values())
        return min([*scheduled, *(at for at, _ in self._later)], default=None)

    def untaken(self) -> list[Envelope]:
        """Events the app has not taken yet: under way, held, or put off."""
        on_their_way = (*self._tasks.values(), *self._held, *(envelope for _, envelope in self._later))
        return [envelope for envelope in on_their_way if envelope.kind == "events_api"]

    async def settle(self) -> None:
        """Wait until nothing is under way any more."""
        while self._tasks:
            await asyncio.wait(self._tasks)

    async def stop(self) -> None:
        """Drop what is under way."""
        for task in list(self._tasks):
            task.cancel()
        await asyncio.gather(*self._tasks, return_exceptions=True)
        self._later.clear()

    def _send(self, envelope: Envelope) -> None:
        carry = self._carry if envelope.kind == "events_api" else self._repeat
        task = asyncio.get_running_loop().create_task(carry(envelope))
        self._tasks[task] = envelope
        task.add_done_callback(self._tasks.pop)

    async def _carry(self, envelope: Envelope) -> None:
        if self._is_away():
            reply = Reply(failure="connection_failed")
        else:
            reply = await self.line.carry(envelope, self.seconds)
        lost = reply.taken and self.slack.faults.takes_lost_ack()
        if reply.taken and not lost:
            return
        reason = reply.failure or "http_timeout"
        if not lost and reason != "connection_failed":
            event = envelope.payload["event"]["type"]
            self.slack.defect("not acknowledged", reason, f"event {event} {envelope.event_id}")
        if not reply.no_retry and envelope.attempt < len(RETRY_AFTER):
            self._retry(envelope, reason)

    async def _repeat(self, envelope: Envelope) -> None:
        """An interaction for the second time; nobody looks at the answer."""
        await self.line.carry(envelope, self.seconds)

    def _retry(self, envelope: Envelope, reason: str) -> None:
        attempt = envelope.attempt + 1
        again = dataclasses.replace(envelope, id=self.slack.ids.uuid(), attempt=attempt, reason=reason)
        self._again(again, RETRY_AFTER[attempt - 1])

    def _again(self, envelope: Envelope, after: timedelta) -> None:
        copy = dataclasses.replace(envelope, id=self.slack.ids.uuid())
        if after:
            self._later.append((self.slack.now() + after, copy))
        else:
            self._send(copy)

    def _is_away(self) -> bool:
        return self.slack.faults.is_away(self.slack.now())
