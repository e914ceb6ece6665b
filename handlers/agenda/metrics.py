"""Asking the holders of shared metrics: one message and one form for all of theirs."""

from __future__ import annotations

from slack_sdk.models.blocks import Block

from council.agenda import Reading
from council.meeting import Meeting, MeetingState
from council.preparing import template_of
from council.templates import Metric
from council.workspace import Workspace
from handlers import kit
from handlers.agenda.names import Acts
from handlers.conflicts.rows import one_line
from handlers.conflicts.spoken import Telling
from handlers.texts import Mrkdwn, Texts, moment
from handlers.wording import listed


def asked_of(meeting: Meeting, person: str, workspace: Workspace) -> tuple[tuple[Metric, Reading], ...]:
    """The metrics this person was asked for, with what is known of them; of the chair all of them."""
    template = template_of(workspace.calendar.ceremony(meeting.ceremony))
    readings = {each.metric: each for each in meeting.agenda.readings}
    asked = [
        (metric, readings[metric.key])
        for metric in (template.metrics if template else ())
        if metric.key in readings
    ]
    own = tuple((metric, reading) for metric, reading in asked if reading.of == person)
    return own or (tuple(asked) if person in workspace.chairing else ())


def metrics_message(
    telling: Telling, meeting: Meeting, workspace: Workspace, texts: Texts, *, live: bool = True
) -> tuple[str, list[Block]]:
    """Fallback and blocks; once they have answered it says what."""
    asked = asked_of(meeting, telling.to, workspace)
    answered = [f"{metric.name} {reading.value}" for metric, reading in asked if reading.value]
    closed = meeting.state is not MeetingState.PLANNED
    words = texts.write(
        "metrics_asked",
        {
            "ceremony": kit.clip(workspace.calendar.name_of(meeting.ceremony), 100).replace("*", kit.STAR),
            "starts": moment(meeting.starts, workspace.hours.zone),
            "answered": bool(answered),
            "answers": Mrkdwn(", ".join(one_line(each, 120) for each in answered)),
            "closed": closed,
            "asked": listed([metric.name for metric, _ in asked] or [""]),
        },
    )
    blocks: list[Block] = [*telling.opening, kit.text(words)]
    if live and asked and not closed:
        label, style = ("Change", None) if answered else ("Answer", "primary")
        blocks += kit.buttons([kit.button(label, Acts.METRICS, meeting.id, style)])
    return words.split("\n", 1)[0].replace("*", ""), blocks
