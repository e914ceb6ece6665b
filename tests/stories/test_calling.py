"""The emergency meeting, from the menu of the card to the meeting's end."""

from __future__ import annotations

from council.conflict import State
from tests.stories.acting import card_of, decides, newest, now_of, reported, told
from tests.stories.house import House

MENU = "Call an emergency meeting"


async def asks(house: House) -> None:
    """Nina asks for it from the menu of the card."""
    nina = house.robot("nina")
    await nina.picks(MENU, card_of(nina))
    assert nina.modal.title == "Emergency meeting"
    await nina.modal.fill("Why can it not wait?", "The board deck goes out tonight.")
    await nina.modal.submit()
    await house.settle()


async def test_asked_for_called_and_decided(house: House) -> None:
    """The chair is asked, calls it, who is needed hears when and where, and the card says so."""
    conflict = await reported(house)
    remy, vera, nina = house.robot("remy"), house.robot("vera"), house.robot("nina")
    await asks(house)
    assert "An emergency meeting is asked for; Remy is asked to call it." in card_of(nina).text
    assert told(remy)[-1] == "An emergency meeting is asked for on #1: Q4 pipeline for EMEA"
    assert newest(remy).buttons == ("Call it", "Decline")
    await remy.clicks("Call it", newest(remy))
    await remy.modal.choose("When?", "2026-11-17 15:00")
    await remy.modal.fill("Where (link)", "https://meet.example/juniper")
    await remy.modal.submit()
    assert not remy.has_modal, remy.modal.errors
    await house.settle()
    assert told(vera)[-1] == "Emergency meeting on #1: Q4 pipeline for EMEA"
    assert told(nina)[-1] == "Emergency meeting on #1: Q4 pipeline for EMEA"
    assert (
        "Clari AI says 4.2 M€, Rep roll-up says 3.1 M€. Until then Rep roll-up stands." in newest(nina).text
    )
    await nina.clicks("I can't", newest(nina))
    await vera.clicks("I'll be there", newest(vera))
    await house.settle()
    assert "there: Vera · can't: Nina" in card_of(nina).text
    await nina.clicks("I'll be there", newest(nina))
    await house.settle()
    assert "there: Vera and Nina" in card_of(remy).text
    changed = await now_of(house, conflict.id)
    assert changed.deadline.kind == "called"
    assert changed.deadline.limit < conflict.deadline.limit
    await decides(house, vera)
    assert (await now_of(house, conflict.id)).state is State.DECIDED


async def test_once_it_is_over_the_caller_says_whether_it_decided(house: House) -> None:
    """One tap: the owner writes it down, or decides by the end of the day."""
    conflict = await reported(house)
    remy, vera = house.robot("remy"), house.robot("vera")
    await asks(house)
    await remy.clicks("Call it", newest(remy))
    await remy.modal.choose("When?", "2026-11-17 15:00")
    await remy.modal.submit()
    await house.settle()
    await house.until(house.clock.now().replace(hour=14, minute=30))
    assert told(remy)[-1] == "Is #1 decided: Q4 pipeline for EMEA?"
    assert newest(remy).buttons == ("Yes", "Not decided")
    await remy.clicks("Not decided", newest(remy))
    await house.settle()
    assert told(vera)[-1] == "#1 was not decided in the emergency meeting: Q4 pipeline for EMEA"
    assert "You decide by Today at 5:30 PM" in newest(vera).text
    assert "Not decided" not in newest(remy).buttons
    await decides(house, vera)
    assert (await now_of(house, conflict.id)).state is State.DECIDED


async def test_declined_with_a_reason(house: House) -> None:
    """Whoever asked hears why not; the deadline stays."""
    conflict = await reported(house)
    remy, nina = house.robot("remy"), house.robot("nina")
    await asks(house)
    await remy.clicks("Decline", newest(remy))
    await remy.modal.fill("Why not?", "Vera has the export by noon.")
    await remy.modal.submit()
    await house.settle()
    assert told(nina)[-1] == "No emergency meeting on #1: Q4 pipeline for EMEA"
    assert "Vera has the export by noon." in newest(nina).text
    assert (await now_of(house, conflict.id)).deadline == conflict.deadline
    assert "emergency meeting is asked" not in card_of(nina).text


async def test_a_silent_chair_is_followed_by_the_deputy(house: House) -> None:
    """After two working hours; both may call it."""
    await reported(house)
    await asks(house)
    await house.forward(hours=2)
    for name in ("remy", "tess"):
        assert told(house.robot(name))[-1] == "An emergency meeting is asked for on #1: Q4 pipeline for EMEA"
        assert newest(house.robot(name)).buttons == ("Call it", "Decline")


async def test_who_takes_no_part_is_told_who_may(house: House) -> None:
    """A colleague who only reads along can't ask for it."""
    await reported(house)
    omar = house.robot("omar")
    await omar.picks(MENU, card_of(omar))
    assert "Only who takes part in #1 can ask for an emergency meeting." in omar.ephemerals[-1].text


async def test_a_report_whose_meeting_comes_too_late_offers_it(house: House) -> None:
    """Needed before the council meets: the form offers the call, and the chair is asked with the report."""
    nina, remy = house.robot("nina"), house.robot("remy")
    await nina.types("/ai-conflict Churn in APAC", channel="sales")
    form = nina.modal
    await form.choose("What kind of conflict?", "Cross-functional metric contradiction")
    await form.choose("First source", "CS platform", query="CS platform")
    await form.fill("What it says", "2.1 %")
    await form.choose("Second source", "Finance ledger", query="Finance ledger")
    await form.fill("What it says", "3.4 %", nth=1)
    assert "Ask for an emergency call" not in form.text
    await form.choose("Needed by", "2026-11-19 12:00")
    await nina.modal.tick("Ask for an emergency call")
    await nina.modal.submit()
    await house.settle()
    lines = told(remy)
    assert "You decide #1: Churn in APAC" in lines
    assert any("emergency meeting is asked for" in message.text for message in nina.sees("sales"))
