"""bolt over the real loopback socket: a person raises something and another takes it."""

from __future__ import annotations

from sandbox.server import Server
from tests.sandbox.bolt import running


async def test_a_report_goes_from_command_to_acknowledged_card(server: Server) -> None:
    """Nina types a command, fills the form, the card stands in the channel, Marcus takes it."""
    nina, marcus = server.robot("nina"), server.robot("marcus")
    async with running(server) as app:
        await nina.types("/raise", channel="sales")
        modal = nina.modal
        assert modal.title == "Raise it"
        await modal.choose("Kind", "Data")
        assert "data is decided by @Marcus" in modal.text
        await modal.fill("What do they disagree about?", "Q4")
        await modal.fill("What it says", "4.2 M€")
        await modal.fill("What it says", "3.1 M€", nth=1)
        await modal.submit()
        assert modal.errors == {"What do they disagree about?": "Say a little more."}
        await modal.fill("What do they disagree about?", "Q4 pipeline")
        await modal.choose("Source", "Clari")
        assert modal.value("Kind") == "Data"
        await modal.submit()
        assert not nina.has_modal

        seen = marcus.sees("sales")[-1]
        assert seen.text.startswith("Q4 pipeline")
        assert seen.buttons == ("Acknowledge",)
        assert seen.menu == ("Hand over", "Withdraw")
        assert marcus.inbox()[-1].text == "You decide: Q4 pipeline"

        await marcus.picks("Hand over")
        assert app.heard[-1]["actions"][0]["selected_option"]["value"] == "Hand over"
        await marcus.clicks("Acknowledge", seen)
        assert marcus.again(seen).text == "taken"
        assert marcus.ephemerals[-1].text == "Thank you."
        assert not nina.ephemerals
    assert server.slack.record.defects == []
