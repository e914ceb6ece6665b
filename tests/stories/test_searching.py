"""Finding what was reported and decided: searching, the log of decisions, and both from App Home."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta

import pytest

from sandbox.robot import Robot
from sandbox.seen import Seen
from tests.stories.house import House
from tests.stories.reading import LEADS, NASTY, PIPELINE, RULING, decided, known

SUBJECT = "What do they disagree about?"


async def types(person: Robot, line: str, channel: str = "sales") -> Seen:
    """A command; the newest answer."""
    await person.types(line, channel=channel)
    return person.ephemerals[-1]


def numbers(text: str) -> list[int]:
    """The numbers of the conflicts in a list, in order."""
    return [int(line.split()[0][1:]) for line in text.split("\n") if line.startswith("#")]


async def log_of(house: House, count: int, **facts: object) -> None:
    """So many decisions, a minute apart."""
    for conflict in await known(house, LEADS, times=count, **facts):  # type: ignore[arg-type]
        house.clock.forward(timedelta(minutes=1))
        await decided(house, conflict)


async def test_search_finds_open_and_ended_ones(house: House) -> None:
    """The closest first, each with how it stands; Details has the rest."""
    await known(house)
    await known(house, LEADS, by="omar")
    [over] = await known(house, PIPELINE, subject="Churn in EMEA", by="omar")
    await decided(house, over, replace(RULING, holds_until=date(2026, 12, 31)))
    nina = house.robot("nina")
    answer = await types(nina, "/ai-conflict search  EMEA pipeline")
    assert answer.text.startswith("2 conflicts for “EMEA pipeline”, the closest first.")
    assert numbers(answer.text) == [1, 3]
    assert "Vera decides by Nov 19 at 1:00 PM · you reported it" in answer.text
    assert "✅ Rep roll-up stands, 3.1 M€. Vera, Today · holds until Dec 31" in answer.text
    await nina.clicks("Details", answer, nth=1)
    assert nina.modal.title == "#3"
    await nina.modal.close()
    assert numbers((await types(nina, "/ai-conflict search renewals")).text) == [3]
    await nina.clicks("Report this instead", nina.ephemerals[-1])
    assert nina.modal.value(SUBJECT) == "search renewals"


async def test_nothing_found_says_what_to_do(house: House) -> None:
    """Fewer words, or a report; and without a word, what a search looks like."""
    nina = house.robot("nina")
    answer = await types(nina, "/ai-conflict search moonshots")
    assert answer.text.startswith(
        "Nothing that you can see has the words “moonshots”.\nFewer words find more."
    )
    assert answer.buttons == ("All open", "Report this instead")
    answer = await types(nina, "/ai-conflict search 🔥🔥")
    assert answer.text.startswith(
        "Say a word or two to search for, for example /ai-conflict search renewals."
    )


@pytest.mark.parametrize("words", ["x" * 10_000, '" OR * NEAR( - "', "🔥", "\u202eשלום", NASTY, "' or ''='"])
@pytest.mark.parametrize("command", ["/ai-conflict search", "/ai-council decisions"])
async def test_R42_whatever_is_searched_for_is_answered(house: House, command: str, words: str) -> None:
    """No sign is a command; what was typed can still become a report, and pings nobody."""
    await known(house, subject=NASTY)
    nina = house.robot("nina")
    assert (await types(nina, f"{command} {words}")).text
    if "conflict" in command:
        await nina.clicks("Report this instead", nina.ephemerals[-1])
        assert nina.modal.title == "Report an AI conflict"
    await house.settle()
    assert not house.slack.record.pings


async def test_others_confidential_ones_are_not_found(house: House) -> None:
    """Not in a search, not in the log, not in their count."""
    secret = replace(PIPELINE, subject="Layoffs forecast", confidential=True)
    [hidden] = await known(house, secret)
    await decided(house, hidden)
    await log_of(house, 1, subject="Layoffs rumour")
    for command in ("/ai-conflict search layoffs", "/ai-council decisions layoffs", "/ai-council decisions"):
        assert numbers((await types(house.robot("lena"), command, "general")).text) == [2]
        seen = await types(house.robot("nina"), command, "general")
        assert sorted(numbers(seen.text)) == [1, 2]
        assert "confidential" in seen.text


async def test_the_log_goes_back_page_by_page(house: House) -> None:
    """The newest first, how many are older, and both ways without a gap."""
    await known(house)
    await log_of(house, 20)
    nina = house.robot("nina")
    first = await types(nina, "/ai-council decisions")
    assert first.text.startswith("Decisions, the newest first")
    assert numbers(first.text) == list(range(21, 13, -1))
    assert "and 12 more." in first.text
    assert first.buttons[-2:] == ("Older", "Which number stands?")
    await log_of(house, 3)
    await nina.clicks("Older", first)
    second = nina.ephemerals[-1]
    assert numbers(second.text) == list(range(13, 5, -1))
    assert second.buttons[-3:] == ("Newer", "Older", "Which number stands?")
    await nina.clicks("Older", second)
    last = nina.ephemerals[-1]
    assert numbers(last.text) == [5, 4, 3, 2]
    assert "Older" not in last.buttons
    await nina.clicks("Newer", last)
    assert numbers(nina.ephemerals[-1].text) == list(range(13, 5, -1))
    await nina.clicks("Newer", nina.ephemerals[-1])
    assert numbers(nina.ephemerals[-1].text) == list(range(21, 13, -1))
    await nina.clicks("Newer", nina.ephemerals[-1])
    assert numbers(nina.ephemerals[-1].text) == [24, 23, 22]


async def test_more_than_a_hundred_are_not_counted(house: House) -> None:
    """Counting would cost more the more there are."""
    await log_of(house, 110)
    answer = await types(house.robot("nina"), "/ai-council decisions")
    assert "and more than 99 more." in answer.text


async def test_decisions_with_words_are_paged_as_well(house: House) -> None:
    """Only what is decided; the words travel with the buttons."""
    await known(house, LEADS)
    await log_of(house, 10)
    await log_of(house, 1, subject="Churn")
    nina = house.robot("nina")
    first = await types(nina, "/ai-council decisions webinar")
    assert first.text.startswith("10 decisions for “webinar”, the closest first")
    assert numbers(first.text) == list(range(11, 3, -1))
    assert "and 2 more." in first.text
    await nina.clicks("More", first)
    assert numbers(nina.ephemerals[-1].text) == [3, 2]
    await nina.clicks("Back", nina.ephemerals[-1])
    assert numbers(nina.ephemerals[-1].text) == list(range(11, 3, -1))
    answer = await types(nina, "/ai-council decisions moonshots")
    assert answer.text.startswith("Nothing that you can see was decided with the words “moonshots”.")


async def test_before_anything_is_decided_the_log_says_so(house: House) -> None:
    """Plainly."""
    await known(house)
    answer = await types(house.robot("nina"), "/ai-council decisions")
    assert answer.text == "Nothing is decided yet, as far as you can see."


async def test_from_home_the_log_is_searched_in_a_window(house: House) -> None:
    """**Search** below the recent decisions; pages turn in place, and an empty question shows the newest."""
    await log_of(house, 10)
    await log_of(house, 1, subject="Churn in APAC")
    nina = house.robot("nina")
    await nina.opens_home()
    await house.settle()
    await nina.home.click("Search")
    assert (nina.modal.title, nina.modal.labels) == ("Search decisions", ["Which words?"])
    await nina.modal.submit()
    assert numbers(nina.modal.text) == [11, 10, 9, 8, 7, 6, 5, 4]
    await nina.modal.click("Older")
    assert numbers(nina.modal.text) == [3, 2, 1]
    await nina.modal.click("Newer")
    await nina.modal.close()
    await nina.home.click("Search")
    await nina.modal.fill("Which words?", "churn")
    await nina.modal.submit()
    assert numbers(nina.modal.text) == [11]
    await nina.modal.close()
    await nina.home.click("Which number stands?")
    await nina.modal.fill("What is it about?", "churn in apac")
    await nina.modal.submit()
    assert nina.modal.text.startswith("3.1 M€ (Rep roll-up) stands for Churn in APAC.")


async def test_recent_decisions_from_the_hub(house: House) -> None:
    """`/ai-council` lists what there is."""
    await log_of(house, 1)
    nina = house.robot("nina")
    hub = await types(nina, "/ai-council")
    assert "/ai-council which EMEA pipeline says which number stands" in hub.text
    assert "/ai-council decisions renewals finds what was decided" in hub.text
    await nina.clicks("Recent decisions", hub)
    assert numbers(nina.ephemerals[-1].text) == [1]
