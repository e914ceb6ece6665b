"""How often somebody hears from us: what waits for the morning, for their return, or for Monday."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime, time, timedelta
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from council.conflict import Conflict
from council.errors import Invalid, Refused
from council.hours import Holidays
from council.morning_hour import OPENING, choose, offered
from council.notice import MORNING, Notice, NoticeKind, tell
from council.people import Absence
from council.quiet import Heard, kept_until, next_week, only_informs, urgency, waited, week_of
from council.workspace import Workspace
from tests.council.builders import FORECAST, LEADS, TUESDAY, at, decided, northwind, person, reported

COMPANY = northwind()
LEAD = reported(COMPANY, LEADS).conflict
ZONES = (
    "Europe/Berlin",
    "America/New_York",
    "Asia/Kolkata",
    "Australia/Lord_Howe",
    "America/Santiago",
    "Pacific/Apia",
)


def with_person(
    zone: str = "Europe/Berlin", morning: time | None = None, company: Workspace = COMPANY
) -> Workspace:
    """The company, with Dana on that clock and with that morning hour."""
    dana = replace(person("dana"), zone=zone, morning=morning)
    return replace(company, people={**company.people, "dana": dana})


def closed_on(day: str) -> Workspace:
    """The company with a day off of its own."""
    off = Holidays(also=(at(f"{day} 00:00").astimezone(ZoneInfo("Europe/Berlin")).date(),))
    configuration = replace(COMPANY.configuration, hours=replace(COMPANY.hours, holidays=off))
    return with_person(company=replace(COMPANY, configuration=configuration))


@pytest.mark.parametrize(
    ("company", "since", "begins"),
    [
        pytest.param(with_person(), "2025-11-18 08:00", "2025-11-18 09:00", id="before it: today"),
        pytest.param(with_person(), "2025-11-18 09:00", "2025-11-18 09:00", id="at it: now"),
        pytest.param(with_person(), "2025-11-18 09:01", "2025-11-19 09:00", id="after it: tomorrow"),
        pytest.param(with_person(), "2025-11-21 12:00", "2025-11-24 09:00", id="Friday noon: Monday"),
        pytest.param(with_person("America/New_York"), "2025-11-18 10:00", "2025-11-18 15:00", id="New York"),
        pytest.param(
            with_person(morning=time(7, 30)), "2025-11-18 12:00", "2025-11-19 07:30", id="a chosen hour"
        ),
        pytest.param(
            with_person(morning=time(19)), "2025-11-18 12:00", "2025-11-19 09:00", id="after closing"
        ),
        pytest.param(closed_on("2025-11-19"), "2025-11-18 12:00", "2025-11-20 09:00", id="a day off is none"),
        pytest.param(with_person(), "2026-03-27 12:00", "2026-03-30 09:00", id="over the change of clocks"),
    ],
)
def test_when_a_day_begins(company: Workspace, since: str, begins: str) -> None:
    """By the person's own clock and choice, on a working day of the company."""
    assert company.morning("dana", at(since)) == at(begins)


@given(zone=st.sampled_from(ZONES), hours=st.integers(0, 3 * 365 * 24), minutes=st.integers(0, 59))
def test_a_morning_is_never_missed(zone: str, hours: int, minutes: int) -> None:
    """From any instant in three years it is at nine on a weekday, and the one before it is over."""
    since = TUESDAY + timedelta(hours=hours, minutes=minutes)
    begins = with_person(zone).morning("dana", since)
    local = begins.astimezone(ZoneInfo(zone))
    assert (local.time(), local.weekday() < 5) == (time(9), True)
    assert since <= begins <= since + timedelta(days=4)


def told(kind: NoticeKind, now: datetime, company: Workspace = COMPANY, to: str = "dana") -> Notice:
    return tell(kind, to, company, now)


def test_what_only_informs_waits_for_the_morning_and_what_asks_does_not() -> None:
    """Inside hours a reminder is said at its instant, news the next morning."""
    noon = at("2025-11-18 12:00")
    for kind in NoticeKind:
        expected = at("2025-11-19 09:00") if kind in MORNING else noon
        assert told(kind, noon).not_before == expected
        assert tell(kind, "dana", COMPANY, noon, waits=False).not_before == noon


def test_a_decision_is_told_before_it_is_wanted() -> None:
    """The forecast meeting is on Thursday: decided that noon, nobody reads of it on Friday."""
    conflict = reported(COMPANY, FORECAST).conflict
    early, late = at("2025-11-19 16:00"), at("2025-11-20 12:00")
    for now, said in ((early, at("2025-11-20 09:00")), (late, late)):
        notices = {n.to: n.not_before for n in decided(conflict, COMPANY, now).notices}
        assert notices["priya"] == said
        assert notices["nina"] == now


def test_nobody_who_is_away_is_told_and_on_their_return_they_are() -> None:
    """Until then it is kept; what was decided for them is in the message on their return."""
    notice = told(NoticeKind.DECIDED, at("2025-11-18 12:00"))
    away = Absence(person="dana", since=TUESDAY, until=at("2025-11-24 09:00"))
    assert kept_until(notice, northwind(away), at("2025-11-19 09:00")) == at("2025-11-24 09:00")
    assert kept_until(notice, COMPANY, at("2025-11-19 09:00")) is None
    at_once = tell(NoticeKind.OWNER_ASKED, "dana", COMPANY, TUESDAY, waits=False)
    assert kept_until(at_once, northwind(away), TUESDAY) is None


