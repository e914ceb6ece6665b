"""Hiding: made confidential later, or kept so when the channel of its card is private no more."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime

from council.alarm import next_look
from council.conflict import Conflict, Event
from council.errors import Refused
from council.outcome import Outcome
from council.people import Channel, Person
from council.permissions import Act, allow
from council.sentence import Who, say
from council.workspace import Workspace


def make_confidential(
    conflict: Conflict, home: Channel | None, *, by: Person | None, workspace: Workspace, now: datetime
) -> Outcome:
    """Card and log line are taken down; a card in a private channel (`home`) stays with its members.

    Pings nobody. What people copied elsewhere, or Slack sent by e-mail, cannot be taken back.
    """
    member = allow(by, Act.MAKE_CONFIDENTIAL, conflict, workspace, now)
    if conflict.facts.confidential:
        raise Refused(say("#{number} is confidential already.", number=conflict.number))
    private = home is not None and home.id == conflict.home and home.kind == "private"
    changed = replace(
        conflict,
        facts=replace(conflict.facts, confidential=True),
        home=conflict.home if private else None,
    )
    words = say("{who} made it confidential", who=Who(member.id))
    return Outcome(
        conflict=changed,
        timeline=(Event(kind="made confidential", at=now, by=member.id, words=words),),
        wake_at=next_look(changed, workspace, now),
        hides=not private,
    )


def uncovered(conflict: Conflict, workspace: Workspace, now: datetime) -> Outcome:
    """The channel of its card is public now: the card is taken down, and who takes part sees it as before.

    What was read there meanwhile cannot be taken back.
    """
    changed = replace(conflict, home=None)
    words = say("its card was taken down, because its channel was made public")
    return Outcome(
        conflict=changed,
        timeline=(Event(kind="card taken down", at=now, by=None, words=words),),
        wake_at=next_look(changed, workspace, now),
        hides=True,
    )
