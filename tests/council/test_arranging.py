"""Adding to an agenda, arranging it, and answering for a shared metric."""

from __future__ import annotations

from dataclasses import replace
from datetime import time, timedelta
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from council.agenda import Agenda, Point, Reading, boxes, minutes
from council.arranging import (
    LONGEST,
    MOST_ADDED,
    MOST_TEXT,
    Arrangement,
    Tool,
    Wish,
    add,
    answer,
    arrange,
    propose,
    seated,
)
from council.cadence import Ceremony
from council.errors import Invalid, Refused, TooLate, Unknown
from council.meeting import Meeting, MeetingState
from council.roles import Council
from council.templates import TEMPLATES
from council.workspace import Workspace
from tests.council.builders import at, away, northwind, person

TEMPLATE = TEMPLATES["council"]
STARTS, NOW = at("2025-12-09 10:00"), at("2025-12-01 09:00")


def company(**more: Any) -> Workspace:
    found = northwind(**more)
    ceremony = Ceremony(
        key="council_meeting", name="Council", every="month", day="2nd tue", at=time(10), template="council"
    )
    return replace(found, configuration=replace(found.configuration, ceremonies=(ceremony,)))


def meeting(**more: Any) -> Meeting:
    plain = Meeting(
        id="m1",
        team="T1",
        ceremony="council_meeting",
        on=STARTS.date(),
        starts=STARTS,
        ends=STARTS + timedelta(hours=1),
    )
    return replace(plain, **more)


def added(who: str, text: str = "Dashboards", on: Meeting | None = None, **more: Any) -> Meeting:
    wish = Wish(text=text, box=more.pop("box", "tools"), **more)
    here = on or meeting()
    id = f"p{len(here.agenda.points)}"
    return add(here, wish, id=id, by=person(who), workspace=company(), now=NOW).meeting


def arranged(here: Meeting, who: str = "priya", **wanted: Any) -> Meeting:
    return arrange(here, Arrangement(**wanted), by=person(who), workspace=company(), now=NOW).meeting


def order(of: Meeting) -> list[tuple[str, int]]:
    return [(box.key, box.minutes) for box in boxes(of.agenda, TEMPLATE)]


@pytest.mark.parametrize(
    ("who", "accepted"),
    [
        ("priya", True),
        ("tomas", True),
        ("ravi", True),
        ("helen", True),
        ("ben", True),
        ("nina", False),
        ("jonas", False),
    ],
)
def test_who_sits_in_the_council_adds_and_others_propose(who: str, accepted: bool) -> None:
    """Holders, deputies, chair and sponsor; everybody else waits for the chair."""
    [point] = added(who, "  Where do dashboards live?  ", minutes=10).agenda.points
    assert (point.accepted, point.by, point.owner) == (accepted, who, who)
    assert (point.text, point.box, point.minutes) == ("Where do dashboards live?", "tools", 10)


def test_without_a_council_whoever_installed_it_sits_in_it() -> None:
    """And nobody else: their items wait for that one person."""
    assert seated(company(roles=(), council=Council())) == {"jonas"}


def test_an_item_needs_words_and_somebody_who_can_bring_it() -> None:
    """What is longer than there is room for is cut."""
    with pytest.raises(Invalid) as wrong:
        added("priya", "   ")
    assert "text" in wrong.value.errors
    with pytest.raises(Invalid) as wrong:
        added("priya", owner=person("gil", guest=True))
    assert "owner" in wrong.value.errors
    assert len(added("priya", "x" * 9000).agenda.points[0].text) == MOST_TEXT
    assert added("priya", box="nonsense").agenda.points[0].box == "actions"


def test_a_tool_is_one_line() -> None:
    """What, for whom, what shared data it touches, why; each of them is needed."""
    tool = Tool(what="Gong Forecast", whom="Sales", data="opportunities", why="one forecast less")
    outcome = propose(meeting(), tool, id="p1", by=person("nina"), workspace=company(), now=NOW)
    [point] = outcome.meeting.agenda.points
    assert point.text == "Gong Forecast for Sales, touches opportunities: one forecast less"
    assert (point.kind, point.box, point.accepted) == ("proposal", "tools", False)
    with pytest.raises(Invalid) as wrong:
        propose(meeting(), replace(tool, data=" "), id="p1", by=person("nina"), workspace=company(), now=NOW)
    assert set(wrong.value.errors) == {"data"}


