"""Who is asked before a standup, and when: each at their own last morning before it, for seats nobody else
answers for.

A seat is asked of its holder, while they are away of whom they named or their deputy; of nobody else.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import datetime, time, timedelta

from council.cadence import Ceremony
from council.deadlines import said_at
from council.hours import Hours, instant_of, wall
from council.seats import role_of
from council.standup import Asked, Standup, Unasked
from council.workspace import Workspace

LEAST_AHEAD = timedelta(minutes=45)
"""The question comes at least so long before the summary."""
LATEST = timedelta(minutes=15)
"""Nearer to the summary nobody is asked any more, whatever kept us from asking in time."""
ON_TIME = timedelta(minutes=15)
"""Asked within this it counts as asked at its instant; later it waits for the person's working hours."""
LAST_HOUR = timedelta(hours=1)
LEAST_APART = timedelta(hours=2)
_DAY = timedelta(days=1)


@dataclass(frozen=True, slots=True, kw_only=True)
class Turn:
    """Somebody who is to be asked at an instant (aware UTC), for these seats."""

    person: str
    at: datetime
    seats: tuple[str, ...]
    instead_of: tuple[str, ...] = ()


def prompt_at(at: time, zone: str, summary: datetime, hours: Hours) -> datetime:
    """The last time the clocks of `zone` show `at` on a working day, early enough before the summary."""
    latest = summary - LEAST_AHEAD
    day = wall(latest, zone).date()
    while not hours.is_working_day(day) or instant_of(day, at, zone) > latest:
        day -= _DAY
    return instant_of(day, at, zone)


def reminder_at(summary: datetime, hours: Hours) -> datetime:
    """When the last working hour before the summary begins, in hours read in the person's zone."""
    left, day = LAST_HOUR, hours.day_of(summary)
    while True:
        if hours.is_working_day(day) and hours.opening_of(day) < summary:
            end = min(summary, hours.closing_of(day))
            start = max(hours.opening_of(day), end - left)
            left -= end - start
            if not left:
                return start
        day -= _DAY


def reminds_at(asked: Asked, standup: Standup, workspace: Workspace) -> datetime | None:
    """When this person is reminded, None for never: once at most, and never soon after the question."""
    if asked.quiet or asked.reminded or standup.answer_of(asked.person):
        return None
    theirs = replace(workspace.hours, zone=workspace.zone_of(asked.person))  # with the days off of all
    at = reminder_at(standup.summary_at, theirs)
    return at if at - asked.at >= LEAST_APART else None


def turns(standup: Standup, ceremony: Ceremony, workspace: Workspace, now: datetime) -> tuple[Turn, ...]:
    """Who is to be asked, each once; whoever is asked already is not asked again."""
    found: dict[str, Turn] = {}
    for seat in unsettled(standup, ceremony, workspace):
        turn = _turn(seat, standup, ceremony, workspace, now)
        if turn is None:
            continue
        before = found.get(turn.person, Turn(person=turn.person, at=turn.at, seats=()))
        found[turn.person] = Turn(
            person=turn.person,
            at=turn.at,
            seats=(*before.seats, *turn.seats),
            instead_of=(
                *before.instead_of,
                *(who for who in turn.instead_of if who not in before.instead_of),
            ),
        )
    return tuple(found.values())


def _both(one: Turn, other: Turn) -> Turn:
    return replace(
        one,
        seats=(*one.seats, *other.seats),
        instead_of=tuple(dict.fromkeys((*one.instead_of, *other.instead_of))),
    )


def unsettled(standup: Standup, ceremony: Ceremony, workspace: Workspace) -> tuple[str, ...]:
    """The seats for which nobody has been asked; who left without an answer counts for nothing."""
    counting = (
        asked
        for asked in standup.asked
        if not workspace.gone(asked.person) or standup.answer_of(asked.person)
    )
    settled = {seat for asked in counting for seat in asked.seats}
    return tuple(seat for seat in seats_of(ceremony, workspace) if seat not in settled)


def seats_of(ceremony: Ceremony, workspace: Workspace) -> tuple[str, ...]:
    """The seats that are asked: those of the ceremony, else the council's."""
    return tuple(dict.fromkeys(ceremony.representatives or workspace.configuration.council.seats))


def not_asked(
    standup: Standup, ceremony: Ceremony, workspace: Workspace, now: datetime
) -> tuple[Unasked, ...]:
    """The seats for which nobody was asked by now, and whether somebody would have been there."""
    seats = unsettled(standup, ceremony, workspace)
    return tuple(
        Unasked(
            seat=seat,
            late=any(workspace.present(who, now) for who in _line(seat, standup, workspace, now)),
        )
        for seat in seats
    )


def _turn(
    seat: str, standup: Standup, ceremony: Ceremony, workspace: Workspace, now: datetime
) -> Turn | None:
    """The first of those who may answer for the seat that can be asked in time."""
    role = role_of(seat, workspace)
    for person in _line(seat, standup, workspace, now):
        at = _asked_at(person, standup, ceremony, workspace, now)
        if at is not None:
            away = role.holder if role and role.holder not in (None, person) else None
            named = (away,) if away and not workspace.gone(away) else ()
            return Turn(person=person, at=at, seats=(seat,), instead_of=named)
    return None


def _line(seat: str, standup: Standup, workspace: Workspace, now: datetime) -> Iterator[str]:
    """Who may answer for a seat, in order; of one without a holder whoever set the bot up is the last."""
    role = role_of(seat, workspace)
    if role is None:
        return
    named = [role.holder, *_stand_ins(role.holder, standup, workspace, now), role.deputy]
    if role.holder is None:
        named += workspace.keepers
    yield from (person for person in dict.fromkeys(named) if person)


def _stand_ins(
    holder: str | None, standup: Standup, workspace: Workspace, now: datetime
) -> Iterator[str | None]:
    """Whom the holder named for an absence between now and then."""
    meanwhile = (each for each in workspace.absences if each.until > now and each.since < standup.ends)
    return (each.stand_in for each in meanwhile if each.person == holder)


def _asked_at(
    person: str, standup: Standup, ceremony: Ceremony, workspace: Workspace, now: datetime
) -> datetime | None:
    """When this person can be asked, from now on; None when they are away then, or it is too late."""
    zone, hours = workspace.zone_of(person), workspace.hours
    due = prompt_at(ceremony.prompt_at or ceremony.at, zone, standup.summary_at, hours)
    at = max(due, now) if now <= due + ON_TIME else said_at(now, workspace.hours_of(person), immediate=False)
    fits = at <= standup.summary_at - LATEST and workspace.present(person, at)
    return at if fits else None
