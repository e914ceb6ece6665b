"""The agenda writes itself: put up in time, kept current, added to and arranged."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime

from sandbox.robot import Robot
from sandbox.seen import Seen
from tests.stories.acting import PIPELINE, decides, reported
from tests.stories.house import House

ASKS = datetime(2026, 12, 3, 9, 0, tzinfo=UTC)
GOES_OUT = datetime(2026, 12, 4, 9, 0, tzinfo=UTC)
"""10:00 in Berlin, two working days before the council of Tuesday, 8 December."""
CONTRADICTION = replace(PIPELINE, type="metric_contradiction", subject="Which churn is true?")


def agendas(person: Robot) -> list[Seen]:
    """The agendas of the council this person sees, oldest first."""
    return [seen for seen in person.sees("ai-council") if seen.text.startswith("AI Coordination Council · ")]


async def test_the_agenda_is_put_up_two_working_days_before_and_says_what_waits(council: House) -> None:
    """At the meeting's wall time, once, with all five boxes and what is open."""
    remy = council.robot("remy")
    await reported(council, CONTRADICTION)
    await council.until(GOES_OUT.replace(hour=8, minute=59))
    assert agendas(remy) == []
    await council.until(GOES_OUT)
    [agenda] = agendas(remy)
    assert "60 of 60 min" in agenda.text
    assert (
        "1  AI Signal Conflicts · 15 min\n• #1 Which churn is true? · waits for this meeting · Remy"
        in agenda.text
    )
    assert "2  Workflow Handoff Review · 15 min\n• MQL → SQL · Remy · What works? What breaks?" in agenda.text
    assert "5  Action Items & Owners · 10 min" in agenda.text


async def test_an_agenda_that_stands_follows_what_happens(council: House) -> None:
    """Quietly: the same message, a minute later, however much happens in it."""
    remy, vera = council.robot("remy"), council.robot("vera")
    await council.until(GOES_OUT)
    [empty] = agendas(remy)
    assert "Nothing waits for this meeting so far." in empty.text
    await reported(council, PIPELINE)
    await reported(council, replace(CONTRADICTION, confidential=True), home=None)
    await council.forward(minutes=2)
    [agenda] = agendas(remy)
    assert "open: #1" in agenda.text
    assert "• confidential #2\n" in agenda.text
    assert "churn" not in agenda.text
    await decides(council, vera, vera.inbox()[-2])
    await council.forward(minutes=2)
    [agenda] = agendas(remy)
    assert "decided since: #1" in agenda.text
    assert "open:" not in agenda.text


async def test_the_holders_of_shared_metrics_are_asked_the_working_day_before(council: House) -> None:
    """One message each, for all of theirs; nobody else hears of it."""
    await council.until(ASKS)
    remy, carla, vera = (council.robot(who) for who in ("remy", "carla", "vera"))
    assert "What do the shared metrics say?" in remy.inbox()[-1].text
    assert "Pipeline accuracy and Lead score correlation with close rate" in remy.inbox()[-1].text
    assert "CS health score predictive accuracy" in carla.inbox()[-1].text
    assert not any("shared metrics" in seen.text for seen in vera.inbox())
    await council.until(GOES_OUT)
    assert "Pipeline accuracy: not heard, Remy was asked" in agendas(remy)[-1].text


async def test_an_agenda_follows_a_moved_meeting_and_says_when_it_is_skipped(council: House) -> None:
    """The message that stands; no second one."""
    remy = council.robot("remy")
    await council.until(GOES_OUT)
    await remy.types("/ai-council next", channel="general")
    await remy.clicks("Move", remy.ephemerals[-1], nth=1)
    await remy.modal.choose("Date", "2026-12-09")
    await remy.modal.submit()
    await council.settle()
    await remy.modal.close()
    [agenda] = agendas(remy)
    assert "Dec 9 at 10:00 AM" in agenda.text
    await remy.types("/ai-council next", channel="general")
    await remy.clicks("Skip", remy.ephemerals[-1], nth=1)
    await remy.modal.fill("Why?", "Half of us are at the fair")
    await remy.modal.submit()
    await council.settle()
    [agenda] = agendas(remy)
    assert "does not take place. Half of us are at the fair" in agenda.text
    await council.forward(days=5)
    assert len(agendas(remy)) == 1


async def fills_item(person: Robot, text: str, **more: str) -> None:
    """The form **Add an item**, filled in and sent."""
    await person.modal.fill("What is it about?", text)
    for label, value in more.items():
        await person.modal.choose(label, value)
    await person.modal.submit()
    assert not person.modal.errors


async def test_who_sits_in_the_council_adds_an_item(council: House) -> None:
    """It stands in its box at once, with who brings it."""
    carla, remy = council.robot("carla"), council.robot("remy")
    await council.until(GOES_OUT)
    await carla.clicks("Add an item", agendas(carla)[-1])
    assert carla.modal.title == "Add an item"
    assert "You propose it" not in carla.modal.text
    await fills_item(carla, "Where do dashboards live?", Minutes="10 min")
    assert "It is on the agenda of AI Coordination Council" in carla.modal.text
    await council.settle()
    [agenda] = agendas(remy)
    assert "• Where do dashboards live? · Carla · 10 min" in agenda.text


