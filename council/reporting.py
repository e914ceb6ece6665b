"""Reporting a conflict, and joining one that is open already."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime

from council.alarm import next_look
from council.calling import asked_for, asking
from council.conflict import Conflict, Context, Event, Facts, Ladder, Signal, State
from council.deadlines import with_needed_by
from council.errors import Invalid
from council.notice import Notice, NoticeKind, tell
from council.outcome import Outcome
from council.people import Person
from council.permissions import Act, admit, allow
from council.routing import Asked, Route, route
from council.sentence import Sentence, Who, say
from council.windows import rearm
from council.words import fold
from council.workspace import Workspace

MOST_SIGNALS = 4
TOO_LATE = "The meeting it would wait for comes too late."
SAME = "Name another source; these two are the same."
SAME_ABOVE = "Name another source; this one stands above already."


def asked_of(facts: Facts, reporter: str, workspace: Workspace) -> Asked:
    """What routing needs to know of the report."""
    return Asked(
        type=workspace.configuration.conflict_type(facts.type),
        reporter=reporter,
        subject=" ".join((facts.subject, facts.account)),
        sources=tuple(signal.source for signal in facts.signals),
        said=" ".join(signal.as_of for signal in facts.signals),
        account_owner=facts.account_owner,
        needed_by=facts.needed_by,
        immediate=facts.immediate,
        meeting=facts.meeting,
    )


def problems(facts: Facts, workspace: Workspace, now: datetime) -> dict[str, Sentence]:
    """What has to be mended before the report can be taken, per field."""
    row = workspace.configuration.conflict_type(facts.type)
    found: dict[str, Sentence] = {}
    if not facts.subject.strip():
        found["subject"] = say("Say in a few words what they disagree about.")
    if facts.needed_by is not None and facts.needed_by <= now:
        found["needed_by"] = say("Pick a time after now.")
    if row.asks_account_owner and not facts.account.strip():
        found["account"] = say("Say which account it is about.")
    if row.asks_account_owner and facts.account_owner is None:
        found["account_owner"] = say("Choose who owns the account.")
    found |= _signal_problems(facts.signals)
    if len(facts.signals) < 2:
        found["source_1"] = say("It takes two sources to disagree.")
    if len(facts.signals) > MOST_SIGNALS:
        found[f"source_{MOST_SIGNALS}"] = say("Name four sources at most; add the others as context.")
    return found


def _signal_problems(signals: tuple[Signal, ...]) -> dict[str, Sentence]:
    """A source can't disagree with itself, unless it said so at another time."""
    found: dict[str, Sentence] = {}
    known: set[tuple[str, str]] = set()
    for place, signal in enumerate(signals):
        named = fold(signal.source).strip(), fold(signal.as_of).strip()
        if not signal.source.strip():
            found[f"source_{place}"] = say("Name the source.")
        elif named in known:
            found[f"source_{place}"] = say(SAME if place == 1 else SAME_ABOVE)
        if not signal.says.strip():
            found[f"says_{place}"] = say("Say what this source says.")
        known.add(named)
    return found


def report(
    facts: Facts,
    *,
    by: Person | None,
    id: str,
    home: str | None,
    workspace: Workspace,
    now: datetime,
) -> Outcome:
    """Take a report: route it, ask the owner, tell who is to be told. `home` is where its card stands.

    Raises `Refused` for who may not report, `Invalid` with one sentence per field, `LookupError` when
    nobody at all can hold it.
    """
    reporter = admit(by)
    found = problems(facts, workspace, now)
    if found:
        raise Invalid(found)
    way = route(asked_of(facts, reporter.id, workspace), workspace, now)
    conflict = _conflict(replace(facts, beyond=()), way, reporter.id, id, home, workspace, now)
    if facts.ask_for_call:
        conflict = asked_for(conflict, reporter.id, facts.waiting or TOO_LATE, workspace, now)
    return Outcome(
        conflict=conflict,
        timeline=_timeline(conflict, now),
        notices=(
            *_asking(conflict, workspace, now),
            *_telling(conflict, workspace, now),
            *asking(conflict, workspace, now),
        ),
        context=tuple(Context(conflict=id, by=reporter.id, at=now, words=words) for words in facts.beyond),
        wake_at=next_look(conflict, workspace, now),
    )


