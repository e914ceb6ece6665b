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
from handlers.conflicts.card import place
from handlers.texts import Texts
from handlers.wording import name

BEGUN = {
    MeetingState.RUNNING: "The meeting has begun.",
    MeetingState.FINISHED: "The meeting has taken place.",
    MeetingState.NOT_HELD: "The meeting did not take place. What was added to it waits for the next one.",
}


def agenda_message(
    meeting: Meeting, material: Material, workspace: Workspace, texts: Texts
) -> tuple[str, list[Block]]:
    """Fallback and blocks; of a meeting that is skipped, or whose ceremony is gone, one line is left."""
    template = template_of(workspace.calendar.ceremony(meeting.ceremony))
    called = workspace.calendar.name_of(meeting.ceremony)
    fallback = f"Agenda: {kit.quoted(called, 100)}"
    if template is None or meeting.state is MeetingState.SKIPPED:
        words = _off(meeting, workspace)
        return words, [kit.text(words)]
    return fallback, [
        kit.text(head(meeting, template, workspace)),
        *_intro(meeting, template, material, workspace, texts),
        *sections(meeting, template, material, workspace),
    ]


def head(meeting: Meeting, template: Template, workspace: Workspace) -> str:
    """Which meeting, when, where, and how long its boxes take of it."""
    ceremony = workspace.calendar.ceremony(meeting.ceremony)
    called = kit.strong(workspace.calendar.name_of(meeting.ceremony), 100)
    at = kit.when(meeting.starts, workspace.hours.zone)
    length = int((meeting.ends - meeting.starts).total_seconds()) // 60
    taken = minutes(meeting.agenda, template)
    return f"{called} · {at}{place(ceremony.where or '') if ceremony else ''} · {taken} of {length} min"


def _intro(
    meeting: Meeting, template: Template, material: Material, workspace: Workspace, texts: Texts
) -> list[Block]:
    """What it is, in the organisation's own words where it has some; else how the meeting went on."""
    if state := BEGUN.get(meeting.state):
        return [kit.small(state)]
    shown = [point for filled in drawn(meeting.agenda, template, material) for point in filled.points]
    empty = all(point.kind in ("handoff", "metric") for point in shown)
    own, called = workspace.configuration.texts.agenda_intro, workspace.calendar.name_of(meeting.ceremony)
    words = texts.worded("agenda_intro", own, {"ceremony": called, "empty": empty})
    return [kit.small("\n".join([*_late(meeting, workspace), words, *_proposed(meeting, workspace)]))]


def _late(meeting: Meeting, workspace: Workspace) -> list[str]:
    due = meeting.agenda.due_at
    late = meeting.agenda.late and due is not None
    return [f"This comes late: it was due {kit.when(due, workspace.hours.zone)}."] if late and due else []


def _proposed(meeting: Meeting, workspace: Workspace) -> list[str]:
    """How much waits for the chair; what it is stands where the chair accepts it."""
    count = len(meeting.agenda.proposed)
    chair = name(workspace.chairing[0], workspace.people) if workspace.chairing else "the chair"
    more = "One more is" if count == 1 else f"{count} more are"
    return [f"{more} proposed; {chair} accepts under *Arrange*."] if count else []


def sections(
    meeting: Meeting, template: Template, material: Material, workspace: Workspace
) -> Iterable[Block]:
    """One block for each box."""
    filled: tuple[Filled, ...] = drawn(meeting.agenda, template, material)
    return [kit.text(box_words(place, each, workspace)) for place, each in enumerate(filled, start=1)]


def _off(meeting: Meeting, workspace: Workspace) -> str:
    """It does not take place, and why."""
    called = kit.strong(workspace.calendar.name_of(meeting.ceremony), 100)
    at = kit.when(meeting.starts, workspace.hours.zone)
    latest = changes_of(workspace.calendar, meeting.ceremony, meeting.on)[-1:]
    why = f" {kit.quoted(latest[0].reason, 300)}" if latest and latest[0].reason else ""
    later = "What was added to it waits for the next one."
    return f"{called} · {at} does not take place.{why}\n{later}"
