"""The minutes: **Edit minutes**, **History**, **Download**, **Confirm**; and found again by `/ai-council`."""

from __future__ import annotations

import json
from dataclasses import replace

from slack_sdk.models.blocks import Block, Option
from slack_sdk.models.views import View

from council import finishing, minutes
from council.course import ATTENDANCE, NOTE, Course, Edit, items_of
from council.errors import TooLate
from council.finishing import Conflicts
from council.meeting import Meeting, MeetingState
from council.minutes import hidden, minutes_of
from council.permissions import hold
from council.sentence import say
from council.workspace import Workspace
from handlers import forms, kit
from handlers.answers import Answer, Private
from handlers.forms import Form, field
from handlers.meeting.minutes_message import download_modal, history_modal, markdown, recorded_words
from handlers.meeting.names import Acts, Views
from handlers.meeting.settling import look_up, readable, settle
from handlers.meeting.wording import plain_title
from handlers.turn import Turn
from storage import feeds
from storage.store import Unit


class MinutesForm(Form):
    """*Edit minutes*: which line, and its words; or who was there."""

    what: str = ""
    words: str = ""
    people: tuple[str, ...] = ()


async def on_edit(turn: Turn) -> Answer:
    """**Edit minutes**: one line at a time, so that each change can be seen later."""
    meeting, conflicts, workspace = await look_up(turn, turn.value)
    hold(turn.person, workspace, turn.desk.clock())
    course = _kept(meeting)
    await turn.show(_edit_modal(meeting, course, NOTE, conflicts, workspace))
    return None


async def on_chosen(turn: Turn) -> Answer:
    """Another line was chosen: its words stand in the form."""
    form = forms.read(MinutesForm, turn.view)
    meeting, conflicts, workspace = await look_up(turn, str(turn.meta["meeting"]))
    await turn.redraw(_edit_modal(meeting, _kept(meeting), form.what, conflicts, workspace))
    return None


def _kept(meeting: Meeting) -> Course:
    if meeting.course is None or meeting.state is not MeetingState.FINISHED:
        raise TooLate(say("There are no minutes yet; they are written when the meeting is finished."))
    return meeting.course


def _edit_modal(
    meeting: Meeting, course: Course, what: str, conflicts: Conflicts, workspace: Workspace
) -> View:
    options = _options(meeting, conflicts)
    place = next((n for n, option in enumerate(options) if option.value == what), 0)
    chosen = forms.select(options, options[place].value)
    chosen.action_id = Acts.CHOSEN
    blocks: list[Block] = [field("what", "What?", chosen, dispatch=True)]
    kept = minutes_of(meeting, course, conflicts, workspace)
    hint = "What stood there before stays in the history; a decision itself is changed on its card."
    if what == ATTENDANCE:
        blocks.append(field("people", "Who was there?", forms.people(kept.attended or ())))
    else:
        line = next((line for line in kept.lines if line.item.id == what), None)
        changed = kept.note if what == NOTE else line.changed if line else None
        words = changed.words if changed else recorded_words(line.said if line else (), workspace)
        # a new block id for each line: Slack keeps what an input holds while its id stays
        text = forms.line(words, most=minutes.MOST_WORDS, tall=True)
        blocks.append(field(f"words_{place}", "Words", text, hint=hint))
    meta = json.dumps({"meeting": meeting.id})
    return forms.modal(Views.EDIT, "Edit minutes", blocks, submit="Save", meta=meta)


def _options(meeting: Meeting, conflicts: Conflicts) -> list[Option]:
    """The note, who was there, and every line that says more than a number."""
    lines = []
    for item in items_of(meeting.agenda.fixed):
        conflict = conflicts.get(item.point.conflict or "") if item.point else None
        if not hidden(item, conflict):
            lines.append(kit.option(f"{item.place} · {plain_title(item, conflict)}", item.id))
    return [kit.option("A note", NOTE), kit.option("Attendance", ATTENDANCE), *lines]


async def on_edited(turn: Turn) -> Answer:
    """Saved; the message follows, and says who changed it when."""
    form = forms.read(MinutesForm, turn.view)
    edit = Edit(of=form.what, by=turn.person_id, at=turn.desk.clock(), words=form.words, people=form.people)
    return await settle(
        turn,
        str(turn.meta["meeting"]),
        lambda unit, meeting, conflicts, workspace: minutes.change(
            meeting, edit, conflicts, by=turn.person, workspace=workspace, now=unit.clock()
        ),
    )


async def on_confirm(turn: Turn) -> Answer:
    """**Confirm**: the draft is right as it is."""
    return await settle(
        turn,
        turn.value,
        lambda unit, meeting, _, workspace: finishing.confirm(
            meeting, by=turn.person, workspace=workspace, now=unit.clock()
        ),
    )


async def on_download(turn: Turn) -> Answer:
    """**Download**: the minutes as Markdown."""
    meeting, conflicts, workspace = await look_up(turn, turn.value)
    await readable(turn, meeting, workspace)
    await turn.show(download_modal(meeting, markdown(meeting, _kept(meeting), conflicts, workspace)))
    return None


async def on_file(turn: Turn) -> Answer:
    """**Send me the file**: it comes by direct message."""
    meeting, _, workspace = await look_up(turn, turn.value)
    await readable(turn, meeting, workspace)
    _kept(meeting)

    def send(unit: Unit) -> bool:
        feeds.send_file(unit, minutes.as_file(meeting, turn.person_id, workspace, unit.clock()))
        return True

    await turn.write(send)
    return Private("The file is on its way to you, by direct message.")


async def on_history(turn: Turn) -> Answer:
    """**History**: every change, with what stood there before."""
    meeting, conflicts, workspace = await look_up(turn, turn.value)
    await readable(turn, meeting, workspace)
    workspace = replace(workspace, members={})
    await turn.show(history_modal(meeting, _kept(meeting), conflicts, workspace))
    return None
