"""What comes of the items of a meeting: a decision, an owner, or somebody who brings it back.

What a form was opened for it is recorded for, wherever the meeting is by then.
"""

from __future__ import annotations

from dataclasses import replace
from datetime import date, datetime

from council import deciding, doing
from council.action_item import ActionItem, ItemOutcome
from council.asking import Wanted
from council.asking import item_of as item_of_conflict
from council.carrying import carry
from council.conflict import Conflict, Ruling
from council.course import Came, Course
from council.errors import Invalid, Refused, require
from council.finishing import brings_back, occurrence_of, running
from council.holding import going_on, item_of
from council.meeting import Meeting, MeetingOutcome
from council.outcome import Outcome
from council.people import Person
from council.permissions import ended, hold
from council.sentence import Who, say
from council.visibility import may_see
from council.workspace import Workspace


def record(
    meeting: Meeting,
    item: str,
    decision: str,
    why: str,
    *,
    by: Person | None,
    workspace: Workspace,
    now: datetime,
) -> MeetingOutcome:
    """A decision in a sentence, and why; of a conflict it is decided as on its card instead."""
    member = hold(by, workspace, now)
    course, about = running(meeting), item_of(meeting, item)
    if about.point and about.point.conflict:
        raise Refused(say("That is a conflict; it is decided with whose signal stands."))
    require(decision, "decision", say("Say in one sentence what is decided."))
    require(why, "why", say("Say why, so that others can decide alike next time."))
    said, because = decision.strip(), why.strip()
    came = Came(of=about.id, kind="decided", by=member.id, at=now, words=said, why=because)
    return going_on(meeting, _with(course, came), workspace, now)


def decide_conflict(
    meeting: Meeting,
    item: str,
    conflict: Conflict,
    ruling: Ruling,
    wanted: tuple[Wanted, ...] = (),
    *,
    by: Person | None,
    workspace: Workspace,
    now: datetime,
) -> MeetingOutcome:
    """The same decision as on its card; here chair and sponsor may take it over a present owner too."""
    course, about = running(meeting), item_of(meeting, item)
    if about.point is None or about.point.conflict != conflict.id:
        raise Refused(say("#{number} is not what this is about.", number=conflict.number))
    outcome = deciding.decide(
        conflict,
        ruling,
        wanted=wanted,
        meeting=workspace.calendar.name_of(meeting.ceremony),
        by=by,
        workspace=workspace,
        now=now,
    )
    decided = outcome.conflict.ruling
    came = Came(of=about.id, kind="decided", by=decided.by if decided else "", at=now, ruling=decided)
    given = (_named(about.id, each.item, now) for each in outcome.items)
    saved = going_on(meeting, _with(course, came, *given), workspace, now)
    return replace(saved, conflicts=(outcome,))


def _named(item: str, action: ActionItem, now: datetime) -> Came:
    return Came(
        of=item,
        kind="owner",
        by=action.asked_by,
        at=now,
        words=action.text,
        person=action.owner,
        due=action.due,
        action=action.id,
    )


def name_owner(
    meeting: Meeting,
    item: str,
    wanted: Wanted,
    conflict: Conflict | None,
    known: ActionItem | None = None,
    *,
    by: Person | None,
    workspace: Workspace,
    now: datetime,
) -> MeetingOutcome:
    """Somebody does something by a day. `known`: the action item that is talked about, handed on or put off.

    Of a conflict that the person may not see nothing is told: the item stands for itself.
    """
    member = hold(by, workspace, now)
    course, about = running(meeting), item_of(meeting, item)
    found = doing.problems(wanted.text, wanted.owner, wanted.due, workspace.today(now))
    if found or wanted.owner is None or wanted.due is None:
        raise Invalid(found)
    if known is not None and known.is_open:
        outcome = _passed_on(known, wanted.owner, wanted.due, member, workspace, now)
    else:
        seen = conflict if conflict and may_see(wanted.owner.id, conflict) else None
        fresh = _fresh(meeting, wanted, wanted.owner.id, wanted.due, seen, member.id, workspace, now)
        outcome = doing.given(fresh, workspace, now)
    came = replace(_named(about.id, outcome.item, now), by=member.id)
    return replace(going_on(meeting, _with(course, came), workspace, now), items=(outcome,))


def _passed_on(
    known: ActionItem, to: Person, due: date, by: Person, workspace: Workspace, now: datetime
) -> ItemOutcome:
    if to.id != known.owner:
        return doing.pass_on(known, to, due, by=by, workspace=workspace, now=now)
    return doing.given(replace(known, due=due), workspace, now)


def _fresh(
    meeting: Meeting,
    wanted: Wanted,
    owner: str,
    due: date,
    conflict: Conflict | None,
    by: str,
    workspace: Workspace,
    now: datetime,
) -> ActionItem:
    if conflict is not None:
        text = wanted.text
        return item_of_conflict(conflict, id=wanted.id, text=text, owner=owner, due=due, by=by, now=now)
    return ActionItem(
        id=wanted.id,
        team=meeting.team,
        text=wanted.text.strip(),
        owner=owner,
        due=due,
        asked_by=by,
        at=now,
        subject=workspace.calendar.name_of(meeting.ceremony),
    )


def carry_over(
    meeting: Meeting,
    item: str,
    to: Person | None,
    why: str,
    conflict: Conflict | None,
    *,
    by: Person | None,
    workspace: Workspace,
    now: datetime,
) -> MeetingOutcome:
    """Somebody brings it back next time; a conflict that waited for this meeting gets a new limit."""
    member = hold(by, workspace, now)
    course, about = running(meeting), item_of(meeting, item)
    if conflict is not None and not may_see(member.id, conflict, workspace.members):
        person = brings_back(about, conflict, member.id, workspace)
    elif to is None:
        raise Invalid({"owner": say("Choose who brings it back.")})
    elif to.barred:
        text = "{who} can't bring it back; choose a full member."
        raise Invalid({"owner": say(text, who=Who(to.id))})
    else:
        person = to.id
    came = Came(of=about.id, kind="carried", by=member.id, at=now, words=why.strip(), person=person)
    outcomes: tuple[Outcome, ...] = ()
    if conflict is not None:
        if not conflict.is_open:
            raise Refused(ended(conflict))
        meant = occurrence_of(meeting)
        done = carry(conflict, person, meant, why.strip(), by=member.id, workspace=workspace, now=now)
        came, outcomes = replace(came, until=done.conflict.deadline.limit), (done,)
    return replace(going_on(meeting, _with(course, came), workspace, now), conflicts=outcomes)


def nothing_to_do(
    meeting: Meeting, item: str, *, by: Person | None, workspace: Workspace, now: datetime
) -> MeetingOutcome:
    """It was talked about, and nothing has to follow; a conflict is decided or carried over instead."""
    member = hold(by, workspace, now)
    course, about = running(meeting), item_of(meeting, item)
    if about.point and about.point.conflict:
        raise Refused(say("A conflict is decided or carried over."))
    came = Came(of=about.id, kind="nothing", by=member.id, at=now)
    return going_on(meeting, _with(course, came), workspace, now)


def _with(course: Course, *came: Came) -> Course:
    return replace(course, came=(*course.came, *came), closing=False)
