"""Messages to one person and the line in the log, of every kind and in every state they come to."""

from __future__ import annotations

import re
from dataclasses import replace

import pytest
from syrupy.assertion import SnapshotAssertion

from council.conflict import Conflict
from council.notice import NoticeKind
from handlers.actions.item_message import TEMPLATES as ITEMS
from handlers.ceremonies.lines import TEMPLATES as PLAN_LINES
from handlers.conflicts.dms import ENDINGS, Telling, direct_message, log_line
from handlers.conflicts.typed import typed_answer
from handlers.listeners import LISTENERS
from handlers.meeting.dms import TEMPLATES as MEETINGS
from handlers.standup.message import TEMPLATES as STANDUPS
from handlers.texts import Texts
from tests.council.builders import TUESDAY, at
from tests.handlers.golden import GOLDEN, Golden, drawn
from tests.handlers.states import (
    AGREED,
    ASKED,
    CALLED,
    DECIDED,
    HANDED,
    IN_PLACE,
    LATE_ON_IT,
    MERGED,
    ON_IT,
    OPEN,
    OVERDUE,
    REOPENED,
    RESOLVED,
    TAKEN,
    UNNAMED,
    UNSURE,
    WANTED,
    WISH,
    WITHDRAWN,
    WORKSPACE,
)
from tests.handlers.test_card import HOSTILE, hostile, texts

WORDS = Texts()
CARD = "https://northwind.example/archives/C1/p1"
K = NoticeKind
MOVED: dict[str, str | int] = {"by": "marcus", "why": "one number is missing"}
WISHED: dict[str, str | int] = {
    "by": "marcus",
    "why": "data late",
    "limit": at("2025-11-21 12:00").isoformat(),
}
ANOTHER = WISHED | {"limit": at("2025-11-21 15:00").isoformat()}
AT_ONCE = replace(ASKED, reporter="dana", wish=WISH.wish and replace(WISH.wish, of="dana"))
"""The reporter is asked by the chain as well: one message has both."""

MEETING: dict[str, str | int] = {
    "by": "priya",
    "starts": "2025-11-18T14:00:00+00:00",
    "where": "https://meet.example/1",
}

