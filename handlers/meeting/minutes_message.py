"""The minutes as a message, as Markdown, and how they were changed."""

from __future__ import annotations

from collections.abc import Iterator

from slack_sdk.models.blocks import Block
from slack_sdk.models.views import View

from council.course import ATTENDANCE, NOTE, Course, Edit, items_of
from council.finishing import Conflicts
from council.meeting import Meeting
from council.minutes import Line, Minutes, minutes_of
from council.sentence import Sentence, When, say
from council.workspace import Workspace
from handlers import forms, kit
from handlers.conflicts.rows import MOST_MESSAGE, fitting, one_line, packed
from handlers.files import Document
from handlers.meeting.names import Acts
from handlers.meeting.wording import item_title, meeting_name, minutes, plain_title
from handlers.wording import listed, name, plain, plain_name, read, upper_first

ROOM = MOST_MESSAGE - 1000
MOST_LINE = 1200
NOT_NOTED = "Attendance was not noted."

Written = tuple[str, list[Block]]


def minutes_message(meeting: Meeting, course: Course, conflicts: Conflicts, workspace: Workspace) -> Written:
    """The fallback and the blocks; what does not fit a message is in the download."""
    kept = minutes_of(meeting, course, conflicts, workspace)
    draft = " (draft)" if course.draft else ""
    at = kit.when(meeting.starts, workspace.hours.zone)
    head = f"*Minutes{draft}: {meeting_name(meeting, workspace)} · {at}*"
    lines = list(_lines(kept, conflicts, workspace))
    rows = packed(f"{head}\n{_attendance(kept, workspace)}", lines)
    shown = fitting(rows, ROOM)
    missing = [kit.small("There is more than a message holds: *Download* has all of it.")]
    blocks = [
        *shown,
        *(missing if len(shown) < len(rows) else []),
        *_note(kept),
        *_footer(course, kept, workspace),
        *kit.buttons(_row(meeting, course)),
    ]
    return f"Minutes{draft}: {meeting_name(meeting, workspace)}", blocks


def _lines(kept: Minutes, conflicts: Conflicts, workspace: Workspace) -> Iterator[str]:
    """Below the title of each box its items."""
    place = 0
    for line in kept.lines:
        point, said = line.item.point, _words_of(line, workspace)
        heading = f"*{line.item.place} · {kit.quoted(line.item.box.title, 100)}*"
        if point is None:
            yield f"{heading}: {said or 'nothing was noted.'}"
            continue
        title = item_title(line.item, conflicts.get(point.conflict or ""))
        row = f"• {title}: {said}" if said else f"• {title}"
        yield row if line.item.place == place else f"{heading}\n{row}"
        place = line.item.place


def _words_of(line: Line, workspace: Workspace) -> str:
    if line.changed is not None:
        return f"{kit.quoted(line.changed.words, MOST_LINE)} _(edited)_"
    return " ".join(_sentence(read(each, workspace)) for each in line.said)


def _sentence(words: str) -> str:
    first = upper_first(words)
    return first if first[-1:] in ".!?…_" else f"{first}."


def _attendance(kept: Minutes, workspace: Workspace) -> str:
    people = workspace.people
    missed = listed([name(person, people) for person in kept.absent]) if kept.absent else ""
    absent = f" Absent: {missed}." if missed else ""
    if kept.attended is None:
        return f"{NOT_NOTED}{absent}"
    return f"Attended: {listed([name(person, people) for person in kept.attended])}.{absent}"


def _note(kept: Minutes) -> list[Block]:
    return [kit.text(f"*Note*\n{kit.quoted(kept.note.words, 2000)}")] if kept.note else []


def _footer(course: Course, kept: Minutes, workspace: Workspace) -> list[Block]:
    zone = workspace.hours.zone
    parts = [_time(kept)] if kept.took is not None else []
    if course.afterwards:
        parts.append("outcomes recorded afterwards")
    if course.draft:
        parts.append("nobody finished the meeting; please look whether this is right")
    if course.edits:
        last = course.edits[-1]
        parts.append(f"edited by {name(last.by, workspace.people)} at {kit.when(last.at, zone)}")
    return [kit.small(" · ".join(parts))] if parts else []


def _time(kept: Minutes) -> str:
    took = minutes(kept.took.total_seconds()) if kept.took is not None else 0
    return f"{took} of {minutes(kept.planned.total_seconds())} min"


def _row(meeting: Meeting, course: Course) -> list[kit.Pressable]:
    row: list[kit.Pressable] = []
    if course.draft:
        row.append(kit.button("Confirm", Acts.CONFIRM, meeting.id, "primary"))
    row += [
        kit.button("Edit minutes", Acts.EDIT, meeting.id),
        kit.button("Download", Acts.DOWNLOAD, meeting.id),
    ]
    return [*row, kit.button("History", Acts.HISTORY, meeting.id)] if course.edits else row


