"""Who is asked before a standup, and when: in their own morning, once, in time."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, date, datetime, time, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from council.hours import Holidays, Hours, instant_of, wall
from council.people import Absence
from council.standup import Asked, StandupState, Unasked
from council.standup_asking import LEAST_AHEAD, prompt_at, reminder_at, turns
from council.standup_looking import Around
from council.workspace import Workspace
from tests.council.builders import ROLES, at, away, northwind
from tests.council.standups import MONDAY, SEATS, STANDUP, company, looked, once, standup

SUMMARY = at("2025-11-24 09:55")
BERLIN = Hours(zone="Europe/Berlin")
ZONES = (
    "Europe/Berlin",
    "America/New_York",
    "Pacific/Honolulu",
    "Pacific/Kiritimati",
    "Pacific/Pago_Pago",
    "Asia/Kolkata",
    "Asia/Kathmandu",
    "Australia/Lord_Howe",
    "America/St_Johns",
    "Pacific/Apia",
    "UTC",
)


def names(workspace: Workspace, now: datetime) -> dict[str, datetime]:
    return {turn.person: turn.at for turn in turns(standup(), STANDUP, workspace, now)}


@pytest.mark.parametrize(
    ("zone", "expected"),
    [
        pytest.param("Europe/Berlin", "2025-11-24T09:00+01:00", id="the same morning"),
        pytest.param("Asia/Kolkata", "2025-11-24T09:00+05:30", id="the same morning, earlier"),
        pytest.param("Pacific/Kiritimati", "2025-11-24T09:00+14:00", id="14 hours ahead: their Monday"),
        pytest.param("America/New_York", "2025-11-21T09:00-05:00", id="New York still sleeps: Friday"),
        pytest.param("Pacific/Honolulu", "2025-11-21T09:00-10:00", id="their Sunday: Friday"),
        pytest.param("Europe/London", "2025-11-21T09:00+00:00", id="five minutes too late: Friday"),
    ],
)
def test_everybody_is_asked_in_their_own_last_morning_before_it(zone: str, expected: str) -> None:
    """At least 45 minutes before the summary, on a working day."""
    assert prompt_at(time(9), zone, SUMMARY, BERLIN) == datetime.fromisoformat(expected)


def test_a_holiday_of_the_company_is_no_morning_to_ask_in() -> None:
    """A standup on Tuesday at 09:30 asks on the last working day, not on the holiday before."""
    hours = replace(BERLIN, holidays=Holidays(also=(date(2025, 11, 24),)))
    asked = prompt_at(time(9), "Europe/Berlin", at("2025-11-25 09:25"), hours)
    assert asked == at("2025-11-21 09:00")


def test_the_clocks_may_change_between_the_question_and_the_standup() -> None:
    """Nine stays nine: Friday in summer time, the standup on Monday in winter time."""
    monday = at("2025-10-27 09:25")
    assert prompt_at(time(9), "Europe/Berlin", monday, BERLIN) == at("2025-10-24 09:00")
    new_york = prompt_at(time(9), "America/New_York", at("2025-10-27 14:25"), BERLIN)
    assert new_york == datetime.fromisoformat("2025-10-24T09:00-04:00")


@given(
    zone=st.sampled_from(ZONES),
    ceremony_zone=st.sampled_from(ZONES),
    day=st.dates(date(2025, 1, 1), date(2027, 12, 31)),
    begins=st.times().map(lambda t: t.replace(second=0, microsecond=0)),
    asks=st.integers(6, 11).map(time),
)
def test_R14_every_question_comes_at_that_wall_time_on_a_working_day_and_in_time(
    zone: str, ceremony_zone: str, day: date, begins: time, asks: time
) -> None:
    """At the person's own wall time, 45 minutes ahead, and the next such morning would be too late."""
    hours = Hours(zone=ceremony_zone)
    summary = datetime.combine(day, begins, UTC)
    found = prompt_at(asks, zone, summary, hours)
    assert wall(found, zone).time() == asks
    assert summary - found >= LEAST_AHEAD
    assert hours.is_working_day(wall(found, zone).date())
    later = wall(found, zone).date() + timedelta(days=1)
    while not hours.is_working_day(later):
        later += timedelta(days=1)
    assert summary - instant_of(later, asks, zone) < LEAST_AHEAD


@given(
    homes=st.lists(st.sampled_from(ZONES), min_size=5, max_size=5),
    until=st.integers(0, 4 * 24 * 60).map(lambda m: at("2025-11-20 12:00") + timedelta(minutes=m)),
)
def test_everybody_is_asked_exactly_once_wherever_they_live(homes: list[str], until: datetime) -> None:
    """Each at their own instant; however often it is looked at, nobody twice."""
    people = ("priya", "dana", "lucia", "aiko", "ravi")
    workspace = company(zones=dict(zip(people, homes, strict=True)))
    early, first = looked(standup(), workspace, until)
    done, said = looked(early, workspace, SUMMARY) if early.state is StandupState.PLANNED else (early, [])
    asked = [who for who, kind, _ in (*first, *said) if kind == "standup asked"]
    assert sorted(asked) == sorted(people)
    reminded = [who for who, kind, _ in (*first, *said) if kind == "standup reminded"]
    assert len(reminded) == len(set(reminded))
    for who, kind, when in first:
        if kind == "standup asked":
            assert wall(when, workspace.zone_of(who)).time() == time(9)
    assert done.state is StandupState.SUMMED_UP