assert CALLED.call
CALL_OVER = replace(CALLED, call=replace(CALLED.call, over="asked"))
TOLD: dict[str, tuple[NoticeKind, Conflict, str, dict[str, str | int]]] = {
    "owner asked": (K.OWNER_ASKED, OPEN, "marcus", {}),
    "owner asked, acknowledged": (K.OWNER_ASKED, ON_IT, "marcus", {}),
    "owner asked, reporter not named": (K.OWNER_ASKED, UNNAMED, "marcus", {}),
    "owner asked, taken over since": (K.OWNER_ASKED, TAKEN, "marcus", {}),
    "owner asked, decided since": (K.OWNER_ASKED, DECIDED, "marcus", {}),
    "concerns you": (K.CONCERNS_YOU, OPEN, "priya", {}),
    "concerns you, withdrawn since": (K.CONCERNS_YOU, WITHDRAWN, "priya", {}),
    "reminded": (K.REMINDED, OPEN, "marcus", {}),
    "due": (K.DUE, ON_IT, "marcus", {}),
    "due, extended before": (K.DUE, replace(ON_IT, extended=1), "marcus", {}),
    "chain asked": (K.CHAIN_ASKED, ASKED, "dana", {}),
    "chain asked, overdue": (K.CHAIN_ASKED, OVERDUE, "dana", {}),
    "chain asked, taken over": (K.CHAIN_ASKED, TAKEN, "dana", {}),
    "chain asked, acknowledged since": (K.CHAIN_ASKED, ON_IT, "dana", {}),
    "still open": (K.STILL_OPEN, OVERDUE, "dana", {}),
    "merged": (K.MERGED, MERGED, "marcus", {"by": "priya"}),
    "reopened": (K.REOPENED, REOPENED, "priya", {"by": "marcus", "why": "the export was wrong"}),
    "reopened, decided since": (K.REOPENED, DECIDED, "priya", {"by": "marcus", "why": "wrong"}),
    "owner asked, after it was reopened": (K.OWNER_ASKED, REOPENED, "marcus", {"why": "it was wrong"}),
    "decided, reopened since": (K.DECIDED, REOPENED, "nina", {}),
    "kind changed": (K.KIND_CHANGED, HANDED, "marcus", {"by": "priya"}),
    "rule proposed": (K.RULE_PROPOSED, DECIDED, "jonas", {}),
    "rule proposed, reopened since": (K.RULE_PROPOSED, OPEN, "jonas", {}),
    "rerouted": (K.REROUTED, HANDED, "marcus", {"by": "priya"}),
    "did it solve it": (K.SOLVED_IT, DECIDED, "nina", {}),
    "did it solve it, answered": (K.SOLVED_IT, replace(DECIDED, solved=True), "nina", {}),
    "not solved": (K.NOT_SOLVED, DECIDED, "marcus", {"why": "the deck still says 4.2 M€"}),
    "look again": (K.LOOK_AGAIN, DECIDED, "marcus", {}),
    "owner asked of what nobody could name": (K.OWNER_ASKED, UNSURE, "priya", {}),
    "call asked for": (K.CALL_ASKED, WANTED, "priya", {"by": "nina", "why": "the board meets tomorrow"}),
    "call asked for, called since": (K.CALL_ASKED, CALLED, "priya", {"by": "nina", "why": "the board"}),
    "called": (K.CALLED, CALLED, "marcus", MEETING),
    "called, is it decided": (K.CALL_OVER, CALL_OVER, "priya", {}),
    "called, is it decided, asked of the owner": (K.CALL_OVER, CALL_OVER, "marcus", {}),
    "called, decided there": (K.CALL_CLOSED, CALLED, "marcus", {"by": "priya", "decided": 1}),
    "called, not decided there": (K.CALL_CLOSED, CALLED, "marcus", {"by": "priya", "decided": 0}),
    "called, told to who is needed": (K.CALLED, CALLED, "lucia", MEETING),
    "call declined": (K.CALL_DECLINED, OPEN, "nina", {"by": "priya", "why": "the export comes at noon"}),
    "looks away": (K.LOOKS_AWAY, replace(OPEN, reached=("dana",)), "dana", {"before": "marcus"}),
    "looks away, on it since": (
        K.LOOKS_AWAY,
        replace(ON_IT, reached=("dana",)),
        "dana",
        {"before": "marcus"},
    ),
    "card elsewhere": (K.CARD_MOVED, OPEN, "nina", {"place": "#ai-council"}),
    "take over offered": (K.TAKE_OVER_OFFERED, ASKED, "dana", {}),
    "taken over": (K.TAKEN_OVER, TAKEN, "marcus", {"before": "marcus"}),
    "handed over": (K.HANDED_OVER, HANDED, "priya", {"before": "marcus", "why": "a question of data"}),
    "deadline moved": (K.DEADLINE_MOVED, OPEN, "nina", MOVED),
    "deadline moved with its meeting": (K.DEADLINE_MOVED, OPEN, "marcus", {"meeting": "Council", "ask": 1}),
    "on it already": (K.ON_IT, ON_IT, "marcus", {"others": 0}),
    "on it already, and on others": (K.ON_IT, LATE_ON_IT, "marcus", {"others": 2}),
    "on it already, handed over since": (K.ON_IT, HANDED, "marcus", {"others": 0}),
    "deadline moved, as they asked": (K.DEADLINE_MOVED, AGREED, "marcus", MOVED | {"agreed": "nina"}),
    "deadline moved, agreed": (K.DEADLINE_MOVED, AGREED, "marcus", MOVED | {"agreed": "nina", "by": "priya"}),
    "later deadline asked": (K.LATER_ASKED, WISH, "nina", WISHED),
    "later deadline asked in place of who left": (K.LATER_ASKED, IN_PLACE, "priya", WISHED),
    "later deadline asked, agreed since": (K.LATER_ASKED, AGREED, "nina", WISHED),
    "later deadline asked, decided since": (K.LATER_ASKED, DECIDED, "nina", WISHED),
    "later deadline asked, another one since": (K.LATER_ASKED, WISH, "nina", ANOTHER),
    "owner asked, who has asked for more": (K.OWNER_ASKED, WISH, "marcus", {}),
    "chain asked, who is asked to agree": (K.CHAIN_ASKED, AT_ONCE, "dana", {}),
    "deadline kept": (K.DEADLINE_KEPT, OPEN, "marcus", {"by": "nina"}),
    "deadline kept by who is not named": (K.DEADLINE_KEPT, UNNAMED, "helen", {"by": "nina"}),
    "carried over": (K.CARRIED_OVER, OPEN, "marcus", {"by": "priya", "why": "no time", "meeting": "Council"}),
    "decided": (K.DECIDED, DECIDED, "nina", {}),
    "resolved": (K.RESOLVED, RESOLVED, "nina", {}),
    "withdrawn": (K.WITHDRAWN, WITHDRAWN, "marcus", {"why": "Clari corrected it"}),
}


