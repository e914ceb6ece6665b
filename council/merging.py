"""Two reports of the same thing: the chair puts one into the other, and nothing of it is lost."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime

from council.alarm import next_look
from council.conflict import Conflict, Context, Event, State
from council.errors import Invalid
from council.notice import NoticeKind, tell
from council.outcome import Outcome
from council.people import Person
from council.permissions import Act, allow
from council.reporting import absorb
from council.sentence import Who, say
from council.visibility import seen
from council.workspace import Workspace


def merge(
    conflict: Conflict, into: Conflict | None, *, by: Person | None, workspace: Workspace, now: datetime
) -> tuple[Outcome, Outcome]:
    """What becomes of the one that ends, and of the one it is put into.

    An open one gets its signals, its people and its earlier needed-by; a decided one answers it. Everybody
    who took part in the one that ends hears it once.
    """
    member = allow(by, Act.MERGE, conflict, workspace, now)
    target = _target(conflict, into, member.id, workspace)
    over = _ended(conflict, target, member.id, workspace, now)
    return over, _kept(conflict, target, member.id, workspace, now)


def _target(conflict: Conflict, into: Conflict | None, by: str, workspace: Workspace) -> Conflict:
    if into is None:
        raise Invalid({"into": say("There is no such conflict that you can see.")})
    seen(by, into, workspace.members)
    if into.id == conflict.id:
        raise Invalid({"into": say("That is this one; choose the other one.")})
    if into.merged_into is not None:
        text = "#{number} is the same as #{other} itself; choose that one."
        raise Invalid({"into": say(text, number=into.number, other=into.merged_into)})
    if not into.is_open and into.state is not State.DECIDED:
        raise Invalid(
            {"into": say("#{number} ended without a decision; choose another one.", number=into.number)}
        )
    if into.facts.confidential != conflict.facts.confidential:
        text = "One of the two is confidential and the other is not; what is in it must not be mixed."
        raise Invalid({"into": say(text)})
    return into


def _ended(conflict: Conflict, into: Conflict, by: str, workspace: Workspace, now: datetime) -> Outcome:
    changed = replace(
        conflict,
        state=State.MERGED,
        merged_into=into.number,
        ended_at=now,
        ended_because=f"#{into.number}: {into.facts.subject}",
        asked=conflict.owner,
    )
    words = say(
        "{who} put it into #{number}: {subject}", who=Who(by), number=into.number, subject=into.facts.subject
    )
    people = sorted(person for person in conflict.insiders - {by} if not workspace.gone(person))
    event = Event(kind="merged", at=now, by=by, words=words)
    notices = tuple(tell(NoticeKind.MERGED, person, workspace, now, by=by) for person in people)
    return Outcome(conflict=changed, timeline=(event,), notices=notices)


def _kept(conflict: Conflict, into: Conflict, by: str, workspace: Workspace, now: datetime) -> Outcome:
    words = say(
        "{who} put #{number} into it: {subject}",
        who=Who(by),
        number=conflict.number,
        subject=conflict.facts.subject,
    )
    event = Event(kind="took in", at=now, by=by, words=words)
    people = (conflict.reporter, *conflict.joined)
    if into.is_open:
        grown, texts = absorb(into, conflict.facts, people, workspace, now)
    else:
        joined = tuple(dict.fromkeys((*into.joined, *people)))
        grown, texts = replace(into, joined=joined), [f"{s.source}: {s.says}" for s in conflict.facts.signals]
    return Outcome(
        conflict=grown,
        timeline=(event,),
        context=tuple(
            Context(conflict=into.id, by=conflict.reporter, at=now, words=text, joined=True) for text in texts
        ),
        wake_at=next_look(grown, workspace, now),
    )
