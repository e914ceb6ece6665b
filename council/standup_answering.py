"""What people do at a standup: nothing to report, an issue, a change of mind; and what comes of an issue."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import date, datetime

from council.action_item import ActionItem, ItemOutcome
from council.doing import given, problems
from council.errors import Invalid, Refused, TooLate, Unknown
from council.people import Person
from council.permissions import WHO_MAY, Act, Part, admit
from council.sentence import Sentence, When, Who, say
from council.standup import Issue, Severity, Standup, StandupOutcome, StandupState
from council.standup_looking import next_look, posts_of
from council.workspace import Workspace

MOST_ISSUES = 60
"""So many one standup takes: more is no standup any more."""
NO_SUCH_ISSUE = say("That issue is not there any more; whoever reported it has taken it back.")
NO_STANDUP = say("There is no such standup any more; `/ai-council standup` shows the next one.")


@dataclass(frozen=True, slots=True, kw_only=True)
class Typed:
    """An issue as it was typed; `severity` is empty when nothing was chosen."""

    system: str
    what: str
    since: str = ""
    whom: Person | None = None
    severity: str = Severity.ANNOYING


def nothing_to_report(
    standup: Standup | None, *, by: Person | None, workspace: Workspace, now: datetime
) -> StandupOutcome:
    """Who was asked has nothing; said twice it is said once."""
    member, standup = _taking(standup, Act.ANSWER_STANDUP, by, workspace, now)
    answer = standup.answer_of(member.id)
    if answer == "issues":
        raise Refused(say("You have reported something already; *Change it* takes it back."))
    if answer == "nothing":
        return StandupOutcome(standup=standup, wake_at=next_look(standup, workspace, now), whose=())
    return _answered(_with_nothing(standup, member.id, now), member.id, workspace, now)


def report_issue(
    standup: Standup | None,
    typed: Typed,
    *,
    id: str,
    by: Person | None,
    workspace: Workspace,
    now: datetime,
) -> StandupOutcome:
    """One more issue, by anybody; after the summary it is added to it. Raises `Invalid` per field."""
    member, standup = _taking(standup, Act.REPORT_ISSUE, by, workspace, now)
    _complete(typed)
    if len(standup.issues) >= MOST_ISSUES:
        text = "There are {count} issues already; please take this one along to the standup itself."
        raise Refused(say(text, count=len(standup.issues)))
    issue = _of(typed, Issue(id=id, by=member.id, at=now, system="", what=""))
    asked = tuple(
        replace(each, nothing_at=None) if each.person == member.id else each for each in standup.asked
    )
    added = replace(standup, asked=asked, issues=(*standup.issues, issue))
    if standup.state is StandupState.SUMMED_UP:
        added = replace(added, posted=True)
    return _answered(added, member.id, workspace, now)


def change_issue(
    standup: Standup | None,
    issue: str,
    typed: Typed | None,
    *,
    by: Person | None,
    workspace: Workspace,
    now: datetime,
) -> StandupOutcome:
    """Whoever reported it words it anew or, with None, takes it back; until the summary."""
    member, standup = _taking(standup, Act.CHANGE_ISSUE, by, workspace, now)
    found = own_issue(standup, issue, by=by)
    if typed is None:
        left = tuple(each for each in standup.issues if each.id != issue)
        changed = _with_nothing(replace(standup, issues=left), member.id, now)
    else:
        _complete(typed)
        changed = _with(standup, _of(typed, found))
    return _answered(changed, member.id, workspace, now)


def open_for_issues(standup: Standup, *, by: Person | None, now: datetime) -> None:
    """Raises `Refused` for who can't take part, `TooLate` once nothing more is taken."""
    admit(by)
    if not standup.takes(now):
        raise TooLate(_over(standup))


def own_issue(standup: Standup, issue: str, *, by: Person | None) -> Issue:
    """The issue, for whoever reported it and while it can be changed."""
    member, found = admit(by), _found(standup, issue)
    if found.by != member.id:
        raise Refused(say("Only {who}, who reported it, can change it.", who=Who(found.by)))
    if standup.state is not StandupState.PLANNED:
        raise TooLate(say("The summary is out, so it stays as it is; you can report another issue."))
    if found.settled:
        raise TooLate(say("Something was made of it already, so it stays as it is."))
    return found


def read_by(
    standup: Standup | None, reader: str, workspace: Workspace, *, private: bool, here: bool
) -> Standup:
    """The standup, for whoever may read its summary; raises `Unknown`.

    Where it stands in a `private` channel these are whoever looks at it `here`, who was asked, who reported
    something, and the chair.
    """
    if standup is None:
        raise Unknown(NO_STANDUP)
    part = bool(standup.asked_of(reader) or standup.issues_of(reader)) or reader in workspace.chairing
    if private and not (here or part):
        raise Unknown(NO_STANDUP)
    return standup


def became_conflict(
    standup: Standup | None, issue: str, conflict: str, number: int, *, workspace: Workspace, now: datetime
) -> StandupOutcome | None:
    """A conflict was reported of the issue; None when something was made of it already, or it is gone."""
    found = standup.issue(issue) if standup else None
    if standup is None or found is None or found.settled:
        return None
    changed = _with(standup, replace(found, conflict=conflict, number=number))
    return _answered(changed, found.by, workspace, now)


