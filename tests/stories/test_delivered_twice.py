"""What Slack delivers twice, at once or minutes later, has one effect, and everybody gets one answer."""

from __future__ import annotations

from collections.abc import Callable, Coroutine
from datetime import timedelta
from typing import Any

import pytest

from council.conflict import State
from sandbox.robot import Robot
from tests.stories.acting import card_of, decides, newest, now_of, reported, told
from tests.stories.house import House

Act = Callable[[Robot], Coroutine[Any, Any, object]]

LATER = timedelta(minutes=5)
WHEN = pytest.mark.parametrize("later", [timedelta(0), LATER], ids=["at once", "later"])


def twice(house: House, later: timedelta) -> None:
    """The next event comes a second time."""
    house.slack.faults.double_events, house.slack.faults.double_after = 1, later


async def both_have_come(house: House, later: timedelta) -> None:
    """The second delivery is on its way only now, or has come already; then neither is left."""
    assert len(house.server.delivery.untaken()) == (1 if later else 0)
    await house.forward(minutes=6)
    assert house.server.delivery.untaken() == []


ANSWERS: dict[str, Act] = {
    "ack to the bot": lambda vera: vera.says("ack"),
    "ack under the card": lambda vera: vera.says("ack", thread=card_of(vera)),
    "eyes on the card": lambda vera: vera.reacts("eyes", card_of(vera)),
    "eyes on the message": lambda vera: vera.reacts("eyes", newest(vera)),
}


@WHEN
@pytest.mark.parametrize("answer", ANSWERS.values(), ids=ANSWERS)
async def test_R27_an_acknowledgement_in_words_or_by_eyes_comes_twice_and_counts_once(
    house: House, answer: Act, later: timedelta
) -> None:
    """One line in the story, and no word back: the second one is not taken for something else typed."""
    conflict, vera = await reported(house), house.robot("vera")
    twice(house, later)
    await answer(vera)
    await both_have_come(house, later)
    now = await now_of(house, conflict.id)
    assert (now.state, now.version) == (State.ACKNOWLEDGED, conflict.version + 1)
    assert told(vera) == ["You decide #1: Q4 pipeline for EMEA"]


async def test_R27_an_ack_that_comes_again_after_the_conflict_moved_on_does_nothing(house: House) -> None:
    """Vera acknowledged #1 and is asked about #2 by now: her old `ack` is not one for #2."""
    first, vera = await reported(house), house.robot("vera")
    twice(house, LATER)
    await vera.says("ack")
    await house.settle()
    await decides(house, vera)
    second = await reported(house, subject="Q1 outlook for LATAM")
    await both_have_come(house, LATER)
    assert (await now_of(house, first.id)).state is State.DECIDED
    assert (await now_of(house, second.id)).state is State.OPEN


@WHEN
async def test_R27_a_sentence_that_comes_twice_is_answered_once(house: House, later: timedelta) -> None:
    """One proposed decision for one sentence; and who has nothing to answer hears once what can be done."""
    await reported(house)
    vera, omar = house.robot("vera"), house.robot("omar")
    for somebody, words in ((vera, "use the roll-up"), (omar, "hello?")):
        twice(house, later)
        await somebody.says(words)
        await both_have_come(house, later)
    assert [line for line in told(vera) if line.startswith("Shall this")] == [
        "Shall this be the decision on #1? “use the roll-up”"
    ]
    assert len(told(omar)) == 1
