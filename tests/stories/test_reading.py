"""Reading with `/ai-conflict`: list, show and help answer privately; everything else is a report."""

from __future__ import annotations

from datetime import timedelta

import pytest

from sandbox.robot_modal import RobotModal
from tests.stories.house import House
from tests.stories.reading import LEADS, NASTY, PIPELINE, known
from tests.stories.reports import signals


@pytest.mark.parametrize(
    "words",
    [
        "list of leads differs",
        "show leads",
        "show",
        "show 12 please",
        "help us",
        "listed",
        "search",
        "searching for leads",
    ],
)
async def test_what_only_begins_like_a_subcommand_is_a_report(house: House, words: str) -> None:
    """Words count as a subcommand only when all of them are one; else they stand in the form."""
    nina = house.robot("nina")
    await nina.types(f"/ai-conflict {words}", channel="sales")
    assert nina.modal.value("What do they disagree about?") == words
    assert not nina.ephemerals


async def test_nothing_typed_opens_the_empty_form(house: House) -> None:
    """The bare command is the form."""
    nina = house.robot("nina")
    await nina.types("/ai-conflict", channel="sales")
    assert nina.modal.value("What do they disagree about?") in (None, "")


@pytest.mark.parametrize("words", ["x" * 40_000, "🔥" * 500, NASTY, "שלום עולם"])
async def test_any_text_fits_into_the_form(house: House, words: str) -> None:
    """Of the longest text the beginning is the subject, all of it is there, and nothing of it is obeyed."""
    nina = house.robot("nina")
    await nina.types(f"/ai-conflict {words}", channel="sales")
    shown = nina.modal.value("What do they disagree about?")
    assert isinstance(shown, str)
    assert shown[:200] == words[:200]
    assert (shown if len(words) <= 300 else everything(nina.modal)) == words


def everything(form: RobotModal) -> str:
    """All that was typed with the command, from the fields it stands in."""
    labels = [label for label in form.labels if label in ("What should the owner know?", "… continued")]
    return "".join(str(form.value(label, nth=max(0, n - 1))) for n, label in enumerate(labels))


LONG = " ".join(f"word{n}" for n in range(800))


async def test_what_is_longer_than_a_subject_is_kept_as_context(house: House) -> None:
    """The subject is cut between two words; the whole text stays through every change and is in Details."""
    nina = house.robot("nina")
    await nina.types(f"/ai-conflict {LONG}", channel="sales")
    form = nina.modal
    subject = str(form.value("What do they disagree about?"))
    assert subject.endswith("…")
    assert LONG.startswith(subject[:-1] + " ")
    await form.choose("What kind of conflict?", "Pipeline forecast discrepancy")
    await signals(form)
    await form.click("Add details")
    await form.submit()
    await house.settle()
    lena = house.robot("lena")
    await lena.clicks("Details", [seen for seen in lena.sees("sales") if "#1" in seen.text][-1])
    assert {word for word in LONG.split() if word not in lena.modal.text.split()} == set()


async def test_a_long_text_of_which_a_part_was_emptied_keeps_the_other_part(house: House) -> None:
    """The first piece is taken out, another kind is chosen: the second piece still stands there."""
    nina = house.robot("nina")
    await nina.types(f"/ai-conflict {LONG}", channel="sales")
    form = nina.modal
    second = form.value("… continued")
    await form.clear("What should the owner know?")
    await form.choose("What kind of conflict?", "Pipeline forecast discrepancy")
    assert form.value("What should the owner know?") == second


async def test_help_names_the_shortcut_first_and_who_set_it_up(house: House) -> None:
    """The first door is the one that works in threads; what is not built is not listed."""
    nina = house.robot("nina")
    await nina.types("/ai-conflict HELP", channel="sales")
    [answer] = nina.ephemerals
    assert answer.text.index("Report AI conflict") < answer.text.index("/ai-conflict")
    assert "Pavel set me up here" in answer.text
    assert "search renewals" in answer.text
    assert not any(message.only_me for message in house.robot("vera").sees("sales"))
    assert answer.buttons == ("Report a conflict", "All open")
    await nina.clicks("All open", answer)
    assert nina.ephemerals[-1].buttons == ("Mine", "Overdue", "Report a conflict")
    await nina.clicks("Report a conflict", answer)
    assert nina.modal.value("What do they disagree about?") in (None, "")


@pytest.mark.parametrize("words", ["list", "list mine", "LIST Open", "list  overdue"])
async def test_an_empty_list_says_what_to_do(house: House, words: str) -> None:
    """Nothing there: said kindly, with the way in, and with what was typed as a report instead."""
    nina = house.robot("nina")
    await nina.types(f"/ai-conflict {words}", channel="sales")
    [answer] = nina.ephemerals
    assert answer.text.startswith("Nothing")
    assert "Report AI conflict" in answer.text
    await nina.clicks("Report this instead", answer)
    assert nina.modal.value("What do they disagree about?") == " ".join(words.split())