async def test_others_propose_a_tool_and_the_chair_accepts_it(council: House) -> None:
    """Until then it is only counted; the chair's deputy may accept as well."""
    nina, tess, remy = (council.robot(who) for who in ("nina", "tess", "remy"))
    await council.until(GOES_OUT)
    await nina.types("/ai-council agenda", channel="general")
    assert nina.ephemerals[-1].buttons == ("Add an item", "Propose a tool")
    await nina.clicks("Propose a tool", nina.ephemerals[-1])
    assert "You propose it; Remy decides" in nina.modal.text
    await nina.modal.fill("Which tool?", "Gong Forecast")
    await nina.modal.fill("For whom?", "Sales")
    await nina.modal.fill("What shared data does it touch?", "opportunities")
    await nina.modal.fill("Why?", "one forecast less by hand")
    await nina.modal.submit()
    await council.settle()
    assert "One more is proposed; Remy accepts under Arrange." in agendas(remy)[-1].text
    assert "Gong" not in agendas(remy)[-1].text
    await tess.clicks("Arrange", agendas(tess)[-1])
    assert "Nina proposes: Gong Forecast for Sales, touches opportunities: one forecast" in tess.modal.text
    await tess.modal.choose("What shall become of it?", "Put it on the agenda")
    await tess.modal.submit()
    await council.settle()
    assert "• Gong Forecast for Sales, touches opportunities" in agendas(remy)[-1].text
    assert "proposed" not in agendas(remy)[-1].text


async def test_the_chair_arranges(council: House) -> None:
    """Order, minutes against the length of the meeting, who brings what, and what is dropped."""
    remy = council.robot("remy")
    await reported(council, CONTRADICTION)
    await council.until(GOES_OUT)
    await remy.clicks("Arrange", agendas(remy)[-1])
    form = remy.modal
    assert "60 of 60 min" in form.text
    await form.choose("AI Signal Conflicts: minutes", "25 min")
    assert "70 of 60 min: 10 too many" in form.text
    await form.choose("AI Signal Conflicts: place", "5")
    await form.untick("MQL → SQL · Remy")
    await form.submit()
    assert "is saved" in remy.modal.text
    await council.settle()
    [agenda] = agendas(remy)
    assert "70 of 60 min" in agenda.text
    assert "1  Workflow Handoff Review · 15 min\nWhat works? What breaks?" in agenda.text
    assert "5  AI Signal Conflicts · 25 min" in agenda.text
    await remy.clicks("Arrange", agenda)
    await remy.modal.tick("MQL → SQL · Remy")
    await remy.modal.choose("Who brings what? The item", "MQL → SQL")
    await remy.modal.choose("Who brings it", "Lena")
    await remy.modal.submit()
    await council.settle()
    assert "• MQL → SQL · Lena · What works? What breaks?" in agendas(remy)[-1].text


async def test_two_who_arrange_at_once_lose_nothing(council: House) -> None:
    """Both had the form open; each changes only what they changed."""
    remy, tess, carla = (council.robot(who) for who in ("remy", "tess", "carla"))
    await council.until(GOES_OUT)
    await remy.clicks("Arrange", agendas(remy)[-1])
    await tess.clicks("Arrange", agendas(tess)[-1])
    await carla.clicks("Add an item", agendas(carla)[-1])
    await remy.modal.untick("MQL → SQL · Remy")
    await remy.modal.submit()
    await tess.modal.choose("Tool & Integration Updates: minutes", "20 min")
    await tess.modal.submit()
    await fills_item(carla, "Dashboards")
    await council.settle()
    [agenda] = agendas(remy)
    assert "MQL" not in agenda.text
    assert "3  Tool & Integration Updates · 20 min\n• Dashboards · Carla" in agenda.text


async def test_only_who_chairs_arranges(council: House) -> None:
    """Everybody else is told who does, and what they can do."""
    vera = council.robot("vera")
    await council.until(GOES_OUT)
    await vera.clicks("Arrange", agendas(vera)[-1])
    assert "Only Remy can arrange the agenda. You can add an item." in vera.ephemerals[-1].text


async def test_the_holders_answer_in_one_form_and_the_agenda_shows_it(council: House) -> None:
    """What nobody answers stands there as not heard; an answer can be changed."""
    remy, carla = council.robot("remy"), council.robot("carla")
    await council.until(GOES_OUT)
    await remy.clicks("Answer", remy.inbox()[-1])
    await remy.modal.fill("Pipeline accuracy", "91 %")
    await remy.modal.submit()
    await council.settle()
    [agenda] = agendas(remy)
    assert "• Pipeline accuracy: 91 %" in agenda.text
    assert "• Lead score correlation with close rate: not heard, Remy was asked" in agenda.text
    assert "You answered for AI Coordination Council" in remy.inbox()[-1].text
    assert remy.inbox()[-1].buttons == ("Change",)
    await carla.clicks("Answer", carla.inbox()[-1])
    await carla.modal.submit()
    assert "Fill in at least one of them." in str(carla.modal.errors)


