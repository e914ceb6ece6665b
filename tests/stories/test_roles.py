"""Seats by form: somebody changes jobs, and what is open goes along when the admin says so."""

from __future__ import annotations

from council.roles import Role
from sandbox.robot import Robot
from storage import workspaces
from tests.stories.acting import PIPELINE, now_of, reported, told
from tests.stories.house import House


async def opens(person: Robot, role: str) -> None:
    """The form of a role, from the command on."""
    await person.types("/ai-council setup", channel="general")
    await person.modal.click("Roles")
    names = [text.split("\n")[0] for text in person.modal.texts if "\n" in text]
    await person.modal.click("Edit", names.index(role))


async def seat(house: House, key: str) -> Role | None:
    """The seat as it is now."""
    found = await house.bot.store.read(
        lambda connection: workspaces.load(connection, house.team, now=house.clock.now())
    )
    assert found is not None
    return found.configuration.role(key)


async def test_somebody_changes_jobs(house: House) -> None:
    """One form: the seat, and what is open moves with it; the new holder is told, the old one too."""
    conflict = await reported(house, PIPELINE)
    pavel, vera, omar = house.robot("pavel"), house.robot("vera"), house.robot("omar")
    await opens(pavel, "VP Sales")
    assert pavel.modal.value("Who holds it?") == vera.id
    await pavel.modal.choose("Who holds it?", "omar")
    await pavel.modal.submit()
    assert "• Holder of VP Sales: Vera → Omar" in pavel.modal.text
    await pavel.modal.choose("#1 Q4 pipeline for EMEA", "Goes to Omar, who will be told")
    before = len(told(vera))
    await pavel.modal.submit()
    assert "#1 goes to Omar." in pavel.modal.text
    await house.settle()
    assert (await now_of(house, conflict.id)).owner == omar.id
    assert told(omar)[-1] == "You decide #1: Q4 pipeline for EMEA"
    assert told(vera)[before:] == ["#1 went on to Omar: Q4 pipeline for EMEA"]
    held = await seat(house, "vp_sales")
    assert held is not None
    assert (held.holder, held.deputy) == (omar.id, "U0DEAN")


async def test_a_circle_and_an_empty_seat_are_said_before_they_are_saved(house: House) -> None:
    """They work, but not as well as they could."""
    pavel = house.robot("pavel")
    await opens(pavel, "Sales Manager")
    await pavel.modal.choose("Who stands in?", "vera")
    await pavel.modal.submit()
    assert "stand in for one another; with both away it goes to the chair." in pavel.modal.text
    await pavel.modal.click("Back")
    await pavel.modal.clear("Who stands in?")
    await pavel.modal.clear("Who holds it?")
    await pavel.modal.submit()
    assert "⚠ Nobody holds Sales Manager" in pavel.modal.text


async def test_who_can_not_sit_there(house: House) -> None:
    """Their own deputy, a guest, a name that is taken: each under its field."""
    pavel = house.robot("pavel")
    await opens(pavel, "VP Sales")
    await pavel.modal.choose("Who stands in?", "vera")
    await pavel.modal.submit()
    assert pavel.modal.errors == {"Who stands in?": "Vera can't be the deputy of their own seat."}
    await pavel.modal.choose("Who stands in?", "gil")
    await pavel.modal.submit()
    assert "choose a full member" in pavel.modal.errors["Who stands in?"]
    await pavel.modal.choose("Who stands in?", "dean")
    await pavel.modal.fill("What is it called?", "coo")
    await pavel.modal.submit()
    assert pavel.modal.errors == {"What is it called?": "There are two of the name “COO”."}


async def test_a_new_seat_can_decide_at_once(house: House) -> None:
    """Added, it is found by who searches an owner."""
    pavel = house.robot("pavel")
    await pavel.types("/ai-council setup", channel="general")
    await pavel.modal.click("Roles")
    await pavel.modal.click("Add a role")
    await pavel.modal.fill("What is it called?", "Finance lead")
    await pavel.modal.choose("Who holds it?", "omar")
    await pavel.modal.submit()
    await pavel.modal.submit()
    assert pavel.modal.title == "Saved"
    await pavel.modal.click("Conflict types")
    await pavel.modal.click("Edit")
    assert await pavel.modal.search("Who decides?", "finance") == ["Finance lead (Omar)"]
