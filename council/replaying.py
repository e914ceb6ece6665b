"""What a new configuration does, before it does it: to the last 90 days, and to what is open."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import datetime, timedelta

from council.cadence import next_occurrence
from council.checks import warnings
from council.conflict import Conflict
from council.deadlines import TOO_FAR
from council.differences import differences
from council.errors import Unknown
from council.matrix import ConflictType
from council.people import Absence
from council.seats import role_of, seat, seat_name
from council.sentence import Sentence, When, Who, say
from council.timeframes import Within, in_words
from council.workspace import Configuration, Workspace

SPAN = timedelta(days=90)
MOST = 500
"""So many of the newest are replayed; a busier workspace reads how many it were."""
ENOUGH = 10
"""Fewer conflicts tell nothing about a matrix."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Past:
    """What routing needs to know of a report of the past, and whom it went to. Instants are aware UTC."""

    type: str
    reporter: str
    reported_at: datetime
    account_owner: str | None
    owner: str


@dataclass(frozen=True, slots=True, kw_only=True)
class PastAbsence:
    """An absence, and since when it is known: before nobody could route around it."""

    absence: Absence
    known_from: datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class Replay:
    """Of `counted` conflicts so many would have gone elsewhere, to nobody, or could not be reported so."""

    counted: int = 0
    elsewhere: int = 0
    nobody: int = 0
    retired: int = 0

    @property
    def says_something(self) -> bool:
        """True when there are enough of them to learn from."""
        return self.counted >= ENOUGH


@dataclass(frozen=True, slots=True, kw_only=True)
class Move:
    """An open conflict that would have another owner, and whose it would be."""

    conflict: Conflict
    to: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Effect:
    """All that somebody reads before they save: what changes, what it would have done, what it can move."""

    changes: tuple[Sentence, ...]
    replay: Replay | None
    """None when nothing that changes has to do with owners."""
    moves: tuple[Move, ...] = ()
    remarks: tuple[Sentence, ...] = ()


def effect(
    before: Workspace,
    after: Workspace,
    *,
    past: Sequence[Past],
    absences: Sequence[PastAbsence],
    open_now: Sequence[Conflict],
    now: datetime,
) -> Effect:
    """What it does that `after` replaces `before`."""
    return Effect(
        changes=differences(before.configuration, after.configuration),
        replay=replay(before, after, past, absences) if _sends(before) != _sends(after) else None,
        moves=moves(before, after, open_now, now),
        remarks=(
            *_left_open(before.configuration, after.configuration, open_now),
            *_fresh_warnings(before.configuration, after.configuration),
            *_of_changed_rows(before, after, now),
        ),
    )


def _sends(workspace: Workspace) -> tuple[object, ...]:
    """All that says whom a report goes to."""
    configuration = workspace.configuration
    return configuration.matrix, configuration.roles, configuration.council, configuration.admins


def replay(
    before: Workspace, after: Workspace, past: Sequence[Past], absences: Sequence[PastAbsence]
) -> Replay:
    """The conflicts of the past by the new configuration.

    Elsewhere is where neither it went nor the present configuration would send it: what people, seats and
    absences have changed since is not this change's doing.
    """
    elsewhere = nobody = retired = 0
    for each in past:
        here, there = (as_of(each.reported_at, workspace, absences) for workspace in (before, after))
        if _is_retired(each.type, after.configuration):
            retired += not _is_retired(each.type, before.configuration)
            continue
        old, new = went_to(each, here), went_to(each, there)
        nobody += new is None and old is not None
        elsewhere += new is not None and new not in (each.owner, old)
    return Replay(counted=len(past), elsewhere=elsewhere, nobody=nobody, retired=retired)


def as_of(at: datetime, workspace: Workspace, absences: Iterable[PastAbsence]) -> Workspace:
    """The workspace with the absences that were known at that instant."""
    known = (each.absence for each in absences if each.known_from <= at)
    return replace(workspace, absences=tuple(absence for absence in known if absence.until > at))


def went_to(past: Past, workspace: Workspace) -> str | None:
    """Whom this workspace would have given it to; None where nobody sits and whoever set it up would."""
    try:
        row = workspace.configuration.conflict_type(past.type)
    except Unknown:
        return None
    return _seated(row.owner, workspace, past.reported_at, past.reporter, past.account_owner)