@pytest.mark.parametrize("name", TOLD)
def test_the_message(name: str, snapshot: SnapshotAssertion) -> None:
    """A changed word, button or line is a difference to look at."""
    kind, conflict, reader, facts = TOLD[name]
    now = at("2025-11-20 14:00") if conflict in (OVERDUE, LATE_ON_IT) else TUESDAY
    telling = Telling(kind=kind, to=reader, facts=facts, card=CARD)
    drawing = drawn(direct_message(telling, conflict, WORKSPACE, WORDS, now))
    assert drawing == snapshot(extension_class=Golden)


def test_the_owner_is_told_the_last_similar_decision(snapshot: SnapshotAssertion) -> None:
    """The owner need not search what was decided last time."""
    telling = Telling(kind=K.OWNER_ASKED, to="marcus", facts={}, similar=replace(DECIDED, number=4))
    drawing = drawn(direct_message(telling, OPEN, WORKSPACE, WORDS, TUESDAY))
    assert drawing == snapshot(extension_class=Golden)


def test_the_line_in_the_decision_log(snapshot: SnapshotAssertion) -> None:
    """One line says it all."""
    drawing = drawn(log_line(Telling(kind=K.LOGGED, to="C1", facts={}), DECIDED, WORKSPACE, WORDS, TUESDAY))
    assert drawing == snapshot(extension_class=Golden)


ANSWERED: dict[str, tuple[NoticeKind, dict[str, str | int]]] = {
    "typed answer": (K.TYPED_ANSWER, {"draft": "d1", "words": "use the CRM number"}),
    "which one": (
        K.WHICH_ONE,
        {
            "draft": "d1",
            "words": "use the CRM number",
            "total": 3,
            "choices": '[{"number": 12, "id": "c12", "subject": "Q4 pipeline"}, '
            '{"number": 15, "id": "c15", "subject": "Leads & co"}]',
        },
    ),
    "what can be done": (K.CAN_DO, {"refusal": ""}),
    "a guest": (K.CAN_DO, {"refusal": "Guests can't take part here."}),
}


@pytest.mark.parametrize("name", ANSWERED)
def test_the_answer(name: str, snapshot: SnapshotAssertion) -> None:
    """Short, with the buttons that fit."""
    kind, facts = ANSWERED[name]
    drawing = drawn(typed_answer(Telling(kind=kind, to="marcus", facts=facts), OPEN, WORDS))
    assert drawing == snapshot(extension_class=Golden)


