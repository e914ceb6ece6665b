"""The reporter corrects what they said; once somebody is at it, what it was stays visible."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import datetime

from council.alarm import next_look
from council.conflict import Conflict, Event, Facts, Signal, State
from council.deadlines import Deadline, deadline, with_needed_by
from council.errors import Invalid
from council.moves import not_before
from council.outcome import Outcome
from council.people import Person
from council.permissions import Act, allow
from council.reporting import asked_of, problems
from council.routing import standing
from council.sentence import Fact, Sentence, When, say
from council.windows import rearm
from council.workspace import Workspace


@dataclass(frozen=True, slots=True, kw_only=True)
class Correction:
    """What it should have said; `says` goes with the conflict's signals, in their order."""

    subject: str
    says: tuple[str, ...]
    waiting: str = ""
    account: str = ""
    needed_by: datetime | None = None


def correct(
    conflict: Conflict, correction: Correction, *, by: Person | None, workspace: Workspace, now: datetime
) -> Outcome:
    """Pings nobody: card and messages follow. A needed-by that moved moves the deadline with it."""
    member = allow(by, Act.CORRECT, conflict, workspace, now)
    facts = _corrected(conflict, correction)
    differences = tuple(_differences(conflict.facts, facts))
    if not differences:
        raise Invalid({"subject": say("Nothing is different yet; correct what is wrong, or cancel.")})
    moved = facts.needed_by != conflict.facts.needed_by
    found = problems(facts if moved else replace(facts, needed_by=None), workspace, now)
    if found:
        raise Invalid(found)
    changed = _changed(conflict, facts, moved, workspace, now)
    return Outcome(
        conflict=changed,
        timeline=tuple(_event(each, conflict, member.id, now) for each in differences),
        wake_at=next_look(changed, workspace, now),
    )


def _corrected(conflict: Conflict, correction: Correction) -> Facts:
    """After the acknowledgement a signal keeps what it said first."""
    keeps = conflict.state is State.ACKNOWLEDGED
    pairs = zip(conflict.facts.signals, correction.says, strict=True)
    return replace(
        conflict.facts,
        subject=correction.subject.strip(),
        signals=tuple(_signal(signal, says.strip(), keeps=keeps) for signal, says in pairs),
        waiting=correction.waiting.strip(),
        account=correction.account.strip(),
        needed_by=correction.needed_by,
    )


def _signal(signal: Signal, says: str, *, keeps: bool) -> Signal:
    if says == signal.says:
        return signal
    was = signal.was or signal.says if keeps else signal.was
    return replace(signal, says=says, was="" if was == says else was)


def _differences(before: Facts, after: Facts) -> Iterator[tuple[Sentence, Fact, Fact]]:
    """What, and from what to what."""
    texts = (
        ("what they disagree about", before.subject, after.subject),
        ("what is waiting on it", before.waiting, after.waiting),
        ("the account", before.account, after.account),
    )
    for what, old, new in texts:
        if old != new:
            yield say(what), old or "nothing", new or "nothing"
    for old_signal, signal in zip(before.signals, after.signals, strict=True):
        if old_signal.says != signal.says:
            yield say("what {source} says", source=signal.source), old_signal.says, signal.says
    if before.needed_by != after.needed_by:
        yield say("by when it is needed"), _instant(before.needed_by), _instant(after.needed_by)


def _instant(at: datetime | None) -> Fact:
    return When(at) if at else "nothing"


def _event(difference: tuple[Sentence, Fact, Fact], conflict: Conflict, by: str, now: datetime) -> Event:
    what, old, new = difference
    text = f"{{who}} corrected {what.text}: {{old}} → {{new}}"
    words = say(text, who=conflict.reporter_named, old=old, new=new, **what.facts)
    return Event(kind="corrected", at=now, by=by, words=words)


def _changed(conflict: Conflict, facts: Facts, moved: bool, workspace: Workspace, now: datetime) -> Conflict:
    asked = asked_of(facts, conflict.reporter, workspace)
    way = replace(conflict.route, standing=standing(asked, workspace, now))
    changed = replace(conflict, facts=facts, route=way)
    if not moved:
        return changed
    due = _due(changed, workspace, now)
    if due == conflict.deadline:
        return changed
    return rearm(replace(changed, deadline=due), workspace, now)


def _due(conflict: Conflict, workspace: Workspace, now: datetime) -> Deadline:
    """As if it had been reported so; never overdue at once. An extended one only comes nearer."""
    facts, timeframe = conflict.facts, conflict.route.timeframe
    if conflict.deadline.kind == "extended" or timeframe is None:
        return with_needed_by(conflict.deadline, facts.needed_by)
    due = deadline(
        timeframe,
        reported_at=conflict.reported_at,
        calendar=workspace.calendar,
        needed_by=facts.needed_by,
        meeting=facts.meeting,
    )
    return not_before(now, due)
