"""**Details**: the whole story of a conflict, from wherever it is shown."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta

from slack_sdk.web.async_client import AsyncWebClient

from council.conflict import Signal
from handlers import forms, kit
from handlers.conflicts.names import Acts
from tests.stories.house import House
from tests.stories.reading import NASTY, PIPELINE, added, decided, known


async def test_details_tell_the_whole_story(house: House) -> None:
    """Signals with links, the route with each because, context, replies as links, what happened."""
    linked = Signal(source="Clari AI", says="4.2 M€", link="https://clari.example/q4?a=1&b=2", as_of="Monday")
    facts = replace(PIPELINE, signals=(linked, PIPELINE.signals[1]), waiting="board deck")
    [conflict] = await known(house, facts)
    await house.settle()
    nina, omar, lena = house.robot("nina"), house.robot("omar"), house.robot("lena")
    [card] = [message for message in nina.sees("ai-council") if "#1" in message.text]
    await omar.says("I have seen 3.3 M€", thread=card)
    await lena.clicks("Details", card)
    assert lena.modal.title == "#1"
    assert lena.modal.close_label == "Done"
    assert not lena.modal.submit_label
    await lena.modal.close()
    await added(house, conflict, "Renewals count twice", link="https://wiki.example/renewals")
    await house.robot("vera").clicks("Acknowledge", card)
    await nina.clicks("Details", card)
    text = nina.modal.text
    assert "Clari AI" in text
    assert "4.2 M€" in text
    assert "By Nina" in text
    assert "Waiting for it: board deck" in text
    assert "Asked to decide: Vera (VP Sales), because VP Sales decides business questions like this" in text
    assert "Told: Remy (RevOps lead)" in text
    assert "Asked next when there is no answer: the deputy, then the council chair, then the sponsor" in text
    assert "Until then use Rep roll-up (Sales), because Sales owns the pipeline forecast" in text
    assert "Lena" in text
    assert "Renewals count twice" in text
    assert "Reported as Pipeline forecast discrepancy" in text
    assert "Vera is on it" in text
    assert "Omar, " in text
    assert "3.3 M€" not in text
    links = dict(nina.eyes.links(nina.modal.view.blocks))
    assert links["Link"] == "https://wiki.example/renewals"
    assert links["See the reply"].startswith("https://juniper.example/archives/C0COUNCIL/p")
    assert links["See the card"].startswith("https://juniper.example/archives/C0COUNCIL/p")


async def test_a_decision_is_told_with_what_was_learned(house: House) -> None:
    """What stands, what to do, why, what it costs, and the lesson."""
    [conflict] = await known(house)
    await decided(house, conflict)
    lena = house.robot("lena")
    await lena.types("/ai-conflict show 1")
    assert "Rep roll-up stands" in lena.ephemerals[-1].text
    assert lena.ephemerals[-1].buttons == ("Details", "Add context", "Report this instead")
    await lena.clicks("Details", lena.ephemerals[-1])
    text = lena.modal.text
    for words in ("Rep roll-up stands", "Present 3.1 M€ in the board deck.", "Clari counts renewals twice"):
        assert words in text
    assert "Trade-offs\nWe may look too careful." in text
    assert "What we learned\nAsk what a forecast counts." in text


async def test_details_open_from_a_list_and_from_a_message(house: House) -> None:
    """The same window from an entry of the list and from the message that says what was decided."""
    [conflict] = await known(house)
    nina = house.robot("nina")
    await nina.types("/ai-conflict list", channel="general")
    await nina.clicks("Details", nina.ephemerals[-1])
    assert "Q4 pipeline for EMEA" in nina.modal.text
    await nina.modal.close()
    await decided(house, conflict)
    await house.settle()
    told = nina.inbox()[-1]
    assert "decided" in told.text
    await nina.clicks("Details", told)
    assert nina.modal.title == "#1"


async def test_from_inside_a_window_details_come_on_top_of_it(house: House) -> None:
    """Closing them leads back to where one was."""
    [conflict] = await known(house)
    nina = house.robot("nina")
    await nina.types("/ai-conflict", channel="sales")
    blocks = [kit.text("Something"), *kit.buttons([kit.button("Details", Acts.DETAILS, conflict.id)])]
    client = AsyncWebClient(house.slack.bot_token(), base_url=house.server.api_url)
    await client.views_update(view_id=nina.modal.id, view=forms.modal("below", "Below", blocks))
    below = nina.modal
    await below.click("Details")
    assert nina.modal.title == "#1"
    await nina.modal.close()
    assert nina.modal.id == below.id


async def test_a_very_long_story_is_shortened_and_says_so(house: House) -> None:
    """Of sixty pieces of context the newest are shown, and how many came before."""
    signals = tuple(Signal(source=f"{number} {NASTY}", says=NASTY) for number in range(4))
    [conflict] = await known(house, signals=signals)
    for number in range(60):
        house.clock.forward(timedelta(minutes=1))
        await added(house, conflict, f"piece {number} {NASTY} " + "🔥" * 2900)
    nina = house.robot("nina")
    await nina.types("/ai-conflict show 1", channel="general")
    await nina.clicks("Details", nina.ephemerals[-1])
    assert "piece 59" in nina.modal.text
    assert "piece 10 " not in nina.modal.text
    assert "more before these" in nina.modal.text
    assert "<!channel>" in nina.modal.text
