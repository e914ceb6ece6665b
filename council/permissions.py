"""Who may do what, as data. Asked inside every rule, so that no path goes round it. Unknown = not allowed."""

from __future__ import annotations

from datetime import datetime
from enum import StrEnum

from council.conflict import Conflict, State
from council.errors import Refused, TooLate
from council.people import Person
from council.sentence import Sentence, When, Who, say
from council.visibility import seen
from council.workspace import Workspace


class Act(StrEnum):
    """What a person can try."""

    REPORT = "report"
    JOIN = "join"
    LEAVE = "leave"
    ADD_CONTEXT = "add context"
    SEE = "see"
    ACKNOWLEDGE = "acknowledge"
    DECIDE = "decide"
    DECIDE_IN_MEETING = "decide in a meeting"
    HAND_OVER = "hand over"
    EXTEND = "extend deadline"
    EXTEND_AGAIN = "extend deadline again"
    AGREE = "agree to a later deadline"
    WITHDRAW = "withdraw"
    TAKE_OVER = "take over"
    CORRECT = "correct"
    CHANGE_KIND = "change kind"
    MERGE = "merge"
    MAKE_CONFIDENTIAL = "make confidential"
    REOPEN = "reopen"
    SAY_WHETHER_SOLVED = "say whether it is solved"
    ASK_FOR_DATA = "ask for data"
    ASK_FOR_CALL = "ask for an emergency meeting"
    CALL = "call an emergency meeting"
    ANSWER_CALL = "say whether one comes to an emergency meeting"
    DO_ITEM = "do an action item"
    PASS_ON_ITEM = "hand over an action item"
    SET_ABSENCE = "set an absence"
    SET_MORNING = "choose a morning hour"
    PLAN = "plan meetings"
    ADD_TO_AGENDA = "add to an agenda"
    ARRANGE = "arrange an agenda"
    ANSWER_METRIC = "answer for a shared metric"
    SUBSCRIBE = "have a calendar of one's own"
    SHARE_CALENDAR = "share the council's calendar"
    ANSWER_STANDUP = "have nothing to report at the standup"
    REPORT_ISSUE = "report an issue at the standup"
    CHANGE_ISSUE = "change an issue"
    MAKE_ITEM_OF_ISSUE = "make an issue an action item"
    CHOOSE_QUESTIONS = "choose when the standup asks"
    HOLD = "hold meetings and keep their minutes"
    CONFIGURE = "configure"


class Part(StrEnum):
    """The part somebody plays towards one conflict."""

    MEMBER = "any full member"
    REPORTER = "reporter"
    IN_PLACE = "asked in the reporter's place"
    JOINED = "joined"
    OWNER = "owner"
    REACHED = "reached by the chain"
    CONCERNED = "anybody concerned"
    ASKED_TO_CALL = "asked to call the meeting"
    CALLED = "called to the meeting"
    ITEM_OWNER = "owner of the action item"
    ITEM_ASKER = "who gave the action item"
    METRIC_HOLDER = "asked for the shared metric"
    ASKED_AT_STANDUP = "asked at the standup"
    ISSUE_REPORTER = "who reported the issue"
    CHAIR = "chair"
    SPONSOR = "sponsor"
    IN_THE_CHAIR = "sponsor, while nobody who chairs is here"
    ADMIN = "admin"


