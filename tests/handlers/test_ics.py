"""The calendar as others read it: expanded by a parser that is none of ours, it is what the rules say."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, date, datetime, time, timedelta
from io import StringIO
from itertools import islice, takewhile
from typing import Any
from zoneinfo import ZoneInfo

import pytest
from dateutil.tz import tzical
from hypothesis import given, settings
from hypothesis import strategies as st
from ical.calendar import Calendar as Read
from ical.calendar_stream import IcsCalendarStream

from council.cadence import Calendar, Ceremony, Change, Every, Occurrence, upcoming
from council.calendar_series import Dates, Edition, Series, all_series, since_when
from council.hours import WEEKDAYS, Holidays, Hours
from council.workspace import Configuration, Workspace
from handlers.calendar.ics import ics
from handlers.calendar.zone import timezone

BEGIN, END = datetime(2026, 1, 1, tzinfo=UTC), datetime(2027, 7, 1, tzinfo=UTC)
STANDUP = Ceremony(key="standup", name="Standup", every="week", day="mon", at=time(10), minutes=15)
COUNCIL = Ceremony(
    key="council",
    name="AI Coordination Council",
    every="month",
    day="2nd tue",
    at=time(10),
    channel="C0COUNCIL",
    where="https://meet.example/council",
)
LEADERS = Ceremony(
    key="leaders", name="Leadership", every="quarter", month=3, day="last thu", at=time(15), minutes=90
)
TOOLS = Ceremony(key="tools", name="Tools", every="half-year", month=2, day="1st mon", at=time(9))
CEREMONIES = (STANDUP, COUNCIL, LEADERS, TOOLS)
EVERY: tuple[Every, ...] = ("week", "month", "quarter", "half-year")
ZONES = [
    pytest.param("Europe/Berlin", "DE", id="Berlin, summer time from March"),
    pytest.param("America/Sao_Paulo", "BR", id="São Paulo, without summer time"),
    pytest.param("Australia/Sydney", "AU", id="Sydney, summer time from October"),
    pytest.param("America/New_York", "US", id="New York, two weeks before Europe"),
    pytest.param("Africa/Casablanca", "MA", id="Casablanca, by the moon"),
    pytest.param("Australia/Lord_Howe", "AU", id="Lord Howe, by half an hour"),
]


def company(hours: Hours, *changes: Change, ceremonies: tuple[Ceremony, ...] = CEREMONIES) -> Workspace:
    configuration = Configuration(hours=hours, ceremonies=ceremonies)
    return Workspace(team="T1", configuration=configuration, version=1, changes=changes)


def told(workspace: Workspace) -> tuple[Series, ...]:
    """All series of a company that was set up at the beginning."""
    hours, ceremonies = workspace.hours, workspace.configuration.ceremonies
    edition = Edition(version=1, at=BEGIN, hours=hours, ceremonies=ceremonies)
    since = {each.key: found for each in ceremonies if (found := since_when(each.key, [edition]))}
    return all_series(workspace, since, date(2027, 12, 31))


def written(workspace: Workspace) -> str:
    dates = Dates(
        team="T1",
        url="https://juniper.example/",
        zone=workspace.hours.zone,
        until=date(2027, 12, 31),
        series=told(workspace),
    )
    return ics("Council", dates).decode()


def read(text: str) -> Read:
    return IcsCalendarStream.calendar_from_ics(text)


def shown(text: str) -> list[tuple[str, datetime, datetime]]:
    """What a calendar that knows nothing of us shows as taking place, with name, begin and end."""
    events = takewhile(lambda event: event.start_datetime < END, read(text).timeline)
    return sorted(
        (str(event.summary), event.start_datetime.astimezone(UTC), event.end_datetime.astimezone(UTC))
        for event in events
        if event.status != "CANCELLED" and event.start_datetime > BEGIN
    )


def planned(calendar: Calendar) -> list[tuple[str, datetime, datetime]]:
    """What the rules say takes place."""
    return sorted(
        (ceremony.name, each.starts, each.ends)
        for ceremony in calendar.ceremonies
        for each in _all(calendar, ceremony.key)
    )


def _all(calendar: Calendar, key: str) -> Iterator[Occurrence]:
    return takewhile(lambda each: each.starts < END, upcoming(calendar, key, BEGIN))


def changed(ceremony: str, on: date, known: int = 1, **how: Any) -> Change:
    known_from = BEGIN + timedelta(days=known)
    return replace(Change(ceremony=ceremony, on=on, known_from=known_from), **how)


MOVED = datetime(2026, 3, 12, 13, 30, tzinfo=UTC)
CHANGES = (
    changed("council", date(2026, 3, 10), starts=MOVED, reason="Half of us are at a fair; sorry, all"),
    changed("council", date(2026, 6, 9), skipped=True),
    changed("council", date(2026, 7, 2), starts=datetime(2026, 7, 2, 8, 0, tzinfo=UTC), extra=True),
    changed("standup", date(2026, 10, 26), starts=datetime(2026, 10, 25, 23, 0, tzinfo=UTC)),
    changed("standup", date(2026, 4, 13), starts=datetime(2026, 4, 14, 7, 0, tzinfo=UTC)),
    changed("standup", date(2026, 4, 13), 2),
    changed("tools", date(2026, 2, 2), starts=datetime(2026, 2, 1, 7, 0, tzinfo=UTC)),
    changed("leaders", date(2026, 5, 5), starts=datetime(2026, 5, 5, 7, 0, tzinfo=UTC), extra=True),
    changed("leaders", date(2026, 5, 5), 3, skipped=True),
)


@pytest.mark.parametrize(("zone", "country"), ZONES)
def test_R13_another_parser_finds_what_the_rules_say(zone: str, country: str) -> None:
    """A year and a half of all ceremonies over changing clocks: holidays, moved, skipped, extra ones."""
    workspace = company(Hours(zone=zone, holidays=Holidays(country)), *CHANGES)
    assert shown(written(workspace)) == planned(workspace.calendar)


@st.composite
def companies(draw: st.DrawFn) -> Workspace:
    """One ceremony of any kind in one of the zones, with changes about its dates, one after another."""
    every, day = draw(st.sampled_from(EVERY)), draw(st.sampled_from(WEEKDAYS))
    ordinal = draw(st.sampled_from(["1st", "2nd", "3rd", "4th", "last"]))
    ceremony = Ceremony(
        key="it",
        name="It",
        every=every,
        day=day if every == "week" else f"{ordinal} {day}",
        at=time(draw(st.integers(0, 23)), draw(st.sampled_from([0, 30]))),
    )
    zone, country = map(str, draw(st.sampled_from([param.values for param in ZONES])))
    plan = Calendar(hours=Hours(zone=zone), ceremonies=(ceremony,))
    dates = [*(each.on for each in islice(_all(plan, "it"), 8)), date(2026, 5, 6), date(2026, 9, 9)]
    what = st.tuples(st.sampled_from(dates), st.sampled_from(list(KINDS)), st.integers(-40, 40))
    drawn = draw(st.lists(what, max_size=6))
    changes = [_as_drawn(known, *each) for known, each in enumerate(drawn)]
    return company(Hours(zone=zone, holidays=Holidays(country)), *changes, ceremonies=(ceremony,))


KINDS: dict[str, dict[str, Any]] = {
    "moved": {},
    "extra": {"extra": True},
    "skipped": {"skipped": True},
    "as planned": {},
}


def _as_drawn(known: int, on: date, kind: str, by: int) -> Change:
    starts = datetime.combine(on, time(12), UTC) + timedelta(hours=by)
    return changed("it", on, known, starts=starts if kind in ("moved", "extra") else None, **KINDS[kind])


@settings(max_examples=60, deadline=None)
@given(companies())
def test_whatever_is_changed_another_parser_finds_what_the_rules_say(workspace: Workspace) -> None:
    """At any hour of the day, those that do not exist or come twice included."""
    assert shown(written(workspace)) == planned(workspace.calendar)


@pytest.mark.parametrize("zone", [*(param.values[0] for param in ZONES), "Asia/Jerusalem", "Asia/Kolkata"])
def test_R13_the_zone_told_along_does_what_the_zone_does(zone: str) -> None:
    """Somebody who knows no zones by name reads the right offset out of the calendar, hour by hour."""
    text = timezone(str(zone), 2026).to_ical().decode()
    theirs, ours = tzical(StringIO(text)).get(), ZoneInfo(str(zone))
    at = datetime(2026, 1, 1)
    while at < datetime(2030, 1, 1):
        wall = at.replace(tzinfo=UTC).astimezone(ours)
        if wall.fold == 0 and (wall + timedelta(hours=1)).replace(tzinfo=ours).fold == 0:
            naive = wall.replace(tzinfo=None)
            assert naive.replace(tzinfo=theirs).utcoffset() == wall.utcoffset(), naive
        at += timedelta(hours=1)


def test_zones_with_yearly_rules_are_told_by_rules() -> None:
    """Outlook reads a rule with month and weekday, and no lists of dates."""
    text = timezone("Europe/Berlin", 2026).to_ical().decode()
    assert set(re.findall(r"RRULE:(.*)\r", text)) == {
        "FREQ=YEARLY;BYDAY=-1SU;BYMONTH=3",
        "FREQ=YEARLY;BYDAY=-1SU;BYMONTH=10",
    }
    assert "RDATE" not in text


def test_what_is_called_off_is_there_and_says_so() -> None:
    """A calendar that has it already shows it as cancelled, and nobody is busy for it."""
    hours = Hours(zone="Europe/Berlin", holidays=Holidays(also=(date(2026, 6, 1),)))
    skipped = changed("council", date(2026, 6, 9), skipped=True, reason="Everybody is away.")
    events = read(written(company(hours, skipped))).events
    off = {str(each.summary): each for each in events if each.status == "CANCELLED"}
    assert set(off) == {"Cancelled: Standup", "Cancelled: AI Coordination Council"}
    council = off["Cancelled: AI Coordination Council"]
    assert (council.recurrence_id, council.transparency) == ("20260609T100000", "TRANSPARENT")
    assert (council.description or "").startswith("Does not take place.\nEverybody is away.\n")
    assert "it is a holiday" in (off["Cancelled: Standup"].description or "")


def test_a_change_keeps_the_identity_and_raises_the_sequence() -> None:
    """The same UID whatever happens, and of two copies of a date the newer one has the higher number."""
    hours, on = Hours(zone="Europe/Berlin"), date(2026, 3, 10)
    moves = [changed("council", on, n, starts=MOVED + timedelta(days=n)) for n in range(1, 4)]
    seen = []
    for count in range(4):
        events = read(written(company(hours, *moves[:count], ceremonies=(COUNCIL,)))).events
        seen.append([(each.uid, each.sequence) for each in events])
    assert {uid for found in seen for uid, _ in found} == {"council.T1@tiebreak"}
    assert [found[-1][1] for found in seen] == [1, 2, 3, 4]


def test_an_extra_one_is_an_event_of_its_own() -> None:
    """It belongs to no series, so that none has to be changed for it."""
    extra = changed("council", date(2026, 7, 2), starts=datetime(2026, 7, 2, 8, tzinfo=UTC), extra=True)
    events = read(written(company(Hours(zone="UTC"), extra, ceremonies=(COUNCIL,)))).events
    assert [each.uid for each in events] == ["council.T1@tiebreak", "20260702.council.T1@tiebreak"]
    assert all(each.recurrence_id is None for each in events)


def test_where_it_is_and_where_its_agenda_is() -> None:
    """The place is the ceremony's; a link is one to press."""
    (council,) = read(written(company(Hours(zone="UTC"), ceremonies=(COUNCIL,)))).events
    assert (council.location, str(council.url)) == (COUNCIL.where, COUNCIL.where)
    assert council.description == "In Slack: https://juniper.example/archives/C0COUNCIL"
    room = replace(COUNCIL, where="Room 2, upstairs; on the left", channel=None)
    (council,) = read(written(company(Hours(zone="UTC"), ceremonies=(room,)))).events
    assert (council.location, council.url, council.description) == (room.where, None, None)


