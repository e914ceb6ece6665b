"""The card in every state."""

from __future__ import annotations

from dataclasses import replace

import pytest
from syrupy.assertion import SnapshotAssertion

from council.conflict import Conflict, Signal
from handlers.conflicts.card import conflict_card
from tests.council.builders import TUESDAY, at
from tests.handlers.golden import Golden, drawn
from tests.handlers.states import ASKED, DECIDED, ON_IT, OPEN, OVERDUE, STATES, TAKEN, WORKSPACE

HOSTILE = {
    "channel": "<!channel> <!here> <@U0VERA> <!subteam^S1>",
    "markup": "*bold* _x_ ~y~ & <b> > `code` ```fence```",
    "template": "{{ 7*7 }} {% for x in y %} {number} %s '; drop table conflicts; --",
    "right to left": "\u202eمرحبا\u202c שלום",
    "emoji": "🔥" * 400,
    "long": "x" * 40_000,
    "ampersands": "&" * 40_000,
    "lines": "\n".join(["line"] * 5_000),
}


@pytest.mark.parametrize("name", STATES)
def test_the_card(name: str, snapshot: SnapshotAssertion) -> None:
    """A changed word, button or line is a difference to look at."""
    conflict, now = STATES[name]
    drawing = drawn(conflict_card(conflict, WORKSPACE, now))
    assert drawing == snapshot(extension_class=Golden)


def test_nothing_jumps_while_it_is_open() -> None:
    """The same blocks in the same order from the report to the decision."""
    shapes = {
        tuple(block.type for block in conflict_card(conflict, WORKSPACE, TUESDAY)[1])
        for conflict in (OPEN, ON_IT, ASKED, OVERDUE, TAKEN, DECIDED)
    }
    assert len(shapes) == 1


@pytest.mark.parametrize("text", HOSTILE.values(), ids=HOSTILE)
def test_R42_hostile_text_stays_text(text: str) -> None:
    """Whatever is typed into any field, no markup of ours comes from it and no limit of Slack's is broken."""
    for conflict in (hostile(OPEN, text), hostile(DECIDED, text)):
        words, blocks = conflict_card(conflict, WORKSPACE, at("2025-11-19 17:00"))
        said = "\n".join([words, *(text for block in blocks for text in texts(block.to_dict()))])
        assert "<!channel>" not in said
        assert "<@" not in said
        assert "\u202e" not in said
        assert all(len(text) <= 3000 for block in blocks for text in texts(block.to_dict()))
        assert 0 < len(words) <= 3000


def hostile(conflict: Conflict, text: str) -> Conflict:
    """The conflict with this text wherever somebody can type."""
    signal = Signal(source=text, says=text, as_of=text, link="https://northwind.example/p1")
    facts = replace(conflict.facts, subject=text, signals=(signal,) * 4, waiting=text, account=text)
    ruling = conflict.ruling and replace(
        conflict.ruling, source=text, number=text, decision=text, why=text, role=text
    )
    return replace(conflict, facts=facts, ruling=ruling, type_name=text, role=text, ended_because=text)


def texts(block: object) -> list[str]:
    """Every text of a block that Slack reads as markup."""
    if isinstance(block, list):
        return [text for item in block for text in texts(item)]
    if not isinstance(block, dict):
        return []
    if block.get("type") == "mrkdwn":
        return [str(block["text"])]
    return [text for value in block.values() for text in texts(value)]
