"""Who may see a conflict, and where its card may stand."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import pytest

from council.errors import Unknown
from council.people import Channel
from council.visibility import Place, card_place, may_see, seen, starts_confidential
from tests.council.builders import NAMES, reported

CONFIDENTIAL = replace(
    reported(confidential=True).conflict, reached=("tomas",), took_part=("aiko",), joined=("ravi",)
)
INSIDERS = {"nina", "priya", "dana", "lucia", "tomas", "aiko", "ravi"}

SALES = Channel(id="C-sales", bot_in=True)
HOME = Channel(id="C-home", bot_in=True)
COUNCIL = Channel(id="C-council", bot_in=True)
PRIVATE = Channel(id="C-deal", kind="private", bot_in=True)


@pytest.mark.parametrize("who", NAMES)
def test_only_who_takes_part_sees_a_confidential_one(who: str) -> None:
    """Reporter, owner, told, reached, joined, earlier owners; and the private channel's members."""
    assert may_see(who, CONFIDENTIAL) is (who in INSIDERS)
    assert may_see(who, CONFIDENTIAL, {"C-sales": frozenset(NAMES)})
    assert may_see(who, CONFIDENTIAL, {"C-other": frozenset(NAMES)}) is (who in INSIDERS)
    assert may_see(who, reported().conflict)


def test_hidden_and_missing_look_the_same() -> None:
    """Nobody learns from the answer that it exists."""
    sentences = set()
    for conflict in (None, CONFIDENTIAL):
        with pytest.raises(Unknown) as unknown:
            seen("sam", conflict)
        sentences.add(unknown.value.sentence.text)
    assert len(sentences) == 1
    assert seen("nina", CONFIDENTIAL) is CONFIDENTIAL


@pytest.mark.parametrize(
    ("channel", "confidential"),
    [
        pytest.param(SALES, False, id="a public channel"),
        pytest.param(PRIVATE, True, id="a private channel"),
        pytest.param(Channel(id="D1", kind="im"), True, id="a direct message"),
        pytest.param(Channel(id="G1", kind="mpim"), True, id="a group message"),
        pytest.param(None, False, id="App Home"),
    ],
)
def test_a_report_from_a_private_place_starts_confidential(
    channel: Channel | None, confidential: bool
) -> None:
    """The box is shown, ticked."""
    assert starts_confidential(channel) is confidential


def place(
    here: Channel | None, home: Channel | None = HOME, *, confidential: bool = False, **council: Any
) -> Place:
    known = [channel for channel in (here, home, replace(COUNCIL, **council)) if channel]
    homes = (home.id if home else None, COUNCIL.id)
    return card_place(here, homes, {each.id: each for each in known}, confidential=confidential)


@pytest.mark.parametrize(
    ("got", "channel", "why"),
    [
        pytest.param(place(SALES), "C-sales", "reported here", id="a public channel"),
        pytest.param(place(replace(SALES, shared=True)), "C-home", "home", id="shared with outsiders"),
        pytest.param(place(replace(SALES, archived=True)), "C-home", "home", id="R28 archived"),
        pytest.param(place(PRIVATE), "C-home", "home", id="private, not confidential"),
        pytest.param(place(Channel(id="D1", kind="im")), "C-home", "home", id="a direct message"),
        pytest.param(place(None), "C-home", "home", id="no channel"),
        pytest.param(place(None, None), "C-council", "council", id="the type has no home"),
        pytest.param(place(None, replace(HOME, shared=True)), "C-council", "council", id="home is shared"),
        pytest.param(
            place(None, replace(HOME, kind="private", bot_in=False)),
            "C-council",
            "council",
            id="R29 home is private and without the bot",
        ),
        pytest.param(place(None, None, shared=True), None, "nowhere", id="all are shared"),
        pytest.param(place(SALES, confidential=True), None, "confidential", id="confidential"),
        pytest.param(
            place(PRIVATE, confidential=True), "C-deal", "reported here", id="confidential, its channel"
        ),
        pytest.param(
            place(replace(PRIVATE, bot_in=False), confidential=True),
            None,
            "confidential",
            id="confidential, without the bot",
        ),
        pytest.param(
            place(replace(PRIVATE, bot_in=None), confidential=True),
            None,
            "confidential",
            id="confidential, unknown whether the bot is in",
        ),
        pytest.param(
            place(replace(PRIVATE, shared=True), confidential=True),
            None,
            "confidential",
            id="confidential, shared",
        ),
    ],
)
def test_the_card_goes_where_all_who_read_it_may(got: Place, channel: str | None, why: str) -> None:
    """The channel of the report, else the type's home, else the council's; never a shared one."""
    assert (got.channel, got.why) == (channel, why)


def test_the_bot_joins_a_public_channel_silently() -> None:
    """When its first card goes there; it cannot join a private one."""
    assert place(replace(SALES, bot_in=False)).join
    assert place(replace(SALES, bot_in=None)).join
    assert not place(SALES).join
    assert place(None, replace(HOME, bot_in=False)).join
    assert not place(PRIVATE, confidential=True).join