WHO_MAY: dict[Act, frozenset[Part]] = {
    Act.REPORT: frozenset({Part.MEMBER}),
    Act.JOIN: frozenset({Part.MEMBER}),
    Act.LEAVE: frozenset({Part.JOINED}),
    Act.ADD_CONTEXT: frozenset({Part.MEMBER}),
    Act.SEE: frozenset({Part.MEMBER}),
    Act.ACKNOWLEDGE: frozenset({Part.OWNER}),
    Act.DECIDE: frozenset({Part.OWNER}),
    Act.DECIDE_IN_MEETING: frozenset({Part.OWNER, Part.CHAIR, Part.SPONSOR}),
    Act.HAND_OVER: frozenset({Part.OWNER}),
    Act.EXTEND: frozenset({Part.OWNER}),
    Act.EXTEND_AGAIN: frozenset({Part.CHAIR}),
    Act.AGREE: frozenset({Part.REPORTER, Part.IN_PLACE}),
    Act.WITHDRAW: frozenset({Part.REPORTER}),
    Act.TAKE_OVER: frozenset({Part.REACHED}),
    Act.CORRECT: frozenset({Part.REPORTER}),
    Act.CHANGE_KIND: frozenset({Part.OWNER, Part.CHAIR}),
    Act.MERGE: frozenset({Part.CHAIR}),
    Act.MAKE_CONFIDENTIAL: frozenset({Part.OWNER}),
    Act.REOPEN: frozenset({Part.OWNER, Part.CHAIR}),
    Act.SAY_WHETHER_SOLVED: frozenset({Part.REPORTER}),
    Act.ASK_FOR_DATA: frozenset({Part.OWNER}),
    Act.ASK_FOR_CALL: frozenset({Part.CONCERNED}),
    Act.CALL: frozenset({Part.CHAIR, Part.ASKED_TO_CALL}),
    Act.ANSWER_CALL: frozenset({Part.CALLED}),
    Act.DO_ITEM: frozenset({Part.ITEM_OWNER}),
    Act.PASS_ON_ITEM: frozenset({Part.ITEM_OWNER, Part.ITEM_ASKER, Part.CHAIR}),
    Act.SET_ABSENCE: frozenset({Part.MEMBER}),
    Act.SET_MORNING: frozenset({Part.MEMBER}),
    Act.PLAN: frozenset({Part.CHAIR}),
    Act.ADD_TO_AGENDA: frozenset({Part.MEMBER}),
    Act.ARRANGE: frozenset({Part.CHAIR, Part.IN_THE_CHAIR}),
    Act.ANSWER_METRIC: frozenset({Part.METRIC_HOLDER, Part.CHAIR}),
    Act.SUBSCRIBE: frozenset({Part.MEMBER}),
    Act.SHARE_CALENDAR: frozenset({Part.CHAIR, Part.ADMIN}),
    Act.ANSWER_STANDUP: frozenset({Part.ASKED_AT_STANDUP}),
    Act.REPORT_ISSUE: frozenset({Part.MEMBER}),
    Act.CHANGE_ISSUE: frozenset({Part.ISSUE_REPORTER}),
    Act.MAKE_ITEM_OF_ISSUE: frozenset({Part.ASKED_AT_STANDUP, Part.ISSUE_REPORTER, Part.CHAIR}),
    Act.CHOOSE_QUESTIONS: frozenset({Part.MEMBER}),
    Act.HOLD: frozenset({Part.CHAIR, Part.IN_THE_CHAIR}),
    Act.CONFIGURE: frozenset({Part.ADMIN}),
}

OF_ITEMS = frozenset({Act.DO_ITEM, Act.PASS_ON_ITEM})
"""Acts on action items, asked in `doing`; towards a conflict nobody plays those parts."""
OF_AGENDAS = frozenset({Act.ADD_TO_AGENDA, Act.ARRANGE, Act.ANSWER_METRIC})
"""Acts on agendas, asked in `arranging`; whatever conflict somebody looks at, they are the same."""
OF_STANDUPS = frozenset(
    (
        Act.ANSWER_STANDUP,
        Act.REPORT_ISSUE,
        Act.CHANGE_ISSUE,
        Act.MAKE_ITEM_OF_ISSUE,
        Act.CHOOSE_QUESTIONS,
    )
)
"""Acts at a standup, asked in `standup_answering`."""
OF_NO_CONFLICT = frozenset(
    (
        Act.REPORT,
        Act.SET_ABSENCE,
        Act.SET_MORNING,
        Act.PLAN,
        Act.SUBSCRIBE,
        Act.SHARE_CALENDAR,
        Act.HOLD,
        Act.CONFIGURE,
    )
)
"""Acts that are the same whatever conflict somebody looks at."""
NEEDS_DECISION = frozenset({Act.REOPEN, Act.SAY_WHETHER_SOLVED})
"""Acts that make sense only once it is decided."""
NEEDS_OPEN = (
    frozenset(WHO_MAY)
    - NEEDS_DECISION
    - OF_ITEMS
    - OF_AGENDAS
    - OF_STANDUPS
    - OF_NO_CONFLICT
    - {Act.SEE, Act.ADD_CONTEXT, Act.MAKE_CONFIDENTIAL}
)
"""Acts that make sense only while somebody is asked to decide."""
REOPENABLE = frozenset({State.DECIDED, State.RESOLVED})


def parts(person: str, conflict: Conflict, workspace: Workspace) -> frozenset[Part]:
    """Every part the person plays towards the conflict."""
    playing = {
        Part.MEMBER: True,
        Part.REPORTER: person == conflict.reporter,
        Part.IN_PLACE: conflict.wish is not None and person == conflict.wish.of,
        Part.JOINED: person in conflict.joined,
        Part.OWNER: person == conflict.owner,
        Part.REACHED: person in conflict.reached and person != conflict.owner,
        Part.CONCERNED: person in conflict.insiders,
        Part.ASKED_TO_CALL: conflict.call is not None and person in conflict.call.asked,
        Part.CALLED: conflict.call is not None and person in (*conflict.call.needed, conflict.call.asked_by),
        Part.CHAIR: person in workspace.chairing,
        Part.SPONSOR: person in workspace.sponsoring,
        Part.ADMIN: person in workspace.keepers,
    }
    return frozenset(part for part, plays in playing.items() if plays)


