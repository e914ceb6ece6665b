"""Somebody has left: the admins hear what they leave behind, and it goes to a successor in one step."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import datetime

from council.action_item import ActionItem, ItemOutcome
from council.doing import given
from council.notice import Notice, NoticeKind, tell
from council.people import Person
from council.permissions import administer
from council.roles import Role
from council.workspace import Configuration, Workspace


@dataclass(frozen=True, slots=True, kw_only=True)
class Vacated:
    """Which seats somebody held and stood in for when they left, and how much is still theirs to do."""

    person: str
    held: tuple[Role, ...] = ()
    stood_in: tuple[Role, ...] = ()
    items: int = 0

    @property
    def people(self) -> Iterator[str]:
        """Everybody who is named in it."""
        yield self.person


def vacated(person: str, workspace: Workspace, items: int) -> Vacated | None:
    """What they leave behind; None while they are here, and when it is nothing."""
    roles = workspace.configuration.roles
    held = tuple(role for role in roles if role.holder == person)
    stood_in = tuple(role for role in roles if role.deputy == person)
    if not workspace.gone(person) or not (held or stood_in or items):
        return None
    return Vacated(person=person, held=held, stood_in=stood_in, items=items)


def successor_wanted(left: Vacated, workspace: Workspace, now: datetime) -> tuple[Notice, ...]:
    """Each admin is told once that somebody has to follow; whoever is first names them."""
    if not left.held and not left.stood_in:
        return ()
    return tuple(
        tell(NoticeKind.SUCCESSOR_WANTED, admin, workspace, now, before=left.person)
        for admin in workspace.keepers
        if admin != left.person
    )


def succeeded(configuration: Configuration, gone: str, to: str) -> Configuration:
    """Every seat of theirs is the successor's, who never stands in for themselves."""
    return replace(configuration, roles=tuple(_followed(role, gone, to) for role in configuration.roles))


def _followed(role: Role, gone: str, to: str) -> Role:
    holder = to if role.holder == gone else role.holder
    deputy = to if role.deputy == gone else role.deputy
    return replace(role, holder=holder, deputy=None if deputy == holder else deputy)


def inherit(
    item: ActionItem, to: Person, *, by: Person | None, workspace: Workspace, now: datetime
) -> ItemOutcome:
    """What was theirs to do is the successor's, who is told; by the same day, or today if that is over."""
    admin = administer(by, workspace)
    passed = replace(item, owner=to.id, due=max(item.due, workspace.today(now)))
    return given(passed, workspace, now, before=admin.id)
