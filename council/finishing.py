"""Finishing a meeting: nothing is left without a decision, an owner, or somebody who brings it back.

One that nobody finishes becomes a draft of its minutes; one that nobody started is asked about.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import replace
from datetime import datetime, timedelta

from council.agenda import Point
from council.cadence import Occurrence
from council.call_ladder import callers
from council.carrying import carry, keep_quiet, waits_for
from council.conflict import Conflict
from council.course import Came, Course, Item, items_of
from council.errors import Refused, TooLate
from council.meeting import Meeting, MeetingOutcome, MeetingState, look_at_meeting
from council.notice import Notice, NoticeKind, tell
from council.outcome import Outcome
from council.people import Person
from council.permissions import hold
from council.post import Post
from council.sentence import When, Who, say
from council.workspace import Workspace

OVERRUN = timedelta(hours=2)
"""So long after its end the chair is asked about a meeting that nobody has finished."""
AT_ONCE = timedelta(seconds=1)
UNSURE = 2
"""Working days after which a meeting of which nobody says anything did not take place."""

Conflicts = Mapping[str, Conflict]
"""Those on its agenda, and those that wait for it; by id."""


def occurrence_of(meeting: Meeting) -> Occurrence:
    """The date of its ceremony that it is."""
    return Occurrence(ceremony=meeting.ceremony, on=meeting.on, starts=meeting.starts, ends=meeting.ends)


def channel_of(meeting: Meeting, workspace: Workspace) -> str | None:
    """Where it is spoken of: its ceremony's channel, else the council's."""
    ceremony = workspace.calendar.ceremony(meeting.ceremony)
    return (ceremony and ceremony.channel) or workspace.configuration.channels.council


def waiting_for(meeting: Meeting, conflicts: Conflicts) -> list[Conflict]:
    """What is to be decided in this very meeting."""
    occurrence = occurrence_of(meeting)
    return [each for each in conflicts.values() if waits_for(each, occurrence)]


def running(meeting: Meeting) -> Course:
    """What happens in it; raises `TooLate` when it has not begun or is over."""
    if meeting.course is None:
        raise TooLate(say("It has not begun."))
    if meeting.state is not MeetingState.RUNNING:
        raise TooLate(say("The meeting is over; what came of it is in its minutes."))
    return meeting.course


def without_outcome(meeting: Meeting, conflicts: Conflicts) -> tuple[Item, ...]:
    """What has neither a decision nor an owner, and is not carried over either."""
    course = meeting.course
    if course is None:
        return ()
    return tuple(
        item
        for item in items_of(meeting.agenda.fixed)
        if item.point
        and item.point.wants_outcome
        and not course.of(item.id)
        and _waits(item.point, conflicts)
    )


def _waits(point: Point, conflicts: Conflicts) -> bool:
    conflict = conflicts.get(point.conflict) if point.conflict else None
    return conflict.is_open if conflict else point.conflict is None


def finish(
    meeting: Meeting, conflicts: Conflicts, *, by: Person | None, workspace: Workspace, now: datetime
) -> MeetingOutcome:
    """Over, its minutes posted. While something has no outcome that is listed first."""
    hold(by, workspace, now)
    course = running(meeting)
    if not without_outcome(meeting, conflicts):
        return finished(meeting, conflicts, workspace, now)
    listing = replace(meeting, course=replace(course, closing=True))
    return MeetingOutcome(meeting=listing, shows="meeting", wake_at=next_look(listing, workspace, now))


def carry_rest(
    meeting: Meeting, conflicts: Conflicts, *, by: Person | None, workspace: Workspace, now: datetime
) -> MeetingOutcome:
    """What has no outcome is brought back by its owner next time, all of it in one tap; then it is over."""
    member = hold(by, workspace, now)
    course, outcomes = running(meeting), list[Outcome]()
    for item in without_outcome(meeting, conflicts):
        conflict = conflicts.get(item.point.conflict or "") if item.point else None
        to = brings_back(item, conflict, member.id, workspace)
        came = Came(of=item.id, kind="carried", by=member.id, at=now, person=to)
        if conflict is not None:
            occurrence = occurrence_of(meeting)
            outcome = carry(conflict, to, occurrence, "", by=member.id, workspace=workspace, now=now)
            came = replace(came, until=outcome.conflict.deadline.limit)
            outcomes.append(outcome)
        course = replace(course, came=(*course.came, came))
    over = finished(replace(meeting, course=course), _after(conflicts, outcomes), workspace, now)
    return replace(over, conflicts=(*outcomes, *over.conflicts))


def _after(conflicts: Conflicts, outcomes: Iterable[Outcome]) -> Conflicts:
    return {**conflicts, **{each.conflict.id: each.conflict for each in outcomes}}


def brings_back(item: Item, conflict: Conflict | None, chair: str, workspace: Workspace) -> str:
    """Whose it is: the owner of the conflict or of the item, whoever added it, else who holds the meeting."""
    point = item.point
    wanted = (conflict.owner if conflict else None, point and point.owner, point and point.by)
    return next((person for person in wanted if person and not workspace.gone(person)), chair)


def finished(
    meeting: Meeting, conflicts: Conflicts, workspace: Workspace, now: datetime, *, draft: bool = False
) -> MeetingOutcome:
    """Over: the minutes are put up, and whoever was not there is told where they are."""
    course = running(meeting)
    came = (*course.came, *_elsewhere(meeting, conflicts, now))
    ended = replace(course, came=came, closing=False, draft=draft, ended_at=None if draft else now)
    over = replace(
        meeting, state=MeetingState.FINISHED, course=ended, carried=tuple(_carried(meeting, ended))
    )
    channel = channel_of(meeting, workspace)
    words = say(
        "The {meeting} is over, and it was not decided there",
        meeting=workspace.calendar.name_of(meeting.ceremony),
    )
    return MeetingOutcome(
        meeting=over,
        notices=_absent_told(over, workspace, now),
        posts=(Post("minutes", channel),) if channel else (),
        conflicts=tuple(
            keep_quiet(each, max(each.deadline.limit, now), words, workspace, now)
            for each in waiting_for(meeting, conflicts)
            if not each.overdue(now)
        ),
    )


def _elsewhere(meeting: Meeting, conflicts: Conflicts, now: datetime) -> Iterable[Came]:
    """What was decided on its card, or withdrawn, while the meeting could still have talked about it."""
    course = running(meeting)
    for item in items_of(meeting.agenda.fixed):
        conflict = conflicts.get(item.point.conflict or "") if item.point else None
        if conflict is None or conflict.is_open or course.of(item.id):
            continue
        ruling, ended = conflict.ruling, conflict.ended_at or now
        by = ruling.by if ruling else conflict.reporter
        if ruling is not None:
            yield Came(of=item.id, kind="decided", by=by, at=ended, ruling=ruling)
        else:
            yield Came(of=item.id, kind="nothing", by="", at=ended, words=conflict.state.value)


def _carried(meeting: Meeting, course: Course) -> Iterable[Point]:
    """What the next meeting begins with; of one carried over twice the later word holds."""
    for item in items_of(meeting.agenda.fixed):
        last = next((each for each in reversed(course.of(item.id)) if each.kind == "carried"), None)
        if last is None:
            continue
        text = last.words or item.box.title
        point = item.point or Point(id=f"{meeting.id}:{item.id}", box=item.box.key, kind="added", text=text)
        yield replace(point, owner=last.person, by=point.by or last.by or None)


def absent(meeting: Meeting, workspace: Workspace) -> tuple[str, ...]:
    """Who sits in the council and was not there; of an attendance nobody noted, who was away then."""
    course, council = meeting.course, workspace.configuration.council
    roles = (workspace.configuration.role(seat) for seat in (council.chair, *council.seats))
    seated = dict.fromkeys(role.holder for role in roles if role and role.holder)
    known = [person for person in seated if not workspace.gone(person)]
    if course is not None and course.attended is not None:
        return tuple(person for person in known if person not in course.attended)
    return tuple(person for person in known if workspace.absence(person, meeting.starts))


def _absent_told(meeting: Meeting, workspace: Workspace, now: datetime) -> tuple[Notice, ...]:
    return tuple(
        tell(NoticeKind.MINUTES, person, workspace, now, priority=3) for person in absent(meeting, workspace)
    )


def not_held(meeting: Meeting, *, by: Person | None, workspace: Workspace, now: datetime) -> MeetingOutcome:
    """It did not take place: the next agenda takes on what was added to this one."""
    hold(by, workspace, now)
    if meeting.course is not None:
        raise TooLate(say("It did take place: {who} started it {at}.", **_started(meeting.course)))
    if meeting.state is MeetingState.PLANNED and now < meeting.ends:
        raise Refused(say("It is still ahead; to call it off, skip it."))
    return MeetingOutcome(meeting=replace(meeting, state=MeetingState.NOT_HELD))


def _started(course: Course) -> dict[str, Who | When]:
    return {"who": Who(course.by), "at": When(course.started_at)}


def confirm(meeting: Meeting, *, by: Person | None, workspace: Workspace, now: datetime) -> MeetingOutcome:
    """The draft is right as it is."""
    hold(by, workspace, now)
    if meeting.course is None:
        raise TooLate(say("It has not begun."))
    return MeetingOutcome(meeting=replace(meeting, course=replace(meeting.course, draft=False)))


# What happens by itself


def look_at(meeting: Meeting, conflicts: Conflicts, workspace: Workspace, now: datetime) -> MeetingOutcome:
    """What now? Before its time it is prepared; while it runs, and once it is past, the chair is asked."""
    if meeting.state is MeetingState.RUNNING:
        return look_at_course(meeting, conflicts, workspace, now)
    if meeting.state is MeetingState.NOT_STARTED:
        return look_at_past(meeting, workspace, now)
    ahead = look_at_meeting(meeting, workspace, now)
    past = ahead.meeting.state is MeetingState.PLANNED and ahead.meeting.ends <= now
    return look_at_past(ahead.meeting, workspace, now) if past else ahead


def look_at_course(
    meeting: Meeting, conflicts: Conflicts, workspace: Workspace, now: datetime
) -> MeetingOutcome:
    """What now, of a meeting that runs? The chair is asked once to finish it; next morning it is a draft."""
    course, at = running(meeting), next_look(meeting, workspace, now)
    if course.asked_at is None and now >= _unfinished_at(meeting, course):
        asked = replace(meeting, course=replace(course, asked_at=now))
        notices = _ask(NoticeKind.NOT_FINISHED, workspace, now)
        return MeetingOutcome(meeting=asked, notices=notices, wake_at=next_look(asked, workspace, now))
    if course.asked_at is not None and now >= _draft_at(course.asked_at, workspace):
        over = finished(
            _brought_back(meeting, conflicts, workspace, now), conflicts, workspace, now, draft=True
        )
        asked_chair = _ask(NoticeKind.MINUTES_DRAFTED, workspace, now)
        told = (each for each in over.notices if each.to not in {notice.to for notice in asked_chair})
        return replace(over, notices=(*asked_chair, *told))
    return MeetingOutcome(meeting=meeting, wake_at=at)


def _brought_back(meeting: Meeting, conflicts: Conflicts, workspace: Workspace, now: datetime) -> Meeting:
    """Nothing is lost of what nobody finished; conflicts go on by themselves."""
    course = running(meeting)
    came = [
        Came(of=item.id, kind="carried", by="", at=now, person=brings_back(item, None, course.by, workspace))
        for item in without_outcome(meeting, conflicts)
        if item.point and item.point.conflict is None
    ]
    return replace(meeting, course=replace(course, came=(*course.came, *came)))


def look_at_past(meeting: Meeting, workspace: Workspace, now: datetime) -> MeetingOutcome:
    """What now, of a meeting whose time is over and that nobody started? The chair is asked once."""
    if meeting.asked_at is None:
        asked = replace(meeting, state=MeetingState.NOT_STARTED, asked_at=now)
        notices = _ask(NoticeKind.TOOK_PLACE, workspace, now)
        return MeetingOutcome(meeting=asked, notices=notices, wake_at=_unsure_at(now, workspace))
    if now >= _unsure_at(meeting.asked_at, workspace):
        return MeetingOutcome(meeting=replace(meeting, state=MeetingState.NOT_HELD))
    return MeetingOutcome(meeting=meeting, wake_at=_unsure_at(meeting.asked_at, workspace))


def next_look(meeting: Meeting, workspace: Workspace, now: datetime) -> datetime | None:
    """When to look at a meeting that runs; None for any other."""
    course = meeting.course
    if meeting.state is not MeetingState.RUNNING or course is None:
        return None
    asked = course.asked_at
    at = _unfinished_at(meeting, course) if asked is None else _draft_at(asked, workspace)
    return max(at, now + AT_ONCE)


def _unfinished_at(meeting: Meeting, course: Course) -> datetime:
    """Two hours after its end; of one that was begun late, as much later."""
    return max(meeting.ends, course.started_at + (meeting.ends - meeting.starts)) + OVERRUN


def _draft_at(asked: datetime, workspace: Workspace) -> datetime:
    """The next working morning."""
    hours = workspace.hours
    return hours.opening_of(hours.add_working_days(hours.day_of(asked), 1))


def _unsure_at(asked: datetime, workspace: Workspace) -> datetime:
    hours = workspace.hours
    return hours.opening_of(hours.add_working_days(hours.day_of(asked), UNSURE))


def _ask(kind: NoticeKind, workspace: Workspace, now: datetime) -> tuple[Notice, ...]:
    """The first of those who hold meetings who is here; nobody when everybody is away."""
    first = next(callers(workspace, now), None)
    return (tell(kind, first, workspace, now, priority=1),) if first else ()
