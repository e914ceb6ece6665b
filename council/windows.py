"""Both ladders start anew when the owner or the deadline changes."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime

from council.conflict import Conflict, Ladder, State
from council.deadlines import acknowledge_by
from council.workspace import Workspace

REMINDER, LIMIT = 1, 2
"""The first rungs of the deadline ladder; every later one is a level of the chain, or a weekly line."""


def change_owner(
    conflict: Conflict, to: str, role: str, workspace: Workspace, now: datetime, *, seat: str | None = None
) -> Conflict:
    """The conflict is asked of somebody else; who owned it before goes on taking part."""
    changed = replace(
        conflict,
        owner=to,
        role=role,
        seat=seat or conflict.seat,
        previous_owner=conflict.owner,
        took_part=each_once(conflict.took_part, (conflict.owner,)),
        stands_in_for=None,
    )
    return restart(changed, workspace, now)


def restart(conflict: Conflict, workspace: Workspace, now: datetime) -> Conflict:
    """The conflict waits for its owner's acknowledgement; nobody of the chain has been asked yet."""
    return rearm(replace(conflict, state=State.OPEN, acknowledged_at=None), workspace, now)


def rearm(conflict: Conflict, workspace: Workspace, now: datetime) -> Conflict:
    """Both ladders begin anew; who acknowledged has still acknowledged, and no later deadline is asked for.

    Past the limit the chain is not asked on the spot, but one working day later.
    """
    return replace(
        conflict,
        window_ends=_window(conflict, workspace, now),
        acknowledge=Ladder(since=now),
        due=Ladder(rung=LIMIT if conflict.overdue(now) else 0, since=now),
        asked=conflict.owner,
        wish=None,
        reached=(),
        took_part=each_once(conflict.took_part, conflict.reached),
    )


def _window(conflict: Conflict, workspace: Workspace, now: datetime) -> datetime:
    return acknowledge_by(
        now,
        deadline=conflict.deadline,
        window=conflict.route.acknowledge_within,
        immediate=conflict.route.immediate,
        hours=workspace.hours,
    )


def take_part(conflict: Conflict, people: tuple[str, ...]) -> Conflict:
    """Whoever is asked or told takes part from then on: what is confidential they may see too."""
    fresh = tuple(person for person in people if person not in conflict.insiders)
    return replace(conflict, took_part=each_once(conflict.took_part, fresh))


def each_once(*people: tuple[str, ...]) -> tuple[str, ...]:
    return tuple(dict.fromkeys(person for group in people for person in group))