def admit(person: Person | None) -> Person:
    """The person, when they are a full member of the workspace; raises `Refused` with a polite reason."""
    if person is None:
        raise Refused(say("I could not look you up in Slack just now; please try again in a moment."))
    if person.barred is None:
        return person
    reasons = {
        "guest": "Guests can't take part here; please ask a colleague who is a full member.",
        "foreign": "This belongs to another organisation; please ask your contact here.",
        "bot": "Apps can't take part here; a person has to.",
        "deactivated": "This account is deactivated; a colleague with an active one has to.",
    }
    raise Refused(say(reasons[person.barred]))


def may(person: str, act: Act, conflict: Conflict, workspace: Workspace, now: datetime) -> bool:
    """Whether a full member who sees the conflict may do this now."""
    if act in NEEDS_OPEN and not conflict.is_open:
        return False
    if act in NEEDS_DECISION and conflict.state not in REOPENABLE:
        return False
    if act in OF_ITEMS | OF_STANDUPS:
        return False
    playing = parts(person, conflict, workspace)
    if act is Act.TAKE_OVER and _owner_is_on_it(conflict, now) and playing & {Part.CHAIR, Part.SPONSOR}:
        return False
    return bool(playing & _wanted(act, conflict, workspace))


def _owner_is_on_it(conflict: Conflict, now: datetime) -> bool:
    """Before the limit chair and sponsor do not overrule an owner who is there."""
    return conflict.state is State.ACKNOWLEDGED and not conflict.overdue(now)


def _wanted(act: Act, conflict: Conflict, workspace: Workspace) -> frozenset[Part]:
    """A second extension is the chair's; of what the chair owns it is the sponsor's."""
    if act is Act.EXTEND_AGAIN and conflict.owner in workspace.chairing:
        return frozenset({Part.SPONSOR})
    return WHO_MAY[act]


def allow(person: Person | None, act: Act, conflict: Conflict, workspace: Workspace, now: datetime) -> Person:
    """The person, when they may do this now.

    Raises `Refused` saying who may and what to do instead, `TooLate` when it has ended, and `Unknown` for
    who may not even see it.
    """
    member = admit(person)
    seen(member.id, conflict, workspace.members)
    if may(member.id, act, conflict, workspace, now):
        return member
    if act in NEEDS_OPEN and not conflict.is_open:
        raise TooLate(ended(conflict), offers=(Act.ADD_CONTEXT,))
    if act in NEEDS_DECISION and conflict.is_open:
        text = "#{number} is open: {who} decides."
        raise Refused(say(text, number=conflict.number, who=Who(conflict.owner)), offers=(Act.ADD_CONTEXT,))
    instead = (Act.TAKE_OVER,) if may(member.id, Act.TAKE_OVER, conflict, workspace, now) else ()
    raise Refused(_who_may(act, conflict, workspace), offers=(*instead, Act.ADD_CONTEXT))


def administer(person: Person | None, workspace: Workspace) -> Person:
    """The person, when they look after the configuration; raises `Refused` naming who does."""
    member = admit(person)
    if member.id in workspace.keepers:
        return member
    if not workspace.keepers:
        raise Refused(say("Nobody looks after the set-up yet; whoever installed me can name somebody."))
    raise Refused(say("Only {who} can change the set-up; please ask there.", who=Who(workspace.keepers[0])))


def plan(person: Person | None, workspace: Workspace) -> Person:
    """The person, when they chair the council; raises `Refused` naming who does."""
    member = admit(person)
    if member.id in workspace.chairing:
        return member
    who = _chair_in_words(workspace)
    raise Refused(say("Only {who} can move, skip or add meetings; please ask there.", who=who))


def share_calendar(person: Person | None, workspace: Workspace) -> Person:
    """The person, when they chair the council or look after the set-up; raises `Refused` naming who does."""
    member = admit(person)
    if shares_calendar(member.id, workspace):
        return member
    who = _chair_in_words(workspace)
    raise Refused(say("Only {who} can share the council's calendar; please ask there.", who=who))


def shares_calendar(person: str, workspace: Workspace) -> bool:
    """Whether a full member chairs the council or looks after the set-up."""
    return person in workspace.chairing or person in workspace.keepers


def holding(workspace: Workspace, now: datetime) -> tuple[str, ...]:
    """Who may hold a meeting: whoever chairs; while none of them is here, the sponsor as well."""
    here = any(workspace.present(person, now) for person in workspace.chairing)
    return workspace.chairing if here else (*workspace.chairing, *workspace.sponsoring)


