"""Agendas when something is wrong: late, without a channel, with three hundred conflicts, with nobody."""

from __future__ import annotations

from collections import Counter
from dataclasses import replace
from datetime import datetime, timedelta
from functools import partial
from pathlib import Path

import pytest
from sqlalchemy import select
from sqlalchemy.engine import URL

from council.reporting import report
from council.roles import Council
from council.workspace import Configuration
from sandbox.acts import admin
from storage import workspaces
from storage.applying import apply
from storage.store import Unit
from storage.tables import notices
from storage.tables_council import meetings
from tests.stories.acting import PIPELINE
from tests.stories.company import whole_juniper
from tests.stories.copying import Databases, files, server
from tests.stories.house import House, open_house
from tests.stories.reading import NASTY
from tests.stories.test_agenda import ASKS, CONTRADICTION, GOES_OUT, agendas, fills_item
from tests.stories.worlds import Story, Wanted, gone_on, told

FEWEST = 4
BEGINS = GOES_OUT.replace(day=8)


async def sleeps_until(house: House, instant: datetime) -> None:
    """The bot is down meanwhile."""
    house.clock.forward(instant - house.clock.now())
    await house.settle()


async def test_R3_after_a_weekend_off_the_agenda_comes_late_and_says_so(council: House) -> None:
    """The meeting has not begun: it is still of use. The shared metrics are asked for as well."""
    await council.until(ASKS - timedelta(hours=1))
    await sleeps_until(council, BEGINS - timedelta(hours=2))
    [agenda] = agendas(council.robot("remy"))
    assert "This comes late: it was due Dec 4 at 10:00 AM." in agenda.text
    await council.forward(hours=1)
    assert "What do the shared metrics say?" in council.robot("carla").inbox()[-1].text


async def test_an_agenda_that_comes_after_its_meeting_began_is_not_put_up(council: House) -> None:
    """It is recorded as missed; the next one comes as usual."""
    await council.until(ASKS - timedelta(hours=1))
    await sleeps_until(council, BEGINS + timedelta(minutes=5))
    assert agendas(council.robot("remy")) == []
    bodies = await council.bot.store.read(lambda c: c.execute(select(meetings.c.body)).scalars().all())
    assert [body["agenda"]["missed"] for body in bodies if body["on"] == "2026-12-08"] == [True]
    await council.until(BEGINS.replace(month=1, year=2027, day=8, hour=9))
    assert len(agendas(council.robot("remy"))) == 1


async def test_R28_an_archived_channel_tells_the_admins_once_and_the_agenda_is_still_to_be_had(
    council: House,
) -> None:
    """There is no other channel to go to; whoever asks for it reads it."""
    admin.archive(council.slack, "ai-council", "U0VERA")
    await council.until(GOES_OUT + timedelta(minutes=5))
    pavel, remy = council.robot("pavel"), council.robot("remy")
    assert sum("can't reach" in message.text for message in pavel.inbox()) == 1
    await remy.types("/ai-council agenda", channel="general")
    assert "60 of 60 min" in remy.ephemerals[-1].text
    await council.until(BEGINS - timedelta(minutes=1))
    assert sum("can't reach" in message.text for message in pavel.inbox()) == 1


async def test_R28_a_ceremony_whose_channel_is_gone_has_its_agenda_in_the_councils(database_url: str) -> None:
    """The fallback is the council's channel."""
    whole = whole_juniper()
    moved = tuple(
        replace(each, channel="C0SALES") if each.key == "council_meeting" else each
        for each in whole.ceremonies
    )
    async with open_house(database_url, configuration=replace(whole, ceremonies=moved)) as house:
        admin.archive(house.slack, "sales", "U0VERA")
        await house.until(GOES_OUT + timedelta(minutes=5))
        assert len(agendas(house.robot("remy"))) == 1


