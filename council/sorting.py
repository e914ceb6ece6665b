"""Another kind: the owner or the chair says what it really is, and the way it goes is computed anew."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime

from council.alarm import next_look
from council.conflict import Conflict, Event, Facts, State
from council.errors import Invalid, Unknown
from council.matrix import NOT_SURE, ConflictType
from council.moves import not_before
from council.notice import Notice, NoticeKind, tell
from council.outcome import Outcome
from council.people import Person
from council.permissions import Act, allow
from council.reporting import asked_of
from council.routing import Route, route
from council.sentence import Sentence, When, Who, say
from council.windows import change_owner, each_once, rearm
from council.workspace import Workspace


def change_kind(
    conflict: Conflict,
    to: str,
    why: str,
    *,
    account: str = "",
    account_owner: str | None = None,
    by: Person | None,
    workspace: Workspace,
    now: datetime,
) -> Outcome:
    """Owner and deadline as the other kind has them, counted from the report; of *Not sure* from the sorting.

    Never later than promised without a reason; at least one acknowledgement window remains.
    """
    member = allow(by, Act.CHANGE_KIND, conflict, workspace, now)
    row = _row(to, conflict, workspace)
    facts = _facts(conflict, row, account, account_owner)
    way = _way(facts, conflict, workspace, now)
    later = way.deadline.overdue_at > conflict.deadline.overdue_at and conflict.facts.type != NOT_SURE
    if later and not why.strip():
        text = "The deadline would move from {before} to {limit}: say why."
        moved = {"before": When(conflict.deadline.limit), "limit": When(way.deadline.limit)}
        raise Invalid({"why": say(text, **moved)})
    changed = _changed(conflict, facts, row, way, member.id, workspace, now)
    return Outcome(
        conflict=changed,
        timeline=(_event(conflict, changed, member.id, why, now),),
        notices=_notices(conflict, changed, member.id, workspace, now),
        wake_at=next_look(changed, workspace, now),
    )


def would_go(
    conflict: Conflict,
    to: str,
    *,
    account: str = "",
    account_owner: str | None = None,
    workspace: Workspace,
    now: datetime,
) -> Route:
    """The way it would go as that kind; raises `Invalid` while something is missing for it."""
    facts = _facts(conflict, _row(to, conflict, workspace), account, account_owner)
    return _way(facts, conflict, workspace, now)


def _row(to: str, conflict: Conflict, workspace: Workspace) -> ConflictType:
    if not to:
        raise Invalid({"type": say("Choose a kind.")})
    if to == conflict.facts.type:
        raise Invalid({"type": say("It is of this kind already.")})
    try:
        return workspace.configuration.conflict_type(to)
    except Unknown as unknown:
        raise Invalid({"type": unknown.sentence}) from None


def _facts(conflict: Conflict, row: ConflictType, account: str, account_owner: str | None) -> Facts:
    facts = replace(
        conflict.facts,
        type=row.key,
        account=account.strip() or conflict.facts.account,
        account_owner=account_owner or conflict.facts.account_owner,
    )
    missing: dict[str, Sentence] = {}
    if row.asks_account_owner and not facts.account:
        missing["account"] = say("Say which account it is about.")
    if row.asks_account_owner and facts.account_owner is None:
        missing["account_owner"] = say("Choose who owns the account.")
    if missing:
        raise Invalid(missing)
    return facts


def _way(facts: Facts, conflict: Conflict, workspace: Workspace, now: datetime) -> Route:
    """Counted from the report, of *Not sure* from now; one acknowledgement window remains at least."""
    since = now if conflict.facts.type == NOT_SURE else conflict.reported_at
    needed = facts.needed_by if facts.needed_by and facts.needed_by > now else None
    asked = asked_of(replace(facts, needed_by=needed), conflict.reporter, workspace)
    way = route(asked, workspace, now, since=since)
    return replace(way, deadline=not_before(way.acknowledge_by, way.deadline))


def _changed(
    conflict: Conflict,
    facts: Facts,
    row: ConflictType,
    way: Route,
    by: str,
    workspace: Workspace,
    now: datetime,
) -> Conflict:
    """Who was told before goes on taking part; an owner who stays has still acknowledged."""
    known = each_once(conflict.took_part, conflict.told)
    sorted_ = replace(
        conflict,
        facts=facts,
        type_name=row.name,
        route=way,
        deadline=way.deadline,
        took_part=known,
        extended=0,
    )
    if way.owner == conflict.owner:
        return rearm(replace(sorted_, seat=way.seat, role=way.role), workspace, now)
    passed = change_owner(sorted_, way.owner, way.role, workspace, now, seat=way.seat)
    passed = replace(passed, stands_in_for=way.stands_in_for, previous_owner=None)
    own = way.owner in (by, conflict.reporter)
    return replace(passed, state=State.ACKNOWLEDGED, acknowledged_at=now) if own else passed


def _event(before: Conflict, after: Conflict, by: str, why: str, now: datetime) -> Event:
    text = "{who} changed the kind from {before} to {after}; {owner} decides by {limit}"
    reason = f"{text}: {{why}}" if why.strip() else text
    words = say(
        reason,
        who=Who(by),
        before=before.type_name,
        after=after.type_name,
        owner=Who(after.owner),
        limit=When(after.deadline.limit),
        why=why,
    )
    return Event(kind="kind changed", at=now, by=by, words=words)


def _notices(
    before: Conflict, after: Conflict, by: str, workspace: Workspace, now: datetime
) -> tuple[Notice, ...]:
    """The new owner is asked, the one before hears that it went on, and who is told now was not before."""
    notices: list[Notice] = []
    if after.owner not in (before.owner, by, after.reporter):
        asked = tell(NoticeKind.OWNER_ASKED, after.owner, workspace, now, priority=1, waits=False)
        notices.append(asked)
    if before.owner not in (after.owner, by) and not workspace.gone(before.owner):
        notices.append(tell(NoticeKind.KIND_CHANGED, before.owner, workspace, now, by=by))
    fresh = [person for person in after.told if person not in (*before.insiders, by)]
    notices += [tell(NoticeKind.CONCERNS_YOU, person, workspace, now, waits=False) for person in fresh]
    return tuple(notices)
