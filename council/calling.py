"""The emergency meeting about one conflict: asked for, called or declined.

It stands with its conflict alone: as a date of the council it would draw other deadlines to itself.
"""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime

from council.alarm import next_look
from council.call_ladder import LENGTH, caller_after, callers, over_at
from council.conflict import Call, Conflict, Event
from council.deadlines import Deadline
from council.errors import Invalid, Refused, require
from council.moves import emergency_limit
from council.notice import Notice, NoticeKind, tell
from council.outcome import Outcome
from council.people import Person
from council.permissions import Act, allow
from council.sentence import Sentence, When, Who, say
from council.windows import rearm, take_part
from council.workspace import Workspace

MOST_WHERE = 300


def ask_for_call(
    conflict: Conflict, why: str, *, by: Person | None, workspace: Workspace, now: datetime
) -> Outcome:
    """Anybody concerned asks; the chair is asked to call it, after two working hours the next in line."""
    member = allow(by, Act.ASK_FOR_CALL, conflict, workspace, now)
    if conflict.call is not None and conflict.call.state in ("asked", "called"):
        raise Refused(_standing(conflict))
    require(why, "why", say("Say why it cannot wait."))
    changed = asked_for(conflict, member.id, why, workspace, now)
    who = conflict.reporter_named if member.id == conflict.reporter else Who(member.id)
    words = say("{who} asked for an emergency meeting: {why}", who=who, why=why)
    return Outcome(
        conflict=changed,
        timeline=(Event(kind="call asked", at=now, by=member.id, words=words),),
        notices=asking(changed, workspace, now),
        wake_at=next_look(changed, workspace, now),
    )


def _standing(conflict: Conflict) -> Sentence:
    call = conflict.call
    if call and call.starts:
        text = "The emergency meeting about #{number} is called for {starts}."
        return say(text, number=conflict.number, starts=When(call.starts))
    return say("An emergency meeting about #{number} is asked for already.", number=conflict.number)


def asked_for(conflict: Conflict, by: str, why: str, workspace: Workspace, now: datetime) -> Conflict:
    """The conflict with the wish for a call on it; whoever is here first of those who may call is asked.

    Who is asked takes part from then on, so that they may see what is confidential too.
    """
    first = next((person for person in callers(workspace, now) if person != by), None)
    asked = (first,) if first else ()
    call = Call(state="asked", asked_by=by, why=why, asked_at=now, since=now, asked=asked)
    return take_part(replace(conflict, call=call), asked)


def asking(conflict: Conflict, workspace: Workspace, now: datetime) -> tuple[Notice, ...]:
    """Whoever is asked to call it now."""
    call = conflict.call
    if call is None or not call.asked:
        return ()
    waits = not conflict.route.immediate
    facts = {"by": call.asked_by, "why": call.why}
    return (tell(NoticeKind.CALL_ASKED, call.asked[-1], workspace, now, priority=1, waits=waits, **facts),)


def ask_next(conflict: Conflict, workspace: Workspace, now: datetime) -> Outcome | None:
    """Two working hours of silence are over: the next one is asked, None while they are not."""
    call = conflict.call
    following = caller_after(conflict, workspace, now)
    if call is None or following is None or following.at > now:
        return None
    if following.person is None:
        changed = replace(conflict, call=replace(call, since=following.at, exhausted=True))
        words = say("Nobody else is left to call the emergency meeting")
    else:
        asked = (*call.asked, following.person)
        changed = replace(conflict, call=replace(call, since=following.at, asked=asked))
        changed = take_part(changed, (following.person,))
        words = say("{who} was asked to call the emergency meeting", who=Who(following.person))
    return Outcome(
        conflict=changed,
        timeline=(Event(kind="call asked", at=following.at, by=None, words=words),),
        notices=asking(changed, workspace, now) if following.person else (),
        wake_at=next_look(changed, workspace, now),
    )


def call_meeting(
    conflict: Conflict,
    starts: datetime | None,
    where: str,
    needed: tuple[str, ...],
    *,
    by: Person | None,
    workspace: Workspace,
    now: datetime,
) -> Outcome:
    """Called: who is needed is told at once; undecided in it, the owner decides by the end of that day."""
    member = allow(by, Act.CALL, conflict, workspace, now)
    if starts is None or starts <= now:
        raise Invalid({"starts": say("Pick a time after now.")})
    before = conflict.call
    people = tuple(dict.fromkeys((conflict.owner, *needed)))
    call = Call(
        state="called",
        asked_by=before.asked_by if before else member.id,
        why=before.why if before else "",
        asked_at=before.asked_at if before else now,
        since=now,
        asked=before.asked if before else (),
        starts=starts,
        where=where.strip()[:MOST_WHERE],
        needed=people,
        called_by=member.id,
    )
    due = _deadline(conflict, starts, workspace, now)
    changed = take_part(replace(conflict, call=call, deadline=due), people)
    changed = rearm(changed, workspace, now)
    words = say("{who} called an emergency meeting for {starts}", who=Who(member.id), starts=When(starts))
    told = dict.fromkeys((*people, call.asked_by))
    facts = {"by": member.id, "starts": starts.isoformat(), "where": call.where}
    return Outcome(
        conflict=changed,
        timeline=(Event(kind="called", at=now, by=member.id, words=words),),
        notices=tuple(
            tell(NoticeKind.CALLED, person, workspace, now, priority=1, waits=False, **facts)
            for person in told
            if person != member.id and not workspace.gone(person)
        ),
        wake_at=next_look(changed, workspace, now),
    )