async def test_the_agenda_can_be_read_before_it_is_put_up(council: House) -> None:
    """Privately, as of now; for the chair with *Arrange*."""
    remy = council.robot("remy")
    await reported(council, CONTRADICTION)
    await remy.types("/ai-council agenda", channel="general")
    seen = remy.ephemerals[-1]
    assert "AI Coordination Council · Dec 8 at 10:00 AM" in seen.text
    assert "#1 Which churn is true?" in seen.text
    assert seen.buttons[:3] == ("Add an item", "Propose a tool", "Arrange")
    assert "Also ahead: Joint leadership review, AI tool rationalisation and Strategic review" in seen.text


async def test_an_old_button_leads_to_the_next_agenda(council: House) -> None:
    """Last month's answer still stands there; pressed, it opens the form of the next meeting."""
    carla = council.robot("carla")
    await council.until(GOES_OUT)
    await carla.types("/ai-council agenda", channel="general")
    old = carla.ephemerals[-1]
    await council.until(GOES_OUT.replace(day=9))
    assert agendas(carla)[-1].buttons == ("Start meeting",)
    await carla.clicks("Add an item", old)
    assert "Jan 12" in carla.modal.text
    await fills_item(carla, "Dashboards")
    assert "It is on the agenda of AI Coordination Council, Jan 12" in carla.modal.text


async def test_what_was_added_to_a_meeting_that_is_skipped_comes_to_the_next(council: House) -> None:
    """Nothing is lost."""
    carla, remy = council.robot("carla"), council.robot("remy")
    await council.until(GOES_OUT)
    await carla.clicks("Add an item", agendas(carla)[-1])
    await fills_item(carla, "Where do dashboards live?")
    await remy.types("/ai-council next", channel="general")
    await remy.clicks("Skip", remy.ephemerals[-1], nth=1)
    await remy.modal.fill("Why?", "Half of us are at the fair")
    await remy.modal.submit()
    await council.settle()
    assert "What was added to it waits for the next one." in agendas(remy)[-1].text
    await remy.modal.close()
    await remy.types("/ai-council agenda", channel="general")
    await remy.picks("AI Coordination Council", remy.ephemerals[-1])
    assert "• Where do dashboards live? · Carla · carried over" in remy.ephemerals[-1].text


async def test_app_home_says_how_much_the_next_meeting_goes_through(council: House) -> None:
    """With the agenda a tap away; it follows what one adds oneself."""
    carla = council.robot("carla")
    await reported(council, CONTRADICTION)
    await carla.opens_home()
    await council.settle()
    assert "AI Coordination Council · Dec 8 at 10:00 AM · 60 min · join · 1 item\n" in carla.home.text
    await carla.home.click("Agenda")
    assert "#1 Which churn is true?" in carla.modal.text
    await carla.modal.close()
    await carla.home.click("Add an item")
    await fills_item(carla, "Dashboards")
    await council.settle()
    assert " · join · 2 items\n" in carla.home.text


async def test_R46_an_agenda_of_nothing_says_so_once(council: House) -> None:
    """One line above its boxes, and what stands there every time; no message more."""
    remy = council.robot("remy")
    await council.until(GOES_OUT)
    [agenda] = agendas(remy)
    assert agenda.text.count("Nothing waits for this meeting so far.") == 1
    await council.until(GOES_OUT.replace(day=8, hour=8))
    assert len(agendas(remy)) == 1


async def test_what_is_made_confidential_leaves_the_agenda_at_once(council: House) -> None:
    """Also an agenda whose meeting has begun; its number is left."""
    remy = council.robot("remy")
    conflict = await reported(council, CONTRADICTION)
    await council.until(GOES_OUT)
    assert "churn" in agendas(remy)[-1].text
    await hides(council, remy, conflict.number)
    await council.forward(seconds=10)
    assert "churn" not in agendas(remy)[-1].text
    assert "• confidential #1\n" in agendas(remy)[-1].text


async def test_what_is_made_confidential_leaves_an_agenda_that_was_gone_through(council: House) -> None:
    """What stood there when the meeting began stays, but for this."""
    remy = council.robot("remy")
    conflict = await reported(council, CONTRADICTION)
    await council.until(GOES_OUT.replace(day=8))
    await remy.clicks("Start meeting", agendas(remy)[-1])
    await council.settle()
    assert "The meeting has begun." in agendas(remy)[0].text
    assert "churn" in agendas(remy)[0].text
    await hides(council, remy, conflict.number)
    await council.forward(seconds=10)
    assert "churn" not in "\n".join(seen.text for seen in remy.sees("ai-council"))
    assert "• confidential #1\n" in agendas(remy)[0].text


async def hides(house: House, owner: Robot, number: int) -> None:
    """**Make confidential**, in Details."""
    await owner.types(f"/ai-conflict show {number}", channel="general")
    await owner.clicks("Details", owner.ephemerals[-1])
    await owner.modal.click("Make confidential")
    await owner.modal.submit()
    await house.settle()