def test_an_agenda_takes_only_so_much() -> None:
    """Then the chair has to drop something in the meeting's own interest."""
    full = meeting()
    for _ in range(MOST_ADDED):
        full = added("priya", on=full)
    with pytest.raises(Refused, match="full"):
        added("priya", on=full)


@pytest.mark.parametrize(
    ("state", "words"),
    [
        (MeetingState.RUNNING, "has begun"),
        (MeetingState.FINISHED, "is over"),
        (MeetingState.NOT_HELD, "is over"),
        (MeetingState.SKIPPED, "does not take place"),
    ],
)
def test_once_it_has_begun_it_is_too_late(state: MeetingState, words: str) -> None:
    """Each says what became of it."""
    readings = (Reading(metric="pipeline", of="priya"),)
    late = meeting(state=state, agenda=Agenda(readings=readings))
    here: dict[str, Any] = {"by": person("priya"), "workspace": company(), "now": NOW}
    for attempt in (
        lambda: added("priya", on=late),
        lambda: arranged(late, minutes={"tools": 5}),
        lambda: answer(late, {"pipeline": "91 %"}, **here),
    ):
        with pytest.raises(TooLate, match=words):
            attempt()


def test_of_a_ceremony_that_is_gone_there_is_no_agenda() -> None:
    """Its button was pressed after the configuration changed."""
    with pytest.raises(Unknown):
        add(
            meeting(ceremony="gone"),
            Wish(text="x", box="tools"),
            id="p1",
            by=person("priya"),
            workspace=company(),
            now=NOW,
        )


def test_the_chair_orders_and_gives_time() -> None:
    """What was not touched keeps its order."""
    after = arranged(meeting(), minutes={"conflicts": 25}, places={"actions": 1})
    assert order(after) == [
        ("actions", 10),
        ("conflicts", 25),
        ("handoff", 15),
        ("tools", 10),
        ("metrics", 10),
    ]
    again = arranged(after, places={"conflicts": 5})
    assert [key for key, _ in order(again)] == ["actions", "handoff", "tools", "metrics", "conflicts"]
    assert minutes(again.agenda, TEMPLATE) == 70


def test_the_chair_accepts_declines_drops_and_takes_back() -> None:
    """Nothing is deleted: what was dropped can come back."""
    proposed = added("nina", on=added("nina"))
    assert len(proposed.agenda.proposed) == 2
    decided = arranged(proposed, on=("p0",), off=("p1", "handoff"))
    assert [point.accepted for point in decided.agenda.points] == [True, False]
    assert decided.agenda.proposed == ()
    assert decided.agenda.dropped == ("p1", "handoff")
    assert arranged(decided, on=("handoff",)).agenda.dropped == ("p1",)


def test_the_chair_says_who_brings_what() -> None:
    """Only a full member can."""
    assert arranged(meeting(), given=("handoff", person("sam"))).agenda.owners == {"handoff": "sam"}
    with pytest.raises(Invalid):
        arranged(meeting(), given=("handoff", person("gil", guest=True)))
    with pytest.raises(Invalid):
        arranged(meeting(), minutes={"tools": LONGEST + 1})


@pytest.mark.parametrize("who", ["nina", "lucia", "helen", "jonas"])
def test_nobody_else_arranges(who: str) -> None:
    """They are told who does, and what they can do."""
    with pytest.raises(Refused, match="You can add an item"):
        arranged(meeting(), who, minutes={"tools": 5})


def test_the_deputy_arranges_always_and_when_both_left_whoever_installed_it() -> None:
    """An agenda never has nobody."""
    assert arranged(meeting(), "tomas", minutes={"tools": 5}).agenda.order
    left = company(gone=("priya", "tomas"))
    wanted = Arrangement(minutes={"tools": 5})
    assert arrange(meeting(), wanted, by=person("jonas"), workspace=left, now=NOW).meeting.agenda.order


