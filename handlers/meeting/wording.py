"""How meetings and their items are called where they are spoken of."""

from __future__ import annotations

from council.conflict import Conflict
from council.course import Item
from council.meeting import Meeting
from council.minutes import hidden
from council.workspace import Workspace
from handlers import kit
from handlers.conflicts.rows import one_line

MOST_TITLE = 200
_NUMBERS = "no one two three four five six seven eight nine ten eleven twelve".split()


def meeting_name(meeting: Meeting, workspace: Workspace) -> str:
    """The name of its ceremony, escaped."""
    return kit.quoted(workspace.calendar.name_of(meeting.ceremony), 100)


def item_title(item: Item, conflict: Conflict | None, most: int = MOST_TITLE) -> str:
    """What it is about, on one line; of a confidential conflict its number only."""
    if item.point is None:
        return one_line(item.box.title, most)
    if hidden(item, conflict):
        return f"confidential #{item.point.number}"
    number = f"*#{item.point.number}* " if item.point.number else ""
    return f"{number}{one_line(item.point.text, most)}"


def plain_title(item: Item, conflict: Conflict | None) -> str:
    """The same where Slack shows no markup."""
    if item.point is None:
        return item.box.title
    if hidden(item, conflict):
        return f"confidential #{item.point.number}"
    number = f"#{item.point.number} " if item.point.number else ""
    return f"{number}{item.point.text}"


def how_many(count: int) -> str:
    """A number in words, as far as people write it out."""
    return _NUMBERS[count] if count < len(_NUMBERS) else str(count)


def minutes(seconds: float) -> int:
    """Whole minutes, the last one counted when it is more than half over."""
    return round(seconds / 60)
