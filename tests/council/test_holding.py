"""A meeting is gone through by several people at once, and nothing of it is lost."""

from __future__ import annotations

from collections.abc import Callable
from contextlib import nullcontext
from dataclasses import replace
from datetime import timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from council.agenda import Filled, Point
from council.asking import Wanted
from council.changing import withdraw
from council.conflict import Conflict
from council.course import ATTENDANCE, NOTE, Edit, items_of
from council.errors import Invalid, Refused, TiebreakError, TooLate
from council.finishing import carry_rest, confirm, finish, look_at, next_look, not_held, without_outcome
from council.holding import back, finish_here, go_to, next_item, not_begun, note_attendance, start
from council.meeting import Meeting, MeetingOutcome, MeetingState
from council.minutes import change, minutes_of
from council.people import Person
from council.results import carry_over, decide_conflict, name_owner, nothing_to_do, record
from council.templates import TEMPLATES
from council.workspace import Workspace
from tests.council.builders import METRIC, RULING, away, northwind, person, reported

COMPANY = northwind()
WAITING = reported(type=METRIC).conflict
DUE = WAITING.deadline
assert DUE.ceremony
assert DUE.occurrence
assert DUE.meeting_at
STARTS, ENDS = DUE.meeting_at, DUE.limit
PLANNED = Meeting(id="m1", team="T1", ceremony=DUE.ceremony, on=DUE.occurrence, starts=STARTS, ends=ENDS)
MINUTE = timedelta(minutes=1)
CHAIR, DEPUTY, SPONSOR, OTHER = (person(name) for name in ("priya", "tomas", "helen", "sam"))


def point(id: str, box: str, **more: object) -> Point:
    return replace(Point(id=id, box=box, kind="added", text=id), **more)  # type: ignore[arg-type]


POINTS = {
    "conflicts": (point("conflict", "conflicts", kind="conflict", conflict=WAITING.id, number=12),),
    "tools": (point("gong", "tools", by="ravi"), point("clari", "tools", owner="lucia")),
    "metrics": (point("accuracy", "metrics", kind="metric", says="91 %"),),
}
DRAWN = tuple(Filled(box=box, points=POINTS.get(box.key, ())) for box in TEMPLATES["council"].boxes)
CONFLICTS = {WAITING.id: WAITING}
WAY = {"by": CHAIR, "workspace": COMPANY, "now": STARTS}
RUNNING = start(PLANNED, DRAWN, CONFLICTS, **WAY).meeting  # type: ignore[arg-type]
ITEMS = [item.id for item in items_of(DRAWN)]


@pytest.mark.parametrize(
    ("who", "company", "may"),
    [
        pytest.param(CHAIR, COMPANY, True, id="the chair"),
        pytest.param(DEPUTY, COMPANY, True, id="the chair's deputy, always"),
        pytest.param(SPONSOR, COMPANY, False, id="the sponsor while the chair is here"),
        pytest.param(OTHER, COMPANY, False, id="anybody else"),
        pytest.param(
            SPONSOR,
            northwind(
                away("priya", "2025-11-01 09:00", "2026-01-01 09:00"),
                away("tomas", "2025-11-01 09:00", "2026-01-01 09:00"),
            ),
            True,
            id="the sponsor while chair and deputy are away",
        ),
        pytest.param(person("jonas"), northwind(gone=("priya", "tomas")), True, id="who installed it"),
    ],
)
def test_who_holds_a_meeting(who: Person, company: Workspace, may: bool) -> None:
    """No meeting without somebody who can hold it."""
    with nullcontext() if may else pytest.raises(Refused, match="Only"):
        begun = start(PLANNED, DRAWN, {}, by=who, workspace=company, now=STARTS)
        assert begun.meeting.state is MeetingState.RUNNING


@pytest.mark.parametrize(
    ("after", "problem"),
    [
        pytest.param(-61 * MINUTE, "an hour before", id="too early"),
        pytest.param(-60 * MINUTE, "", id="an hour early"),
        pytest.param(180 * MINUTE, "", id="three hours late"),
    ],
)
def test_when_a_meeting_can_be_started(after: timedelta, problem: str) -> None:
    """From an hour before on, however late."""
    with pytest.raises(Refused, match=problem) if problem else nullcontext():
        start(PLANNED, DRAWN, {}, by=CHAIR, workspace=COMPANY, now=STARTS + after)


def test_what_runs_is_started_only_once_and_moves_no_more() -> None:
    """The second one reads who was first."""
    with pytest.raises(TooLate, match="has started it already"):
        start(RUNNING, DRAWN, {}, by=DEPUTY, workspace=COMPANY, now=STARTS)
    with pytest.raises(Refused, match="moved or skipped"):
        not_begun(RUNNING)
    not_begun(PLANNED)
    not_begun(None)


