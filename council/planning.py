"""Planning one date of a ceremony: it is moved or skipped, or an extra one is added."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import date, datetime, time, timedelta
from itertools import takewhile

from council.cadence import (
    Calendar,
    Ceremony,
    Change,
    Occurrence,
    changes_of,
    occurrence_on,
    planned_start,
    running_or_upcoming,
)
from council.conflict import Conflict
from council.errors import Invalid, Refused, Unknown, require
from council.hours import instant_of, wall
from council.moves import Moved
from council.moving import moved_with_it
from council.notice import Notice, NoticeKind, announce
from council.people import Person
from council.permissions import plan
from council.sentence import When, Who, say
from council.workspace import Workspace

FARTHEST = timedelta(days=731)
_DAY = timedelta(days=1)
_TICK = timedelta(microseconds=1)


@dataclass(frozen=True, slots=True, kw_only=True)
class Seen:
    """An occurrence as somebody saw it when they began: where it was then."""

    ceremony: str
    on: date
    starts: datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class Slot:
    """A date and a time as they were chosen, on the wall of the ceremony's zone, and why."""

    day: date | None = None
    at: time | None = None
    reason: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Standing:
    """How one date of a ceremony stands now; `occurrence` is None when it does not take place."""

    ceremony: Ceremony
    on: date
    occurrence: Occurrence | None

    @property
    def people(self) -> Iterator[str]:
        """Everybody who may be named in what is said about it."""
        yield from ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Planned:
    """What becomes of one occurrence, whose deadline moves with it, and the line that says so."""

    change: Change
    follows: tuple[tuple[Conflict, Moved], ...] = ()
    notices: tuple[Notice, ...] = ()


def move(
    seen: Seen,
    slot: Slot,
    hanging: Iterable[Conflict],
    *,
    by: Person | None,
    workspace: Workspace,
    now: datetime,
) -> Planned:
    """The occurrence somewhere else; back where the plan had it, it stands as planned.

    `hanging` are the open conflicts whose deadline hangs on the ceremony. Raises `Invalid` per field.
    """
    member = plan(by, workspace)
    ceremony, occurrence = _unmoved(seen, workspace, now)
    starts = _instant(slot, ceremony, workspace, now)
    if starts == occurrence.starts:
        raise Invalid({"day": say("That is when it takes place already; pick another date or time.")})
    _free(starts, ceremony, occurrence.on, workspace)
    as_planned = not occurrence.extra and starts == planned_start(
        workspace.calendar, ceremony.key, occurrence.on
    )
    change = Change(
        ceremony=ceremony.key,
        on=occurrence.on,
        starts=None if as_planned else starts,
        extra=occurrence.extra,
        reason=slot.reason.strip(),
        by=member.id,
        known_from=now,
    )
    return _settled(NoticeKind.MEETING_MOVED, change, occurrence.starts, hanging, workspace, now)


def skip(
    seen: Seen,
    reason: str,
    hanging: Iterable[Conflict],
    *,
    by: Person | None,
    workspace: Workspace,
    now: datetime,
) -> Planned:
    """The occurrence does not take place; whoever waits for it reads why."""
    skipped = if_skipped(seen, hanging, by=by, workspace=workspace, now=now, reason=reason.strip())
    require(reason, "reason", say("Say in a few words why it does not take place."))
    return skipped


def if_skipped(
    seen: Seen,
    hanging: Iterable[Conflict],
    *,
    by: Person | None,
    workspace: Workspace,
    now: datetime,
    reason: str = "",
) -> Planned:
    """What would follow from skipping it, before anybody has said why."""
    member = plan(by, workspace)
    _, occurrence = _unmoved(seen, workspace, now)
    change = Change(
        ceremony=seen.ceremony,
        on=seen.on,
        skipped=True,
        extra=occurrence.extra,
        reason=reason,
        by=member.id,
        known_from=now,
    )
    return _settled(NoticeKind.MEETING_SKIPPED, change, occurrence.starts, hanging, workspace, now)


def add_extra(
    key: str,
    slot: Slot,
    hanging: Iterable[Conflict],
    *,
    by: Person | None,
    workspace: Workspace,
    now: datetime,
) -> Planned:
    """One more than the plan has. On a day that was skipped or is a holiday, that one takes place after all.

    What hangs on an occurrence that stands keeps hanging on it.
    """
    member = plan(by, workspace)
    require(key, "ceremony", say("Choose which ceremony."))
    ceremony = _known(key, workspace)
    starts = _instant(slot, ceremony, workspace, now)
    on = _identity(ceremony, starts, workspace.calendar)
    _free(starts, ceremony, on, workspace)
    regular = planned_start(workspace.calendar, key, on)
    change = Change(
        ceremony=key,
        on=on,
        starts=None if starts == regular else starts,
        extra=regular is None,
        reason=slot.reason.strip(),
        by=member.id,
        known_from=now,
    )
    return _settled(NoticeKind.MEETING_ADDED, change, None, hanging, workspace, now)


def standing(calendar: Calendar, key: str, on: date) -> Standing | None:
    """How that date stands now; None once its ceremony is gone."""
    ceremony = calendar.ceremony(key)
    if ceremony is None:
        return None
    return Standing(ceremony=ceremony, on=on, occurrence=occurrence_on(calendar, key, on))


def still_said(notice: Notice, date: Standing) -> bool:
    """False once it was moved on, or takes place after all: then a newer line says so."""
    return still_stands(notice.facts, date)


