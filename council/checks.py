"""What makes sense in a configuration and what does not, whoever wrote it: a file or a form."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta

from council.cadence import Ceremony
from council.hours import holidays_problem
from council.matrix_checks import in_matrix, in_precedence
from council.problems import (
    INTERVALS,
    Found,
    Path,
    Problem,
    keyed,
    known_words,
    known_zone,
    no_role,
    role_keys,
)
from council.sentence import Who, say
from council.templates import TEMPLATES
from council.workspace import Configuration

__all__ = ["Problem", "hints", "problems", "warnings"]

LONGEST_CEREMONY = 8 * 60


def problems(configuration: Configuration) -> tuple[Problem, ...]:
    """Everything that speaks against the configuration, in the order of the file."""
    parts: tuple[Callable[[Configuration], Found], ...] = (
        _workspace,
        _roles,
        _council,
        in_matrix,
        in_precedence,
        _ceremonies,
    )
    return tuple(problem for part in parts for problem in part(configuration))


def warnings(configuration: Configuration) -> tuple[Problem, ...]:
    """What works, but not as well as it could: seats that nobody holds, pairs with no way out."""
    return (*_empty_seats(configuration), *_pairs(configuration))


def hints(configuration: Configuration) -> tuple[Problem, ...]:
    """What will be missed one day: holders whom nobody stands in for."""
    return tuple(
        Problem(("roles", index, "deputy"), say("{role} has no deputy.", role=role.name))
        for index, role in enumerate(configuration.roles)
        if role.holder is not None and role.deputy is None
    )


def _workspace(configuration: Configuration) -> Found:
    yield from known_zone(("workspace", "time_zone"), configuration.hours.zone)
    if wrong := holidays_problem(configuration.hours.holidays):
        yield Problem(("workspace", "holidays"), wrong)
    if not configuration.admins:
        yield Problem(("workspace", "admins"), say("At least one admin is needed."))


def _roles(configuration: Configuration) -> Found:
    yield from keyed("roles", configuration.roles)
    for index, role in enumerate(configuration.roles):
        if role.deputy and role.deputy == role.holder:
            sentence = say("{who} can't be the deputy of their own seat.", who=Who(role.deputy))
            yield Problem(("roles", index, "deputy"), sentence)


def _council(configuration: Configuration) -> Found:
    council, known = configuration.council, role_keys(configuration)
    for name, key in (("chair", council.chair), ("sponsor", council.sponsor)):
        if key is not None and key not in known:
            yield Problem(("council", name), no_role(key))
    yield from known_words(("council", "seats"), council.seats, known)


def _ceremonies(configuration: Configuration) -> Found:
    yield from keyed("ceremonies", configuration.ceremonies)
    for index, ceremony in enumerate(configuration.ceremonies):
        path: Path = ("ceremonies", index)
        yield from known_words((*path, "representatives"), ceremony.representatives, role_keys(configuration))
        yield from _course(path, ceremony)


def _course(path: Path, ceremony: Ceremony) -> Found:
    if ceremony.zone is not None:
        yield from known_zone((*path, "time_zone"), ceremony.zone)
    if ceremony.minutes > LONGEST_CEREMONY:
        hours = LONGEST_CEREMONY // 60
        yield Problem((*path, "minutes"), say("No meeting is longer than {hours} hours.", hours=hours))
    if ceremony.prompt_at is not None and ceremony.prompt_at >= ceremony.at:
        yield Problem((*path, "prompt_at"), say("The question must come before the meeting begins."))
    if ceremony.template is not None and ceremony.template not in TEMPLATES:
        known = ", ".join(sorted(TEMPLATES))
        sentence = say(
            "There is no template “{name}”; there are: {known}.", name=ceremony.template, known=known
        )
        yield Problem((*path, "template"), sentence)
    if ceremony.agenda_before is not None and timedelta(ceremony.agenda_before) >= INTERVALS[ceremony.every]:
        yield Problem((*path, "agenda_before"), say("The agenda would be due before the meeting before."))


def _empty_seats(configuration: Configuration) -> Found:
    for index, role in enumerate(configuration.roles):
        if role.holder is None:
            sentence = say(
                "Nobody holds {role}; its deputy, the chair or an admin stands in.", role=role.name
            )
            yield Problem(("roles", index), sentence)
    if configuration.council.chair is None:
        yield Problem(("council", "chair"), say("The council has no chair; an admin stands in."))


def _pairs(configuration: Configuration) -> Found:
    """Two who stand in for one another: sensible, until both are away."""
    deputies = {(role.holder, role.deputy) for role in configuration.roles if role.holder and role.deputy}
    for index, role in enumerate(configuration.roles):
        if (
            role.holder
            and role.deputy
            and role.holder < role.deputy
            and (role.deputy, role.holder) in deputies
        ):
            sentence = say(
                "{one} and {other} stand in for one another; with both away it goes to the chair.",
                one=Who(role.holder),
                other=Who(role.deputy),
            )
            yield Problem(("roles", index, "deputy"), sentence)
