"""What a process leaves behind that is killed at some instant: its database and its Slack, nothing else."""

from __future__ import annotations

import contextlib
from collections import Counter
from collections.abc import AsyncIterator, Awaitable, Callable
from dataclasses import dataclass, field
from functools import partial
from random import Random
from typing import Any, TypeVar

from council.workspace import Configuration
from sandbox.clock import HandClock
from sandbox.envelopes import Envelope
from sandbox.manifest import load
from sandbox.rates import Rates
from sandbox.server import serve
from sandbox.slack import Slack
from storage.store import Answer, Lane, Store, Unit, open_store
from tests.stories.company import juniper_slack
from tests.stories.copying import Databases
from tests.stories.house import MANIFEST, TUESDAY, House, furnish, running_bot

T = TypeVar("T")
Step = Callable[[House], Awaitable[None]]
Wanted = Callable[[bool, int], bool]
"""Whether something was said that is not recorded yet, and how many such worlds were passed before."""


@dataclass(frozen=True, slots=True)
class Story:
    """Steps that may be taken once more when they broke off, and what there is to read at the end.

    `inline`: on SQLite without threads, which is cheaper and the same every time. `company`: another
    configuration than that of a company whose meetings are only known about.
    """

    steps: tuple[Step, ...]
    ending: Callable[[House], Awaitable[Counter[str]]]
    inline: bool = False
    company: Configuration | None = None


@dataclass(frozen=True, slots=True)
class World:
    """One instant, in the middle of a step: the database as it is, and a Slack of its own.

    `untaken`: events that Slack delivers again, because the process that died never took them.
    """

    name: str
    step: int
    slack: Slack
    untaken: list[Envelope]
    database: Any


class Watched(Store):
    """A store that lets somebody look at the world before and after each of its writes."""

    def __init__(self, store: Store, look: Callable[[], None]) -> None:
        vars(self).update(vars(store))
        self._look = look

    async def write(
        self,
        fn: Callable[[Unit], T],
        *,
        team: str,
        key: str | None = None,
        lane: Lane = Lane.PEOPLE,
        answer: Answer[T] | None = None,
    ) -> T:
        self._look()
        done = await super().write(fn, team=team, key=key, lane=lane, answer=answer)
        self._look()
        return done


@dataclass
class Chronicle:
    """Keeps the worlds that are wanted of those a story passes through; no two are the same."""

    databases: Databases
    url: str
    wanted: Wanted
    step: int = 0
    worlds: list[World] = field(default_factory=list)
    _passed: Counter[bool] = field(default_factory=Counter)
    _latest: tuple[Any, ...] = ()

    def look(self, house: House) -> None:
        """Keep the world as it is at this instant; nothing happens meanwhile."""
        slack = house.slack
        latest = (len(slack.record.calls), self.step, slack.now(), self.databases.version(self.url))
        if latest == self._latest:
            return
        said = latest[:1] != self._latest[:1]
        self._latest = latest
        if self.wanted(said, self._passed[said]):
            name = f"step {self.step}, {slack.now()}, after {len(slack.record.calls)} calls to Slack"
            untaken, database = house.server.delivery.untaken(), self.databases.kept(self.url)
            self.worlds.append(World(name, self.step, slack.twin(), untaken, database))
        self._passed[said] += 1


async def told(databases: Databases, story: Story, wanted: Wanted) -> tuple[list[World], Counter[str]]:
    """The story undisturbed: worlds on its way, and what there is to read at its end."""
    url = await databases.empty()
    slack = await furnished(url, story.company)
    chronicle, houses = Chronicle(databases, url, wanted), list[House]()

    async def opening(*args: Any, **options: Any) -> Store:
        return Watched(await open_store(*args, **options), lambda: chronicle.look(houses[0]))

    async with living(slack, url, opening=opening, inline=story.inline) as house:
        houses.append(house)
        for chronicle.step, step in enumerate(story.steps):
            await step(house)
        return chronicle.worlds, await story.ending(house)


async def gone_on(databases: Databases, story: Story, world: World) -> Counter[str]:
    """A new process goes on from this world, and the step is taken once more: what is read at the end."""
    url = await databases.restored(world.database)
    async with living(world.slack, url, random=Random(2), inline=story.inline) as house:
        for envelope in world.untaken:
            house.server.delivery.event(envelope)
        for step in story.steps[world.step :]:
            await step(house)
        return await story.ending(house)


@contextlib.asynccontextmanager
async def living(slack: Slack, url: str, **composed: Any) -> AsyncIterator[House]:
    """The company of this Slack, with a bot on this database."""
    clock = slack.clock
    assert isinstance(clock, HandClock)
    async with serve(slack) as server, running_bot(server, slack, url, clock, **composed) as bot:
        yield House(slack, server, bot, clock)


async def furnished(url: str, company: Configuration | None = None) -> Slack:
    """A Slack, and in the database of this URL what an import of its company leaves behind."""
    clock = HandClock(TUESDAY)
    slack = juniper_slack(clock, load(MANIFEST), Rates(0))
    store = await open_store(url, ids=iter("x").__next__, clock=clock.now)
    await store.write(partial(furnish, slack=slack, configuration=company), team=slack.workspace.team)
    await store.close()
    return slack
