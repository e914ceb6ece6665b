"""Action items: from a decision or as a request for data, reminded of, done, handed over."""

from __future__ import annotations

from structlog.testing import capture_logs

from sandbox.robot import Robot
from tests.stories.acting import card_of, context_of, fill_decision, newest, now_of, reported, told
from tests.stories.house import House


async def decides_with_an_item(
    house: House, vera: Robot, owner: str = "Tess", due: str = "2026-11-20"
) -> None:
    """Vera decides, and gives somebody something to do."""
    await vera.clicks("Decide", newest(vera))
    await fill_decision(vera.modal)
    await vera.modal.click("Add an action item")
    await vera.modal.fill("Action item", "Fix the renewal double count")
    await vera.modal.choose("Owner", owner)
    await vera.modal.choose("Due", due)
    await vera.modal.submit()
    assert not vera.has_modal, vera.modal.errors
    await house.settle()


async def asks_for_data(house: House, vera: Robot) -> None:
    """Vera asks Tess for data from Details."""
    await vera.clicks("Details", card_of(vera))
    await vera.modal.click("Ask for data")
    await vera.modal.choose("Whom?", "Tess")
    await vera.modal.fill("What do you need?", "Which renewals are counted twice?")
    await vera.modal.choose("By when?", "2026-11-18")
    await vera.modal.submit()
    assert not vera.has_modal
    await house.settle()


async def test_a_decision_gives_somebody_something_to_do(house: House) -> None:
    """They are told once, reminded the working day before and on the day, and press *Done*."""
    await reported(house)
    vera, tess = house.robot("vera"), house.robot("tess")
    await decides_with_an_item(house, vera)
    assert told(tess)[-1].startswith("To do by ")
    assert "Fix the renewal double count" in newest(tess).text
    assert newest(tess).buttons == ("Done", "Hand over")
    assert "1 action item" in vera.sees("ai-decisions")[-1].text
    await house.forward(days=2)
    assert told(tess)[-1].endswith("Fix the renewal double count")
    assert told(tess)[-1].startswith("Due ")
    count = len(told(tess))
    await house.forward(days=1)
    assert told(tess)[-1] == "Due today: Fix the renewal double count"
    assert len(told(tess)) == count + 1
    await tess.clicks("Done", newest(tess))
    await house.settle()
    assert newest(tess).text.endswith("✅ Fix the renewal double count: done.")
    await house.forward(days=14)
    assert len(told(tess)) == count + 1
    await tess.types("/ai-council actions", channel="general")
    assert "There is nothing for you to do." in tess.ephemerals[-1].text


async def test_a_request_for_data_is_named_in_the_reminder_until_it_is_answered(house: House) -> None:
    """The answer becomes context, and whoever asked hears it."""
    conflict = await reported(house)
    vera, tess = house.robot("vera"), house.robot("tess")
    await vera.clicks("Acknowledge", newest(vera))
    await asks_for_data(house, vera)
    assert told(tess)[-1] == "Vera needs data from you on #1: Q4 pipeline for EMEA"
    assert newest(tess).buttons == ("Answer", "Hand over")
    await house.until(house.clock.now().replace(day=19, hour=8, minute=30))
    due = next(line for line in reversed([m.text for m in vera.inbox()]) if "is due" in line)
    assert "Missing: your decision, and Tess’s answer (asked for " in due
    await tess.clicks("Answer", newest(tess))
    await tess.modal.fill("What did you find?", "The Oslo and Bergen renewals, 0.9 M€.")
    await tess.modal.submit()
    await house.settle()
    assert await context_of(house, conflict.id) == ["The Oslo and Bergen renewals, 0.9 M€."]
    assert told(vera)[-1] == "Tess answered on #1: Q4 pipeline for EMEA"
    assert "The Oslo and Bergen renewals" in newest(vera).text
    assert newest(tess).buttons == ()
    assert (await now_of(house, conflict.id)).asked == "U0VERA"


async def test_an_action_item_is_handed_over(house: House) -> None:
    """The new one is told, the message of the one before keeps one line, and the list follows."""
    await reported(house)
    vera, tess, omar = house.robot("vera"), house.robot("tess"), house.robot("omar")
    await decides_with_an_item(house, vera)
    await tess.clicks("Hand over", newest(tess))
    await tess.modal.choose("To whom?", "Omar")
    await tess.modal.submit()
    await house.settle()
    assert told(omar)[-1].startswith("To do by ")
    assert "Tess handed it to you." in newest(omar).text
    assert newest(tess).buttons == ()
    assert "Omar does it now." in newest(tess).text
    await omar.types("/ai-council actions", channel="general")
    assert "1 action item is yours." in omar.ephemerals[-1].text
    await omar.clicks("Done", omar.ephemerals[-1])
    await house.settle()
    assert "done." in newest(omar).text


