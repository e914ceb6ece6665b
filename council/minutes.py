"""The minutes of a meeting: one line for each item, and every earlier version of what was changed since."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta

from council.conflict import Conflict, Ruling
from council.course import ATTENDANCE, NOTE, Came, Course, Edit, Item, items_of
from council.errors import Invalid, Refused, TooLate
from council.finishing import Conflicts, absent
from council.meeting import Meeting, MeetingOutcome, MeetingState
from council.notice import Notice, NoticeKind, tell
from council.people import Person
from council.permissions import hold
from council.sentence import Sentence, When, Who, say
from council.workspace import Workspace

MOST_WORDS = 2000
_STANDS = {
    "neither": "neither stands",
    "both": "more than one stands, they answer different questions",
    "resolved": "it resolved itself or was a mistake",
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Line:
    """What is kept of one item. Of a confidential conflict there is its number and how it went, no more.

    `changed`: the chair's words, which stand instead of what was recorded.
    """

    item: Item
    title: str
    number: int = 0
    hidden: bool = False
    said: tuple[Sentence, ...] = ()
    changed: Edit | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Minutes:
    """What is kept of a meeting. `attended` and `took` are None when nobody noted them."""

    attended: tuple[str, ...] | None
    absent: tuple[str, ...]
    lines: tuple[Line, ...]
    took: timedelta | None
    planned: timedelta
    note: Edit | None = None


def minutes_of(meeting: Meeting, course: Course, conflicts: Conflicts, workspace: Workspace) -> Minutes:
    """The minutes as they read now."""
    attendance = _latest(course, ATTENDANCE)
    attended = attendance.people if attendance else course.attended
    counted = replace(meeting, course=replace(course, attended=attended))
    return Minutes(
        attended=attended,
        absent=absent(counted, workspace),
        lines=tuple(_line(item, course, conflicts) for item in items_of(meeting.agenda.fixed)),
        took=course.took,
        planned=meeting.ends - meeting.starts,
        note=_latest(course, NOTE),
    )


def _latest(course: Course, of: str) -> Edit | None:
    return next((edit for edit in reversed(course.edits) if edit.of == of), None)


def _line(item: Item, course: Course, conflicts: Conflicts) -> Line:
    point, came = item.point, course.of(item.id)
    if point is None:
        said = tuple(_said(each) for each in came)
        return Line(item=item, title=item.box.title, said=said, changed=_latest(course, item.id))
    conflict = conflicts.get(point.conflict) if point.conflict else None
    if hidden(item, conflict):
        said = tuple(_quiet(each) for each in came) or (_open(conflict),)
        return Line(item=item, title="", number=point.number, hidden=True, said=said)
    return Line(
        item=item,
        title=point.text,
        number=point.number,
        said=tuple(_said(each) for each in came) or tuple(_left(item, course, conflict)),
        changed=_latest(course, item.id),
    )


def hidden(item: Item, conflict: Conflict | None) -> bool:
    """Whether only the number of its conflict may stand in a channel."""
    if item.point is None or item.point.confidential:
        return item.point is not None
    if item.point.conflict is None:
        return False
    return conflict is None or conflict.facts.confidential


def _quiet(came: Came) -> Sentence:
    words = {"decided": "decided", "owner": "an owner was named", "carried": "carried over"}
    return say("{words}", words=words.get(came.kind, "ended"))


def _open(conflict: Conflict | None) -> Sentence:
    return say("still open" if conflict and conflict.is_open else "ended")


def _left(item: Item, course: Course, conflict: Conflict | None) -> Iterator[Sentence]:
    """What is said of an item that nothing came of."""
    point = item.point
    if point and point.kind == "metric":
        yield say("{value}", value=point.says) if point.says else say("not heard")
    elif conflict is not None:
        yield _open(conflict)
    elif all(began.of != item.id for began in course.began):
        yield say("not come to")


def _said(came: Came) -> Sentence:
    """One outcome in a line."""
    match came.kind:
        case "decided" if came.ruling:
            return _ruled(came.ruling)
        case "decided":
            return say("decided: {words} Why: {why}", words=_ended(came.words), why=_ended(came.why))
        case "owner":
            text = "{who} does it by {due}: {words}"
            return say(text, who=Who(came.person or ""), due=_day(came.due), words=_ended(came.words))
        case "carried":
            return _brought_back(came)
        case _:
            words = {"": "talked about, nothing to do"}.get(came.words)
            return say(words) if words else say("{words} meanwhile", words=came.words)


def _ruled(ruling: Ruling) -> Sentence:
    stands = _STANDS.get(ruling.stands) or "{source} stands"
    number = ", the number to use: {number}" if ruling.number else ""
    facts: dict[str, Who | str] = {"decision": _ended(ruling.decision), "why": _ended(ruling.why)}
    facts |= {"source": ruling.source, "number": ruling.number, "who": Who(ruling.by)}
    return Sentence(f"decided by {{who}}: {stands}{number}. {{decision}} Why: {{why}}", facts)


def _brought_back(came: Came) -> Sentence:
    until = ", and it is decided by {until}" if came.until else ""
    because = ": {why}" if came.words else ""
    facts: dict[str, Who | When | str] = {"who": Who(came.person or ""), "why": _ended(came.words)}
    facts |= {"until": When(came.until)} if came.until else {}
    return Sentence(f"carried over, {{who}} brings it back{until}{because}", facts)


def _ended(words: str) -> str:
    """With a full stop when nothing ends it, because our own words follow."""
    return words if not words or words.rstrip()[-1:] in ".!?…" else f"{words.rstrip()}."


def _day(day: date | None) -> str:
    return f"{day:%a} {day.day} {day:%b}" if day else "a day nobody named"


def as_file(meeting: Meeting, person: str, workspace: Workspace, now: datetime) -> Notice:
    """The file somebody asked for; they wait for it, so it comes at any hour."""
    kind = NoticeKind.MINUTES_FILE
    return tell(kind, person, workspace, now, priority=1, waits=False, meeting=meeting.id)


def change(
    meeting: Meeting,
    edit: Edit,
    conflicts: Conflicts,
    *,
    by: Person | None,
    workspace: Workspace,
    now: datetime,
) -> MeetingOutcome:
    """Other words for a line, the note, or who was there; what stood there before stays in the history."""
    member = hold(by, workspace, now)
    course = meeting.course
    if course is None or meeting.state is not MeetingState.FINISHED:
        raise TooLate(say("There are no minutes yet; they are written when the meeting is finished."))
    attendance = edit.of == ATTENDANCE
    if attendance and not edit.people:
        raise Invalid({"people": say("Choose who was there.")})
    if not attendance and not edit.words.strip():
        raise Invalid({"words": say("Write what the minutes should say.")})
    _may_change(meeting, edit.of, conflicts)
    made = replace(edit, by=member.id, at=now, words=edit.words.strip()[:MOST_WORDS])
    return MeetingOutcome(
        meeting=replace(meeting, course=replace(course, draft=False, edits=(*course.edits, made))),
        shows=None if course.draft else "minutes",
    )


def _may_change(meeting: Meeting, of: str, conflicts: Conflicts) -> None:
    if of in (ATTENDANCE, NOTE):
        return
    item = next((item for item in items_of(meeting.agenda.fixed) if item.id == of), None)
    if item is None:
        raise Refused(say("That is not in these minutes."))
    conflict = conflicts.get(item.point.conflict or "") if item.point else None
    if hidden(item, conflict):
        text = "Of #{number} the minutes say no more: it is confidential."
        raise Refused(say(text, number=item.point.number if item.point else 0))
