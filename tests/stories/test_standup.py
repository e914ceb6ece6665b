"""The standup: everybody is asked in their own morning, answers in one tap, and one message sums it up."""

from __future__ import annotations

from datetime import timedelta

import pytest

from tests.stories.acting import LEADS, newest, reported, told
from tests.stories.house import House
from tests.stories.standing_up import (
    ASKED,
    ENDS,
    FRIDAY,
    NINE,
    SUMMARY,
    questions,
    reports,
    standup_of,
    summaries,
)


async def test_everybody_is_asked_once_at_nine_where_they_live(council: House) -> None:
    """Mila in New York on Friday, as ten in Berlin is four in the morning there; Iris in Kolkata first."""
    await council.until(FRIDAY - timedelta(minutes=1))
    assert [questions(council.robot(name)) for name in ASKED] == [0] * 5
    await council.until(FRIDAY)
    assert [name for name in ASKED if questions(council.robot(name))] == ["mila"]
    await council.until(NINE - timedelta(minutes=1))
    assert {name for name in ASKED if questions(council.robot(name))} == {"mila", "iris"}
    await council.until(ENDS)
    asked = {name: questions(council.robot(name)) for name in ASKED}
    assert asked == {"remy": 1, "dean": 1, "carla": 1, "mila": 2, "iris": 2}
    assert council.robot("tess").inbox() == []


async def test_one_tap_answers_and_the_message_says_so(council: House) -> None:
    """*Nothing to report*: the question becomes the answer; after the summary it shrinks."""
    await council.until(NINE)
    remy = council.robot("remy")
    assert newest(remy).buttons == (
        "Nothing to report",
        "Report an issue",
        "Only ask me when something of mine is open",
    )
    await remy.clicks("Nothing to report", newest(remy))
    await council.settle()
    assert "you have nothing to report" in newest(remy).text
    assert newest(remy).buttons == ("Change it",)
    await council.until(SUMMARY)
    await council.settle()
    assert newest(remy).buttons == ()
    assert questions(remy) == 1


async def test_issues_become_one_summary(council: House) -> None:
    """Per system, the worst first, who needs whom; last, who has nothing and who was not heard from."""
    await council.until(NINE)
    remy, dean, iris = (council.robot(name) for name in ("remy", "dean", "iris"))
    await reports(council, remy, needs="Iris", bad="numbers are wrong")
    assert "make it a conflict right away" in remy.modal.text
    assert remy.modal.buttons == ["Make it a conflict"]
    await dean.clicks("Nothing to report", newest(dean))
    await reports(council, iris, system="Gong", what="The sync takes two hours", bad="costs us work")
    assert iris.modal.buttons == ["Make it an action item"]
    assert summaries(remy) == []
    await council.until(ENDS)
    [seen] = summaries(dean)
    assert seen.text.index("Leads are created twice") < seen.text.index("The sync takes two hours")
    assert "Remy needs Iris" in seen.text
    assert "Nothing to report: Dean." in seen.text
    assert "Not heard from yet: Mila, Carla (can still add)." in seen.text
    assert seen.buttons == ("Make it a conflict", "Make it an action item") * 2


async def test_several_issues_in_one_go(council: House) -> None:
    """*Report another after this* opens the form once more, empty, with what was taken above it."""
    await council.until(NINE)
    remy = council.robot("remy")
    await reports(council, remy, another=True)
    assert "Taken: Salesforce ↔ HubSpot: Leads are created twice" in remy.modal.text
    assert remy.modal.value("What happens?") is None
    await reports(council, remy, system="Gong", what="No calls since Monday", bad="annoying")
    assert "you reported 2 issues" in newest(remy).text
    assert "Gong: No calls since Monday" in newest(remy).text
    assert len((await standup_of(council)).issues) == 2


async def test_R44_answers_can_be_changed_until_the_summary(council: House) -> None:
    """Worded anew, or taken back; then there is nothing to report."""
    await council.until(NINE)
    remy = council.robot("remy")
    await reports(council, remy)
    await remy.clicks("Change it", newest(remy))
    await remy.modal.fill("What happens?", "Contacts are created twice")
    await remy.modal.submit()
    await council.settle()
    assert "Contacts are created twice" in newest(remy).text
    await remy.clicks("Change it", newest(remy))
    await remy.modal.choose("This issue", "I take it back")
    await remy.modal.submit()
    await council.settle()
    assert "you have nothing to report" in newest(remy).text
    await remy.clicks("Change it", newest(remy))
    await reports(council, remy, what="It is back")
    assert "you reported 1 issue" in newest(remy).text
    assert questions(remy) == 1


