"""Who sits on a seat now: its holder, or who stands in and why."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime

from council.roles import Role
from council.sentence import Sentence, When, Who, say
from council.workspace import Workspace


@dataclass(frozen=True, slots=True, kw_only=True)
class Holder:
    """Who decides for a seat, as what, and which substitutions led there."""

    person: str
    role: str
    substitutions: tuple[Sentence, ...] = ()
    stands_in_for: str | None = None


def role_of(word: str, workspace: Workspace) -> Role | None:
    """The seat behind a role key or a reserved word; what is the council's to decide is its chair's."""
    if word in ("chair", "council"):
        return workspace.chair
    if word == "sponsor":
        return workspace.sponsor
    return workspace.configuration.role(word)


def seat_name(word: str, workspace: Workspace) -> str:
    """The seat in words."""
    reserved = {"chair": "Council chair", "sponsor": "Sponsor", "account_owner": "Account owner"}
    role = role_of(word, workspace)
    return role.name if role else reserved.get(word, word)


def spoken_role(person: str, word: str, workspace: Workspace) -> str:
    """As what this person decides for the seat: its holder, its deputy, from another seat, or just for it."""
    role, name = role_of(word, workspace), seat_name(word, workspace)
    if role is None or person == role.holder:
        return name
    if person == role.deputy:
        return f"deputy {name}"
    own = next((each.name for each in workspace.configuration.roles if each.holder == person), None)
    return own or f"for {name}"


def seat(
    word: str, workspace: Workspace, now: datetime, *, reporter: str = "", account_owner: str | None = None
) -> Holder:
    """Holder → deputy → chair → sponsor → whoever set the bot up; says each substitution and why.

    Nobody stands in on their own report while another can. When everybody is away it stays with the
    holder, and the last to take it is the reporter; raises `LookupError` when there is not even one.
    """
    role = role_of(word, workspace)
    first = account_owner if word == "account_owner" else role.holder if role else None
    if first is not None and workspace.present(first, now):
        return Holder(person=first, role=seat_name(word, workspace))
    line = tuple(stand_ins(first, role, workspace, now))
    here = [person for person in line if workspace.present(person, now)]
    away = [person for person in (first, *line, reporter) if person and not workspace.gone(person)]
    others = [person for person in here if person != reporter]
    chosen = next(iter((*others, *here, *away)), None)
    if chosen is None:
        raise LookupError(f"nobody can hold {word}")
    return Holder(
        person=chosen,
        role=spoken_role(chosen, word, workspace),
        substitutions=_substitutions(word, first, line, chosen, workspace, now),
        stands_in_for=first if first != chosen else None,
    )


def stand_ins(first: str | None, role: Role | None, workspace: Workspace, now: datetime) -> Iterator[str]:
    """Whoever stands in for a seat, in order and once each: whom the absent person named comes first."""
    absence = workspace.absence(first, now) if first else None
    chair, sponsor = workspace.chair, workspace.sponsor
    named = (
        absence.stand_in if absence else None,
        role.deputy if role else None,
        *(person for each in (chair, sponsor) if each for person in (each.holder, each.deputy)),
        *workspace.keepers,
    )
    return (person for person in dict.fromkeys(named) if person and person != first)


def gap(person: str | None, word: str, workspace: Workspace, now: datetime) -> Sentence:
    """Why the person does not decide."""
    if person is None:
        return say("nobody holds {role}", role=seat_name(word, workspace))
    absence = workspace.absence(person, now)
    if workspace.gone(person):
        return say("{who} is not here any more", who=Who(person))
    if absence is not None:
        return say("{who} is away until {until}", who=Who(person), until=When(absence.until))
    return say("{who} reported it", who=Who(person))


def _substitutions(
    word: str, first: str | None, line: tuple[str, ...], chosen: str, workspace: Workspace, now: datetime
) -> tuple[Sentence, ...]:
    """The gap of everybody passed over on the way, then who stands in."""
    if chosen == first:
        return (gap(first, word, workspace, now),)
    before = line[: line.index(chosen)] if chosen in line else line
    missing = [gap(person, word, workspace, now) for person in (first, *before)]
    stands_in = "{who} stands in"
    if first is None and chosen == workspace.installer:
        stands_in = "{who}, who installed me, gets it"
    return (*missing, say(stands_in, who=Who(chosen)))
