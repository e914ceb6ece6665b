"""A later deadline: at once as far as nobody needs it earlier; beyond that the reporter is asked first."""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable
from datetime import timedelta

import pytest

from council.conflict import Conflict, State
from council.people import Absence
from sandbox.acts import admin
from sandbox.faults import Fault
from sandbox.robot import Robot
from storage import workspaces
from storage.store import Unit
from tests.stories.acting import (
    LEADS,
    card_of,
    fill_decision,
    newest,
    now_of,
    reported,
    story,
    told,
)
from tests.stories.house import House

FRIDAY, MONDAY = "2026-11-20 12:00", "2026-11-23 12:00"
"""The forecast is due on Thursday the 19th at 13:00, for the meeting at 14:00."""
QUESTION = "Vera asks for a later deadline on #1: Q4 pipeline for EMEA"


async def extend(house: House, person: Robot, until: str) -> None:
    """Through the form, with a reason; what it answers stays open to be read."""
    await send(person, until)
    await house.settle()


async def send(person: Robot, until: str) -> None:
    """The form filled in and sent."""
    await person.picks("Extend deadline", card_of(person))
    await person.modal.choose("New deadline", until)
    await person.modal.fill("Why?", "Ravi needs a day")
    await person.modal.submit()


async def wished(house: House, until: str = FRIDAY) -> tuple[Conflict, Robot, Robot]:
    """Vera has asked Nina for more time than the forecast meeting leaves."""
    conflict = await reported(house)
    vera = house.robot("vera")
    await extend(house, vera, until)
    await vera.modal.close()
    return conflict, vera, house.robot("nina")


async def test_as_far_as_nobody_needs_it_earlier_it_moves_at_once(house: House) -> None:
    """With a reason and to a later time; the reporter is told why, the card says it too."""
    conflict = await reported(house)
    vera, nina = house.robot("vera"), house.robot("nina")
    await vera.picks("Extend deadline", card_of(vera))
    form = vera.modal
    assert form.labels == ["New deadline", "Why?"]
    await form.choose("New deadline", "2026-11-18 13:00")
    await form.fill("Why?", "Ravi needs a day")
    await form.submit()
    assert form.errors == {"New deadline": "Pick a time after the present deadline and after now."}
    await form.choose("New deadline", "2026-11-19 13:30")
    await form.submit()
    assert not vera.has_modal
    await house.settle()
    assert (await now_of(house, conflict.id)).deadline.limit > conflict.deadline.limit
    assert told(nina)[-1].startswith("#1 is now due")
    assert newest(nina).buttons == ("Add context",)
    assert "Vera moved it: Ravi needs a day" in newest(nina).text
    assert "extended by Vera: Ravi needs a day" in card_of(nina).text
    assert len(told(vera)) == 1


async def test_a_second_extension_is_the_chairs_and_of_the_chairs_own_the_sponsors(house: House) -> None:
    """Vera may once; then Remy, the chair. What Remy owns he may once; then Hugo, the sponsor."""
    await reported(house)
    vera, remy, hugo = house.robot("vera"), house.robot("remy"), house.robot("hugo")
    await extend(house, vera, "2026-11-19 13:30")
    await vera.picks("Extend deadline", card_of(vera))
    said = vera.ephemerals[-1].text
    assert said.startswith("#1 was extended once; a second time only Remy can. You can add context.")
    await extend(house, remy, "2026-11-19 13:45")
    assert told(vera)[-1].startswith("#1 is now due")
    await reported(house, LEADS)
    await extend(house, remy, "2026-11-20 12:00")
    await remy.picks("Extend deadline", card_of(remy))
    assert "a second time only Hugo can" in remy.ephemerals[-1].text
    await extend(house, hugo, "2026-11-20 15:00")
    assert told(remy)[-1].startswith("#2 is now due")


