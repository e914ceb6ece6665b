"""Series as iCalendar (RFC 5545), in the words of the calendars people have.

The same facts make the same bytes: whoever fetches them again is told that nothing has changed.
"""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING, cast
from zoneinfo import ZoneInfo

from council.calendar_series import NOT_HELD, Dates, Differing, Series
from council.hours import WEEKDAYS, Weekday
from council.links import is_link
from handlers.calendar.zone import DAYS, timezone
from handlers.conflicts.links import channel_address

if TYPE_CHECKING:
    from icalendar import Event

FETCH_AGAIN = timedelta(hours=1)
"""What calendars are asked to do; Google takes up to a day all the same."""
_MONTHS = {"month": 1, "quarter": 3, "half-year": 6}


def ics(name: str, dates: Dates) -> bytes:
    """The whole calendar, under a name.

    The workspace's zone is always told: an empty calendar, without any part, is refused by many.
    """
    from icalendar import Calendar  # slow to import, and few processes need it

    calendar = Calendar()
    calendar.add("version", "2.0")
    calendar.add("prodid", "-//Tiebreak//Council calendar//EN")
    calendar.add("calscale", "GREGORIAN")
    for property in ("name", "x-wr-calname"):
        calendar.add(property, name)
    calendar.add("refresh-interval", FETCH_AGAIN, parameters={"VALUE": "DURATION"})
    calendar.add("x-published-ttl", "PT1H")
    first = min((each.first.year for each in dates.series), default=dates.until.year)
    for zone in sorted({dates.zone, *(each.zone for each in dates.series)}):
        calendar.add_component(timezone(zone, first))
    for each in dates.series:
        for event in _events(each, dates.team, dates.url):
            calendar.add_component(event)
    return bytes(calendar.to_ical())


def _events(series: Series, team: str, url: str) -> list[Event]:
    """The series, then each date that differs from it."""
    uid, zone = f"{series.ceremony.key}.{team}@tiebreak", ZoneInfo(series.zone)
    begin = datetime.combine(series.first, series.ceremony.at, zone)
    plan = _event(uid, series, url, begin, begin.astimezone(UTC) + series.ceremony.length)
    plan.add("sequence", series.sequence)
    _stamp(plan, series.changed_at)
    plan.add("rrule", rule(series))
    return [plan, *(_one(uid, series, differing, url) for differing in series.differing)]


def rule(series: Series) -> dict[str, object]:
    """Its recurrence; intervals of months, because Outlook knows no lists of them."""
    ceremony = series.ceremony
    ordinal, _, day = ceremony.day.rpartition(" ")
    byday = DAYS[WEEKDAYS.index(cast(Weekday, day))]
    if ceremony.every == "week":
        return {"freq": "weekly", "byday": byday}
    number = "-1" if ordinal == "last" else ordinal[0]
    return {"freq": "monthly", "interval": _MONTHS[ceremony.every], "byday": f"{number}{byday}"}


def _one(uid: str, series: Series, differing: Differing, url: str) -> Event:
    """An override of the plan's date, or, of an extra one, an event of its own."""
    zone, gone = ZoneInfo(series.zone), differing.how in NOT_HELD
    note = "\n".join(filter(None, (_note(series, differing), differing.reason)))
    extra = differing.planned is None
    its_uid = f"{differing.on:%Y%m%d}.{uid}" if extra else uid
    event = _event(its_uid, series, url, _local(differing.starts, zone), differing.ends, note, gone=gone)
    if not extra:
        event.add("recurrence-id", datetime.combine(differing.on, series.ceremony.at, zone))
    event.add("sequence", differing.sequence)
    _stamp(event, differing.known_from)
    return event


def _note(series: Series, differing: Differing) -> str:
    match differing.how:
        case "moved" if differing.planned:
            planned = differing.planned.astimezone(ZoneInfo(series.zone))
            return f"Moved from {planned:%a} {planned.day} {planned:%b %Y, %H:%M} {series.zone}."
        case "holiday":
            return "Does not take place: it is a holiday."
        case "skipped" | "extra skipped":
            return "Does not take place."
        case "extra":
            return "An extra one."
        case _:
            return ""


def _event(
    uid: str, series: Series, url: str, begin: datetime, ends: datetime, note: str = "", *, gone: bool = False
) -> Event:
    from icalendar import Event

    ceremony, event = series.ceremony, Event()
    event.add("uid", uid)
    event.add("summary", f"Cancelled: {ceremony.name}" if gone else ceremony.name)
    event.add("dtstart", begin)
    event.add("dtend", ends if begin.tzinfo is UTC else _local(ends, ZoneInfo(series.zone)))
    event.add("status", "CANCELLED" if gone else "CONFIRMED")
    event.add("transp", "TRANSPARENT" if gone else "OPAQUE")
    slack = channel_address(url, ceremony.channel)
    lines = [note, f"In Slack: {slack}" if slack else ""]
    if words := "\n".join(filter(None, lines)):
        event.add("description", words)
    if ceremony.where:
        event.add("location", ceremony.where)
        if is_link(ceremony.where):
            event.add("url", ceremony.where)
    return event


def _stamp(event: Event, at: datetime) -> None:
    event.add("dtstamp", at)
    event.add("last-modified", at)


def _local(instant: datetime, zone: ZoneInfo) -> datetime:
    """By the clocks of the zone; an hour they show for the second time can only be told in UTC."""
    local = instant.astimezone(zone)
    return instant.astimezone(UTC) if local.fold else local
