"""A council meeting, from *Start meeting* to its minutes."""

from __future__ import annotations

from datetime import timedelta

from tests.stories.acting import card_of, decides, fill_decision, newest, now_of, told
from tests.stories.house import House
from tests.stories.meetings import (
    COUNCIL_AT,
    agenda,
    attend,
    finishes,
    goes_on,
    meeting_of,
    minutes,
    now,
    starts,
    with_conflict,
)

HOUR = timedelta(hours=1)


async def test_a_whole_meeting_from_start_to_minutes(council: House) -> None:
    """Agenda, start, decide, name an owner, carry over, finish: the minutes say all of it."""
    remy, iris = council.robot("remy"), council.robot("iris")
    conflict = await with_conflict(council)
    await council.until(COUNCIL_AT)
    await starts(council, remy)
    assert "Now: 1 · AI Signal Conflicts · 15 min, until" in now(remy).text
    assert "Churn in APAC" in now(remy).text
    await remy.clicks("Record decision", now(remy))
    await fill_decision(remy.modal, decision="Present 3.1 M€.", why="Counted twice.")
    await remy.modal.submit()
    await council.settle()
    assert (await now_of(council, conflict.id)).ruling is not None
    assert "decided by Remy" in now(remy).text
    await goes_on(council, remy)
    assert "Now: 2 · Workflow Handoff Review" in now(remy).text
    await remy.clicks("Name an owner", now(remy))
    form = remy.modal
    await form.choose("Who?", "Iris")
    await form.fill("What is to be done?", "Map the fields of the handoff.")
    await form.choose("By when?", "2026-12-18")
    await form.submit()
    await council.settle()
    assert "To do by" in newest(iris).text
    await goes_on(council, remy)
    await remy.clicks("Carry over", now(remy))
    await remy.modal.fill("Why?", "Gong's prices come in January.")
    await remy.modal.submit()
    await council.settle()
    await council.forward(minutes=57)
    while "Next" in now(remy).buttons:
        await goes_on(council, remy)
    await remy.clicks("Finish", now(remy))
    await council.settle()
    kept = minutes(remy).text
    for part in ("57 of 60 min", "Decided by Remy", "Iris does it by Fri 18 Dec", "Gong's prices"):
        assert part in kept
    assert (await meeting_of(council)).carried


async def test_R40_two_press_next_at_once_and_it_goes_on_once(council: House) -> None:
    """The chair and the deputy press the same button; the second one reads where it is now."""
    remy, tess = council.robot("remy"), council.robot("tess")
    await council.until(COUNCIL_AT)
    await starts(council, remy)
    seen = now(tess)
    await remy.clicks("Next", now(remy))
    await remy.clicks("Next", seen)
    await tess.clicks("Next", seen)
    await council.settle()
    assert not [each for each in remy.ephemerals if "gone on" in each.text]
    assert "Remy has gone on already; now it is 2 · Workflow Handoff Review." in tess.ephemerals[-1].text
    assert "Now: 2 · Workflow Handoff Review" in now(remy).text


async def test_only_who_chairs_holds_the_meeting_and_the_sponsor_when_nobody_does(council: House) -> None:
    """Anybody else reads who can; with chair and deputy away the sponsor starts it."""
    nina, hugo = council.robot("nina"), council.robot("hugo")
    await council.until(COUNCIL_AT - HOUR)
    await nina.clicks("Start meeting", agenda(nina))
    assert "Only Remy can hold the meeting" in nina.ephemerals[-1].text
    await hugo.clicks("Start meeting", agenda(hugo))
    assert "Only Remy can hold the meeting" in hugo.ephemerals[-1].text
    for name in ("remy", "tess"):
        await is_away(council, name)
    await starts(council, hugo)
    assert "begun Today at 9:00 AM by Hugo" in now(hugo).text


async def is_away(house: House, name: str) -> None:
    """On the day of the council."""
    person = house.robot(name)
    await person.types("/ai-council away", channel="general")
    await person.modal.choose("From", "2026-12-08")
    await person.modal.choose("Until", "2026-12-09")
    await person.modal.submit()
    await house.settle()


async def test_not_before_an_hour_and_not_twice(council: House) -> None:
    """Two working days ahead the button is a slip; once it runs, it says who started it."""
    remy, tess = council.robot("remy"), council.robot("tess")
    await council.until(COUNCIL_AT - 30 * HOUR)
    await remy.clicks("Start meeting", agenda(remy))
    assert "can be started from an hour before" in remy.ephemerals[-1].text
    await council.until(COUNCIL_AT)
    await remy.clicks("Start meeting", agenda(remy))
    await tess.clicks("Start meeting", agenda(tess))
    assert "Remy has started it already" in tess.ephemerals[-1].text


async def test_a_meeting_that_was_started_early_is_neither_moved_nor_skipped(council: House) -> None:
    """Before its hour the calendar would still let it."""
    remy = council.robot("remy")
    await council.until(COUNCIL_AT - HOUR)
    await remy.types("/ai-council next", channel="general")
    await remy.clicks("Skip", remy.ephemerals[-1])
    await starts(council, remy)
    await remy.modal.fill("Why?", "Half of us are at the fair")
    await remy.modal.submit()
    assert "Remy has started it already" in " ".join(remy.modal.errors.values())
    assert "Now: 1" in now(remy).text


