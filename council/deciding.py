"""Acknowledging, taking over and deciding: what the person asked does."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, datetime

from council.alarm import next_look
from council.asking import Wanted, items_of, wanted_problems
from council.conflict import Conflict, Event, Ruling, State
from council.deadlines import default_holds_until
from council.errors import Invalid
from council.extending import alone_until
from council.notice import Notice, NoticeKind, announce, in_time, tell
from council.outcome import Outcome
from council.people import Person
from council.permissions import Act, allow
from council.seats import spoken_role
from council.sentence import Sentence, Who, say
from council.windows import change_owner, take_part
from council.workspace import Workspace


def acknowledge(conflict: Conflict, *, by: Person | None, workspace: Workspace, now: datetime) -> Outcome:
    """*I am on it.* Ends the first ladder and the owner is asked again; a second time changes nothing."""
    member = allow(by, Act.ACKNOWLEDGE, conflict, workspace, now)
    if conflict.state is State.ACKNOWLEDGED:
        return Outcome(conflict=conflict, wake_at=next_look(conflict, workspace, now))
    changed = replace(conflict, state=State.ACKNOWLEDGED, acknowledged_at=now, asked=conflict.owner)
    event = Event(kind="acknowledged", at=now, by=member.id, words=say("{who} is on it", who=Who(member.id)))
    return Outcome(conflict=changed, timeline=(event,), wake_at=next_look(changed, workspace, now))


def take_over(conflict: Conflict, *, by: Person | None, workspace: Workspace, now: datetime) -> Outcome:
    """Whom the chain has reached becomes the owner, acknowledged by the act; the one before is told.

    The chain goes on from there: who was asked already is not asked about it again.
    """
    member = allow(by, Act.TAKE_OVER, conflict, workspace, now)
    before = conflict.owner
    asked = (*conflict.due.asked, before)
    role = spoken_role(member.id, conflict.seat, workspace)
    taken = change_owner(conflict, member.id, role, workspace, now)
    taken = replace(taken, state=State.ACKNOWLEDGED, acknowledged_at=now, due=replace(taken.due, asked=asked))
    event = Event(
        kind="taken over",
        at=now,
        by=member.id,
        words=say("{who} took over from {before}", who=Who(member.id), before=Who(before)),
    )
    told = () if workspace.gone(before) else (_taken_over(taken, before, workspace, now),)
    return Outcome(conflict=taken, timeline=(event,), notices=told, wake_at=next_look(taken, workspace, now))


def _taken_over(conflict: Conflict, before: str, workspace: Workspace, now: datetime) -> Notice:
    waits = not conflict.route.immediate
    return tell(NoticeKind.TAKEN_OVER, before, workspace, now, waits=waits, before=before)


def decide(
    conflict: Conflict,
    ruling: Ruling,
    *,
    wanted: tuple[Wanted, ...] = (),
    meeting: str = "",
    by: Person | None,
    workspace: Workspace,
    now: datetime,
) -> Outcome:
    """The owner decides with a why; everybody who takes part is told once, and the log gets its line.

    `wanted`: the action items that come out of it. In a `meeting` chair and sponsor may as well.
    """
    member = allow(by, Act.DECIDE_IN_MEETING if meeting else Act.DECIDE, conflict, workspace, now)
    found = problems(ruling, conflict, workspace, now)
    found |= {f"item_{key}": each for key, each in wanted_problems(wanted, workspace.today(now)).items()}
    if found:
        raise Invalid(found)
    state = State.RESOLVED if ruling.stands == "resolved" else State.DECIDED
    ruled = replace(
        ruling,
        by=member.id,
        role=_role(conflict, member, workspace),
        at=now,
        holds_until=_holds(ruling, conflict, workspace, now),
    )
    changed = replace(
        conflict,
        state=state,
        ruling=ruled,
        ended_at=now,
        ended_because=ruling.why,
        acknowledged_at=conflict.acknowledged_at or now,
        asked=conflict.owner,
    )
    items = items_of(changed, wanted, member.id, workspace, now)
    told = _telling(changed, member.id, workspace, now)
    changed = take_part(changed, tuple(each.item.owner for each in items))
    changed = replace(changed, items=len(items))
    event = _decided(changed, ruled, meeting)
    return Outcome(
        conflict=changed,
        timeline=(event,),
        notices=(*told, *_logging(changed, workspace, now), *_proposing(changed, workspace, now)),
        items=items,
        wake_at=next_look(changed, workspace, now),
    )


def _role(conflict: Conflict, member: Person, workspace: Workspace) -> str:
    """As what somebody decides: for the owner's seat, in a meeting over the owner as the chair."""
    own = member.id == conflict.owner
    return conflict.role if own else spoken_role(member.id, "chair", workspace)


