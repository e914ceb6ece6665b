"""Messages about action items, of every kind and in every state they come to."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest
from syrupy.assertion import SnapshotAssertion

from council.action_item import ActionItem, ItemState
from council.notice import NoticeKind as K
from handlers.actions.item_message import TEMPLATES, item_message
from handlers.conflicts.spoken import Telling
from handlers.texts import Texts
from tests.council.builders import TUESDAY
from tests.handlers.golden import Golden, drawn
from tests.handlers.states import WORKSPACE
from tests.handlers.test_card import HOSTILE, texts

FIX = ActionItem(
    id="i1",
    team="T1",
    text="Fix the renewal double count",
    owner="ravi",
    due=date(2025, 11, 21),
    asked_by="marcus",
    at=TUESDAY,
    conflict="c12",
    number=12,
    subject="Q4 pipeline for EMEA",
)
DATA = replace(FIX, data=True, text="Which renewals are counted twice?")
DONE = replace(FIX, state=ItemState.DONE)
TOLD: dict[str, tuple[K, ActionItem, str, dict[str, str | int]]] = {
    "given": (K.ITEM_GIVEN, FIX, "ravi", {}),
    "given, from no conflict": (K.ITEM_GIVEN, replace(FIX, number=0, subject=""), "ravi", {}),
    "given by who had it": (K.ITEM_GIVEN, FIX, "ravi", {"before": "lucia"}),
    "given, done since": (K.ITEM_GIVEN, DONE, "ravi", {}),
    "given, handed over since": (K.ITEM_GIVEN, replace(FIX, owner="lucia"), "ravi", {}),
    "asked for data": (K.ITEM_GIVEN, DATA, "ravi", {}),
    "due tomorrow": (K.ITEM_DUE, FIX, "ravi", {"rung": 1}),
    "due today": (K.ITEM_DUE, DATA, "ravi", {"rung": 2}),
    "due, its owner is away": (K.ITEM_DUE, FIX, "marcus", {"rung": 1}),
    "answered": (K.ITEM_DONE, replace(DATA, state=ItemState.DONE), "marcus", {"words": "Oslo and Bergen."}),
}


@pytest.mark.parametrize("name", TOLD)
def test_the_message(name: str, snapshot: SnapshotAssertion) -> None:
    """A changed word or button is a difference to look at."""
    kind, item, to, facts = TOLD[name]
    telling = Telling(kind=kind, to=to, facts=facts)
    assert drawn(item_message(telling, item, WORKSPACE, Texts())) == snapshot(extension_class=Golden)


@pytest.mark.parametrize("words", HOSTILE.values(), ids=HOSTILE)
def test_R42_hostile_words_stay_words(words: str) -> None:
    """Whatever somebody typed as the thing to do, nobody is pinged and no markup comes of it."""
    for kind, item, to, facts in TOLD.values():
        typed = {key: words if key == "words" else value for key, value in facts.items()}
        telling = Telling(kind=kind, to=to, facts=typed)
        shown = item_message(telling, replace(item, text=words, subject=words), WORKSPACE, Texts())
        for shown_words in texts(drawn(shown)):
            assert len(shown_words) <= 3000
            assert not {"<!channel>", "<!here>", "<@U0VERA>"} & set(shown_words.split())


def test_every_fact_about_an_item_has_its_words() -> None:
    """No kind of notice is without a text."""
    assert {kind for kind, *_ in TOLD.values()} == set(TEMPLATES)
