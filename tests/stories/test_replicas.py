"""Two bots on one PostgreSQL: everything is said once, and one takes over when the other dies."""

from __future__ import annotations

import asyncio
import contextlib
import uuid
from collections import Counter
from collections.abc import AsyncIterator
from datetime import timedelta

import pytest
from sqlalchemy.engine import URL

from bot.compose import Bot
from council.quiet import OTHERS_MOST
from storage import lanes
from tests.conftest import execute
from tests.stories.company import COUNCIL
from tests.stories.copying import let_leases_end
from tests.stories.house import House, open_house, running_bot
from tests.stories.keeping import kept

ROUNDS = 12


@pytest.fixture
async def shared_url(postgres_url: URL) -> AsyncIterator[str]:
    """A PostgreSQL database for both of them."""
    name = f"shared_{uuid.uuid4().hex}"
    await execute(postgres_url, f"create database {name}")
    yield postgres_url.set(database=name).render_as_string(hide_password=False)
    await execute(postgres_url, f"drop database {name} with (force)")


@contextlib.asynccontextmanager
async def two_bots(url: str) -> AsyncIterator[tuple[House, Bot]]:
    async with open_house(url) as house, running_bot(house.server, house.slack, url, house.clock) as other:
        yield house, other


def said(house: House) -> Counter[tuple[str, str]]:
    """Every message with the conversation it stands in, by its first line."""
    channels = house.slack.workspace.channels.values()
    return Counter((c.id, m.text) for c in channels for m in c.messages.values() if m.bot_id)


async def test_R1_with_two_replicas_there_is_one_card_and_one_message_per_person(shared_url: str) -> None:
    """Both look at the same moment, round after round: nobody is told twice and nobody is left out."""
    async with two_bots(shared_url) as (house, other):
        for n in range(ROUNDS):
            await kept(house, f"subject number {n}")
            for _ in range(4):
                await asyncio.gather(house.bot.clock.look(), other.clock.look())
                house.clock.forward(timedelta(seconds=2))
        messages = said(house)
        cards = [key for key in messages if key[0] == COUNCIL]
        assert len(cards) == ROUNDS
        assert max(messages.values()) == 1
        assert len(house.robot("vera").inbox()) == ROUNDS
        assert len(house.robot("remy").inbox()) == OTHERS_MOST  # the other news waits for a morning
        assert not house.slack.record.defects


async def test_R1_another_replica_takes_over_when_one_dies(shared_url: str) -> None:
    """What the dead one had claimed is said by the other once the lease has ended, and only once."""
    async with two_bots(shared_url) as (house, other):
        await kept(house)
        dead = "somebody who died"
        claimed = await house.bot.store.write(
            lambda u: lanes.claim(u.connection, dead, house.clock.now()), team=""
        )
        assert claimed
        await other.clock.look()
        assert said(house) == Counter()
        await let_leases_end(shared_url)
        for _ in range(4):
            await other.clock.look()
            house.clock.forward(timedelta(seconds=2))
        assert len(said(house)) == 3


async def test_a_story_in_which_another_process_sits_on_something_ends_with_words(shared_url: str) -> None:
    """Time never gets past what is due: the story fails and names who holds it, and does not hang."""
    async with two_bots(shared_url) as (house, other):
        await kept(house)
        await other.store.write(
            lambda u: lanes.claim(u.connection, "somebody idle", house.clock.now()), team=""
        )
        with pytest.raises(AssertionError, match="U0VERA, held by somebody idle"):
            await house.forward(minutes=10)
