"""The drain when Slack is slow, silent or unreadable: nobody waits for another, little is ever in doubt."""

from __future__ import annotations

import asyncio
from collections import Counter
from collections.abc import AsyncIterator, Iterable, Mapping
from contextlib import asynccontextmanager
from dataclasses import dataclass, field, replace
from typing import Any

import pytest
from sqlalchemy import Connection, func, select, update

from council.notice import NoticeKind, Priority
from council.people import Person
from council.speaking import Failed, Spoken, Trouble, Unknown, Unreachable
from schedules.commits import Commits
from schedules.outbox import MOST_AT_ONCE, Drain
from storage import outbox, workspaces
from storage.people import save_person
from storage.store import Store, Unit
from storage.tables import lanes, notices
from tests.schedules.saying import Mouth
from tests.storage.opened import TEAM, Hands, do, notice, stores
from tests.stories.company import juniper

PEOPLE = [f"U{n:02}" for n in range(20)]

Read = Mapping[str, str] | Unreachable | Trouble


@dataclass
class Line(Mouth):
    """A Slack that does as it is told: `silent` to whom it never answers, `slow` until it is let go.

    `reads` is what reading a conversation gives; None: what really stands there.
    """

    said: list[str] = field(default_factory=list)
    to: Counter[str] = field(default_factory=Counter)
    silent: bool = False
    reads: Read | None = None
    slow: frozenset[str] = frozenset()
    begun: asyncio.Event = field(default_factory=asyncio.Event)
    let_go: asyncio.Event = field(default_factory=asyncio.Event)

    async def tell(self, subject: Any, *_: Any, channel: str, **__: Any) -> Spoken:
        self.to[channel] += 1
        said = self._say(subject.waiting.key, channel)
        if channel in self.slow:
            self.begun.set()
            await self.let_go.wait()
        return Unknown("TimeoutError") if self.silent else said

    async def read_back(self, team: str, channel: str, keys: Iterable[str]) -> Read:
        if self.reads is not None:
            return self.reads
        return {key: "1.0" for key in keys if key in self.said}


@dataclass
class Outbox:
    """Notices for many people, and the drain that says them."""

    hands: Hands
    store: Store
    drain: Drain
    line: Line

    async def looks(self) -> None:
        """Look until nothing is due now."""
        while await self.drain.look() or await self.drain.finish():
            pass

    async def count(self, state: str) -> int:
        counted = select(func.count()).select_from(notices).where(notices.c.state == state)
        return await self.store.read(lambda c: c.execute(counted).scalar_one())


def fill(unit: Unit, people: Iterable[str], priority: Priority) -> None:
    """One notice for each of them, in a workspace that is set up."""
    connection, team, now = unit.connection, unit.team, unit.clock()
    workspaces.install(connection, team, name="Juniper", url="", bot_user="UBOT")
    workspaces.save_configuration(connection, team, juniper(), author=None, reason="a test", now=now)
    for person in people:
        save_person(connection, team, Person(id=person, name=person, fetched_at=now))
        told = replace(notice(person, priority=priority, kind=NoticeKind.CAN_DO), at=now)
        outbox.add(connection, team, unit.ids(), told, conflict=None, subject="x", version=0)


@asynccontextmanager
async def waiting(
    url: str, people: Iterable[str] = PEOPLE, *, priority: Priority = 2, **line: Any
) -> AsyncIterator[Outbox]:
    async with stores(url) as (hands, [store]):
        await store.write(lambda unit: fill(unit, people, priority), team=TEAM)
        mouth = Line(**line)
        yield Outbox(hands, store, Drain(Commits(store), mouth, hands, "me"), mouth)


async def test_at_most_eight_posts_are_in_doubt_however_long_slack_is_silent(database_url: str) -> None:
    """Twenty people wait, every answer is lost, and nothing can be read back: twelve are not tried at all."""
    async with waiting(database_url, silent=True, reads=Failed("internal_error")) as box:
        for _ in range(20):
            await box.looks()
            assert await box.count("calling") <= MOST_AT_ONCE
            box.hands.forward(seconds=10)
        assert await box.count("calling") == MOST_AT_ONCE
        assert max(box.line.to.values()) == 1


