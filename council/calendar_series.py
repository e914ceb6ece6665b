"""What a calendar outside of Slack shows: what recurs, which dates differ from it, and since when.

A series is the plan; a `Differing` is one of its dates that is moved, skipped, on a holiday or extra. Both
carry a `sequence` that rises with whatever is changed about them, so that a calendar knows which of two
copies is the newer one.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta
from itertools import takewhile
from typing import Literal

from council.cadence import (
    Calendar,
    Ceremony,
    Change,
    Occurrence,
    changes_of,
    occurrence_on,
    planned_start,
    upcoming,
)
from council.hours import Holidays, Hours, instant_of, wall
from council.notice import Notice, NoticeKind, tell
from council.rhythm import prepared_as
from council.workspace import Workspace

How = Literal["as planned", "moved", "skipped", "holiday", "extra", "extra skipped"]
NOT_HELD: frozenset[How] = frozenset({"skipped", "holiday", "extra skipped"})


@dataclass(frozen=True, slots=True, kw_only=True)
class Edition:
    """What one configuration version says of time; `at`: when it came into force."""

    version: int
    at: datetime
    hours: Hours
    ceremonies: tuple[Ceremony, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Since:
    """The version since which a ceremony is as it is, and the local date since which its plan holds."""

    version: int
    at: datetime
    planned_from: date


@dataclass(frozen=True, slots=True, kw_only=True)
class Differing:
    """One date that is not simply the plan's; `on` is its identity.

    `planned` is when the plan has it, None for an extra one. `starts` and `ends` say when it is now; of
    one that is not held, when it would have been.
    """

    on: date
    how: How
    planned: datetime | None
    starts: datetime
    ends: datetime
    sequence: int
    known_from: datetime
    reason: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Series:
    """A ceremony from its `first` date on, without end, and the dates that differ; `zone` is an IANA name."""

    ceremony: Ceremony
    zone: str
    first: date
    sequence: int
    changed_at: datetime
    differing: tuple[Differing, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Dates:
    """All that is written into one calendar; `url` is the workspace's address, `zone` its own.

    `whole`: the council's, with everything. Holidays are in it up to `until`.
    """

    team: str
    url: str
    zone: str
    until: date
    whole: bool = False
    series: tuple[Series, ...] = ()

    @property
    def people(self) -> Iterator[str]:
        """Nobody is named in it."""
        yield from ()


@dataclass(frozen=True, slots=True)
class _Course:
    """All that a series is made of; another one makes another sequence."""

    ceremony: Ceremony
    zone: str
    holidays: Holidays | None

    @property
    def plan(self) -> tuple[object, ...]:
        """What decides on which dates and when; another one begins the series anew."""
        it = self.ceremony
        return it.every, it.day, it.month, it.at, self.zone


def since_when(key: str, editions: Sequence[Edition]) -> Since | None:
    """Since when the ceremony is as the newest edition has it; they come newest first.

    None when there is no such ceremony any more.
    """
    courses = [(edition, _course(key, edition)) for edition in editions]
    now = courses[0][1] if courses else None
    if now is None:
        return None
    same = [edition for edition, _ in takewhile(lambda each: each[1] == now, courses)]
    alike = takewhile(lambda each: each[1] is not None and each[1].plan == now.plan, courses)
    *_, (oldest, _) = alike
    since = wall(oldest.at, now.zone).date()
    return Since(version=same[-1].version, at=same[-1].at, planned_from=since)


def _course(key: str, edition: Edition) -> _Course | None:
    ceremony = next((each for each in edition.ceremonies if each.key == key), None)
    if ceremony is None:
        return None
    weekly = ceremony.every == "week"
    return _Course(ceremony, ceremony.zone or edition.hours.zone, edition.hours.holidays if weekly else None)


def takes_part(person: str, ceremony: Ceremony, workspace: Workspace) -> bool:
    """Whether the person holds or deputises a seat of this ceremony; an empty one whoever set the bot up.

    Its seats are its representatives, else the council's. Of a meeting that is only known about, like that
    of the forecast, nobody knows whose it is.
    """
    configuration = workspace.configuration
    council, keys = configuration.council, ceremony.representatives
    if not keys and prepared_as(ceremony):
        keys = tuple(key for key in (council.chair, *council.seats, council.sponsor) if key)
    for role in filter(None, map(configuration.role, keys)):
        if person in ((role.holder, role.deputy) if role.holder or role.deputy else workspace.keepers):
            return True
    return False


def all_series(
    workspace: Workspace, since: Mapping[str, Since], until: date, *, person: str | None = None
) -> tuple[Series, ...]:
    """The council's ceremonies, or those of a person, in the order of the configuration.

    Holidays are looked for up to `until`; whatever was changed is in it, however far away.
    """
    return tuple(
        _series(workspace.calendar, ceremony, since[ceremony.key], until)
        for ceremony in workspace.configuration.ceremonies
        if ceremony.key in since and (person is None or takes_part(person, ceremony, workspace))
    )


def on_request(person: str, whose: str, workspace: Workspace, now: datetime) -> Notice:
    """The file somebody asked for; they wait for it, so it comes at any hour."""
    return tell(NoticeKind.CALENDAR_FILE, person, workspace, now, priority=1, waits=False, whose=whose)


def _series(calendar: Calendar, ceremony: Ceremony, since: Since, until: date) -> Series:
    zone = calendar.zone_of(ceremony.key)
    plan = replace(calendar, changes=(), hours=replace(calendar.hours, holidays=Holidays()))
    begin = instant_of(since.planned_from, ceremony.at, zone) - timedelta(microseconds=1)
    first = next(upcoming(plan, ceremony.key, begin)).on
    series = Series(ceremony=ceremony, zone=zone, first=first, sequence=since.version, changed_at=since.at)
    planned = (occurrence.on for occurrence in upcoming(plan, ceremony.key, begin))
    soon = takewhile(lambda on: on <= until, planned)
    off = filter(calendar.hours.is_holiday, soon) if ceremony.every == "week" else ()
    dates = {*off, *(change.on for change in calendar.changes if change.ceremony == ceremony.key)}
    found = (_differing(calendar, series, on) for on in sorted(dates))
    return replace(series, differing=tuple(filter(None, found)))


def _differing(calendar: Calendar, series: Series, on: date) -> Differing | None:
    """What became of one date; None of one that the plan does not have any more."""
    key, about = series.ceremony.key, changes_of(calendar, series.ceremony.key, on)
    planned = planned_start(calendar, key, on) if on >= series.first else None
    if planned is None and not any(change.extra for change in about):
        return None
    held, newest = occurrence_on(calendar, key, on), about[-1] if about else None
    before = None if held else _before_it_was_off(calendar, key, on)
    starts = held.starts if held else before.starts if before else planned
    if starts is None:
        return None
    return Differing(
        on=on,
        how=_how(held, planned, newest),
        planned=planned,
        starts=starts,
        ends=starts + series.ceremony.length,
        sequence=series.sequence + len(about),
        known_from=max(newest.known_from if newest else series.changed_at, series.changed_at),
        reason=newest.reason if newest else "",
    )


def _how(held: Occurrence | None, planned: datetime | None, newest: Change | None) -> How:
    if held is None:
        return "extra skipped" if planned is None else "skipped" if newest else "holiday"
    if planned is None:
        return "extra"
    return "as planned" if held.starts == planned else "moved"


def _before_it_was_off(calendar: Calendar, key: str, on: date) -> Occurrence | None:
    """Where it was when it was called off."""
    kept = tuple(change for change in calendar.changes if not change.skipped)
    return occurrence_on(replace(calendar, changes=kept), key, on)
