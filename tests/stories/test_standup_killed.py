"""A standup, killed at any write and gone on with: everybody is asked once, and there is one summary."""

from __future__ import annotations

from collections import Counter
from datetime import datetime, timedelta
from pathlib import Path

import pytest
from sqlalchemy import select
from sqlalchemy.engine import URL

from sandbox.robot import Robot
from sandbox.seen import Seen
from storage.tables import notices
from tests.stories.company import whole_juniper
from tests.stories.copying import Databases, files, server
from tests.stories.house import House
from tests.stories.standing_up import ASKED, ENDS, FRIDAY, NAME, NINE, SUMMARY, summaries
from tests.stories.worlds import Step, Story, Wanted, gone_on, told

FEWEST = 6
"""With fewer worlds than this the story would be watched no more."""


def goes_on(instant: datetime) -> Step:
    """Time passes until then."""

    async def until(house: House) -> None:
        await house.until(max(instant, house.clock.now()))

    return until


async def rests(house: House) -> None:
    """Every unknown outcome is settled."""
    await house.forward(seconds=20)


def question(person: Robot) -> Seen:
    return [message for message in person.inbox() if NAME in message.text][-1]


async def answers(house: House) -> None:
    dean = house.robot("dean")
    if "Nothing to report" in question(dean).buttons:
        await dean.clicks("Nothing to report", question(dean))


async def opens(house: House) -> None:
    carla = house.robot("carla")
    if not carla.has_modal:
        await carla.clicks("Report an issue", question(carla))


async def fills(house: House) -> None:
    form = house.robot("carla").modal
    if form.submit_label:
        await form.fill("Which system or connection?", "Gainsight")
        await form.fill("What happens?", "Health scores are stale")
        await form.submit()


STORY = (
    goes_on(FRIDAY),
    rests,
    goes_on(NINE),
    rests,
    answers,
    opens,
    fills,
    rests,
    goes_on(SUMMARY),
    rests,
    goes_on(ENDS + timedelta(hours=25)),
)


async def ending(house: House) -> Counter[str]:
    """Nothing hangs, nothing was refused; what everybody can read."""
    left = select(notices.c.state).where(notices.c.state.in_(("waiting", "calling")))
    assert await house.bot.store.read(lambda c: c.execute(left).all()) == []
    assert house.slack.record.defects == []
    said = Counter(f"{name}: {each.text}" for name in ASKED for each in house.robot(name).inbox())
    return said + Counter(f"ai-council: {each.text}" for each in summaries(house.robot("dean")))


async def killed(databases: Databases, wanted: Wanted, *, inline: bool) -> None:
    story = Story(STORY, ending, inline, whole_juniper())
    worlds, expected = await told(databases, story, wanted)
    assert sum(words.startswith("ai-council: ") for words in expected.elements()) == 1
    assert sum(expected.values()) == 8, "five are asked, two of them long before are reminded"
    assert len(worlds) >= FEWEST
    for world in worlds:
        assert await gone_on(databases, story, world) == expected, world.name


async def test_R12_a_standup_survives_any_kill(tmp_path: Path) -> None:
    """Whenever the process dies, all read the same in the end."""
    async with files(tmp_path) as databases:
        await killed(databases, lambda said, nth: nth % (3 if said else 16) == 0, inline=True)


@pytest.mark.exhaustive
async def test_R12_a_standup_survives_kills_on_postgresql_too(postgres_url: URL) -> None:
    """A sample of the same."""
    async with server(postgres_url) as databases:
        await killed(databases, lambda said, nth: nth % (10 if said else 60) == 0, inline=False)
