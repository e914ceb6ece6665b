"""The message of a meeting that runs: where it is, what came of it, what can be done.

It shows instants, not how long it lasts: so it changes only when somebody does something.
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import timedelta

from slack_sdk.models.blocks import Block

from council.conflict import Conflict
from council.course import Came, Course, Item, items_of, place_of
from council.finishing import Conflicts, without_outcome
from council.meeting import Meeting, MeetingState
from council.minutes import Line, hidden, minutes_of
from council.workspace import Workspace
from handlers import kit
from handlers.conflicts.names import Acts as OfConflicts
from handlers.meeting.names import Acts, Entries, value
from handlers.meeting.wording import how_many, item_title, meeting_name, minutes
from handlers.wording import listed, name, read

MOST_NAMED = 12
MENU = (
    ("Back", Entries.BACK),
    ("Attendance", Entries.ATTENDANCE),
    ("Arrange", Entries.ARRANGE),
    ("Nothing to do", Entries.NOTHING),
)

Written = tuple[str, list[Block]]


def now_message(meeting: Meeting, conflicts: Conflicts, workspace: Workspace) -> Written:
    """The fallback and the blocks."""
    course, title = meeting.course, meeting_name(meeting, workspace)
    if course is None or meeting.state is not MeetingState.RUNNING:
        words = f"{title} is over{_took(meeting)}; its minutes stand in this channel."
        return words, [kit.small(words)]
    if course.closing and (left := without_outcome(meeting, conflicts)):
        return _closing(meeting, course, left, conflicts)
    items = items_of(meeting.agenda.fixed)
    item = items[place_of(items, course.at)]
    conflict = conflicts.get(item.point.conflict or "") if item.point else None
    words = f"Now: {item.place} · {kit.quoted(item.box.title, 100)}"
    until = _until(meeting, course, items, item, workspace)
    blocks: list[Block] = [
        kit.small(_opening(meeting, course, title, workspace)),
        kit.text(f"*{words} · {item.box.minutes} min{until}*"),
        _item(meeting, course, item, conflicts, workspace),
        *kit.buttons(_row(meeting, items, item, conflict)),
        kit.small(_after(items, item, conflicts)),
    ]
    return words, blocks


def _took(meeting: Meeting) -> str:
    took = meeting.course.took if meeting.course else None
    if took is None:
        return ""
    planned = minutes((meeting.ends - meeting.starts).total_seconds())
    return f" · {minutes(took.total_seconds())} of {planned} min"


def _opening(meeting: Meeting, course: Course, title: str, workspace: Workspace) -> str:
    zone = workspace.hours.zone
    begun = f"{title} · begun {kit.when(course.started_at, zone)} by {name(course.by, workspace.people)}"
    if course.afterwards:
        begun = f"{title} of {kit.when(meeting.starts, zone)} · its outcomes are recorded afterwards"
    if course.attended is None:
        return f"{begun} · who is there? Choose Attendance in the … menu"
    return f"{begun} · {len(course.attended)} there"


def _until(
    meeting: Meeting, course: Course, items: tuple[Item, ...], item: Item, workspace: Workspace
) -> str:
    if course.afterwards:
        return ""
    ends = course.began_at(items, item.place) + timedelta(minutes=item.box.minutes)
    return f", until {kit.hour(ends, workspace.calendar.zone_of(meeting.ceremony))}"


def _about(meeting: Meeting, course: Course, item: Item, conflicts: Conflicts, workspace: Workspace) -> str:
    conflict = conflicts.get(item.point.conflict or "") if item.point else None
    counted = f" · {item.nth} of {item.count}" if item.count > 1 else ""
    lines = [f"{item_title(item, conflict)}{counted}", *_known(item, conflict, workspace)]
    line = next(line for line in minutes_of(meeting, course, conflicts, workspace).lines if line.item == item)
    lines += _came(line, course.of(item.id), workspace)
    return "\n".join(lines)


def _known(item: Item, conflict: Conflict | None, workspace: Workspace) -> Iterator[str]:
    """Where it stands, whose it is, what is asked in its box."""
    point = item.point
    if item.box.asks:
        yield f"_{kit.quoted(item.box.asks, 200)}_"
    if point is None or hidden(item, conflict):
        return
    if conflict is not None and conflict.is_open:
        owner = name(conflict.owner, workspace.people)
        role = f" ({kit.quoted(conflict.role, 80)})" if conflict.role else ""
        yield " · ".join(filter(None, (kit.quoted(point.says, 100), f"{owner}{role} decides")))
        yield " · ".join(
            f"{kit.quoted(s.source, 80)}: {kit.strong(s.says, 200)}" for s in conflict.facts.signals
        )
    elif conflict is None:
        owner = name(point.owner, workspace.people) if point.owner else ""
        parts = [part for part in (kit.quoted(point.says, 300), owner) if part]
        yield from [" · ".join(parts)] if parts else []
    if point.carried:
        times = {1: "once", 2: "twice"}.get(point.carried, f"{point.carried} times")
        yield f"carried over {times}"


def _came(line: Line, came: tuple[Came, ...], workspace: Workspace) -> list[str]:
    """What came of it so far; what is decided elsewhere meanwhile is said by where the conflict stands."""
    if came:
        return [f"✅ {read(sentence, workspace)}" for sentence in line.said]
    point = line.item.point
    ended = point is not None and point.conflict is not None and line.said and line.said[0].text == "ended"
    return ["✅ It has been settled on its card meanwhile."] if ended else []


def _row(
    meeting: Meeting, items: tuple[Item, ...], item: Item, conflict: Conflict | None
) -> list[kit.Pressable]:
    carried = value(meeting.id, item.id)
    about_conflict = item.point is not None and item.point.conflict is not None
    row: list[kit.Pressable] = []
    if not about_conflict or (conflict is not None and conflict.is_open):
        row += [kit.button("Record decision", Acts.RECORD, carried)]
    row += [kit.button("Name an owner", Acts.OWNER, carried)]
    if not about_conflict or (conflict is not None and conflict.is_open):
        row += [kit.button("Carry over", Acts.CARRY, carried)]
    last = items[-1].id == item.id
    on = ("Finish", Acts.FINISH) if last else ("Next", Acts.NEXT)
    row += [kit.button(*on, carried, "primary")]
    entries = [each for each in MENU if each[1] is not Entries.NOTHING or not about_conflict]
    return [*row, kit.menu(Acts.MENU, [(label, f"{entry}:{carried}") for label, entry in entries])]


def _item(meeting: Meeting, course: Course, item: Item, conflicts: Conflicts, workspace: Workspace) -> Block:
    """What it is about; beside a conflict a way to it for those who may see it."""
    words = kit.text(_about(meeting, course, item, conflicts, workspace))
    conflict = conflicts.get(item.point.conflict or "") if item.point else None
    if conflict is not None:
        words.accessory = kit.button("Details", OfConflicts.DETAILS, conflict.id)
    return words


def _after(items: tuple[Item, ...], item: Item, conflicts: Conflicts) -> str:
    following = items[place_of(items, item.id) + 1 :]
    if not following:
        return "This is the last item."
    after = following[0]
    title = item_title(after, conflicts.get(after.point.conflict or "") if after.point else None, 100)
    return f"Then: {title}" + (f" · {len(following) - 1} more after it" if len(following) > 1 else "")


def _closing(meeting: Meeting, course: Course, left: tuple[Item, ...], conflicts: Conflicts) -> Written:
    """What has no outcome, and one tap that leaves none of it behind."""
    count = len(left)
    have = "items have" if count > 1 else "item has"
    words = f"{how_many(count).capitalize()} {have} neither a decision nor an owner"
    titles = [
        item_title(item, conflicts.get(item.point.conflict or "") if item.point else None, 100)
        for item in left[:MOST_NAMED]
    ]
    if count > MOST_NAMED:
        titles.append(f"{count - MOST_NAMED} more")
    row: list[kit.Pressable] = [
        kit.button("Carry over the rest to their owners", Acts.CARRY_REST, meeting.id, "primary"),
        kit.button("Back to the items", Acts.BACK, value(meeting.id, course.at)),
    ]
    return words, [kit.text(f"*{words}:* {listed(titles)}."), *kit.buttons(row)]