async def test_read_back_the_rest_is_said_and_each_once(database_url: str) -> None:
    """The answers were lost, the posts stand there: found again, they make room for the next ones."""
    async with asyncio.timeout(60), waiting(database_url, silent=True) as box:
        while await box.count("said") < len(PEOPLE):
            await box.looks()
            assert await box.count("calling") <= MOST_AT_ONCE
            box.hands.forward(seconds=5)
        assert len(box.line.to) == len(PEOPLE)
        assert max(box.line.to.values()) == 1


async def test_what_is_in_doubt_longer_than_a_quarter_of_an_hour_holds_up_nobody(database_url: str) -> None:
    """Eight conversations can't be read for now: the other twelve people hear in the end, once each."""
    async with waiting(database_url, silent=True, reads=Failed("internal_error")) as box:
        await box.looks()
        box.line.silent = False
        box.hands.forward(minutes=14)
        await box.looks()
        assert await box.count("said") == 0
        box.hands.forward(minutes=2)
        await box.looks()
        assert await box.count("said") == len(PEOPLE) - MOST_AT_ONCE
        assert max(box.line.to.values()) == 1


@pytest.mark.parametrize("priority", [1, 2])
async def test_where_nothing_can_ever_be_read_the_most_important_is_said_again(
    database_url: str, priority: Priority
) -> None:
    """The rest is dropped, and why is recorded."""
    async with waiting(
        database_url, PEOPLE[:3], priority=priority, silent=True, reads=Unreachable("missing_scope")
    ) as box:
        await box.looks()
        box.line.silent = False
        box.hands.forward(seconds=16)
        await box.looks()
        again, dropped = (3, 0) if priority == 1 else (0, 3)
        assert (await box.count("said"), await box.count("dropped")) == (again, dropped)
        assert set(box.line.to.values()) == {2 if priority == 1 else 1}
        why = await box.store.read(lambda c: set(c.execute(select(notices.c.why)).scalars()))
        assert why == {"" if priority == 1 else "nobody knows whether it was said"}


async def test_somebody_to_whom_slack_is_slow_holds_up_nobody_else(database_url: str) -> None:
    """While one post is under way all others are said, those that come meanwhile too."""
    async with asyncio.timeout(60), waiting(database_url, slow=frozenset({"DU00"})) as box:
        await box.drain.look()
        await box.line.begun.wait()
        while await box.count("said") < len(PEOPLE) - 1:
            await box.drain.look()
        assert await box.count("calling") == 1
        box.line.let_go.set()
        await box.looks()
        assert await box.count("said") == len(PEOPLE)


async def test_told_to_stop_it_finishes_what_slack_answers_in_time(database_url: str) -> None:
    """The answer comes while it stops: recorded as said, and nothing more is begun."""
    async with waiting(database_url, slow=frozenset({f"D{person}" for person in PEOPLE})) as box:
        await box.drain.look()
        await box.line.begun.wait()
        stopping = asyncio.create_task(box.drain.stop(60))
        await asyncio.sleep(0)
        box.line.let_go.set()
        await stopping
        assert await box.count("said") == MOST_AT_ONCE
        assert await box.count("calling") == 0


async def test_told_to_stop_it_leaves_in_doubt_what_slack_does_not_answer(database_url: str) -> None:
    """Let go of after its patience, it is found by the next process, and not said again."""
    async with waiting(database_url, PEOPLE[:1], slow=frozenset({"DU00"})) as box:
        await box.drain.look()
        await box.line.begun.wait()
        async with asyncio.timeout(5):
            await box.drain.stop(0)
        assert await box.count("calling") == 1
        await do(box.store, release_everything)
        box.hands.forward(seconds=16)
        box.drain = Drain(Commits(box.store), box.line, box.hands, "the next")
        await box.looks()
        assert await box.count("said") == 1
        assert box.line.to == {"DU00": 1}


def release_everything(connection: Connection) -> None:
    """What the end of a process, and of its leases, does."""
    connection.execute(update(lanes).values(holder=None, lease_until=None))
