"""Trouble that can be made on purpose: failing, slow, limited, late, dropped, doubled, away."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import datetime, timedelta
from fnmatch import fnmatch

from sandbox.refusal import Json
from sandbox.wire import Answer


@dataclass(slots=True)
class Fault:
    """Trouble for the next `times` calls whose method matches (`chat.*`) and whose channel matches.

    Give one of `error` (200 with that code), `status` (500, 503), `retry_after` (429 in seconds).
    `delay` in seconds makes it slow. `after_the_fact` does the work, then closes the connection.
    """

    method: str = "*"
    channel: str = ""
    times: int = 1
    error: str = ""
    status: int = 0
    retry_after: int = 0
    delay: float = 0.0
    after_the_fact: bool = False

    def fits(self, method: str, args: Json) -> bool:
        if self.times <= 0 or not fnmatch(method, self.method):
            return False
        return not self.channel or args.get("channel") == self.channel

    def instead(self) -> Answer | None:
        """The answer given instead of doing the work; None when the work is done."""
        if self.error:
            return Answer({"ok": False, "error": self.error}, delay=self.delay)
        if self.retry_after:
            headers = {"Retry-After": str(self.retry_after)}
            return Answer({"ok": False, "error": "ratelimited"}, 429, headers, self.delay)
        if self.status:
            return Answer({}, self.status, delay=self.delay)
        return None


@dataclass(slots=True)
class Faults:
    """All trouble that is switched on.

    The counters say how many of the next deliveries are doubled (`double_events`, `double_asking` for
    interactions, the second time after `double_after`), held until the next one has gone (`hold_events`),
    or lose their acknowledgement (`lose_acks`).
    """

    planned: list[Fault] = field(default_factory=list)
    away_until: datetime | None = None
    double_events: int = 0
    double_asking: int = 0
    double_after: timedelta = timedelta(0)
    hold_events: int = 0
    lose_acks: int = 0
    silent_pongs: bool = False
    clock_skew: timedelta = timedelta(0)

    def plan(self, fault: Fault) -> Fault:
        """Switch one on; it goes by itself once used up."""
        self.planned.append(fault)
        return fault

    def go_away(self, now: datetime, length: timedelta) -> None:
        """Slack answers nothing and holds no socket for `length`."""
        self.away_until = now + length

    def is_away(self, now: datetime) -> bool:
        return self.away_until is not None and now < self.away_until

    def take(self, method: str, args: Json) -> Fault | None:
        """The first fault that fits this call, counted as used."""
        fault = next((fault for fault in self.planned if fault.fits(method, args)), None)
        if fault is not None:
            fault.times -= 1
            self.planned = [left for left in self.planned if left.times > 0]
        return fault

    def takes_double(self) -> bool:
        """Whether this event goes out twice."""
        return self._use("double_events")

    def takes_double_asking(self) -> bool:
        """Whether this interaction is delivered twice; the second answer is thrown away."""
        return self._use("double_asking")

    def takes_lost_ack(self) -> bool:
        """Whether the acknowledgement of this delivery is lost on its way."""
        return self._use("lose_acks")

    def takes_hold(self) -> bool:
        """Whether this event is held back until the next one has gone (a wrong order)."""
        return self._use("hold_events")

    def clear(self) -> None:
        """Switch all trouble off."""
        self.planned.clear()
        self.away_until = None
        self.double_events = self.double_asking = self.hold_events = self.lose_acks = 0
        self.silent_pongs = False
        self.clock_skew = timedelta(0)

    def _use(self, name: str) -> bool:
        left: int = getattr(self, name)
        setattr(self, name, max(left - 1, 0))
        return left > 0
