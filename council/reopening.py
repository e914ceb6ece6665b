"""A decision is taken up again: the conflict is open once more, with a new deadline."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from datetime import datetime

from council.alarm import next_look
from council.conflict import Conflict, Event, State
from council.errors import Refused, Unknown, require
from council.notice import Notice, NoticeKind, announce, in_time, tell
from council.outcome import Outcome
from council.people import Person
from council.permissions import Act, allow
from council.reporting import asked_of
from council.routing import Route, route
from council.sentence import Who, say
from council.windows import each_once, restart
from council.workspace import Workspace


def reopen(
    conflict: Conflict, why: str, *, by: Person | None, workspace: Workspace, now: datetime
) -> Outcome:
    """Owner or chair: the same owner decides again, by a deadline counted from now; all who heard hear it.

    An owner who is away or gone is routed anew. The decision it had is kept with the conflict.
    """
    member = allow(by, Act.REOPEN, conflict, workspace, now)
    require(why, "why", say("Say why; everybody who heard of the decision reads it."))
    way = _way(conflict, workspace, now)
    changed = _opened(conflict, way, member.id, workspace, now)
    words = say("{who} reopened it: {why}", who=Who(member.id), why=why)
    return Outcome(
        conflict=changed,
        timeline=(Event(kind="reopened", at=now, by=member.id, words=words),),
        notices=tuple(_notices(changed, member.id, why, workspace, now)),
        wake_at=next_look(changed, workspace, now),
    )


def _way(conflict: Conflict, workspace: Workspace, now: datetime) -> Route:
    """The route as it is today; what it was needed for is over when that time is."""
    needed = conflict.facts.needed_by
    facts = replace(conflict.facts, needed_by=needed if needed and needed > now else None)
    try:
        asked = asked_of(facts, conflict.reporter, workspace)
    except Unknown as gone:
        text = "The kind of #{number} is not in the matrix any more; please report it anew."
        raise Refused(say(text, number=conflict.number)) from gone
    return route(asked, workspace, now)


def _opened(conflict: Conflict, way: Route, by: str, workspace: Workspace, now: datetime) -> Conflict:
    stays = workspace.present(conflict.owner, now)
    decided = (conflict.ruling,) if conflict.ruling else ()
    opened = replace(
        conflict,
        route=way,
        deadline=way.deadline,
        owner=conflict.owner if stays else way.owner,
        seat=conflict.seat if stays else way.seat,
        role=conflict.role if stays else way.role,
        stands_in_for=None if stays else way.stands_in_for,
        took_part=each_once(conflict.took_part, conflict.told, (conflict.owner,)),
        earlier=(*conflict.earlier, *decided),
        ruling=None,
        ended_at=None,
        ended_because="",
        extended=0,
        previous_owner=None,
        asked_back=False,
        solved=None,
        looked_again=False,
        state=State.OPEN,
    )
    opened = restart(opened, workspace, now)
    own = opened.owner == by
    return replace(opened, state=State.ACKNOWLEDGED, acknowledged_at=now) if own else opened


def _notices(conflict: Conflict, by: str, why: str, workspace: Workspace, now: datetime) -> Iterator[Notice]:
    """The owner is asked; everybody else who heard that a number stands, and the log, once each."""
    if conflict.owner != by:
        asked = NoticeKind.OWNER_ASKED
        yield tell(asked, conflict.owner, workspace, now, priority=1, waits=False, why=why)
    for person in sorted(conflict.insiders - {by, conflict.owner}):
        if not workspace.gone(person):
            told = tell(NoticeKind.REOPENED, person, workspace, now, by=by, why=why)
            yield in_time(told, conflict.deadline.limit, workspace)
    log = workspace.configuration.channels.decision_log
    if log is not None and not conflict.facts.confidential and conflict.earlier:
        yield announce(NoticeKind.REOPENED, log, now, by=by, why=why)