async def test_R44_a_late_answer_updates_the_summary(council: House) -> None:
    """Who was not heard from adds to the message that stands; nothing new is posted."""
    await council.until(NINE)
    remy, carla = council.robot("remy"), council.robot("carla")
    await reports(council, remy)
    await council.until(ENDS)
    assert newest(carla).buttons == ("Nothing to report", "Report an issue")
    await reports(council, carla, system="Gainsight", what="Health scores are stale", bad="costs us work")
    [seen] = summaries(carla)
    assert "Health scores are stale" in seen.text
    assert "Carla" not in seen.text[seen.text.index("Not heard from") :]
    assert newest(carla).buttons == ()


async def test_nobody_has_anything_twice_and_one_line_says_so(council: House) -> None:
    """The first time a message says so; the second time a line in it is brought up to date."""
    await council.until(NINE)
    remy, dean = council.robot("remy"), council.robot("dean")
    await remy.clicks("Nothing to report", newest(remy))
    await council.until(ENDS)
    [first] = summaries(remy)
    assert "Nobody has anything to report." in first.text
    await council.until(NINE + timedelta(days=7))
    await dean.clicks("Nothing to report", newest(dean))
    await council.until(ENDS + timedelta(days=7))
    [seen] = summaries(remy)
    assert seen.text.count("nobody had anything to report") == 1
    assert "Nothing to report: Dean." in seen.text
    await reports(council, remy, what="It broke just now")
    _, second = summaries(remy)
    assert "It broke just now" in second.text
    assert "nobody had anything" not in summaries(remy)[0].text


async def test_an_issue_becomes_a_conflict(council: House) -> None:
    """The form has the words in it; the summary names the number, and nobody makes it twice."""
    await council.until(NINE)
    remy, dean = council.robot("remy"), council.robot("dean")
    await reports(council, remy, bad="numbers are wrong")
    await council.until(SUMMARY)
    [seen] = summaries(dean)
    await dean.clicks("Make it a conflict", seen)
    form = dean.modal
    assert form.value("What do they disagree about?") == "Leads are created twice"
    assert form.value("What it says") == "Leads are created twice"
    await form.choose("What kind of conflict?", "Lead quality disagreement")
    await form.choose("Second source", "CRM lead score", query="CRM lead score")
    await form.fill("What it says", "Each lead once", nth=1)
    await form.submit()
    await council.settle()
    assert "#1" in dean.modal.text
    assert "→ #1" in summaries(dean)[0].text
    assert summaries(dean)[0].buttons == ()
    await remy.modal.click("Make it a conflict")
    assert "It is #1 by now." in remy.modal.text


async def test_an_issue_becomes_an_action_item(council: House) -> None:
    """For whoever is needed, by a day; they are told, and the summary says whose it is."""
    await council.until(NINE)
    remy, iris, omar = (council.robot(name) for name in ("remy", "iris", "omar"))
    await reports(council, remy, needs="Iris", bad="costs us work")
    await council.until(SUMMARY)
    [seen] = summaries(remy)
    await omar.clicks("Make it an action item", seen)
    assert "can make it an action item" in omar.ephemerals[-1].text
    await remy.clicks("Make it an action item", seen)
    assert remy.modal.value("Who does it?") == iris.id
    await remy.modal.submit()
    await council.settle()
    assert told(iris)[-1].startswith("To do by ")
    assert "→ action item of Iris" in summaries(remy)[0].text


async def test_what_is_open_stands_below_the_question(council: House) -> None:
    """Conflicts and action items of theirs, and by when."""
    await council.until(FRIDAY)
    await reported(council, LEADS)
    await council.until(NINE)
    assert "Open with you" not in newest(council.robot("carla")).text
    question = [each for each in council.robot("remy").inbox() if "Open with you" in each.text][-1]
    assert "#1 Are webinar leads any good? · due" in question.text


