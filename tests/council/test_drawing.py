"""An agenda fills itself with what matters, whatever the store holds."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from council.action_item import ActionItem, ItemState
from council.agenda import (
    Agenda,
    Arranged,
    Before,
    Filled,
    Material,
    Point,
    Reading,
    Some,
    boxes,
    left_over,
    minutes,
)
from council.conflict import Conflict
from council.drawing import MOST_POINTS, drawn
from council.meeting import Meeting
from council.templates import HANDOFFS, TEMPLATES, Template
from storage.codec import dump_prepared, load_meeting
from tests.council.builders import (
    LEADS,
    METRIC,
    RULING,
    TUESDAY,
    acknowledged,
    at,
    decided,
    northwind,
    reported,
)

COUNCIL = TEMPLATES["council"]
LATER = at("2025-12-01 09:00")


def conflict(number: int, *, confidential: bool = False, subject: str = "Q4 pipeline") -> Conflict:
    found = reported(northwind(), METRIC, confidential=confidential, subject=subject).conflict
    return replace(found, id=f"c{number}", number=number)


def ruled(number: int, lesson: str = "") -> Conflict:
    workspace = northwind()
    on_it = acknowledged(reported(workspace, LEADS).conflict, workspace, TUESDAY)
    found = decided(on_it, workspace, TUESDAY, replace(RULING, lesson=lesson)).conflict
    return replace(found, id=f"c{number}", number=number)


def item(id: str, state: ItemState = ItemState.OPEN) -> ActionItem:
    due = date(2025, 11, 28)
    return ActionItem(
        id=id, team="T1", text=f"fix {id}", owner="ravi", due=due, asked_by="priya", at=TUESDAY, state=state
    )


def some(*conflicts: Conflict) -> Some[Conflict]:
    return Some(conflicts, len(conflicts))


def in_box(filled: tuple[Filled, ...], key: str) -> Filled:
    return next(each for each in filled if each.box.key == key)


def said(filled: Filled) -> list[str]:
    return [line.text.format(**line.facts) for line in filled.lines]


@pytest.mark.parametrize("template", TEMPLATES.values(), ids=TEMPLATES)
def test_an_agenda_of_nothing_has_all_its_boxes(template: Template) -> None:
    """In the order and with the minutes of its template."""
    filled = drawn(Agenda(), template, Material(as_of=LATER))
    assert tuple(each.box for each in filled) == template.boxes
    assert not any(each.lines or each.more for each in filled)


def test_the_four_templates_take_60_90_90_and_60_minutes() -> None:
    """As long as their meetings."""
    took = {key: minutes(Agenda(), template) for key, template in TEMPLATES.items()}
    assert took == {"council": 60, "strategic": 90, "leadership": 90, "tools": 60}


def test_what_waits_for_this_meeting_stands_before_what_is_overdue() -> None:
    """What is only open, and what was decided since, is named below."""
    material = Material(
        as_of=LATER,
        waiting=some(conflict(15)),
        overdue=some(conflict(14)),
        open=some(conflict(16), conflict(17)),
        decided=some(ruled(12)),
    )
    filled = in_box(drawn(Agenda(), COUNCIL, material), "conflicts")
    assert [(point.number, point.says) for point in filled.points] == [
        (15, "waits for this meeting"),
        (14, "overdue"),
    ]
    assert said(filled) == ["open: #16, #17", "decided since: #12"]


def test_of_a_confidential_conflict_there_is_its_number_and_nothing_else() -> None:
    """Neither subject nor owner nor where it stands, whatever was stored of it."""
    hidden = conflict(14, confidential=True, subject="Acquisition of Acme")
    stored = Point(id="p1", box="tools", kind="carried", text="Acquisition", owner="helen", conflict="c14")
    for material in (
        Material(as_of=LATER, waiting=some(hidden)),
        Material(as_of=LATER, carried=(stored,), linked={"c14": hidden}),
    ):
        filled = drawn(Agenda(owners={"conflict:c14": "helen", "p1": "helen"}), COUNCIL, material)
        [point] = [point for each in filled for point in each.points if point.conflict]
        assert (point.number, point.confidential) == (14, True)
        assert (point.text, point.says, point.owner) == ("", "", None)
    taught = replace(ruled(13, lesson="Acquisition"), facts=hidden.facts)
    lines = said(
        in_box(
            drawn(Agenda(), TEMPLATES["strategic"], Material(as_of=LATER, decided=some(taught))), "learned"
        )
    )
    assert lines == ["decided: confidential #13"]


def test_three_hundred_conflicts_show_what_matters_and_count_the_rest() -> None:
    """The agenda stays one that can be read."""
    many = tuple(conflict(number) for number in range(1, 41))
    material = Material(as_of=LATER, overdue=Some(many, 300), open=Some(many, 300), decided=Some((), 0))
    filled = in_box(drawn(Agenda(), COUNCIL, material), "conflicts")
    assert len(filled.points) == MOST_POINTS
    assert filled.more == 300 - MOST_POINTS
    assert said(filled) == ["open: #1, #2, #3, #4, #5, #6, and 294 more"]


def test_the_handoffs_take_turns_from_meeting_to_meeting() -> None:
    """Six meetings, six handoffs, then from the start."""
    seen = []
    for held in range(7):
        filled = drawn(Agenda(), COUNCIL, Material(as_of=LATER, held=held, presenter="lucia"))
        [point] = in_box(filled, "handoff").points
        seen.append(point.text)
        assert point.owner == "lucia"
    assert seen == [*HANDOFFS, HANDOFFS[0]]


def test_a_metric_says_what_was_answered_and_otherwise_nothing() -> None:
    """Nobody makes up a number."""
    readings = (Reading(metric="pipeline", of="priya", value="91 %"), Reading(metric="cs_health", of="aiko"))
    filled = drawn(Agenda(readings=readings), COUNCIL, Material(as_of=LATER))
    assert [(point.says, point.owner) for point in in_box(filled, "metrics").points] == [
        ("91 %", "priya"),
        ("", None),
        ("", "aiko"),
    ]


def test_what_was_carried_over_is_there_once_and_says_how_often() -> None:
    """A conflict that was carried over and waits again is one point, first of its box."""
    waits, other = conflict(15), conflict(14)
    carried = Point(id="conflict:c15", box="conflicts", kind="conflict", conflict="c15", carried=1)
    material = Material(as_of=LATER, waiting=some(other, waits), carried=(carried,), linked={"c15": waits})
    points = in_box(drawn(Agenda(), COUNCIL, material), "conflicts").points
    assert [(point.number, point.carried) for point in points] == [(15, 2), (14, 0)]


def test_what_has_ended_since_is_not_on_the_agenda_any_more() -> None:
    """Neither a decided conflict nor an action item that is done."""
    points = (
        Point(id="p1", box="conflicts", kind="carried", conflict="c12"),
        Point(id="p2", box="actions", kind="carried", item="a1", text="fix"),
        Point(id="p3", box="actions", kind="carried", item="a2", text="fix"),
        Point(id="p4", box="gone", kind="added", text="Where do dashboards live?"),
    )
    linked: dict[str, Conflict | ActionItem] = {
        "c12": ruled(12),
        "a1": item("a1", ItemState.DONE),
        "a2": item("a2"),
    }
    filled = drawn(Agenda(), COUNCIL, Material(as_of=LATER, carried=points, linked=linked))
    assert [point.id for each in filled for point in each.points if point.kind == "carried"] == ["p3", "p4"]


def test_an_action_item_that_was_carried_over_is_overdue_only_once_it_is() -> None:
    """It stands with its owner as it is now, and beside nothing of its kind twice."""
    carried = (Point(id="action:a1", box="actions", kind="action", item="a1", text="old words"),)
    material = Material(as_of=LATER, carried=carried, linked={"a1": item("a1")})
    [point] = in_box(drawn(Agenda(), COUNCIL, material), "actions").points
    assert (point.text, point.owner, point.says, point.carried) == ("fix a1", "ravi", "", 1)
    late = replace(material, late_items=Some((item("a1"),), 1))
    [point] = in_box(drawn(Agenda(), COUNCIL, late), "actions").points
    assert (point.says, point.carried) == ("overdue", 1)
    hidden = replace(late, hidden=frozenset({"a1"}))
    [point] = in_box(drawn(Agenda(), COUNCIL, hidden), "actions").points
    assert (point.text, point.owner, point.confidential) == ("", None, True)


def test_what_the_chair_dropped_is_gone_and_what_nobody_accepted_is_not_there_yet() -> None:
    """Both are still kept."""
    agenda = Agenda(
        points=(Point(id="p1", box="tools", kind="proposal", text="Gong", accepted=False),),
        dropped=("conflict:c14", "handoff"),
    )
    filled = drawn(agenda, COUNCIL, Material(as_of=LATER, overdue=some(conflict(14), conflict(15))))
    assert [point.id for each in filled for point in each.points if point.kind != "metric"] == [
        "conflict:c15"
    ]
    assert in_box(filled, "conflicts").more == 0
    assert [point.text for point in agenda.proposed] == ["Gong"]


def test_once_the_meeting_has_begun_its_agenda_stays_as_it_was() -> None:
    """Whatever happens to conflicts meanwhile."""
    fixed = drawn(Agenda(), COUNCIL, Material(as_of=LATER, waiting=some(conflict(15))))
    assert drawn(Agenda(fixed=fixed), COUNCIL, Material(as_of=LATER)) == fixed


def test_what_became_confidential_since_is_not_read_on_an_old_agenda() -> None:
    """Neither the point, nor its action item, nor the lesson it taught: their numbers are left."""
    lesson = replace(ruled(12, lesson="Acquisition of Acme"), number=12)
    material = Material(as_of=LATER, waiting=some(conflict(15, subject="Acquisition")), decided=some(lesson))
    late = replace(material, late_items=Some((item("a1"),), 1))
    fixed = drawn(Agenda(), TEMPLATES["strategic"], late)
    secret: dict[str, Conflict | ActionItem] = {
        each.id: replace(each, facts=replace(each.facts, confidential=True))
        for each in (conflict(15), lesson)
    }
    now = Material(as_of=LATER, linked=secret, hidden=frozenset({"a1"}))
    shown = drawn(Agenda(fixed=fixed), TEMPLATES["strategic"], now)
    assert "Acquisition" not in str(shown)
    assert "fix a1" not in str(shown)
    assert said(in_box(shown, "learned")) == ["confidential #12"]
    assert [point.number for point in in_box(shown, "actions").points] == [15, 0]
    assert drawn(Agenda(fixed=fixed), TEMPLATES["strategic"], Material(as_of=LATER)) == fixed


def test_other_meetings_show_only_the_conflicts_that_wait_for_them() -> None:
    """Among decisions and owners; what is overdue is the council's."""
    material = Material(as_of=LATER, waiting=some(conflict(15)), overdue=some(conflict(14)))
    for key in ("strategic", "leadership", "tools"):
        filled = drawn(Agenda(), TEMPLATES[key], material)
        conflicts = [
            (each.box.key, point.number) for each in filled for point in each.points if point.conflict
        ]
        assert conflicts == [("actions", 15)]


