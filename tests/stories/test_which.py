"""*Which number stands?*: one command at night, and the plain answer, whatever there is to say."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta

import pytest

from council.conflict import Signal
from council.matrix import PrecedenceRule
from sandbox.robot import Robot
from sandbox.seen import Seen
from tests.stories.acting import card_of, decides, reported
from tests.stories.company import RULES
from tests.stories.house import House
from tests.stories.reading import LEADS, NASTY, PIPELINE, RULING, decided, known
from tests.stories.reports import configured

QUESTION = "Which number stands?"
UNTIL_DECEMBER = replace(RULING, holds_until=date(2026, 12, 31))


def lines(answer: Seen) -> list[str]:
    """What is told, without the buttons."""
    return [line for line in answer.text.split("\n") if line not in answer.buttons]


async def asks(person: Robot, words: str, channel: str = "sales") -> Seen:
    """Type the command; the newest answer."""
    await person.types(f"/ai-council which {words}".strip(), channel=channel)
    return person.ephemerals[-1]


async def agreed(house: House, subject: str, *, confidential: bool = False) -> None:
    """Reported by Nina and decided by its owner, until the end of the year."""
    [conflict] = await known(house, replace(PIPELINE, confidential=confidential), subject=subject)
    await decided(house, conflict, UNTIL_DECEMBER)


async def test_at_eleven_at_night_one_command_says_which_number(house: House) -> None:
    """Hugo was not part of it: value, why, who, when and until when, for his eyes only."""
    await reported(house)
    vera, hugo = house.robot("vera"), house.robot("hugo")
    await decides(house, vera)
    await house.until(datetime(2026, 11, 17, 22, tzinfo=UTC))
    answer = await asks(hugo, "number do we present for the EMEA pipeline", channel="general")
    assert lines(answer) == [
        "3.1 M€ (Rep roll-up) stands for Q4 pipeline for EMEA.",
        "Why: Clari counts renewals twice since October (0.9 M€).",
        "Vera (VP Sales), Today, holds until Nov 26",
    ]
    assert answer.fallback == "3.1 M€ (Rep roll-up) stands for Q4 pipeline for EMEA."
    assert answer.only_me
    await hugo.clicks("Details", answer)
    assert "What happened" in hugo.modal.text


async def test_a_decided_card_says_whether_it_still_stands(house: House) -> None:
    """The button on the card; and when it holds no more, until when it held."""
    await reported(house)
    await decides(house, house.robot("vera"))
    omar = house.robot("omar")
    card = card_of(omar)
    assert card.buttons == ("Details", QUESTION)
    await omar.clicks(QUESTION, card)
    assert omar.ephemerals[-1].text.startswith("3.1 M€ (Rep roll-up) stands for Q4 pipeline for EMEA.")
    await house.until(datetime(2026, 12, 1, 12, tzinfo=UTC))
    await omar.clicks(QUESTION, card)
    told = omar.ephemerals[-1]
    assert told.text.startswith("Nothing is agreed on Q4 pipeline for EMEA any more.")
    assert (
        "Until somebody decides, Rep roll-up (Sales) stands for every Pipeline forecast discrepancy."
        in told.text
    )
    assert "3.1 M€ (Rep roll-up) stood for Q4 pipeline for EMEA.\nIt held until Nov 26." in told.text
    await omar.clicks("Raise it", told)
    assert omar.modal.value("What do they disagree about?") == "Q4 pipeline for EMEA"


async def test_an_open_conflict_that_questions_it_is_said(house: House) -> None:
    """*Contested*, by which, and who decides that by when."""
    await agreed(house, "Q4 pipeline for EMEA")
    await known(house, PIPELINE, subject="EMEA pipeline for Q4, again")
    lena = house.robot("lena")
    answer = await asks(lena, "EMEA pipeline")
    assert answer.text.startswith("3.1 M€ (Rep roll-up) stands for Q4 pipeline for EMEA.")
    contested = "Contested: #2 (EMEA pipeline for Q4, again) questions it, Vera decides by Nov 19"
    assert contested in answer.text
    await lena.clicks("Details", answer, nth=1)
    assert lena.modal.title == "#2"


async def test_nothing_agreed_is_said_plainly_and_can_be_raised(house: House) -> None:
    """The form opens with the words in it, and in the channel it was asked in."""
    nina = house.robot("nina")
    answer = await asks(nina, "churn in APAC")
    assert (lines(answer), answer.buttons) == (["Nothing is agreed on churn in APAC."], ("Raise it",))
    await nina.clicks("Raise it", answer)
    assert nina.modal.title == "Report an AI conflict"
    assert nina.modal.value("What do they disagree about?") == "churn in APAC"


async def test_while_it_is_open_it_says_who_decides_by_when(house: House) -> None:
    """And what stands until then."""
    await known(house)
    answer = await asks(house.robot("lena"), "EMEA pipeline")
    first, open_one, rule, why = lines(answer)
    assert first == "Nothing is decided on EMEA pipeline yet."
    assert open_one.startswith("#1 Q4 pipeline for EMEA: Vera decides by Nov 19")
    assert open_one.endswith("Until then use Rep roll-up.")
    assert (
        rule == "Until somebody decides, Rep roll-up (Sales) stands for every Pipeline forecast discrepancy."
    )
    assert why == "Why: Sales owns the pipeline forecast"
    assert answer.buttons == ("Details",)
    house.clock.forward(timedelta(days=4))
    late = await asks(house.robot("lena"), "EMEA pipeline")
    assert "Vera decides, overdue since Nov 19" in late.text


async def test_the_narrowest_rule_stands_until_it_is_decided(house: House) -> None:
    """With its scope, since when and until when."""
    narrow = PrecedenceRule(
        type="pipeline_forecast",
        stands="Finance ledger",
        segment="EMEA",
        since=date(2026, 10, 1),
        until=date(2026, 12, 31),
        decision=1,
    )
    await agreed(house, "Churn")
    await configured(house, precedence=(*RULES, narrow))
    lena = house.robot("lena")
    answer = await asks(lena, "EMEA forecast")
    assert "Finance ledger stands for every Pipeline forecast discrepancy about EMEA." in answer.text
    assert "Agreed since Oct 1, holds until Dec 31, decided in #1" in answer.text
    assert "Rep roll-up" not in answer.text
    await lena.clicks("Details", answer)
    assert lena.modal.title == "#1"


async def test_of_several_the_three_best_and_how_to_ask(house: House) -> None:
    """Each with its own story; the others are counted."""
    for quarter in range(1, 6):
        await agreed(house, f"Q{quarter} pipeline for EMEA")
    answer = await asks(house.robot("lena"), "EMEA pipeline")
    assert answer.text.startswith("Several fit “EMEA pipeline”; these are the closest:")
    assert [f"Q{n} pipeline" in answer.text for n in (5, 4, 3, 2, 1)] == [True, True, True, False, False]
    assert "2 more fit. Ask more precisely" in answer.text
    assert answer.buttons == ("Details",) * 3


async def test_what_only_resembles_it_is_not_the_answer(house: House) -> None:
    """Another region's number is shown as what it is."""
    await agreed(house, "Q4 churn for EMEA")
    answer = await asks(house.robot("lena"), "Q4 churn for APAC")
    assert answer.text.startswith("Nothing is agreed on Q4 churn for APAC.")
    assert "Close to it, but not the same:\n3.1 M€ (Rep roll-up) stands for Q4 churn for EMEA." in answer.text
    assert answer.buttons == ("Details", "Raise it")


