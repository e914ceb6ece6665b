"""From a report to its decision owner: one named person, by when, because of what.

A route is computed once, kept whole with the conflict and never rewritten in silence.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Literal

from council.deadlines import Deadline, acknowledge_by, deadline, is_immediate
from council.matrix import NOT_SURE, ConflictType, Question, number_of_record
from council.seats import role_of as role_of
from council.seats import seat, seat_name
from council.sentence import Sentence, say
from council.timeframes import Timeframe
from council.words import content_words
from council.workspace import Workspace


@dataclass(frozen=True, slots=True, kw_only=True)
class Told:
    """Somebody who is told about the conflict, and as what."""

    person: str
    role: str
    because: Sentence


@dataclass(frozen=True, slots=True, kw_only=True)
class Standing:
    """The number of record: which source stands until somebody decides."""

    source: str
    team: str
    because: str
    neither: bool = False
    """True when it is none of the sources that disagree."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Route:
    """The computed answer, each part with its because. Instants are aware UTC."""

    owner: str
    seat: str
    """The role key or reserved word the owner decides for; `role` is its name."""
    role: str
    because: Sentence
    question: Question
    deadline: Deadline
    acknowledge_by: datetime
    immediate: bool
    chain: tuple[str, ...]
    timeframe: Timeframe | None = None
    """What the deadline was computed from; `acknowledge_within` is the type's window."""
    acknowledge_within: timedelta | None = None
    substitutions: tuple[Sentence, ...] = ()
    stands_in_for: str | None = None
    """The seat's holder, while somebody else decides because of an absence."""
    told: tuple[Told, ...] = ()
    standing: Standing | None = None
    configuration: int = 0


@dataclass(frozen=True, slots=True, kw_only=True)
class Asked:
    """What routing needs to know of a report, whether it is being typed or sent."""

    type: ConflictType
    reporter: str
    subject: str = ""
    sources: tuple[str, ...] = ()
    said: str = ""
    account_owner: str | None = None
    needed_by: datetime | None = None
    immediate: bool = False
    meeting: Literal["today", "next"] = "today"


def route(asked: Asked, workspace: Workspace, now: datetime, *, since: datetime | None = None) -> Route:
    """Who decides, by when, who is told and which number stands until then.

    The deadline counts from `since`: from now, when it is being reported. Raises `LookupError` when there
    is nobody at all, not even a reporter.
    """
    row = asked.type
    due = deadline(
        row.timeframe,
        reported_at=since or now,
        calendar=workspace.calendar,
        needed_by=asked.needed_by,
        meeting=asked.meeting,
    )
    holder = seat(row.owner, workspace, now, reporter=asked.reporter, account_owner=asked.account_owner)
    urgent = is_immediate(
        row.timeframe, now=now, calendar=workspace.calendar, meeting=asked.meeting, chosen=asked.immediate
    )
    window = row.acknowledge_within
    return Route(
        owner=holder.person,
        seat=row.owner,
        role=holder.role,
        because=_owner_because(row, workspace),
        question=row.question,
        deadline=due,
        acknowledge_by=acknowledge_by(
            now, deadline=due, window=window, immediate=urgent, hours=workspace.hours
        ),
        immediate=urgent,
        chain=row.chain,
        timeframe=row.timeframe,
        acknowledge_within=window,
        substitutions=holder.substitutions,
        stands_in_for=holder.stands_in_for,
        told=_told(asked, holder.person, workspace, now),
        standing=standing(asked, workspace, now),
        configuration=workspace.version,
    )


def _owner_because(row: ConflictType, workspace: Workspace) -> Sentence:
    kinds = {"data": "questions of data", "business": "business questions"}
    words = {kind: f"{{role}} decides {questions} like this" for kind, questions in kinds.items()}
    text = "{role} sorts what fits no kind" if row.key == NOT_SURE else words[row.question]
    return say(text, role=seat_name(row.owner, workspace))


def _told(asked: Asked, owner: str, workspace: Workspace, now: datetime) -> tuple[Told, ...]:
    """Everybody the type notifies, once each, without the owner and the reporter."""
    told: dict[str, Told] = {}
    for word in _seats_told(asked.type, workspace):
        if word == "account_owner" and asked.account_owner is None:
            continue
        try:
            holder = seat(word, workspace, now, account_owner=asked.account_owner)
        except LookupError:
            continue
        if holder.person not in (owner, asked.reporter, *told):
            because = say("{type} concerns {role}", type=asked.type.name, role=seat_name(word, workspace))
            told[holder.person] = Told(person=holder.person, role=holder.role, because=because)
    return tuple(told.values())


def _seats_told(row: ConflictType, workspace: Workspace) -> Iterator[str]:
    """The seats in the order of the row; *council* is all of the council's."""
    for word in row.notify:
        yield from workspace.configuration.council.seats if word == "council" else (word,)


def standing(asked: Asked, workspace: Workspace, now: datetime) -> Standing | None:
    """The number of record for what is being reported, None when no source is agreed."""
    said = " ".join((asked.subject, asked.said, *asked.sources))
    rule = number_of_record(workspace.configuration.precedence, asked.type.key, said, workspace.today(now))
    if rule is None:
        return None
    agreed = content_words(rule.stands)
    named = [content_words(source) for source in asked.sources]
    neither = any(named) and not any(words and (words <= agreed or agreed <= words) for words in named)
    return Standing(source=rule.stands, team=rule.team, because=rule.because, neither=neither)
