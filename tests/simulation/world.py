"""One company with its Slack, its bot and its people, from one seed: the same seed, the same story."""

from __future__ import annotations

import asyncio
import hashlib
import json
from collections import Counter
from collections.abc import Coroutine
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from functools import partial
from pathlib import Path
from random import Random
from typing import Any

from bot.demo.company import colleagues
from sandbox.envelopes import Envelope, Reply
from sandbox.manifest import load
from sandbox.rates import Rates
from sandbox.slack import Slack
from sandbox.wire import Answer, Request
from storage.store import open_store
from tests.simulation.life import Life
from tests.simulation.line import Line
from tests.simulation.network import Network
from tests.simulation.people import Colleague
from tests.simulation.process import Process, at_once
from tests.simulation.reports import Report, any_report
from tests.simulation.settled import unsettled
from tests.simulation.trouble import Trouble
from tests.simulation.virtual import Loop, Time
from tests.simulation.watch import Watch
from tests.stories.company import juniper_slack
from tests.stories.house import MANIFEST, furnish

FIRST_MONDAY = datetime(2026, 1, 5, tzinfo=UTC)
MOST_WEEKS_LATER = 100
"""Stories begin in one of so many weeks: with and without holidays, summer time, the council's meeting."""
A_WEEK = 4
"""Conflicts in the company."""
QUIET = timedelta(days=4)
"""After the story: nobody does anything, what waits is said."""
A_WHILE = timedelta(minutes=10)


