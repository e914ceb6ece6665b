"""What happens around a standup: people are away or leave, it is moved, skipped or missed."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

from council.people import Channel
from council.standup import Severity, StandupState
from sandbox.acts import admin
from storage.people import save_channel
from tests.stories.acting import newest
from tests.stories.company import COUNCIL, whole_juniper
from tests.stories.house import House, open_house
from tests.stories.standing_up import (
    ASKED,
    ENDS,
    FRIDAY,
    NAME,
    NINE,
    SUMMARY,
    questions,
    reports,
    standup_of,
    summaries,
)
from tests.stories.test_away import goes_away
from tests.stories.test_ceremonies import moves, opens

WEEK = timedelta(days=7)


async def test_R45_who_is_away_is_not_asked_and_the_deputy_is(council: House) -> None:
    """The question names for whom; so does the summary. With both away the summary says so."""
    remy, tess, mila, boris = (council.robot(name) for name in ("remy", "tess", "mila", "boris"))
    await goes_away(council, remy, "2026-11-23", "2026-11-24")
    await goes_away(council, mila, "2026-11-19", "2026-11-27")
    await goes_away(council, boris, "2026-11-19", "2026-11-27")
    await council.until(NINE)
    assert questions(remy) == questions(mila) == questions(boris) == 0
    assert "You are asked for Remy, who is away." in newest(tess).text
    await tess.clicks("Nothing to report", newest(tess))
    await council.until(SUMMARY)
    [seen] = summaries(council.robot("dean"))
    assert "Nothing to report: Tess (for Remy)." in seen.text
    assert "Nobody is there for: Marketing Director." in seen.text


async def test_R30_of_somebody_who_left_the_deputy_is_asked(council: House) -> None:
    """Also when they leave after they were asked."""
    await council.until(FRIDAY + timedelta(minutes=5))
    admin.deactivate(council.slack, "U0MILA")
    await council.settle()
    boris = council.robot("boris")
    assert questions(boris) == 1
    assert "You are asked for Mila" not in newest(boris).text


async def test_R15_who_travels_is_asked_at_nine_where_they_are(council: House) -> None:
    """Dean flies to Kolkata on Sunday; Slack tells, and the question follows."""
    await council.until(datetime(2026, 11, 22, 12, tzinfo=UTC))
    admin.change_person(council.slack, "U0DEAN", zone="Asia/Kolkata")
    await council.settle()
    await council.until(datetime(2026, 11, 23, 3, 29, tzinfo=UTC))
    assert questions(council.robot("dean")) == 0
    await council.until(datetime(2026, 11, 23, 3, 30, tzinfo=UTC))
    assert questions(council.robot("dean")) == 1
    await council.until(ENDS)
    assert questions(council.robot("dean")) == 2


async def test_a_standup_that_is_moved_keeps_its_answers(council: House) -> None:
    """Whoever was asked hears it once; nobody is asked again; there is one summary, at the new time."""
    await council.until(NINE)
    remy, dean, carla = (council.robot(name) for name in ("remy", "dean", "carla"))
    await reports(council, dean)
    await moves(council, remy, "2026-11-24", "15:00", why="The room is taken.")
    assert [questions(council.robot(name)) for name in ("remy", "dean", "carla")] == [2] * 3
    assert "takes place Tomorrow at 3:00 PM" in newest(dean).text
    assert "What you answered is kept." in newest(dean).text
    assert newest(carla).buttons[:2] == ("Nothing to report", "Report an issue")
    await council.until(ENDS)
    assert summaries(dean) == []
    await council.until(ENDS + timedelta(days=1, hours=8))
    [seen] = summaries(dean)
    assert "Leads are created twice" in seen.text
    assert questions(dean) == 2
    assert questions(carla) == 3, "one reminder: it is long after the question now"


async def test_a_standup_that_is_skipped_leaves_its_issues_to_the_next(council: House) -> None:
    """Whoever was asked hears once that it is off, and what was reported is in the next summary."""
    await council.until(NINE)
    remy, dean = council.robot("remy"), council.robot("dean")
    await reports(council, dean)
    form = await opens(remy, "Skip")
    await form.fill("Why?", "Everybody travels.")
    await form.submit()
    await council.settle()
    assert "does not take place. Everybody travels." in newest(dean).text
    assert "What you reported goes on to the next one." in newest(dean).text
    assert questions(dean) == 2
    await council.until(ENDS)
    assert summaries(dean) == []
    await council.until(ENDS + WEEK)
    [seen] = summaries(dean)
    assert "Leads are created twice" in seen.text
    await council.until(ENDS + 2 * WEEK)
    assert len(summaries(dean)) == 1


async def test_R3_questions_that_fell_due_while_nobody_looked_are_asked_late(council: House) -> None:
    """At half past nine there is time left."""
    await council.until(NINE - timedelta(minutes=10))
    council.clock.forward(timedelta(minutes=40))
    await council.settle()
    assert questions(council.robot("remy")) == 1
    await council.until(ENDS)
    assert len(summaries(council.robot("remy"))) == 1


async def test_R6_too_near_to_the_summary_nobody_is_asked_and_that_is_said(council: House) -> None:
    """Eleven minutes before it the question would only annoy."""
    await council.until(NINE - timedelta(minutes=10))
    council.clock.forward(timedelta(minutes=54))
    await council.settle()
    assert questions(council.robot("remy")) == 0
    await council.until(ENDS)
    [seen] = summaries(council.robot("remy"))
    assert "Not asked in time: RevOps lead, Sales Manager, CS Director." in seen.text


async def test_R3_a_summary_that_fell_due_while_nobody_looked_comes_while_people_still_meet(
    council: House,
) -> None:
    """Ten past ten: late, but they are in the meeting."""
    await council.until(NINE)
    await reports(council, council.robot("dean"))
    council.clock.forward(timedelta(minutes=70))
    await council.settle()
    assert "Leads are created twice" in summaries(council.robot("dean"))[0].text


async def test_R6_a_standup_that_was_missed_says_so_and_leaves_its_issues_to_the_next(council: House) -> None:
    """Nothing is posted after the meeting; nothing is lost either."""
    await council.until(NINE)
    dean = council.robot("dean")
    await reports(council, dean)
    council.clock.forward(timedelta(minutes=90))
    await council.settle()
    assert (await standup_of(council)).state is StandupState.MISSED
    assert summaries(dean) == []
    assert "I was not there to gather the answers" in newest(dean).text
    await council.until(ENDS + WEEK)
    assert "Leads are created twice" in summaries(dean)[0].text


async def test_a_standup_on_a_holiday_asks_nobody(database_url: str) -> None:
    """Easter Monday: a week later it is held again."""
    thursday = datetime(2027, 3, 25, 9, tzinfo=UTC)
    async with open_house(database_url, start=thursday, configuration=whole_juniper()) as house:
        await house.until(datetime(2027, 3, 30, 12, tzinfo=UTC))
        assert [questions(house.robot(name)) for name in ASKED] == [0] * 5
        await house.until(datetime(2027, 4, 5, 7, 0, tzinfo=UTC))
        assert [questions(house.robot(name)) for name in ("remy", "dean", "carla")] == [1] * 3
        assert not house.slack.record.defects


async def test_R28_in_an_archived_channel_the_answers_are_kept_all_the_same(council: House) -> None:
    """Nobody can post there; admins hear of it once, and `/ai-council standup` shows what was said."""
    await council.until(NINE)
    dean, pavel = council.robot("dean"), council.robot("pavel")
    await reports(council, dean)
    admin.archive(council.slack, COUNCIL, "U0REMY")
    await council.until(ENDS)
    council.slack.record.defects.clear()
    assert (await standup_of(council)).state is StandupState.SUMMED_UP
    assert sum("archived" in message.text for message in pavel.inbox()) == 1
    await dean.types("/ai-council standup", channel="general")
    await dean.clicks("See the summary", dean.ephemerals[-1])
    assert "Leads are created twice" in dean.modal.text


async def test_what_is_only_annoying_comes_on_the_councils_agenda(council: House) -> None:
    """Once, with who brings it."""
    await council.until(NINE)
    dean = council.robot("dean")
    await reports(council, dean, bad=Severity.ANNOYING, system="Gong", what="Logs me out")
    assert "comes on the agenda of the council's next meeting" in dean.modal.text
    await council.until(ENDS)
    await dean.types("/ai-council agenda", channel="general")
    assert dean.ephemerals[-1].text.count("Gong: Logs me out") == 1


async def test_home_shows_the_question_and_the_way_back(council: House) -> None:
    """It waits there until it is answered; who is asked more rarely reads so."""
    await council.until(NINE)
    dean = council.robot("dean")
    await dean.opens_home()
    await council.settle()
    assert f"{NAME}, Today at 10:00 AM: anything between tools or teams" in dean.home.text
    await dean.home.click("Nothing to report")
    await council.settle()
    assert "anything between tools" not in dean.home.text
    await dean.types("/ai-council standup", channel="general")
    await dean.clicks("Only ask me when something of mine is open", dean.ephemerals[-1])
    await council.settle()
    assert "you are asked only when something of yours is open" in dean.home.text
    await dean.home.click("Always ask me")
    await council.settle()
    assert "you are asked only when" not in dean.home.text


async def test_a_summary_in_a_private_channel_is_not_for_everybody(council: House) -> None:
    """Nina, who is not in it, is not offered what was said there; Dean, who was asked, is."""
    admin.make_private(council.slack, COUNCIL, "U0REMY")
    place = Channel(
        id=COUNCIL, name="ai-council", kind="private", bot_in=True, fetched_at=council.clock.now()
    )
    await council.bot.store.write(
        lambda unit: save_channel(unit.connection, unit.team, place), team=council.team
    )
    await council.until(NINE)
    dean, nina = council.robot("dean"), council.robot("nina")
    await reports(council, dean)
    await council.until(ENDS)
    assert len(summaries(dean)) == 1
    for person, offered in ((dean, True), (nina, False)):
        await person.types("/ai-council standup", channel="general")
        assert ("See the summary" in person.ephemerals[-1].buttons) is offered