def test_R45_while_the_holder_is_away_the_deputy_is_asked() -> None:
    """And the question says for whom."""
    trip = away("priya", "2025-11-24 00:00", "2025-11-28 00:00")
    found = {turn.person: turn for turn in turns(standup(), STANDUP, company(trip), at("2025-11-21 12:00"))}
    assert found["tomas"].instead_of == ("priya",)
    assert "priya" not in found


def test_whom_they_named_is_asked_before_the_deputy() -> None:
    """As for everything else that waits for who is away."""
    trip = away("priya", "2025-11-24 00:00", "2025-11-28 00:00", stand_in="kim")
    assert "kim" in names(company(trip), at("2025-11-21 12:00"))


def test_with_both_away_nobody_is_asked_and_the_summary_says_so() -> None:
    """Neither chair nor sponsor is asked about other people's systems."""
    trips = [away(who, "2025-11-24 00:00", "2025-11-28 00:00") for who in ("aiko", "sam")]
    done, said = looked(standup(), company(*trips), SUMMARY)
    assert {who for who, *_ in said} == {"priya", "dana", "lucia", "ravi"}
    assert done.unasked == (Unasked(seat="cs_director"),)


def test_who_is_away_only_at_the_time_of_the_question_is_not_asked() -> None:
    """Who lives in New York and is away on Friday could not see it: the deputy is asked on Monday."""
    friday = away("lucia", "2025-11-21 00:00", "2025-11-24 06:00")
    asked = names(company(friday, zones={"lucia": "America/New_York"}), at("2025-11-20 12:00"))
    assert asked["ben"] == at("2025-11-24 09:00")


def test_an_absence_known_only_later_still_leads_to_the_deputy() -> None:
    """What counts is how it is at the instant of the question."""
    first = once(standup(), company(), at("2025-11-24 08:00")).standup
    trip = away("priya", "2025-11-24 08:30", "2025-11-28 00:00")
    after = once(first, company(trip), at("2025-11-24 09:00"))
    assert {notice.to for notice in after.notices} == {"tomas", "dana", "lucia", "aiko", "ravi"}


def test_three_seats_of_one_person_make_one_question() -> None:
    """Asked once, for all of them."""
    roles = tuple(replace(role, holder="priya") if role.key in SEATS[:3] else role for role in ROLES)
    done, said = looked(standup(), company(roles=roles), at("2025-11-24 09:00"))
    assert [who for who, *_ in said].count("priya") == 1
    assert next(each for each in done.asked if each.person == "priya").seats == SEATS[:3]


def test_a_deputy_of_two_who_are_away_is_asked_once_for_both() -> None:
    """And the question names both."""
    roles = tuple(
        replace(role, deputy="kim") if role.key in ("revops_lead", "cs_director") else role for role in ROLES
    )
    trips = [away(who, "2025-11-24 00:00", "2025-11-28 00:00") for who in ("priya", "aiko")]
    [turn] = [
        each
        for each in turns(standup(), STANDUP, company(*trips, roles=roles), at("2025-11-24 09:00"))
        if each.person == "kim"
    ]
    assert turn.instead_of == ("priya", "aiko")


def test_R30_of_a_holder_who_left_the_deputy_is_asked() -> None:
    """Even when they left after they had been asked, unless they had answered."""
    assert "tomas" in names(company(gone=("priya",)), at("2025-11-24 09:00"))
    asked, _ = looked(standup(), company(), at("2025-11-24 09:00"))
    again = once(asked, company(gone=("priya",)), at("2025-11-24 09:10"))
    assert [(notice.to, notice.kind.value) for notice in again.notices] == [("tomas", "standup asked")]


def test_an_empty_seat_is_asked_of_whoever_set_it_up() -> None:
    """It works for three people without a council."""
    roles = tuple(replace(role, holder=None, deputy=None) for role in ROLES)
    done, said = looked(standup(), company(roles=roles), at("2025-11-24 09:00"))
    assert [who for who, *_ in said] == ["jonas"]
    assert done.asked[0].seats == SEATS


def test_without_representatives_the_council_is_asked() -> None:
    """Its seats are the same five here, VP Sales instead of the Sales Manager."""
    ceremony = replace(STANDUP, representatives=())
    found = {turn.person for turn in turns(standup(), ceremony, northwind(), at("2025-11-24 09:00"))}
    assert found == {"priya", "marcus", "lucia", "aiko", "ravi"}


