"""A meeting: one occurrence of a ceremony that has an agenda, from its preparation to its minutes."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from datetime import date, datetime
from enum import StrEnum

from council.action_item import ItemOutcome
from council.agenda import Agenda, Point
from council.course import Course
from council.notice import Notice, NoticeKind
from council.outcome import Outcome
from council.post import Post, PostKind
from council.preparing import prepare, still_asked
from council.rhythm import as_planned
from council.workspace import Workspace


class MeetingState(StrEnum):
    """Where a meeting stands."""

    PLANNED = "planned"
    NOT_STARTED = "not started"
    """Its time is over, and nobody has said whether it took place."""
    RUNNING = "running"
    FINISHED = "finished"
    SKIPPED = "skipped"
    NOT_HELD = "not held"


@dataclass(frozen=True, slots=True, kw_only=True)
class Meeting:
    """One meeting; `on` is the date it is known by, `starts` and `ends` are where it is now (aware UTC)."""

    id: str
    team: str
    version: int = 0
    ceremony: str
    on: date
    starts: datetime
    ends: datetime
    state: MeetingState = MeetingState.PLANNED
    agenda: Agenda = field(default_factory=Agenda)
    course: Course | None = None
    """What happens in it; None until it is started."""
    asked_at: datetime | None = None
    """When the chair was asked whether it took place."""
    carried: tuple[Point, ...] = ()
    """What it did not settle, for the next of its kind; each with the owner who brings it back."""

    @property
    def people(self) -> Iterator[str]:
        """Everybody who may be named in what is said about it."""
        yield from self.agenda.people
        yield from self.course.people if self.course else ()
        yield from (person for point in self.carried for person in (point.by, point.owner) if person)


@dataclass(frozen=True, slots=True, kw_only=True)
class MeetingOutcome:
    """The meeting after a rule, what to say, which messages to put up, and when to look again (aware UTC).

    `conflicts` and `items` are what became of conflicts and action items by it: saved with it or not at all.
    """

    meeting: Meeting
    notices: tuple[Notice, ...] = ()
    posts: tuple[Post, ...] = ()
    wake_at: datetime | None = None
    conflicts: tuple[Outcome, ...] = ()
    items: tuple[ItemOutcome, ...] = ()
    shows: PostKind | None = None
    """The only one of its messages that looks different by it; None: all of them."""
    redraw: bool = False
    """Its messages are drawn anew although nothing of it has changed."""


def look_at_meeting(meeting: Meeting, workspace: Workspace, now: datetime) -> MeetingOutcome:
    """What now? It follows its occurrence while nothing has begun; skipped, it may take place after all.

    Once its time is over it is for `finishing` to ask whether it took place.
    """
    if meeting.state not in (MeetingState.PLANNED, MeetingState.SKIPPED):
        return MeetingOutcome(meeting=meeting)
    occurrence = as_planned(workspace.calendar, meeting.ceremony, meeting.on)
    if occurrence is None:
        return MeetingOutcome(meeting=replace(meeting, state=MeetingState.SKIPPED))
    followed = replace(meeting, state=MeetingState.PLANNED, starts=occurrence.starts, ends=occurrence.ends)
    if occurrence.ends <= now:
        return MeetingOutcome(meeting=followed)
    ready = prepare(followed.agenda, occurrence, workspace, now)
    return MeetingOutcome(
        meeting=replace(followed, agenda=ready.agenda),
        notices=ready.notices,
        posts=ready.posts,
        wake_at=ready.wake_at or occurrence.ends,
        redraw=ready.redraw,
    )


def still_worth(kind: NoticeKind, to: str, meeting: Meeting) -> bool:
    """Asked again directly before it is said: nobody is asked for what is answered, or for what is off."""
    course, planned = meeting.course, meeting.state is MeetingState.PLANNED
    match kind:
        case NoticeKind.METRICS_ASKED:
            return planned and still_asked(to, meeting.agenda)
        case NoticeKind.TOOK_PLACE:
            return meeting.state is MeetingState.NOT_STARTED
        case NoticeKind.NOT_FINISHED:
            return meeting.state is MeetingState.RUNNING
        case NoticeKind.MINUTES_DRAFTED:
            return course is not None and course.draft
        case _:
            return True