def hold(person: Person | None, workspace: Workspace, now: datetime) -> Person:
    """The person, when they may hold a meeting now; raises `Refused` naming who does."""
    member = admit(person)
    if member.id in holding(workspace, now):
        return member
    who = _chair_in_words(workspace)
    raise Refused(say("Only {who} can hold the meeting and keep its minutes; please ask there.", who=who))


def _who_may(act: Act, conflict: Conflict, workspace: Workspace) -> Sentence:
    number, owner = conflict.number, Who(conflict.owner)
    match act:
        case Act.WITHDRAW | Act.CORRECT | Act.SAY_WHETHER_SOLVED:
            deeds = {Act.WITHDRAW: "withdraw #{number}", Act.CORRECT: "correct #{number}"}
            deed = deeds.get(act, "say whether #{number} is solved")
            return say(
                f"Only {{who}} can {deed}. You can add context.", who=conflict.reporter_named, number=number
            )
        case Act.ASK_FOR_CALL | Act.ANSWER_CALL | Act.LEAVE:
            return say(f"{_NO_PART[act]} You can add context.", number=number)
        case Act.DECIDE_IN_MEETING:
            text = "In the meeting {who} or {chair} decides #{number}. You can add context."
            return say(text, who=owner, chair=_chair_in_words(workspace), number=number)
        case Act.CALL | Act.MERGE:
            merge = "say that #{number} is the same as another one"
            deed = merge if act is Act.MERGE else "call an emergency meeting about #{number}"
            text = f"Only {{who}} can {deed}. You can add context."
            return say(text, who=_chair_in_words(workspace), number=number)
        case Act.TAKE_OVER:
            text = "#{number} is with {who}; you can take it over once you are asked to. You can add context."
            return say(text, who=owner, number=number)
        case Act.EXTEND_AGAIN:
            text = "#{number} was extended once; a second time only {who} can. You can add context."
            return say(text, who=_who_extends_again(conflict, workspace), number=number)
        case Act.AGREE if conflict.wish and conflict.wish.of != conflict.reporter:
            text = "The reporter of #{number} has left; only {who} can agree to a later deadline. "
            return say(f"{text}You can add context.", who=Who(conflict.wish.of), number=number)
        case Act.AGREE:
            text = "Only {who} can agree to a later deadline of #{number}. You can add context."
            return say(text, who=conflict.reporter_named, number=number)
        case _:
            text = f"Only {{who}} can {_DEED.get(act, act.value)} now. You can add context."
            return say(text, who=owner, number=number)


_NO_PART = {
    Act.ASK_FOR_CALL: "Only who takes part in #{number} can ask for an emergency meeting.",
    Act.ANSWER_CALL: "You are not called to an emergency meeting about #{number}.",
    Act.LEAVE: "You have not joined #{number}.",
}
_DEED = {
    Act.ACKNOWLEDGE: "acknowledge #{number}",
    Act.DECIDE: "decide #{number}",
    Act.HAND_OVER: "hand over #{number}",
    Act.EXTEND: "extend the deadline of #{number}",
    Act.CHANGE_KIND: "change the kind of #{number}",
    Act.MAKE_CONFIDENTIAL: "make #{number} confidential",
    Act.REOPEN: "reopen #{number}",
    Act.ASK_FOR_DATA: "ask for data on #{number}",
}


def _who_extends_again(conflict: Conflict, workspace: Workspace) -> Who | str:
    if conflict.owner not in workspace.chairing:
        return _chair_in_words(workspace)
    return Who(workspace.sponsoring[0]) if workspace.sponsoring else "the sponsor"


def _chair_in_words(workspace: Workspace) -> Who | str:
    return Who(workspace.chairing[0]) if workspace.chairing else "the council chair"


def ended(conflict: Conflict) -> Sentence:
    """How it ended, for somebody who comes too late."""
    number, ruling, why = conflict.number, conflict.ruling, conflict.ended_because
    match conflict.state:
        case State.DECIDED if ruling:
            text = "{who} decided #{number}, {at}: {decision}"
            return say(text, who=Who(ruling.by), number=number, at=When(ruling.at), decision=ruling.decision)
        case State.RESOLVED if ruling:
            text = "{who} closed #{number}: it resolved itself or was a mistake. {why}"
            return say(text, who=Who(ruling.by), number=number, why=why)
        case State.WITHDRAWN:
            text = "#{number} was withdrawn by {who}: {why}"
            return say(text, who=conflict.reporter_named, number=number, why=why)
        case State.MERGED:
            return say("#{number} is the same as {why}", number=number, why=why)
        case _:
            return say("#{number} is closed.", number=number)
