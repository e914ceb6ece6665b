"""Who is asked to call an emergency meeting, and who next when they are silent."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime, timedelta

from council.conflict import Conflict
from council.workspace import Workspace

LENGTH = timedelta(minutes=30)
"""So long an emergency meeting takes."""
SILENCE = timedelta(hours=2)
"""Working hours after which the next one is asked."""


@dataclass(frozen=True, slots=True)
class Following:
    """Who is asked next, and when; nobody when all were."""

    person: str | None
    at: datetime


def callers(workspace: Workspace, now: datetime) -> Iterator[str]:
    """Chair, the chair's deputy, sponsor and theirs, as far as they are here; each once."""
    line = dict.fromkeys((*workspace.chairing, *workspace.sponsoring))
    yield from (person for person in line if workspace.present(person, now))


def over_at(conflict: Conflict) -> datetime | None:
    """When the emergency meeting is over and somebody is asked whether it decided; None when nobody is."""
    call = conflict.call
    if call is None or call.state != "called" or call.starts is None or call.over or not conflict.is_open:
        return None
    return call.starts + LENGTH


def caller_after(conflict: Conflict, workspace: Workspace, now: datetime) -> Following | None:
    """Whom to ask after the one who is silent; None while nobody is being asked."""
    call = conflict.call
    if call is None or call.state != "asked" or call.exhausted or not conflict.is_open:
        return None
    asked = (*call.asked, call.asked_by)
    person = next((each for each in callers(workspace, now) if each not in asked), None)
    return Following(person, workspace.hours.add_working(call.since, SILENCE))
