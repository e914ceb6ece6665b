"""Who may press what: every button of an open card by everybody it does not belong to, and by who it does."""

from __future__ import annotations

import pytest

from sandbox.robot import Robot
from tests.stories.acting import card_of, newest, reported, told
from tests.stories.company import COUNCIL
from tests.stories.house import House

OWNERS_ONLY = ("Acknowledge", "Decide", "Hand over", "Extend deadline")
GUEST = "Guests can't take part here; please ask a colleague who is a full member."


@pytest.mark.parametrize("label", OWNERS_ONLY)
@pytest.mark.parametrize("name", ["nina", "omar", "dean", "remy", "hugo", "pavel"])
async def test_R37_what_is_the_owners_is_nobody_elses(house: House, name: str, label: str) -> None:
    """Reporter, colleague, deputy, chair, sponsor and admin are each told who can, and what they can do."""
    await reported(house)
    person = house.robot(name)
    await press(person, label)
    assert not person.has_modal
    assert person.ephemerals[-1].text.startswith("Only Vera can ")
    assert person.ephemerals[-1].buttons == ("Add context",)
    assert "to be acknowledged by" in card_of(person).text


async def press(person: Robot, label: str) -> None:
    """A button of the card, or an entry of its menu."""
    card = card_of(person)
    await (person.clicks if label in card.buttons else person.picks)(label, card)


@pytest.mark.parametrize("label", [*OWNERS_ONLY, "Add context", "Withdraw"])
async def test_R37_guests_are_told_politely(house: House, label: str) -> None:
    """A guest in the channel sees the card; nothing on it is theirs."""
    house.slack.workspace.channels[COUNCIL].members.append("U0GIL")
    await reported(house)
    gil = house.robot("gil")
    await press(gil, label)
    assert not gil.has_modal
    assert gil.ephemerals[-1].text == GUEST


@pytest.mark.parametrize("label", OWNERS_ONLY)
async def test_R38_the_owner_is_never_refused(house: House, label: str) -> None:
    """Every one of them works for Vera, from the card."""
    await reported(house)
    vera = house.robot("vera")
    await press(vera, label)
    await house.settle()
    assert not vera.ephemerals
    assert vera.has_modal is (label != "Acknowledge")


async def test_R38_only_whom_the_chain_reached_takes_over(house: House) -> None:
    """Dean, reached, finds *Take over* in the refusal of **Decide** as well; Hugo, not reached, does not."""
    await reported(house)
    await house.forward(hours=24)
    dean, hugo = house.robot("dean"), house.robot("hugo")
    await hugo.clicks("Decide", card_of(hugo))
    assert hugo.ephemerals[-1].buttons == ("Add context",)
    await dean.clicks("Decide", card_of(dean))
    assert dean.ephemerals[-1].buttons == ("Take over", "Add context")
    await dean.clicks("Take over", dean.ephemerals[-1])
    await house.settle()
    assert "Dean decides now" in card_of(dean).text
    assert told(dean)[-1] == "You decide #1 now: Q4 pipeline for EMEA"
    assert newest(dean).buttons == ("Decide", "Hand over")


async def test_a_confidential_conflict_has_no_card_and_is_told_to_its_people_only(house: House) -> None:
    """Reporter, owner and those told by the route; nobody else finds a word of it, and no log has it."""
    await reported(house, confidential=True, reported_in=None)
    vera, remy = house.robot("vera"), house.robot("remy")
    assert told(vera) == ["You decide #1: Q4 pipeline for EMEA"]
    assert told(remy) == ["#1 concerns you: Q4 pipeline for EMEA"]
    assert not vera.sees("ai-council")
    await vera.clicks("Acknowledge", newest(vera))
    await house.settle()
    assert "See the card" not in newest(vera).text
    for name in ("omar", "dean", "tess", "hugo", "pavel"):
        assert not house.robot(name).inbox()
