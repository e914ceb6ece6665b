"""Holding a meeting: it is started and gone through, item by item.

A button carries the item it stands under: who presses it after somebody else has gone on reads so.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace
from datetime import datetime, timedelta

from council.agenda import Filled, Point
from council.carrying import keep_quiet
from council.course import Course, Item, at, begin, items_of, place_of
from council.errors import Invalid, Refused, TooLate
from council.finishing import OVERRUN, Conflicts, channel_of, finish, next_look, running, waiting_for
from council.meeting import Meeting, MeetingOutcome, MeetingState
from council.people import Person
from council.permissions import hold
from council.post import Post
from council.sentence import When, Who, say
from council.workspace import Workspace

EARLIEST = timedelta(hours=1)
MOST_TEXT = 300


def start(
    meeting: Meeting,
    drawn: tuple[Filled, ...],
    conflicts: Conflicts,
    *,
    afterwards: bool = False,
    by: Person | None,
    workspace: Workspace,
    now: datetime,
) -> MeetingOutcome:
    """The agenda as it stands now is gone through; `afterwards`: its outcomes are recorded later.

    Until two hours after its end nothing escalates that waits for it.
    """
    member = hold(by, workspace, now)
    _may_start(meeting, now)
    channel = channel_of(meeting, workspace)
    if channel is None or not drawn:
        raise Refused(say("There is no channel for it yet; name the council's channel first."))
    late = afterwards or meeting.state is MeetingState.NOT_HELD
    items = items_of(drawn)
    course = begin(items, by=member.id, afterwards=late, now=now)
    begun = replace(
        meeting,
        state=MeetingState.RUNNING,
        agenda=replace(meeting.agenda, fixed=drawn),
        course=course,
        carried=(),
    )
    words = say(
        "The {meeting} has begun, where it is to be decided",
        meeting=workspace.calendar.name_of(meeting.ceremony),
    )
    waiting = [] if late or meeting.ends <= now else waiting_for(meeting, conflicts)
    return MeetingOutcome(
        meeting=begun,
        posts=(Post("meeting", channel),),
        wake_at=next_look(begun, workspace, now),
        conflicts=tuple(keep_quiet(each, meeting.ends + OVERRUN, words, workspace, now) for each in waiting),
    )


def _may_start(meeting: Meeting, now: datetime) -> None:
    if meeting.course is not None:
        over = meeting.state is MeetingState.FINISHED
        text = (
            "It is over; its minutes are in the channel." if over else "{who} has started it already, {at}."
        )
        raise TooLate(say(text, who=Who(meeting.course.by), at=When(meeting.course.started_at)))
    if meeting.state is MeetingState.SKIPPED:
        raise TooLate(say("It was skipped and does not take place."))
    if now < meeting.starts - EARLIEST:
        text = "It begins {at}, and can be started from an hour before. To hold it earlier, move it."
        raise Refused(say(text, at=When(meeting.starts)))


def not_begun(meeting: Meeting | None) -> None:
    """Raises `Refused` for one that was started early: what runs is neither moved nor skipped."""
    if meeting is not None and meeting.course is not None:
        text = "{who} has started it already, {at}; only what is still ahead can be moved or skipped."
        raise Refused(say(text, who=Who(meeting.course.by), at=When(meeting.course.started_at)))


def item_of(meeting: Meeting, id: str) -> Item:
    """The item of that id; raises `TooLate` when the meeting does not go through it."""
    found = next((item for item in items_of(meeting.agenda.fixed) if item.id == id), None)
    if found is None:
        raise TooLate(say("That is not on the agenda any more."))
    return found


def going_on(meeting: Meeting, course: Course, workspace: Workspace, now: datetime) -> MeetingOutcome:
    """The meeting with its course as it is now."""
    changed = replace(meeting, course=course)
    return MeetingOutcome(meeting=changed, shows="meeting", wake_at=next_look(changed, workspace, now))


def next_item(
    meeting: Meeting, leaving: str, *, by: Person | None, workspace: Workspace, now: datetime
) -> MeetingOutcome:
    """On to the next one. Pressed twice it goes on once: what is left has to be where they were."""
    member = hold(by, workspace, now)
    course, items = running(meeting), items_of(meeting.agenda.fixed)
    if gone_on(meeting, course, leaving, member.id):
        return going_on(meeting, course, workspace, now)
    place = place_of(items, leaving)
    following = items[min(place + 1, len(items) - 1)].id
    return going_on(meeting, at(course, following, member.id, now), workspace, now)


def gone_on(meeting: Meeting, course: Course, leaving: str, member: str) -> bool:
    """Whether they have left that item already, by pressing twice.

    Raises `Refused` when it was somebody else, and says where it is now.
    """
    if course.at == leaving:
        return False
    last = next((began.by for began in reversed(course.began) if began.of == course.at), "")
    if last == member:
        return True
    here = item_of(meeting, course.at)
    text = "{who} has gone on already; now it is {place} · {title}."
    if here.count > 1:
        text = "{who} has gone on already; now it is {place} · {title}, {nth} of {count}."
    facts = {"place": here.place, "nth": here.nth, "count": here.count}
    raise Refused(say(text, who=Who(last), title=here.box.title, **facts))


def back(
    meeting: Meeting, leaving: str, *, by: Person | None, workspace: Workspace, now: datetime
) -> MeetingOutcome:
    """To the one before; from the list of what is open back to the items."""
    member = hold(by, workspace, now)
    course, items = running(meeting), items_of(meeting.agenda.fixed)
    if gone_on(meeting, course, leaving, member.id):
        return going_on(meeting, course, workspace, now)
    if course.closing:
        return going_on(meeting, replace(course, closing=False), workspace, now)
    before = items[max(place_of(items, leaving) - 1, 0)].id
    return going_on(meeting, at(course, before, member.id, now), workspace, now)


def go_to(
    meeting: Meeting,
    item: str,
    added: str,
    *,
    id: str,
    by: Person | None,
    workspace: Workspace,
    now: datetime,
) -> MeetingOutcome:
    """On with any item; one that was `added` in the meeting stands last in the box of where it is now."""
    member = hold(by, workspace, now)
    course = running(meeting)
    if added.strip():
        box = item_of(meeting, course.at).box.key
        point = Point(id=id, box=box, kind="added", text=added.strip()[:MOST_TEXT], by=member.id)
        fixed = tuple(
            replace(each, points=(*each.points, point)) if each.box.key == box else each
            for each in meeting.agenda.fixed
        )
        grown = replace(meeting, agenda=replace(meeting.agenda, fixed=fixed))
        items = {each.id for each in items_of(fixed)}
        here = item if item in items else course.at
        # a box that had no point is its first point from now on
        return going_on(grown, at(course, here if here in items else id, member.id, now), workspace, now)
    return going_on(meeting, at(course, item_of(meeting, item).id, member.id, now), workspace, now)


def note_attendance(
    meeting: Meeting, people: Iterable[str], *, by: Person | None, workspace: Workspace, now: datetime
) -> MeetingOutcome:
    """Who is there; noted again, the later one holds."""
    hold(by, workspace, now)
    course, here = running(meeting), tuple(dict.fromkeys(people))
    if not here:
        raise Invalid({"people": say("Choose who is there.")})
    return going_on(meeting, replace(course, attended=here), workspace, now)


def expected(workspace: Workspace, now: datetime) -> tuple[str, ...]:
    """Who is preset as there: who sits in the council and is not away."""
    council = workspace.configuration.council
    roles = (workspace.configuration.role(seat) for seat in (council.chair, *council.seats))
    seated = dict.fromkeys(role.holder for role in roles if role and role.holder)
    return tuple(person for person in seated if workspace.present(person, now))


def finish_here(
    meeting: Meeting,
    leaving: str,
    conflicts: Conflicts,
    *,
    by: Person | None,
    workspace: Workspace,
    now: datetime,
) -> MeetingOutcome:
    """**Finish** on the last item, unless somebody has gone elsewhere meanwhile."""
    member = hold(by, workspace, now)
    course = running(meeting)
    if gone_on(meeting, course, leaving, member.id):
        return going_on(meeting, course, workspace, now)
    return finish(meeting, conflicts, by=by, workspace=workspace, now=now)
