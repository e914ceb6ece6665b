"""Messages to one person about a meeting: did it take place, is it over, here are the minutes."""

from __future__ import annotations

from typing import Any

from slack_sdk.models.blocks import Block

from council.meeting import Meeting, MeetingState, still_worth
from council.notice import NoticeKind
from council.workspace import Workspace
from handlers import kit
from handlers.conflicts.spoken import Telling
from handlers.meeting.names import Acts
from handlers.meeting.wording import meeting_name
from handlers.texts import Mrkdwn, Texts, moment

TEMPLATES = {
    NoticeKind.TOOK_PLACE: "took_place",
    NoticeKind.NOT_FINISHED: "not_finished",
    NoticeKind.MINUTES: "minutes",
    NoticeKind.MINUTES_DRAFTED: "minutes_drafted",
}


def meeting_dm(
    telling: Telling, meeting: Meeting, workspace: Workspace, texts: Texts, *, live: bool = True
) -> tuple[str, list[Block]]:
    """Fallback and blocks; once it is answered one line is left."""
    words = texts.write(TEMPLATES[telling.kind], _facts(telling, meeting, workspace))
    if not still_worth(telling.kind, telling.to, meeting):
        line = f"{meeting_name(meeting, workspace)}: {_ended(meeting)}"
        return line, [kit.small(line)]
    row = _buttons(telling.kind, meeting) if live else []
    link = [kit.small(kit.link(telling.card, _label(telling.kind)))] if telling.card else []
    fallback = words.split("\n", 1)[0].replace("*", "")
    return fallback, [*telling.opening, kit.text(words), *kit.buttons(row), *link]


def _ended(meeting: Meeting) -> str:
    states = {
        MeetingState.FINISHED: "it is over, its minutes are written.",
        MeetingState.RUNNING: "it is being held.",
        MeetingState.NOT_HELD: "it did not take place.",
        MeetingState.SKIPPED: "it was skipped.",
    }
    return states.get(meeting.state, "it is still ahead.")


def _label(kind: NoticeKind) -> str:
    return "See the meeting" if kind is NoticeKind.NOT_FINISHED else "See the minutes"


def _facts(telling: Telling, meeting: Meeting, workspace: Workspace) -> dict[str, Any]:
    return {
        "meeting": Mrkdwn(meeting_name(meeting, workspace).replace("*", kit.STAR)),
        "at": moment(meeting.starts, workspace.hours.zone),
    }


def _buttons(kind: NoticeKind, meeting: Meeting) -> list[kit.Pressable]:
    if kind is NoticeKind.TOOK_PLACE:
        record = kit.button("Record outcomes", Acts.RECORD_OUTCOMES, meeting.id, "primary")
        return [record, kit.button("It did not", Acts.NOT_HELD, meeting.id)]
    if kind is NoticeKind.NOT_FINISHED:
        return [kit.button("Finish", Acts.FINISH_NOW, meeting.id, "primary")]
    if kind is NoticeKind.MINUTES_DRAFTED:
        confirm = kit.button("Confirm", Acts.CONFIRM, meeting.id, "primary")
        return [confirm, kit.button("Edit minutes", Acts.EDIT, meeting.id)]
    return [kit.button("Download", Acts.DOWNLOAD, meeting.id)]
