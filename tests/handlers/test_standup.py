"""Messages about a standup, in every state they come to; however much and whatever was typed."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta
from typing import Any

import pytest
from syrupy.assertion import SnapshotAssertion

from council.action_item import ActionItem
from council.notice import NoticeKind as K
from council.standup import Asked, Issue, Quiet, Severity, Standup, StandupState, Theirs, Unasked
from handlers.conflicts.rows import MOST_MESSAGE, size
from handlers.conflicts.spoken import Telling
from handlers.standup.forms import answer_modal, change_modal, issue_modal, item_modal, receipt
from handlers.standup.message import TEMPLATES, standup_message
from handlers.standup.showing import shown
from handlers.standup.summary import PER_PAGE, issues_modal, summary
from handlers.texts import Texts
from tests.council.builders import at, reported
from tests.council.standups import MONDAY, company, standup
from tests.handlers.golden import Golden, drawn
from tests.handlers.test_card import HOSTILE, texts

WORKSPACE = company()
NINE = at("2025-11-24 09:00")
TWICE = Issue(
    id="i1",
    by="priya",
    at=NINE,
    system="Salesforce ↔ HubSpot",
    what="Leads are created twice",
    since="Friday's update",
    whom="ravi",
    severity=Severity.NUMBERS_WRONG,
)
SLOW = Issue(
    id="i2", by="dana", at=NINE, system="Gong", what="The sync takes hours", severity=Severity.COSTS_WORK
)
LOGIN = Issue(id="i3", by="priya", at=NINE, system="salesforce ↔ hubspot", what="Logs me out")
PRIYA = Asked(person="priya", at=NINE, seats=("revops_lead",))
DANA = Asked(person="dana", at=NINE, seats=("sales_manager",))
BEN = Asked(person="ben", at=NINE, seats=("marketing_director",), instead_of=("lucia",))
RAVI = Asked(person="ravi", at=NINE, seats=("it_data",), quiet=True)
PLANNED = standup(asked=(PRIYA, DANA, BEN))
NOTHING = replace(PLANNED, asked=(replace(PRIYA, nothing_at=NINE), DANA, BEN))
WITH_ISSUES = replace(PLANNED, issues=(LOGIN, TWICE, SLOW))
SUMMED_UP = replace(
    WITH_ISSUES,
    state=StandupState.SUMMED_UP,
    posted=True,
    asked=(PRIYA, DANA, replace(BEN, nothing_at=NINE), RAVI),
    unasked=(Unasked(seat="cs_director"),),
)
OVER = replace(SUMMED_UP, state=StandupState.OVER)
ITEM = ActionItem(
    id="a1", team="T1", text="Fix the sync", owner="priya", due=date(2025, 11, 21), asked_by="nina", at=NINE
)
OPEN = Theirs(conflicts=(reported(WORKSPACE).conflict,), items=(ITEM,), items_in_all=9)
MOVED: dict[str, str | int] = {
    "starts": (MONDAY + timedelta(hours=1)).isoformat(),
    "why": "The room is taken.",
}
TOLD: dict[str, tuple[K, Standup, str, Theirs, dict[str, str | int], bool]] = {
    "asked": (K.STANDUP_ASKED, PLANNED, "priya", Theirs(), {}, True),
    "asked, with something open": (K.STANDUP_ASKED, PLANNED, "priya", OPEN, {}, True),
    "asked for somebody who is away": (K.STANDUP_ASKED, PLANNED, "ben", Theirs(), {}, True),
    "asked only when something is open": (
        K.STANDUP_ASKED,
        PLANNED,
        "priya",
        replace(OPEN, only_when_open=True),
        {},
        True,
    ),
    "reminded": (K.STANDUP_REMINDED, PLANNED, "priya", Theirs(), {}, True),
    "asked, before the reminder": (K.STANDUP_ASKED, PLANNED, "priya", Theirs(), {}, False),
    "nothing to report": (K.STANDUP_ASKED, NOTHING, "priya", OPEN, {}, True),
    "issues reported": (K.STANDUP_REMINDED, WITH_ISSUES, "priya", OPEN, {}, True),
    "moved": (K.STANDUP_MOVED, PLANNED, "priya", Theirs(), MOVED, True),
    "moved, answered": (K.STANDUP_MOVED, NOTHING, "priya", Theirs(), MOVED, True),
    "off": (
        K.STANDUP_OFF,
        replace(WITH_ISSUES, state=StandupState.SKIPPED),
        "priya",
        Theirs(),
        {"why": "Everybody travels."},
        True,
    ),
    "asked, off since": (
        K.STANDUP_ASKED,
        replace(PLANNED, state=StandupState.SKIPPED),
        "priya",
        Theirs(),
        {},
        True,
    ),
    "summed up, heard": (K.STANDUP_ASKED, SUMMED_UP, "priya", OPEN, {}, True),
    "summed up, not heard": (K.STANDUP_ASKED, replace(SUMMED_UP, issues=()), "dana", OPEN, {}, True),
    "over": (K.STANDUP_ASKED, replace(OVER, issues=()), "dana", OPEN, {}, True),
    "missed": (K.STANDUP_ASKED, replace(PLANNED, state=StandupState.MISSED), "dana", OPEN, {}, True),
}
SUMMARIES = {
    "issues": SUMMED_UP,
    "issues, over": OVER,
    "something made of them": replace(
        SUMMED_UP,
        issues=(
            replace(TWICE, conflict="c12", number=12),
            replace(SLOW, item="a1", item_owner="ravi"),
            LOGIN,
        ),
    ),
    "nobody has anything": replace(SUMMED_UP, issues=(), asked=NOTHING.asked),
    "nobody had anything since": replace(
        OVER,
        quiet=Quiet(starts=MONDAY + timedelta(days=7), open=True, asked=NOTHING.asked),
    ),
    "not asked in time": replace(SUMMED_UP, unasked=(Unasked(seat="it_data", late=True),)),
}


def message(name: str) -> tuple[str, Any]:
    kind, about, to, theirs, facts, live = TOLD[name]
    telling = Telling(kind=kind, to=to, facts=facts)
    return standup_message(telling, about, theirs, WORKSPACE, Texts(), NINE, live=live)


@pytest.mark.parametrize("name", TOLD)
def test_the_message(name: str, snapshot: SnapshotAssertion) -> None:
    """A changed word or button is a difference to look at."""
    assert drawn(message(name)) == snapshot(extension_class=Golden)


@pytest.mark.parametrize("name", SUMMARIES)
def test_the_summary(name: str, snapshot: SnapshotAssertion) -> None:
    """One message in the channel."""
    assert drawn(summary(SUMMARIES[name], WORKSPACE)) == snapshot(extension_class=Golden)


def test_every_fact_about_a_standup_has_its_words() -> None:
    """No kind of notice is without a text."""
    assert {kind for kind, *_ in TOLD.values()} == set(TEMPLATES)


def flooded(words: str) -> Standup:
    """Sixty issues of which every text is these words, by as many people."""
    issues = tuple(
        replace(TWICE, id=f"i{n}", by=f"U{n}", system=f"{n} {words}", what=words, since=words)
        for n in range(60)
    )
    asked = tuple(replace(PRIYA, person=f"V{n}", instead_of=("lucia", "ben")) for n in range(60))
    unasked = tuple(Unasked(seat=f"{words[:50]}{n}") for n in range(60))
    quiet = Quiet(starts=MONDAY, open=True, asked=asked, unasked=unasked)
    return replace(SUMMED_UP, issues=issues, asked=asked, unasked=unasked, quiet=quiet)


@pytest.mark.parametrize("words", [*HOSTILE.values(), "long " * 8000], ids=[*HOSTILE, "40,000 characters"])
def test_R36_R42_sixty_issues_of_whatever_fit_and_ping_nobody(words: str) -> None:
    """What matters is shown, the rest is one tap away; nothing is markup, nothing too long for Slack."""
    about = flooded(words)
    said = drawn(summary(about, WORKSPACE))
    assert len(said["blocks"]) <= 50
    assert size(list(summary(about, WORKSPACE)[1])) <= MOST_MESSAGE + 200
    assert "All issues" in str(said)
    own = replace(about, issues=tuple(replace(each, by="priya") for each in about.issues))
    pages = [issues_modal(about, WORKSPACE, page) for page in range(-1, 60 // PER_PAGE + 1)]
    modals = [
        *pages,
        issue_modal(about, WORKSPACE, step=1, taken=about.issues[0]),
        change_modal(about, about.issues[0], WORKSPACE),
        answer_modal(own, "priya", WORKSPACE),
        item_modal(about, about.issues[0], MONDAY.date(), WORKSPACE),
        receipt(about, about.issues[0], WORKSPACE),
    ]
    answered = Telling(kind=K.STANDUP_ASKED, to="priya", facts={})
    planned = replace(own, state=StandupState.PLANNED)
    others = [
        drawn(standup_message(answered, planned, OPEN, WORKSPACE, Texts(), NINE)),
        {"blocks": [b.to_dict() for b in shown(planned, about, OPEN, "priya", WORKSPACE).blocks]},
    ]
    for each in (said, *others, *(modal.to_dict() for modal in modals)):
        assert len(each["blocks"]) <= 100
        for shown_words in texts(each):
            assert len(shown_words) <= 3000
            assert not {"<!channel>", "<!here>", "<@U0VERA>"} & set(shown_words.split())


def test_every_issue_is_on_one_of_the_pages() -> None:
    """Sixty of them, ten at a time, each once."""
    about = flooded("Broken")
    ids = [
        element["value"]
        for page in range(60 // PER_PAGE)
        for block in issues_modal(about, WORKSPACE, page).to_dict()["blocks"]
        for element in block.get("elements", [])
        if element.get("action_id") == "standup_conflict"
    ]
    assert sorted(ids) == sorted(f"s1:i{n}" for n in range(60))
