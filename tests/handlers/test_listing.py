"""What list and show draw: within Slack's limits whatever people wrote, and to each reader their own."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta

import pytest
from slack_sdk.models.blocks import Block

from handlers.answers import Private
from handlers.conflicts.listing import listing
from handlers.conflicts.rows import one_line
from handlers.conflicts.showing import showing
from sandbox.blocks import check_message, message_text_size
from storage.conflicts import Filter
from tests.council.builders import TUESDAY, northwind, reported
from tests.handlers.stories import HOSTILE, card, company, facts_of, largest

LATER = TUESDAY + timedelta(days=30)


def faults(answer: Private) -> list[str]:
    """What Slack would refuse of it."""
    blocks = [block.to_dict() for block in answer.blocks]
    found = [str(fault) for fault in check_message(blocks)]
    return found + (["too long"] if message_text_size(blocks) > 12_000 else [])


def words(blocks: list[Block]) -> str:
    """All of it, as it is sent."""
    return str([block.to_dict() for block in blocks])


@pytest.mark.parametrize("said", HOSTILE.values(), ids=HOSTILE.keys())
@pytest.mark.parametrize("wanted", ["open", "mine", "overdue"])
def test_the_longest_list_is_one_slack_takes(said: str, wanted: Filter) -> None:
    """A hundred conflicts of the longest words, listed for their owner."""
    one = facts_of(reported(company()).conflict, subject=said, confidential=True)
    many = tuple(replace(one, id=f"c{n}", number=10**8 + n, asked="dana") for n in range(100))
    answer = listing(many, 5000, wanted, one.owner, company(), LATER, typed="list")
    assert not faults(answer)
    shown = sum(block.type == "section" for block in answer.blocks) - 1
    assert shown > 3
    assert f"and {5000 - shown} more" in words(answer.blocks)


@pytest.mark.parametrize("said", HOSTILE.values(), ids=HOSTILE.keys())
@pytest.mark.parametrize("reader", ["nina", "priya", "helen", "kim"])
def test_the_longest_conflict_is_shown_in_what_slack_takes(said: str, reader: str) -> None:
    """A conflict of the longest words, open and decided."""
    ended = largest(said)
    open_one = facts_of(reported(company()).conflict, subject=said, signals=ended.facts.signals)
    for conflict in (ended, open_one):
        answer = showing(conflict, card(), reader, company(), LATER, typed="show 12")
        assert not faults(answer)
        assert "report_instead" in words(answer.blocks)


@pytest.mark.parametrize(
    ("count", "wanted", "head"),
    [
        (1, "open", "1 conflict is open."),
        (2, "overdue", "2 conflicts are overdue; what is overdue or due soonest comes first."),
        (1, "mine", "1 open conflict is yours: you decide, are asked, or reported it."),
        (2, "mine", "2 open conflicts are yours: you decide, are asked, or reported them."),
    ],
)
def test_a_list_says_how_many_there_are(count: int, wanted: Filter, head: str) -> None:
    """In plain words, one or several."""
    one = reported().conflict
    assert listing((one,) * count, count, wanted, "kim", northwind(), TUESDAY, typed="list").text == head


def test_a_reader_is_spoken_to() -> None:
    """*You decide*, *you have been asked*, *you reported it*."""
    one = replace(reported().conflict, asked="dana")
    for reader, said in ((one.owner, "You decide by"), ("dana", "you have"), ("nina", "you reported it")):
        answer = listing((one,), 1, "mine", reader, northwind(), TUESDAY, typed="list mine")
        assert said in words(answer.blocks)


def test_words_in_a_row_stay_in_their_row() -> None:
    """Line breaks and code fences of one row don't reach the next."""
    assert one_line("a\n```b\r\n\t c```", 50) == "a '''b c'''"
    assert one_line("<!here>", 50) == "&lt;!here&gt;"