def _conflict(
    facts: Facts, way: Route, reporter: str, id: str, home: str | None, workspace: Workspace, now: datetime
) -> Conflict:
    own = way.owner == reporter
    return Conflict(
        id=id,
        team=workspace.team,
        facts=facts,
        type_name=workspace.configuration.conflict_type(facts.type).name,
        reporter=reporter,
        reported_at=now,
        state=State.ACKNOWLEDGED if own else State.OPEN,
        acknowledged_at=now if own else None,
        owner=way.owner,
        seat=way.seat,
        role=way.role,
        route=way,
        deadline=way.deadline,
        window_ends=way.acknowledge_by,
        acknowledge=Ladder(since=now),
        due=Ladder(since=now),
        asked=way.owner,
        home=home,
        stands_in_for=way.stands_in_for,
    )


def _timeline(conflict: Conflict, now: datetime) -> tuple[Event, ...]:
    reported = Event(
        kind="reported",
        at=now,
        by=conflict.reporter,
        words=say("Reported as {type}", type=conflict.type_name),
    )
    routed = Event(
        kind="routed",
        at=now,
        by=None,
        words=say("{owner} is asked to decide, as {role}", owner=Who(conflict.owner), role=conflict.role),
    )
    own = Event(kind="acknowledged", at=now, by=conflict.owner, words=say("Acknowledged at once"))
    return (reported, routed, own) if conflict.reporter == conflict.owner else (reported, routed)


def _asking(conflict: Conflict, workspace: Workspace, now: datetime) -> tuple[Notice, ...]:
    """The owner, at once and at any hour; nobody gets a message about their own report."""
    if conflict.owner == conflict.reporter:
        return ()
    return (tell(NoticeKind.OWNER_ASKED, conflict.owner, workspace, now, priority=1, waits=False),)


def _telling(conflict: Conflict, workspace: Workspace, now: datetime) -> tuple[Notice, ...]:
    return tuple(
        tell(NoticeKind.CONCERNS_YOU, person, workspace, now, priority=1, waits=False)
        for person in conflict.told
    )


def join(
    conflict: Conflict,
    facts: Facts,
    *,
    by: Person | None,
    workspace: Workspace,
    now: datetime,
) -> Outcome:
    """Join an open conflict with one's own report: adds signals (beyond four: context), pings nobody.

    The earlier of the two deadlines counts; an earlier one begins both ladders anew.
    """
    member = allow(by, Act.JOIN, conflict, workspace, now)
    joined, texts = absorb(conflict, facts, (member.id,), workspace, now)
    words = say("{who} joined with the same question", who=Who(member.id))
    return Outcome(
        conflict=joined,
        timeline=(Event(kind="joined", at=now, by=member.id, words=words),),
        context=tuple(
            Context(conflict=conflict.id, by=member.id, at=now, words=text, joined=True) for text in texts
        ),
        wake_at=next_look(joined, workspace, now),
    )


def absorb(
    conflict: Conflict, facts: Facts, people: tuple[str, ...], workspace: Workspace, now: datetime
) -> tuple[Conflict, list[str]]:
    """The conflict with another report in it, and what had no room as texts for its context."""
    fresh, rest = _new_signals(conflict, facts)
    needed = facts.needed_by if facts.needed_by and facts.needed_by > now else None
    dates = [at for at in (conflict.facts.needed_by, needed) if at]
    known = replace(
        conflict.facts, signals=(*conflict.facts.signals, *fresh), needed_by=min(dates, default=None)
    )
    joined = replace(conflict, facts=known, joined=_joined(conflict, people))
    deadline = with_needed_by(conflict.deadline, needed)
    if deadline != conflict.deadline:
        joined = rearm(replace(joined, deadline=deadline), workspace, now)
    return joined, _beyond(facts, rest)


def _new_signals(conflict: Conflict, facts: Facts) -> tuple[list[Signal], list[Signal]]:
    """Signals of sources not heard yet, as far as there is room, and the others that say something new."""
    known = {signal.source.casefold() for signal in conflict.facts.signals}
    heard = {(signal.source.casefold(), signal.says.casefold()) for signal in conflict.facts.signals}
    new = [s for s in facts.signals if (s.source.casefold(), s.says.casefold()) not in heard]
    room = MOST_SIGNALS - len(conflict.facts.signals)
    fresh = [signal for signal in new if signal.source.casefold() not in known][:room]
    return fresh, [signal for signal in new if signal not in fresh]


def _joined(conflict: Conflict, people: tuple[str, ...]) -> tuple[str, ...]:
    fresh = (person for person in people if person != conflict.reporter)
    return tuple(dict.fromkeys((*conflict.joined, *fresh)))


def _beyond(facts: Facts, rest: list[Signal]) -> list[str]:
    told = [f"{signal.source}: {signal.says}" for signal in rest]
    if facts.waiting:
        told.append(f"Waiting for it: {facts.waiting}")
    return [*told, *facts.beyond] or [facts.subject]