def test_the_same_facts_make_the_same_bytes() -> None:
    """Whoever fetches it again gets the same; and no line is longer than it may be."""
    workspace = company(Hours(zone="Europe/Berlin", holidays=Holidays("DE")), *CHANGES)
    text = written(workspace)
    assert text == written(workspace)
    assert max(len(line.encode()) for line in text.split("\r\n")) <= 75
    assert "\n" not in text.replace("\r\n", "")


def test_a_calendar_without_anything_in_it_is_one_all_the_same() -> None:
    """Of somebody without a seat: it can be subscribed to before they get one."""
    assert read(written(company(Hours(zone="Asia/Tokyo"), ceremonies=()))).events == []
    assert "TZID:Asia/Tokyo" in written(company(Hours(zone="Asia/Tokyo"), ceremonies=()))


def test_hostile_words_stay_words() -> None:
    """Names and reasons with line breaks and marks of the format make no properties of their own."""
    name = "A\r\nATTENDEE:mailto:eve@example.com;,\\n\nEND:VEVENT"
    ceremony = replace(COUNCIL, name=name, where="x\r\nBEGIN:VALARM")
    events = read(written(company(Hours(zone="UTC"), ceremonies=(ceremony,)))).events
    assert len(events) == 1
    assert events[0].attendees == []
    assert "ATTENDEE:mailto" in str(events[0].summary)