@pytest.mark.parametrize("name", TOLD)
def test_an_older_message_keeps_its_words_and_loses_its_buttons(name: str) -> None:
    """Only the newest one can be pressed."""
    kind, conflict, reader, facts = TOLD[name]
    telling = Telling(kind=kind, to=reader, facts=facts, card=CARD)
    words, blocks = direct_message(telling, conflict, WORKSPACE, WORDS, TUESDAY, live=False)
    assert words
    assert "actions" not in [block.type for block in blocks]


def test_the_link_to_a_confidential_card_is_for_the_reporter_only() -> None:
    """The card stands in a private channel; who else is in it nobody knows."""
    hidden = replace(OPEN, facts=replace(OPEN.facts, confidential=True))
    for reader, shown in (("marcus", False), ("nina", True)):
        telling = Telling(kind=K.CONCERNS_YOU, to=reader, facts={}, card=CARD)
        _, blocks = direct_message(telling, hidden, WORKSPACE, WORDS, TUESDAY)
        assert (CARD in str([block.to_dict() for block in blocks])) is shown


@pytest.mark.parametrize("text", HOSTILE.values(), ids=HOSTILE)
@pytest.mark.parametrize("name", TOLD)
def test_R42_hostile_text_stays_text(name: str, text: str) -> None:
    """In every message, at any length, what people type is shown and does nothing."""
    kind, conflict, reader, facts = TOLD[name]
    telling = Telling(kind=kind, to=reader, facts={**facts, "why": text}, card=CARD, similar=DECIDED)
    words, blocks = direct_message(telling, hostile(conflict, text), WORKSPACE, WORDS, TUESDAY)
    said = "\n".join([words, *(each for block in blocks for each in texts(block.to_dict()))])
    assert "<!channel>" not in said
    assert "<@" not in said
    assert "49" not in said or "{{ 7*7 }}" not in text
    assert all(len(each) <= 3000 for block in blocks for each in texts(block.to_dict()))
    assert 0 < len(words) <= 3000


def test_every_fact_that_is_told_has_its_words() -> None:
    """No kind of notice is without a text."""
    unused = {K.JOINED, K.CONTEXT, K.TROUBLE, K.GUARD_RAIL, K.SUCCESSOR_WANTED}
    answers = {kind for kind, _ in ANSWERED.values()}
    elsewhere = {
        K.LOGGED,
        K.RETURNED,
        K.CALENDAR_FILE,
        K.MINUTES_FILE,
        K.METRICS_ASKED,
        *PLAN_LINES,
        *STANDUPS,
        *MEETINGS,
    }
    told = {kind for kind, *_ in TOLD.values()}
    assert told | answers | unused | elsewhere | set(ITEMS) == set(NoticeKind)
    assert {kind for kind, *_ in TOLD.values()} | {K.LOGGED} > ENDINGS


def test_R51_every_button_ever_posted_has_a_listener() -> None:
    """Messages stand in Slack for years: what was once looked at as right can still be pressed."""
    posted = "".join(path.read_text() for path in GOLDEN.rglob("*.json"))
    known = {listener.name for listener in LISTENERS if listener.kind == "action"}
    pressed = set(re.findall(r'"action_id": "(\w+)"', posted))
    assert len(pressed) > 8
    assert pressed <= known


@pytest.mark.parametrize("folder", ["test_card", "test_dms"])
def test_R16_every_time_is_shown_in_the_readers_own_zone(folder: str) -> None:
    """Outside Slack's date tokens, whose fallback names its zone, no message has a time of day."""
    for path in (GOLDEN / folder).glob("*.json"):
        said = re.sub(r'"value": "[^"]*"', "", path.read_text())
        assert not re.search(r"\d\d:\d\d", re.sub(r"<!date\^[^>]*>", "", said)), path.name
        for fallback in re.findall(r"\{time\}\|([^>]*)>", said):
            assert fallback.endswith(" Europe/Berlin")
