"""One point of an agenda in one line, and what else stands in its box."""

from __future__ import annotations

from collections.abc import Iterator

from council.agenda import Filled, Point
from council.templates import Box
from council.workspace import Workspace
from handlers import kit
from handlers.conflicts.decided import day
from handlers.conflicts.rows import one_line
from handlers.wording import name, read

MOST_TEXT = 160
MOST_BOX = 1500
"""Characters of one box, as escaped; Slack refuses a message of more than about 12,000."""
NOTHING = {
    "conflicts": "Nothing is open or overdue.",
    "decided": "Nothing was decided since.",
    "proposals": "Nothing is proposed.",
    "actions": "Nothing is overdue.",
}


def box_words(place: int, filled: Filled, workspace: Workspace) -> str:
    """A box with its points; what does not fit is counted."""
    title = f"*{place}  {kit.quoted(filled.box.title)} · {filled.box.minutes} min*"
    rows = [*(point_line(point, filled.box, workspace) for point in filled.points)]
    rows += [f"• {read(line, workspace)}" for line in filled.lines]
    if not rows:
        rows = [words for words in (_asks(filled.box), NOTHING.get(filled.box.draws or "", "")) if words][:1]
    elif not any(point.kind == "handoff" for point in filled.points):
        rows = [*filter(None, [_asks(filled.box)]), *rows]
    kept = [*_fitting(rows)]
    left = filled.more + len(rows) - len(kept)
    return "\n".join([title, *kept, *([f"_and {left} more_"] if left else [])])


def _asks(box: Box) -> str:
    return f"_{box.asks}_" if box.asks else ""


def _fitting(rows: list[str]) -> Iterator[str]:
    room = MOST_BOX
    for row in rows:
        room -= len(row) + 1
        if room < 0:
            return
        yield row


def point_line(point: Point, box: Box, workspace: Workspace) -> str:
    """What it is, whose it is, and how it stands; of a confidential conflict nothing but its number."""
    if point.confidential:
        what = "an action item of " if point.item else ""
        return f"• {what}confidential #{point.number}{_carried(point)}"
    who = name(point.owner, workspace.people) if point.owner else ""
    match point.kind:
        case "handoff":
            return " · ".join(filter(None, (f"• {kit.quoted(point.text)}", who, box.asks)))
        case "metric":
            return f"• {kit.quoted(point.text)}: {_reading(point, who)}"
        case "action":
            since = f"overdue since {day(point.due, workspace)}" if point.due else ""
            return f"• {_text(point)} · {', '.join(filter(None, (who, since)))}"
        case _:
            number = f"#{point.number} " if point.number else ""
            took = f"{point.minutes} min" if point.minutes else ""
            parts = (f"• {number}{_text(point)}", kit.quoted(point.says), who, took)
            return f"{' · '.join(filter(None, parts))}{_carried(point)}"


def _reading(point: Point, who: str) -> str:
    if point.says:
        return f"*{one_line(point.says, 60)}*".replace("**", "*")
    return f"not heard, {who} was asked" if who else "not asked yet"


def _text(point: Point) -> str:
    return one_line(point.text, MOST_TEXT)


def _carried(point: Point) -> str:
    if not point.carried:
        return ""
    return " · carried over" if point.carried == 1 else f" · carried over {point.carried} times"
