"""A decision in a few lines: what stands, the number, the decision, why, until when, by whom."""

from __future__ import annotations

from datetime import UTC, date, datetime, time
from zoneinfo import ZoneInfo

from council.conflict import Conflict, Ruling
from council.workspace import Workspace
from handlers import kit
from handlers.wording import name


def decided_lines(conflict: Conflict, workspace: Workspace) -> list[str]:
    """The decision as lines of mrkdwn; empty before there is one."""
    ruling = conflict.ruling
    if ruling is None:
        return []
    who = name(ruling.by, workspace.people)
    role = f" ({kit.quoted(ruling.role, 80)})" if ruling.role else ""
    at = kit.when(ruling.at, workspace.hours.zone)
    signed = [_holds(ruling, workspace), f"{who}{role}, {at}"]
    return [
        stands(ruling),
        f"*{kit.quoted(ruling.decision, 600)}*",
        f"Why: {kit.quoted(ruling.why, 900)}",
        " · ".join(part for part in signed if part),
    ]


def stands(ruling: Ruling) -> str:
    """Whose signal stands, and the number to use."""
    words = {
        "one": f"*{kit.quoted(ruling.source, 80)}* stands.",
        "neither": "Neither stands.",
        "both": "More than one stands: they answer different questions.",
        "resolved": "It resolved itself or was a mistake.",
    }[ruling.stands]
    return f"{words} The number to use: *{kit.quoted(ruling.number, 80)}*." if ruling.number else words


def _holds(ruling: Ruling, workspace: Workspace) -> str:
    if ruling.holds_until is None:
        return ""
    again = ", then looked at again" if ruling.look_again is None else ""
    words = f"Holds until {day(ruling.holds_until, workspace)}{again}"
    return (
        words
        if ruling.look_again is None
        else f"{words}, looked at again {day(ruling.look_again, workspace)}"
    )


def day(on: date, workspace: Workspace) -> str:
    """A day as Slack shows it; noon in the workspace, so that it is the same day for most readers."""
    noon = datetime.combine(on, time(12), ZoneInfo(workspace.hours.zone)).astimezone(UTC)
    return f"<!date^{int(noon.timestamp())}^{{date_short_pretty}}|{on.day} {on:%b %Y}>"