async def test_the_list_puts_first_what_is_overdue_and_says_whose_it_is(house: House) -> None:
    """The overdue one leads, then what is due soonest; the buttons narrow it down."""
    await known(house)
    house.clock.forward(timedelta(days=3))
    await known(house, LEADS, by="omar")
    vera, omar = house.robot("vera"), house.robot("omar")
    await omar.types("/ai-conflict list", channel="general")
    [answer] = omar.ephemerals
    assert answer.text.startswith("2 conflicts are open")
    assert answer.text.index("#1 Q4 pipeline") < answer.text.index("#2 Are webinar leads")
    assert "Overdue since" in answer.text
    assert "Vera decides" in answer.text
    assert "you reported it" in answer.text
    await omar.clicks("Mine", answer)
    assert "1 open conflict is yours" in omar.ephemerals[-1].text
    assert "#1" not in omar.ephemerals[-1].text
    await omar.clicks("Overdue", answer)
    assert "1 conflict is overdue" in omar.ephemerals[-1].text
    assert "#2" not in omar.ephemerals[-1].text
    await omar.clicks("Report this instead", omar.ephemerals[-1])
    assert omar.modal.value("What do they disagree about?") == "list"
    await vera.types("/ai-conflict list mine")
    assert "you decide" in vera.ephemerals[-1].text
    await vera.clicks("All open", vera.ephemerals[-1])
    assert "2 conflicts are open" in vera.ephemerals[-1].text


async def test_of_three_hundred_the_most_urgent_are_shown(house: House) -> None:
    """A long list stays readable: fifteen of them, how many more there are, and how to see those."""
    await known(house, LEADS, times=150)
    house.clock.forward(timedelta(days=4))
    await known(house, times=150)
    nina = house.robot("nina")
    await nina.types("/ai-conflict list", channel="sales")
    [answer] = nina.ephemerals
    assert answer.text.startswith("300 conflicts are open")
    assert "and 285 more" in answer.text
    assert "list overdue" in answer.text
    assert answer.buttons.count("Details") == 15
    assert answer.text.count("Overdue since") == 15
    await nina.clicks("Overdue", answer)
    assert nina.ephemerals[-1].text.startswith("150 conflicts are overdue")


async def test_a_list_of_hostile_reports_pings_nobody(house: House) -> None:
    """Words that try to ping, format or compute are shown as they were typed."""
    await known(house, subject=NASTY, times=20)
    await known(house, subject="&" * 300, times=20)
    nina = house.robot("nina")
    await nina.types("/ai-conflict list", channel="sales")
    [answer] = nina.ephemerals
    assert "<!channel> &" in answer.text
    assert "{{ 7 * 7 }} {owner}" in answer.text
    assert "more" in answer.text
    await house.settle()
    assert not house.slack.record.pings


@pytest.mark.parametrize("words", ["show 1", "show #1", "Show   #1"])
async def test_show_is_the_card_with_ones_own_buttons(house: House, words: str) -> None:
    """The owner can acknowledge and decide from it, somebody else add context."""
    await known(house)
    vera, lena = house.robot("vera"), house.robot("lena")
    for robot in (vera, lena):
        await robot.types(f"/ai-conflict {words}", channel="sales")
        assert "Q4 pipeline for EMEA" in robot.ephemerals[-1].text
        assert "Until then use Rep roll-up" in robot.ephemerals[-1].text
    [mine], [theirs] = vera.ephemerals, lena.ephemerals
    assert mine.buttons == ("Acknowledge", "Decide", "Details", "Report this instead")
    assert mine.menu == ("Add context", "Hand over", "Extend deadline", "Call an emergency meeting")
    assert theirs.buttons == ("Details", "Add context", "Report this instead")
    await lena.clicks("Add context", theirs)
    assert lena.modal.title == "Add context"
    await vera.clicks("Acknowledge", mine)
    await vera.types("/ai-conflict show 1", channel="sales")
    assert vera.ephemerals[-1].buttons[0] == "Decide"
    assert "Vera is on it since" in vera.ephemerals[-1].text


async def test_the_reporter_may_withdraw_from_show(house: House) -> None:
    """What the reporter may do stands in the menu."""
    await known(house)
    nina = house.robot("nina")
    await nina.types("/ai-conflict show 1")
    [answer] = nina.ephemerals
    assert answer.menu == ("Add context", "Call an emergency meeting", "Withdraw")
    await nina.picks("Withdraw", answer)
    assert nina.modal.title == "Withdraw"


@pytest.mark.parametrize("number", ["7", "0", "99999999999999999999999"])
async def test_of_a_number_that_is_not_there_it_says_so(house: House, number: str) -> None:
    """No such conflict; and the words can be a report instead."""
    nina = house.robot("nina")
    await nina.types(f"/ai-conflict show {number}", channel="sales")
    [answer] = nina.ephemerals
    assert answer.text.startswith("There is no such conflict here that you can see.")
    await nina.clicks("Report this instead", answer)
    assert nina.modal.value("What do they disagree about?") == f"show {number}"


async def test_show_links_to_the_card(house: House) -> None:
    """From the private answer one gets to the card."""
    await known(house, PIPELINE)
    await house.settle()
    nina = house.robot("nina")
    await nina.types("/ai-conflict show 1", channel="general")
    assert (
        nina.ephemerals[-1].links["See the card"].startswith("https://juniper.example/archives/C0COUNCIL/p")
    )
