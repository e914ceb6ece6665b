"""Somebody was faster: nothing is decided twice, and nothing typed is lost."""

from __future__ import annotations

import asyncio

from council.conflict import State
from sandbox.robot import Robot
from sandbox.robot_modal import RobotModal
from tests.stories.acting import (
    LEADS,
    card_of,
    context_of,
    fill_decision,
    hand_over,
    newest,
    now_of,
    reported,
)
from tests.stories.house import House


async def opened(vera: Robot, **how: str) -> RobotModal:
    """The form, filled in."""
    await vera.clicks("Decide", newest(vera))
    form = vera.modal
    await fill_decision(form, **how)
    return form


def set_aside(house: House, person: Robot) -> list[str]:
    """The window stays open on another device."""
    return house.slack.stacks.pop(person.id)


def bring_back(house: House, person: Robot, windows: list[str]) -> None:
    """Back to the device with that window."""
    house.slack.stacks[person.id] = [*house.slack.stacks.get(person.id, []), *windows]


async def test_R40_the_owner_decides_in_two_windows_in_the_same_second(house: House) -> None:
    """Of two decisions sent at once one stands, once in the story and once in the log."""
    conflict = await reported(house)
    vera = house.robot("vera")
    phone = await opened(vera, decision="Present 3.1 M€.")
    on_phone = set_aside(house, vera)
    laptop = await opened(vera, decision="Present 3.2 M€.", why="rounded up")
    sending = asyncio.create_task(laptop.submit())
    await asyncio.sleep(0)
    bring_back(house, vera, on_phone)
    await asyncio.gather(sending, phone.submit())
    await house.settle()
    now = await now_of(house, conflict.id)
    assert now.version == conflict.version + 1
    assert now.ruling is not None
    assert now.ruling.decision in ("Present 3.1 M€.", "Present 3.2 M€.")
    assert len(vera.sees("ai-decisions")) == 1


async def test_R40_two_owners_decide_two_conflicts_at_once_and_both_stand(house: House) -> None:
    """Vera and Remy press **Decide** in the same second, each on their own: neither is lost."""
    forecast, leads = await reported(house), await reported(house, LEADS)
    vera, remy = house.robot("vera"), house.robot("remy")
    pipeline = await opened(vera)
    webinars = await opened(remy, decision="Follow up on webinar leads only.")
    await asyncio.gather(pipeline.submit(), webinars.submit())
    await house.settle()
    assert not vera.has_modal
    assert not remy.has_modal
    ended = [await now_of(house, id) for id in (forecast.id, leads.id)]
    assert [(each.state, each.owner, each.ruling and each.ruling.decision) for each in ended] == [
        (State.DECIDED, vera.id, "Present 3.1 M€ in the board deck."),
        (State.DECIDED, remy.id, "Follow up on webinar leads only."),
    ]
    assert len(vera.sees("ai-decisions")) == 2


async def test_the_form_of_who_comes_too_late_turns_into_the_decision(house: House) -> None:
    """Withdrawn while the form was open: it says so and keeps every word for **Add as context**."""
    conflict = await reported(house)
    vera, nina = house.robot("vera"), house.robot("nina")
    form = await opened(vera)
    await nina.picks("Withdraw", card_of(nina))
    await nina.modal.fill("Why?", "Clari corrected it")
    await nina.modal.submit()
    await form.submit()
    late = vera.modal
    assert late.title == "Decide #1"
    assert late.submit_label == "Add as context"
    assert late.text.startswith("#1 was withdrawn by Nina: Clari corrected it")
    typed = str(late.value("What should the owner know?"))
    assert "Present 3.1 M€ in the board deck." in typed
    assert "Clari counts renewals twice since October (0.9 M€)." in typed
    assert "The number to use: 3.1 M€" in typed
    await late.submit()
    assert not vera.has_modal
    assert typed in await context_of(house, conflict.id)
    assert (await now_of(house, conflict.id)).state is State.WITHDRAWN


async def test_the_form_of_an_owner_whose_deputy_took_over_keeps_the_words(house: House) -> None:
    """Dean took over while Vera was typing: *Only Dean can decide #1 now*, and her words become context."""
    conflict = await reported(house)
    await house.forward(hours=24)
    vera, dean = house.robot("vera"), house.robot("dean")
    form = await opened(vera)
    await dean.clicks("Take over", newest(dean))
    await house.settle()
    await form.submit()
    late = vera.modal
    assert late.text.startswith("Only Dean can decide #1 now. You can add context.")
    await late.submit()
    [words] = await context_of(house, conflict.id)
    assert "Present 3.1 M€" in words
    assert (await now_of(house, conflict.id)).owner == dean.id


async def test_the_form_of_an_owner_who_handed_over_meanwhile_keeps_the_words(house: House) -> None:
    """Handed over on the phone, decided on the laptop: the words are not lost."""
    await reported(house)
    vera = house.robot("vera")
    form = await opened(vera)
    on_laptop = set_aside(house, vera)
    await hand_over(house, vera, "remy")
    bring_back(house, vera, on_laptop)
    await form.submit()
    assert vera.modal.text.startswith("Only Remy can decide #1 now.")
    assert "Present 3.1 M€" in str(vera.modal.value("What should the owner know?"))


async def test_decided_meanwhile_names_who_and_when(house: House) -> None:
    """*Vera decided #1, at …: what* stands above the typed words."""
    await reported(house)
    vera = house.robot("vera")
    phone = await opened(vera, decision="Present 3.1 M€.")
    on_phone = set_aside(house, vera)
    laptop = await opened(vera, decision="Present 3.2 M€.", why="rounded up")
    await laptop.submit()
    bring_back(house, vera, on_phone)
    await phone.submit()
    assert vera.modal.text.startswith("Vera decided #1, ")
    assert "Present 3.2 M€." in vera.modal.text
    assert "Present 3.1 M€." in str(vera.modal.value("What should the owner know?"))


async def test_R40_a_double_click_on_submit_decides_once(house: House) -> None:
    """The same submission delivered twice: one decision and one line in the log."""
    conflict = await reported(house)
    vera = house.robot("vera")
    form = await opened(vera)
    house.slack.faults.double_asking = 1
    await form.submit()
    await house.settle()
    assert (await now_of(house, conflict.id)).version == conflict.version + 1
    assert len(vera.sees("ai-decisions")) == 1


async def test_a_button_of_an_old_message_says_how_it_ended(house: House) -> None:
    """The refusal names who decided what, when, and offers to add context."""
    await reported(house)
    vera = house.robot("vera")
    form = await opened(vera)
    old = card_of(vera)
    await form.submit()
    await vera.clicks("Acknowledge", old, patient=True)
    said = vera.ephemerals[-1]
    assert said.text.startswith("Vera decided #1, ")
    assert said.buttons == ("Add context",)
