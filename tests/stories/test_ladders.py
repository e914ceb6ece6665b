"""Both ladders as people see them: from a silent Tuesday to the last word after thirty days."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime, timedelta

from council.conflict import State
from sandbox.acts import admin
from sandbox.clock import HandClock
from sandbox.faults import Fault
from sandbox.manifest import load
from sandbox.rates import Rates
from sandbox.server import serve
from storage.migrate import migrate
from tests.stories.acting import (
    LEADS,
    PIPELINE,
    card_of,
    decides,
    hand_over,
    newest,
    now_of,
    reported,
    story,
    told,
)
from tests.stories.company import juniper_slack
from tests.stories.house import MANIFEST, House, furnish, running_bot


def berlin(day: int, hour: int, minute: int = 0) -> datetime:
    """A wall-clock time of November 2026 in Berlin."""
    return datetime(2026, 11, day, hour - 1, minute, tzinfo=UTC)


async def test_R10_silence_reminds_then_asks_the_deputy_then_the_next(house: House) -> None:
    """One window: the owner is reminded. Two: the deputy. Three: the chair. Nobody hears it twice."""
    await reported(house)
    vera, dean, remy = house.robot("vera"), house.robot("dean"), house.robot("remy")
    await house.until(berlin(17, 13, 59))
    assert len(told(vera)) == 1
    await house.until(berlin(17, 14))
    assert told(vera)[1:] == ["#1 waits for you: Q4 pipeline for EMEA"]
    assert not dean.inbox()
    await house.until(berlin(18, 9, 30))
    assert told(dean) == ["Vera has not answered on #1: Q4 pipeline for EMEA"]
    assert "You are asked as deputy" in newest(dean).text
    assert "Vera has not answered; Dean (deputy) has been asked" in card_of(dean).text
    await house.until(berlin(18, 13, 30))
    assert told(remy)[1:] == ["Vera has not answered on #1: Q4 pipeline for EMEA"]
    assert "You are asked as council chair" in newest(remy).text
    assert (len(told(vera)), len(told(dean))) == (2, 1)


async def test_the_deadline_reminds_before_it_and_asks_the_chain_after_it(house: House) -> None:
    """Acknowledged and then silent: a reminder on the way, overdue, then one level each working day."""
    await reported(house)
    vera, dean, remy, hugo = (house.robot(name) for name in ("vera", "dean", "remy", "hugo"))
    await vera.clicks("Acknowledge", newest(vera))
    await house.until(berlin(19, 12, 59))
    assert len(told(vera)) == 2
    assert told(vera)[1].startswith("#1 is due")
    assert newest(vera).buttons == ("Decide", "Extend deadline")
    await house.until(berlin(19, 13))
    assert "Overdue since" in card_of(dean).text
    assert "Dean (deputy) has been asked." in card_of(dean).text
    assert told(dean) == ["Vera has not decided #1: Q4 pipeline for EMEA"]
    assert "It is overdue since" in newest(dean).text
    await house.until(berlin(20, 13))
    assert told(remy)[1:] == ["Vera has not decided #1: Q4 pipeline for EMEA"]
    await house.until(berlin(23, 13))
    assert told(hugo) == ["Vera has not decided #1: Q4 pipeline for EMEA"]
    assert "You are asked as sponsor" in newest(hugo).text
    assert [len(told(person)) for person in (vera, dean, remy)] == [2, 1, 2]


async def test_at_the_top_one_line_a_week_and_after_thirty_days_silence(house: House) -> None:
    """Hugo was the last to be asked: he alone hears of it once a week, and after thirty days nobody does."""
    conflict = await reported(house)
    hugo, others = house.robot("hugo"), [house.robot(name) for name in ("vera", "dean", "remy")]
    await house.until(berlin(23, 13))
    before = [len(told(person)) for person in others]
    await house.until(berlin(30, 13))
    assert told(hugo)[1:] == ["#1 is still open: Q4 pipeline for EMEA"]
    assert newest(hugo).buttons == ("Take over",)
    await house.until(berlin(19, 13) + timedelta(days=31))
    by_then = len(told(hugo))
    assert 3 <= by_then <= 5
    await house.forward(days=40)
    assert len(told(hugo)) == by_then
    assert [len(told(person)) for person in others] == before
    assert (await now_of(house, conflict.id)).is_open


async def test_R8_after_the_acknowledgement_nobody_is_asked_to_acknowledge(house: House) -> None:
    """Neither the owner's reminder nor the deputy's question comes once somebody is on it."""
    await reported(house)
    vera, dean = house.robot("vera"), house.robot("dean")
    await vera.clicks("Acknowledge", newest(vera))
    await house.until(berlin(18, 17))
    assert len(told(vera)) == 1
    assert not dean.inbox()


async def test_R9_nothing_is_said_after_the_decision(house: House) -> None:
    """Everybody who is to be told is told; a week later the reporter is asked, once, and then it is quiet."""
    await reported(house)
    vera = house.robot("vera")
    await decides(house, vera, newest(vera))
    await house.forward(days=1)
    everybody = [house.robot(name) for name in ("nina", "vera", "dean", "remy", "tess", "hugo")]
    said = [len(person.inbox()) for person in everybody]
    await house.forward(days=6)
    assert [len(person.inbox()) for person in everybody] == said
    await house.forward(days=44)
    said[0] += 1
    assert [len(person.inbox()) for person in everybody] == said


async def test_people_in_other_zones_are_asked_in_their_own_working_hours(house: House) -> None:
    """Mila in New York is reminded at nine her time, though it fell due in her night; the facts stay true."""
    await house.until(berlin(18, 9))
    await reported(house, LEADS)
    remy, mila = house.robot("remy"), house.robot("mila")
    assert told(mila) == ["#1 concerns you: Are webinar leads any good?"]
    await hand_over(house, remy, "mila")
    assert told(mila)[1:] == ["Remy handed #1 to you: Are webinar leads any good?"]
    await house.until(berlin(18, 14, 59))
    assert len(told(mila)) == 2
    await house.until(berlin(18, 15))
    assert told(mila)[2:] == ["#1 waits for you: Are webinar leads any good?"]


async def test_iris_in_kolkata_hears_of_what_waited_when_her_day_begins(house: House) -> None:
    """It falls due after her day has ended: she gets it at nine in Kolkata, half past four in Berlin."""
    await reported(house, LEADS)
    remy, iris = house.robot("remy"), house.robot("iris")
    await hand_over(house, remy, "iris")
    assert len(told(iris)) == 1
    await house.until(berlin(18, 4, 29))
    assert len(told(iris)) == 1
    await house.until(berlin(18, 4, 30))
    assert told(iris)[1:] == ["#1 waits for you: Are webinar leads any good?"]


async def test_immediate_does_not_wait_for_anybodys_morning(house: House) -> None:
    """Saturday at two in the night: reminded after half an hour, the deputy asked after the next."""
    await house.until(berlin(21, 2))
    await reported(house, immediate=True)
    vera, dean = house.robot("vera"), house.robot("dean")
    await house.forward(minutes=30)
    assert told(vera)[1:] == ["#1 waits for you: Q4 pipeline for EMEA"]
    await house.forward(minutes=30)
    assert told(dean) == ["Vera has not answered on #1: Q4 pipeline for EMEA"]


async def test_R47_a_normal_conflict_of_the_weekend_reminds_on_monday(house: House) -> None:
    """Reported on Saturday at two in the night: the first message goes at once, the reminder on Monday."""
    await house.until(berlin(21, 2))
    await reported(house, LEADS)
    remy = house.robot("remy")
    assert len(told(remy)) == 1
    await house.until(berlin(23, 8, 59))
    assert len(told(remy)) == 1
    await house.until(berlin(23, 17, 30))
    assert len(told(remy)) == 2


async def test_R7_what_waits_for_monday_outlives_every_restart(database_url: str) -> None:
    """Started anew each night of a weekend: on Monday the owner is reminded, then the deputy is asked."""
    clock = HandClock(berlin(21, 2))
    slack = juniper_slack(clock, load(MANIFEST), Rates(0))
    await migrate(database_url)
    async with serve(slack) as server:
        async with running_bot(server, slack, database_url, clock) as bot:
            await bot.store.write(lambda unit: furnish(unit, slack), team=slack.workspace.team)
            await reported(House(slack, server, bot, clock))
        for night in (berlin(21, 23), berlin(22, 23)):
            async with running_bot(server, slack, database_url, clock) as bot:
                house = House(slack, server, bot, clock)
                await house.until(night)
                assert told(house.robot("vera")) == ["You decide #1: Q4 pipeline for EMEA"]
        async with running_bot(server, slack, database_url, clock) as bot:
            house = House(slack, server, bot, clock)
            await house.until(berlin(23, 17, 30))
            assert told(house.robot("vera"))[1:] == ["#1 waits for you: Q4 pipeline for EMEA"]
            assert told(house.robot("dean")) == ["Vera has not answered on #1: Q4 pipeline for EMEA"]


async def test_R30_an_owner_who_left_slack_is_stood_in_for_at_once(house: House) -> None:
    """Slack says that Vera is deactivated: her deputy is asked, the card names him, she gets nothing more."""
    conflict = await reported(house)
    admin.deactivate(house.slack, house.robot("vera").id)
    await house.settle()
    dean = house.robot("dean")
    assert told(dean) == ["You decide #1: Q4 pipeline for EMEA"]
    assert "You stand in for Vera." in newest(dean).text
    assert "Dean (deputy VP Sales) decides by" in card_of(dean).text
    assert (await now_of(house, conflict.id)).state is State.OPEN


async def test_R30_an_owner_whom_slack_calls_disabled_is_stood_in_for(house: House) -> None:
    """We learn it only when the message is refused: the stand-in is asked instead, nothing is lost."""
    house.slack.faults.plan(Fault("conversations.open", error="user_disabled"))
    facts = replace(PIPELINE, type="customer_health", account="Acme", account_owner="U0OMAR")
    conflict = await reported(house, facts, by="omar")
    assert "Carla is not here any more; Sefa decides instead" in " ".join(await story(house, conflict.id))
    sefa = house.robot("sefa")
    assert conflict.owner == sefa.id
    assert told(sefa) == ["You decide #1: Q4 pipeline for EMEA"]
    assert not house.robot("carla").inbox()


async def test_R43_pings_of_a_normal_conflict_stay_within_the_budget(house: House) -> None:
    """Asked, reminded, told that it is due: the owner has three at most; who is only told has two."""
    await reported(house)
    vera, remy = house.robot("vera"), house.robot("remy")
    await house.until(berlin(17, 15))
    await vera.clicks("Acknowledge", newest(vera))
    await house.until(berlin(19, 12))
    await decides(house, vera, newest(vera))
    await house.forward(days=8)
    assert len(told(vera)) == 3
    assert len(told(remy)) == 2
    assert not house.slack.record.pings


async def test_every_type_asks_its_owner_and_ends(house: House) -> None:
    """Each of the four types, and *Not sure*, is asked of one person by a deadline and can be decided."""
    kinds = {"lead_quality": "remy", "pipeline_forecast": "vera", "metric_contradiction": "remy"}
    kinds |= {"customer_health": "carla", "not_sure": "remy"}
    for number, (kind, owner) in enumerate(kinds.items(), start=1):
        conflict = await reported(
            house, type=kind, subject=f"Question {number}", account="Acme", account_owner="U0OMAR"
        )
        person = house.robot(owner)
        assert conflict.owner == person.id
        assert told(person)[-1] == f"You decide #{number}: Question {number}"
        await decides(house, person, newest(person))
        assert (await now_of(house, conflict.id)).state is State.DECIDED
