"""An open conflict goes to whom the changed configuration names: by an admin's choice, never by itself."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime

from council.alarm import next_look
from council.conflict import Conflict, Event, State
from council.notice import Notice, NoticeKind, tell
from council.outcome import Outcome
from council.people import Person
from council.permissions import administer
from council.reporting import asked_of
from council.routing import Route, route
from council.sentence import Who, say
from council.windows import change_owner
from council.workspace import Workspace


def reroute(conflict: Conflict, *, by: Person | None, workspace: Workspace, now: datetime) -> Outcome | None:
    """The owner that `workspace` names decides; the deadline stays, both ladders begin anew.

    The new owner is asked, the one before hears that it went on; nobody else is told. None when it has ended
    meanwhile, or is theirs already.
    """
    admin = administer(by, workspace)
    if not conflict.is_open:
        return None
    asked = asked_of(conflict.facts, conflict.reporter, workspace)
    way = route(asked, workspace, now, since=conflict.reported_at)
    if way.owner == conflict.owner:
        return None
    changed = change_owner(
        replace(conflict, route=_kept(conflict.route, way)),
        way.owner,
        way.role,
        workspace,
        now,
        seat=way.seat,
    )
    changed = replace(changed, stands_in_for=way.stands_in_for)
    if way.owner == conflict.reporter:
        changed = replace(changed, state=State.ACKNOWLEDGED, acknowledged_at=now)
    words = say("{who} changed who decides this; {owner} does now", who=Who(admin.id), owner=Who(way.owner))
    return Outcome(
        conflict=changed,
        timeline=(Event(kind="rerouted", at=now, by=admin.id, words=words),),
        notices=_notices(conflict, changed, admin.id, workspace, now),
        wake_at=next_look(changed, workspace, now),
    )


def _kept(before: Route, way: Route) -> Route:
    """What was promised stays: the deadline, the number that stands, and who was told."""
    return replace(
        way,
        deadline=before.deadline,
        timeframe=before.timeframe,
        immediate=before.immediate,
        told=before.told,
        standing=before.standing,
    )


def _notices(
    before: Conflict, after: Conflict, by: str, workspace: Workspace, now: datetime
) -> tuple[Notice, ...]:
    notices: list[Notice] = []
    if after.owner != after.reporter:
        notices.append(tell(NoticeKind.OWNER_ASKED, after.owner, workspace, now, priority=1, waits=False))
    if before.owner != by and not workspace.gone(before.owner):
        notices.append(tell(NoticeKind.REROUTED, before.owner, workspace, now, by=by))
    return tuple(notices)
