"""One point of an agenda in one line, and what else stands in its box."""

from __future__ import annotations

from collections.abc import Iterator

from council.agenda import Filled, Point
from council.sentence import Sentence
from council.templates import Box
from council.workspace import Workspace
from handlers import kit
from handlers.conflicts.decided import day
from handlers.conflicts.names import COMMAND
from handlers.conflicts.rows import one_line
from handlers.wording import name, read

MOST_TEXT = 130
MOST_BOX, MOST_LINES = 1500, 800
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
    points = [point_line(point, filled.box, workspace) for point in filled.points]
    lines = [f"• {read(_short(line), workspace)}" for line in filled.lines]
    said = [*_fitting(lines, MOST_LINES)]
    shown = [*_fitting(points, MOST_BOX - sum(map(len, said)))]
    left = filled.more + len(points) - len(shown)
    shows = f": `{COMMAND} list` shows them" if filled.box.draws == "conflicts" else ""
    more = [f"_and {left} more{shows}_"] if left else []
    return "\n".join([title, *_above(filled), *shown, *more, *said])


def _above(filled: Filled) -> list[str]:
    """What is asked in the box; in an empty one that nobody asks anything in, that it is empty."""
    box = filled.box
    if any(point.kind == "handoff" for point in filled.points):
        return []
    empty = NOTHING.get(box.draws or "", "") if not (filled.points or filled.lines) else ""
    words = f"_{box.asks}_" if box.asks else empty
    return [words] if words else []


def _short(line: Sentence) -> Sentence:
    facts = {
        key: kit.clip(" ".join(fact.split()), MOST_TEXT) if isinstance(fact, str) else fact
        for key, fact in line.facts.items()
    }
    return Sentence(line.text, facts)


def _fitting(rows: list[str], room: int) -> Iterator[str]:
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
