"""What not everybody may read: confidential conflicts, unnamed reporters, and who may read nothing."""

from __future__ import annotations

from dataclasses import replace

import pytest
from sqlalchemy import update

from storage.store import Unit
from storage.tables import workspaces
from tests.stories.company import PARTNERS, SALES
from tests.stories.house import House
from tests.stories.reading import LEADS, PIPELINE, added, decided, known

SECRET = replace(PIPELINE, subject="Layoffs forecast", confidential=True)
UNNAMED = replace(LEADS, unnamed=True)


async def test_others_confidential_conflicts_are_not_even_counted(house: House) -> None:
    """Who takes part sees it in the list; for everybody else there is nothing."""
    await known(house, SECRET)
    nina, lena = house.robot("nina"), house.robot("lena")
    await lena.types("/ai-conflict list", channel="general")
    assert lena.ephemerals[-1].text.startswith("Nothing is open")
    await known(house, LEADS, by="omar")
    await lena.types("/ai-conflict list", channel="general")
    assert lena.ephemerals[-1].text.startswith("1 conflict is open")
    assert "Layoffs" not in lena.ephemerals[-1].text
    await nina.types("/ai-conflict list", channel="general")
    assert nina.ephemerals[-1].text.startswith("2 conflicts are open")
    assert "Layoffs forecast" in nina.ephemerals[-1].text
    assert "confidential" in nina.ephemerals[-1].text


async def test_of_hidden_and_missing_the_same_is_said(house: House) -> None:
    """Nobody can find out by its number that a confidential conflict exists."""
    await known(house, SECRET)
    lena, vera = house.robot("lena"), house.robot("vera")
    await lena.types("/ai-conflict show 1", channel="general")
    await lena.types("/ai-conflict show 2", channel="general")
    hidden, missing = lena.ephemerals
    assert (hidden.text, hidden.fallback) == (missing.text, missing.fallback)
    await vera.types("/ai-conflict show 1", channel="general")
    assert "Layoffs forecast" in vera.ephemerals[-1].text
    assert "only those who take part see it" in vera.ephemerals[-1].text


async def test_a_reporter_who_keeps_their_name_off_stays_unnamed(house: House) -> None:
    """Neither list, show nor Details name them, not in a row of the story either; owner and chair see it."""
    [conflict] = await known(house, UNNAMED)
    await added(house, conflict, "I know more", by="nina")
    for name, knows in (("lena", False), ("dean", False), ("remy", True), ("tess", True), ("nina", True)):
        reader = house.robot(name)
        for words in ("list", "show 1"):
            await reader.types(f"/ai-conflict {words}", channel="general")
        shown = reader.ephemerals[-1]
        assert ("Nina" in shown.text) is knows
        assert "Nina" not in reader.ephemerals[-2].text
        await reader.clicks("Details", shown)
        assert ("Nina" in reader.modal.text) is knows
        assert "I know more" in reader.modal.text
        await reader.modal.close()


async def test_the_name_stays_off_after_it_was_decided(house: House) -> None:
    """A decision does not tell who asked for it."""
    [conflict] = await known(house, UNNAMED)
    await decided(house, conflict)
    lena = house.robot("lena")
    await lena.types("/ai-conflict show 1", channel="general")
    await lena.clicks("Details", lena.ephemerals[-1])
    assert "Nina" not in lena.ephemerals[-1].text + lena.modal.text
    assert "By a colleague" in lena.modal.text


@pytest.mark.parametrize("words", ["", " list", " show 1", " help", " something differs"])
@pytest.mark.parametrize(
    ("who", "channel", "said"),
    [("gil", "sales", "Guests can't take part"), ("olga", "partners", "another organisation")],
)
async def test_guests_and_other_organisations_are_refused_politely(
    house: House, who: str, channel: str, said: str, words: str
) -> None:
    """They read nothing, and are told so kindly."""
    await known(house)
    house.slack.workspace.channels[PARTNERS].members.append(house.slack.app.bot_user)
    robot = house.robot(who)
    await robot.types(f"/ai-conflict{words}", channel=channel)
    assert said in robot.ephemerals[-1].text
    assert "EMEA" not in robot.ephemerals[-1].text
    assert not robot.has_modal


async def test_a_guest_who_sees_the_card_does_not_get_its_details(house: House) -> None:
    """The button on a card in a channel with guests is for full members."""
    await known(house, home=SALES)
    house.slack.workspace.channels[SALES].members.append(house.slack.app.bot_user)
    await house.settle()
    gil = house.robot("gil")
    [card] = [message for message in gil.sees("sales") if "#1" in message.text]
    await gil.clicks("Details", card)
    assert "Guests can't take part" in gil.ephemerals[-1].text
    assert not gil.has_modal


@pytest.mark.parametrize("words", ["", " differs", " list", " list mine", " show 1", " help"])
@pytest.mark.parametrize("installer", ["U0PAVEL", None])
async def test_before_anything_is_set_up_it_says_by_whom_it_can_be(
    house: House, words: str, installer: str | None
) -> None:
    """Every door names who installed it, and nothing that does not work."""

    def undo(unit: Unit) -> None:
        unit.connection.execute(update(workspaces).values(configuration=0, installer=installer))

    await house.bot.store.write(undo, team=house.team)
    nina = house.robot("nina")
    await nina.types(f"/ai-conflict{words}", channel="sales")
    [answer] = nina.ephemerals
    who = "Pavel, who installed it," if installer else "Whoever installed it"
    assert answer.text == f"Tiebreak is not set up here yet. {who} can do that; please ask there."


async def test_before_anything_is_set_up_shortcuts_say_so_too(house: House) -> None:
    """Where there is no conversation to say it in, it is said in a window."""

    def undo(unit: Unit) -> None:
        unit.connection.execute(update(workspaces).values(configuration=0))

    await house.bot.store.write(undo, team=house.team)
    nina = house.robot("nina")
    await nina.shortcut("Report AI conflict")
    assert "Pavel, who installed it, can do that" in nina.modal.text
