"""What a message speaks of, found directly before it is said; and whether it is still true."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import replace
from datetime import datetime

from council.action_item import ActionItem
from council.calendar_series import Dates
from council.coming_back import WhileAway
from council.conflict import Conflict
from council.doing import still_wanted
from council.meeting import Meeting, still_worth
from council.notice import Notice, NoticeKind, still_true
from council.planning import Standing, still_said
from council.quiet import MOST_SHOWN
from council.standup import Standup
from council.standup_looking import still_asked
from council.succeeding import Vacated
from council.visibility import may_see
from schedules import trouble
from storage import (
    absences,
    actions,
    agenda,
    conflicts,
    feeds,
    holding,
    messages,
    outbox,
    people,
    planning,
    prepared,
    seats,
    standups,
)
from storage.messages import Message
from storage.news import Level, note
from storage.outbox import Waiting
from storage.store import Unit
from storage.subject import Gathered, Other, Subject

Finder = Callable[[Unit, str], Other | None]

FINDERS: Mapping[str, Finder] = {
    actions.SUBJECT: lambda unit, id: actions.find(unit.connection, unit.team, id),
    prepared.CEREMONY: planning.find,
    prepared.MEETING: lambda unit, id: prepared.find_meeting(unit.connection, unit.team, id),
    seats.SUBJECT: seats.left_by,
    prepared.STANDUP: lambda unit, id: prepared.find_standup(unit.connection, unit.team, id),
}
"""What a message is about besides a conflict, by the kind of subject."""


def of_notice(unit: Unit, waiting: Waiting) -> Subject:
    """What a notice is about, as it is now, without what is said beside it."""
    conflict = conflicts.find(unit.connection, unit.team, waiting.conflict) if waiting.conflict else None
    other = _other(unit, waiting.subject)
    if find := FOUND_BY_KIND.get(waiting.notice.kind):
        other = find(unit, waiting.notice)
    found = _with_theirs(unit, Subject(waiting=waiting, conflict=conflict, other=other))
    return _held(unit, found, other) if isinstance(other, Meeting) else found


def _other(unit: Unit, subject: str | None) -> Other | None:
    """What it is about besides a conflict, by the kind of subject."""
    if subject is None:
        return None
    kind, _, id = subject.partition(":")
    return FINDERS[kind](unit, id)


def _while_away(unit: Unit, notice: Notice) -> WhileAway:
    since = datetime.fromisoformat(str(notice.facts["since"]))
    return absences.while_away(unit.connection, unit.team, notice.to, since, unit.clock())


def _dates(unit: Unit, notice: Notice) -> Dates | None:
    return feeds.dates(unit.connection, unit.team, str(notice.facts["whose"]), unit.clock())


def _meeting(unit: Unit, notice: Notice) -> Meeting | None:
    return prepared.find_meeting(unit.connection, unit.team, str(notice.facts["meeting"]))


FOUND_BY_KIND: Mapping[NoticeKind, Callable[[Unit, Notice], Other | None]] = {
    NoticeKind.RETURNED: _while_away,
    NoticeKind.CALENDAR_FILE: _dates,
    NoticeKind.MINUTES_FILE: _meeting,
}
"""What is said to somebody about nothing but themselves, by the kind of notice."""


def of_message(unit: Unit, message: Message) -> Subject:
    """What a message that stands in Slack is about, as it is now, with what was told along with it."""
    waiting = outbox.find(unit.connection, message.notice) if message.notice else None
    conflict = conflicts.find(unit.connection, unit.team, message.conflict) if message.conflict else None
    found = Subject(waiting=waiting, conflict=conflict, other=_other(unit, message.subject))
    if isinstance(found.other, Meeting) and message.kind == "agenda":
        return _with_material(unit, found, found.other)
    if isinstance(found.other, Meeting):
        return _held(unit, found, found.other)
    found = _with_theirs(unit, found)
    if waiting is None or conflict is None:
        return found
    return replace(with_surroundings(unit, found), similar=_told_along(unit, waiting.notice))


def _with_theirs(unit: Unit, subject: Subject) -> Subject:
    """Before a standup: what of the receiver's is open."""
    if not isinstance(subject.other, Standup) or subject.waiting is None:
        return subject
    return replace(subject, theirs=standups.theirs(unit.connection, unit.team, subject.waiting.notice.to))


