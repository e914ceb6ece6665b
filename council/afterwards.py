"""The reporter's answer to *did this solve it?*"""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime

from council.alarm import next_look
from council.conflict import Conflict, Context, Event
from council.errors import require
from council.notice import NoticeKind, tell
from council.outcome import Outcome
from council.people import Person
from council.permissions import Act, allow
from council.sentence import say
from council.windows import each_once, take_part
from council.workspace import Workspace


def solved(conflict: Conflict, *, by: Person | None, workspace: Workspace, now: datetime) -> Outcome:
    """*Yes*: nobody is told; the log can say that it held. A second answer changes nothing."""
    member = allow(by, Act.SAY_WHETHER_SOLVED, conflict, workspace, now)
    wake_at = next_look(conflict, workspace, now)
    if conflict.solved:
        return Outcome(conflict=conflict, wake_at=wake_at)
    changed = replace(conflict, solved=True, asked_back=True)
    words = say("{who} says that it is solved", who=changed.reporter_named)
    event = Event(kind="solved", at=now, by=member.id, words=words)
    return Outcome(conflict=changed, timeline=(event,), wake_at=next_look(changed, workspace, now))


def not_solved(
    conflict: Conflict, why: str, *, by: Person | None, workspace: Workspace, now: datetime
) -> Outcome:
    """*No*: owner and chair hear it with the reason and may reopen it; nothing reopens by itself.

    Whoever hears it takes part from now on, so that they may see what is confidential too.
    """
    member = allow(by, Act.SAY_WHETHER_SOLVED, conflict, workspace, now)
    require(why, "why", say("Say what is still wrong; the owner reads it."))
    told = each_once((conflict.owner,), workspace.chairing[:1])
    changed = take_part(replace(conflict, solved=False, asked_back=True), told)
    words = say("{who} says that it is not solved: {why}", who=changed.reporter_named, why=why)
    event = Event(kind="not solved", at=now, by=member.id, words=words)
    return Outcome(
        conflict=changed,
        timeline=(event,),
        notices=tuple(
            tell(NoticeKind.NOT_SOLVED, person, workspace, now, why=why)
            for person in told
            if person != member.id and not workspace.gone(person)
        ),
        context=(Context(conflict=conflict.id, by=member.id, at=now, words=why),),
        wake_at=next_look(changed, workspace, now),
    )
