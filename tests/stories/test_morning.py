"""What can wait is one message at the start of a person's day, and stays true after it was said."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest

from sandbox.acts import admin
from sandbox.faults import Fault
from sandbox.robot import Robot
from tests.stories.acting import LEADS, card_of, decides, newest, reported, told
from tests.stories.house import House
from tests.stories.test_actions import decides_with_an_item
from tests.stories.test_away import goes_away


def at(day: int, hour: int, minute: int = 0) -> datetime:
    """A day of November 2026, by UTC; Berlin is an hour ahead, New York five behind."""
    return datetime(2026, 11, day, hour, minute, tzinfo=UTC)


async def two_decided(house: House) -> None:
    """Two questions about leads: Remy decides, Dean and Mila are told of both."""
    remy = house.robot("remy")
    for subject in ("Are webinar leads any good?", "Scores of partners in Oslo"):
        await reported(house, LEADS, subject=subject)
        await decides(house, remy, stands="Neither")


async def test_what_waited_is_one_message_in_the_morning(house: House) -> None:
    """A line with **Details** for each; by the receiver's own clock; whoever reported it heard at once."""
    await two_decided(house)
    dean, mila, nina = house.robot("dean"), house.robot("mila"), house.robot("nina")
    heard = [len(told(each)) for each in (dean, mila)]
    await house.until(at(17, 14, 1))
    assert told(mila)[heard[1] :] == ["2 things since we last spoke"]
    assert [line[:16] for line in told(nina)] == ["✅ #1 is decided:", "✅ #2 is decided:"]
    await house.until(at(18, 7, 59))
    assert len(told(dean)) == heard[0]
    await house.until(at(18, 8, 1))
    assert told(dean)[heard[0] :] == ["2 things since we last spoke"]
    assert "✅ #1 is decided: Are webinar leads any good?\nNeither stands. Present" in newest(dean).text
    assert newest(dean).buttons == ("Details", "Details")


async def test_a_single_thing_is_the_ordinary_message_and_nothing_is_none(house: House) -> None:
    """No digest of one, and no good morning for its own sake."""
    await reported(house, LEADS)
    await decides(house, house.robot("remy"), stands="Neither")
    dean = house.robot("dean")
    await house.until(at(18, 9))
    assert told(dean)[-1] == "✅ #1 is decided: Are webinar leads any good?"
    assert "Why: Clari counts renewals twice" in newest(dean).text
    count = len(told(dean))
    await house.until(at(20, 9))
    assert len(told(dean)) == count


async def test_what_is_no_longer_true_is_not_said(house: House) -> None:
    """Reopened at night: of the two decisions only the other is told, and that it is open again."""
    await two_decided(house)
    remy, dean = house.robot("remy"), house.robot("dean")
    await remy.clicks("Details", card_of(remy))
    await remy.modal.click("Reopen")
    await remy.modal.fill("Why?", "Clari corrected its export.")
    await remy.modal.submit()
    await house.until(at(18, 9))
    assert told(dean)[-1] == "2 things since we last spoke"
    assert "#1 is decided" in newest(dean).text
    assert "#2 is open again: Scores of partners in Oslo\nClari corrected its export. · Remy decides by" in (
        newest(dean).text
    )
    assert "#2 is decided" not in newest(dean).text


async def test_it_stays_true_and_its_buttons_keep_working(house: House) -> None:
    """**Done** leaves one line of it, and the other thing its buttons."""
    await reported(house)
    vera, tess = house.robot("vera"), house.robot("tess")
    await decides_with_an_item(house, vera, due="2026-11-18")
    await reported(house, subject="Q1 outlook for LATAM")
    await decides_with_an_item(house, vera, due="2026-11-18")
    await house.until(at(18, 8, 1))
    morning = newest(tess)
    assert told(tess)[-1] == "2 things since we last spoke"
    assert morning.buttons == ("Done", "Snooze", "Done", "Snooze")
    await tess.clicks("Done", morning)
    await house.settle()
    assert newest(tess).buttons == ("Done", "Snooze")
    assert "✅ Fix the renewal double count: done." in newest(tess).text
    await tess.clicks("Done", newest(tess))
    await house.settle()
    assert newest(tess).text.count("✅ Fix the renewal double count: done.") == 2
    assert newest(tess).buttons == ()


