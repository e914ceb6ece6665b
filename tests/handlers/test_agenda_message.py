"""The agenda as a message: of all four templates, empty, as it usually is, and huge."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, time, timedelta

import pytest
from syrupy.assertion import SnapshotAssertion

from council.action_item import ActionItem
from council.agenda import Agenda, Material, Point, Reading, Some
from council.cadence import Ceremony
from council.conflict import Conflict
from council.meeting import Meeting, MeetingState
from council.notice import NoticeKind
from council.templates import TEMPLATES
from council.workspace import Wordings, Workspace
from handlers.agenda.message import agenda_message
from handlers.agenda.metrics import metrics_message
from handlers.conflicts.rows import MOST_MESSAGE, size
from handlers.conflicts.spoken import Telling
from handlers.texts import Texts
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
from tests.handlers.golden import Golden, drawn
from tests.handlers.states import WORKSPACE
from tests.handlers.test_card import HOSTILE, texts

NAMES = {
    "council": ("AI Coordination Council", 60),
    "strategic": ("Strategic review", 90),
    "leadership": ("Joint leadership review", 90),
    "tools": ("AI tool rationalisation", 60),
}
STARTS = at("2025-12-09 10:00")
LATER = at("2025-12-08 09:00")


def company(key: str, **texts: str) -> Workspace:
    name, minutes = NAMES[key]
    ceremony = Ceremony(
        key="m",
        name=name,
        every="month",
        day="2nd tue",
        at=time(10),
        minutes=minutes,
        template=key,
        where="https://meet.example/m",
        channel="C-council",
    )
    found = replace(WORKSPACE.configuration, ceremonies=(ceremony,), texts=Wordings(**texts))
    return replace(WORKSPACE, configuration=found)


def meeting(key: str, agenda: Agenda, state: MeetingState = MeetingState.PLANNED) -> Meeting:
    ends = STARTS + timedelta(minutes=NAMES[key][1])
    plain = Meeting(
        id="m1", team="T1", ceremony="m", on=STARTS.date(), starts=STARTS, ends=ends, agenda=agenda
    )
    return replace(plain, state=state)


def conflict(number: int, subject: str = "Which churn is true?", *, confidential: bool = False) -> Conflict:
    found = reported(northwind(), METRIC, subject=subject, confidential=confidential).conflict
    return replace(found, id=f"c{number}", number=number)


def ruled(number: int, lesson: str) -> Conflict:
    workspace = northwind()
    on_it = acknowledged(reported(workspace, LEADS).conflict, workspace, TUESDAY)
    found = decided(on_it, workspace, TUESDAY, replace(RULING, lesson=lesson)).conflict
    return replace(found, id=f"c{number}", number=number)


def item(number: int, text: str = "Fix the renewal double count") -> ActionItem:
    due = date(2025, 11, 28)
    return ActionItem(
        id=f"a{number}", team="T1", text=text, owner="ravi", due=due, asked_by="priya", at=TUESDAY
    )


USUAL = Material(
    as_of=LATER,
    waiting=Some((conflict(15), conflict(19, confidential=True)), 2),
    overdue=Some((conflict(14, "Q4 pipeline for EMEA"),), 1),
    open=Some((conflict(16), conflict(17)), 2),
    decided=Some((ruled(12, "Renewals count once"), ruled(13, "")), 2),
    late_items=Some((item(1),), 1),
    due_items=Some((), 3),
    carried=(Point(id="old", box="tools", kind="added", text="Where do dashboards live?", owner="aiko"),),
    held=3,
    presenter="lucia",
)
ANSWERED = Agenda(
    points=(
        Point(
            id="p1",
            box="tools",
            kind="proposal",
            text="Gong Forecast for Sales, touches opportunities: fewer forecasts",
            owner="nina",
            minutes=10,
        ),
        Point(id="p2", box="tools", kind="proposal", text="Another one", accepted=False),
    ),
    readings=(
        Reading(metric="pipeline", of="priya", value="91 %"),
        Reading(metric="cs_health", of="aiko"),
    ),
)


def huge(words: str) -> tuple[Agenda, Material]:
    """Everything there is, as long as it can be, in these words."""
    many = tuple(conflict(number, words) for number in range(1, 41))
    taught = tuple(replace(ruled(number, words), facts=many[0].facts) for number in range(41, 81))
    added = tuple(
        Point(id=f"p{number}", box=box.key, kind="added", text=words, owner="lucia")
        for number, box in enumerate(TEMPLATES["council"].boxes * 8)
    )
    readings = tuple(
        Reading(metric=metric.key, of="priya", value=words[:60])
        for template in TEMPLATES.values()
        for metric in template.metrics
    )
    material = Material(
        as_of=LATER,
        waiting=Some(many, 300),
        overdue=Some(many, 300),
        open=Some(many, 300),
        decided=Some(taught, 300),
        late_items=Some(tuple(item(number, words) for number in range(40)), 90),
        due_items=Some((), 90),
        presenter="lucia",
    )
    return Agenda(points=added, readings=readings), material


STATES: dict[str, tuple[Agenda, Material]] = {
    "empty": (Agenda(), Material(as_of=LATER, presenter="lucia")),
    "usual": (ANSWERED, USUAL),
    "huge": huge("A long matter, told at length and once more & again. " * 12),
}


@pytest.mark.parametrize("state", STATES)
@pytest.mark.parametrize("key", TEMPLATES)
def test_the_agenda(key: str, state: str, snapshot: SnapshotAssertion) -> None:
    """A changed word or button is a difference to look at."""
    agenda, material = STATES[state]
    message = agenda_message(meeting(key, agenda), material, company(key), Texts())
    assert drawn(message) == snapshot(extension_class=Golden)


@pytest.mark.parametrize("key", TEMPLATES)
@pytest.mark.parametrize("words", [*HOSTILE.values(), "&" * 3000], ids=[*HOSTILE, "nothing but ampersands"])
def test_R36_the_longest_agenda_is_one_slack_takes_and_pings_nobody(words: str, key: str) -> None:
    """Fewer than fifty blocks, none too long, all together not too much; and nobody is pinged."""
    agenda, material = huge(words)
    _, blocks = agenda_message(meeting(key, agenda), material, company(key), Texts())
    assert len(blocks) < 50
    assert size(blocks) <= MOST_MESSAGE
    for shown in texts([block.to_dict() for block in blocks]):
        assert len(shown) <= 3000
        assert not {"<!channel>", "<!here>", "<@U0VERA>"} & set(shown.split())
    assert [block.type for block in blocks][-1] == "actions"


@pytest.mark.parametrize(
    ("state", "words"),
    [
        (MeetingState.RUNNING, "has begun"),
        (MeetingState.FINISHED, "has taken place"),
        (MeetingState.NOT_HELD, "waits for the next one"),
        (MeetingState.SKIPPED, "does not take place"),
    ],
)
def test_once_it_is_not_ahead_it_asks_for_nothing(state: MeetingState, words: str) -> None:
    """The words say what became of it; the buttons are gone."""
    _, blocks = agenda_message(meeting("council", ANSWERED, state=state), USUAL, company("council"), Texts())
    said = "\n".join(texts([block.to_dict() for block in blocks]))
    assert words in said
    assert "actions" not in [block.type for block in blocks]
    assert "proposed" not in said


def test_it_begins_in_the_organisations_own_words() -> None:
    """What has to be said besides is said all the same."""
    own = company("council", agenda_intro="Welcome to {{ ceremony }}.")
    late = replace(ANSWERED, late=True, due_at=at("2025-12-05 10:00"))
    _, blocks = agenda_message(meeting("council", late), USUAL, own, Texts())
    [intro] = texts(blocks[1].to_dict())
    assert intro.startswith("Welcome to AI Coordination Council.\nThis comes late: it was due <!date^")
    assert intro.endswith("One more is proposed; Priya accepts under *Arrange*.")


def test_of_a_ceremony_that_is_gone_one_line_is_left() -> None:
    """Its message still stands in the channel."""
    gone = replace(company("council"), configuration=northwind().configuration)
    _, blocks = agenda_message(meeting("council", ANSWERED), USUAL, gone, Texts())
    assert [block.type for block in blocks] == ["section"]


@pytest.mark.parametrize("live", [True, False])
@pytest.mark.parametrize("state", ["asked", "answered", "off"])
def test_the_question_for_shared_metrics(state: str, live: bool, snapshot: SnapshotAssertion) -> None:
    """One message for all of theirs; it says what was answered, and asks for nothing once it is off."""
    asked = Reading(metric="pipeline", of="priya", value="91 %" if state == "answered" else "")
    readings = (asked, Reading(metric="lead_score", of="priya"))
    off = MeetingState.SKIPPED if state == "off" else MeetingState.PLANNED
    about = meeting("council", Agenda(readings=readings), state=off)
    telling = Telling(kind=NoticeKind.METRICS_ASKED, to="priya", facts={})
    message = metrics_message(telling, about, company("council"), Texts(), live=live)
    assert drawn(message) == snapshot(extension_class=Golden)
