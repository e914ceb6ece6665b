"""TIEBREAK_ADMIN at `run`: whoever it names keeps what nobody else holds, until somebody is named."""

from __future__ import annotations

import pytest

from bot.compose import compose
from bot.keeper import name_keeper
from bot.running import introduce
from bot.settings import SettingsMistaken
from sandbox.acts import admin
from storage import people
from storage.company.keeping import installer
from storage.migrate import migrate
from tests.bot.conftest import Larkspur


async def keeper_after_start(it: Larkspur, named: str, *, left: str = "") -> str | None:
    """Start as `run` does, with this setting; who keeps the workspace then. `left` has left before."""
    await migrate(it.database_url)
    settings = it.settings(TIEBREAK_ADMIN=named)
    bot = await compose(
        token=settings.bot_token, api_url=settings.api_url, database_url=settings.database_url
    )
    try:
        team = await introduce(bot)
        if left:
            await bot.store.write(
                lambda unit: people.change_person(unit.connection, team, left, deactivated=True), team=team
            )
        await name_keeper(bot, settings, team)
        return await bot.store.read(lambda connection: installer(connection, team))
    finally:
        await bot.close()


@pytest.mark.parametrize("word", ["bela@larkspur.example", "U0BELA"], ids=["by address", "by id"])
async def test_at_the_first_start_it_is_who_the_operator_names(larkspur: Larkspur, word: str) -> None:
    """Before any import; so `/ai-conflict` can say who may set it up."""
    assert await keeper_after_start(larkspur, word) == "U0BELA"


async def test_somebody_who_is_named_already_stays(larkspur: Larkspur) -> None:
    """The setting is for the beginning: it takes nothing away from anybody, and nobody is looked up."""
    await keeper_after_start(larkspur, "U0BELA")
    before = len(larkspur.slack.record.calls)
    assert await keeper_after_start(larkspur, "U0RUNA") == "U0BELA"
    assert await keeper_after_start(larkspur, "") == "U0BELA"
    assert not [call for call in list(larkspur.slack.record.calls)[before:] if call.method == "users.info"]


async def test_without_the_setting_nobody_is_made_up(larkspur: Larkspur) -> None:
    """The import's admins, or a Slack admin, come later."""
    assert await keeper_after_start(larkspur, "") is None


async def test_a_name_that_leads_nowhere_is_said_at_the_first_start(larkspur: Larkspur) -> None:
    """A mistyped address would leave the workspace without anybody; a guest can't keep it."""
    with pytest.raises(SettingsMistaken, match="TIEBREAK_ADMIN: nobody in Slack has the address"):
        await keeper_after_start(larkspur, "bella@larkspur.example")
    with pytest.raises(SettingsMistaken, match=r"TIEBREAK_ADMIN: U0GUEST \(Gus\) is a guest"):
        await keeper_after_start(larkspur, "U0GUEST")


async def test_when_the_keeper_has_left_the_setting_names_another(larkspur: Larkspur) -> None:
    """The way back in when nobody is left; a name that leads nowhere does not stop the bot any more."""
    await keeper_after_start(larkspur, "U0BELA")
    admin.deactivate(larkspur.slack, "U0BELA")
    assert await keeper_after_start(larkspur, "nobody@larkspur.example", left="U0BELA") == "U0BELA"
    assert await keeper_after_start(larkspur, "runa@larkspur.example") == "U0RUNA"
