"""Arbitrary JSON never breaks the validator; it only gets refused."""

from __future__ import annotations

from typing import Any

from hypothesis import given, settings
from hypothesis import strategies as st

from sandbox.blocks import Fault, check_message, check_view, message_text_size
from sandbox.blocks.elements import ELEMENTS
from sandbox.blocks.layout import BLOCKS

WORDS = sorted({*BLOCKS, *ELEMENTS, "plain_text", "mrkdwn", "modal", "home", "", "a", "\ud800"})
KEYS = sorted(
    {key for kind in (*BLOCKS.values(), *ELEMENTS.values()) for key in {**kind.shape.must, **kind.shape.may}}
)

leaves = (
    st.none() | st.booleans() | st.integers() | st.floats() | st.sampled_from(WORDS) | st.text(max_size=5)
)


def grown(inner: st.SearchStrategy[Any]) -> st.SearchStrategy[Any]:
    typed = st.fixed_dictionaries({"type": st.sampled_from(WORDS) | leaves})
    keyed = st.dictionaries(st.sampled_from(KEYS), inner, max_size=4)
    return st.lists(inner, max_size=4) | keyed | st.builds(lambda a, b: {**a, **b}, typed, keyed)


anything = st.recursive(leaves, grown, max_leaves=20)


@settings(deadline=None)
@given(anything)
def test_any_json_gets_an_answer(value: object) -> None:
    """Whatever is sent, the answer is a list of faults whose pointers start where they should."""
    faults = [*check_message(value), *check_view(value), *check_message([value])]
    assert all(isinstance(fault, Fault) for fault in faults)
    assert all(fault.pointer.startswith(("/blocks", "/view")) for fault in faults)
    assert faults


@settings(deadline=None)
@given(st.lists(anything, max_size=3))
def test_views_of_any_blocks_get_an_answer(blocks: list[object]) -> None:
    """A modal around arbitrary blocks is checked to the end, and its text can be counted."""
    title = {"type": "plain_text", "text": "x"}
    assert isinstance(check_view({"type": "modal", "title": title, "blocks": blocks}), list)
    assert message_text_size(blocks) >= 0
