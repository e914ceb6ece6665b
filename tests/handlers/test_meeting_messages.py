"""The messages of a meeting, in every state they come to; and what nobody can write into them."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta
from typing import Any

import pytest
from syrupy.assertion import SnapshotAssertion

from council.agenda import Filled, Point
from council.asking import Wanted
from council.conflict import Conflict
from council.course import Edit
from council.finishing import carry_rest, finish, look_at
from council.holding import next_item, note_attendance, start
from council.meeting import Meeting
from council.minutes import change
from council.notice import NoticeKind as K
from council.results import carry_over, decide_conflict, name_owner, record
from council.templates import TEMPLATES
from handlers.conflicts.rows import size
from handlers.conflicts.spoken import Telling
from handlers.meeting.dms import TEMPLATES as TOLD
from handlers.meeting.dms import meeting_dm
from handlers.meeting.minutes_message import download_modal, history_modal, markdown, minutes_message
from handlers.meeting.now_message import now_message
from handlers.texts import Texts
from tests.council.builders import METRIC, RULING, northwind, person, reported
from tests.handlers.golden import Golden, drawn
from tests.handlers.test_card import HOSTILE, texts

COMPANY = northwind()
WAITING = reported(type=METRIC).conflict
DUE = WAITING.deadline
assert DUE.ceremony
assert DUE.occurrence
assert DUE.meeting_at
STARTS, ENDS = DUE.meeting_at, DUE.limit
MINUTE = timedelta(minutes=1)
MOST_SLACK_TAKES = 12_000


def meeting(text: str, count: int = 1) -> Meeting:
    """With a conflict and so many other items; one of them was carried over before."""
    conflict = Point(
        id="c", box="conflicts", kind="conflict", conflict=WAITING.id, number=12, text=WAITING.facts.subject
    )
    others = tuple(
        Point(id=f"p{n}", box="tools", kind="added", text=text, says=text, by="ravi", owner="ravi", carried=n)
        for n in range(count)
    )
    points = {"conflicts": (conflict,), "tools": others}
    filled = tuple(Filled(box=box, points=points.get(box.key, ())) for box in TEMPLATES["council"].boxes)
    planned = Meeting(
        id="m1", team="T1", ceremony=DUE.ceremony or "", on=STARTS.date(), starts=STARTS, ends=ENDS
    )
    way: dict[str, Any] = {"by": person("priya"), "workspace": COMPANY, "now": STARTS}
    return start(planned, filled, {}, **way).meeting


def gone_through(begun: Meeting, words: str) -> tuple[Meeting, Conflict]:
    """Decided, recorded, given to somebody, carried over; who was there is noted."""
    way: dict[str, Any] = {"by": person("priya"), "workspace": COMPANY, "now": STARTS + 5 * MINUTE}
    ruling = replace(RULING, decision=words, why=words)
    decided = decide_conflict(begun, "c", WAITING, ruling, **way)
    wanted = Wanted(id="a1", text=words, owner=person("lucia"), due=COMPANY.today(ENDS))
    now = record(decided.meeting, "box:handoff", words, words, **way).meeting
    now = name_owner(now, "box:handoff", wanted, None, **way).meeting
    now = carry_over(now, "p0", person("ravi"), words, None, **way).meeting
    now = note_attendance(now, ["priya", "marcus"], **way).meeting
    return now, decided.conflicts[0].conflict


BEGUN = meeting("Gong Forecast")
THROUGH, DECIDED = gone_through(BEGUN, "Buy it for a year.")
OPEN, CLOSED = {WAITING.id: WAITING}, {WAITING.id: DECIDED}
WAY: dict[str, Any] = {"by": person("priya"), "workspace": COMPANY}
NEXT = next_item(BEGUN, "c", **WAY, now=STARTS + 5 * MINUTE).meeting
CLOSING = finish(BEGUN, OPEN, **WAY, now=ENDS).meeting
OVER = finish(THROUGH, CLOSED, **WAY, now=ENDS - 3 * MINUTE).meeting
NOTE = Edit(of="note", by="", at=ENDS, words="Thanks to all.")
EDITED = change(OVER, NOTE, CLOSED, **WAY, now=ENDS).meeting
EDITED = change(EDITED, Edit(of="p0", by="", at=ENDS, words="In May."), CLOSED, **WAY, now=ENDS).meeting
ASKED = look_at(BEGUN, OPEN, COMPANY, ENDS + timedelta(hours=2))
assert ASKED.wake_at
DRAFT = look_at(ASKED.meeting, OPEN, COMPANY, ASKED.wake_at).meeting
SECRET = {WAITING.id: replace(DECIDED, facts=replace(DECIDED.facts, confidential=True))}


@pytest.mark.parametrize(
    ("begun", "conflicts"),
    [
        pytest.param(BEGUN, OPEN, id="begun"),
        pytest.param(NEXT, OPEN, id="at the second item"),
        pytest.param(THROUGH, CLOSED, id="decided here"),
        pytest.param(BEGUN, CLOSED, id="decided on its card"),
        pytest.param(BEGUN, SECRET, id="confidential"),
        pytest.param(CLOSING, OPEN, id="wants to finish"),
        pytest.param(OVER, CLOSED, id="over"),
    ],
)
def test_the_meeting_that_runs(
    begun: Meeting, conflicts: dict[str, Conflict], snapshot: SnapshotAssertion
) -> None:
    """A changed word or button is a difference to look at."""
    assert drawn(now_message(begun, conflicts, COMPANY)) == snapshot(extension_class=Golden)


@pytest.mark.parametrize(
    ("over", "conflicts"),
    [
        pytest.param(OVER, CLOSED, id="finished"),
        pytest.param(EDITED, CLOSED, id="edited"),
        pytest.param(DRAFT, OPEN, id="a draft"),
        pytest.param(OVER, SECRET, id="confidential since"),
    ],
)
def test_the_minutes(over: Meeting, conflicts: dict[str, Conflict], snapshot: SnapshotAssertion) -> None:
    """As a message, and as Markdown."""
    assert over.course
    message = drawn(minutes_message(over, over.course, conflicts, COMPANY))
    document = markdown(over, over.course, conflicts, COMPANY).split("\n")
    assert {**message, "markdown": document} == snapshot(extension_class=Golden)


@pytest.mark.parametrize("kind", TOLD)
def test_what_one_person_is_told(kind: K, snapshot: SnapshotAssertion) -> None:
    """Asked, and the one line that is left once it is answered."""
    about = {K.NOT_FINISHED: BEGUN, K.MINUTES_DRAFTED: DRAFT, K.MINUTES: OVER}
    asked = about.get(kind, look_at(replace(BEGUN, state=PAST.state, course=None), {}, COMPANY, ENDS).meeting)
    telling = Telling(kind=kind, to="priya", facts={}, card="https://northwind.example/archives/C1/p1")
    shown = [drawn(meeting_dm(telling, each, COMPANY, Texts())) for each in (asked, OVER)]
    assert shown == snapshot(extension_class=Golden)


PAST = look_at(replace(BEGUN, state=BEGUN.state.PLANNED, course=None), {}, COMPANY, ENDS).meeting


@pytest.mark.parametrize("words", HOSTILE.values(), ids=HOSTILE)
def test_R42_hostile_words_stay_words_in_a_meeting(words: str) -> None:
    """Whatever is typed as an item, a decision or a why: nobody is pinged, and Slack takes the message."""
    begun = meeting(words[:300] or "so", 60)
    now, conflict = gone_through(begun, words[:2000] or "so")
    over = carry_rest(now, {conflict.id: conflict}, **WAY, now=ENDS).meeting
    edit = Edit(of="p1", by="", at=ENDS, words=words[:2000] or "so")
    over = change(over, edit, {}, **WAY, now=ENDS).meeting
    assert over.course
    conflicts = {conflict.id: conflict}
    views = (
        download_modal(over, markdown(over, over.course, conflicts, COMPANY)),
        history_modal(over, over.course, conflicts, COMPANY),
    )
    messages = [
        drawn(now_message(each, conflicts, COMPANY))
        for each in (begun, now, finish(begun, OPEN, **WAY, now=ENDS).meeting)
    ]
    messages.append(drawn(minutes_message(over, over.course, conflicts, COMPANY)))
    for shown in (*messages, *(view.to_dict() for view in views)):
        for shown_words in texts(shown):
            assert len(shown_words) <= 3000
            assert not {"<!channel>", "<!here>", "<@U0VERA>"} & set(shown_words.split())
    for message in messages:
        assert size(message["blocks"]) <= MOST_SLACK_TAKES
