"""The nastiest words, typed into every field there is: shown, pinging nobody, breaking nothing."""

from __future__ import annotations

import pytest

from council.conflict import Signal
from tests.stories.acting import card_of, newest, now_of, reported
from tests.stories.house import House

HOSTILE = {
    "pings": "<!channel> <!here> <!everyone> <@U0VERA> <!subteam^S123> <#C0SALES>",
    "markup": "*bold* _x_ ~y~ & &amp; > quote `code` ```fence``` <https://evil.example|click>",
    "template and SQL": "{{ 7*7 }} {% raw %} {number} %s '; drop table conflicts; --",
    "right to left": "\u202eמרחבא\u202c مرحبا \u200f שלום",
    "emoji only": "🔥🧯👩‍🚒" * 30,
}


@pytest.mark.parametrize("text", HOSTILE.values(), ids=HOSTILE)
async def test_R42_hostile_words_are_shown_and_ping_nobody(house: House, text: str) -> None:
    """Reported, answered in words, given context, handed over, extended, decided: all with the same words."""
    signals = (Signal(source=text, says=text), Signal(source=f"other {text}", says=text))
    conflict = await reported(house, subject=text, waiting=text, account=text, signals=signals)
    vera, remy, omar = house.robot("vera"), house.robot("remy"), house.robot("omar")
    await omar.picks("Add context", card_of(omar))
    await omar.modal.fill("What should the owner know?", text)
    await omar.modal.submit()
    await vera.says(text, thread=card_of(vera))
    await house.settle()
    await vera.clicks("Just context", newest(vera))
    await vera.modal.submit()
    await vera.picks("Extend deadline", card_of(vera))
    await vera.modal.choose("New deadline", "2026-11-19 13:30")
    await vera.modal.fill("Why?", text)
    await vera.modal.submit()
    await vera.picks("Hand over", card_of(vera))
    await vera.modal.fill("Why?", text)
    await vera.modal.submit()
    await house.settle()
    await remy.clicks("Decide", newest(remy))
    form = remy.modal
    await form.choose("Whose signal stands?", "Neither")
    for label in ("The number to use", "Decision", "Why"):
        await form.fill(label, text)
    await form.click("Add more")
    for label in ("Trade-offs", "What did we learn?"):
        await form.fill(label, text)
    await form.submit()
    assert not remy.has_modal
    await house.forward(days=2)
    ruling = (await now_of(house, conflict.id)).ruling
    assert ruling is not None
    assert ruling.decision == text.strip()
    bot = house.slack.app.bot_user
    assert not [ping for ping in house.slack.record.pings if ping.by == bot]
    assert "49" not in card_of(omar).text.replace("#1", "")
    said = [*remy.inbox(), *vera.inbox(), *omar.sees("ai-decisions"), *omar.sees("ai-council")]
    assert all(message.fallback.strip() for message in said)


async def test_forty_thousand_characters_are_cut_kindly(house: House) -> None:
    """A typed answer of any length is kept as far as the form can hold it, and nothing is refused."""
    await reported(house)
    vera = house.robot("vera")
    await vera.says("roll-up & more " * 2_600)
    await house.settle()
    asked = newest(vera)
    assert asked.text.startswith("Shall this be the decision on #1? “roll-up & more")
    assert len(asked.text) < 1_000
    await vera.clicks("Decide", asked)
    assert len(str(vera.modal.value("Decision"))) <= 600
    await vera.modal.close()
    await vera.clicks("Just context", asked)
    assert 2_900 < len(str(vera.modal.value("What should the owner know?"))) <= 3_000
    await vera.modal.submit()
    assert not vera.has_modal


async def test_an_answer_of_emoji_only_is_an_answer(house: House) -> None:
    """Whatever it may mean: the owner is asked whether it is the decision."""
    await reported(house)
    vera = house.robot("vera")
    await vera.says("👍👍👍")
    await house.settle()
    assert newest(vera).text.startswith("Shall this be the decision on #1?")
