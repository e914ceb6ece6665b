"""Going away and coming back: the form, the hand-over that morning, the one message on return."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest

from council.conflict import State
from sandbox.acts import admin
from sandbox.robot import Robot
from tests.stories.acting import LEADS, card_of, decides, hand_over, newest, now_of, reported, story, told
from tests.stories.house import House, open_house


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


async def test_a_status_that_says_away_asks_nobody_else_and_offers_to_take_over(house: House) -> None:
    """The deputy hears it once per conflict; the owner stays asked; what is no word for it says nothing."""
    conflict = await reported(house)
    vera, dean = house.robot("vera"), house.robot("dean")
    admin.change_person(house.slack, vera.id, status_emoji=":coffee:", status_text="In a meeting")
    await house.settle()
    assert told(dean) == []
    for text in ("Urlaub bis Montag", "Im Urlaub"):
        admin.change_person(house.slack, vera.id, status_emoji=":palm_tree:", status_text=text)
        await house.settle()
    assert told(dean) == ["Vera seems to be away: #1: Q4 pipeline for EMEA"]
    assert newest(dean).buttons == ("Take over",)
    now = await now_of(house, conflict.id)
    assert (now.owner, now.asked) == (vera.id, vera.id)
    await dean.clicks("Take over", newest(dean))
    await house.settle()
    assert (await now_of(house, conflict.id)).owner == dean.id
    assert told(vera)[-1].startswith("Dean took over #1")


async def test_a_status_that_is_over_by_then_says_nothing(house: House) -> None:
    """It was set until noon; asked in the afternoon nobody hears of it."""
    ends = int(at(17, 11).timestamp())
    status = {"status_emoji": ":airplane:", "status_text": "", "status_until": ends}
    admin.change_person(house.slack, "U0VERA", **status)
    await house.until(at(17, 12))
    await reported(house)
    assert told(house.robot("dean")) == []


async def test_asked_while_the_status_says_away_the_deputy_hears_it(house: House) -> None:
    """The status was there before the report."""
    admin.change_person(house.slack, "U0VERA", status_text="OOO until Friday")
    await house.settle()
    await reported(house)
    vera, dean = house.robot("vera"), house.robot("dean")
    assert told(vera) == ["You decide #1: Q4 pipeline for EMEA"]
    assert told(dean) == ["Vera seems to be away: #1: Q4 pipeline for EMEA"]
    await vera.clicks("Acknowledge", newest(vera))
    await house.settle()
    assert newest(dean).text.endswith("#1 Q4 pipeline for EMEA: Vera is on it now.")
    assert newest(dean).buttons == ()


async def test_with_an_absence_a_status_says_nothing_more(house: House) -> None:
    """Who is away by their own word has a stand-in already."""
    vera, dean = house.robot("vera"), house.robot("dean")
    await goes_away(house, vera, "2026-11-17", "2026-11-17", "Tess")
    admin.change_person(house.slack, vera.id, status_emoji=":palm_tree:")
    await reported(house)
    assert told(house.robot("tess")) == ["You decide #1: Q4 pipeline for EMEA"]
    assert told(dean) == []


async def test_who_left_and_is_here_again_is_told_once(house: House) -> None:
    """Deactivated: the deputy decides. Active again: what nobody took on is theirs again, by one message."""
    conflict = await reported(house)
    vera = house.robot("vera")
    count = len(told(vera))
    admin.deactivate(house.slack, vera.id)
    await house.settle()
    assert (await now_of(house, conflict.id)).owner == "U0DEAN"
    admin.deactivate(house.slack, vera.id, deactivated=False)
    await house.settle()
    assert (await now_of(house, conflict.id)).owner == vera.id
    assert told(vera)[count:] == ["While you were away: one is yours again: #1."]


async def test_a_new_name_is_shown_when_the_card_changes_next(house: House) -> None:
    """No card is drawn for it alone."""
    await reported(house)
    vera = house.robot("vera")
    before = len(house.slack.record.calls_of("chat.update"))
    admin.change_person(house.slack, vera.id, real_name="Wera Lindqvist")
    await house.settle()
    assert len(house.slack.record.calls_of("chat.update")) == before
    await vera.clicks("Acknowledge", newest(vera))
    await house.settle()
    assert "Wera is on it" in card_of(vera).text


@pytest.mark.parametrize(
    ("stand_in", "first", "last", "field", "words"),
    [
        ("Vera", "2026-11-18", "2026-11-20", "Who stands in", "Choose somebody else, or nobody"),
        ("Gil", "2026-11-18", "2026-11-20", "Who stands in", "Gil can't stand in; choose a full member."),
        ("Tess", "2026-11-18", "2026-11-20", "Who stands in", "Tess is away as well, from"),
        ("Dean", "2026-11-20", "2026-11-18", "Until", "Pick the first day or a later one."),
        ("Dean", "2026-11-16", "2026-11-18", "From", "Pick a day from today on, within two years."),
        ("Dean", "2026-11-18", "2029-11-18", "Until", "Pick a day from today on, within two years."),
    ],
    ids=["oneself", "a guest", "away as well", "the wrong way round", "yesterday", "years ahead"],
)
async def test_what_is_wrong_stands_under_its_field(
    house: House, stand_in: str, first: str, last: str, field: str, words: str
) -> None:
    """Nothing is saved, and the form stays open."""
    vera, tess = house.robot("vera"), house.robot("tess")
    await goes_away(house, tess, "2026-11-19", "2026-11-19", "Iris")
    await opens_form(vera)
    await vera.modal.choose("From", first)
    await vera.modal.choose("Until", last)
    await vera.modal.choose("Who stands in", stand_in)
    await vera.modal.submit()
    assert vera.modal.errors[field].startswith(words)
    await house.settle()


async def test_changed_and_not_going_after_all(house: House) -> None:
    """The form shows the absence there is; a longer one moves the return; given up, nothing happens."""
    conflict = await reported(house, LEADS)
    remy = house.robot("remy")
    await goes_away(house, remy, "2026-11-18", "2026-11-18")
    await goes_away(house, remy, "2026-11-18", "2026-11-19")
    await opens_form(remy)
    assert remy.modal.value("From") == "2026-11-18"
    assert remy.modal.value("Until") == "2026-11-19"
    await remy.modal.choose("Your absence", "I'm not going away")
    await remy.modal.submit()
    assert "You are here" in remy.modal.text
    count = len(told(remy))
    await house.until(at(18, 8, 5))
    assert (await now_of(house, conflict.id)).owner == remy.id
    assert not [line for line in told(remy)[count:] if "away" in line]


async def test_days_are_those_of_the_person(house: House) -> None:
    """Mila in New York, the workspace in Berlin: her morning is 14:00 UTC, her working day back as well."""
    conflict = await reported(house)
    await hand_over(house, house.robot("vera"), "mila")
    mila = house.robot("mila")
    await goes_away(house, mila, "2026-11-18", "2026-11-18", "Boris")
    await house.until(at(18, 13, 59))
    assert (await now_of(house, conflict.id)).owner == mila.id
    await house.until(at(18, 14))
    assert (await now_of(house, conflict.id)).owner == "U0BORIS"
    await house.until(at(19, 14))
    assert (await now_of(house, conflict.id)).owner == mila.id
    assert told(mila)[-1] == "While you were away: one is yours again: #1."


async def test_pressing_back_twice_tells_it_once(house: House) -> None:
    """The second press finds it over, and changes nothing."""
    await reported(house)
    vera = house.robot("vera")
    await goes_away(house, vera, "2026-11-17", "2026-11-20")
    await vera.opens_home()
    await house.settle()
    await vera.home.click("I'm back")
    await vera.home.click("I'm back")
    await house.settle()
    await house.forward(days=7)
    assert len([line for line in told(vera) if "While you were away" in line]) == 1


async def test_an_absence_over_the_end_of_summer_time_ends_at_nine_by_the_wall(database_url: str) -> None:
    """Away over the night in which summer time ends: back at nine on Monday, which is an hour later."""
    friday = datetime(2026, 10, 23, 8, 0, tzinfo=UTC)
    async with open_house(database_url, start=friday) as house:
        conflict = await reported(house)
        vera = house.robot("vera")
        await goes_away(house, vera, "2026-10-23", "2026-10-25")
        assert (await now_of(house, conflict.id)).owner == "U0DEAN"
        await house.until(datetime(2026, 10, 26, 7, 59, tzinfo=UTC))
        assert (await now_of(house, conflict.id)).owner == "U0DEAN"
        await house.until(datetime(2026, 10, 26, 8, 0, tzinfo=UTC))
        assert (await now_of(house, conflict.id)).owner == vera.id