def test_the_strategic_review_begins_with_what_decisions_taught() -> None:
    """Lessons in words; decisions without one by number."""
    material = Material(as_of=LATER, decided=some(ruled(12, lesson="Renewals count once"), ruled(13)))
    lines = said(in_box(drawn(Agenda(), TEMPLATES["strategic"], material), "learned"))
    assert lines == ["#12 Q4 pipeline for EMEA: Renewals count once", "decided: #13"]


def test_a_meeting_that_did_not_take_place_leaves_what_was_added_to_it() -> None:
    """Nothing is lost: back to the one that was held, which leaves what it carried over."""
    added = Point(id="p1", box="tools", kind="added", text="Dashboards")
    proposed = Point(id="p2", box="tools", kind="proposal", text="Gong", accepted=False)
    carried = Point(id="p3", box="tools", kind="carried", text="Old one")
    older = Point(id="p4", box="tools", kind="carried", text="Settled long ago")
    dropped = Point(id="p5", box="tools", kind="carried", text="Dropped since")
    skipped = Before(held=False, carried=(), agenda=Agenda(points=(added, proposed), dropped=("p5",)))
    held = Before(held=True, carried=(carried, dropped), agenda=Agenda(points=(older,)))
    before = Before(held=True, carried=(older,), agenda=Agenda())
    assert left_over((skipped, held, before)) == (added, carried)


