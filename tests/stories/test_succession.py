"""Somebody leaves: the admins are asked who follows, and everything goes along with one form."""

from __future__ import annotations

from council.workspace import Configuration
from sandbox.acts import admin
from sandbox.robot import Robot
from storage import actions, workspaces
from tests.stories.acting import PIPELINE, card_of, newest, now_of, reported, told
from tests.stories.house import House


async def in_force(house: House) -> Configuration:
    found = await house.bot.store.read(
        lambda connection: workspaces.load(connection, house.team, now=house.clock.now())
    )
    assert found is not None
    return found.configuration


async def open_items(house: House, person: str) -> int:
    _, count = await house.bot.store.read(lambda c: actions.open_of(c, house.team, person))
    return count


async def asks_for_data(house: House, owner: Robot, of: str) -> None:
    """An action item for somebody."""
    await owner.clicks("Details", card_of(owner))
    await owner.modal.click("Ask for data")
    await owner.modal.choose("Whom?", of)
    await owner.modal.fill("What do you need?", "The renewals of October")
    await owner.modal.choose("By when?", "2026-11-20")
    await owner.modal.submit()
    await house.settle()


async def test_one_form_hands_on_seats_conflicts_and_action_items(house: House) -> None:
    """Vera leaves with a conflict and something to do; Omar follows her."""
    conflict = await reported(house, PIPELINE)
    pavel, vera, omar = house.robot("pavel"), house.robot("vera"), house.robot("omar")
    await asks_for_data(house, vera, "vera")
    assert await open_items(house, vera.id) == 1
    admin.deactivate(house.slack, vera.id)
    await house.settle()
    await house.forward(hours=1)
    assert told(pavel)[-1] == "Vera has left: who follows?"
    assert "Vera held VP Sales." in newest(pavel).text
    assert "1 action item is still theirs." in newest(pavel).text
    await pavel.clicks("Name a successor", newest(pavel))
    assert "• VP Sales" in pavel.modal.text
    await pavel.modal.choose("Who follows?", "omar")
    await pavel.modal.submit()
    assert "• Holder of VP Sales: Vera → Omar" in pavel.modal.text
    assert pavel.modal.value("One action item") == "Goes to Omar, who will be told"
    await pavel.modal.choose("#1 Q4 pipeline for EMEA", "Goes to Omar, who will be told")
    await pavel.modal.click("Back")
    assert pavel.modal.value("Who follows?") == omar.id
    await pavel.modal.submit()
    await pavel.modal.choose("#1 Q4 pipeline for EMEA", "Goes to Omar, who will be told")
    await pavel.modal.submit()
    assert "One action item goes along." in pavel.modal.text
    await house.settle()
    await house.forward(hours=1)
    assert (await now_of(house, conflict.id)).owner == omar.id
    assert (await open_items(house, vera.id), await open_items(house, omar.id)) == (0, 1)
    role = (await in_force(house)).role("vp_sales")
    assert role is not None
    assert (role.holder, role.deputy) == (omar.id, "U0DEAN")


async def test_a_deputy_who_follows_stands_in_for_nobody(house: House) -> None:
    """Nobody is their own deputy."""
    pavel, vera = house.robot("pavel"), house.robot("vera")
    admin.deactivate(house.slack, vera.id)
    await house.settle()
    await house.forward(hours=1)
    await pavel.clicks("Name a successor", newest(pavel))
    await pavel.modal.choose("Who follows?", "gil")
    await pavel.modal.submit()
    assert "choose a full member" in pavel.modal.errors["Who follows?"]
    await pavel.modal.choose("Who follows?", "dean")
    await pavel.modal.submit()
    await pavel.modal.submit()
    role = (await in_force(house)).role("vp_sales")
    assert role is not None
    assert (role.holder, role.deputy) == ("U0DEAN", None)


async def test_who_held_nothing_is_asked_about_by_nobody(house: House) -> None:
    """And somebody named before the message went out leaves nothing to ask."""
    pavel, omar = house.robot("pavel"), house.robot("omar")
    admin.deactivate(house.slack, omar.id)
    await house.settle()
    await house.forward(hours=1)
    assert told(pavel) == []


async def test_R30_a_seat_whose_holder_left_is_marked_wherever_it_stands(house: House) -> None:
    """In the matrix and among the roles, until somebody follows."""
    pavel, vera = house.robot("pavel"), house.robot("vera")
    admin.deactivate(house.slack, vera.id)
    await house.settle()
    await pavel.types("/ai-council matrix", channel="general")
    assert "⚠ Vera, not here any more (VP Sales)" in pavel.modal.text
    await pavel.modal.click("Set up")
    await pavel.modal.click("Roles")
    assert "VP Sales\n⚠ Vera, not here any more · deputy Dean" in pavel.modal.text