@pytest.mark.parametrize(
    ("now", "asked"),
    [
        pytest.param("2025-11-24 09:10", True, id="ten minutes late: asked at once"),
        pytest.param("2025-11-24 09:40", True, id="a quarter of an hour before the summary"),
        pytest.param("2025-11-24 09:41", False, id="nearer: dropped"),
    ],
)
def test_questions_that_were_due_meanwhile(now: str, asked: bool) -> None:
    """Sent late while the summary is a quarter of an hour ahead, else dropped; the summary says for whom."""
    outcome = once(standup(), company(), at(now))
    assert bool(outcome.notices) is asked
    if not asked:
        done = once(outcome.standup, company(), SUMMARY).standup
        assert done.unasked == tuple(Unasked(seat=seat, late=True) for seat in SEATS)
        assert done.posted is False


def test_a_late_question_waits_for_the_persons_working_hours() -> None:
    """Found out on Sunday, who should have been asked on Friday hears it when their Monday begins, or not."""
    workspace = company(zones={"lucia": "America/New_York", "ravi": "Asia/Kolkata"})
    found = names(workspace, at("2025-11-23 12:00"))
    assert "lucia" not in found
    assert found["ben"] == at("2025-11-24 09:00")
    assert found["ravi"] == datetime.fromisoformat("2025-11-24T09:00+05:30")


def test_R15_another_zone_in_slack_moves_the_question_with_it() -> None:
    """Who flies to Tokyo on Sunday is asked at nine there."""
    before = names(company(), at("2025-11-23 12:00"))
    after = names(company(zones={"dana": "Asia/Tokyo"}), at("2025-11-23 12:00"))
    assert before["dana"] == at("2025-11-24 09:00")
    assert after["dana"] == datetime.fromisoformat("2025-11-24T09:00+09:00")


@pytest.mark.parametrize(
    ("zone", "summary", "expected"),
    [
        pytest.param("Europe/Berlin", "2025-11-24 09:55", "2025-11-21 17:25", id="55 min today, 5 on Friday"),
        pytest.param("Europe/Berlin", "2025-11-24 15:00", "2025-11-24 14:00", id="the hour before"),
        pytest.param("Europe/Berlin", "2025-11-24 20:00", "2025-11-24 16:30", id="the last of the day"),
        pytest.param("America/New_York", "2025-11-24 09:55", "2025-11-21 22:30", id="New York's Friday"),
    ],
)
def test_the_last_working_hour_before_the_summary(zone: str, summary: str, expected: str) -> None:
    """Counted in the person's own working hours."""
    assert reminder_at(at(summary), BERLIN.in_zone(zone)) == at(expected)


def test_R43_one_question_and_at_most_one_reminder_never_soon_after_it() -> None:
    """Who is asked an hour before is not reminded; who was asked on Friday is, at the end of that day."""
    workspace = company(zones={"lucia": "America/New_York"})
    _, said = looked(standup(), workspace, MONDAY)
    reminded = [(who, when) for who, kind, when in said if kind == "standup reminded"]
    assert reminded == [("lucia", at("2025-11-21 22:30"))]
    assert len(said) == 6


def test_who_has_answered_is_not_reminded() -> None:
    """Nothing to report is an answer."""
    workspace = company(zones={"lucia": "America/New_York"})
    asked, _ = looked(standup(), workspace, at("2025-11-21 16:00"))
    heard = tuple(replace(each, nothing_at=at("2025-11-21 16:00")) for each in asked.asked)
    _, said = looked(replace(asked, asked=heard), workspace, MONDAY)
    assert "lucia" not in {who for who, *_ in said}


def test_who_wants_no_question_without_anything_open_is_spared() -> None:
    """Nobody answers in their place; they do not count as not heard from."""
    done, said = looked(standup(), company(), SUMMARY, Around(spared=frozenset({"ravi"})))
    assert "ravi" not in {who for who, *_ in said}
    assert next(each for each in done.asked if each.person == "ravi").quiet
    assert done.asked_of("ravi") is None


def test_a_weekly_standup_on_a_holiday_asks_nobody() -> None:
    """It skips itself."""
    plain = company()
    hours = replace(plain.hours, holidays=Holidays(also=(date(2025, 11, 24),)))
    closed = replace(plain, configuration=replace(plain.configuration, hours=hours))
    done, said = looked(standup(), closed, MONDAY)
    assert done.state is StandupState.SKIPPED
    assert said == []


def test_who_is_asked_for_the_same_thing_twice_stays_one() -> None:
    """A seat that falls to somebody who was asked already is added to what they were asked for."""
    asked, _ = looked(standup(), company(), at("2025-11-24 09:00"))
    left = replace(asked, asked=tuple(each for each in asked.asked if each.person != "priya"))
    tomas = Asked(person="tomas", at=at("2025-11-24 09:00"), seats=("other",))
    trip = Absence(person="priya", since=at("2025-11-24 09:05"), until=at("2025-11-25 09:00"))
    after = once(replace(left, asked=(*left.asked, tomas)), company(trip), at("2025-11-24 09:10"))
    assert after.notices == ()
    assert after.standup.asked[-1].seats == ("other", "revops_lead")
