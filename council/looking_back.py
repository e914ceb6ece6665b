"""After the decision: did it solve it, and is it time to look at it again?"""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime, timedelta

from council.conflict import Conflict, Event, State
from council.hours import instant_of, wall
from council.notice import Notice, NoticeKind, tell
from council.outcome import Outcome
from council.sentence import say
from council.windows import take_part
from council.workspace import Workspace

ASKED_AFTER = timedelta(days=7)
"""So long after the decision the reporter is asked whether it solved it."""


def looks_back_at(conflict: Conflict, workspace: Workspace) -> datetime | None:
    """When somebody is asked something about a decision (aware UTC), None when nothing is left to ask."""
    instants = (_asks_at(conflict, workspace), _looks_again_at(conflict, workspace))
    return min((at for at in instants if at is not None), default=None)


def _asks_at(conflict: Conflict, workspace: Workspace) -> datetime | None:
    """Nobody is asked about a decision of their own, and nobody who has left."""
    ruling = conflict.ruling
    if conflict.state is not State.DECIDED or ruling is None or conflict.asked_back:
        return None
    if conflict.reporter == ruling.by or workspace.gone(conflict.reporter):
        return None
    zone = workspace.hours.zone
    local = wall(ruling.at, zone) + ASKED_AFTER
    return instant_of(local.date(), local.time(), zone)


def _looks_again_at(conflict: Conflict, workspace: Workspace) -> datetime | None:
    """The opening of the day the decider chose."""
    ruling = conflict.ruling
    if conflict.state is not State.DECIDED or conflict.looked_again or ruling is None:
        return None
    return workspace.hours.opening_of(ruling.look_again) if ruling.look_again else None


def look_back(conflict: Conflict, workspace: Workspace, now: datetime) -> Outcome:
    """What is due after a decision: the reporter is asked, the owner is reminded to look again."""
    notices: list[Notice] = []
    timeline: list[Event] = []
    asks, again = _asks_at(conflict, workspace), _looks_again_at(conflict, workspace)
    if asks is not None and asks <= now:
        conflict = replace(conflict, asked_back=True)
        notices.append(tell(NoticeKind.SOLVED_IT, conflict.reporter, workspace, now))
        words = say("{who} was asked whether it is solved", who=conflict.reporter_named)
        timeline.append(Event(kind="asked back", at=now, by=None, words=words))
    if again is not None and again <= now:
        line = (conflict.owner, *workspace.chairing)
        first = tuple(person for person in line if not workspace.gone(person))[:1]
        # whoever is told takes part from now on, so that they may see what is confidential too
        conflict = take_part(replace(conflict, looked_again=True), first)
        notices += [tell(NoticeKind.LOOK_AGAIN, person, workspace, now) for person in first]
        words = say("It is time to look at the decision again")
        timeline.append(Event(kind="look again", at=now, by=None, words=words))
    return Outcome(
        conflict=conflict,
        timeline=tuple(timeline),
        notices=tuple(notices),
        wake_at=looks_back_at(conflict, workspace),
    )