async def test_who_has_nothing_open_may_be_spared(council: House) -> None:
    """The wish is kept, shown with its way back, and said in the last line; something open asks again."""
    await council.until(NINE)
    remy = council.robot("remy")
    await remy.clicks("Only ask me when something of mine is open", newest(remy))
    await council.settle()
    assert newest(remy).buttons[-1] == "Always ask me"
    count = questions(remy)
    await council.until(ENDS + timedelta(days=7))
    assert questions(remy) == count
    assert "Not asked, because nothing of theirs is open: Remy." in summaries(remy)[0].text
    await council.until(NINE + timedelta(days=13))
    await reported(council, LEADS)
    await council.until(NINE + timedelta(days=14))
    assert questions(remy) == count + 1
    await remy.types("/ai-council standup", channel="general")
    await remy.clicks("Always ask me", remy.ephemerals[-1])
    await council.settle()
    question = [each for each in remy.inbox() if "Report an issue" in each.buttons][-1]
    assert question.buttons[-1] == "Only ask me when something of mine is open"


async def test_anybody_may_report_an_issue_by_command(council: House) -> None:
    """Nina was not asked: she can add an issue, and does not count as heard."""
    await council.until(NINE)
    nina = council.robot("nina")
    await nina.types("/ai-council standup", channel="general")
    answer = nina.ephemerals[-1]
    assert "AI integration standup" in answer.text
    assert answer.buttons == ("Report an issue", "Only ask me when something of mine is open")
    await nina.clicks("Report an issue", answer)
    await reports(council, nina, system="Clari", what="Logs me out every hour")
    await council.until(SUMMARY)
    [seen] = summaries(nina)
    assert "Logs me out every hour" in seen.text
    assert "Not heard from yet: Mila, Iris, Remy, Dean, Carla" in seen.text
    await nina.types("/ai-council standup", channel="general")
    await nina.clicks("See the summary", nina.ephemerals[-1])
    assert "Logs me out every hour" in nina.modal.text


@pytest.mark.parametrize("later", [timedelta(days=1, hours=1), timedelta(days=6)])
async def test_an_answer_long_after_is_refused_kindly(council: House, later: timedelta) -> None:
    """The button of an old answer says that it is over, and where the next one is."""
    await council.until(NINE)
    carla = council.robot("carla")
    await carla.types("/ai-council standup", channel="general")
    old = carla.ephemerals[-1]
    await council.until(ENDS + later)
    await carla.clicks("Nothing to report", old)
    assert "is over; /ai-council standup shows the next one" in carla.ephemerals[-1].text.replace("`", "")
    await carla.clicks("Report an issue", old)
    assert "is over" in carla.ephemerals[-1].text
    assert newest(carla).buttons == ()


async def test_R24_a_button_pressed_twice_answers_once(council: House) -> None:
    """Wherever it was pressed the second time."""
    await council.until(NINE)
    carla = council.robot("carla")
    await carla.types("/ai-council standup", channel="general")
    await carla.clicks("Nothing to report", newest(carla))
    await carla.clicks("Nothing to report", carla.ephemerals[-1])
    await council.settle()
    standup = await standup_of(council)
    assert [each.person for each in standup.asked if each.nothing_at] == ["U0CARLA"]
    assert len(carla.ephemerals) == 1


async def test_nothing_to_report_after_an_issue_is_told_how_to_take_it_back(council: House) -> None:
    """An old button does not throw away what was reported."""
    await council.until(NINE)
    carla = council.robot("carla")
    await carla.types("/ai-council standup", channel="general")
    await reports(council, carla)
    await carla.clicks("Nothing to report", carla.ephemerals[-1])
    assert "You have reported something already" in carla.ephemerals[-1].text
    assert len((await standup_of(council)).issues) == 1


async def test_wrong_numbers_become_a_conflict_right_away(council: House) -> None:
    """From the form's last page, before the summary is out; what became one is not changed any more."""
    await council.until(NINE)
    remy = council.robot("remy")
    await reports(council, remy, bad="numbers are wrong")
    await remy.modal.click("Make it a conflict")
    form = remy.modal
    assert form.title == "Report an AI conflict"
    await form.choose("What kind of conflict?", "Lead quality disagreement")
    await form.choose("Second source", "CRM lead score", query="CRM lead score")
    await form.fill("What it says", "Each lead once", nth=1)
    await form.submit()
    await council.settle()
    assert (await standup_of(council)).issues[0].number == 1
    await remy.modal.close(everything=True)
    question = [each for each in remy.inbox() if "Change it" in each.buttons][-1]
    await remy.clicks("Change it", question)
    assert "Something was made of it already" in remy.ephemerals[-1].text
    await council.until(SUMMARY)
    assert "→ #1" in summaries(remy)[0].text
