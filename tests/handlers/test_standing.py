"""The answer to *Which number stands?* and the log of decisions: what Slack takes, whatever people wrote."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta

import pytest

from council.conflict import Conflict, State
from council.matrix import PrecedenceRule
from council.which import Agreed, Answer, Decided
from handlers.answers import Private
from handlers.conflicts.searching import Found, searching
from handlers.council.decisions import Shown, listing
from handlers.council.standing import standing
from sandbox.blocks import check_message, message_text_size
from tests.council.builders import TUESDAY
from tests.handlers.stories import HOSTILE, company, largest

LATER = TUESDAY + timedelta(days=30)


def faults(answer: Private) -> list[str]:
    """What Slack would refuse of it."""
    blocks = [block.to_dict() for block in answer.blocks]
    found = [str(fault) for fault in check_message(blocks)]
    return found + (["too long"] if message_text_size(blocks) > 12_000 else [])


def drawn(answer: Private) -> str:
    return str([block.to_dict() for block in answer.blocks])


def opened(said: str) -> Conflict:
    return replace(largest(said), state=State.OPEN, ruling=None, ended_at=None)


@pytest.mark.parametrize("said", HOSTILE.values(), ids=HOSTILE.keys())
@pytest.mark.parametrize("stands", ["one", "neither", "both"])
@pytest.mark.parametrize("number", ["", "said"])
def test_R36_the_longest_answer_is_one_slack_takes(said: str, stands: str, number: str) -> None:
    """Three decisions of the longest words, each contested; one alone; and what is close to it."""
    made = largest(said)
    assert made.ruling is not None
    ruling = replace(made.ruling, stands=stands, number=said if number else "")  # type: ignore[arg-type]
    each = Decided(conflict=replace(made, ruling=ruling), contested=opened(said))
    for answer in (
        Answer(decided=(each,)),
        Answer(decided=(each,) * 3, others=7),
        Answer(close=(each,) * 3, lapsed=each.conflict),
    ):
        told = standing(answer, said, company(), LATER)
        assert not faults(told)
        assert "Details" in drawn(told)


@pytest.mark.parametrize("said", HOSTILE.values(), ids=HOSTILE.keys())
def test_R36_what_nobody_decided_is_said_in_what_slack_takes(said: str) -> None:
    """Rules, open ones and an old decision, all of the longest words; the way to raise it stays."""
    rule = PrecedenceRule(
        type="x", stands=said, team=said, because=said, metric=said, account=said, until=date(2026, 1, 1)
    )
    agreed = Agreed(rule=rule, kind=said, decision=largest(said))
    told = standing(Answer(agreed=(agreed,) * 3, lapsed=largest(said)), said, company(), LATER)
    assert not faults(told)
    assert "Raise it" in drawn(told)
    told = standing(Answer(agreed=(agreed,) * 3, undecided=(opened(said),) * 3), said, company(), LATER)
    assert not faults(told)


@pytest.mark.parametrize("said", HOSTILE.values(), ids=HOSTILE.keys())
def test_R36_the_longest_pages_are_ones_slack_takes(said: str) -> None:
    """Of the log, and of what was searched for."""
    page = (largest(said),) * 10
    shown = Shown(
        head="Decisions", page=page[:8], rest="and 9 more", on=("Older", "-x"), back=("Newer", "+x")
    )
    assert not faults(listing(shown, "kim", company(), LATER))
    found = searching(Found(page, 0, 200), said, "kim", company(), LATER, typed=f"search {said}")
    assert not faults(found)
    assert "report_instead" in drawn(found)


def test_many_others_are_not_counted_to_the_last_one() -> None:
    """Only the best are read."""
    each = Decided(conflict=largest("Pipeline"))
    for others, words in (
        (0, "Ask more"),
        (1, "1 more fits. Ask"),
        (9, "9 more fit. "),
        (12, "More than 9 others"),
    ):
        assert words in drawn(
            standing(Answer(decided=(each,) * 3, others=others), "pipeline", company(), LATER)
        )
    assert "lists all" not in drawn(standing(Answer(decided=(each,)), "pipeline", company(), LATER))
