"""Conflicts that wait for a meeting: quiet while it lasts, with a new limit when it carries them over."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime

from council.alarm import next_look
from council.cadence import Occurrence, next_occurrence
from council.conflict import Conflict, Event
from council.deadlines import Deadline, at_meeting, otherwise, with_needed_by
from council.notice import Notice, NoticeKind, tell
from council.outcome import Outcome
from council.seats import spoken_role
from council.sentence import Sentence, When, Who, say
from council.timeframes import AtNext
from council.windows import change_owner, rearm
from council.workspace import Workspace


def waits_for(conflict: Conflict, meeting: Occurrence) -> bool:
    """Whether it is to be decided in this very meeting."""
    due = conflict.deadline
    hangs = (due.ceremony, due.occurrence) == (meeting.ceremony, meeting.on)
    return conflict.is_open and hangs and due.moves and due.quiet_until is not None


def keep_quiet(
    conflict: Conflict, until: datetime, words: Sentence, workspace: Workspace, now: datetime
) -> Outcome:
    """Nothing of it escalates before `until`: people sit together about it."""
    changed = replace(conflict, deadline=replace(conflict.deadline, quiet_until=until))
    return Outcome(
        conflict=changed,
        timeline=(Event(kind="in its meeting", at=now, by=None, words=words),),
        wake_at=next_look(changed, workspace, now),
    )


def carry(
    conflict: Conflict,
    to: str,
    meeting: Occurrence,
    why: str,
    *,
    by: str,
    workspace: Workspace,
    now: datetime,
) -> Outcome:
    """Somebody brings it back at the next meeting of its kind and decides it there; it is counted.

    Its limit becomes that meeting's end when it waited for this one, or is overdue; any other stays.
    """
    counted = replace(conflict, carried=conflict.carried + 1)
    if waits_for(conflict, meeting) or conflict.overdue(now):
        due = _due(counted, meeting, workspace, now)
        counted = rearm(replace(counted, deadline=due), workspace, now)
    if to != conflict.owner:
        role = spoken_role(to, conflict.seat, workspace)
        counted = change_owner(counted, to, role, workspace, now)
    return Outcome(
        conflict=counted,
        timeline=(_event(conflict, counted, meeting, why, by, workspace, now),),
        notices=_telling(counted, meeting, why, by, workspace, now),
        wake_at=next_look(counted, workspace, now),
    )


def _due(conflict: Conflict, meeting: Occurrence, workspace: Workspace, now: datetime) -> Deadline:
    """At the end of the next one; without any a span on working days. What is needed earlier is due then."""
    calendar = workspace.calendar
    following = next_occurrence(calendar, meeting.ceremony, max(meeting.starts, now))
    if following is None:
        return otherwise(AtNext(ceremony=meeting.ceremony), None, now, calendar)
    because = say(
        "at the next {ceremony}, carried over {times}",
        ceremony=calendar.name_of(meeting.ceremony),
        times=in_times(conflict.carried),
    )
    needed = conflict.facts.needed_by
    return with_needed_by(at_meeting(following, because), needed if needed and needed > now else None)


def in_times(count: int) -> str:
    """How often, as people say it."""
    return {1: "once", 2: "twice"}.get(count, f"{count} times")


def _event(
    before: Conflict,
    conflict: Conflict,
    meeting: Occurrence,
    why: str,
    by: str,
    workspace: Workspace,
    now: datetime,
) -> Event:
    text = "Carried over by the {meeting}: {owner} brings it back, and it is decided by {limit}"
    words = say(
        f"{text}: {{why}}" if why else text,
        meeting=workspace.calendar.name_of(meeting.ceremony),
        owner=Who(conflict.owner),
        limit=When(conflict.deadline.limit),
        **({"why": why} if why else {}),
    )
    facts = {"before": before.deadline.limit.isoformat(), "times": str(conflict.carried)}
    return Event(kind="carried over", at=now, by=by, words=words, facts=facts)


def _telling(
    conflict: Conflict, meeting: Occurrence, why: str, by: str, workspace: Workspace, now: datetime
) -> tuple[Notice, ...]:
    """Whoever brings it back, unless they did it themselves."""
    if conflict.owner == by or workspace.gone(conflict.owner):
        return ()
    notice = tell(
        NoticeKind.CARRIED_OVER,
        conflict.owner,
        workspace,
        now,
        priority=1,
        by=by,
        why=why,
        meeting=workspace.calendar.name_of(meeting.ceremony),
        limit=conflict.deadline.limit.isoformat(),
    )
    return (notice,)
