"""When the owner of an action item hears of it again: around its due day, or when a snooze is over.

All of it is said when the owner's day begins, and looked at a minute before, so that it is there when the
morning is gathered.
"""

from __future__ import annotations

from datetime import datetime, timedelta

from council.action_item import ActionItem
from council.workspace import Workspace

BEFORE, TODAY, OVERDUE = 1, 2, 3
"""What a reminder says: it is due soon, today, or was due."""
AHEAD = timedelta(minutes=1)
AT_ONCE = timedelta(seconds=1)


def reminders(item: ActionItem, workspace: Workspace) -> tuple[datetime, datetime, datetime]:
    """Mornings of the working days before, of, and after the due day; a day off is reminded of before it."""
    hours, begins = workspace.hours, workspace.hours_of(item.owner).opening_of
    day = item.due if hours.is_working_day(item.due) else hours.add_working_days(item.due, -1)
    before, after = hours.add_working_days(day, -1), hours.add_working_days(item.due, 1)
    return begins(before), begins(day), begins(after)


def passed(item: ActionItem, workspace: Workspace, now: datetime) -> int:
    """How many of its reminders are over."""
    return sum(at - AHEAD <= now for at in reminders(item, workspace))


def due_for(item: ActionItem, workspace: Workspace) -> datetime | None:
    """When it is to be looked at next; None when nothing more is said of it."""
    if not item.is_open:
        return None
    if item.snoozed is not None:
        return workspace.hours_of(item.owner).opening_of(item.snoozed) - AHEAD
    if item.reminded >= OVERDUE:
        return None
    return reminders(item, workspace)[item.reminded] - AHEAD


def next_look(item: ActionItem, workspace: Workspace, now: datetime) -> datetime | None:
    """The same, as an instant to come."""
    at = due_for(item, workspace)
    return max(at, now + AT_ONCE) if at else None


def said_of(item: ActionItem, workspace: Workspace, now: datetime) -> int:
    """Which of the three a reminder says that is due now."""
    if item.snoozed is None:
        return passed(item, workspace, now)
    if item.snoozed == item.due:
        return TODAY
    return BEFORE if item.snoozed < item.due else OVERDUE
