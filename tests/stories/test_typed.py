"""Answers in words: to the bot or under the card, by the person who is asked, by others, by guests."""

from __future__ import annotations

from council.conflict import State
from sandbox.acts import speaking
from tests.stories.acting import card_of, context_of, newest, now_of, reported, told
from tests.stories.house import House

WHAT_CAN_BE_DONE = (
    "Here you can answer what you are asked: ack, or your decision in words. "
    "To report a conflict type /ai-conflict; /ai-conflict list shows what is open."
)


async def test_a_typed_answer_becomes_a_proposed_decision(house: House) -> None:
    """*Shall this be the decision?* **Decide** opens the form with the words in it."""
    conflict = await reported(house)
    vera = house.robot("vera")
    await vera.says("use the CRM number & be done")
    await house.settle()
    asked = newest(vera)
    assert asked.text.startswith("Shall this be the decision on #1? “use the CRM number & be done”")
    assert asked.buttons == ("Decide", "Just context")
    assert vera.inbox()[0].buttons == ("Acknowledge", "Decide", "Hand over")
    await vera.clicks("Decide", asked)
    form = vera.modal
    assert form.value("Decision") == "use the CRM number & be done"
    await form.choose("Whose signal stands?", "Rep roll-up")
    await form.fill("Why", "It is booked there.")
    await form.submit()
    await house.settle()
    ruling = (await now_of(house, conflict.id)).ruling
    assert ruling is not None
    assert ruling.decision == "use the CRM number & be done"


async def test_just_context_keeps_the_words_beside_the_conflict(house: House) -> None:
    """The words stand in the form of **Add context** already."""
    conflict = await reported(house)
    vera = house.robot("vera")
    await vera.says("Clari was changed in October", thread=card_of(vera))
    await house.settle()
    await vera.clicks("Just context", newest(vera))
    assert vera.modal.value("What should the owner know?") == "Clari was changed in October"
    await vera.modal.submit()
    assert await context_of(house, conflict.id) == ["Clari was changed in October"]
    assert (await now_of(house, conflict.id)).state is State.OPEN


async def test_each_typed_sentence_gets_its_own_answer(house: House) -> None:
    """A second sentence about the same conflict is heard like the first; one delivered twice only once."""
    await reported(house)
    vera = house.robot("vera")
    await vera.says("use the roll-up")
    await house.settle()
    house.slack.faults.double_events = 1
    await vera.says("no, wait: ask finance")
    await house.settle()
    asked = [line for line in told(vera) if line.startswith("Shall this")]
    assert asked == [
        "Shall this be the decision on #1? “use the roll-up”",
        "Shall this be the decision on #1? “no, wait: ask finance”",
    ]


async def test_R44_a_corrected_answer_stands_in_the_form_and_pings_nobody(house: House) -> None:
    """The message was edited before **Decide** was pressed: the form has the new words."""
    await reported(house)
    vera = house.robot("vera")
    said = await vera.says("use the roll-pu")
    await house.settle()
    before = len(vera.inbox())
    await vera.edits(said, "use the roll-up")
    await house.settle()
    assert len(vera.inbox()) == before
    await vera.clicks("Decide", newest(vera))
    assert vera.modal.value("Decision") == "use the roll-up"


async def test_with_several_open_the_bot_asks_which_one_is_meant(house: House) -> None:
    """Each is named with what it is about; choosing one opens its form with the words in it."""
    await reported(house)
    second = await reported(house, subject="Q1 outlook for LATAM")
    vera = house.robot("vera")
    await vera.says("use the roll-up")
    await house.settle()
    asked = newest(vera)
    assert asked.text.startswith("You have 2 open conflicts. Which one is “use the roll-up” about?")
    assert "#1 Q4 pipeline for EMEA" in asked.text
    assert "#2 Q1 outlook for LATAM" in asked.text
    assert asked.buttons == ("#1", "#2")
    await vera.clicks("#2", asked)
    assert vera.modal.title == f"Decide #{second.number}"
    assert vera.modal.value("Decision") == "use the roll-up"


async def test_ack_with_several_open_asks_which_one_too(house: House) -> None:
    """Only those that still wait for an acknowledgement are offered; one left needs no question."""
    first = await reported(house)
    second = await reported(house, subject="Q1 outlook for LATAM")
    vera = house.robot("vera")
    await vera.says("ack")
    await house.settle()
    assert newest(vera).buttons == ("Acknowledge #1", "Acknowledge #2")
    await vera.clicks("Acknowledge #2", newest(vera))
    await house.settle()
    assert (await now_of(house, first.id)).state is State.OPEN
    assert (await now_of(house, second.id)).state is State.ACKNOWLEDGED
    await vera.says("ack")
    await house.settle()
    assert (await now_of(house, first.id)).state is State.ACKNOWLEDGED