@pytest.mark.parametrize(
    ("stands", "number", "first"),
    [
        ("neither", "3.5 M€", "3.5 M€ stands for Q4, neither Clari AI nor Rep roll-up."),
        ("neither", "", "Neither Clari AI nor Rep roll-up stands for Q4."),
        (
            "both",
            "3.5 M€",
            "More than one stands for Q4: they answer different questions; the number to use: 3.5 M€.",
        ),
        ("one", "", "Rep roll-up, as of 19 Nov stands for Q4: 3.1 M€"),
        ("one", "3.2 M€", "3.2 M€ (Rep roll-up, as of 19 Nov) stands for Q4."),
    ],
)
async def test_every_kind_of_decision_is_said_as_it_was_made(
    house: House, stands: str, number: str, first: str
) -> None:
    """Nobody's number is made up: without one the sentence does without."""
    signals = (PIPELINE.signals[0], Signal(source="Rep roll-up", says="3.1 M€", as_of="19 Nov"))
    [conflict] = await known(house, PIPELINE, subject="Q4", signals=signals)
    await decided(house, conflict, replace(RULING, stands=stands, number=number))  # type: ignore[arg-type]
    answer = await asks(house.robot("lena"), "Q4")
    assert lines(answer)[0] == first
    plainly = stands == "one" and bool(number)
    assert ("Decision: Present 3.1 M€ in the board deck." in answer.text) is not plainly