@dataclass(eq=False)
class World:
    """Everything there is. `offset` is how far the bot's computer's clock is off."""

    seed: int
    database: Path
    troubled: bool = True
    time: Time = field(default_factory=Time)
    offset: timedelta = timedelta(0)
    lives: int = 0
    counts: Counter[str] = field(default_factory=Counter)
    process: Process | None = None
    promised: dict[str, int] = field(default_factory=dict)
    """Tags of reports, and the numbers on their receipts."""
    separate: set[str] = field(default_factory=set)
    """Tags of reports that somebody wanted separately although something like them was there."""
    reported: list[Report] = field(default_factory=list)
    breaks: list[float] = field(default_factory=list)
    """When acknowledgements were lost because a socket broke or the process died."""
    doubled: list[float] = field(default_factory=list)
    """When a click was delivered for the second time."""
    next_delivery: list[asyncio.Event] = field(default_factory=list)
    deleted: set[str] = field(default_factory=set)
    """The keys of messages that were deleted by hand."""
    last_trouble: datetime = FIRST_MONDAY
    over: bool = False

    def __post_init__(self) -> None:
        self.start = FIRST_MONDAY + timedelta(weeks=self.chance("start").randrange(MOST_WEEKS_LATER))
        self.loop = Loop(self.time)
        self.slack: Slack = juniper_slack(self, load(MANIFEST), Rates())
        self.slack.base_url = "https://slack.test"
        self.line = Line(self.slack, self.loop, self.chance("line"), self._delivered, self._busy)
        self._downtime = self.chance("downtime")
        self.colleagues = colleagues()
        self.people = [Colleague(self, id) for id in self.colleagues]
        self.watch = Watch(self.slack, self.database)
        self._trace = hashlib.sha256()
        self._clicked: set[str] = set()
        self._tasks: list[asyncio.Task[Any]] = []

    def chance(self, what: str) -> Random:
        """Chance of its own for each thing, so that one does not change the others."""
        return Random(f"{self.seed}/{what}")

    # Time

    def now(self) -> datetime:
        """The true time."""
        return self.start + timedelta(seconds=self.time.now)

    def wall(self) -> datetime:
        """What the bot's computer takes for the time."""
        return self.now() + self.offset

    async def until(self, instant: datetime) -> None:
        """Wait for an instant."""
        await asyncio.sleep(max((instant - self.now()).total_seconds(), 0.0))

    # The bot

    @property
    def database_url(self) -> str:
        return f"sqlite+aiosqlite:///{self.database}"

    def start_process(self) -> None:
        """A new life on the same file."""
        self.lives += 1
        home = Loop(self.time)
        network = Network(
            self.slack,
            self.loop,
            home,
            self.chance(f"network {self.lives}"),
            self.watch.before,
            self._answered,
        )
        self.process = Process(
            home,
            network,
            self.slack.bot_token(),
            self.database_url,
            self.wall,
            self.chance(f"ids {self.lives}"),
            lambda _: self.connect_again(),
            self._ended,
        )
        self.process.begin()

    def _ended(self, process: Process) -> None:
        """Somebody, or something, starts it again after a while."""
        self.last_trouble = self.now()
        if not process.has_finished:
            self.breaks.append(self.time.now)
        self.line.drop()
        self.process = None
        if not self.over:
            self.loop.call_later(self._while_down(), self.start_process)

    def _while_down(self) -> float:
        """Seconds until it is started again: mostly at once, at times after a night."""
        longest = self._downtime.choices((5, 60, 40 * 60, 10 * 3600), (60, 30, 9, 1))[0]
        return self._downtime.uniform(1, longest)

    def stop_process(self) -> None:
        """As an operator stops it."""
        if self.process is not None and self.line.open:
            self.line.close()
            self.process.stop()

    def break_line(self) -> None:
        """The socket breaks."""
        self.breaks.append(self.time.now)
        self.line.drop()

    def connect_again(self) -> None:
        """The process opens a socket, if it can."""
        process, away = self.process, self.slack.faults.is_away(self.now())
        if process is not None and process.is_ready and not process.is_stopping and not away:
            self.line.connect(process)

    def set_clock(self, offset: timedelta) -> None:
        """The bot's computer's clock is set."""
        if offset != self.offset:
            self.offset = offset
            if self.process is not None:
                self.process.clock_set()

    async def awake(self) -> None:
        """Wait until the bot runs and is connected, and will not be killed."""
        while not self.line.open or self.process is None:
            await asyncio.sleep(1)
            self.connect_again()
        self.process.spare()

    def _busy(self) -> None:
        for event in self.next_delivery:
            event.set()
        self.next_delivery.clear()

    def furnish(self) -> None:
        """What an import leaves behind."""
        store = at_once(open_store(self.database_url, ids=iter("x").__next__, clock=self.now, inline=True))
        at_once(store.write(partial(furnish, slack=self.slack), team=self.slack.workspace.team))
        at_once(store.close())

    # What is remembered of it

    @property
    def trace(self) -> str:
        """The hash of all calls and deliveries so far."""
        return self._trace.hexdigest()

    def _note(self, *what: Any) -> None:
        self._trace.update(json.dumps([f"{self.time.now:.6f}", *what], sort_keys=True).encode())

    def _answered(self, method: str, request: Request, answer: Answer) -> None:
        self._note(method, request.query, request.body.decode(), answer.status, answer.body)
        self.watch.after(method, request, answer)
        self.counts[method if answer.ok else f"{method} {answer.error or answer.status}"] += 1

    def _delivered(self, envelope: Envelope, reply: Reply) -> None:
        if envelope.kind != "events_api":
            self._clicks(envelope)
        self._note(envelope.kind, envelope.payload, reply.body, reply.failure)
        self.watch.delivered(envelope, reply)
        self.counts[f"delivered {envelope.kind} {reply.failure}"] += 1

    def _clicks(self, envelope: Envelope) -> None:
        click = envelope.payload.get("trigger_id") or json.dumps(envelope.payload)
        if click in self._clicked:
            self.doubled.append(self.time.now)
        self._clicked.add(click)

    # Running it

    async def tell(self, weeks: int) -> None:
        """So many weeks in the company, and some quiet days after them."""
        self.start_process()
        trouble = Trouble(self)
        if self.troubled:
            self.begin(trouble.live())
            self.begin(Life(self).live())
        for person in self.people:
            self.begin(person.live())
        self.begin(self._inspect())
        for at in self._reports(weeks):
            await self.until(at)
            self._something_to_report()
        await self.until(self.start + timedelta(weeks=weeks))
        for task in self._tasks:
            task.cancel()
        await trouble.end()
        await asyncio.sleep(QUIET.total_seconds())

    def _reports(self, weeks: int) -> list[datetime]:
        """When something is found to be contradictory: four times a week, mostly in working hours."""
        chance = self.chance("when")
        found = []
        for week in range(weeks):
            for _ in range(A_WEEK):
                by_day = timedelta(days=chance.randrange(5), hours=chance.uniform(7.5, 17))
                any_time = timedelta(days=chance.uniform(0, 7))
                when = by_day if chance.random() < 0.9 else any_time
                found.append(self.start + timedelta(weeks=week) + when)
        return sorted(found)

    def _something_to_report(self) -> None:
        chance = self.chance(f"report {len(self.reported)}")
        person = chance.choice(self.people)
        in_board = person.robot.id in self.slack.workspace.channel("board").members
        report = any_report(chance, f"case{len(self.reported):04}", self.colleagues, in_board=in_board)
        self.reported.append(report)
        if report.secret:
            self.watch.keeps(report.tag, person.robot.id)
        self.begin(person.reports(report))

    async def _inspect(self) -> None:
        """Once a night, when nothing goes on: what is wrong then, and still is a while later, is noted."""
        while True:
            self.counts["inspected"] += self.calm
            before = set(unsettled(self)) if self.calm else set()
            if before:
                await asyncio.sleep(A_WHILE.total_seconds())
                still = before.intersection(unsettled(self)) if self.calm else set()
                for what in sorted(still):
                    self.watch.note(what)
            night = (self.now() + timedelta(days=1)).replace(hour=2, minute=30, second=0, microsecond=0)
            await self.until(night)

    @property
    def calm(self) -> bool:
        """True when nobody made trouble for a while."""
        lately = self.now() - self.last_trouble < 3 * A_WHILE
        return self.line.open and not lately and not self.offset

    def begin(self, work: Coroutine[Any, Any, None]) -> None:
        """Let somebody, or something, do its part beside the others."""
        self._tasks.append(self.loop.create_task(work))

    def run(self, weeks: int) -> None:
        """The whole story."""
        self.time.run(self.loop, self.tell(weeks))

    def end(self) -> None:
        """Let go of everything."""
        self.over = True
        for loop in list(self.time.loops):
            loop.drop()