async def test_ack_of_what_one_is_on_already_is_answered_in_one_line(house: House) -> None:
    """Nothing else waits for Vera: she hears that she is on it, and by when it is due."""
    await reported(house)
    vera = house.robot("vera")
    await vera.clicks("Acknowledge", newest(vera))
    await house.settle()
    for thread in (None, card_of(vera)):
        await vera.says("ack", thread=thread)
        await house.settle()
        assert newest(vera).text.startswith("You are on #1 already; it is due Nov 19 at")
        assert newest(vera).buttons == ("Decide", "Hand over")
    await reported(house, subject="Q1 outlook for LATAM")
    await vera.clicks("Acknowledge", newest(vera))
    await vera.says("ack")
    await house.settle()
    assert "You are on 1 more; this one comes first." in newest(vera).text
    await vera.clicks("Decide", newest(vera))
    assert vera.modal.title == "Decide #1"


async def test_ack_by_whom_the_chain_asked_about_what_is_acknowledged_offers_to_take_over(
    house: House,
) -> None:
    """Vera is on it and late; Dean is asked, and his `ack` never takes over silently."""
    conflict = await reported(house)
    vera, dean = house.robot("vera"), house.robot("dean")
    await vera.clicks("Acknowledge", newest(vera))
    await house.forward(days=3)
    assert (await now_of(house, conflict.id)).asked == dean.id
    await dean.says("ack")
    await house.settle()
    assert told(dean)[-1] == "#1 is with Vera: Q4 pipeline for EMEA"
    assert newest(dean).buttons == ("Take over",)


async def test_an_answer_in_the_thread_is_about_that_conflict(house: House) -> None:
    """Under its own card or message nobody is asked which one is meant."""
    await reported(house)
    await reported(house, subject="Q1 outlook for LATAM")
    vera = house.robot("vera")
    await vera.says("use the roll-up", thread=vera.inbox()[0])
    await house.settle()
    assert told(vera)[-1] == "Shall this be the decision on #1? “use the roll-up”"


async def test_a_deputy_who_answers_in_words_is_offered_to_take_over(house: House) -> None:
    """The chain has asked Dean; his sentence decides nothing before he takes over."""
    conflict = await reported(house)
    await house.forward(hours=24)
    dean = house.robot("dean")
    await dean.says("use the roll-up")
    await house.settle()
    assert newest(dean).buttons == ("Take over",)
    assert (await now_of(house, conflict.id)).owner == house.robot("vera").id


async def test_anything_else_typed_gets_one_line_of_what_can_be_done(house: House) -> None:
    """Nothing waits for Omar: he hears what can be done here, and a guest hears it kindly."""
    omar = house.robot("omar")
    await omar.says("hello?")
    await house.settle()
    assert newest(omar).text.endswith(WHAT_CAN_BE_DONE)
    guest = house.robot("gil")
    await guest.says("use the CRM number")
    await house.settle()
    said = "Guests can't take part here; please ask a colleague who is a full member."
    assert newest(guest).text.endswith(said)


async def test_words_after_the_end_are_not_a_decision(house: House) -> None:
    """Under the card of what was withdrawn a sentence is left alone; to the bot it gets the one line."""
    await reported(house)
    nina, vera = house.robot("nina"), house.robot("vera")
    await nina.picks("Withdraw", card_of(nina))
    await nina.modal.fill("Why?", "Clari corrected it")
    await nina.modal.submit()
    await house.settle()
    before = len(vera.inbox())
    await vera.says("use the roll-up", thread=card_of(vera))
    await house.settle()
    assert len(vera.inbox()) == before
    await vera.says("use the roll-up")
    await house.settle()
    assert newest(vera).text.endswith(WHAT_CAN_BE_DONE)


async def test_what_bots_say_is_never_an_answer(house: House) -> None:
    """Another app that replies under the card is left alone."""
    conflict = await reported(house)
    vera = house.robot("vera")
    card = card_of(vera)
    house.slack.workspace.channels[card.channel].members.append("U0SCORER")
    speaking.say(house.slack, "U0SCORER", card.channel, "ack", card.ts)
    await house.settle()
    assert (await now_of(house, conflict.id)).state is State.OPEN
