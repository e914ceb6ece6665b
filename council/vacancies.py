"""When nobody sits on a seat although it has a holder: absences that come together."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime
from itertools import groupby

from council.roles import Role
from council.sentence import Fact, Sentence, When, Who, say
from council.workspace import Workspace


@dataclass(frozen=True, slots=True, kw_only=True)
class Vacancy:
    """Nobody sits on the seat from `since` until `until` (aware UTC); None: until somebody is named."""

    role: Role
    since: datetime
    until: datetime | None

    def words(self, now: datetime) -> Sentence:
        """It, for whoever can name somebody."""
        role = self.role
        start = "now" if self.since <= now else "from {since}"
        end = " until {until}" if self.until else ""
        missing = "{holder} and {deputy} are both missing"
        why = missing if role.deputy else "{holder} is missing and has no deputy"
        facts: dict[str, Fact] = {
            "role": role.name,
            "holder": Who(role.holder or ""),
            "deputy": Who(role.deputy or ""),
            "since": When(self.since),
            "until": When(self.until or self.since),
        }
        return say(f"Nobody sits on {{role}} {start}{end}: {why}", **facts)


def vacancies(workspace: Workspace, now: datetime, horizon: datetime) -> tuple[Vacancy, ...]:
    """Seats empty now or from some instant before `horizon` on, in the order of the seats.

    A seat without a holder is none: that is said of the configuration, not of the calendar.
    """
    found = (span for role in workspace.configuration.roles for span in _spans(role, workspace, now))
    return tuple(vacancy for vacancy in found if vacancy.since < horizon)


def _spans(role: Role, workspace: Workspace, now: datetime) -> Iterator[Vacancy]:
    if role.holder is None:
        return
    ahead = {turn for absence in workspace.absences for turn in (absence.since, absence.until) if turn > now}
    runs = [
        (empty, next(turns))
        for empty, turns in groupby((now, *sorted(ahead)), key=lambda turn: _empty(role, workspace, turn))
    ]
    ends = (*(start for _, start in runs[1:]), None)
    for (empty, since), until in zip(runs, ends, strict=True):
        if empty:
            yield Vacancy(role=role, since=since, until=until)


def _empty(role: Role, workspace: Workspace, at: datetime) -> bool:
    absence = workspace.absence(role.holder, at) if role.holder else None
    sitting = (role.holder, role.deputy, absence.stand_in if absence else None)
    return not any(workspace.present(person, at) for person in sitting)
