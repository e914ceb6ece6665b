"""Deciding: one form, a number that follows the choice, and everybody told once."""

from __future__ import annotations

from council.conflict import State
from sandbox.faults import Fault
from tests.stories.acting import card_of, decides, fill_decision, newest, now_of, reported, told
from tests.stories.company import COUNCIL, DECISIONS
from tests.stories.house import House


async def test_the_owner_decides_and_each_is_told_once(house: House) -> None:
    """Card, log and messages all say what stands, the number, what is done, why and until when.

    Nina, who asked, is told at once; Remy, whom it only concerns, in the morning.
    """
    conflict = await reported(house)
    vera, nina, remy = house.robot("vera"), house.robot("nina"), house.robot("remy")
    await decides(house, vera)
    card = card_of(nina)
    assert card.text.startswith("✅ #1 · Pipeline forecast discrepancy")
    assert "Rep roll-up stands. The number to use: 3.1 M€." in card.text
    assert "Present 3.1 M€ in the board deck." in card.text
    assert "Why: Clari counts renewals twice since October (0.9 M€)." in card.text
    assert "Holds until" in card.text
    assert ", then looked at again · Vera (VP Sales), " in card.text
    assert card.buttons == ("Details", "Which number stands?")
    assert len(told(remy)) == len(told(nina)) == 1
    await house.forward(days=1)
    for person in (nina, remy):
        assert told(person)[-1] == "✅ #1 is decided: Q4 pipeline for EMEA"
        assert "Rep roll-up stands, 3.1 M€." in newest(person).text
    assert len(told(nina)) == 1
    assert remy.inbox()[0].text.endswith("✅ #1 Q4 pipeline for EMEA: decided.")
    assert newest(vera).text.endswith("✅ #1 Q4 pipeline for EMEA: decided.")
    assert newest(vera).buttons == ()
    [line] = nina.sees("ai-decisions")
    assert line.text.startswith("✅ #1 Q4 pipeline for EMEA: Rep roll-up stands, 3.1 M€. Present 3.1 M€")
    assert "Vera (VP Sales)" in line.text
    assert (await now_of(house, conflict.id)).state is State.DECIDED
    assert not house.slack.record.pings
    posts = [str(call.args["channel"]) for call in house.slack.record.calls_of("chat.postMessage")]
    assert sorted(place for place in posts if place.startswith("C")) == sorted([COUNCIL, DECISIONS])


async def test_the_number_follows_the_choice_until_somebody_types_another(house: House) -> None:
    """Choosing fills the number in, choosing again changes it; a typed one stays whatever is chosen."""
    await reported(house)
    vera = house.robot("vera")
    await vera.clicks("Decide", newest(vera))
    form = vera.modal
    assert form.title == "Decide #1"
    assert form.submit_label == "Decide"
    assert "Clari AI: 4.2 M€" in form.text
    assert form.value("The number to use") is None
    await form.fill("Why", "because")
    await form.choose("Whose signal stands?", "Clari AI")
    assert form.value("The number to use") == "4.2 M€"
    await form.choose("Whose signal stands?", "Rep roll-up")
    assert form.value("The number to use") == "3.1 M€"
    await form.choose("Whose signal stands?", "Neither")
    assert form.value("The number to use") is None
    await form.choose("Whose signal stands?", "Clari AI")
    await form.fill("The number to use", "3.5 M€")
    await form.choose("Whose signal stands?", "Rep roll-up")
    assert form.value("The number to use") == "3.5 M€"
    assert form.value("Why") == "because"
    await form.fill("Decision", "Use the middle.")
    await form.submit()
    await house.settle()
    assert "Rep roll-up stands. The number to use: 3.5 M€." in card_of(vera).text


async def test_add_more_asks_for_trade_offs_lesson_and_dates(house: House) -> None:
    """*Add more* keeps what was typed, presets until when it holds, and refuses a day that has passed."""
    conflict = await reported(house)
    vera = house.robot("vera")
    await vera.clicks("Decide", newest(vera))
    form = vera.modal
    assert form.buttons == ["Add more", "Add an action item"]
    await fill_decision(form)
    await form.click("Add more")
    assert form.value("Decision") == "Present 3.1 M€ in the board deck."
    assert form.value("Holds until") == "2026-11-26"
    shown = form.labels[-5:]
    assert shown == ["Trade-offs", "What did we learn?", "Holds until", "Look at it again on", "Next time"]
    await form.fill("Trade-offs", "We may look too careful.")
    await form.fill("What did we learn?", "Ask what a forecast counts.")
    await form.choose("Holds until", "2026-11-16")
    await form.submit()
    assert form.errors == {"Holds until": "Pick a day from today on."}
    await form.choose("Holds until", "2026-12-31")
    await form.choose("Look at it again on", "2026-12-15")
    await form.submit()
    await house.settle()
    ruling = (await now_of(house, conflict.id)).ruling
    assert ruling is not None
    assert (ruling.trade_offs, ruling.lesson) == ("We may look too careful.", "Ask what a forecast counts.")
    assert str(ruling.holds_until) == "2026-12-31"
    assert "looked at again" in card_of(vera).text