async def test_what_waits_for_the_meeting_is_quiet_while_it_runs_over(council: House) -> None:
    """Nobody is asked while people sit together; finished without it, the chain is asked."""
    remy, tess = council.robot("remy"), council.robot("tess")
    conflict = await with_conflict(council)
    await council.until(COUNCIL_AT)
    before = len(told(tess))
    await starts(council, remy)
    await council.forward(minutes=90)
    assert told(tess)[before:] == []
    assert "Overdue" not in card_of(remy).text
    await council.forward(minutes=95)
    assert any("You are asked" in each or "has not answered" in each for each in told(tess)[before:])
    assert (await now_of(council, conflict.id)).overdue(council.clock.now())


async def test_carried_over_a_conflict_has_a_new_limit_an_owner_and_is_counted(council: House) -> None:
    """Its owner brings it back, decides it at the next meeting, and the next agenda says so."""
    remy, tess = council.robot("remy"), council.robot("tess")
    conflict = await with_conflict(council)
    await council.until(COUNCIL_AT)
    await starts(council, remy)
    await remy.clicks("Carry over", now(remy))
    await remy.modal.choose("Who brings it back?", "Tess")
    await remy.modal.fill("Why?", "The export is late.")
    await remy.modal.submit()
    await council.settle()
    carried = await now_of(council, conflict.id)
    assert (carried.carried, carried.owner) == (1, tess.id)
    assert carried.deadline.limit == COUNCIL_AT.replace(year=2027, month=1, day=12, hour=10)
    assert "You bring it back" in newest(tess).text
    assert "Tess brings it back, and it is decided by Jan 12 at 11:00 AM" in now(remy).text
    await finishes(council, remy)
    await council.until(COUNCIL_AT.replace(year=2027, month=1, day=11))
    assert "#1 Churn in APAC · waits for this meeting · Tess · carried over" in agenda(remy).text


async def test_finish_lists_what_has_no_outcome_and_one_tap_settles_it(council: House) -> None:
    """Nothing is left behind: each goes to its owner."""
    remy, carla = council.robot("remy"), council.robot("carla")
    conflict = await with_conflict(council)
    await council.until(COUNCIL_AT - 24 * HOUR)
    await carla.clicks("Add an item", agenda(carla))
    await carla.modal.fill("What is it about?", "Who pays for Gong?")
    await carla.modal.submit()
    await carla.modal.close()
    await council.until(COUNCIL_AT)
    await starts(council, remy)
    while "Next" in now(remy).buttons:
        await goes_on(council, remy)
    await remy.clicks("Finish", now(remy))
    await council.settle()
    left = now(remy)
    assert "Two items have neither a decision nor an owner" in left.text
    assert "Churn in APAC" in left.text
    await remy.clicks("Back to the items", left)
    await council.settle()
    assert "Finish" in now(remy).buttons
    await finishes(council, remy)
    assert "Carried over, Carla brings it back" in minutes(remy).text
    assert (await now_of(council, conflict.id)).carried == 1
    assert [point.owner for point in (await meeting_of(council)).carried] == [remy.id, carla.id]


async def test_what_is_decided_on_its_card_meanwhile_is_seen_in_the_meeting(council: House) -> None:
    """The item says so, and the minutes keep the decision."""
    remy = council.robot("remy")
    await with_conflict(council)
    await council.until(COUNCIL_AT)
    await starts(council, remy)
    card = next(each for each in remy.sees("ai-council") if "Decide" in each.buttons)
    await decides(council, remy, card)
    assert "settled on its card meanwhile" in now(remy).text
    assert "Record decision" not in now(remy).buttons
    await finishes(council, remy)
    assert "Decided by Remy: Rep roll-up stands" in minutes(remy).text


async def test_of_a_confidential_conflict_the_channel_reads_its_number_only(council: House) -> None:
    """In the agenda, the meeting and the minutes; decided it is by who may see it."""
    remy = council.robot("remy")
    await with_conflict(council, confidential=True)
    await council.until(COUNCIL_AT)
    await starts(council, remy)
    assert "confidential #1" in now(remy).text
    await remy.clicks("Record decision", now(remy))
    await fill_decision(remy.modal, decision="Use the lower one.", why="It is audited.")
    await remy.modal.submit()
    await council.settle()
    await finishes(council, remy)
    kept = minutes(remy).text
    assert "• confidential #1: Decided." in kept
    every = " ".join(message.text for message in remy.sees("ai-council"))
    assert not {word for word in ("Churn", "lower one", "audited") if word in every}


