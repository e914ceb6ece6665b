"""Handing over, withdrawing, adding context: what changes while a conflict is open."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime

from council.alarm import next_look
from council.conflict import Conflict, Context, Event, State
from council.errors import Invalid, Refused, require
from council.links import require_link
from council.notice import NoticeKind, tell
from council.outcome import Outcome
from council.people import Person
from council.permissions import Act, admit, allow
from council.seats import role_of, spoken_role
from council.sentence import When, Who, say
from council.windows import change_owner
from council.workspace import Workspace


def hand_over(
    conflict: Conflict,
    to: Person | None,
    why: str,
    *,
    by: Person | None,
    workspace: Workspace,
    now: datetime,
) -> Outcome:
    """The owner passes it on; the reporter sees why, the deadline stays, both ladders begin anew."""
    member = allow(by, Act.HAND_OVER, conflict, workspace, now)
    receiver = _receiver(to, conflict, workspace, now)
    require(why, "why", say("Say why; the reporter sees it."))
    key, name = seat_of(receiver.id, conflict, workspace)
    changed = change_owner(conflict, receiver.id, name, workspace, now, seat=key)
    event = Event(
        kind="handed over",
        at=now,
        by=member.id,
        words=say(
            "{before} handed it to {to}: {why}", before=Who(conflict.owner), to=Who(receiver.id), why=why
        ),
    )
    asked = tell(
        NoticeKind.HANDED_OVER,
        receiver.id,
        workspace,
        now,
        priority=1,
        waits=False,
        why=why,
        before=member.id,
    )
    return Outcome(
        conflict=changed,
        timeline=(event,),
        notices=(asked,),
        wake_at=next_look(changed, workspace, now),
    )


def _receiver(to: Person | None, conflict: Conflict, workspace: Workspace, now: datetime) -> Person:
    if to is None:
        raise Invalid({"to": say("Choose who decides instead.")})
    try:
        receiver = admit(to)
    except Refused:
        raise Invalid({"to": say("{who} can't decide here; choose a full member.", who=Who(to.id))}) from None
    if receiver.id == conflict.owner:
        raise Invalid({"to": say("It is with {who} already.", who=Who(to.id))})
    absence = workspace.absence(receiver.id, now)
    if absence is not None:
        sentence = say("{who} is away until {until}.", who=Who(to.id), until=When(absence.until))
        raise Invalid({"to": sentence})
    return receiver


def seat_of(person: str, conflict: Conflict, workspace: Workspace) -> tuple[str, str]:
    """The seat the person decides from, and its name: this one, the type's other owner's, or their own.

    Somebody without a seat decides for this one, and no role is named.
    """
    row = next((row for row in workspace.configuration.matrix if row.key == conflict.facts.type), None)
    for word in (conflict.seat, *(row.other_owner[1:] if row and row.other_owner else ())):
        role = role_of(word, workspace)
        if role is not None and person in (role.holder, role.deputy):
            return word, spoken_role(person, word, workspace)
    held = next((role for role in workspace.configuration.roles if role.holder == person), None)
    return (held.key, held.name) if held else (conflict.seat, "")


def withdraw(
    conflict: Conflict, why: str, *, by: Person | None, workspace: Workspace, now: datetime
) -> Outcome:
    """The reporter takes it back; everybody who was asked or told, or has joined, hears it once."""
    member = allow(by, Act.WITHDRAW, conflict, workspace, now)
    require(why, "why", say("Say why in a few words."))
    changed = replace(conflict, state=State.WITHDRAWN, ended_at=now, ended_because=why, asked=conflict.owner)
    event = Event(
        kind="withdrawn",
        at=now,
        by=member.id,
        words=say("Withdrawn by {who}: {why}", who=conflict.reporter_named, why=why),
    )
    people = sorted(person for person in conflict.insiders - {member.id} if not workspace.gone(person))
    waits = not conflict.route.immediate
    notices = tuple(tell(NoticeKind.WITHDRAWN, each, workspace, now, waits=waits, why=why) for each in people)
    return Outcome(conflict=changed, timeline=(event,), notices=notices)


def leave(conflict: Conflict, *, by: Person | None, workspace: Workspace, now: datetime) -> Outcome:
    """Who joined leaves again: what they added stays, the deadline too, and nobody is pinged."""
    member = allow(by, Act.LEAVE, conflict, workspace, now)
    changed = replace(conflict, joined=tuple(person for person in conflict.joined if person != member.id))
    event = Event(kind="left", at=now, by=member.id, words=say("{who} left again", who=Who(member.id)))
    return Outcome(conflict=changed, timeline=(event,), wake_at=next_look(changed, workspace, now))


def add_context(
    conflict: Conflict,
    words: str,
    link: str = "",
    *,
    by: Person | None,
    workspace: Workspace,
    now: datetime,
) -> Outcome:
    """What the owner should know. Pings nobody and does not raise the conflict's version."""
    member = allow(by, Act.ADD_CONTEXT, conflict, workspace, now)
    require(words, "words", say("Say what the owner should know."))
    require_link(link)
    context = Context(conflict=conflict.id, by=member.id, at=now, words=words, link=link)
    return Outcome(conflict=conflict, context=(context,), wake_at=next_look(conflict, workspace, now))
