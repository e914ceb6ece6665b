"""After the decision: did it solve it, look again, and opening it once more."""

from __future__ import annotations

from datetime import timedelta

from council.conflict import State
from tests.stories.acting import card_of, decides, newest, now_of, reported, story, told
from tests.stories.house import House

LOG = "ai-decisions"


async def decided(house: House) -> str:
    """A forecast that Nina reported and Vera decided."""
    conflict = await reported(house)
    await decides(house, house.robot("vera"))
    return conflict.id


async def test_a_week_later_the_reporter_is_asked_whether_it_solved_it(house: House) -> None:
    """*Yes* ends it: nobody else hears of it, and the message keeps one line."""
    id, nina, vera = await decided(house), house.robot("nina"), house.robot("vera")
    heard = len(told(vera))
    await house.forward(days=7)
    assert told(nina)[-1].startswith("✅ #1 is decided")
    await house.forward(days=1)
    assert told(nina)[-1] == "Did the decision on #1 solve it? Q4 pipeline for EMEA"
    assert newest(nina).buttons == ("Yes", "No")
    await nina.clicks("Yes", newest(nina))
    await house.settle()
    assert newest(nina).buttons == ()
    assert (await now_of(house, id)).solved is True
    assert len(told(vera)) == heard
    await house.forward(days=30)
    assert len(told(nina)) == 2


async def test_a_no_goes_to_owner_and_chair_who_may_reopen_it(house: House) -> None:
    """With the reason; reopened, the owner decides again, by a deadline that counts from then."""
    id, nina, vera, remy = (
        await decided(house),
        house.robot("nina"),
        house.robot("vera"),
        house.robot("remy"),
    )
    first = (await now_of(house, id)).deadline.limit
    await house.forward(days=8)
    await nina.clicks("No", newest(nina))
    await nina.modal.fill("What is still wrong?", "The deck still says 4.2 M€.")
    await nina.modal.submit()
    await house.forward(days=1)
    assert told(vera)[-1] == "#1 is not solved: Q4 pipeline for EMEA"
    assert told(remy)[-1] == "#1 is not solved: Q4 pipeline for EMEA"
    assert "The deck still says 4.2 M€." in newest(vera).text
    await remy.clicks("Reopen", newest(remy))
    await remy.modal.fill("Why?", "The deck was printed with the wrong number.")
    await remy.modal.submit()
    await house.settle()
    conflict = await now_of(house, id)
    assert conflict.state is State.OPEN
    assert (conflict.owner, conflict.ruling, len(conflict.earlier)) == ("U0VERA", None, 1)
    assert conflict.deadline.limit > first + timedelta(days=1)
    assert told(vera)[-1] == "You decide #1: Q4 pipeline for EMEA"
    await house.forward(days=1)
    assert told(nina)[-1] == "#1 is open again: Q4 pipeline for EMEA"
    assert "Acknowledge" in card_of(nina).buttons
    assert "#1 is open again" in nina.sees(LOG)[-1].text
    await decides(house, vera)
    assert (await now_of(house, id)).state is State.DECIDED
    assert "#1 is decided" in nina.sees(LOG)[-1].text or "✅" in nina.sees(LOG)[-1].text


async def test_the_owner_reopens_from_details(house: House) -> None:
    """By their own act it is acknowledged; everybody who heard of the decision hears that it is open."""
    id, vera, nina = await decided(house), house.robot("vera"), house.robot("nina")
    await vera.clicks("Details", card_of(vera))
    await vera.modal.click("Reopen")
    await vera.modal.fill("Why?", "Clari corrected its export.")
    await vera.modal.submit()
    await house.settle()
    assert not vera.has_modal
    assert (await now_of(house, id)).state is State.ACKNOWLEDGED
    await house.forward(days=1)
    assert told(nina)[-1] == "#1 is open again: Q4 pipeline for EMEA"
    assert (await story(house, id))[-1] == "Vera reopened it: Clari corrected its export."


async def test_on_the_chosen_day_the_owner_is_asked_to_look_again(house: House) -> None:
    """*Look at it again on* is kept: in the morning of that day, once."""
    await reported(house)
    vera = house.robot("vera")
    await vera.clicks("Decide", newest(vera))
    form = vera.modal
    await form.choose("Whose signal stands?", "Rep roll-up")
    await form.fill("Decision", "Present 3.1 M€.")
    await form.fill("Why", "Clari counts renewals twice.")
    await vera.modal.click("Add more")
    await vera.modal.choose("Look at it again on", "2026-12-01")
    await vera.modal.submit()
    await house.forward(days=13)
    assert told(vera)[-1] != "Look again at #1: Q4 pipeline for EMEA"
    await house.forward(days=2)
    assert told(vera)[-1] == "Look again at #1: Q4 pipeline for EMEA"
    assert newest(vera).buttons == ("Reopen", "Details")
    count = len(told(vera))
    await house.forward(days=60)
    assert len(told(vera)) == count
