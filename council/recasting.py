"""Changing how a ceremony recurs: only what is still ahead changes, and what that means is said before."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from datetime import date, datetime, time
from itertools import islice

from council.cadence import (
    Calendar,
    Ceremony,
    Change,
    Every,
    Occurrence,
    day_problem,
    latest_changes,
    planned_start,
    upcoming,
)
from council.checks import LONGEST_CEREMONY
from council.conflict import Conflict
from council.differences import differences
from council.errors import Invalid
from council.hours import WEEKDAYS, wall
from council.moves import Moved
from council.moving import moved_with_it
from council.notice import Notice, NoticeKind, announce
from council.people import Channel
from council.sentence import Sentence, When, say
from council.workspace import Configuration, Workspace

DATES_SHOWN = 3
ORDINALS = ("1st", "2nd", "3rd", "4th", "last")
DAYS: dict[Every, tuple[str, ...]] = {
    "week": WEEKDAYS,
    **{
        every: tuple(f"{ordinal} {day}" for ordinal in ORDINALS for day in WEEKDAYS)
        for every in ("month", "quarter", "half-year")
    },
}
"""The days that come every time; a 31st or a fifth Tuesday does not."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Recast:
    """How a ceremony is to be held from now on, as somebody chose it; None for what was left empty."""

    every: Every
    day: str | None
    month: int | None = None
    at: time | None
    minutes: int | None
    zone: str | None = None
    channel: Channel | None = None
    where: str | None = None
    agenda_before: int | None = None
    prompt_at: time | None = None
    representatives: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Effect:
    """What a changed configuration means for one ceremony, as far as one can say today."""

    ceremony: Ceremony
    differences: tuple[Sentence, ...]
    before: tuple[Occurrence, ...]
    after: tuple[Occurrence, ...]
    fates: tuple[Sentence, ...]
    remarks: tuple[Sentence, ...]
    follows: tuple[tuple[Conflict, Moved], ...]

    @property
    def reschedules(self) -> bool:
        """True when it takes place at other times than before."""
        return [each.starts for each in self.before] != [each.starts for each in self.after]


def recast(ceremony: Ceremony, chosen: Recast) -> Ceremony:
    """The ceremony held as chosen; raises `Invalid` per field, also when it would not come every time."""
    found = dict(_missing(chosen))
    if not found and (wrong := day_problem(chosen.every, chosen.day or "", chosen.month)):
        found["day"] = wrong
    if chosen.channel is not None and (wrong := _channel_problem(chosen.channel, ceremony)):
        found["channel"] = wrong
    if found or chosen.day is None or chosen.at is None or chosen.minutes is None:
        raise Invalid(found)
    return replace(
        ceremony,
        every=chosen.every,
        day=chosen.day,
        month=chosen.month,
        at=chosen.at,
        minutes=chosen.minutes,
        zone=chosen.zone,
        channel=chosen.channel.id if chosen.channel else None,
        where=chosen.where,
        agenda_before=chosen.agenda_before,
        prompt_at=chosen.prompt_at,
        representatives=chosen.representatives,
    )


def _missing(chosen: Recast) -> Iterator[tuple[str, Sentence]]:
    if chosen.day is None:
        yield "day", say("Pick a day.")
    if chosen.at is None:
        yield "at", say("Pick a time.")
    if chosen.minutes is None or not 1 <= chosen.minutes <= LONGEST_CEREMONY:
        yield "minutes", say("Write whole minutes, from 1 to {most}.", most=LONGEST_CEREMONY)
    if chosen.agenda_before is not None and chosen.agenda_before < 0:
        yield "agenda_before", say("Write whole working days, from 0.")


def _channel_problem(channel: Channel, ceremony: Ceremony) -> Sentence | None:
    """What was there before stays: whoever imported it has seen it."""
    if channel.id == ceremony.channel:
        return None
    if channel.archived:
        return say("That channel is archived; choose another one.")
    if channel.shared:
        return say("Other organisations read there; choose a channel of your own.")
    if channel.kind != "public" and not channel.bot_in:
        return say("I am not in that private channel; invite me there first, or choose another one.")
    return None


