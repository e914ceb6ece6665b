"""Action items: found, listed, saved."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from typing import Any

from sqlalchemy import Connection, Select, func, insert, select, update

from council.action_item import ActionItem, ItemState
from storage.codec import dump_item, load_item
from storage.errors import Stale
from storage.tables import actions

SUBJECT = "action"
"""The kind of subject an action item is for wake-ups: *action:id*."""
MOST_LISTED = 100


def id_of(subject: str) -> str:
    """The id of the action item that is called so."""
    return subject.partition(":")[2]


def subject_of(id: str) -> str:
    """What an action item is called where it is looked at again."""
    return f"{SUBJECT}:{id}"


def find(connection: Connection, team: str, id: str) -> ActionItem | None:
    """The action item of that id in this workspace."""
    query = select(actions).where(actions.c.team == team, actions.c.id == id)
    return next(iter(_all(connection, query)), None)


def these(connection: Connection, team: str, ids: Sequence[str]) -> tuple[ActionItem, ...]:
    """The action items of those ids in this workspace."""
    found = _all(connection, select(actions).where(actions.c.id.in_(ids))) if ids else ()
    return tuple(item for item in found if item.team == team)


def save(connection: Connection, item: ActionItem) -> ActionItem:
    """Keep a new or changed one; raises `Stale` when somebody was faster."""
    saved = replace(item, version=item.version + 1)
    if not item.version:
        connection.execute(insert(actions).values(**_row(saved)))
        return saved
    here = (actions.c.id == item.id, actions.c.version == item.version)
    if connection.execute(update(actions).where(*here).values(**_row(saved))).rowcount != 1:
        raise Stale(f"action item {item.id} is not at version {item.version} any more")
    return saved


def _row(item: ActionItem) -> dict[str, Any]:
    return {
        "id": item.id,
        "team": item.team,
        "conflict": item.conflict,
        "owner": item.owner,
        "state": item.state.value,
        "due": item.due,
        "version": item.version,
        "body": dump_item(item),
    }


def of_conflict(connection: Connection, conflict: str, *, most: int = 20) -> tuple[ActionItem, ...]:
    """Those that came from the conflict, open ones first, then by their due day."""
    query = select(actions).where(actions.c.conflict == conflict)
    return _all(connection, query.order_by(actions.c.state.desc(), actions.c.due, actions.c.id).limit(most))


def open_of(
    connection: Connection, team: str, person: str, most: int = MOST_LISTED
) -> tuple[tuple[ActionItem, ...], int]:
    """What this person has to do, the earliest due first; and how many there are."""
    here = (actions.c.team == team, actions.c.owner == person, actions.c.state == ItemState.OPEN.value)
    count = connection.execute(select(func.count()).select_from(actions).where(*here)).scalar_one()
    query = select(actions).where(*here).order_by(actions.c.due, actions.c.id)
    return _all(connection, query.limit(most)), count


def _all(connection: Connection, query: Select[Any]) -> tuple[ActionItem, ...]:
    return tuple(load_item(row.body) for row in connection.execute(query))