def make_item(
    standup: Standup | None,
    issue: str,
    text: str,
    owner: Person | None,
    due: date | None,
    *,
    id: str,
    by: Person | None,
    workspace: Workspace,
    now: datetime,
) -> tuple[StandupOutcome, ItemOutcome]:
    """An action item of the issue, for somebody and by a day. Raises `Invalid` per field."""
    standup, member = able_to_make_item(standup, issue, by=by, workspace=workspace)
    wrong = problems(text, owner, due, workspace.today(now))
    if wrong or owner is None or due is None:
        raise Invalid(wrong)
    item = ActionItem(
        id=id, team=standup.team, text=text.strip(), owner=owner.id, due=due, asked_by=member.id, at=now
    )
    found = _found(standup, issue)
    changed = _with(standup, replace(found, item=id, item_owner=owner.id))
    return _answered(changed, found.by, workspace, now), given(item, workspace, now)


def able_to_make_item(
    standup: Standup | None, issue: str, *, by: Person | None, workspace: Workspace
) -> tuple[Standup, Person]:
    """The standup, when this person may make an action item of the issue, and nobody has yet."""
    member = admit(by)
    if standup is None:
        raise Unknown(NO_STANDUP)
    found = _found(standup, issue)
    playing = playing_at(member.id, standup, workspace, found)
    if not playing & WHO_MAY[Act.MAKE_ITEM_OF_ISSUE]:
        text = "Only {who}, who reported it, whoever was asked, or the chair can make it an action item."
        raise Refused(say(text, who=Who(found.by)))
    if found.conflict is not None:
        raise TooLate(say("It is #{number} by now.", number=found.number))
    if found.item is not None:
        who = Who(found.item_owner) if found.item_owner else "somebody"
        raise TooLate(say("It is an action item of {who} by now.", who=who))
    return standup, member


def playing_at(
    person: str, standup: Standup, workspace: Workspace, issue: Issue | None = None
) -> frozenset[Part]:
    """Every part the person plays towards the standup and one of its issues."""
    playing: Mapping[Part, bool] = {
        Part.MEMBER: True,
        Part.ASKED_AT_STANDUP: standup.asked_of(person) is not None,
        Part.ISSUE_REPORTER: issue is not None and issue.by == person,
        Part.CHAIR: person in workspace.chairing,
    }
    return frozenset(part for part, plays in playing.items() if plays)


def _taking(
    standup: Standup | None, act: Act, by: Person | None, workspace: Workspace, now: datetime
) -> tuple[Person, Standup]:
    """Who acts, and the standup while answers count; what needs an issue is asked with the issue."""
    member = admit(by)
    if standup is None:
        raise Unknown(NO_STANDUP)
    if not standup.takes(now):
        raise TooLate(_over(standup))
    playing = playing_at(member.id, standup, workspace)
    if act is not Act.CHANGE_ISSUE and not playing & WHO_MAY[act]:
        raise Refused(say("You were not asked this time; you can report an issue all the same."))
    return member, standup


def _over(standup: Standup) -> Sentence:
    """Why nothing more is taken."""
    if standup.state is StandupState.SKIPPED:
        text = "The standup of {at} does not take place; `/ai-council standup` shows the next one."
    else:
        text = "The standup of {at} is over; `/ai-council standup` shows the next one."
    return say(text, at=When(standup.starts))


def _complete(typed: Typed) -> None:
    wrong: dict[str, Sentence] = {}
    if not typed.system.strip():
        wrong["system"] = say("Name the system or the connection.")
    if not typed.what.strip():
        wrong["what"] = say("Say in a sentence what happens.")
    if typed.whom is not None and typed.whom.barred:
        wrong["whom"] = say("{who} can't take part here; choose a full member.", who=Who(typed.whom.id))
    if typed.severity not in set(Severity):
        wrong["severity"] = say("Choose how bad it is.")
    if wrong:
        raise Invalid(wrong)


def _of(typed: Typed, issue: Issue) -> Issue:
    return replace(
        issue,
        system=" ".join(typed.system.split()),
        what=typed.what.strip(),
        since=typed.since.strip(),
        whom=typed.whom.id if typed.whom else None,
        severity=Severity(typed.severity),
    )


def _found(standup: Standup, id: str) -> Issue:
    found = standup.issue(id)
    if found is None:
        raise Unknown(NO_SUCH_ISSUE)
    return found


def _with(standup: Standup, issue: Issue) -> Standup:
    issues = tuple(issue if each.id == issue.id else each for each in standup.issues)
    return replace(standup, issues=issues)


def _with_nothing(standup: Standup, person: str, now: datetime) -> Standup:
    """They have nothing to report, unless something of theirs is left."""
    if standup.issues_of(person):
        return standup
    asked = tuple(replace(each, nothing_at=now) if each.person == person else each for each in standup.asked)
    return replace(standup, asked=asked)


def _answered(standup: Standup, person: str, workspace: Workspace, now: datetime) -> StandupOutcome:
    """Only this person's message looks different by it, and the summary once it is out."""
    return StandupOutcome(
        standup=standup,
        posts=posts_of(standup, workspace),
        wake_at=next_look(standup, workspace, now),
        whose=(person,),
    )
