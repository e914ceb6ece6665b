"""Going away and coming back: from when to when, who stands in, and what becomes of what is open.

Days are those of the person's own zone. The first day begins at its opening; after the last one they are
back when their next working day opens. Persons have no holidays of their own.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta

from council.conflict import Conflict
from council.errors import Invalid, Refused, Unknown
from council.hours import Hours
from council.people import Absence, Person
from council.permissions import admit
from council.sentence import Sentence, When, Who, say
from council.standing_in import passing
from council.workspace import Workspace

FARTHEST = timedelta(days=731)
_DAY = timedelta(days=1)


@dataclass(frozen=True, slots=True, kw_only=True)
class Plan:
    """What somebody chose: their first and their last day away, and who stands in."""

    first: date | None = None
    last: date | None = None
    stand_in: Person | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Follows:
    """What becomes of an open conflict at `at` (aware UTC); `to` is None when nobody else is there."""

    conflict: Conflict
    to: str | None
    at: datetime


def hours_of(person: Person, workspace: Workspace) -> Hours:
    """The workspace's hours by the person's own clock."""
    return workspace.hours.in_zone(person.zone, person.morning)


def go_away(
    plan: Plan, *, id: str, by: Person | None, before: Absence | None, workspace: Workspace, now: datetime
) -> Absence:
    """The person's own absence, new or as it is to be from now on; `before` is the one that is changed.

    Raises `Invalid` with a sentence per field.
    """
    member = admit(by)
    if before is not None:
        _own(before, member)
    hours = hours_of(member, workspace)
    found = _day_problems(plan, hours, before, now)
    if found or plan.first is None or plan.last is None:
        raise Invalid(found)
    kept = before is not None and before.since <= now and plan.first == hours.day_of(before.since)
    absence = Absence(
        id=before.id if before else id,
        person=member.id,
        since=before.since if before and kept else max(hours.opening_of(plan.first), now),
        until=hours.opening_of(hours.working_day_from(plan.last + _DAY)),
        stand_in=plan.stand_in.id if plan.stand_in else None,
    )
    if problem := _stand_in_problem(plan.stand_in, absence, workspace):
        raise Invalid({"stand_in": problem})
    return absence


def _day_problems(plan: Plan, hours: Hours, before: Absence | None, now: datetime) -> dict[str, Sentence]:
    """What has to be mended about the days, per field; a day that has begun already may stay the first."""
    today = hours.day_of(now)
    earliest = min(today, hours.day_of(before.since)) if before else today
    first, last = plan.first, plan.last
    found: dict[str, Sentence] = {}
    if first is None or not earliest <= first <= today + FARTHEST:
        found["since"] = say("Pick a day from today on, within two years.")
    if last is None or not today <= last <= today + FARTHEST:
        found["until"] = say("Pick a day from today on, within two years.")
    elif first is not None and last < first:
        found["until"] = say("Pick the first day or a later one.")
    return found


def _stand_in_problem(stand_in: Person | None, absence: Absence, workspace: Workspace) -> Sentence | None:
    if stand_in is None:
        return None
    if stand_in.id == absence.person:
        return say("Choose somebody else, or nobody: then your deputy stands in.")
    if stand_in.barred:
        return say("{who} can't stand in; choose a full member.", who=Who(stand_in.id))
    for other in workspace.absences:
        if other.person == stand_in.id and other.since < absence.until and absence.since < other.until:
            since, until = When(other.since), When(other.until)
            text = "{who} is away as well, from {since} until {until}."
            return say(text, who=Who(stand_in.id), since=since, until=until)
    return None


def come_back(absence: Absence | None, *, by: Person | None, now: datetime) -> Absence:
    """The absence, over as of now; one that has not begun never does. Already over, it stays as it is."""
    member = admit(by)
    if absence is None:
        raise Unknown(say("There is no such absence."))
    _own(absence, member)
    return replace(absence, since=min(absence.since, now), until=min(absence.until, now))


def _own(absence: Absence, member: Person) -> None:
    """Everybody sets their own, nobody another's."""
    if absence.person != member.id:
        raise Refused(say("Only {who} can change that.", who=Who(absence.person)))


def deputy_of(person: str, workspace: Workspace) -> str | None:
    """Who stands in by the seats this person holds: the first deputy that is there."""
    deputies = (role.deputy for role in workspace.configuration.roles if role.holder == person)
    return next((each for each in deputies if each and each != person and not workspace.gone(each)), None)


def what_follows(
    absence: Absence, conflicts: Iterable[Conflict], workspace: Workspace, now: datetime
) -> tuple[Follows, ...]:
    """Where this person's open conflicts go by this absence, as far as one can say today."""
    others = (each for each in workspace.absences if each.id != absence.id)
    planned = replace(workspace, absences=(absence, *others))
    at = max(absence.since, now)
    found = []
    for conflict in conflicts:
        if conflict.owner == absence.person and conflict.is_open:
            goes = passing(conflict, planned, at)
            found.append(Follows(conflict=conflict, to=goes.to if goes else None, at=at))
    return tuple(found)