def markdown(meeting: Meeting, course: Course, conflicts: Conflicts, workspace: Workspace) -> str:
    """All of the minutes as a Markdown document, instants in the workspace's zone."""
    kept = minutes_of(meeting, course, conflicts, workspace)
    people = workspace.people
    at = plain(say("{at}", at=When(meeting.starts)), workspace)
    lines = [f"# {_flat(workspace.calendar.name_of(meeting.ceremony))}, {at}", ""]
    lines += ["*Draft*", ""] if course.draft else []
    attended = ", ".join(_flat(plain_name(person, people)) for person in kept.attended or ())
    lines.append(f"Attended: {attended}" if attended else NOT_NOTED)
    absent = ", ".join(_flat(plain_name(person, people)) for person in kept.absent)
    lines += ["", f"Absent: {absent}"] if absent else []
    lines += _boxes(kept, conflicts, workspace)
    lines += ["", "## Note", "", _flat(kept.note.words)] if kept.note else []
    lines += ["", _time(kept)] if kept.took is not None else []
    return "\n".join([*lines, ""])


def _boxes(kept: Minutes, conflicts: Conflicts, workspace: Workspace) -> Iterator[str]:
    place = 0
    for line in kept.lines:
        item = line.item
        if item.place != place:
            place = item.place
            yield from ("", f"## {place}. {_flat(item.box.title)}", "")
        conflict = conflicts.get(item.point.conflict or "") if item.point else None
        said = [_sentence(plain(each, workspace)) for each in line.said]
        words = [line.changed.words] if line.changed else said
        title = f"**{_flat(plain_title(item, conflict))}** " if item.point else ""
        if title or words:
            yield f"- {title}{_flat(' '.join(words))}".rstrip()


_MARKS = str.maketrans({mark: f"\\{mark}" for mark in "\\`*_[]<>#|"})


def _flat(words: str) -> str:
    """On one line, with no mark of Markdown in it."""
    return " ".join(words.split()).translate(_MARKS)


def minutes_file(meeting: Meeting, conflicts: Conflicts, greeting: str, workspace: Workspace) -> Document:
    """The same as a file; `greeting` comes first when nothing was ever said to this person."""
    if meeting.course is None:
        raise LookupError("minutes of a meeting that has not begun")
    words = f"The minutes of the {meeting_name(meeting, workspace)}, as Markdown."
    return Document(
        stem=f"minutes-{meeting.on.isoformat()}",
        ending="md",
        title=f"Minutes {meeting.on.isoformat()}",
        words=f"{greeting}\n{words}" if greeting else words,
        content=markdown(meeting, meeting.course, conflicts, workspace).encode(),
    )


def download_modal(meeting: Meeting, text: str) -> View:
    """The document to copy, in as many pieces as Slack's blocks take; or to be sent as a file."""
    size = kit.MOST_TEXT - 200
    pieces = [text[start : start + size] for start in range(0, len(text), size)]
    blocks: list[Block] = [kit.small("The minutes as Markdown; copy them from here.")]
    blocks += [kit.text(f"```{kit.escape(piece)}```") for piece in pieces]
    blocks[1:1] = kit.buttons([kit.button("Send me the file", Acts.FILE, meeting.id)])
    return forms.modal("minutes_download", "Minutes", blocks, close="Done")


def history_modal(meeting: Meeting, course: Course, conflicts: Conflicts, workspace: Workspace) -> View:
    """Every change, the newest first, with what stood there before."""
    lines = [_change(place, meeting, course, conflicts, workspace) for place in range(len(course.edits))]
    blocks: list[Block] = fitting([*packed("*What was changed*", reversed(lines))], 40 * kit.MOST_TEXT)
    return forms.modal("minutes_history", "History", blocks, close="Done")


def _change(place: int, meeting: Meeting, course: Course, conflicts: Conflicts, workspace: Workspace) -> str:
    """Who changed what, when; from which words to which."""
    edit = course.edits[place]
    at = kit.when(edit.at, workspace.hours.zone)
    who = f"*{name(edit.by, workspace.people)}*, {at}"
    before = _before(course.edits[:place], edit, meeting, course, conflicts, workspace)
    after = _words(edit, workspace)
    item = next((each for each in items_of(meeting.agenda.fixed) if each.id == edit.of), None)
    conflict = conflicts.get(item.point.conflict or "") if item and item.point else None
    what = {ATTENDANCE: "Attendance", NOTE: "Note"}.get(edit.of)
    if item is not None:
        line = next(
            each for each in minutes_of(meeting, course, conflicts, workspace).lines if each.item == item
        )
        what = item_title(item, conflict, 100)
        if line.hidden:
            return f"{who} · {what}"
    was = f"\nbefore: {one_line(before, 900)}" if before else ""
    return f"{who} · {what}\n{one_line(after, 900)}{was}"


def _words(edit: Edit, workspace: Workspace) -> str:
    if edit.of == ATTENDANCE:
        return ", ".join(plain_name(person, workspace.people) for person in edit.people)
    return edit.words


def _before(
    earlier: tuple[Edit, ...],
    edit: Edit,
    meeting: Meeting,
    course: Course,
    conflicts: Conflicts,
    workspace: Workspace,
) -> str:
    """What stood there until then: the change before it, else what was recorded."""
    last = next((each for each in reversed(earlier) if each.of == edit.of), None)
    if last is not None:
        return _words(last, workspace)
    if edit.of == ATTENDANCE:
        return ", ".join(plain_name(person, workspace.people) for person in course.attended or ())
    recorded = minutes_of(meeting, course, conflicts, workspace).lines
    line = next((each for each in recorded if each.item.id == edit.of), None)
    return recorded_words(line.said if line else (), workspace)


def recorded_words(said: tuple[Sentence, ...], workspace: Workspace) -> str:
    """What was recorded in the meeting, in plain words."""
    return " ".join(_sentence(plain(each, workspace)) for each in said)