async def test_past_the_meeting_the_reporter_is_asked_and_the_deadline_stands(house: House) -> None:
    """The form says so before and after; Nina reads who, until when and why; Vera is told nothing new."""
    conflict = await reported(house)
    vera, nina = house.robot("vera"), house.robot("nina")
    await vera.picks("Extend deadline", card_of(vera))
    assert "Nina is asked first; the deadline stands until they agree." in vera.modal.text
    assert "For later than" in vera.modal.text
    await vera.modal.close()
    await extend(house, vera, FRIDAY)
    assert vera.modal.text.startswith("Nina is asked whether it can be decided by ")
    assert "Until they agree it is due" in vera.modal.text
    await vera.modal.close()
    now = await now_of(house, conflict.id)
    assert (now.deadline, now.due, now.asked) == (conflict.deadline, conflict.due, conflict.asked)
    assert told(nina) == [QUESTION]
    assert newest(nina).buttons == ("Agree", "Keep the deadline")
    assert "Why: Ravi needs a day" in newest(nina).text
    assert "You asked Nina for" in newest(vera).text
    assert len(told(vera)) == 1
    assert (await story(house, conflict.id))[-1].endswith("Ravi needs a day")
    await house.forward(hours=4)
    assert told(vera)[-1] == "#1 waits for you: Q4 pipeline for EMEA"


async def test_agreeing_moves_the_deadline_and_the_owner_hears_it_once(house: House) -> None:
    """Card, story and both messages follow; the buttons are gone, and Nina is told nothing more."""
    conflict, vera, nina = await wished(house)
    await nina.clicks("Agree", newest(nina))
    await house.settle()
    now = await now_of(house, conflict.id)
    assert (now.deadline.limit.isoformat(), now.extended) == ("2026-11-20T11:00:00+00:00", 1)
    assert "#1 Q4 pipeline for EMEA: Vera decides, due" in newest(nina).text
    assert newest(nina).buttons == ()
    assert len(told(nina)) == 1
    assert len(told(vera)) == 2
    assert told(vera)[-1].startswith("#1 is now due")
    assert "As you asked, and Nina agreed." in newest(vera).text
    assert "extended by Vera: Ravi needs a day" in card_of(nina).text
    last = (await story(house, conflict.id))[-1]
    assert last.startswith("Vera asked for ")
    assert last.endswith("and Nina agreed: Ravi needs a day")


async def test_keeping_the_deadline_is_told_to_the_owner_in_one_line(house: House) -> None:
    """Nothing moves; the question shrinks, and Vera's newest message says who keeps it."""
    conflict, vera, nina = await wished(house)
    await nina.clicks("Keep the deadline", newest(nina))
    await house.settle()
    now = await now_of(house, conflict.id)
    assert (now.deadline, now.wish, now.extended) == (conflict.deadline, None, 0)
    assert newest(nina).buttons == ()
    assert len(told(vera)) == 2
    assert told(vera)[-1].startswith("#1 stays due")
    assert told(vera)[-1].endswith("You asked for later; Nina keeps the deadline.")
    assert newest(vera).buttons == ("Acknowledge", "Decide", "Hand over")
    assert (await story(house, conflict.id))[-1].startswith("Nina keeps the deadline")


async def test_pressing_twice_counts_once(house: House) -> None:
    """Both windows of Slack still show the buttons: the second press changes nothing and refuses nothing."""
    conflict, vera, nina = await wished(house)
    question = newest(nina)
    await asyncio.gather(nina.clicks("Agree", question), nina.clicks("Agree", question))
    await house.settle()
    assert (await now_of(house, conflict.id)).extended == 1
    assert not nina.ephemerals
    assert len(told(vera)) == 2


async def test_who_changes_their_mind_reads_what_holds_now(house: House) -> None:
    """*Agree* and *Keep the deadline* at once: the first counts."""
    conflict, _, nina = await wished(house)
    question = newest(nina)
    await nina.clicks("Agree", question)
    await nina.clicks("Keep the deadline", question)
    assert nina.ephemerals[-1].text.startswith("That is not asked any more: Vera decides #1, due")
    assert nina.ephemerals[-1].buttons == ("Add context",)
    assert (await now_of(house, conflict.id)).extended == 1


