"""Going away and coming back: the form, the hand-over that morning, the one message on return."""

from __future__ import annotations

from datetime import UTC, datetime

from council.conflict import State
from sandbox.robot import Robot
from tests.stories.acting import decides, newest, now_of, reported, story, told
from tests.stories.house import House


def at(day: int, hour: int, minute: int = 0) -> datetime:
    """A day of November 2026, by UTC; Berlin is an hour ahead, New York five behind."""
    return datetime(2026, 11, day, hour, minute, tzinfo=UTC)


async def opens_form(person: Robot) -> None:
    await person.types("/ai-council away", channel="general")


async def goes_away(house: House, person: Robot, first: str, last: str, stand_in: str | None = None) -> None:
    """Through the form, saved."""
    await opens_form(person)
    form = person.modal
    await form.choose("From", first)
    await form.choose("Until", last)
    if stand_in:
        await person.modal.choose("Who stands in", stand_in)
    await person.modal.submit()
    assert not person.modal.errors, person.modal.errors
    await house.settle()


async def test_the_form_says_what_it_will_do(house: House) -> None:
    """The deputy is preset; both days chosen, it says where each conflict goes and what stays."""
    await reported(house)
    vera = house.robot("vera")
    await opens_form(vera)
    assert vera.modal.title == "I'm away"
    assert vera.modal.value("Who stands in") == "U0DEAN"
    assert "Pick both days" in vera.modal.text
    await vera.modal.choose("From", "2026-11-18")
    await vera.modal.choose("Until", "2026-11-20")
    assert "#1 goes to Dean, Tomorrow at 9:00 AM, unless it is decided before." in vera.modal.text
    await vera.modal.choose("Who stands in", "Tess")
    assert "#1 goes to Tess" in vera.modal.text
    await vera.modal.submit()
    assert vera.modal.submit_label == ""
    assert "Away: Tomorrow at 9:00 AM – Nov 23 at 9:00 AM" in vera.modal.text
    assert "#1 goes to Tess" in vera.modal.text


async def test_R45_it_is_handed_over_that_morning_and_theirs_again_on_return(house: House) -> None:
    """Nothing moves before; the stand-in named is asked once; on return there is one message."""
    conflict = await reported(house)
    vera, tess = house.robot("vera"), house.robot("tess")
    await goes_away(house, vera, "2026-11-18", "2026-11-18", "Tess")
    await house.until(at(18, 7, 59))
    assert (await now_of(house, conflict.id)).owner == vera.id
    await house.until(at(18, 8))
    assert (await now_of(house, conflict.id)).owner == tess.id
    assert told(tess) == ["You decide #1: Q4 pipeline for EMEA"]
    assert "You stand in for Vera." in newest(tess).text
    before = len(told(vera))
    await house.until(at(19, 8))
    assert (await now_of(house, conflict.id)).owner == vera.id
    assert told(vera)[before:] == ["While you were away: one is yours again: #1."]
    assert (await story(house, conflict.id))[-1] == "Vera is back and decides"
    await vera.clicks("Acknowledge", newest(vera))
    assert (await now_of(house, conflict.id)).state is State.ACKNOWLEDGED


async def test_what_was_decided_meanwhile_is_told_once(house: House) -> None:
    """Decided by the stand-in, or kept by them: it stays theirs, and the one message says so."""
    first = await reported(house)
    second = await reported(house, subject="Q1 outlook for LATAM")
    vera, dean = house.robot("vera"), house.robot("dean")
    await goes_away(house, vera, "2026-11-18", "2026-11-18")
    await house.until(at(18, 8))
    count = len(told(vera))
    asked = dict(zip(told(dean), dean.inbox(), strict=True))
    await decides(house, dean, asked["You decide #1: Q4 pipeline for EMEA"])
    await dean.clicks("Acknowledge", asked["You decide #2: Q1 outlook for LATAM"])
    await house.until(at(19, 8, 30))
    assert (await now_of(house, first.id)).state is State.DECIDED
    assert (await now_of(house, second.id)).owner == dean.id
    said = [line for line in told(vera)[count:] if "away" in line]
    assert said == ["While you were away: one decided for you, one taken on by who stood in."]
    assert "#2 Q1 outlook for LATAM: with Dean" in newest(vera).text


async def test_nothing_is_said_when_nothing_happened(house: House) -> None:
    """No conflict, no message."""
    vera = house.robot("vera")
    await goes_away(house, vera, "2026-11-18", "2026-11-18")
    await house.until(at(20, 12))
    assert told(vera) == []


async def test_home_says_it_and_ends_it(house: House) -> None:
    """**I'm away** opens the form there; **I'm back** gives back what nobody took on."""
    conflict = await reported(house)
    vera = house.robot("vera")
    await vera.opens_home()
    await house.settle()
    await vera.home.click("I'm away")
    await vera.modal.choose("From", "2026-11-17")
    await vera.modal.choose("Until", "2026-11-20")
    await vera.modal.submit()
    await house.settle()
    assert (await now_of(house, conflict.id)).owner == "U0DEAN"
    assert "You are away until Nov 23 at 9:00 AM; Dean stands in." in vera.home.text
    await vera.home.click("I'm back")
    await house.settle()
    assert "You are away" not in vera.home.text
    assert (await now_of(house, conflict.id)).owner == vera.id
    assert told(vera)[-1] == "While you were away: one is yours again: #1."