async def test_what_resolved_itself_needs_only_a_why(house: House) -> None:
    """A mistake is closed in one line: nothing is decided, nothing goes to the log."""
    conflict = await reported(house)
    vera, nina = house.robot("vera"), house.robot("nina")
    await vera.clicks("Decide", newest(vera))
    form = vera.modal
    await form.choose("Whose signal stands?", "It resolved itself or was a mistake")
    await form.fill("Why", "Clari was fixed this morning.")
    await form.submit()
    assert not vera.has_modal
    await house.settle()
    now = await now_of(house, conflict.id)
    assert now.state is State.RESOLVED
    assert now.ruling is not None
    assert (now.ruling.number, now.ruling.holds_until) == ("", None)
    line = "#1 Q4 pipeline for EMEA: resolved itself or was a mistake. Clari was fixed this morning."
    assert card_of(nina).text.startswith(line)
    assert told(nina) == ["#1 is closed: Q4 pipeline for EMEA"]
    assert not nina.sees("ai-decisions")


async def test_neither_and_more_than_one_are_decisions_too(house: House) -> None:
    """No source has to win."""
    await reported(house)
    vera = house.robot("vera")
    await decides(house, vera, stands="Neither", decision="Ask finance.")
    assert "Neither stands." in card_of(vera).text
    await reported(house, subject="Something else")
    await decides(house, vera, stands="More than one: they answer different questions")
    assert "More than one stands: they answer different questions." in card_of(vera).text


async def test_what_is_missing_is_asked_for_beside_its_field(house: House) -> None:
    """A why of blanks is no why; the form stays with everything in it."""
    await reported(house)
    vera = house.robot("vera")
    await vera.clicks("Decide", newest(vera))
    form = vera.modal
    await fill_decision(form, why="   ")
    await form.submit()
    assert form.errors == {"Why": "Say why, with numbers, so that others can decide alike next time."}
    assert form.value("Decision") == "Present 3.1 M€ in the board deck."
    await form.fill("Why", "0.9 M€ of renewals are counted twice.")
    await form.submit()
    assert not vera.has_modal


async def test_only_the_owner_decides(house: House) -> None:
    """Anybody else is told who can, and what they can do instead."""
    await reported(house)
    remy = house.robot("remy")
    await remy.clicks("Decide", card_of(remy))
    assert not remy.has_modal
    refusal = remy.ephemerals[-1]
    assert refusal.text.startswith("Only Vera can decide #1 now. You can add context.")
    assert refusal.buttons == ("Add context",)


async def test_the_second_similar_conflict_is_shown_the_first_decision(house: House) -> None:
    """*Last similar* saves the owner the search."""
    await reported(house)
    vera = house.robot("vera")
    await decides(house, vera)
    await reported(house, subject="Q1 pipeline for EMEA")
    assert "Last similar: #1, decided" in newest(vera).text
    assert "Rep roll-up stands, 3.1 M€. Why: Clari counts renewals twice" in newest(vera).text


async def test_a_reporter_who_keeps_their_name_off_is_known_to_owner_and_chair_only(house: House) -> None:
    """Card, log and everybody else's messages say nothing of Nina; Vera's message does."""
    await reported(house, type="lead_quality", unnamed=True, subject="Webinar leads")
    remy, dean, nina = house.robot("remy"), house.robot("dean"), house.robot("nina")
    assert "Reported by Nina, who is not named on the card." in newest(remy).text
    assert "reported by a colleague" in card_of(dean).text
    await decides(house, remy, decision="Nothing changes.")
    await house.forward(days=1)
    seen = [card_of(dean).text, *(m.text for m in dean.inbox()), *(m.text for m in dean.sees("ai-decisions"))]
    seen += [message.text for message in house.robot("mila").inbox()]
    assert not any("Nina" in text for text in seen)
    assert len(told(nina)) == 1
    await reported(house, type="lead_quality", unnamed=True, subject="More leads")
    await nina.picks("Withdraw", card_of(nina))
    await nina.modal.fill("Why?", "A typo of mine")
    await nina.modal.submit()
    await house.forward(days=7)
    assert "withdrawn by its reporter" in card_of(dean).text
    assert (
        newest(dean).text
        == "#2 was withdrawn: More leads\nIts reporter: A typo of mine\nDetails\nSee the card"
    )


async def test_a_choice_that_was_overtaken_by_a_newer_one_is_no_trouble(house: House) -> None:
    """Two quick choices: the form as it was redrawn last stays, and nobody sees a warning."""
    await reported(house)
    vera = house.robot("vera")
    await vera.clicks("Decide", newest(vera))
    form = vera.modal
    house.slack.faults.plan(Fault("views.update", error="hash_conflict"))
    await form.choose("Whose signal stands?", "Clari AI")
    await form.choose("Whose signal stands?", "Rep roll-up")
    assert form.value("The number to use") == "3.1 M€"
    assert not vera.ephemerals