async def test_another_wish_replaces_the_one_before(house: House) -> None:
    """Under the older message nothing can be agreed to that it does not say; the same is not asked twice."""
    conflict, vera, nina = await wished(house)
    older = newest(nina)
    await extend(house, vera, FRIDAY)
    assert "That was asked already" in vera.modal.errors["New deadline"]
    await vera.modal.choose("New deadline", MONDAY)
    await vera.modal.submit()
    await nina.clicks("Agree", older)
    assert "please answer the newest message" in nina.ephemerals[-1].text
    await house.settle()
    assert told(nina)[-1] == QUESTION
    await nina.clicks("Agree", newest(nina))
    await house.settle()
    now = await now_of(house, conflict.id)
    assert now.deadline.limit.isoformat() == "2026-11-23T11:00:00+00:00"


async def decide(vera: Robot, _: Robot) -> None:
    await vera.clicks("Decide", newest(vera))
    await fill_decision(vera.modal)
    await vera.modal.submit()


async def withdraw(_: Robot, nina: Robot) -> None:
    await nina.picks("Withdraw", card_of(nina))
    await nina.modal.fill("Why?", "Clari corrected it")
    await nina.modal.submit()


async def pass_on(vera: Robot, _: Robot) -> None:
    await vera.clicks("Hand over", newest(vera))
    await vera.modal.fill("Why?", "Renewals are counted in the warehouse")
    await vera.modal.submit()


async def extend_less(vera: Robot, _: Robot) -> None:
    await send(vera, "2026-11-19 13:30")


@pytest.mark.parametrize(
    ("moot", "said"),
    [
        pytest.param(decide, "Vera decided #1,", id="decided"),
        pytest.param(withdraw, "#1 was withdrawn by Nina: Clari corrected it", id="withdrawn"),
        pytest.param(pass_on, "That is not asked any more: Remy decides #1, due", id="handed over"),
        pytest.param(extend_less, "That is not asked any more: Vera decides #1, due", id="extended less"),
    ],
)
async def test_a_question_that_is_moot_says_what_holds_and_shrinks(
    house: House, moot: Callable[[Robot, Robot], Awaitable[None]], said: str
) -> None:
    """Pressed before it has shrunk it is answered in words, and nothing moves."""
    conflict, vera, nina = await wished(house)
    await moot(vera, nina)
    before = await now_of(house, conflict.id)
    await nina.clicks("Agree", newest(nina))
    assert nina.ephemerals[-1].text.startswith(said)
    await house.settle()
    assert (await now_of(house, conflict.id)).deadline == before.deadline
    assert not any("Agree" in message.buttons for message in nina.inbox())


async def test_nobody_answers_and_the_chain_goes_on(house: House) -> None:
    """Overdue on Thursday Dean is asked; on Friday at noon the question ends without a ping."""
    conflict, vera, nina = await wished(house)
    await house.forward(days=2, hours=4)
    assert (await now_of(house, conflict.id)).overdue(house.clock.now())
    assert (await now_of(house, conflict.id)).asked == house.robot("dean").id
    assert newest(nina).buttons == ("Agree", "Keep the deadline")
    before = len(told(vera))
    await house.forward(hours=24)
    assert newest(nina).buttons == ()
    assert any(line.startswith("Nobody agreed to") for line in await story(house, conflict.id))
    assert len(told(vera)) == before


async def test_agreed_when_overdue_the_owner_has_it_again(house: House) -> None:
    """Dean was asked meanwhile; his message loses its button."""
    conflict, vera, nina = await wished(house)
    await house.forward(days=2, hours=4)
    dean = house.robot("dean")
    assert newest(dean).buttons == ("Take over",)
    await nina.clicks("Agree", newest(nina))
    await house.settle()
    now = await now_of(house, conflict.id)
    assert (now.asked, now.overdue(house.clock.now())) == (vera.id, False)
    assert newest(dean).buttons == ()
    assert "decides by" in card_of(nina).text


