"""What a conflict does by itself when its time has come: follow its meeting, change hands, ask again."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime

from council.alarm import next_look
from council.away_status import taker, tell_taker
from council.calling import after_call, ask_next
from council.conflict import Conflict, Event, Ladders
from council.extending import follow_wish
from council.ladders import Step, climb_acknowledge, climb_deadline
from council.looking_back import look_back
from council.moving import follow_meeting
from council.notice import Notice, NoticeKind, tell
from council.outcome import Outcome
from council.sentence import Sentence, Who, say
from council.standing_in import BACK, Passing, passing
from council.windows import change_owner
from council.workspace import Workspace


def wake(conflict: Conflict, workspace: Workspace, now: datetime) -> Outcome:
    """What now? Asked from the present state; asked too early it changes nothing and is armed again."""
    if not conflict.is_open:
        return look_back(conflict, workspace, now)
    woken = _wake(conflict, workspace, now)
    busy = frozenset(notice.to for notice in woken.notices)
    followed = follow_wish(woken.conflict, busy, workspace, now)
    if followed is None:
        return woken
    timeline, notices = (*woken.timeline, *followed.timeline), (*woken.notices, *followed.notices)
    return replace(followed, timeline=timeline, notices=notices)


def _wake(conflict: Conflict, workspace: Workspace, now: datetime) -> Outcome:
    followed = follow_meeting(conflict, workspace, now)
    owner_changes = passing(followed.conflict, workspace, now)
    if owner_changes:
        passed = _pass_on(followed.conflict, owner_changes, workspace, now)
        return replace(passed, timeline=(*followed.timeline, *passed.timeline))
    if not followed.timeline and (person := taker(conflict, workspace, now)):
        told = tell_taker(conflict, person, workspace, now)
        return replace(told, wake_at=next_look(told.conflict, workspace, now))
    if followed.timeline:
        return followed
    return (
        ask_next(conflict, workspace, now)
        or after_call(conflict, workspace, now)
        or _climb(conflict, workspace, now)
    )


def _pass_on(conflict: Conflict, to: Passing, workspace: Workspace, now: datetime) -> Outcome:
    """The stand-in becomes the owner and is asked in working hours; who is back hears of all at once."""
    changed = change_owner(conflict, to.to, to.role, workspace, now)
    changed = replace(changed, stands_in_for=to.stands_in_for)
    urgent = conflict.route.immediate
    asked = tell(NoticeKind.OWNER_ASKED, to.to, workspace, now, priority=1, waits=not urgent)
    return Outcome(
        conflict=changed,
        timeline=(Event(kind=BACK if to.back else "passed on", at=now, by=None, words=to.words),),
        notices=() if to.back else (asked,),
        wake_at=next_look(changed, workspace, now),
    )


def _climb(conflict: Conflict, workspace: Workspace, now: datetime) -> Outcome:
    climbed, acknowledging = climb_acknowledge(conflict, workspace, now)
    climbed, due = climb_deadline(climbed, workspace, now)
    in_its_meeting = conflict.deadline.limit <= now < conflict.overdue_at
    said = () if in_its_meeting else _said(acknowledging, due)
    changed = _reached(replace(climbed, asked=conflict.asked), said)
    return Outcome(
        conflict=changed,
        timeline=tuple(_event(step, step in said, changed) for step in (*acknowledging, *due)),
        notices=tuple(_notice(step, changed, workspace, now) for step in said),
        wake_at=next_look(changed, workspace, now),
    )


def _said(acknowledging: tuple[Step, ...], due: tuple[Step, ...]) -> tuple[Step, ...]:
    """The highest rung of each ladder that asks somebody; one person hears of the deadline only.

    Past the limit the acknowledgement ladder has ended, and once pings end nothing is said any more.
    """
    if due and due[-1].kind == "end":
        return ()
    overdue = [step for step in due if step.kind in ("ask", "weekly")]
    ladders = (overdue,) if overdue else (due, acknowledging)
    tops = [asking[-1] for steps in ladders if (asking := [step for step in steps if step.person])]
    by_person = {step.person: step for step in reversed(tops)}
    return tuple(by_person.values())


def _reached(conflict: Conflict, said: tuple[Step, ...]) -> Conflict:
    """Whom the chain has asked may take over, and the latest of them is the one asked."""
    for step in sorted(said, key=lambda step: step.at):
        if step.person and step.kind in ("ask", "weekly") and step.person != conflict.owner:
            reached = tuple(dict.fromkeys((*conflict.reached, step.person)))
            conflict = replace(conflict, reached=reached, asked=step.person)
    return conflict


def _event(step: Step, said: bool, conflict: Conflict) -> Event:
    kind = step.kind if said or step.kind in ("skip", "end") else "skip"
    return Event(
        kind=f"{step.ladder.value}: {kind}",
        at=step.at,
        by=None,
        words=_words(step, said, conflict),
        facts={"rung": str(step.rung), "person": step.person or ""},
    )


def _words(step: Step, said: bool, conflict: Conflict) -> Sentence:
    if step.kind == "end":
        return say("Nobody has decided for 30 days; it stays on the council's agenda, and nobody is pinged")
    if not step.person:
        return say("Nobody else is left to ask" if step.kind == "ask" else "The reminder was left out")
    if not said:
        return say("{who} was not asked separately: another step was due as well", who=Who(step.person))
    if step.kind == "remind":
        return say("{who} was reminded", who=Who(step.person))
    if step.kind == "weekly":
        return say("Still open; {who} was told again", who=Who(step.person))
    return say("{owner} has not answered; {who} was asked", owner=Who(conflict.owner), who=Who(step.person))


def _notice(step: Step, conflict: Conflict, workspace: Workspace, now: datetime) -> Notice:
    kinds = {
        (Ladders.ACKNOWLEDGE, "remind"): NoticeKind.REMINDED,
        (Ladders.DEADLINE, "remind"): NoticeKind.DUE,
        (Ladders.DEADLINE, "weekly"): NoticeKind.STILL_OPEN,
    }
    kind = kinds.get((step.ladder, step.kind), NoticeKind.CHAIN_ASKED)
    return tell(
        kind,
        step.person or conflict.asked,
        workspace,
        now,
        priority=1 if kind is NoticeKind.CHAIN_ASKED else 2,
        waits=not conflict.route.immediate,
        rung=step.rung,
        ladder=step.ladder.value,
    )