def with_similar(unit: Unit, subject: Subject) -> Subject:
    """With the newest decision that looks alike, for who is asked to decide."""
    asked = subject.waiting is not None and subject.waiting.notice.kind is NoticeKind.OWNER_ASKED
    if not asked or subject.waiting is None or subject.conflict is None:
        return subject
    to = subject.waiting.notice.to
    return replace(subject, similar=conflicts.most_similar(unit.connection, subject.conflict, to))


def gathered(unit: Unit, message: Message, subject: Subject) -> Gathered | None:
    """What else was said in the same message, as it is now; None when it was said alone."""
    said = subject.waiting
    if said is None or said.told_with is None or message.channel is None or message.ts is None:
        return None
    all_of_it = outbox.together(unit.connection, said)
    rows = messages.standing(unit.connection, unit.team, message.channel, message.ts)
    return Gathered(
        parts=tuple(with_surroundings(unit, of_notice(unit, waiting)) for waiting in all_of_it[:MOST_SHOWN]),
        count=len(all_of_it),
        live=frozenset(row.notice for row in rows if row.live and row.notice),
    )


def with_surroundings(unit: Unit, subject: Subject) -> Subject:
    """With the card it links to, and what its owner waits for."""
    conflict = subject.conflict
    if conflict is None:
        return subject
    found = actions.of_conflict(unit.connection, conflict.id) if conflict.is_open else ()
    missing = tuple(item for item in found if item.data and item.is_open)
    return replace(subject, card=_open_card(unit, conflict), missing=missing)


def _open_card(unit: Unit, conflict: Conflict) -> Message | None:
    """The card to link to; nobody is sent to a private home channel they may not be in."""
    card = messages.card(unit.connection, conflict.id)
    if card is None or card.channel is None or conflict.facts.confidential:
        return card
    known = people.find_channels(unit.connection, unit.team, [card.channel]).get(card.channel)
    return None if known is not None and known.kind != "public" else card


def _held(unit: Unit, subject: Subject, meeting: Meeting) -> Subject:
    """With the conflicts it speaks of, and where it can be seen: its minutes, else the meeting itself."""
    about = prepared.subject_of(meeting)
    place = messages.post(unit.connection, unit.team, about, "minutes") or messages.post(
        unit.connection, unit.team, about, "meeting"
    )
    return replace(subject, card=place, conflicts=holding.conflicts_on(unit.connection, meeting))


def _with_material(unit: Unit, subject: Subject, meeting: Meeting) -> Subject:
    """With what its agenda is drawn from."""
    now = unit.clock()
    workspace = unit.known.workspace(now=now)
    drawn_from = agenda.material(unit.connection, meeting, workspace, now) if workspace else None
    return replace(subject, material=drawn_from)


def _told_along(unit: Unit, notice: Notice) -> Conflict | None:
    """The decision that was told along with it, unless it has been hidden from this person since."""
    found = conflicts.find(unit.connection, unit.team, notice.similar) if notice.similar else None
    return found if found and may_see(notice.to, found) else None


def untrue(unit: Unit, subject: Subject, now: datetime) -> str:
    """Why a notice is not said any more; empty while it is true."""
    waiting = subject.waiting
    if waiting is None:
        return ""
    if now >= waiting.notice.good_until:
        return "too late to be useful"
    if (waiting.conflict and subject.conflict is None) or (waiting.subject and subject.other is None):
        return "its subject is gone"
    if not _holds(subject, waiting.notice):
        return "not true any more"
    if waiting.notice.kind is NoticeKind.TROUBLE and not trouble.stands(unit, waiting):
        return "not true any more"
    return ""


def _holds(subject: Subject, notice: Notice) -> bool:
    match subject.other:
        case ActionItem():
            return still_wanted(notice, subject.other)
        case WhileAway():
            return not subject.other.nothing
        case Standing():
            return still_said(notice, subject.other)
        case Meeting():
            return still_worth(notice.kind, notice.to, subject.other)
        case Standup():
            return still_asked(notice, subject.other)
        case Dates() | Vacated():
            return True
        case None:
            return subject.conflict is None or still_true(notice, subject.conflict)


def note_notice(unit: Unit, waiting: Waiting, event: str, level: Level = "info", **facts: str) -> None:
    """What became of a notice, for the log."""
    told = {"kind": waiting.notice.kind.value, "lane": waiting.lane, "key": waiting.key}
    note(unit.connection, event, level, subject=waiting.subject or waiting.conflict, **told, **facts)
