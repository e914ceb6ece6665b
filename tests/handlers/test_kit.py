"""Words on their way to Slack: clipped, escaped, and never cut inside a piece of markup."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from handlers import kit

MARKUP = st.lists(
    st.sampled_from(["&amp;", "&lt;", "<!date^1^{time}|x>", "<https://a.b|c>", "*bold*", "word ", "\n", "é"]),
    min_size=400,
    max_size=2500,
).map("".join)


@given(MARKUP)
def test_R36_no_paragraph_is_longer_than_slack_takes_and_no_markup_is_cut(words: str) -> None:
    """Whatever is cut off, no half of an entity or of a date is left behind."""
    shown = str(kit.text(words).to_dict()["text"]["text"])
    assert len(shown) <= 3000
    assert shown.count("<") == shown.count(">")
    assert shown.count("&") == shown.count(";")


@given(st.text(max_size=200))
def test_R42_what_a_person_wrote_holds_no_markup_of_slacks(words: str) -> None:
    """No angle bracket is left, and every ampersand begins an entity."""
    shown = kit.quoted(words)
    assert "<" not in shown
    assert ">" not in shown
    rest = shown.replace("&amp;", "").replace("&lt;", "").replace("&gt;", "")
    assert "&" not in rest


def test_R42_marks_that_turn_the_writing_do_not_reach_our_own_words() -> None:
    """Hebrew and Arabic stay; only the marks that would turn what follows are left out."""
    assert kit.quoted("\u202eשלום\u2066 Q4") == "שלום Q4"


@pytest.mark.parametrize(
    ("url", "shown"),
    [
        ("https://a.b/c?d=1&e=2", "<https://a.b/c?d=1&e=2|See>"),
        ("https://a.b/|x>", "<https://a.b/%7Cx%3E|See>"),
        ("https://a.b/ <!channel>", "<https://a.b/%20%3C!channel%3E|See>"),
    ],
)
def test_a_link_can_not_be_ended_early(url: str, shown: str) -> None:
    """What would close it, or begin another, is encoded."""
    assert kit.link(url, "See") == shown


def test_an_instant_names_the_zone_where_slack_can_not_show_the_readers_own() -> None:
    """The fallback is for notifications and old clients."""
    at = datetime(2026, 11, 19, 12, 0, tzinfo=UTC)
    shown = kit.when(at, "Europe/Berlin")
    assert shown.startswith("<!date^1795089600^{date_short_pretty} at {time}|")
    assert shown.endswith("|Thu 19 Nov 2026, 13:00 Europe/Berlin>")


@given(st.text(max_size=300), st.integers(min_value=2, max_value=100))
def test_what_is_clipped_says_so_and_fits(words: str, most: int) -> None:
    """Cut with an ellipsis, never longer than asked."""
    shown = kit.clip(words, most)
    assert len(shown) <= most
    assert shown == words or shown.endswith("…")


def test_a_choice_without_a_name_is_still_one_slack_takes() -> None:
    """Slack refuses empty labels."""
    assert kit.option("", "x").to_dict()["text"]["text"] == "—"
