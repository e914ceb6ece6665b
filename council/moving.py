"""A meeting is moved or skipped, and the deadline that hangs on it goes with it."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace
from datetime import datetime

from council.alarm import next_look
from council.conflict import Conflict, Event
from council.moves import Moved, after_change
from council.notice import Notice, NoticeKind, tell
from council.outcome import Outcome
from council.sentence import Sentence, When
from council.timeframes import AtNext, Timeframe
from council.windows import rearm
from council.workspace import Workspace


def follow_meeting(conflict: Conflict, workspace: Workspace, now: datetime) -> Outcome:
    """The deadline as its meeting is planned now: the owner is told once, and both ladders start anew.

    More than a week later the owner is asked whether that will do; the timeline says that they were.
    """
    moved = _moved(conflict, workspace, now)
    if moved is None:
        return Outcome(conflict=conflict, wake_at=next_look(conflict, workspace, now))
    changed = replace(conflict, deadline=moved.deadline)
    if moved.tell_owner:
        changed = rearm(changed, workspace, now)
    return Outcome(
        conflict=changed,
        timeline=(_event(conflict, moved, now),),
        notices=_telling(changed, moved, workspace, now),
        wake_at=next_look(changed, workspace, now),
    )


def moved_with_it(
    conflicts: Iterable[Conflict], workspace: Workspace, now: datetime
) -> tuple[tuple[Conflict, Moved], ...]:
    """Whose deadline becomes another one by the workspace's plan, with what it becomes."""
    found = ((conflict, _moved(conflict, workspace, now)) for conflict in conflicts)
    return tuple((conflict, moved) for conflict, moved in found if moved is not None and moved.tell_owner)


def _moved(conflict: Conflict, workspace: Workspace, now: datetime) -> Moved | None:
    timeframe = _timeframe(conflict)
    if not conflict.is_open or timeframe is None:
        return None
    return after_change(
        conflict.deadline,
        timeframe=timeframe,
        calendar=workspace.calendar,
        now=now,
        window=conflict.route.acknowledge_within,
        immediate=conflict.route.immediate,
        needed_by=conflict.facts.needed_by,
    )


def _timeframe(conflict: Conflict) -> Timeframe | None:
    """What the deadline was computed from: of what a meeting carried over, that it is decided in the next."""
    due, timeframe = conflict.deadline, conflict.route.timeframe
    if due.kind != "at_next" or due.ceremony is None:
        return timeframe
    own = isinstance(timeframe, AtNext) and timeframe.ceremony == due.ceremony
    return timeframe if own else AtNext(ceremony=due.ceremony)


def _event(conflict: Conflict, moved: Moved, now: datetime) -> Event:
    why, before, limit = moved.deadline.because, conflict.overdue_at, moved.deadline.overdue_at
    text = "Deadline moved from {before} to {limit}: " if moved.tell_owner else "The deadline stays: "
    question = ". The owner was asked whether that is early enough" if moved.ask_owner else ""
    return Event(
        kind="deadline moved",
        at=now,
        by=None,
        words=Sentence(
            f"{text}{why.text}{question}", {**why.facts, "before": When(before), "limit": When(limit)}
        ),
        facts={"owner asked": "yes" if moved.ask_owner else "no"},
    )


def _telling(conflict: Conflict, moved: Moved, workspace: Workspace, now: datetime) -> tuple[Notice, ...]:
    if not moved.tell_owner:
        return ()
    notice = tell(
        NoticeKind.DEADLINE_MOVED,
        conflict.owner,
        workspace,
        now,
        waits=not conflict.route.immediate,
        limit=conflict.deadline.limit.isoformat(),
        meeting=workspace.calendar.name_of(moved.deadline.ceremony or conflict.deadline.ceremony or ""),
        ask=int(moved.ask_owner),
    )
    return (notice,)
