"""A confidential card in a private channel: its members take part there, and know nothing elsewhere."""

from __future__ import annotations

from datetime import timedelta

import pytest

from sandbox.acts import admin
from sandbox.robot import Robot
from storage import conflicts, people
from storage.store import Unit
from tests.stories.acting import card_of, context_of, newest
from tests.stories.company import BOARD, SALES
from tests.stories.house import House
from tests.stories.reports import FORECAST, KIND, conflict, opens, signals

HIDDEN = "There is no such conflict here that you can see."
SUBJECT = "Layoffs forecast"
REFUSED = (
    ("Acknowledge", "Only Vera can acknowledge #1 now. You can add context."),
    ("Decide", "Only Vera can decide #1 now. You can add context."),
    ("Hand over", "Only Vera can hand over #1 now. You can add context."),
    ("Extend deadline", "Only Vera can extend the deadline of #1 now. You can add context."),
    ("Withdraw", "Only Nina can withdraw #1. You can add context."),
)


@pytest.fixture
async def lena(house: House) -> Robot:
    """A member of #board, where a confidential card stands that Nina reported; it is nothing of hers."""
    admin.invite(house.slack, BOARD, house.slack.app.bot_user, "U0HUGO")
    admin.invite(house.slack, BOARD, "U0LENA", "U0HUGO")
    await house.server.settle()
    form = await opens(house.robot("nina"), SUBJECT, channel="board")
    await form.choose(KIND, FORECAST)
    await signals(form)
    await form.submit()
    await house.settle()
    return house.robot("lena")


async def press(person: Robot, label: str) -> None:
    """A button of the card in #board, or an entry of its menu."""
    card = card_of(person, "board")
    await (person.clicks if label in card.buttons else person.picks)(label, card)


async def kept(house: House) -> list[str]:
    """All context of it, in words."""
    made = await conflict(house)
    assert made is not None
    return await context_of(house, made.id)


@pytest.mark.parametrize("way", ["menu", "show", "refusal"])
async def test_a_member_adds_context_there(house: House, lena: Robot, way: str) -> None:
    """From the card's menu, from `show`, from under a refusal: the window knows where it was opened."""
    if way == "menu":
        await press(lena, "Add context")
    else:
        await (lena.types("/ai-conflict show 1", channel="board") if way == "show" else press(lena, "Decide"))
        await lena.clicks("Add context", lena.ephemerals[-1])
    await lena.modal.fill("What should the owner know?", "The board has a list.")
    await lena.modal.submit()
    assert not lena.has_modal
    assert await kept(house) == ["The board has a list."]
    vera = house.robot("vera")
    await vera.clicks("Decide", newest(vera))
    assert "1 piece of context" in vera.modal.text


@pytest.mark.parametrize(("label", "said"), REFUSED)
async def test_a_member_reads_who_may(house: House, lena: Robot, label: str, said: str) -> None:
    """They decide nothing and take nothing over; the refusal names who may and offers what they can do."""
    await press(lena, label)
    assert not lena.has_modal
    assert lena.ephemerals[-1].text.startswith(said)
    assert lena.ephemerals[-1].buttons == ("Add context",)
    made = await conflict(house)
    assert made is not None
    assert made.acknowledged_at is None


async def test_a_member_sees_it_there_only(house: House, lena: Robot) -> None:
    """In the channel list, show and Details have it; in the direct message and elsewhere there is nothing."""
    await lena.types("/ai-conflict show 1", channel="board")
    assert SUBJECT in lena.ephemerals[-1].text
    assert "only those who take part, and the members of its channel, see it" in lena.ephemerals[-1].text
    assert lena.ephemerals[-1].buttons == ("Details", "Add context", "Report this instead")
    await lena.clicks("Details", lena.ephemerals[-1])
    assert SUBJECT in lena.modal.text
    await lena.modal.close()
    await lena.types("/ai-conflict list", channel="board")
    assert SUBJECT in lena.ephemerals[-1].text
    for elsewhere in ("general", ""):
        await lena.types("/ai-conflict list", channel=elsewhere)
        assert lena.ephemerals[-1].text.startswith("Nothing is open")
        await lena.types("/ai-conflict show 1", channel=elsewhere)
        assert lena.ephemerals[-1].text.startswith(HIDDEN)


async def test_who_takes_part_may_everywhere(house: House, lena: Robot) -> None:
    """Vera, the owner, acknowledges from her message and decides from the channel, as a member and owner."""
    vera = house.robot("vera")
    await vera.clicks("Acknowledge", newest(vera))
    await house.settle()
    assert "Vera is on it since" in card_of(lena, "board").text
    await vera.clicks("Decide", card_of(vera, "board"))
    assert vera.modal.title == "Decide #1"


