"""When a conflict must be looked at again."""

from __future__ import annotations

from datetime import datetime, timedelta

from council.away_status import taker
from council.call_ladder import caller_after, over_at
from council.conflict import Conflict
from council.ladders import acknowledge_due, deadline_step
from council.looking_back import looks_back_at
from council.standing_in import passing, turning_points
from council.workspace import Workspace

AT_ONCE = timedelta(seconds=1)


def next_look(conflict: Conflict, workspace: Workspace, now: datetime) -> datetime | None:
    """When the conflict must be looked at again (aware UTC), None when it waits for nothing.

    Always after `now`: what is due already, because somebody acted before it was looked at, is looked
    at a second later.
    """
    first = due_at(conflict, workspace, now)
    return None if first is None else max(first, now + AT_ONCE)


def due_at(conflict: Conflict, workspace: Workspace, now: datetime) -> datetime | None:
    """The earliest instant at which something happens by itself; it may have passed."""
    if not conflict.is_open:
        return looks_back_at(conflict, workspace)
    step = deadline_step(conflict, workspace, now)
    instants = [*turning_points(conflict, workspace, now)]
    if passing(conflict, workspace, now) or taker(conflict, workspace, now):
        instants.append(now)
    if conflict.wish:
        instants.append(now if workspace.gone(conflict.wish.of) else conflict.wish.limit)
    instants += filter(None, (acknowledge_due(conflict), step.at if step else None))
    instants += filter(None, (over_at(conflict),))
    if following := caller_after(conflict, workspace, now):
        instants.append(following.at)
    return min(instants, default=None)