def test_while_nobody_who_chairs_is_here_the_sponsor_arranges() -> None:
    """As they hold the meeting then; back again, it is the chair's."""
    absent = [away(who, "2025-11-30 00:00", "2025-12-20 00:00") for who in ("priya", "tomas")]
    wanted, gone = Arrangement(minutes={"tools": 5}), replace(company(), absences=tuple(absent))
    assert arrange(meeting(), wanted, by=person("helen"), workspace=gone, now=NOW).meeting.agenda.order
    with pytest.raises(Refused):
        arranged(meeting(), "helen", minutes={"tools": 5})


def test_once_its_time_is_over_it_is_too_late_although_nobody_has_started_it() -> None:
    """Whether it took place is asked of the chair."""
    wish = Wish(text="Dashboards", box="tools")
    here: dict[str, Any] = {"id": "p1", "by": person("priya"), "workspace": company()}
    assert add(meeting(), wish, now=STARTS, **here).meeting.agenda.points
    with pytest.raises(TooLate):
        add(meeting(), wish, now=STARTS + timedelta(hours=1), **here)


def test_only_who_was_asked_or_chairs_answers_for_a_metric() -> None:
    """Each for their own; the chair for anybody."""
    readings = (Reading(metric="pipeline", of="marcus"), Reading(metric="cs_health", of="aiko", value="78 %"))
    asked = meeting(agenda=Agenda(readings=readings))
    here: dict[str, Any] = {"workspace": company(), "now": NOW}
    told = answer(asked, {"pipeline": " 91 % ", "cs_health": "1 %"}, by=person("marcus"), **here).meeting
    assert [(each.value, each.by) for each in told.agenda.readings] == [("91 %", "marcus"), ("78 %", None)]
    both = answer(asked, {"pipeline": "90 %", "cs_health": "80 %"}, by=person("priya"), **here).meeting
    assert [each.value for each in both.agenda.readings] == ["90 %", "80 %"]
    with pytest.raises(Refused, match="who were asked"):
        answer(asked, {"pipeline": "91 %"}, by=person("nina"), **here)
    with pytest.raises(Refused, match="Nobody is asked"):
        answer(meeting(), {"pipeline": "91 %"}, by=person("nina"), **here)
    with pytest.raises(Invalid):
        answer(asked, {"pipeline": " "}, by=person("marcus"), **here)


KEYS = [box.key for box in TEMPLATE.boxes]


@given(
    steps=st.lists(
        st.builds(
            Arrangement,
            minutes=st.dictionaries(st.sampled_from(KEYS), st.integers(0, LONGEST), max_size=3),
            places=st.dictionaries(st.sampled_from([*KEYS, "gone"]), st.integers(1, 9), max_size=5),
            on=st.lists(st.sampled_from(["p0", "p1", "handoff"]), max_size=3).map(tuple),
            off=st.lists(st.sampled_from(["p0", "p1", "handoff"]), max_size=3).map(tuple),
        ),
        max_size=5,
    )
)
def test_however_it_is_arranged_no_box_and_no_item_is_lost(steps: list[Arrangement]) -> None:
    """Every box stands there once, with the minutes it was given last; a box given a place stands there."""
    on = added("nina", on=added("priya"))
    given_last = {box.key: box.minutes for box in TEMPLATE.boxes}
    for step in steps:
        on = arrange(on, step, by=person("priya"), workspace=company(), now=NOW).meeting
        given_last |= step.minutes
        if len(step.places) == 1:
            [(key, place)] = step.places.items()
            keys = [box for box, _ in order(on)]
            assert key not in keys or keys.index(key) == min(place, len(keys)) - 1
    assert dict(order(on)) == given_last
    assert len(order(on)) == len(KEYS)
    assert [point.id for point in on.agenda.points] == ["p0", "p1"]
    assert len(set(on.agenda.dropped)) == len(on.agenda.dropped)


def test_what_is_added_twice_by_the_same_id_is_there_once() -> None:
    """A repeated delivery changes nothing."""
    once = added("priya")
    twice = add(
        once, Wish(text="Other", box="tools"), id="p0", by=person("priya"), workspace=company(), now=NOW
    )
    assert twice.meeting.agenda.points == once.agenda.points
    assert isinstance(once.agenda.points[0], Point)