async def test_who_is_no_member_reads_the_same_as_of_what_is_missing(house: House, lena: Robot) -> None:
    """Omar sees neither the channel nor the card, and hears of #1 what he hears of #2."""
    omar = house.robot("omar")
    for number in (1, 2):
        await omar.types(f"/ai-conflict show {number}", channel="general")
        assert omar.ephemerals[-1].text.startswith(HIDDEN)


@pytest.mark.parametrize("change", ["the channel is public now", "the card stands elsewhere"])
async def test_what_is_sent_is_asked_again(house: House, lena: Robot, change: str) -> None:
    """A window opened in the channel is no key: where the card stands is looked at when it is sent."""
    await press(lena, "Add context")
    await lena.modal.fill("What should the owner know?", "The board has a list.")

    def alter(unit: Unit) -> None:
        kind = "public" if change == "the channel is public now" else "private"
        people.change_channel(unit.connection, unit.team, BOARD, kind=kind)

    await house.bot.store.write(alter, team=house.team)
    if change == "the card stands elsewhere":
        await moved(house)
    await lena.modal.submit()
    assert lena.modal.errors == {"What should the owner know?": HIDDEN}
    assert await kept(house) == []


@pytest.mark.parametrize("told", [True, False], ids=["by its event", "by looking again"])
async def test_made_public_its_card_is_taken_down(house: House, lena: Robot, told: bool) -> None:
    """Whoever takes part sees it as before; nobody else, not even who was a member; no card comes back."""
    vera, nina = house.robot("vera"), house.robot("nina")
    if told:
        admin.make_public(house.slack, BOARD, "U0HUGO")
        await house.server.settle()
    else:
        house.slack.workspace.channels[BOARD].kind = "public"
        house.clock.forward(timedelta(hours=25))
    await vera.clicks("Acknowledge", newest(vera))
    await house.settle()
    assert not any("#1" in seen.text for seen in lena.sees("board"))
    await lena.types("/ai-conflict show 1", channel="board")
    assert HIDDEN in lena.ephemerals[-1].text
    await nina.types("/ai-conflict show 1", channel="board")
    assert SUBJECT in nina.ephemerals[-1].text
    await nina.clicks("Details", nina.ephemerals[-1])
    assert "Its card was taken down, because its channel was made public" in nina.modal.text


async def test_made_private_a_channel_keeps_its_card_and_what_is_reported_there_begins_confidential(
    house: House,
) -> None:
    """What was no secret is none because fewer people read it now; the card goes on for its members."""
    nina, vera = house.robot("nina"), house.robot("vera")
    form = await opens(nina, "Q4 pipeline for EMEA")
    await form.choose(KIND, FORECAST)
    await signals(form)
    await form.submit()
    await house.settle()
    await nina.modal.close()
    admin.make_private(house.slack, SALES, "U0NINA")
    await house.server.settle()
    await vera.clicks("Acknowledge", newest(vera))
    await house.settle()
    assert "Vera is on it" in card_of(nina, "sales").text
    await house.robot("omar").types("/ai-conflict show 1", channel="general")
    assert "Q4 pipeline for EMEA" in house.robot("omar").ephemerals[-1].text
    await nina.shortcut("Report AI conflict", nina.sees("sales")[-1])
    assert nina.modal.value("Privacy") == ["Keep it confidential"]


async def moved(house: House) -> None:
    """The card goes to another private channel."""
    made = await conflict(house)
    assert made is not None

    def rehome(unit: Unit) -> None:
        conflicts.rehome(unit.connection, made.id, "C0OTHER")

    await house.bot.store.write(rehome, team=house.team)


async def test_a_member_who_reports_the_same_there_joins(house: House, lena: Robot) -> None:
    """In the channel *Join #1* is offered, and who joins takes part; in the direct message it is not."""
    await reports_the_same(lena, "")
    assert "is with" in lena.modal.text
    await lena.modal.close()
    hugo = house.robot("hugo")
    await reports_the_same(hugo, "board")
    await hugo.modal.choose("What would you like to do?", "Join #1 (open)")
    await hugo.modal.submit()
    assert "You joined #1." in hugo.modal.text
    await hugo.types("/ai-conflict show 1", channel="general")
    assert SUBJECT in hugo.ephemerals[-1].text


async def reports_the_same(person: Robot, channel: str) -> None:
    """The same sources about the same thing."""
    form = await opens(person, SUBJECT, channel=channel)
    await form.choose(KIND, FORECAST)
    await signals(form)
    await form.submit()
