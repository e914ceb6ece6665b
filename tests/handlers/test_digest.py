"""Several things in one message: what each line says, whatever became of it, within what Slack takes."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from typing import Any

import pytest
from syrupy.assertion import SnapshotAssertion

from council.action_item import ActionItem, ItemState
from council.conflict import Conflict
from council.notice import NoticeKind
from council.quiet import MOST_SHOWN
from handlers.conflicts.dms import Telling
from handlers.conflicts.rows import MOST_MESSAGE, size
from handlers.morning.digest import Told, digest
from handlers.morning.form import MOST_BLOCKS, all_modal, hour_modal
from handlers.texts import Texts
from tests.council.builders import TUESDAY, person
from tests.handlers.golden import Golden, drawn
from tests.handlers.states import ASKED, DECIDED, ON_IT, OPEN, OVERDUE, REOPENED, WITHDRAWN, WORKSPACE
from tests.handlers.test_card import HOSTILE, hostile, texts

K = NoticeKind
CARD = "https://northwind.example/archives/C1/p1"
FIX = ActionItem(
    id="i1",
    team="T1",
    text="Fix the renewal double count",
    owner="priya",
    due=date(2025, 11, 18),
    asked_by="marcus",
    at=TUESDAY,
    number=12,
    subject="Q4 pipeline for EMEA",
)


def told(kind: NoticeKind, about: Conflict | ActionItem, to: str = "priya", **facts: Any) -> Told:
    """One thing that is told, its buttons still there."""
    return Telling(kind=kind, to=to, facts=facts, card=CARD), about, True


MORNINGS: dict[str, list[Told]] = {
    "owner": [
        told(K.REMINDED, OPEN, "marcus", ladder="acknowledge"),
        told(K.DUE, ON_IT, "marcus", ladder="deadline"),
        told(K.DUE, OVERDUE, "marcus", ladder="deadline"),
    ],
    "chair": [
        told(K.STILL_OPEN, ASKED, "dana", ladder="deadline"),
        told(K.ITEM_DUE, replace(FIX, due=date(2025, 11, 14)), rung=3),
        told(K.ITEM_DUE, FIX, rung=2),
        told(K.ITEM_DUE, replace(FIX, owner="ravi", asked_by="priya"), rung=1),
        told(K.NOT_SOLVED, DECIDED, why="The deck still says 4.2 M€."),
        told(K.DECIDED, DECIDED),
    ],
    "reporter": [told(K.SOLVED_IT, DECIDED, "nina"), told(K.REOPENED, REOPENED, "nina", why="A typo.")],
    "afterwards": [
        told(K.REMINDED, DECIDED, "marcus", ladder="acknowledge"),
        told(K.DECIDED, REOPENED),
        told(K.WITHDRAWN, WITHDRAWN, why="A typo."),
        told(K.ITEM_DUE, replace(FIX, state=ItemState.DONE), rung=2),
        told(K.ITEM_DUE, replace(FIX, owner="ravi"), rung=2),
    ],
}


@pytest.mark.parametrize("name", MORNINGS)
def test_what_it_reads_like(name: str, snapshot: SnapshotAssertion) -> None:
    """A changed word or button is a difference to look at."""
    many = MORNINGS[name]
    assert drawn(digest(many, len(many), "n1", [], WORKSPACE, Texts(), TUESDAY)) == snapshot(
        extension_class=Golden
    )


@pytest.mark.parametrize("words", ["Fix it", "<&>" * 400], ids=["short", "as long as it gets"])
def test_R36_three_hundred_things_are_one_message_slack_takes(words: str) -> None:
    """The most urgent have a line; the others are counted, and behind **Show all**."""
    many = [told(K.ITEM_DUE, replace(FIX, id=f"i{n}", text=words, subject=words), rung=2) for n in range(300)]
    first, blocks = digest(many[:MOST_SHOWN], 300, "n1", [], WORKSPACE, Texts(), TUESDAY)
    shown = sum(block.type == "section" for block in blocks) - 1
    assert first == "300 things since we last spoke"
    assert len(blocks) <= 50
    assert size(blocks) <= MOST_MESSAGE + 200
    assert 0 < shown <= MOST_SHOWN
    assert texts(blocks[-2].to_dict()) == [f"and {300 - shown} more"]
    assert blocks[-1].to_dict()["elements"][0]["text"]["text"] == "Show all"
    assert len(all_modal(words for _ in range(300)).blocks) <= MOST_BLOCKS


def test_a_line_that_another_message_has_taken_over_has_no_buttons() -> None:
    """A newer message about the same thing took them."""
    telling, about, _ = told(K.DUE, OPEN, "marcus", ladder="deadline")
    _, blocks = digest([(telling, about, False)], 1, "n1", [], WORKSPACE, Texts(), TUESDAY)
    assert [block.type for block in blocks] == ["section", "section"]


@pytest.mark.parametrize("words", HOSTILE.values(), ids=HOSTILE)
def test_R42_hostile_words_stay_words_in_a_line(words: str) -> None:
    """Nobody is pinged, and no markup comes of what somebody typed."""
    many = [
        told(K.DECIDED, hostile(DECIDED, words)),
        told(K.NOT_SOLVED, hostile(DECIDED, words), why=words),
        told(K.ITEM_DUE, replace(FIX, text=words, subject=words), rung=2),
    ]
    shown = drawn(digest(many, 3, "n1", [], WORKSPACE, Texts(), TUESDAY))
    for line in texts(shown):
        assert len(line) <= 3000
        assert not {"<!channel>", "<!here>", "<@U0VERA>"} & set(line.split())


def test_the_form_shows_the_hour_that_was_chosen(snapshot: SnapshotAssertion) -> None:
    """On whose clock, and what it is for."""
    assert hour_modal(person("dana"), WORKSPACE.hours).to_dict() == snapshot(extension_class=Golden)
