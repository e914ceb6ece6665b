"""Offered before a second one is made: what answers it, what to join, or to report it separately."""

from __future__ import annotations

from sandbox.robot import Robot
from tests.stories.house import House
from tests.stories.reports import FORECAST, KIND, NEEDED, conflict, opens, reports, signals

ASKED = "What would you like to do?"
SAME = "EMEA pipeline Q4"


async def reported_again(robot: Robot, **more: str) -> None:
    """The same thing, in other words, by somebody else."""
    form = await opens(robot, SAME)
    await form.choose(KIND, FORECAST)
    await signals(form)
    for label, option in more.items():
        await form.choose(label, option)
    await form.submit()


async def decided(house: House) -> None:
    """Vera decides the first one."""
    vera = house.robot("vera")
    await vera.clicks("Decide", vera.inbox()[-1])
    await vera.modal.choose("Whose signal stands?", "Rep roll-up")
    await vera.modal.fill("Decision", "Present 3.1 M€ in the board deck.")
    await vera.modal.fill("Why", "Clari counts renewals twice (0.9 M€).")
    await vera.modal.submit()
    await house.settle()


async def test_an_open_one_is_offered_to_join(house: House) -> None:
    """Joining makes no second one, pings nobody, and the card counts who joined."""
    await reports(house.robot("nina"))
    await house.settle()
    before = {name: len(house.robot(name).inbox()) for name in ("vera", "remy", "nina")}
    omar = house.robot("omar")
    await reported_again(omar)
    assert omar.modal.submit_label == "Continue"
    assert omar.modal.options(ASKED) == ["Join #1 (open)", "Report it separately"]
    await omar.modal.choose(ASKED, "Join #1 (open)")
    await omar.modal.submit()
    assert "You joined #1. It is with Vera, by" in omar.modal.text
    await house.settle()
    assert {name: len(house.robot(name).inbox()) for name in before} == before
    made = await conflict(house)
    assert made is not None
    assert made.joined == ("U0OMAR",)
    assert await conflict(house, 2) is None


async def test_joining_keeps_the_earlier_deadline(house: House) -> None:
    """Whoever joins and needs it sooner moves the deadline forward, never back."""
    await reports(house.robot("nina"))
    omar = house.robot("omar")
    await reported_again(omar, **{NEEDED: "2026-11-18 12:00"})
    await omar.modal.choose(ASKED, "Join #1 (open)")
    await omar.modal.submit()
    made = await conflict(house)
    assert made is not None
    assert made.deadline.limit.isoformat() == "2026-11-18T11:00:00+00:00"


async def test_nothing_is_chosen_for_anybody(house: House) -> None:
    """*Continue* without a choice asks for one."""
    await reports(house.robot("nina"))
    omar = house.robot("omar")
    await reported_again(omar)
    outcome = await omar.modal.submit()
    assert outcome.errors


async def test_reporting_it_separately_makes_a_second_one(house: House) -> None:
    """What was typed was kept, and is taken as it was."""
    await reports(house.robot("nina"))
    omar = house.robot("omar")
    await reported_again(omar)
    await omar.modal.choose(ASKED, "Report it separately")
    await omar.modal.submit()
    assert "#2 is with Vera" in omar.modal.text
    made = await conflict(house, 2)
    assert made is not None
    assert (made.facts.subject, made.reporter) == (SAME, "U0OMAR")


async def test_a_decision_in_force_is_offered_as_the_answer(house: House) -> None:
    """*This answers it*: nothing is reported, and the decision is shown."""
    await reports(house.robot("nina"))
    await house.settle()
    await decided(house)
    omar = house.robot("omar")
    await reported_again(omar)
    first, last = omar.modal.options(ASKED)
    assert first == "This answers it: “Present 3.1 M€ in the board deck.” (decided by Vera)"
    assert last == "Report it separately"
    await omar.modal.choose(ASKED, first)
    await omar.modal.submit()
    assert "#1 answers it, so nothing was reported:" in omar.modal.text
    assert "Clari counts renewals twice" in omar.modal.text
    assert await conflict(house, 2) is None


async def test_a_confidential_one_is_never_offered_to_who_may_not_see_it(house: House) -> None:
    """Omar reports the same thing; of Nina's confidential one he learns nothing."""
    form = await opens(house.robot("nina"), "Q4 pipeline for EMEA", channel="")
    await form.choose(KIND, FORECAST)
    await signals(form)
    await form.submit()
    omar = house.robot("omar")
    await reported_again(omar)
    assert "#2 is with Vera" in omar.modal.text


async def test_what_was_decided_meanwhile_can_not_be_joined_but_reported(house: House) -> None:
    """Between the two windows the owner decided: said under the choice, and nothing typed is lost."""
    await reports(house.robot("nina"))
    await house.settle()
    omar = house.robot("omar")
    await reported_again(omar)
    await decided(house)
    await omar.modal.choose(ASKED, "Join #1 (open)")
    await omar.modal.submit()
    assert "Vera decided #1" in omar.modal.errors[ASKED]
    await omar.modal.choose(ASKED, "Report it separately")
    await omar.modal.submit()
    assert "#2 is with Vera" in omar.modal.text


async def test_R24_continue_twice_reports_once(house: House) -> None:
    """The second delivery gets the first one's answer."""
    await reports(house.robot("nina"))
    omar = house.robot("omar")
    await reported_again(omar)
    await omar.modal.choose(ASKED, "Report it separately")
    house.slack.faults.double_asking = 1
    await omar.modal.submit()
    await house.settle()
    assert "#2 is with Vera" in omar.modal.text
    assert await conflict(house, 3) is None
