"""Snoozing an action item: its owner hears of it again on the morning of another day, and not before."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta

from council.action_item import ActionItem, ItemOutcome
from council.doing import allow_item
from council.errors import Invalid
from council.people import Person
from council.permissions import Act, admit
from council.reminders import next_look, passed
from council.sentence import say
from council.workspace import Workspace

A_WEEK = 7


@dataclass(frozen=True, slots=True, kw_only=True)
class Snooze:
    """One choice: a working day, and whether the item is due before it."""

    key: str
    label: str
    day: date
    late: bool


def choices(item: ActionItem, workspace: Workspace, now: datetime) -> tuple[Snooze, ...]:
    """Tomorrow, Monday and next week, as working days; the same day is offered once."""
    hours = workspace.hours
    today = workspace.hours_of(item.owner).day_of(now)
    monday = today + timedelta(days=A_WEEK - today.weekday())
    days = {
        "tomorrow": ("Tomorrow", hours.add_working_days(today, 1)),
        "monday": ("Monday", hours.working_day_from(monday)),
        "week": ("In a week", hours.working_day_from(today + timedelta(days=A_WEEK))),
    }
    if days["tomorrow"][1] != today + timedelta(days=1):
        days["tomorrow"] = ("Next working day", days["tomorrow"][1])
    first = {day: key for key, (_, day) in reversed(days.items())}
    return tuple(
        Snooze(key=key, label=label, day=day, late=day > item.due)
        for key, (label, day) in days.items()
        if first[day] == key
    )


def snooze(
    item: ActionItem, key: str | None, *, by: Person | None, workspace: Workspace, now: datetime
) -> ItemOutcome:
    """Until the day that was chosen; reminders before it are left out. Handed over, it is forgotten."""
    member = admit(by)
    allow_item(member, Act.DO_ITEM, item, workspace)
    chosen = next((each for each in choices(item, workspace, now) if each.key == key), None)
    if chosen is None:
        raise Invalid({"until": say("Choose until when.")})
    snoozed = replace(item, snoozed=chosen.day, reminded=max(item.reminded, passed(item, workspace, now)))
    return ItemOutcome(item=snoozed, happened="snoozed", wake_at=next_look(snoozed, workspace, now))