def _seated(
    word: str, workspace: Workspace, now: datetime, reporter: str, account_owner: str | None
) -> str | None:
    try:
        found = seat(word, workspace, now, reporter=reporter, account_owner=account_owner).person
    except LookupError:
        return None
    return found if found in _sitting(word, workspace, now, account_owner) else None


def _sitting(word: str, workspace: Workspace, now: datetime, account_owner: str | None) -> set[str | None]:
    """Everybody who has the seat, stands in for it, or leads the council."""
    roles = [role for role in (role_of(word, workspace), workspace.chair, workspace.sponsor) if role]
    first = account_owner if word == "account_owner" else roles[0].holder if roles else None
    absence = workspace.absence(first, now) if first else None
    named = {person for role in roles for person in (role.holder, role.deputy)}
    return (named | {first, absence.stand_in if absence else None}) - {None}


def _is_retired(key: str, configuration: Configuration) -> bool:
    return any(row.key == key and row.retired for row in configuration.matrix)


def moves(
    before: Workspace, after: Workspace, open_now: Iterable[Conflict], now: datetime
) -> tuple[Move, ...]:
    """Open conflicts that the new configuration would give to somebody else than the present one."""
    found: list[Move] = []
    for conflict in open_now:
        old, new = (_owner_now(conflict, workspace, now) for workspace in (before, after))
        if new is not None and new not in (old, conflict.owner):
            found.append(Move(conflict=conflict, to=new))
    return tuple(found)


def _owner_now(conflict: Conflict, workspace: Workspace, now: datetime) -> str | None:
    try:
        row = workspace.configuration.conflict_type(conflict.facts.type)
        account_owner = conflict.facts.account_owner
        return seat(row.owner, workspace, now, reporter=conflict.reporter, account_owner=account_owner).person
    except (Unknown, LookupError):
        return None


def _left_open(before: Configuration, after: Configuration, open_now: Iterable[Conflict]) -> list[Sentence]:
    """What is open of a kind that can't be reported any more."""
    numbers = [
        f"#{each.number}"
        for each in open_now
        if _is_retired(each.facts.type, after) and not _is_retired(each.facts.type, before)
    ]
    if not numbers:
        return []
    shown = ", ".join(numbers[:10]) + (f" and {len(numbers) - 10} more" if len(numbers) > 10 else "")
    return [say("What is open of it goes on as it is: {numbers}", numbers=shown)]


def _fresh_warnings(before: Configuration, after: Configuration) -> Iterator[Sentence]:
    known = [problem.sentence for problem in warnings(before)]
    return (problem.sentence for problem in warnings(after) if problem.sentence not in known)


def _of_changed_rows(before: Workspace, after: Workspace, now: datetime) -> Iterator[Sentence]:
    """What an admin should know of a type that is new or another one."""
    unchanged = set(before.configuration.matrix)
    for row in after.configuration.matrix:
        if row not in unchanged and not row.retired:
            yield from _empty_seat(row, after, now)
            yield from _unmet(row, after, now)


def _empty_seat(row: ConflictType, workspace: Workspace, now: datetime) -> Iterator[Sentence]:
    if row.owner == "account_owner" or _seated(row.owner, workspace, now, "", None) is not None:
        return
    words = {"type": row.name, "role": seat_name(row.owner, workspace)}
    if not workspace.keepers:
        yield say("Nobody holds {role}, so nobody would decide {type}.", **words)
    else:
        text = "Nobody holds {role}: until somebody does, {who} decides {type}."
        yield say(text, who=Who(workspace.keepers[0]), **words)


def _unmet(row: ConflictType, workspace: Workspace, now: datetime) -> Iterator[Sentence]:
    """A time to acknowledge that is longer than the whole; a meeting that is out of reach."""
    window = row.acknowledge_within
    match row.timeframe:
        case Within(target=target):
            if window is not None and window >= target:
                text = "{window} to acknowledge are no less than the {target} to decide; a quarter is taken."
                yield say(text, window=in_words(window), target=in_words(target))
        case meeting:
            found = next_occurrence(workspace.calendar, meeting.ceremony, now)
            called = workspace.calendar.name_of(meeting.ceremony)
            words = {"meeting": called, "span": in_words(meeting.otherwise)}
            if found is None:
                yield say("There is no next {meeting}: {span} on working days count instead.", **words)
            elif found.starts - now > TOO_FAR:
                text = "The next {meeting} is {at}, more than 14 days away: until then {span} count instead."
                yield say(text, at=When(found.starts), **words)