def answer_call(
    conflict: Conflict, *, coming: bool, by: Person | None, workspace: Workspace, now: datetime
) -> Outcome:
    """*I'll be there*, or *I can't*: the card says so; answered again, the later word holds."""
    member = allow(by, Act.ANSWER_CALL, conflict, workspace, now)
    call = conflict.call
    if call is None or call.starts is None or call.starts + LENGTH <= now:
        raise Refused(say("That emergency meeting is over.", number=conflict.number))
    others = [person for person in call.coming if person != member.id]
    missing = [person for person in call.missing if person != member.id]
    (others if coming else missing).append(member.id)
    answered = replace(call, coming=tuple(others), missing=tuple(missing))
    if answered == call:
        return Outcome(conflict=conflict, wake_at=next_look(conflict, workspace, now))
    changed = replace(conflict, call=answered)
    text = "{who} will be at the emergency meeting" if coming else "{who} can't be at the emergency meeting"
    words = say(text, who=Who(member.id))
    return Outcome(
        conflict=changed,
        timeline=(Event(kind="call answered", at=now, by=member.id, words=words),),
        wake_at=next_look(changed, workspace, now),
    )


def after_call(conflict: Conflict, workspace: Workspace, now: datetime) -> Outcome | None:
    """Once it is over whoever called it is asked whether it decided; None while it is not."""
    call, at = conflict.call, over_at(conflict)
    if call is None or at is None or at > now:
        return None
    here = workspace.present(call.called_by or None, now)
    to = call.called_by if here else next(callers(workspace, now), None)
    changed = replace(conflict, call=replace(call, over="asked"))
    changed = take_part(changed, (to,)) if to else changed
    words = say("The emergency meeting is over")
    told = (tell(NoticeKind.CALL_OVER, to, workspace, now, priority=1, waits=False),) if to else ()
    return Outcome(
        conflict=changed,
        timeline=(Event(kind="call over", at=now, by=None, words=words),),
        notices=told,
        wake_at=next_look(changed, workspace, now),
    )


def close_call(
    conflict: Conflict, *, decided: bool, by: Person | None, workspace: Workspace, now: datetime
) -> Outcome:
    """It was decided there and the owner writes it down, or the owner decides by the new limit."""
    member = allow(by, Act.CALL, conflict, workspace, now)
    call = conflict.call
    if call is None or call.state != "called" or call.over in ("decided", "undecided"):
        raise Refused(say("Nobody is asked about that emergency meeting any more.", number=conflict.number))
    changed = replace(conflict, call=replace(call, over="decided" if decided else "undecided"))
    text = "{who} says that the emergency meeting decided it; {owner} writes it down"
    if not decided:
        text = "Not decided in the emergency meeting, says {who}; {owner} decides by {limit}"
    told = conflict.owner != member.id and not workspace.gone(conflict.owner)
    notice = tell(
        NoticeKind.CALL_CLOSED,
        conflict.owner,
        workspace,
        now,
        priority=1,
        waits=False,
        by=member.id,
        decided=int(decided),
    )
    limit = When(conflict.deadline.limit)
    words = say(text, who=Who(member.id), owner=Who(conflict.owner), limit=limit)
    return Outcome(
        conflict=changed,
        timeline=(Event(kind="call closed", at=now, by=member.id, words=words),),
        notices=(notice,) if told else (),
        wake_at=next_look(changed, workspace, now),
    )


def _deadline(conflict: Conflict, starts: datetime, workspace: Workspace, now: datetime) -> Deadline:
    """That day's closing hour, unless it is due earlier; the ladder is silent until the meeting is over."""
    ends = starts + LENGTH
    limit = emergency_limit(ends, workspace.hours)
    if not conflict.overdue(now) and conflict.deadline.overdue_at <= limit:
        return conflict.deadline
    because = say("in the emergency meeting, {starts}, or by the end of that day", starts=When(starts))
    return replace(
        conflict.deadline, target=ends, limit=limit, because=because, kind="called", quiet_until=ends
    )


def decline_call(
    conflict: Conflict, why: str, *, by: Person | None, workspace: Workspace, now: datetime
) -> Outcome:
    """Not now, with a reason: whoever asked hears it; the deadline stays as it was."""
    member = allow(by, Act.CALL, conflict, workspace, now)
    call = conflict.call
    if call is None or call.state != "asked":
        text = "Nobody is asking for an emergency meeting about #{number}."
        raise Refused(say(text, number=conflict.number))
    require(why, "why", say("Say why not; whoever asked for it reads it."))
    changed = replace(conflict, call=replace(call, state="declined", since=now))
    words = say("{who} declined the emergency meeting: {why}", who=Who(member.id), why=why)
    told = call.asked_by != member.id and not workspace.gone(call.asked_by)
    notice = tell(NoticeKind.CALL_DECLINED, call.asked_by, workspace, now, by=member.id, why=why)
    return Outcome(
        conflict=changed,
        timeline=(Event(kind="call declined", at=now, by=member.id, words=words),),
        notices=(notice,) if told else (),
        wake_at=next_look(changed, workspace, now),
    )
