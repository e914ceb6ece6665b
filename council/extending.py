"""A later deadline: at once as far as nobody needs it earlier, beyond that once the reporter agrees."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import datetime

from council.alarm import next_look
from council.conflict import Conflict, Event, ExtensionWish
from council.deadlines import free_until, said_at
from council.errors import Invalid, Refused, require
from council.moves import extended
from council.notice import Notice, NoticeKind, tell
from council.outcome import Outcome
from council.people import Person
from council.permissions import Act, allow
from council.sentence import Sentence, When, Who, say
from council.windows import each_once, rearm
from council.workspace import Workspace


def extend(
    conflict: Conflict,
    limit: datetime | None,
    why: str,
    *,
    by: Person | None,
    workspace: Workspace,
    now: datetime,
) -> Outcome:
    """A later deadline with a reason; a second time only by the chair (for the chair's own: the sponsor).

    Past needed-by or the meeting it is wanted for it is a wish first: somebody is asked to agree, and until
    they do the deadline stands and both ladders go on.
    """
    member = allow(by, Act.EXTEND_AGAIN if conflict.extended else Act.EXTEND, conflict, workspace, now)
    require(why, "why", say("Say why; the reporter sees it."))
    until, free = _later(limit, conflict, now), alone_until(conflict, workspace)
    asked = asked_first(conflict, member.id, workspace, now) if free and until > free else None
    wish = ExtensionWish(limit=until, why=why, by=member.id, of=asked or member.id, asked_at=now)
    if asked is not None:
        return _ask(conflict, wish, workspace, now)
    text = "Deadline moved from {before} to {limit}: {why}"
    words = say(text, before=When(conflict.deadline.limit), limit=When(until), why=why)
    return _move(conflict, wish, Event(kind="extended", at=now, by=member.id, words=words), workspace, now)


def _later(limit: datetime | None, conflict: Conflict, now: datetime) -> datetime:
    if limit is None:
        raise Invalid({"limit": say("Pick the new date and time.")})
    if limit <= max(now, conflict.deadline.limit):
        raise Invalid({"limit": say("Pick a time after the present deadline and after now.")})
    if conflict.wish and conflict.wish.limit == limit:
        raise Invalid({"limit": say("That was asked already; wait for the answer, or pick another time.")})
    return limit


def alone_until(conflict: Conflict, workspace: Workspace) -> datetime | None:
    """How late it can become without asking anybody (aware UTC); None when nothing waits for it."""
    needed_by = conflict.facts.needed_by
    return free_until(conflict.deadline, calendar=workspace.calendar, needed_by=needed_by)


def asked_first(conflict: Conflict, asker: str, workspace: Workspace, now: datetime) -> str | None:
    """Who has to agree to more: the reporter; of one who has left the chair (for the chair: the sponsor).

    None when that is the asker, or when nobody is left to ask.
    """
    people = _agreeing(conflict, asker, workspace)
    return None if asker in people else _first(people, workspace, now)


def _first(people: Sequence[str], workspace: Workspace, now: datetime) -> str | None:
    """The first who is here, else the first: a message waits for who is away."""
    here = (person for person in people if workspace.present(person, now))
    return next(iter((*here, *people)), None)


def _agreeing(conflict: Conflict, asker: str, workspace: Workspace) -> tuple[str, ...]:
    if not workspace.gone(conflict.reporter):
        return (conflict.reporter,)
    return workspace.sponsoring if asker in workspace.chairing else workspace.chairing


def _ask(conflict: Conflict, wish: ExtensionWish, workspace: Workspace, now: datetime) -> Outcome:
    """Nothing moves; whoever is asked in the reporter's place takes part from now on."""
    in_place = () if wish.of == conflict.reporter else (wish.of,)
    changed = replace(conflict, wish=wish, took_part=each_once(conflict.took_part, in_place))
    words = say(
        "{asker} asked {who} for {limit} instead of {before}: {why}",
        asker=Who(wish.by),
        who=Who(wish.of),
        limit=When(wish.limit),
        before=When(conflict.deadline.limit),
        why=wish.why,
    )
    return Outcome(
        conflict=changed,
        timeline=(Event(kind="later deadline asked", at=now, by=wish.by, words=words),),
        notices=(_question(wish, workspace, now, immediate=conflict.route.immediate),),
        wake_at=next_look(changed, workspace, now),
    )


def _question(wish: ExtensionWish, workspace: Workspace, now: datetime, *, immediate: bool) -> Notice:
    """In their working hours, unless those begin too late for an answer."""
    opening = said_at(now, workspace.hours_of(wish.of), immediate)
    return tell(
        NoticeKind.LATER_ASKED,
        wish.of,
        workspace,
        now,
        priority=1,
        waits=not immediate and opening < wish.limit,
        by=wish.by,
        why=wish.why,
        limit=wish.limit.isoformat(),
    )


def _move(
    conflict: Conflict, wish: ExtensionWish, event: Event, workspace: Workspace, now: datetime
) -> Outcome:
    """Both ladders begin anew; nobody is told what they did themselves."""
    because = say("extended by {who}: {why}", who=Who(wish.by), why=wish.why)
    deadline = extended(conflict.deadline, wish.limit, because)
    changed = rearm(replace(conflict, deadline=deadline, extended=conflict.extended + 1), workspace, now)
    people = dict.fromkeys((conflict.reporter, conflict.owner, wish.by))
    return Outcome(
        conflict=changed,
        timeline=(event,),
        notices=tuple(
            _moved(changed, wish, person, workspace, now)
            for person in people
            if person != event.by and not workspace.gone(person)
        ),
        wake_at=next_look(changed, workspace, now),
    )


def _moved(conflict: Conflict, wish: ExtensionWish, to: str, workspace: Workspace, now: datetime) -> Notice:
    return tell(
        NoticeKind.DEADLINE_MOVED,
        to,
        workspace,
        now,
        waits=not conflict.route.immediate,
        by=wish.by,
        agreed=wish.of,
        why=wish.why,
        limit=wish.limit.isoformat(),
    )


def agree(
    conflict: Conflict, limit: datetime, *, by: Person | None, workspace: Workspace, now: datetime
) -> Outcome:
    """The later deadline holds from now on; `limit` is the one they were shown. Twice changes nothing."""
    member = allow(by, Act.AGREE, conflict, workspace, now)
    wish = conflict.wish
    if wish is None and conflict.deadline.limit == limit:
        return Outcome(conflict=conflict, wake_at=next_look(conflict, workspace, now))
    if wish is None or wish.limit != limit or limit <= now:
        raise Refused(_not_asked(conflict), offers=(Act.ADD_CONTEXT,))
    words = say(
        "{asker} asked for {limit} instead of {before}, and {who} agreed: {why}",
        asker=Who(wish.by),
        limit=When(limit),
        before=When(conflict.deadline.limit),
        who=Who(member.id),
        why=wish.why,
    )
    event = Event(kind="later deadline agreed", at=now, by=member.id, words=words)
    return _move(conflict, replace(wish, of=member.id), event, workspace, now)


def keep(
    conflict: Conflict, limit: datetime, *, by: Person | None, workspace: Workspace, now: datetime
) -> Outcome:
    """The deadline stays instead of `limit`, and whoever asked hears it. Twice changes nothing."""
    member = allow(by, Act.AGREE, conflict, workspace, now)
    wish = conflict.wish
    if wish is None and conflict.deadline.limit < limit:
        return Outcome(conflict=conflict, wake_at=next_look(conflict, workspace, now))
    if wish is None or wish.limit != limit:
        raise Refused(_not_asked(conflict), offers=(Act.ADD_CONTEXT,))
    stays = conflict.deadline.limit
    words = say("{who} keeps the deadline, {limit}", who=Who(member.id), limit=When(stays))
    told = tell(
        NoticeKind.DEADLINE_KEPT,
        wish.by,
        workspace,
        now,
        waits=not conflict.route.immediate,
        by=member.id,
        limit=stays.isoformat(),
    )
    event = Event(kind="deadline kept", at=now, by=member.id, words=words)
    return _end(conflict, event, () if workspace.gone(wish.by) else (told,), workspace, now)


def _not_asked(conflict: Conflict) -> Sentence:
    """What holds now, for somebody who answers what is not asked any more."""
    number, owner, wish = conflict.number, Who(conflict.owner), conflict.wish
    if wish is not None:
        text = "#{number}: {asker} asks for {limit} by now; please answer the newest message."
        return say(text, number=number, asker=Who(wish.by), limit=When(wish.limit))
    text = "That is not asked any more: {owner} decides #{number}, due {limit}. You can add context."
    return say(text, owner=owner, number=number, limit=When(conflict.deadline.limit))


def _end(
    conflict: Conflict, event: Event, notices: tuple[Notice, ...], workspace: Workspace, now: datetime
) -> Outcome:
    changed = replace(conflict, wish=None)
    wake_at = next_look(changed, workspace, now)
    return Outcome(conflict=changed, timeline=(event,), notices=notices, wake_at=wake_at)


def follow_wish(
    conflict: Conflict, busy: frozenset[str], workspace: Workspace, now: datetime
) -> Outcome | None:
    """A wish ends when its own limit has passed; in place of somebody who has left the next one is asked.

    Never one of `busy`, who are told something else in this waking. None while it stays as it is.
    """
    wish = conflict.wish
    if wish is None or not conflict.is_open or (now < wish.limit and not workspace.gone(wish.of)):
        return None
    people = [person for person in _agreeing(conflict, wish.by, workspace) if person not in busy]
    instead = None if wish.by in people else _first(people, workspace, now)
    if instead is not None and now < wish.limit:
        return _ask(conflict, replace(wish, of=instead), workspace, now)
    words = say("Nobody agreed to {limit}; the deadline stayed", limit=When(wish.limit))
    event = Event(kind="later deadline not agreed", at=now, by=None, words=words)
    return _end(conflict, event, (), workspace, now)