def test_boxes_stand_as_they_were_arranged() -> None:
    """With their minutes; what an old arrangement does not know comes last, what is gone is left out."""
    order = (
        Arranged(box="actions", minutes=20),
        Arranged(box="gone", minutes=5),
        Arranged(box="tools", minutes=0),
    )
    arranged = boxes(Agenda(order=order), COUNCIL)
    assert [(box.key, box.minutes) for box in arranged] == [
        ("actions", 20),
        ("tools", 0),
        ("conflicts", 15),
        ("handoff", 15),
        ("metrics", 10),
    ]


POINTS = st.builds(
    Point,
    id=st.sampled_from([f"p{n}" for n in range(6)]),
    box=st.sampled_from(["conflicts", "tools", "gone"]),
    kind=st.sampled_from(["added", "carried", "issue", "proposal"]),
    text=st.text(max_size=20),
    accepted=st.booleans(),
    conflict=st.sampled_from([None, "c14", "c99"]),
)


@given(
    points=st.lists(POINTS, max_size=8),
    carried=st.lists(POINTS, max_size=8),
    dropped=st.sets(st.sampled_from(["p1", "conflict:c14", "handoff"])),
    template=st.sampled_from(sorted(TEMPLATES)),
)
def test_whatever_is_on_it_stands_there_once(
    points: list[Point], carried: list[Point], dropped: set[str], template: str
) -> None:
    """Nothing dropped, nothing twice, nothing without its box; saved and found again it is the same."""
    agenda = Agenda(points=tuple(points), dropped=tuple(sorted(dropped)))
    waits = conflict(14)
    material = Material(as_of=LATER, waiting=some(waits), carried=tuple(carried), linked={"c14": waits})
    filled = drawn(agenda, TEMPLATES[template], material)
    here = [point for each in filled for point in each.points]
    assert len({point.about for point in here}) == len(here)
    assert not {point.id for point in here} & dropped
    ids = {point.id for point in here}
    assert all(
        point.id in ids or point.id in dropped or point.conflict or not point.accepted for point in points
    )
    starts = LATER + timedelta(days=8)
    meeting = Meeting(
        id="m1",
        team="T1",
        ceremony="council_meeting",
        on=starts.date(),
        starts=starts,
        ends=starts,
        agenda=replace(agenda, fixed=filled),
        carried=tuple(carried),
    )
    assert load_meeting(dump_prepared(meeting)) == meeting
