"""The two ladders of an open conflict: who is asked next when nobody answers, and when.

A rung counts from its own instant, whenever it is looked at; so after a long stop all that fell due in
between is climbed at once, and what is said of it is decided where the conflict is woken.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from typing import Literal

from council.conflict import Conflict, Ladder, Ladders, State
from council.deadlines import next_window, reminder_at
from council.hours import instant_of, wall
from council.seats import role_of
from council.windows import LIMIT, REMINDER
from council.workspace import Workspace

PINGS_END = 30
"""So many days after the limit nobody is pinged any more; the conflict stays on the council's agenda."""
CLOSE_BY = timedelta(minutes=30)
"""A reminder is left out when another rung is nearer than this."""
LAST_WINDOW = 3
"""The acknowledgement ladder: the owner is reminded, the first level is asked, then the next one."""

StepKind = Literal["remind", "ask", "weekly", "skip", "end"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Step:
    """One rung climbed: at which instant it fell due and who is asked by it, if anybody."""

    ladder: Ladders
    rung: int
    at: datetime
    kind: StepKind
    person: str | None = None


def next_level(conflict: Conflict, ladder: Ladder, workspace: Workspace, now: datetime) -> str | None:
    """The next one to ask: not empty, away, the owner, or asked already in this ladder.

    Nobody is asked on their own report while another in the chain can be.
    """
    used = (conflict.owner, *ladder.asked)
    free = [p for p in _levels(conflict, workspace) if p not in used and workspace.present(p, now)]
    others = [person for person in free if person != conflict.reporter]
    return next(iter((*others, *free)), None)


def _levels(conflict: Conflict, workspace: Workspace) -> Iterator[str]:
    """The people of the chain, in order; *council* is each of its seats."""
    for word in conflict.route.chain:
        seats = workspace.configuration.council.seats if word == "council" else (word,)
        yield from filter(None, (_level(each, conflict, workspace) for each in seats))


def _level(word: str, conflict: Conflict, workspace: Workspace) -> str | None:
    if word == "account_owner":
        return conflict.facts.account_owner
    role = role_of(conflict.seat if word == "deputy" else word, workspace)
    if role is None:
        return None
    return role.deputy if word == "deputy" else role.holder


def climb_acknowledge(
    conflict: Conflict, workspace: Workspace, now: datetime
) -> tuple[Conflict, tuple[Step, ...]]:
    """Climb the acknowledgement ladder up to `now`; it ends at the acknowledgement or the deadline."""
    steps: list[Step] = []
    while (at := acknowledge_due(conflict)) is not None and at <= now:
        step = _acknowledge_step(conflict, at, workspace, now)
        steps.append(step)
        ends = next_window(
            conflict.acknowledge.since, at, immediate=conflict.route.immediate, hours=workspace.hours
        )
        conflict = replace(conflict, acknowledge=_climbed(conflict.acknowledge, step), window_ends=ends)
    return conflict, tuple(steps)


def acknowledge_due(conflict: Conflict) -> datetime | None:
    """When the next rung of the acknowledgement ladder is due, None when it has ended.

    The limit ends it, for today's meeting that is its start: from then on it is decided in the meeting.
    """
    waiting = conflict.state is State.OPEN and conflict.acknowledge.rung < LAST_WINDOW
    return conflict.window_ends if waiting and conflict.window_ends < conflict.deadline.limit else None


def _acknowledge_step(conflict: Conflict, at: datetime, workspace: Workspace, now: datetime) -> Step:
    rung = conflict.acknowledge.rung + 1
    if rung == 1:
        owner = conflict.owner if workspace.present(conflict.owner, now) else None
        return Step(ladder=Ladders.ACKNOWLEDGE, rung=rung, at=at, kind="remind", person=owner)
    level = next_level(conflict, conflict.acknowledge, workspace, now)
    return Step(ladder=Ladders.ACKNOWLEDGE, rung=rung, at=at, kind="ask", person=level)


def climb_deadline(
    conflict: Conflict, workspace: Workspace, now: datetime
) -> tuple[Conflict, tuple[Step, ...]]:
    """Climb the deadline ladder up to `now`: reminder, overdue, one level a working day, weekly, silence."""
    steps: list[Step] = []
    while (step := deadline_step(conflict, workspace, now)) is not None and step.at <= now:
        steps.append(step)
        asked = step.person if step.kind == "ask" else None
        conflict = replace(conflict, due=_climbed(conflict.due, step), asked=asked or conflict.asked)
    return conflict, tuple(steps)


def _climbed(ladder: Ladder, step: Step) -> Ladder:
    asked = (*ladder.asked, step.person) if step.kind == "ask" and step.person else ladder.asked
    return Ladder(rung=step.rung, since=step.at, asked=asked)


def deadline_step(conflict: Conflict, workspace: Workspace, now: datetime) -> Step | None:
    """The next rung of the deadline ladder, None when the conflict waits for nothing more."""
    rung = conflict.due.rung
    if not conflict.is_open or (rung >= LIMIT and conflict.due.since >= _pings_end(conflict, workspace)):
        return None
    if rung < REMINDER:
        return _reminder(conflict, workspace, now)
    if rung < LIMIT:
        level = next_level(conflict, conflict.due, workspace, now)
        return Step(ladder=Ladders.DEADLINE, rung=LIMIT, at=conflict.overdue_at, kind="ask", person=level)
    return _after_limit(conflict, workspace, now)


def _reminder(conflict: Conflict, workspace: Workspace, now: datetime) -> Step:
    """The owner's reminder; left out when another rung is close by, or a meeting is where it is decided."""
    at = reminder_at(conflict.due.since, conflict.deadline, workspace.hours)
    left_out = any(abs(rung - at) < CLOSE_BY for rung in _other_rungs(conflict))
    if left_out or not workspace.present(conflict.owner, now):
        return Step(ladder=Ladders.DEADLINE, rung=REMINDER, at=at, kind="skip")
    return Step(ladder=Ladders.DEADLINE, rung=REMINDER, at=at, kind="remind", person=conflict.owner)


def _other_rungs(conflict: Conflict) -> Iterator[datetime]:
    yield conflict.overdue_at
    upcoming = acknowledge_due(conflict)
    if upcoming is not None:
        yield upcoming
    if conflict.acknowledge.rung:
        yield conflict.acknowledge.since


def _after_limit(conflict: Conflict, workspace: Workspace, now: datetime) -> Step:
    """The next level one working day later; at the top one line a week to the last one asked."""
    rung, ends = conflict.due.rung + 1, _pings_end(conflict, workspace)
    level = next_level(conflict, conflict.due, workspace, now)
    since = conflict.due.since
    at = _working_day_after(since, workspace) if level else _days_after(since, 7, workspace)
    if at >= ends:
        return Step(ladder=Ladders.DEADLINE, rung=rung, at=ends, kind="end")
    if level:
        return Step(ladder=Ladders.DEADLINE, rung=rung, at=at, kind="ask", person=level)
    last = conflict.asked if workspace.present(conflict.asked, now) else None
    return Step(ladder=Ladders.DEADLINE, rung=rung, at=at, kind="weekly", person=last)


def _working_day_after(instant: datetime, workspace: Workspace) -> datetime:
    """The same time on the wall, on the next working day."""
    hours = workspace.hours
    local = wall(instant, hours.zone)
    return instant_of(hours.add_working_days(local.date(), 1), local.time(), hours.zone)


def _pings_end(conflict: Conflict, workspace: Workspace) -> datetime:
    return _days_after(conflict.overdue_at, PINGS_END, workspace)


def _days_after(instant: datetime, days: int, workspace: Workspace) -> datetime:
    """The same time on the wall, so many calendar days later."""
    local = wall(instant, workspace.hours.zone) + timedelta(days=days)
    return instant_of(local.date(), local.time(), workspace.hours.zone)
