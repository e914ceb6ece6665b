"""The box in the form: who decides, by when, which number stands until then, and who will see it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime

from slack_sdk.models.blocks import Block

from council.deadlines import near_cutoff, needed_by_comes_first
from council.people import Channel
from council.routing import Asked, Route, route
from council.visibility import Place, card_place
from council.workspace import Workspace
from handlers import kit
from handlers.conflicts.report_form import ReportForm, asked_of
from handlers.wording import name, read, upper_first

TITLE = "*Who decides, by when, and which number stands until then*"
CHOOSE = "Choose a kind and this box says who decides, and by when. If none fits, choose *Not sure*."


@dataclass(frozen=True, slots=True)
class Preview:
    """The box, and whether the form must ask *today's meeting or the next?* (then the meeting's name)."""

    blocks: list[Block]
    near_meeting: str | None = None


def preview(
    form: ReportForm,
    reporter: str,
    workspace: Workspace,
    reported_in: Channel | None,
    channels: Mapping[str, Channel],
    now: datetime,
) -> Preview:
    """What will happen if this is sent as it is."""
    asked = asked_of(form, reporter, workspace)
    if asked is None:
        return Preview([kit.text(f"{TITLE}\n{CHOOSE}", block_id="box")])
    try:
        way = route(asked, workspace, now)
    except LookupError:
        return Preview([kit.text(f"{TITLE}\nNobody can decide this yet: no seat is filled.", block_id="box")])
    place = place_of(form, asked, workspace, reported_in, channels)
    lines = [_decider(way, reporter, workspace), *_late(asked, workspace, now), _until_then(way, workspace)]
    lines.append(" · ".join(part for part in (_told(way, workspace), _seen(place, way, workspace)) if part))
    near = near_cutoff(asked.type.timeframe, now, workspace.calendar)
    meeting = workspace.calendar.name_of(near.ceremony) if near else None
    words = "\n".join(line for line in (TITLE, *lines) if line)
    return Preview([kit.text(words, block_id="box")], meeting)


def place_of(
    form: ReportForm,
    asked: Asked,
    workspace: Workspace,
    reported_in: Channel | None,
    channels: Mapping[str, Channel],
) -> Place:
    """Where the card of this report would stand."""
    homes = (asked.type.home_channel, workspace.configuration.channels.council)
    return card_place(reported_in, homes, channels, confidential="confidential" in form.flags)


def _decider(way: Route, reporter: str, workspace: Workspace) -> str:
    who = "You" if way.owner == reporter else name(way.owner, workspace.people)
    verb = "decide" if way.owner == reporter else "decides"
    by = kit.when(way.deadline.limit, workspace.hours.zone)
    because = read(way.deadline.because, workspace)
    substituted = "; ".join(read(part, workspace) for part in way.substitutions)
    line = f"*{who}* ({kit.quoted(way.role, 80)}) {verb} by *{by}*, {because}."
    return f"{line}\n{upper_first(substituted)}." if substituted else line


def _late(asked: Asked, workspace: Workspace, now: datetime) -> list[str]:
    meeting = needed_by_comes_first(
        asked.type.timeframe, now=now, needed_by=asked.needed_by, calendar=workspace.calendar
    )
    if meeting is None:
        return []
    at = kit.when(meeting.starts, workspace.hours.zone)
    return [
        f"The {kit.quoted(workspace.calendar.name_of(meeting.ceremony), 80)} ({at}) comes too late for that."
    ]


def _until_then(way: Route, workspace: Workspace) -> str:
    standing = way.standing
    if standing is None:
        owner = name(way.owner, workspace.people)
        return f"No source is agreed; nothing stands until {owner} decides."
    source = kit.quoted(standing.source, 80)
    if standing.neither:
        return f"The agreed source is *{source}*; neither of these two."
    because = f". {upper_first(kit.quoted(standing.because, 200))}." if standing.because else "."
    return f"Until then use: *{source}*{because}"


def _told(way: Route, workspace: Workspace) -> str:
    names = [f"{name(told.person, workspace.people)} ({kit.quoted(told.role, 80)})" for told in way.told]
    if not names:
        return ""
    shown = names if len(names) <= 4 else [*names[:3], f"{len(names) - 3} more"]
    verb = "is" if len(names) == 1 else "are"
    return f"{_list(shown)} {verb} told too."


def _seen(place: Place, way: Route, workspace: Workspace) -> str:
    if place.channel:
        return f"Seen by: {kit.channel_link(place.channel)}"
    people = [
        name(person, workspace.people) for person in dict.fromkeys((way.owner, *(t.person for t in way.told)))
    ]
    return f"Seen only by: {_list([*people, 'you'])}"


def _list(words: list[str]) -> str:
    return words[0] if len(words) == 1 else f"{', '.join(words[:-1])} and {words[-1]}"
