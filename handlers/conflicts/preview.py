"""The box in the form: who decides, by when, which number stands until then, and who will see it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import datetime

from slack_sdk.models.blocks import Block

from council.cadence import Occurrence
from council.deadlines import near_cutoff, needed_by_comes_first
from council.people import Channel
from council.routing import Asked, Route, route
from council.standing_in import foreseen
from council.visibility import Place, card_place
from council.workspace import Workspace
from handlers import kit
from handlers.conflicts.report_form import ReportForm, asked_of
from handlers.wording import listed, name, read, upper_first

TITLE = "*Who decides, by when, and which number stands until then*"
CHOOSE = "Choose a kind and this box says who decides, and by when. If none fits, choose *Not sure*."
NOBODY = "Nobody can decide this yet: no seat is filled."
MOST_TOLD = 4


@dataclass(frozen=True, slots=True)
class Preview:
    """The box, and whether the form must ask *today's meeting or the next?* (then the meeting's name)."""

    blocks: list[Block]
    near_meeting: str | None = None
    too_late: bool = False
    """True when the meeting it would wait for comes too late: the form offers an emergency call."""


@dataclass(frozen=True, slots=True)
class Looking:
    """Who looks at the form, where they opened it, and the channels that could be the card's home."""

    reporter: str
    reported_in: Channel | None
    channels: Mapping[str, Channel]


def preview(
    form: ReportForm, looking: Looking, workspace: Workspace, now: datetime, note: str = ""
) -> Preview:
    """What will happen if this is sent as it is; `note` is what must be said above it."""
    asked = asked_of(form, looking.reporter, workspace, now)
    if asked is None:
        return _box([note, CHOOSE])
    try:
        way = route(asked, workspace, now)
    except LookupError:
        return _box([note, NOBODY])
    near = near_cutoff(asked.type.timeframe, now, workspace.calendar)
    lines = [
        note,
        _decider(way, looking.reporter, workspace),
        *_away_later(way, asked, workspace, now),
        *_late(form, asked, workspace, now),
        _until_then(way, looking.reporter, workspace),
        _who_hears(form, asked, way, looking, workspace),
    ]
    box = _box(lines, workspace.calendar.name_of(near.ceremony) if near else None)
    return replace(box, too_late=_comes_too_late(asked, workspace, now) is not None)


def _box(lines: list[str], near_meeting: str | None = None) -> Preview:
    words = "\n".join(line for line in (TITLE, *lines) if line)
    return Preview([kit.text(words, block_id="box")], near_meeting)


def _decider(way: Route, reporter: str, workspace: Workspace) -> str:
    own = way.owner == reporter
    who, verb = ("You", "decide") if own else (name(way.owner, workspace.people), "decides")
    by = kit.when(way.deadline.limit, workspace.hours.zone)
    because = read(way.deadline.because, workspace)
    substituted = "; ".join(read(part, workspace) for part in way.substitutions)
    line = f"*{who}* ({kit.quoted(way.role, 80)}) {verb} by *{by}*, {because}."
    return f"{line}\n{upper_first(substituted)}." if substituted else line


def _away_later(way: Route, asked: Asked, workspace: Workspace, now: datetime) -> list[str]:
    words = foreseen(way, asked, workspace, now)
    return [f"{upper_first(read(words, workspace))}."] if words else []


def _late(form: ReportForm, asked: Asked, workspace: Workspace, now: datetime) -> list[str]:
    if form.needed_by and asked.needed_by is None:
        return ["_Needed by_ is over; pick a time after now."]
    meeting = _comes_too_late(asked, workspace, now)
    if meeting is None:
        return []
    called = workspace.calendar.name_of(meeting.ceremony)
    at = kit.when(meeting.starts, workspace.hours.zone)
    return [f"The {kit.quoted(called, 80)} ({at}) comes too late for that, so it is not waited for."]


def _comes_too_late(asked: Asked, workspace: Workspace, now: datetime) -> Occurrence | None:
    timeframe, calendar = asked.type.timeframe, workspace.calendar
    return needed_by_comes_first(timeframe, now=now, needed_by=asked.needed_by, calendar=calendar)


def _until_then(way: Route, reporter: str, workspace: Workspace) -> str:
    standing = way.standing
    if standing is None:
        decides = "you decide" if way.owner == reporter else f"{name(way.owner, workspace.people)} decides"
        return f"No source is agreed; nothing stands until {decides}."
    source = kit.quoted(standing.source, 80)
    if standing.neither:
        return f"The agreed source is *{source}*; neither of these two."
    because = f". {upper_first(kit.quoted(standing.because, 200))}." if standing.because else "."
    return f"Until then use: *{source}*{because}"


def _who_hears(form: ReportForm, asked: Asked, way: Route, looking: Looking, workspace: Workspace) -> str:
    confidential = "confidential" in form.flags
    homes = (asked.type.home_channel, workspace.configuration.channels.council)
    place = card_place(looking.reported_in, homes, looking.channels, confidential=confidential)
    seen = _insiders(place, way, looking, workspace) if confidential else _seen(place, looking)
    unnamed = "Your name stays off the card." if "unnamed" in form.flags and not confidential else ""
    return " · ".join(part for part in (_told(way, workspace), seen, unnamed) if part)


def _told(way: Route, workspace: Workspace) -> str:
    names = [f"{name(told.person, workspace.people)} ({kit.quoted(told.role, 80)})" for told in way.told]
    if not names:
        return ""
    most = MOST_TOLD - 1
    shown = names if len(names) <= MOST_TOLD else [*names[:most], f"{len(names) - most} more"]
    return f"{listed(shown)} {'is' if len(names) == 1 else 'are'} told too."


def _insiders(place: Place, way: Route, looking: Looking, workspace: Workspace) -> str:
    people = dict.fromkeys((way.owner, *(told.person for told in way.told)))
    names = [name(person, workspace.people) for person in people if person != looking.reporter]
    members = [kit.channel_link(place.channel)] if place.channel else []
    return f"Seen only by: {listed([*members, *names, 'you'])}"


def _seen(place: Place, looking: Looking) -> str:
    if place.channel is None:
        return "Seen by everybody here who looks for it; there is no channel for its card."
    because = _why_elsewhere(looking.reported_in) if place.why != "reported here" else ""
    return f"Seen by: {kit.channel_link(place.channel)}{because}"


def _why_elsewhere(reported_in: Channel | None) -> str:
    if reported_in is None:
        return ""
    if reported_in.kind != "public":
        return ", because this conversation is private"
    return ", because this channel is " + ("archived" if reported_in.archived else "shared with others")
