"""A channel gets another name: it stays the same channel, and whoever reads of it reads the new name."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest

from bot.check import check
from bot.company import export_company
from bot.directory import Directory
from bot.settings import Settings
from sandbox.acts import admin
from storage.people import find_channels
from tests.stories.acting import card_of, decides, newest, reported
from tests.stories.company import COUNCIL, SALES
from tests.stories.house import House
from tests.stories.reports import reports


def settings(house: House, migrated_url: str) -> Settings:
    """What the operator of this company set."""
    values: dict[str, Any] = {
        "SLACK_BOT_TOKEN": house.slack.bot_token(),
        "SLACK_APP_TOKEN": house.slack.app_token,
        "SLACK_API_URL": house.server.api_url,
        "DATABASE_URL": migrated_url,
        "_env_file": None,
    }
    return Settings(**values)


async def test_the_card_goes_on_and_everything_calls_it_by_its_new_name(
    house: House, migrated_url: str
) -> None:
    """The card there follows, `check` finds nothing wrong, and `export` writes the name."""
    await reported(house)
    admin.rename(house.slack, COUNCIL, "ai-decided")
    await house.server.settle()
    await decides(house, house.robot("vera"), newest(house.robot("vera")))
    assert "Rep roll-up stands" in card_of(house.robot("nina"), "ai-decided").text
    chosen = settings(house, migrated_url)
    asking = Directory(house.slack.bot_token(), house.server.api_url)
    found = [finding async for finding in check(chosen, directory=asking, now=house.clock.now)]
    assert [str(each) for each in found if each.what.startswith("channel") and each.is_wrong] == []
    assert "✓ channel #ai-decided" in map(str, found)
    assert f"council: {COUNCIL} # ai-decided" in await export_company(chosen)


@pytest.mark.parametrize("told", [True, False], ids=["by its event", "by looking again"])
async def test_the_next_card_goes_there_as_before(house: House, told: bool) -> None:
    """Where no event came, because nobody was listening, it is read when what was known is a day old."""
    nina = house.robot("nina")
    await reports(nina)
    await house.settle()
    await nina.modal.close()
    if told:
        admin.rename(house.slack, SALES, "selling")
        await house.server.settle()
    else:
        house.slack.workspace.channels[SALES].name = "selling"
        house.clock.forward(timedelta(hours=25))
    form = await reports(nina, subject="Churn of the second quarter", channel="selling")
    assert "The card is in #selling." in form.text
    await house.settle()
    assert "Churn of the second quarter" in card_of(nina, "selling").text
    known = await house.bot.store.read(lambda c: find_channels(c, house.team, [SALES]))
    assert known[SALES].name == "selling"