def still_stands(facts: Mapping[str, str | int], date: Standing) -> bool:
    """True while the date is where it was said to be."""
    return facts["starts"] == (date.occurrence.starts.isoformat() if date.occurrence else "")


def with_change(workspace: Workspace, change: Change) -> Workspace:
    """The workspace once the change is known."""
    return replace(workspace, changes=(*workspace.changes, change))


def _known(key: str, workspace: Workspace) -> Ceremony:
    ceremony = workspace.calendar.ceremony(key)
    if ceremony is None:
        raise Unknown(say("That ceremony is not held any more; please look at what takes place next."))
    return ceremony


def still_ahead(key: str, on: date, workspace: Workspace, now: datetime) -> Occurrence:
    """The occurrence, if it has not begun; raises `Refused` saying what became of it."""
    _known(key, workspace)
    occurrence = occurrence_on(workspace.calendar, key, on)
    latest = next(reversed(changes_of(workspace.calendar, key, on)), None)
    if occurrence is None and latest is not None and latest.skipped:
        raise Refused(say("{who} has skipped it meanwhile: {why}", who=_who(latest), why=latest.reason))
    if occurrence is None:
        raise Refused(say("It is not planned for that day any more; please look at what takes place next."))
    if occurrence.starts <= now:
        text = "It began {at}; only what is still ahead can be moved or skipped."
        raise Refused(say(text, at=When(occurrence.starts)))
    return occurrence


def _unmoved(seen: Seen, workspace: Workspace, now: datetime) -> tuple[Ceremony, Occurrence]:
    """The occurrence, if it is still ahead and where it was when somebody began."""
    occurrence = still_ahead(seen.ceremony, seen.on, workspace, now)
    if occurrence.starts != seen.starts:
        latest = next(reversed(changes_of(workspace.calendar, seen.ceremony, seen.on)), None)
        text = "{who} has moved it meanwhile: it takes place {at}. Please look at it again."
        raise Refused(say(text, who=_who(latest), at=When(occurrence.starts)))
    return _known(seen.ceremony, workspace), occurrence


def _who(change: Change | None) -> Who | str:
    return Who(change.by) if change and change.by else "Somebody"


def _instant(slot: Slot, ceremony: Ceremony, workspace: Workspace, now: datetime) -> datetime:
    zone = workspace.calendar.zone_of(ceremony.key)
    today = wall(now, zone).date()
    if slot.day is None or not today <= slot.day <= today + FARTHEST:
        raise Invalid({"day": say("Pick a day from today on, within two years.")})
    if slot.at is None:
        raise Invalid({"at": say("Pick a time.")})
    starts = instant_of(slot.day, slot.at, zone)
    if starts <= now:
        raise Invalid({"at": say("Pick a time after now.")})
    return starts


def _free(starts: datetime, ceremony: Ceremony, on: date, workspace: Workspace) -> None:
    """Raises `Invalid` when another occurrence of the same ceremony takes place then."""
    ends = starts + ceremony.length
    near = takewhile(
        lambda found: found.starts < ends, running_or_upcoming(workspace.calendar, ceremony.key, starts)
    )
    other = next((found for found in near if found.on != on), None)
    if other is not None:
        text = "Another one takes place then, {at}; pick another time."
        raise Invalid({"at": say(text, at=When(other.starts))})


def _identity(ceremony: Ceremony, starts: datetime, calendar: Calendar) -> date:
    """The date an extra one is known by: its own; when that one is taken, the next that never was one."""
    key, day = ceremony.key, wall(starts, calendar.zone_of(ceremony.key)).date()
    if occurrence_on(calendar, key, day) is None:
        return day
    while planned_start(calendar, key, day) or changes_of(calendar, key, day):
        day += _DAY
    return day


def _settled(
    kind: NoticeKind,
    change: Change,
    before: datetime | None,
    hanging: Iterable[Conflict],
    workspace: Workspace,
    now: datetime,
) -> Planned:
    """With what follows; known only after what was known before, even in the same instant."""
    calendar = workspace.calendar
    earlier = changes_of(calendar, change.ceremony, change.on)
    known = max(now, earlier[-1].known_from + _TICK) if earlier else now
    change = replace(change, known_from=known)
    changed = with_change(workspace, change)
    follows = moved_with_it(hanging, changed, now)
    occurrence = occurrence_on(changed.calendar, change.ceremony, change.on)
    instants = (before, occurrence.starts if occurrence else None)
    channel = channel_of(_known(change.ceremony, workspace), workspace)
    if channel is None:
        return Planned(change=change, follows=follows)
    line = announce(
        kind, channel, now, deadlines=len(follows), sequence=len(earlier) + 1, **_facts(change, *instants)
    )
    until = max(at for at in instants if at)
    return Planned(
        change=change, follows=follows, notices=(replace(line, good_until=min(line.good_until, until)),)
    )


def _facts(change: Change, before: datetime | None, after: datetime | None) -> dict[str, str | int]:
    return {
        "ceremony": change.ceremony,
        "on": change.on.isoformat(),
        "was": before.isoformat() if before else "",
        "starts": after.isoformat() if after else "",
        "why": change.reason,
        "by": change.by or "",
        "again": int(not change.extra),
    }


def channel_of(ceremony: Ceremony, workspace: Workspace) -> str | None:
    """Where is said what becomes of it: its own channel, else the council's."""
    return ceremony.channel or workspace.configuration.channels.council