async def snoozes(house: House, person: Robot, until: str) -> None:
    await person.clicks("Snooze", newest(person))
    await person.modal.choose("Until when?", until)
    await person.modal.submit()
    assert not person.has_modal, person.modal.errors
    await house.settle()


async def test_an_action_item_can_be_snoozed(house: House) -> None:
    """Until a morning of one's choice; beyond the due day only when the choice says so."""
    await reported(house)
    vera, tess = house.robot("vera"), house.robot("tess")
    await decides_with_an_item(house, vera, due="2026-11-19")
    await house.until(at(18, 9))
    assert told(tess)[-1].startswith("Due ")
    count = len(told(tess))
    await snoozes(house, tess, "Monday, after it is due")
    await house.until(at(20, 18))
    assert len(told(tess)) == count
    await house.until(at(23, 9))
    assert told(tess)[count:] == [told(tess)[-1]]
    assert told(tess)[-1].startswith("Overdue since ")


async def chooses_hour(house: House, person: Robot, hour: str) -> None:
    await person.opens_home()
    await house.settle()
    await person.home.click("Morning hour")
    await person.modal.choose("When does your day begin?", hour)
    await person.modal.submit()
    assert not person.has_modal, person.modal.errors
    await house.settle()


@pytest.mark.parametrize(("hour", "came"), [("11:00", at(17, 10)), ("07:30", at(18, 6, 30))])
async def test_everybody_chooses_when_their_day_begins(house: House, hour: str, came: datetime) -> None:
    """Later or earlier, what waits already comes then; Slack's own news of a person leave it as it is."""
    await two_decided(house)
    dean = house.robot("dean")
    count = len(told(dean))
    await chooses_hour(house, dean, hour)
    admin.change_person(house.slack, dean.id, real_name="Dean Okafor")
    await house.settle()
    await house.until(came - timedelta(minutes=1))
    assert len(told(dean)) == count
    await house.until(came + timedelta(minutes=1))
    assert told(dean)[count:] == ["2 things since we last spoke"]
    await dean.opens_home()
    await house.settle()
    await dean.home.click("Morning hour")
    assert dean.modal.value("When does your day begin?") == hour


async def test_who_travels_hears_in_their_own_morning(house: House) -> None:
    """The zone changed since it was written down."""
    await two_decided(house)
    dean = house.robot("dean")
    count = len(told(dean))
    admin.change_person(house.slack, dean.id, zone="America/New_York")
    await house.settle()
    await house.until(at(17, 13, 59))
    assert len(told(dean)) == count
    await house.until(at(17, 14, 1))
    assert told(dean)[count:] == ["2 things since we last spoke"]


async def test_news_waits_for_who_is_away(house: House) -> None:
    """Nothing while they are away; all of it on the morning of their return."""
    await two_decided(house)
    dean = house.robot("dean")
    count = len(told(dean))
    await goes_away(house, dean, "2026-11-17", "2026-11-19")
    await house.until(at(20, 7, 59))
    assert len(told(dean)) == count
    await house.until(at(20, 8, 1))
    assert told(dean)[count:] == ["2 things since we last spoke"]


async def test_what_only_informs_is_never_the_fourth_message_of_a_week(house: House) -> None:
    """Dean has heard of three; what comes then waits for Monday, and then comes in one message."""
    dean, remy = house.robot("dean"), house.robot("remy")
    for number in range(4):
        await reported(house, LEADS, subject=f"Leads of region{number} figures{number}")
    assert [line.split(":")[0] for line in told(dean)] == [f"#{n} concerns you" for n in (1, 2, 3)]
    for message in [m for m in remy.inbox() if "Decide" in m.buttons]:
        await decides(house, remy, message, stands="Neither")
    await house.until(at(20, 20))
    assert len(told(dean)) == 3
    await house.until(at(23, 8, 1))
    assert told(dean)[3:] == ["4 things since we last spoke"]


@pytest.mark.parametrize("status", [200, 503])
async def test_R12_whatever_slack_does_the_morning_is_said_once(house: House, status: int) -> None:
    """The answer never comes, though it stands there: it is found, and not said again."""
    await two_decided(house)
    dean = house.robot("dean")
    count = len(told(dean))
    await house.until(at(18, 7, 59))
    house.slack.faults.plan(Fault("chat.postMessage", status=status, after_the_fact=True, times=2))
    await house.until(at(18, 8, 30))
    assert told(dean)[count:] == ["2 things since we last spoke"]