def effect(
    key: str, changed: Configuration, hanging: Iterable[Conflict], workspace: Workspace, now: datetime
) -> Effect:
    """What it means: dates before and after, what was changed by hand, deadlines. Nothing past changes."""
    planned = replace(workspace, configuration=changed)
    old, new = workspace.calendar, planned.calendar
    after = tuple(islice(upcoming(new, key, now), DATES_SHOWN))
    return Effect(
        ceremony=next(each for each in changed.ceremonies if each.key == key),
        differences=differences(workspace.configuration, changed),
        before=tuple(islice(upcoming(old, key, now), DATES_SHOWN)),
        after=after,
        fates=tuple(_fates(old, new, key, now)),
        remarks=tuple(_remarks(new, key, after)),
        follows=moved_with_it(hanging, planned, now),
    )


def line(effect: Effect, *, by: str, workspace: Workspace, now: datetime) -> tuple[Notice, ...]:
    """What is said where the ceremony lives; nothing while it takes place when it did."""
    channel = effect.ceremony.channel or workspace.configuration.channels.council
    if channel is None or not effect.reschedules or not effect.after:
        return ()
    first, *later = effect.after
    said = announce(
        NoticeKind.CADENCE_CHANGED,
        channel,
        now,
        by=by,
        on=first.on.isoformat(),
        starts=first.starts.isoformat(),
        then=",".join(each.starts.isoformat() for each in later),
        deadlines=len(effect.follows),
    )
    return (said,)


def _fates(old: Calendar, new: Calendar, key: str, now: datetime) -> Iterator[Sentence]:
    """What becomes of each date that was moved, skipped or added, and is still ahead."""
    for on, change in sorted(latest_changes(new, key).items()):
        was, will = planned_start(old, key, on), planned_start(new, key, on)
        ahead = max(filter(None, (was, will, change.starts)), default=now) > now
        sentence = _fate(change, was, will) if ahead else None
        if sentence is not None:
            yield sentence


def _fate(change: Change, was: datetime | None, will: datetime | None) -> Sentence | None:
    if change.extra:
        return _of_extra(change, will)
    if change.starts is not None and will is not None:
        return say("The one moved to {starts} stays there.", starts=When(change.starts))
    if change.starts is not None and was is not None:
        text = "The one moved to {starts} is dropped: {was} is none of its dates any more."
        return say(text, starts=When(change.starts), was=When(was))
    if change.skipped and will is not None:
        return say("The one of {will} stays skipped.", will=When(will))
    if change.skipped and was is not None:
        return say("That {was} was skipped makes no difference any more.", was=When(was))
    return None


def _of_extra(change: Change, will: datetime | None) -> Sentence | None:
    if change.skipped or change.starts is None:
        return None
    if will is not None:
        text = "The extra one of {starts} takes the place of the regular one, {will}."
        return say(text, starts=When(change.starts), will=When(will))
    return say("The extra one of {starts} stays.", starts=When(change.starts))


def _remarks(calendar: Calendar, key: str, after: Iterable[Occurrence]) -> Iterator[Sentence]:
    """What one may not have meant."""
    ceremony, hours = calendar.ceremony(key), calendar.hours
    if ceremony is None:
        return
    days: dict[date, Occurrence] = {
        wall(each.starts, calendar.zone_of(key)).date(): each for each in after if not each.extra
    }
    if any(WEEKDAYS[day.weekday()] not in hours.days for day in days):
        yield say("That is no working day.")
    if ceremony.every != "week":
        for day, each in days.items():
            if hours.is_holiday(day):
                text = "{starts} is a holiday: the chair is asked to move that one."
                yield say(text, starts=When(each.starts))
