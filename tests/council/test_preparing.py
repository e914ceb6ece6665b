"""When an agenda goes out, who is asked before it, and what becomes of one that comes too late."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime, time, timedelta
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from council.agenda import Agenda, Reading
from council.cadence import Calendar, Ceremony, Change, Occurrence, occurrence_on, upcoming
from council.hours import Holidays, Hours, wall
from council.meeting import Meeting, MeetingState, look_at_meeting, still_worth
from council.notice import NoticeKind
from council.preparing import AT_LEAST, Preparation, agenda_due, prepare, presenter, still_asked
from council.roles import Council
from council.workspace import Workspace
from tests.council.builders import at, away, northwind

COUNCIL = Ceremony(
    key="council_meeting",
    name="Council",
    every="month",
    day="2nd tue",
    at=time(10),
    template="council",
    agenda_before=2,
    channel="C-council",
)
STARTS = at("2025-12-09 10:00")
ASKS, DUE = at("2025-12-04 10:00"), at("2025-12-05 10:00")
MINUTE = timedelta(minutes=1)
EVERYBODY = ("priya", "tomas", "marcus", "dana", "lucia", "ben", "aiko", "sam", "ravi")


def company(*gone: Any, ceremony: Ceremony = COUNCIL, **more: Any) -> Workspace:
    found = northwind(*gone, **more)
    return replace(found, configuration=replace(found.configuration, ceremonies=(ceremony,)))


def occurrence(workspace: Workspace, on: str = "2025-12-09") -> Occurrence:
    found = occurrence_on(workspace.calendar, "council_meeting", datetime.fromisoformat(on).date())
    assert found is not None
    return found


def looked(agenda: Agenda, workspace: Workspace, *times: datetime) -> Preparation:
    ready = Preparation(agenda=agenda)
    for now in times:
        ready = prepare(ready.agenda, occurrence(workspace), workspace, now)
    return ready


@pytest.mark.parametrize(
    ("before", "due"),
    [
        pytest.param(2, "2025-12-05 10:00", id="two working days before a Tuesday: Friday"),
        pytest.param(1, "2025-12-08 10:00", id="one: Monday"),
        pytest.param(5, "2025-12-02 10:00", id="five: the Tuesday before"),
        pytest.param(None, "2025-12-05 10:00", id="nobody chose: two"),
        pytest.param(0, "2025-12-09 09:00", id="none: an hour before"),
    ],
)
def test_the_agenda_goes_out_at_the_meetings_wall_time(before: int | None, due: str) -> None:
    """So many working days earlier."""
    workspace = company(ceremony=replace(COUNCIL, agenda_before=before))
    ceremony = workspace.configuration.ceremonies[0]
    assert agenda_due(workspace.calendar, ceremony, STARTS) == at(due)


def test_across_a_change_of_clocks_it_goes_out_at_the_same_wall_time() -> None:
    """The council of Tuesday 31 March; the clocks change on the Sunday before."""
    ceremony = replace(COUNCIL, day="last tue")
    calendar = company(ceremony=ceremony).calendar
    due = agenda_due(calendar, ceremony, at("2026-03-31 10:00"))
    assert due == at("2026-03-27 10:00")
    assert wall(due, "Europe/Berlin").time() == time(10)


def test_holidays_do_not_count_as_working_days() -> None:
    """Good Friday and Easter Monday lie between."""
    ceremony = replace(COUNCIL, every="month", day="1st tue")
    hours = Hours(zone="Europe/Berlin", holidays=Holidays(country="DE"))
    calendar = Calendar(hours=hours, ceremonies=(ceremony,))
    assert agenda_due(calendar, ceremony, at("2026-04-07 10:00")) == at("2026-04-01 10:00")


def test_the_whole_way_of_an_agenda() -> None:
    """Asked the working day before it, put up on time, looked at each morning, then left to the meeting."""
    workspace = company()
    first = looked(Agenda(), workspace, at("2025-11-18 09:00"))
    assert (first.posts, first.notices, first.wake_at) == ((), (), ASKS)
    asked = looked(first.agenda, workspace, ASKS)
    assert [notice.to for notice in asked.notices] == ["priya", "aiko"]
    assert asked.wake_at == DUE
    posted = looked(asked.agenda, workspace, DUE)
    assert [(post.kind, post.channel) for post in posted.posts] == [("agenda", "C-council")]
    assert not posted.agenda.late
    assert posted.wake_at == at("2025-12-08 09:00")
    morning = looked(posted.agenda, workspace, at("2025-12-08 09:00"))
    assert (morning.posts, morning.notices, morning.redraw) == ((), (), True)
    last = looked(morning.agenda, workspace, at("2025-12-09 09:00"))
    assert last.wake_at == STARTS
    begun = looked(last.agenda, workspace, STARTS)
    assert not begun.agenda.missed


@pytest.mark.parametrize(
    ("now", "late", "posted"),
    [
        pytest.param(DUE + MINUTE, False, True, id="a minute late is on time"),
        pytest.param(at("2025-12-08 18:00"), True, True, id="three days late, said so"),
        pytest.param(STARTS - MINUTE, True, True, id="a minute before the meeting"),
        pytest.param(STARTS, False, False, id="the meeting has begun: dropped and recorded"),
        pytest.param(STARTS + timedelta(days=9), False, False, id="long after"),
    ],
)
def test_after_a_long_stop_it_is_put_up_late_or_not_at_all(now: datetime, late: bool, posted: bool) -> None:
    """Useful while the meeting has not begun."""
    known = looked(Agenda(), company(), at("2025-12-01 09:00")).agenda
    ready = looked(known, company(), now)
    assert (ready.agenda.late, bool(ready.posts), ready.agenda.missed) == (late, posted, not posted)


def test_a_meeting_added_or_moved_at_short_notice_has_its_agenda_at_once_and_not_late() -> None:
    """Nobody could have put it up earlier."""
    fresh = looked(Agenda(), company(), at("2025-12-08 12:00"))
    assert (bool(fresh.posts), fresh.agenda.late) == (True, False)
    moved = company(
        changes=(
            Change(
                ceremony="council_meeting",
                on=STARTS.date(),
                starts=at("2025-12-02 10:00"),
                known_from=at("2025-12-01 09:00"),
            ),
        )
    )
    known = looked(Agenda(), company(), at("2025-11-18 09:00")).agenda
    ready = looked(known, moved, at("2025-12-01 09:00"))
    assert (bool(ready.posts), ready.agenda.late) == (True, False)


def test_who_holds_a_metric_is_asked_for_all_of_theirs_once() -> None:
    """Whoever knows the data of its conflicts; away: who stands in; of no such type: the chair."""
    ready = looked(Agenda(), company(), ASKS)
    assert [(each.metric, each.of) for each in ready.agenda.readings] == [
        ("pipeline", "priya"),
        ("lead_score", "priya"),
        ("cs_health", "aiko"),
    ]
    assert all(notice.good_until == STARTS for notice in ready.notices)
    again = looked(ready.agenda, company(), ASKS + MINUTE)
    assert again.notices == ()
    absent = looked(Agenda(), company(away("aiko", "2025-12-01 00:00", "2025-12-20 00:00")), ASKS)
    assert absent.agenda.readings[2].of == "sam"
    bare = looked(Agenda(), company(types=()), ASKS)
    assert {each.of for each in bare.agenda.readings} == {"priya"}


def test_without_a_council_whoever_installed_it_is_asked_and_presents() -> None:
    """Three people, no seats: everything is with one of them, and nothing fails."""
    small = company(roles=(), council=Council(), types=())
    ready = looked(Agenda(), small, ASKS, DUE)
    assert {each.of for each in ready.agenda.readings} == {"jonas"}
    assert presenter(small, 3, STARTS) == "jonas"


def test_an_agenda_without_a_channel_is_not_put_up() -> None:
    """It can be read by whoever asks for it."""
    bare = company(ceremony=replace(COUNCIL, channel=None))
    channels = replace(bare.configuration.channels, council=None)
    nowhere = replace(bare, configuration=replace(bare.configuration, channels=channels))
    assert looked(Agenda(), nowhere, DUE).posts == ()
    assert [post.channel for post in looked(Agenda(), bare, DUE).posts] == ["C-council"]


def test_where_its_ceremony_lives_elsewhere_by_now_it_is_put_up_there() -> None:
    """After the channel was archived and another one chosen."""
    posted = looked(Agenda(), company(), DUE).agenda
    moved = company(ceremony=replace(COUNCIL, channel="C-new"))
    assert [post.channel for post in looked(posted, moved, DUE + MINUTE).posts] == ["C-new"]
    assert looked(posted, company(), DUE + MINUTE).posts == ()


@pytest.mark.parametrize(
    ("gone", "who"),
    [
        pytest.param((), "lucia", id="the seats take turns"),
        pytest.param(("lucia",), "ben", id="of one who left the deputy"),
        pytest.param(("lucia", "ben"), "aiko", id="else the next"),
        pytest.param(
            EVERYBODY,
            "jonas",
            id="nobody is left",
        ),
    ],
)
def test_the_handoff_is_presented_by_whose_turn_it_is(gone: tuple[str, ...], who: str) -> None:
    """Deterministic: it follows from the meetings held."""
    assert presenter(company(gone=gone), 2, STARTS) == who
    assert presenter(company(gone=gone), 7, STARTS) == who


def test_nobody_is_asked_for_what_is_answered_or_off() -> None:
    """Asked again directly before it is said."""
    readings = (Reading(metric="pipeline", of="priya"), Reading(metric="cs_health", of="aiko", value="78 %"))
    meeting = Meeting(
        id="m1",
        team="T1",
        ceremony="council_meeting",
        on=STARTS.date(),
        starts=STARTS,
        ends=STARTS,
        agenda=Agenda(readings=readings),
    )
    asked = NoticeKind.METRICS_ASKED
    assert [still_worth(asked, who, meeting) for who in ("priya", "aiko")] == [True, False]
    assert not still_worth(asked, "priya", replace(meeting, state=MeetingState.SKIPPED))
    assert not still_asked("lucia", meeting.agenda)


@given(
    every=st.sampled_from([("week", "tue"), ("month", "2nd tue"), ("month", "last fri")]),
    before=st.none() | st.integers(0, 4),
    hour=st.integers(0, 23),
    zone=st.sampled_from(["Europe/Berlin", "Pacific/Auckland", "America/New_York"]),
    days=st.integers(0, 400),
    naps=st.lists(st.integers(1, 60 * 24 * 3), min_size=1, max_size=40),
)
def test_however_it_is_looked_at_it_is_put_up_once_before_the_meeting(
    every: tuple[Any, str], before: int | None, hour: int, zone: str, days: int, naps: list[int]
) -> None:
    """Never before its instant, never twice, never after the meeting began; each is asked once."""
    ceremony = replace(
        COUNCIL, every=every[0], day=every[1], at=time(hour, 30), zone=zone, agenda_before=before
    )
    workspace = company(ceremony=ceremony)
    now = at("2025-01-01 09:00") + timedelta(days=days)
    found = next(upcoming(workspace.calendar, ceremony.key, now + timedelta(days=3)))
    due = agenda_due(workspace.calendar, ceremony, found.starts)
    assert due <= found.starts - AT_LEAST
    agenda, posts, asked = Agenda(), [], 0
    for nap in naps:
        ready = prepare(agenda, found, workspace, now)
        posts += [now for _ in ready.posts]
        asked += len(ready.notices)
        assert ready.wake_at is None or ready.wake_at > now
        agenda, now = ready.agenda, now + timedelta(minutes=nap)
    assert len(posts) <= 1
    assert all(due <= posted < found.starts for posted in posts)
    assert asked in (0, 2)
    assert not (posts and agenda.missed)


def test_a_meeting_that_is_on_again_is_prepared_again() -> None:
    """Skipped by mistake and added again: the same one, with what was added to it."""
    workspace = company()
    meeting = Meeting(
        id="m1",
        team="T1",
        ceremony="council_meeting",
        on=STARTS.date(),
        starts=STARTS,
        ends=STARTS + timedelta(hours=1),
        state=MeetingState.SKIPPED,
    )
    outcome = look_at_meeting(meeting, workspace, DUE)
    assert outcome.meeting.state is MeetingState.PLANNED
    assert [post.kind for post in outcome.posts] == ["agenda"]