def test_a_conflict_that_waits_for_it_is_quiet_until_two_hours_after_its_end() -> None:
    """Finished early it is due at the end that was planned; finished late it is due then."""
    begun = start(PLANNED, DRAWN, CONFLICTS, by=CHAIR, workspace=COMPANY, now=STARTS)
    [quiet] = [outcome.conflict for outcome in begun.conflicts]
    assert quiet.overdue_at == ENDS + timedelta(hours=2)
    decided = replace(begun.meeting, agenda=replace(begun.meeting.agenda, fixed=DRAWN[1:2]))
    at_first = replace(decided, course=replace(RUNNING.course, at="box:handoff") if RUNNING.course else None)
    for now, due in ((ENDS - 20 * MINUTE, ENDS), (ENDS + 30 * MINUTE, ENDS + 30 * MINUTE)):
        over = finish(at_first, {quiet.id: quiet}, by=CHAIR, workspace=COMPANY, now=now)
        assert [outcome.conflict.overdue_at for outcome in over.conflicts] == [due]


def test_started_after_its_end_a_meeting_quiets_nothing_again() -> None:
    """What has escalated has escalated."""
    late = start(PLANNED, DRAWN, CONFLICTS, by=CHAIR, workspace=COMPANY, now=ENDS + MINUTE)
    assert late.conflicts == ()


def test_not_finished_it_is_asked_about_once_and_becomes_a_draft_next_morning() -> None:
    """Conflicts go on by themselves; everything else is brought back."""
    at = next_look(RUNNING, COMPANY, STARTS)
    assert at == ENDS + timedelta(hours=2)
    asked = look_at(RUNNING, CONFLICTS, COMPANY, at)
    assert [notice.to for notice in asked.notices] == ["priya"]
    assert asked.wake_at
    assert look_at(asked.meeting, CONFLICTS, COMPANY, at + MINUTE).notices == ()
    draft = look_at(asked.meeting, CONFLICTS, COMPANY, asked.wake_at).meeting
    assert draft.state is MeetingState.FINISHED
    assert draft.course
    assert draft.course.draft
    assert [(each.id, each.owner) for each in draft.carried] == [("gong", "ravi"), ("clari", "lucia")]
    confirmed = confirm(draft, by=CHAIR, workspace=COMPANY, now=asked.wake_at).meeting.course
    assert confirmed
    assert not confirmed.draft


def test_never_started_it_is_asked_about_once_and_then_did_not_take_place() -> None:
    """Unanswered for two working days."""
    with pytest.raises(Refused, match="still ahead"):
        not_held(PLANNED, by=CHAIR, workspace=COMPANY, now=STARTS)
    asked = look_at(PLANNED, {}, COMPANY, ENDS)
    assert asked.meeting.state is MeetingState.NOT_STARTED
    assert asked.wake_at
    assert look_at(asked.meeting, {}, COMPANY, ENDS + MINUTE).notices == ()
    over = look_at(asked.meeting, {}, COMPANY, asked.wake_at).meeting
    assert over.state is MeetingState.NOT_HELD
    assert look_at(over, {}, COMPANY, asked.wake_at).wake_at is None
    late = start(over, DRAWN, {}, by=CHAIR, workspace=COMPANY, now=asked.wake_at).meeting.course
    assert late
    assert late.afterwards


def test_the_minutes_keep_every_version() -> None:
    """The latest words stand, of a confidential conflict none at all."""
    secret = {WAITING.id: replace(WAITING, facts=replace(WAITING.facts, confidential=True))}
    over = carry_rest(RUNNING, secret, by=CHAIR, workspace=COMPANY, now=ENDS).meeting
    for words in ("one", "two"):
        edit = Edit(of="gong", by="", at=ENDS, words=words)
        over = change(over, edit, secret, by=DEPUTY, workspace=COMPANY, now=ENDS).meeting
    assert over.course
    kept = minutes_of(over, over.course, secret, COMPANY)
    changed = {line.item.id: line.changed.words for line in kept.lines if line.changed}
    assert changed == {"gong": "two"}
    assert [edit.words for edit in over.course.edits] == ["one", "two"]
    [hidden] = [line for line in kept.lines if line.hidden]
    assert (hidden.number, hidden.title) == (12, "")
    for of, problem in (("conflict", Refused), ("nothing", Refused), (ATTENDANCE, Invalid)):
        with pytest.raises(problem):
            change(
                over, Edit(of=of, by="", at=ENDS, words="so"), secret, by=CHAIR, workspace=COMPANY, now=ENDS
            )
    with pytest.raises(Refused, match="Only"):
        change(over, Edit(of=NOTE, by="", at=ENDS, words="so"), {}, by=OTHER, workspace=COMPANY, now=ENDS)