async def test_the_reporter_of_their_own_conflict_is_not_asked(house: House) -> None:
    """Vera reported it and decides it: it moves at once, past the meeting too."""
    conflict = await reported(house, by="vera")
    vera = house.robot("vera")
    await vera.picks("Extend deadline", card_of(vera))
    assert "is asked first" not in vera.modal.text
    await vera.modal.close()
    await extend(house, vera, FRIDAY)
    assert not vera.has_modal
    assert (await now_of(house, conflict.id)).extended == 1


async def test_a_reporter_who_is_away_is_asked_all_the_same(house: House) -> None:
    """In Slack, where they may answer from wherever they are."""
    conflict = await reported(house)
    now = house.clock.now()
    absence = Absence(person="U0NINA", since=now, until=now + timedelta(days=9))

    def keep(unit: Unit) -> None:
        workspaces.save_absence(unit.connection, unit.team, unit.ids(), absence, now)

    await house.bot.store.write(keep, team=house.team)
    vera, nina = house.robot("vera"), house.robot("nina")
    await extend(house, vera, FRIDAY)
    await nina.clicks("Agree", newest(nina))
    assert (await now_of(house, conflict.id)).extended == 1


async def test_for_a_reporter_who_has_left_the_chair_is_asked(house: House) -> None:
    """The form names him; his message says why it is he."""
    conflict = await reported(house)
    admin.deactivate(house.slack, "U0NINA")
    await house.settle()
    vera, remy = house.robot("vera"), house.robot("remy")
    await extend(house, vera, FRIDAY)
    assert vera.modal.text.startswith("Remy is asked whether it can be decided by ")
    await vera.modal.close()
    assert told(remy)[-1] == QUESTION
    assert "Its reporter has left, so you are asked instead." in newest(remy).text
    await remy.clicks("Agree", newest(remy))
    await house.settle()
    assert (await now_of(house, conflict.id)).extended == 1
    assert "As you asked, and Remy agreed." in newest(vera).text


async def test_a_reporter_who_leaves_without_an_answer_is_replaced_by_the_chair(house: House) -> None:
    """At once, and Vera need not ask again."""
    conflict, vera, _ = await wished(house)
    admin.deactivate(house.slack, "U0NINA")
    await house.settle()
    remy = house.robot("remy")
    assert told(remy)[-1] == QUESTION
    assert "You asked Remy for" in newest(vera).text
    await remy.clicks("Keep the deadline", newest(remy))
    await house.settle()
    assert told(vera)[-1].endswith("You asked for later; Remy keeps the deadline.")
    assert (await now_of(house, conflict.id)).state is State.OPEN


async def test_when_slack_says_that_the_reporter_has_left_the_chair_is_asked(house: House) -> None:
    """Nobody had told the bot before it tried to ask her."""
    await reported(house)
    house.slack.faults.plan(Fault("conversations.open", error="user_disabled"))
    await extend(house, house.robot("vera"), FRIDAY)
    await house.forward(minutes=1)
    assert not house.robot("nina").inbox()
    assert told(house.robot("remy"))[-1] == QUESTION


async def test_a_reporter_who_keeps_their_name_off_the_card_is_not_named_by_the_question(
    house: House,
) -> None:
    """Vera, who decides, knows whom she asks; a colleague reads of it without the name, before and after."""
    await reported(house, unnamed=True)
    vera, nina, lena = house.robot("vera"), house.robot("nina"), house.robot("lena")
    await extend(house, vera, FRIDAY)
    assert vera.modal.text.startswith("Nina is asked")
    await vera.modal.close()
    await lena.clicks("Details", card_of(lena))
    assert "Vera asked its reporter for" in lena.modal.text
    await lena.modal.close()
    await nina.clicks("Agree", newest(nina))
    await house.settle()
    await lena.clicks("Details", card_of(lena))
    assert "and its reporter agreed" in lena.modal.text
    assert "Nina" not in lena.modal.text + card_of(lena).text