def test_a_changed_clock_moves_what_waits() -> None:
    """What is due in Berlin's morning is not said in New York's night; after a stop it is said at once."""
    notice = told(NoticeKind.DECIDED, at("2025-11-18 20:00"))
    travelled = with_person("America/New_York")
    assert kept_until(notice, travelled, at("2025-11-19 09:00")) == at("2025-11-19 15:00")
    assert kept_until(notice, travelled, at("2025-11-19 23:00")) is None


@pytest.mark.parametrize(
    ("heard", "enough"),
    [
        (Heard(), False),
        (Heard(messages=2), False),
        (Heard(messages=3), True),
        (Heard(messages=3, asked=True), False),
        (Heard(messages=4, asked=True), True),
    ],
)
def test_R43_three_messages_a_week_are_enough_or_four_for_who_is_asked(heard: Heard, enough: bool) -> None:
    """From then on what only informs is kept."""
    assert heard.enough is enough


def test_R43_what_is_kept_waits_for_monday_unless_that_is_too_late() -> None:
    """Of an open conflict that is due before Monday one hears tomorrow, or now when that is late as well."""
    concerns = tell(NoticeKind.CONCERNS_YOU, "dana", COMPANY, TUESDAY, waits=False)
    monday, tomorrow = at("2025-11-24 09:00"), at("2025-11-19 09:00")
    assert next_week(told(NoticeKind.DECIDED, TUESDAY), ended(), COMPANY, TUESDAY) == monday
    assert next_week(concerns, due(at("2025-11-25 12:00")), COMPANY, at("2025-11-18 10:00")) == monday
    assert next_week(concerns, due(at("2025-11-20 12:00")), COMPANY, at("2025-11-18 10:00")) == tomorrow
    assert next_week(concerns, due(at("2025-11-18 17:00")), COMPANY, at("2025-11-18 10:00")) is None


def ended() -> Conflict:
    return decided(LEAD, COMPANY, TUESDAY).conflict


def due(limit: datetime) -> Conflict:
    """The conflict with another limit."""
    return replace(LEAD, deadline=replace(LEAD.deadline, limit=limit))


def test_only_what_informs_and_has_time_is_kept() -> None:
    """Not what asks, not what is immediate, and not the decision one has asked for oneself."""
    news = told(NoticeKind.DECIDED, TUESDAY + timedelta(hours=1))
    concerns = tell(NoticeKind.CONCERNS_YOU, "dana", COMPANY, TUESDAY, waits=False)
    urgent = replace(LEAD, route=replace(LEAD.route, immediate=True))
    assert waited(news)
    assert only_informs(news, LEAD)
    assert only_informs(concerns, LEAD)
    assert not only_informs(concerns, urgent)
    assert not only_informs(tell(NoticeKind.DECIDED, "nina", COMPANY, TUESDAY, waits=False), LEAD)
    assert not only_informs(told(NoticeKind.REMINDED, TUESDAY), LEAD)


def test_the_most_urgent_stands_first() -> None:
    """What asks, then what is overdue, today and soon, then questions, then news; the oldest first."""
    items = [replace(told(NoticeKind.ITEM_DUE, TUESDAY), facts={"rung": rung}) for rung in (3, 2, 1)]
    rest = [told(kind, TUESDAY) for kind in (NoticeKind.SOLVED_IT, NoticeKind.DECIDED)]
    later = told(NoticeKind.DECIDED, TUESDAY + timedelta(hours=1))
    order = [told(NoticeKind.DUE, TUESDAY), *items, *rest, later]
    mixed = [order[place] for place in (6, 2, 0, 5, 3, 1, 4)]
    assert sorted(mixed, key=urgency) == order


def test_a_week_begins_on_monday_by_ones_own_clock() -> None:
    """Sunday evening in New York is Monday already in Berlin."""
    night = at("2025-11-24 02:00")
    assert week_of("dana", COMPANY, night) == at("2025-11-24 00:00")
    assert week_of("dana", with_person("America/New_York"), night) == at("2025-11-17 06:00")


def test_a_morning_hour_is_chosen_among_those_offered() -> None:
    """By a full member, for themselves; an hour that nobody offered is not taken."""
    hours = COMPANY.hours
    assert choose("08:30", by=person("dana"), hours=hours) == time(8, 30)
    assert choose(OPENING, by=person("dana"), hours=hours) is None
    assert (offered(hours)[0], offered(hours)[-1]) == (time(6), time(12))
    assert offered(replace(hours, opens=time(5), closes=time(7)))[-1] == time(6, 30)
    for chosen in (None, "08:17", "23:00"):
        with pytest.raises(Invalid):
            choose(chosen, by=person("dana"), hours=hours)
    with pytest.raises(Refused):
        choose("08:30", by=person("dana", guest=True), hours=hours)
