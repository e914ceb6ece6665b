"""Seats of somebody who has left: asked about once, and what is still theirs to do."""

from __future__ import annotations

from council.action_item import ActionItem
from council.people import Person
from council.succeeding import Vacated, inherit, successor_wanted, vacated
from storage import actions, lanes, outbox, workspaces
from storage.applying import apply_item
from storage.unit import Unit
from storage.upserts import put

SUBJECT = "seats"
"""The kind of subject the seats of somebody who left are: *seats:person*."""


def left_by(unit: Unit, person: str) -> Vacated | None:
    """What somebody leaves behind, as it is now."""
    workspace = workspaces.load(unit.connection, unit.team, [person], now=unit.clock())
    _, items = actions.open_of(unit.connection, unit.team, person, most=1)
    return vacated(person, workspace, items) if workspace else None


def ask(unit: Unit, person: str) -> None:
    """Somebody has left; the admins hear of it when a seat is empty by that."""
    connection, team, now = unit.connection, unit.team, unit.clock()
    workspace, left = workspaces.load(connection, team, [person], now=now), left_by(unit, person)
    if workspace is None or left is None:
        return
    wanted = [(unit.ids(), notice) for notice in successor_wanted(left, workspace, now)]
    subject, version = f"{SUBJECT}:{person}", int(now.timestamp())
    line, busy = outbox.waiting(team, wanted, conflict=None, subject=subject, version=version)
    put(connection, [line, lanes.made_ready(team, busy)])


def hand_on(unit: Unit, gone: str, to: Person, by: Person | None) -> tuple[ActionItem, ...]:
    """What was theirs to do goes to the successor."""
    workspace = workspaces.load(unit.connection, unit.team, [to.id, gone], now=unit.clock())
    items, _ = actions.open_of(unit.connection, unit.team, gone)
    if workspace is None:
        return ()
    now = unit.clock()
    return tuple(
        apply_item(unit.connection, unit.ids, inherit(item, to, by=by, workspace=workspace, now=now), now)
        for item in items
    )