def _decided(conflict: Conflict, ruling: Ruling, meeting: str) -> Event:
    verb = "decided" if conflict.state is State.DECIDED else "closed"
    where = " in the {meeting}" if meeting else ""
    facts = {"verb": verb, "decision": ruling.decision, **({"meeting": meeting} if meeting else {})}
    words = say(f"{{who}} {{verb}}{where}: {{decision}}", who=Who(ruling.by), **facts)
    return Event(kind=verb, at=ruling.at, by=ruling.by, words=words)


def _holds(ruling: Ruling, conflict: Conflict, workspace: Workspace, now: datetime) -> date | None:
    """As long as was said, else until the meeting after the one it was for; a mistake holds nothing."""
    if ruling.stands == "resolved" or ruling.holds_until is not None:
        return ruling.holds_until
    until = default_holds_until(conflict.deadline, decided_at=now, calendar=workspace.calendar)
    return workspace.hours.day_of(until)


def problems(ruling: Ruling, conflict: Conflict, workspace: Workspace, now: datetime) -> dict[str, Sentence]:
    """What has to be mended before the decision can be taken, per field."""
    found: dict[str, Sentence] = {}
    sources = {signal.source for signal in conflict.facts.signals}
    if ruling.stands == "one" and ruling.source not in sources:
        found["stands"] = say("Choose one of the sources of this conflict.")
    if not ruling.decision.strip():
        found["decision"] = say("Say in one sentence what is decided.")
    if not ruling.why.strip():
        found["why"] = say("Say why, with numbers, so that others can decide alike next time.")
    if ruling.holds_until is not None and ruling.holds_until < workspace.today(now):
        found["holds_until"] = say("Pick a day from today on.")
    if ruling.look_again is not None and ruling.look_again < workspace.today(now):
        found["look_again"] = say("Pick a day from today on.")
    return found


def _telling(conflict: Conflict, decider: str, workspace: Workspace, now: datetime) -> tuple[Notice, ...]:
    """Everybody who takes part, once each; the reporter, who waits for it, at any hour."""
    kind = NoticeKind.DECIDED if conflict.state is State.DECIDED else NoticeKind.RESOLVED
    version = conflict.version + 1
    at_once = conflict.insiders if conflict.route.immediate else {conflict.reporter}
    wanted = alone_until(conflict, workspace)
    return tuple(
        in_time(
            tell(kind, person, workspace, now, waits=person not in at_once, version=version),
            wanted,
            workspace,
        )
        for person in sorted(conflict.insiders - {decider, _told_later(conflict, workspace, now)})
        if not workspace.gone(person)
    )


def _told_later(conflict: Conflict, workspace: Workspace, now: datetime) -> str | None:
    """Somebody who is away reads on their return what was decided for them, in one message."""
    person = conflict.stands_in_for
    return person if person and workspace.absence(person, now) else None


def _logging(conflict: Conflict, workspace: Workspace, now: datetime) -> tuple[Notice, ...]:
    """One line in the decision log; a confidential decision is never written there."""
    log = workspace.configuration.channels.decision_log
    if log is None or conflict.facts.confidential or conflict.state is not State.DECIDED:
        return ()
    return (announce(NoticeKind.LOGGED, log, now, version=conflict.version + 1),)


def _proposing(conflict: Conflict, workspace: Workspace, now: datetime) -> tuple[Notice, ...]:
    """An admin reads what is to become a standing rule; of what is confidential nobody is told."""
    ruling = conflict.ruling
    proposed = ruling is not None and ruling.as_rule and ruling.stands == "one"
    if not proposed or conflict.facts.confidential or not workspace.keepers:
        return ()
    return (tell(NoticeKind.RULE_PROPOSED, workspace.keepers[0], workspace, now),)
