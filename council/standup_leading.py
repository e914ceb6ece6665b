"""Where an issue leads that is only annoying: onto the agenda of the council's next meeting."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace
from datetime import datetime

from council.agenda import Point, with_point
from council.arranging import MOST_ADDED, MOST_TEXT
from council.cadence import Ceremony
from council.meeting import Meeting, MeetingOutcome, MeetingState, look_at_meeting
from council.standup import Issue, Severity
from council.templates import TEMPLATES
from council.workspace import Workspace

TEMPLATE, BOX = "council", "tools"


def agenda_for_issues(workspace: Workspace) -> Ceremony | None:
    """The ceremony at which what is annoying is spoken of; None when the council does not meet."""
    held = workspace.configuration.ceremonies
    return next((ceremony for ceremony in held if ceremony.template == TEMPLATE), None)


def bring(
    meeting: Meeting, issues: Iterable[Issue], workspace: Workspace, now: datetime
) -> MeetingOutcome | None:
    """The annoying ones on its agenda, once each; None when there is nothing to add, or it has begun."""
    agenda, box = meeting.agenda, TEMPLATES[TEMPLATE].box(BOX).key
    for issue in issues:
        wanted = issue.severity is Severity.ANNOYING and not issue.settled
        if wanted and len(agenda.points) < MOST_ADDED:
            agenda = with_point(agenda, _point(issue, box))
    if agenda == meeting.agenda or meeting.state is not MeetingState.PLANNED:
        return None
    return look_at_meeting(replace(meeting, agenda=agenda), workspace, now)


def _point(issue: Issue, box: str) -> Point:
    return Point(
        id=f"issue:{issue.id}",
        box=box,
        kind="issue",
        text=f"{issue.system}: {issue.what}"[:MOST_TEXT],
        by=issue.by,
        owner=issue.by,
    )