def test_what_is_withdrawn_meanwhile_needs_no_outcome() -> None:
    """The minutes say so; nobody has to bring it back."""
    gone = withdraw(WAITING, "a slip", by=person("nina"), workspace=COMPANY, now=STARTS).conflict
    assert {item.id for item in without_outcome(RUNNING, {gone.id: gone})} == {"gong", "clari"}
    over = carry_rest(RUNNING, {gone.id: gone}, by=CHAIR, workspace=COMPANY, now=ENDS).meeting
    assert over.course
    [line, *_] = minutes_of(over, over.course, {gone.id: gone}, COMPANY).lines
    assert [(said.text, said.facts) for said in line.said] == [("{words} meanwhile", {"words": "withdrawn"})]


@pytest.mark.parametrize("name", ["next", "back", "record", "owner", "carry", "nothing", "finish"])
def test_an_old_button_says_that_the_meeting_is_over(name: str) -> None:
    """A week later the message may still stand on somebody's screen."""
    over = carry_rest(RUNNING, CONFLICTS, by=CHAIR, workspace=COMPANY, now=ENDS).meeting
    with pytest.raises(TooLate, match="what came of it is in its minutes"):
        PRESSES[name](over, "gong", WAITING, CHAIR)


Press = Callable[[Meeting, str, Conflict, Person], MeetingOutcome]


def _wanted() -> Wanted:
    return Wanted(id="a1", text="Map it", owner=person("ravi"), due=COMPANY.today(STARTS))


PRESSES: dict[str, Press] = {
    "next": lambda m, item, _, by: next_item(m, item, by=by, workspace=COMPANY, now=STARTS),
    "back": lambda m, item, _, by: back(m, item, by=by, workspace=COMPANY, now=STARTS),
    "arrange": lambda m, item, _, by: go_to(
        m, item, "Gong again", id=f"new{len(m.agenda.fixed[0].points)}", by=by, workspace=COMPANY, now=STARTS
    ),
    "attend": lambda m, _item, _, by: note_attendance(m, ["ravi"], by=by, workspace=COMPANY, now=STARTS),
    "record": lambda m, item, _, by: record(m, item, "Yes.", "So.", by=by, workspace=COMPANY, now=STARTS),
    "decide": lambda m, item, c, by: decide_conflict(
        m, item, c, RULING, by=by, workspace=COMPANY, now=STARTS
    ),
    "owner": lambda m, item, _, by: name_owner(
        m, item, _wanted(), None, by=by, workspace=COMPANY, now=STARTS
    ),
    "carry": lambda m, item, c, by: carry_over(
        m,
        item,
        person("ravi"),
        "",
        c if item == "conflict" else None,
        by=by,
        workspace=COMPANY,
        now=STARTS,
    ),
    "nothing": lambda m, item, _, by: nothing_to_do(m, item, by=by, workspace=COMPANY, now=STARTS),
    "finish": lambda m, item, c, by: finish_here(m, item, {c.id: c}, by=by, workspace=COMPANY, now=STARTS),
    "carry the rest": lambda m, _item, c, by: carry_rest(m, {c.id: c}, by=by, workspace=COMPANY, now=STARTS),
}
STEP = st.tuples(
    st.sampled_from(sorted(PRESSES)),
    st.sampled_from([*ITEMS, "", "gone"]),
    st.sampled_from([CHAIR, DEPUTY, SPONSOR, OTHER]),
)


@given(st.lists(STEP, max_size=14))
def test_whoever_presses_whatever_the_course_stays_whole(steps: list[tuple[str, str, Person]]) -> None:
    """It is somewhere on its agenda, nothing that came of it is lost, and at its end nothing is left."""
    meeting, conflict = RUNNING, WAITING
    for name, item, by in steps:
        assert meeting.course
        before = meeting.course
        try:
            outcome = PRESSES[name](meeting, item or before.at, conflict, by)
        except TiebreakError:
            continue
        meeting = outcome.meeting
        conflict = next((each.conflict for each in outcome.conflicts), conflict)
        assert meeting.course
        assert meeting.course.came[: len(before.came)] == before.came
        assert meeting.course.at in {each.id for each in items_of(meeting.agenda.fixed)}
        assert {each.by for each in meeting.course.came} <= {"priya", "tomas", "helen"}
        assert (outcome.wake_at is None) == (meeting.state is MeetingState.FINISHED)
    if meeting.state is MeetingState.FINISHED:
        assert without_outcome(meeting, {conflict.id: conflict}) == ()
        assert all(each.owner for each in meeting.carried)
