"""The thinnest way through all rooms: reported, asked, acknowledged."""

from __future__ import annotations

from tests.stories.house import House


async def test_a_rep_reports_and_the_owner_acknowledges(house: House) -> None:
    """A rep reports in one form; the owner gets one message and acknowledges in one tap."""
    nina, vera = house.robot("nina"), house.robot("vera")
    await nina.types("/ai-conflict Q4 pipeline for EMEA", channel="sales")
    form = nina.modal
    assert form.title == "Report an AI conflict"
    await form.choose("What kind of conflict?", "Pipeline forecast discrepancy")
    assert "Vera (VP Sales) decides by" in form.text
    await form.choose("First source", "Clari AI", query="Clari AI")
    await form.fill("What it says", "4.2 M€")
    await form.choose("Second source", "Rep roll-up", query="Rep roll-up")
    await form.fill("What it says", "3.1 M€", nth=1)
    await form.submit()
    assert "#1 is with Vera" in nina.modal.text
    await house.settle()
    [card] = [message for message in nina.sees("sales") if "#1" in message.text]
    assert "Q4 pipeline for EMEA" in card.text
    [asked] = vera.inbox()
    assert "You decide #1" in asked.text
    await vera.clicks("Acknowledge", asked)
    await house.settle()
    assert "Vera is on it" in nina.again(card).text
    assert "Acknowledge" not in nina.again(card).buttons