async def test_who_was_not_there_gets_the_minutes(council: House) -> None:
    """Those of the council whom nobody noted as there; by direct message, with the way to the minutes."""
    remy, iris = council.robot("remy"), council.robot("iris")
    await council.until(COUNCIL_AT)
    await starts(council, remy)
    await attend(council, remy)
    assert "5 there" in now(remy).text
    await attend(council, remy, "Vera")
    assert "1 there" in now(remy).text
    await finishes(council, remy)
    await council.forward(hours=24)
    assert "Attended: Vera. Absent: Remy, Mila, Carla and Iris." in minutes(remy).text
    assert any("You missed the AI Coordination Council" in message.text for message in iris.inbox())
    assert not any("You missed" in message.text for message in council.robot("vera").inbox())


async def test_minutes_are_edited_line_by_line_and_every_version_is_kept(council: House) -> None:
    """The message says who changed it when; the history what stood there before."""
    remy, nina = council.robot("remy"), council.robot("nina")
    await council.until(COUNCIL_AT)
    await starts(council, remy)
    await finishes(council, remy)
    for words in ("Lucia maps the fields.", "Lucia and Omar map the fields."):
        await remy.clicks("Edit minutes", minutes(remy))
        await remy.modal.choose("What?", "2 · MQL → SQL")
        await remy.modal.fill("Words", words)
        await remy.modal.submit()
        await council.settle()
    kept = minutes(remy)
    assert "MQL → SQL: Lucia and Omar map the fields. (edited)" in kept.text.replace("_", "")
    assert "edited by Remy at" in kept.text
    await nina.clicks("Edit minutes", kept)
    assert "Only Remy can hold the meeting and keep its minutes" in nina.ephemerals[-1].text
    await nina.clicks("History", kept)
    assert "before: Lucia maps the fields." in nina.modal.text
    await nina.modal.close()
    await nina.clicks("Download", kept)
    assert "## 2. Workflow Handoff Review" in nina.modal.text
    await nina.modal.click("Send me the file")
    await council.settle()
    assert "The minutes of the AI Coordination Council, as Markdown." in newest(nina).text


async def test_a_meeting_nobody_finishes_becomes_a_draft_next_morning(council: House) -> None:
    """The chair is asked once, two hours after its end; conflicts go on, everything else is kept."""
    remy = council.robot("remy")
    await council.until(COUNCIL_AT)
    await starts(council, remy)
    await council.forward(hours=3, minutes=1)
    assert "is not finished yet" in newest(remy).text
    await council.forward(hours=21)
    asked = [each for each in told(remy) if "is not finished yet" in each or "it is over" in each]
    assert len(asked) == 1
    assert "Minutes (draft)" in minutes(remy).text
    await remy.clicks("Confirm", newest(remy))
    await council.settle()
    assert "draft" not in minutes(remy).text


async def test_of_a_meeting_nobody_started_the_chair_is_asked(council: House) -> None:
    """It did not take place, or its outcomes are recorded afterwards, without the time."""
    remy = council.robot("remy")
    await council.until(COUNCIL_AT + HOUR)
    assert "Did the AI Coordination Council of" in newest(remy).text
    await remy.clicks("Record outcomes", newest(remy))
    await council.settle()
    assert "its outcomes are recorded afterwards" in now(remy).text
    await finishes(council, remy)
    assert "of 60 min" not in minutes(remy).text
    assert "outcomes recorded afterwards" in minutes(remy).text


async def test_it_did_not_take_place_said_or_silently(council: House) -> None:
    """Said by the chair, or nobody answers for two working days: the agenda says so, the question shrinks."""
    remy = council.robot("remy")
    await council.until(COUNCIL_AT + HOUR)
    question, seen = newest(remy), agenda(remy)
    assert "Nobody has started the meeting yet." in seen.text
    await council.forward(hours=60)
    assert "The meeting did not take place." in remy.again(seen).text
    assert remy.again(question).text == "AI Coordination Council: it did not take place."
    await council.until(COUNCIL_AT.replace(year=2027, month=1, day=12, hour=10))
    await remy.clicks("It did not", newest(remy))
    await council.settle()
    assert newest(remy).text == "AI Coordination Council: it did not take place."


async def test_minutes_are_found_again(council: House) -> None:
    """By day, by words, or simply the newest; what nobody said is found in none."""
    remy, nina = council.robot("remy"), council.robot("nina")
    await nina.types("/ai-council minutes", channel="general")
    assert "There are no minutes yet" in nina.ephemerals[-1].text
    await council.until(COUNCIL_AT)
    await starts(council, remy)
    await goes_on(council, remy, 2)
    await remy.clicks("Record decision", now(remy))
    await remy.modal.fill("Decision", "We buy Gong Forecast for a year.")
    await remy.modal.fill("Why", "It was right in 9 of 10 quarters.")
    await remy.modal.submit()
    await council.settle()
    await finishes(council, remy)
    for words in ("", " gong forecast", " 2026-12-08"):
        await nina.types(f"/ai-council minutes{words}", channel="general")
        assert "Decided: We buy Gong Forecast for a year. Why: It was right" in nina.ephemerals[-1].text
    await nina.types("/ai-council minutes salesloft", channel="general")
    assert "No minutes speak of “salesloft”." in nina.ephemerals[-1].text
