"""The one message on return: what it says, and what people typed does nothing in it."""

from __future__ import annotations

from dataclasses import replace

from council.coming_back import WhileAway
from council.notice import NoticeKind
from handlers.away.message import back_message
from handlers.conflicts.spoken import Telling
from handlers.texts import Texts
from tests.council.builders import FORECAST, TUESDAY, acknowledged, decided, northwind, reported

OPEN = reported(type=FORECAST).conflict
SECOND = replace(OPEN, id="c13", number=13)
DECIDED = decided(acknowledged(OPEN, northwind(), TUESDAY), northwind(), TUESDAY).conflict
HIDDEN = replace(DECIDED, number=14, facts=replace(DECIDED.facts, confidential=True, subject="Secret"))
HOSTILE = "<!channel> *bold* {{ 7*7 }} ```" + "x" * 5000


def said(away: WhileAway, reader: str = "marcus") -> tuple[str, str]:
    """The first line, and everything."""
    telling = Telling(kind=NoticeKind.RETURNED, to=reader, facts={})
    first, blocks = back_message(telling, away, northwind(), Texts(), TUESDAY)
    return first, "\n".join(str(block.to_dict()) for block in blocks)


def test_it_counts_in_words_and_names_what_is_theirs_again() -> None:
    """In one line, whatever there is."""
    both = WhileAway(decided=(DECIDED, DECIDED, DECIDED), again=(SECOND,))
    assert said(both)[0] == "While you were away: three decided for you, one is yours again: #13."
    every = WhileAway(decided=(DECIDED,), kept=(OPEN, OPEN), again=(OPEN, SECOND))
    words = "one decided for you, two taken on by who stood in, two are yours again: #12, #13."
    assert said(every)[0] == f"While you were away: {words}"
    assert said(WhileAway(kept=(OPEN,)))[0] == "While you were away: one taken on by who stood in."
    assert said(WhileAway(decided=(DECIDED,) * 11))[0] == "While you were away: 11 decided for you."
    assert said(WhileAway(fell_due=True))[0] == "While you were away: nothing was decided for you."


def test_what_is_confidential_is_only_a_number() -> None:
    """To who does not take part."""
    assert "Secret" not in said(WhileAway(decided=(HIDDEN,)), reader="sam")[1]
    assert "confidential #14" in said(WhileAway(decided=(HIDDEN,)), reader="sam")[1]
    assert "Secret" in said(WhileAway(decided=(HIDDEN,)))[1]


def test_what_people_typed_is_shown_and_does_nothing() -> None:
    """Many and long ones fit into one message."""
    typed = replace(OPEN, facts=replace(OPEN.facts, subject=HOSTILE))
    words = said(WhileAway(decided=(typed,) * 30, again=(typed,) * 30, kept=(typed,) * 30))[1]
    assert "<!channel>" not in words
    assert "49" not in words.replace("{{ 7*7 }}", "")
    assert len(words) < 12_000