async def test_three_people_without_a_council_have_agendas_too(database_url: str) -> None:
    """Whoever installed it holds every empty seat: is asked, presents, arranges."""
    whole = whole_juniper()
    small: Configuration = replace(whole, roles=(), council=Council(), matrix=whole.matrix[:1])
    async with open_house(database_url, configuration=small) as house:
        await house.until(GOES_OUT)
        pavel = house.robot("pavel")
        assert "MQL → SQL · Pavel" in agendas(pavel)[-1].text
        assert any("What do the shared metrics say?" in message.text for message in pavel.inbox())
        await pavel.clicks("Arrange", agendas(pavel)[-1])
        assert pavel.modal.title == "Arrange"


async def test_R36_three_hundred_open_conflicts_fit_on_one_agenda(council: House) -> None:
    """What matters is shown, the rest is counted; Slack takes it, and the form as well."""
    remy = council.robot("remy")
    await council.bot.store.write(partial(keep_many, times=150), team=council.team)
    await council.until(GOES_OUT)
    [agenda] = agendas(remy)
    shown = agenda.text.count("Which churn is true?")
    assert f"and {300 - shown} more" in agenda.text, agenda.text
    await remy.clicks("Arrange", agenda)
    assert remy.modal.title == "Arrange"


def keep_many(unit: Unit, times: int) -> None:
    """So many conflicts of two kinds, of which nothing is said."""
    workspace = workspaces.load(unit.connection, unit.team, ["U0NINA"], now=unit.clock())
    assert workspace is not None
    nina, long = workspace.people["U0NINA"], "Which churn is true? " + "x" * 400
    for facts in times * (replace(CONTRADICTION, subject=long), replace(PIPELINE, subject=long)):
        now = unit.clock()
        outcome = report(facts, by=nina, id=unit.ids(), home=None, workspace=workspace, now=now)
        apply(unit.connection, unit.ids, replace(outcome, notices=(), wake_at=None), now)


async def test_R42_hostile_words_on_an_agenda_stay_words(council: House) -> None:
    """Nobody is pinged, no markup comes of it, and our own lines stand."""
    carla, remy = council.robot("carla"), council.robot("remy")
    await council.until(GOES_OUT)
    await carla.clicks("Add an item", agendas(carla)[-1])
    await fills_item(carla, NASTY)
    await council.settle()
    [agenda] = agendas(remy)
    assert "• <!channel> & bold" in agenda.text
    assert "4  Shared Metric Health · 10 min" in agenda.text
    await remy.clicks("Arrange", agenda)
    assert remy.modal.title == "Arrange"


async def rests(house: House) -> None:
    await house.forward(seconds=20)


async def time_passes(house: House) -> None:
    await house.until(max(house.clock.now(), ASKS))


async def it_goes_out(house: House) -> None:
    await house.until(max(house.clock.now(), GOES_OUT))


STORY = (rests, time_passes, it_goes_out, rests)


async def ending(house: House) -> Counter[str]:
    """One agenda, one question for each holder; nothing hangs, nothing was refused."""
    left = select(notices.c.state).where(notices.c.state.in_(("waiting", "calling")))
    assert await house.bot.store.read(lambda c: c.execute(left).all()) == []
    assert house.slack.record.defects == []
    asked = {
        who: sum("shared metrics" in message.text for message in house.robot(who).inbox())
        for who in ("remy", "carla", "vera")
    }
    return Counter({**asked, "agendas": len(agendas(house.robot("nina")))})


async def killed(databases: Databases, wanted: Wanted, *, inline: bool) -> None:
    story = Story(STORY, ending, inline, whole_juniper())
    worlds, expected = await told(databases, story, wanted)
    assert expected == Counter(remy=1, carla=1, agendas=1)
    assert len(worlds) >= FEWEST
    for world in worlds:
        assert await gone_on(databases, story, world) == expected, world.name


async def test_R12_one_agenda_whenever_the_process_dies(tmp_path: Path) -> None:
    """Killed at any write on the way: put up once, each holder asked once."""
    async with files(tmp_path) as databases:
        await killed(databases, lambda said, nth: nth % (2 if said else 12) == 0, inline=True)


@pytest.mark.exhaustive
async def test_R12_one_agenda_whenever_the_process_dies_on_postgresql_too(postgres_url: URL) -> None:
    """A sample of the same."""
    async with server(postgres_url) as databases:
        await killed(databases, lambda said, nth: nth % (6 if said else 40) == 0, inline=False)
