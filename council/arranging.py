"""What people do with an agenda that is ahead: add to it, arrange it, answer for a shared metric."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from datetime import datetime

from council.agenda import Agenda, Arranged, Point, boxes, with_point
from council.errors import Invalid, Refused, TooLate, Unknown, require
from council.meeting import Meeting, MeetingOutcome, MeetingState, look_at_meeting
from council.people import Person
from council.permissions import admit, holding
from council.preparing import template_of
from council.sentence import Sentence, When, Who, say
from council.templates import Template
from council.workspace import Workspace

MOST_TEXT, MOST_VALUE, MOST_ADDED = 300, 60, 40
LONGEST = 240
NO_AGENDA = say("That meeting has no agenda any more; please look at what takes place next.")


@dataclass(frozen=True, slots=True, kw_only=True)
class Wish:
    """An item as somebody typed it; `minutes` and `owner` as far as they said."""

    text: str
    box: str
    minutes: int | None = None
    owner: Person | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Tool:
    """A tool that somebody proposes: one line of each."""

    what: str
    whom: str
    data: str
    why: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Arrangement:
    """What the chair changed, and nothing else: whoever arranged meanwhile loses nothing by it.

    `minutes` and `places` (from 1) are by box; `on` and `off` are points that come on the agenda or leave it;
    `given` names who brings a point.
    """

    minutes: Mapping[str, int] = field(default_factory=dict)
    places: Mapping[str, int] = field(default_factory=dict)
    on: tuple[str, ...] = ()
    off: tuple[str, ...] = ()
    given: tuple[str, Person] | None = None


def add(
    meeting: Meeting, wish: Wish, *, id: str, by: Person | None, workspace: Workspace, now: datetime
) -> MeetingOutcome:
    """One item more; who does not sit in the council proposes it, and the chair accepts."""
    member = admit(by)
    template = ahead(meeting, workspace, now)
    require(wish.text, "text", say("Say what it is about."))
    if wish.owner is not None and wish.owner.barred:
        raise Invalid({"owner": say("{who} can't bring it; choose a full member.", who=Who(wish.owner.id))})
    point = Point(
        id=id,
        box=template.box(wish.box).key,
        kind="added",
        text=wish.text.strip()[:MOST_TEXT],
        by=member.id,
        owner=wish.owner.id if wish.owner else member.id,
        minutes=wish.minutes,
        accepted=member.id in seated(workspace),
    )
    return _with(meeting, point, workspace, now)


def propose(
    meeting: Meeting, tool: Tool, *, id: str, by: Person | None, workspace: Workspace, now: datetime
) -> MeetingOutcome:
    """A tool in one line: what, for whom, which shared data it touches, and why."""
    member = admit(by)
    template = ahead(meeting, workspace, now)
    missing = {
        "what": say("Which tool is it?"),
        "whom": say("Who would work with it?"),
        "data": say("Say which data of others it reads or writes, or “none”."),
        "why": say("Say in a few words what for."),
    }
    if wrong := {name: words for name, words in missing.items() if not getattr(tool, name).strip()}:
        raise Invalid(wrong)
    what, whom, data, why = (words.strip() for words in (tool.what, tool.whom, tool.data, tool.why))
    point = Point(
        id=id,
        box=template.drawing("proposals").key,
        kind="proposal",
        text=f"{what} for {whom}, touches {data}: {why}"[:MOST_TEXT],
        by=member.id,
        owner=member.id,
        accepted=member.id in seated(workspace),
    )
    return _with(meeting, point, workspace, now)


def arrange(
    meeting: Meeting, wanted: Arrangement, *, by: Person | None, workspace: Workspace, now: datetime
) -> MeetingOutcome:
    """The chair orders the boxes, gives them time, drops and accepts, and says who brings what."""
    chairing(by, workspace, now)
    template = ahead(meeting, workspace, now)
    if not all(0 <= minutes <= LONGEST for minutes in wanted.minutes.values()):
        raise Invalid({"minutes": say("Give it between 0 and {most} minutes.", most=LONGEST)})
    agenda = meeting.agenda
    dropped = [id for id in (*agenda.dropped, *wanted.off) if id not in wanted.on]
    arranged = replace(
        agenda,
        order=_ordered(agenda, template, wanted),
        points=tuple(
            replace(point, accepted=True) if point.id in wanted.on else point for point in agenda.points
        ),
        dropped=tuple(dict.fromkeys(dropped)),
        owners={**agenda.owners, **_given(wanted)},
    )
    return look_at_meeting(replace(meeting, agenda=arranged), workspace, now)


def answer(
    meeting: Meeting, values: Mapping[str, str], *, by: Person | None, workspace: Workspace, now: datetime
) -> MeetingOutcome:
    """What shared metrics show, said by who was asked for them; the chair may say it for anybody."""
    member = admit(by)
    ahead(meeting, workspace, now)
    readings = meeting.agenda.readings
    own = {each.metric for each in readings if member.id == each.of or member.id in workspace.chairing}
    if not own:
        raise Refused(who_was_asked(meeting.agenda))
    said = {key: value.strip()[:MOST_VALUE] for key, value in values.items() if key in own}
    if not any(said.values()):
        raise Invalid({"values": say("Fill in at least one of them.")})
    told = tuple(
        replace(each, value=said[each.metric], by=member.id, at=now) if said.get(each.metric) else each
        for each in readings
    )
    agenda = replace(meeting.agenda, readings=told)
    return look_at_meeting(replace(meeting, agenda=agenda), workspace, now)


def seated(workspace: Workspace) -> frozenset[str]:
    """Who sits in the council, with their deputies; chair and sponsor always do."""
    roles = (workspace.configuration.role(key) for key in workspace.configuration.council.seats)
    holders = {person for role in roles if role for person in (role.holder, role.deputy) if person}
    return frozenset(holders | {*workspace.chairing, *workspace.sponsoring})


def chairing(person: Person | None, workspace: Workspace, now: datetime) -> Person:
    """The person, when they may arrange: as who may hold the meeting; raises `Refused` naming who does."""
    member = admit(person)
    if member.id in holding(workspace, now):
        return member
    who = Who(workspace.chairing[0]) if workspace.chairing else "the council chair"
    raise Refused(say("Only {who} can arrange the agenda. You can add an item.", who=who))


def ahead(meeting: Meeting | None, workspace: Workspace, now: datetime) -> Template:
    """Its template, while it can still be started.

    Raises `TooLate` once it has begun or its time is over, `Unknown` for no such agenda.
    """
    template = template_of(workspace.calendar.ceremony(meeting.ceremony)) if meeting else None
    if meeting is None or template is None:
        raise Unknown(NO_AGENDA)
    if meeting.state is not MeetingState.PLANNED or meeting.ends <= now:
        raise TooLate(_over(meeting))
    return template


def _over(meeting: Meeting) -> Sentence:
    match meeting.state:
        case MeetingState.RUNNING:
            return say("It has begun; please say it in the meeting.")
        case MeetingState.SKIPPED:
            return say("The meeting of {at} does not take place.", at=When(meeting.starts))
        case _:
            return say("That was the meeting of {at}; it is over.", at=When(meeting.starts))


def _with(meeting: Meeting, point: Point, workspace: Workspace, now: datetime) -> MeetingOutcome:
    if len(meeting.agenda.points) >= MOST_ADDED:
        raise Refused(say("The agenda is full: {most} items were added.", most=MOST_ADDED))
    return look_at_meeting(replace(meeting, agenda=with_point(meeting.agenda, point)), workspace, now)


def _ordered(agenda: Agenda, template: Template, wanted: Arrangement) -> tuple[Arranged, ...]:
    """Boxes that were given a place stand there; the others keep their order around them."""
    now = boxes(agenda, template)
    if not wanted.minutes and not wanted.places:
        return agenda.order
    left = [box for box in now if box.key not in wanted.places]
    for box in sorted(now, key=lambda box: wanted.places.get(box.key, 0)):
        if box.key in wanted.places:
            left.insert(max(0, wanted.places[box.key] - 1), box)
    return tuple(Arranged(box=box.key, minutes=wanted.minutes.get(box.key, box.minutes)) for box in left)


def _given(wanted: Arrangement) -> dict[str, str]:
    if wanted.given is None:
        return {}
    point, person = wanted.given
    if person.barred:
        raise Invalid({"owner": say("{who} can't bring it; choose a full member.", who=Who(person.id))})
    return {point: person.id}


def who_was_asked(agenda: Agenda) -> Sentence:
    """Whom to turn to for a shared metric."""
    asked = next(iter(agenda.readings), None)
    if asked is None:
        return say("Nobody is asked for it any more.")
    return say("Only {who} and others who were asked can answer.", who=Who(asked.of))
