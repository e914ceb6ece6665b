"""Absences during a conflict: who should own it now, and when that may change."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime

from council.conflict import Conflict, State
from council.routing import Asked, Route
from council.seats import gap, seat, spoken_role
from council.sentence import Fact, Sentence, When, Who, say
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
    to = _taker(
        conflict.owner, conflict.seat, conflict.reporter, conflict.facts.account_owner, workspace, now
    )
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


def foreseen(way: Route, asked: Asked, workspace: Workspace, now: datetime) -> Sentence | None:
    """The owner's absence that begins before it is due, and who decides from then on; None without one."""
    coming = (each for each in workspace.absences if each.person == way.owner and each.since > now)
    absence = min(coming, key=lambda each: each.since, default=None)
    if absence is None or absence.since >= way.deadline.limit:
        return None
    to = _taker(way.owner, way.seat, asked.reporter, asked.account_owner, workspace, absence.since)
    words = "{who} is away from {since} until {until}"
    away: dict[str, Fact] = {"since": When(absence.since), "until": When(absence.until)}
    if to is None:
        return say(words, who=Who(way.owner), **away)
    return say(f"{words}; from then on {{stand_in}} decides", who=Who(way.owner), stand_in=Who(to), **away)


def _taker(
    owner: str, word: str, reporter: str, account_owner: str | None, workspace: Workspace, at: datetime
) -> str | None:
    """Whom the owner, who is absent at that instant, named, else whoever the seat has then."""
    absence = workspace.absence(owner, at)
    if absence and absence.stand_in != reporter and workspace.present(absence.stand_in, at):
        return absence.stand_in
    try:
        holder = seat(word, workspace, at, reporter=reporter, account_owner=account_owner)
    except LookupError:
        return None
    stays = holder.person == owner or not workspace.present(holder.person, at)
    return None if stays else holder.person


def turning_points(conflict: Conflict, workspace: Workspace, now: datetime) -> Iterator[datetime]:
    """When `passing` may say something else: an absence begins, or somebody comes back (aware UTC)."""
    someone_missing = conflict.stands_in_for or not workspace.present(conflict.owner, now)
    for absence in workspace.absences:
        if absence.person == conflict.owner and absence.since > now:
            yield absence.since
        if someone_missing and absence.until > now:
            yield absence.until