async def test_a_confidential_decision_is_for_who_takes_part(house: House) -> None:
    """For everybody else there is nothing, not even that it is hidden; its questions are hidden as well."""
    await agreed(house, "Layoffs in EMEA", confidential=True)
    await known(house, replace(PIPELINE, confidential=True), subject="Layoffs in EMEA")
    nina, lena = house.robot("nina"), house.robot("lena")
    hidden, nothing = await asks(lena, "layoffs"), await asks(lena, "moonshots")
    assert hidden.text.replace("layoffs", "moonshots") == nothing.text
    shown = await asks(nina, "layoffs", channel="general")
    assert shown.text.startswith("3.1 M€ (Rep roll-up) stands for Layoffs in EMEA.")
    assert "confidential" in shown.text
    assert "Contested: #2 questions it" in shown.text


async def test_what_is_hidden_never_contests_what_all_may_see(house: House) -> None:
    """Who may not see the question reads the decision alone."""
    await agreed(house, "Q4 pipeline for EMEA")
    await known(house, replace(PIPELINE, confidential=True))
    for name, contested in (("lena", False), ("nina", True)):
        answer = await asks(house.robot(name), "EMEA pipeline", channel="general")
        assert ("Contested" in answer.text) is contested


async def test_without_words_it_asks_for_some(house: House) -> None:
    """A small form with the newest that hold; the same window becomes the answer."""
    await agreed(house, "Q4 pipeline for EMEA")
    [over] = await known(house, LEADS)
    await decided(house, over, replace(RULING, holds_until=date(2026, 11, 17)))
    house.clock.forward(timedelta(days=1))
    nina = house.robot("nina")
    await nina.types("/ai-council which", channel="sales")
    form = nina.modal
    assert (form.title, form.labels, form.submit_label) == (QUESTION, ["What is it about?"], "Ask")
    assert "#1 Q4 pipeline for EMEA\n✅ Rep roll-up stands, 3.1 M€." in form.text
    assert "webinar" not in form.text
    await form.fill("What is it about?", "which number stands?")
    await form.submit()
    said = "Say what it is about in a word or two, for example EMEA pipeline Q4."
    assert nina.modal.errors == {"What is it about?": said}
    await nina.modal.fill("What is it about?", "EMEA")
    await nina.modal.submit()
    assert nina.modal.title == QUESTION
    assert nina.modal.text.startswith("3.1 M€ (Rep roll-up) stands for Q4 pipeline for EMEA.")
    assert nina.modal.buttons == ["Details"]


async def test_from_the_form_it_can_be_raised_as_well(house: House) -> None:
    """On top of the answer; and nothing decided yet is no empty heading."""
    nina = house.robot("nina")
    await nina.types("/ai-council")
    await nina.clicks(QUESTION, nina.ephemerals[-1])
    assert "Decided lately" not in nina.modal.text
    await nina.modal.fill("What is it about?", "churn in APAC")
    await nina.modal.submit()
    await nina.modal.click("Raise it")
    assert nina.modal.value("What do they disagree about?") == "churn in APAC"


@pytest.mark.parametrize(
    "words", ["x" * 10_000, '" OR * NEAR( - "', "🔥🔥", "\u202eשלום", NASTY, "the of and"]
)
async def test_R42_whatever_is_asked_is_answered_and_pings_nobody(house: House, words: str) -> None:
    """Words of query languages, emoji, the longest text: no error, and nobody is pinged."""
    await agreed(house, NASTY)
    nina = house.robot("nina")
    await nina.types(f"/ai-council which {words}", channel="sales")
    if nina.has_modal:
        assert nina.modal.title == QUESTION
    else:
        assert nina.ephemerals[-1].text
    await house.settle()
    assert not house.slack.record.pings


async def test_of_a_hidden_conflict_the_button_says_nothing(house: House) -> None:
    """Whoever holds an old card of what is confidential now reads the same as for what never was."""
    await reported(house)
    await decides(house, house.robot("vera"))
    vera, lena = house.robot("vera"), house.robot("lena")
    card = card_of(lena)
    await vera.clicks("Details", card_of(vera))
    await vera.modal.click("Make confidential")
    await vera.modal.submit()
    await lena.clicks(QUESTION, card)
    assert lena.ephemerals[-1].text.startswith("There is no such conflict here that you can see.")
