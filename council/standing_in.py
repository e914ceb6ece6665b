"""Absences during a conflict: who should own it now, and when that may change."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime

from council.conflict import Conflict, State
from council.seats import gap, seat, spoken_role
from council.sentence import Sentence, Who, say
from council.workspace import Workspace

BACK = "back"
"""The kind of timeline row that says that it is its owner's again."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Passing:
    """The conflict goes to somebody else; `stands_in_for` is None when it goes back."""

    to: str
    role: str
    words: Sentence
    stands_in_for: str | None
    back: bool = False
    """It goes back to whoever was away; the one message on their return tells them."""


def passing(conflict: Conflict, workspace: Workspace, now: datetime) -> Passing | None:
    """Whom the conflict goes to because of an absence, None while it stays where it is.

    An owner who is away or gone is stood in for; on their return it is theirs again, unless the stand-in
    has acknowledged. What nobody can take stays where it is.
    """
    if not conflict.is_open:
        return None
    back = conflict.stands_in_for
    if back and conflict.state is State.OPEN and workspace.present(back, now):
        return _back(back, conflict, workspace)
    if workspace.present(conflict.owner, now):
        return None
    to = _stand_in(conflict, workspace, now)
    return _on(to, conflict, workspace, now) if to else None


def _back(to: str, conflict: Conflict, workspace: Workspace) -> Passing:
    role = spoken_role(to, conflict.seat, workspace)
    words = say("{who} is back and decides", who=Who(to))
    return Passing(to=to, role=role, words=words, stands_in_for=None, back=True)


def _on(to: str, conflict: Conflict, workspace: Workspace, now: datetime) -> Passing:
    why = gap(conflict.owner, conflict.seat, workspace, now)
    words = say(f"{why.text}; {{stand_in}} decides instead", stand_in=Who(to), **why.facts)
    absent = conflict.stands_in_for or conflict.owner
    role = spoken_role(to, conflict.seat, workspace)
    return Passing(to=to, role=role, words=words, stands_in_for=absent if to != absent else None)


def _stand_in(conflict: Conflict, workspace: Workspace, now: datetime) -> str | None:
    """Whom the absent owner named, else whoever the seat has now."""
    absence = workspace.absence(conflict.owner, now)
    if absence and absence.stand_in != conflict.reporter and workspace.present(absence.stand_in, now):
        return absence.stand_in
    account_owner = conflict.facts.account_owner
    try:
        holder = seat(conflict.seat, workspace, now, reporter=conflict.reporter, account_owner=account_owner)
    except LookupError:
        return None
    stays = holder.person == conflict.owner or not workspace.present(holder.person, now)
    return None if stays else holder.person


def turning_points(conflict: Conflict, workspace: Workspace, now: datetime) -> Iterator[datetime]:
    """When `passing` may say something else: an absence begins, or somebody comes back (aware UTC)."""
    someone_missing = conflict.stands_in_for or not workspace.present(conflict.owner, now)
    for absence in workspace.absences:
        if absence.person == conflict.owner and absence.since > now:
            yield absence.since
        if someone_missing and absence.until > now:
            yield absence.until
