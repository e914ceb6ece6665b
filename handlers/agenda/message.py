"""The agenda as a message in the council's channel: one, kept current."""

from __future__ import annotations

from collections.abc import Iterable

from slack_sdk.models.blocks import Block

from council.agenda import Filled, Material, minutes
from council.cadence import changes_of
from council.drawing import drawn
from council.meeting import Meeting, MeetingState
from council.preparing import template_of
from council.templates import Template
from council.workspace import Workspace
from handlers import kit
from handlers.agenda.lines import box_words
from handlers.agenda.names import Acts
from handlers.conflicts.card import place
from handlers.conflicts.names import Acts as OfConflicts
from handlers.texts import Texts
from handlers.wording import name

BEGUN = {
    MeetingState.NOT_STARTED: "Nobody has started the meeting yet.",
    MeetingState.RUNNING: "The meeting has begun.",
    MeetingState.FINISHED: "The meeting has taken place.",
    MeetingState.NOT_HELD: "The meeting did not take place. What was added to it waits for the next one.",
}


def agenda_message(
    meeting: Meeting, material: Material, workspace: Workspace, texts: Texts
) -> tuple[str, list[Block]]:
    """Fallback and blocks; of a meeting that is skipped, or whose ceremony is gone, one line is left."""
    template = template_of(workspace.calendar.ceremony(meeting.ceremony))
    if template is None or meeting.state is MeetingState.SKIPPED:
        words = _off(meeting, workspace)
        return words, [kit.text(words)]
    filled = drawn(meeting.agenda, template, material)
    lines = [*_intro(meeting, filled, workspace, texts), *notes(meeting, workspace)]
    return fallback(meeting, workspace), [
        kit.text(head(meeting, template, workspace)),
        kit.small("\n".join(lines)),
        *sections(filled, workspace),
        *kit.buttons(buttons(meeting)),
    ]


def fallback(meeting: Meeting, workspace: Workspace) -> str:
    """What a notification says."""
    called = kit.quoted(workspace.calendar.name_of(meeting.ceremony), 100)
    return f"Agenda: {called}, {kit.when(meeting.starts, workspace.hours.zone)}"


def head(meeting: Meeting, template: Template, workspace: Workspace) -> str:
    """Which meeting, when, where, and how long its boxes take of it."""
    ceremony = workspace.calendar.ceremony(meeting.ceremony)
    called = kit.strong(workspace.calendar.name_of(meeting.ceremony), 100)
    at = kit.when(meeting.starts, workspace.hours.zone)
    length = int((meeting.ends - meeting.starts).total_seconds()) // 60
    taken = minutes(meeting.agenda, template)
    return f"{called} · {at}{place(ceremony.where or '') if ceremony else ''} · {taken} of {length} min"


def _intro(meeting: Meeting, filled: Iterable[Filled], workspace: Workspace, texts: Texts) -> list[str]:
    """How the meeting went on; before, what this is, in the organisation's own words where it has some."""
    if state := BEGUN.get(meeting.state):
        return [state]
    own, called = workspace.configuration.texts.agenda_intro, workspace.calendar.name_of(meeting.ceremony)
    return [texts.worded("agenda_intro", own, {"ceremony": called, "empty": not topics(filled)})]


def topics(filled: Iterable[Filled]) -> int:
    """How many points wait to be talked about; handoff and metrics are there every time."""
    of_its_own = ("handoff", "metric")
    return sum(each.more + sum(point.kind not in of_its_own for point in each.points) for each in filled)


def notes(meeting: Meeting, workspace: Workspace) -> list[str]:
    """That it comes late, and how much waits for the chair; what that is stands where it is accepted."""
    agenda, ahead = meeting.agenda, meeting.state is MeetingState.PLANNED
    late = agenda.due_at if agenda.late and ahead else None
    count = len(agenda.proposed) if ahead else 0
    chair = name(workspace.chairing[0], workspace.people) if workspace.chairing else "the chair"
    more = "One more is" if count == 1 else f"{count} more are"
    return [
        *([f"This comes late: it was due {kit.when(late, workspace.hours.zone)}."] if late else []),
        *([f"{more} proposed; {chair} accepts under *Arrange*."] if count else []),
    ]


def sections(filled: Iterable[Filled], workspace: Workspace) -> list[Block]:
    """One block for each box."""
    return [kit.text(box_words(place, each, workspace)) for place, each in enumerate(filled, start=1)]


def buttons(meeting: Meeting) -> list[kit.Pressable]:
    """What can be done while it is ahead; who may is asked when it is pressed."""
    start = kit.button("Start meeting", OfConflicts.START_MEETING, meeting.id)
    if meeting.state is not MeetingState.PLANNED:
        return [start] if meeting.state is MeetingState.NOT_STARTED else []
    return [
        kit.button("Add an item", Acts.ADD, meeting.id),
        kit.button("Arrange", Acts.ARRANGE, meeting.id),
        start,
    ]


def _off(meeting: Meeting, workspace: Workspace) -> str:
    """It does not take place, and why."""
    called = kit.strong(workspace.calendar.name_of(meeting.ceremony), 100)
    at = kit.when(meeting.starts, workspace.hours.zone)
    latest = changes_of(workspace.calendar, meeting.ceremony, meeting.on)[-1:]
    why = f" {kit.quoted(latest[0].reason, 300)}" if latest and latest[0].reason else ""
    later = "What was added to it waits for the next one."
    return f"{called} · {at} does not take place.{why}\n{later}"
