"""A decision in a few lines: what stands, the number, the decision, why, until when, by whom."""

from __future__ import annotations

from datetime import UTC, date, datetime, time
from zoneinfo import ZoneInfo

from council.conflict import Conflict, Ruling
from council.workspace import Workspace
from handlers import kit
from handlers.wording import name

MOST_DECISION, MOST_WHY = 600, 900
KINDS = {
    "neither": "Neither stands.",
    "both": "More than one stands: they answer different questions.",
    "resolved": "It resolved itself or was a mistake.",
}


def decided_lines(conflict: Conflict, workspace: Workspace) -> list[str]:
    """The whole decision as lines of mrkdwn; empty before there is one."""
    ruling = conflict.ruling
    return [*ruling_lines(ruling), signature(ruling, workspace)] if ruling else []


def ruling_lines(ruling: Ruling) -> list[str]:
    """What stands, what is to be done, and why, as lines of mrkdwn."""
    return [
        stands(ruling),
        f"{kit.strong(ruling.decision, MOST_DECISION)}",
        f"Why: {kit.quoted(ruling.why, MOST_WHY)}",
    ]


def stands(ruling: Ruling) -> str:
    """Whose signal stands, and the number to use."""
    words = KINDS.get(ruling.stands) or f"{kit.strong(ruling.source, 80)} stands."
    return f"{words} The number to use: {kit.strong(ruling.number, 80)}." if ruling.number else words


def verdict(ruling: Ruling) -> str:
    """The same in half a line: *Rep roll-up stands, 3.1 M€.*"""
    words = KINDS.get(ruling.stands) or f"{kit.quoted(ruling.source, 80)} stands."
    return f"{words[:-1]}, {kit.quoted(ruling.number, 80)}." if ruling.number else words


def signature(ruling: Ruling, workspace: Workspace) -> str:
    """Until when it holds, and who decided when."""
    who = name(ruling.by, workspace.people)
    role = f" ({kit.quoted(ruling.role, 80)})" if ruling.role else ""
    by = f"{who}{role}, {kit.when(ruling.at, workspace.hours.zone)}"
    return " · ".join(part for part in (holds(ruling, workspace), by) if part)


def holds(ruling: Ruling, workspace: Workspace) -> str:
    """Until when it holds; what holds is looked at again at its end, or on the day that was chosen."""
    if ruling.holds_until is None:
        return ""
    until = f"Holds until {day(ruling.holds_until, workspace)}"
    if ruling.look_again is None or ruling.look_again == ruling.holds_until:
        return f"{until}, then looked at again"
    return f"{until}, looked at again {day(ruling.look_again, workspace)}"


def day(on: date, workspace: Workspace) -> str:
    """A day as Slack shows it; noon in the workspace, so that it is the same day for most readers."""
    noon = datetime.combine(on, time(12), ZoneInfo(workspace.hours.zone)).astimezone(UTC)
    return f"<!date^{int(noon.timestamp())}^{{date_short_pretty}}|{on.day} {on:%b %Y}>"