async def test_the_log_tells_the_life_of_an_action_item(house: House) -> None:
    """Given, due, handed over, done: by its id and that of its conflict, never with its words."""
    await reported(house)
    vera, tess, omar = house.robot("vera"), house.robot("tess"), house.robot("omar")
    with capture_logs() as lines:
        await decides_with_an_item(house, vera)
        await house.forward(days=2)
        await tess.clicks("Hand over", newest(tess))
        await tess.modal.choose("To whom?", "Omar")
        await tess.modal.submit()
        await house.settle()
        await omar.clicks("Done", newest(omar))
    told = [line for line in lines if line["event"].startswith("action item")]
    life = ["given", "due", "handed over", "done"]
    assert [line["event"] for line in told] == [f"action item {part}" for part in life]
    [subject] = {line["subject"] for line in told}
    assert subject.startswith("action:")
    assert len({line["conflict"] for line in told}) == 1
    assert "renewal" not in str(lines)


async def test_what_is_missing_stands_by_its_row(house: House) -> None:
    """An action item without an owner or a day is not taken, and nothing typed is lost."""
    await reported(house)
    vera = house.robot("vera")
    await vera.clicks("Decide", newest(vera))
    await fill_decision(vera.modal)
    await vera.modal.click("Add an action item")
    await vera.modal.fill("Action item", "Fix the renewal double count")
    await vera.modal.submit()
    assert set(vera.modal.errors) == {"Owner", "Due"}
    assert vera.modal.value("Action item") == "Fix the renewal double count"
    for _ in range(4):
        await vera.modal.click("Add an action item")
    assert "Add an action item" not in vera.modal.buttons


async def test_an_item_pressed_twice_or_by_an_old_message_is_told_so(house: House) -> None:
    """*Done* on what is done already, from the list that stood open."""
    await reported(house)
    vera, tess = house.robot("vera"), house.robot("tess")
    await decides_with_an_item(house, vera)
    await tess.types("/ai-council actions", channel="general")
    open_list = tess.ephemerals[-1]
    await tess.clicks("Done", newest(tess))
    await house.settle()
    await tess.clicks("Done", open_list)
    assert "It is done already." in tess.ephemerals[-1].text


async def test_details_list_what_is_to_do_and_whoever_does_it_presses_done_there(house: House) -> None:
    """Text, owner and day for everybody who may see it; the button for the owner alone."""
    await reported(house)
    vera, tess = house.robot("vera"), house.robot("tess")
    await decides_with_an_item(house, vera, due="2026-11-19")
    await vera.clicks("Details", card_of(vera))
    assert "Action items\nFix the renewal double count · Tess, due " in vera.modal.text
    assert "Done" not in vera.modal.buttons
    await house.forward(days=3)
    await tess.clicks("Details", card_of(tess))
    assert "Fix the renewal double count · Tess, overdue since " in tess.modal.text
    await tess.modal.click("Done")
    await house.settle()
    await tess.modal.close()
    await tess.clicks("Details", card_of(tess))
    assert "✅ Fix the renewal double count · done by Tess, " in tess.modal.text
    assert "Done" not in tess.modal.buttons


async def test_details_list_a_request_for_data_to_those_who_take_part_alone(house: House) -> None:
    """Of a confidential conflict whoever is asked can read it and answer there; nobody else finds it."""
    await reported(house, confidential=True)
    vera, tess, omar = house.robot("vera"), house.robot("tess"), house.robot("omar")
    await vera.types("/ai-conflict show 1")
    await vera.clicks("Details", vera.ephemerals[-1])
    await vera.modal.click("Ask for data")
    await vera.modal.choose("Whom?", "Tess")
    await vera.modal.fill("What do you need?", "Which renewals are counted twice?")
    await vera.modal.choose("By when?", "2026-11-18")
    await vera.modal.submit()
    await house.settle()
    await tess.types("/ai-conflict show 1")
    await tess.clicks("Details", tess.ephemerals[-1])
    assert "Which renewals are counted twice? · Tess, due " in tess.modal.text
    await tess.modal.click("Answer")
    assert tess.modal.title == "Answer"
    await omar.types("/ai-conflict show 1")
    assert "There is no such conflict" in omar.ephemerals[-1].text
