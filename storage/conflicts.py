"""Conflicts with their timeline and context: found, listed, saved."""

from __future__ import annotations

from collections.abc import Callable, Collection, Sequence
from dataclasses import replace
from datetime import datetime
from typing import Any, Literal

from sqlalchemy import (
    BindParameter,
    ColumnElement,
    Connection,
    Select,
    and_,
    bindparam,
    exists,
    func,
    or_,
    select,
    update,
)

from council.conflict import Conflict, Context, Event, State
from council.words import content_words, fold, share_enough
from storage.codec import dump_conflict, dump_sentence, load_conflict, load_sentence
from storage.errors import Stale
from storage.tables import conflicts, context, in_state, insiders, replies, timeline, workspaces
from storage.upserts import Put, missing, upsert

OPEN = (State.OPEN.value, State.ACKNOWLEDGED.value)
DECIDED = State.DECIDED.value
MOST_LISTED = 100

# Built once: building a statement takes longer than running it.
_NUMBER = (
    update(workspaces)
    .where(workspaces.c.team == bindparam("its_team"))
    .values(last_number=workspaces.c.last_number + 1)
    .returning(workspaces.c.last_number)
)
_FOUND = select(conflicts.c.body).where(
    conflicts.c.team == bindparam("its_team"), conflicts.c.id == bindparam("its_id")
)

Filter = Literal["open", "mine", "overdue"]


def find(connection: Connection, team: str, id: str) -> Conflict | None:
    """The conflict of that id in this workspace."""
    row = connection.execute(_FOUND, {"its_team": team, "its_id": id}).first()
    return _load(row) if row else None


def numbered(connection: Connection, team: str, number: int) -> Conflict | None:
    """The conflict of that number in this workspace."""
    return _one(connection, select(conflicts).where(conflicts.c.team == team, conflicts.c.number == number))


def these(connection: Connection, team: str, ids: Sequence[str]) -> tuple[Conflict, ...]:
    """The conflicts of those ids in this workspace, in that order."""
    # asked for the workspace as well, SQLite would rather read all of it than look up each id
    read = _all(connection, select(conflicts.c.body).where(conflicts.c.id.in_(ids)))
    found = {each.id: each for each in read if each.team == team}
    return tuple(found[id] for id in ids if id in found)


def all_numbered(connection: Connection, team: str, numbers: Collection[int]) -> tuple[Conflict, ...]:
    """Those of these numbers that there are."""
    wanted = (conflicts.c.team == team, conflicts.c.number.in_(sorted(numbers)))
    return _all(connection, select(conflicts.c.body).where(*wanted)) if numbers else ()


def number_of(connection: Connection, id: str) -> int:
    """The number people know the conflict by; 0 when there is none."""
    return (
        connection.execute(select(conflicts.c.number).where(conflicts.c.id == id)).scalar_one_or_none() or 0
    )


def _one(connection: Connection, query: Select[Any]) -> Conflict | None:
    row = connection.execute(query).first()
    return _load(row) if row else None


def _load(row: Any) -> Conflict:
    return load_conflict(row.body)


def _all(connection: Connection, query: Select[Any]) -> tuple[Conflict, ...]:
    return tuple(_load(row) for row in connection.execute(query))


def numbered_anew(connection: Connection, conflict: Conflict) -> Conflict:
    """A new conflict with the next number, which is drawn directly before it is put."""
    number = connection.execute(_NUMBER, {"its_team": conflict.team}).scalar_one()
    return replace(conflict, number=number, version=1)


def fresh(saved: Conflict) -> Put:
    """The row of a new conflict."""
    return Put(conflicts, [_row(saved)])


def save(connection: Connection, conflict: Conflict) -> Conflict:
    """Keep a changed conflict; raises `Stale` when somebody was faster."""
    saved = replace(conflict, version=conflict.version + 1)
    unchanged = and_(conflicts.c.id == conflict.id, conflicts.c.version == conflict.version)
    done = connection.execute(update(conflicts).where(unchanged).values(**_row(saved)))
    if done.rowcount != 1:
        raise Stale(f"conflict {conflict.id} is not at version {conflict.version} any more")
    return saved


def _row(conflict: Conflict) -> dict[str, Any]:
    return {
        "id": conflict.id,
        "team": conflict.team,
        "number": conflict.number,
        "version": conflict.version,
        "type": conflict.facts.type,
        "state": conflict.state.value,
        "owner": conflict.owner,
        "asked": conflict.asked,
        "reporter": conflict.reporter,
        "account": fold(conflict.facts.account).strip(),
        "subject_words": " ".join(("", *sorted(content_words(conflict.facts.subject)), "")),
        "confidential": conflict.facts.confidential,
        "home": conflict.home,
        "reported_at": conflict.reported_at,
        "limit_at": conflict.overdue_at,
        "ended_at": conflict.ended_at,
        "holds_until": conflict.ruling.holds_until if conflict.ruling else None,
        "stands_in_for": conflict.stands_in_for,
        "hangs_on": conflict.hangs_on,
        "body": dump_conflict(conflict),
    }


def taking_part(conflict: Conflict) -> Put:
    """Whoever takes part in it; who took part once may see it for good."""
    rows = [{"conflict": conflict.id, "person": person} for person in sorted(conflict.insiders)]
    return Put(insiders, rows, missing)


def visible_to(person: str | BindParameter[str], here: str | BindParameter[str] = "") -> ColumnElement[bool]:
    """What this person may see: all that is not confidential, what they take part in, what stands `here`.

    `here` is the private channel they act in as one of its members; empty elsewhere.
    """
    part = exists().where(insiders.c.conflict == conflicts.c.id, insiders.c.person == person)
    return or_(conflicts.c.confidential.is_(False), part, conflicts.c.home == here)


def listed(
    connection: Connection, team: str, person: str, wanted: Filter, now: datetime, here: str = ""
) -> tuple[tuple[Conflict, ...], int]:
    """What waits for somebody, overdue first, as far as this person may see it; and how many there are.

    `here` is the private channel they ask in: as one of its members they see what stands in it.
    """
    conditions = [conflicts.c.team == team, in_state(conflicts, *OPEN), visible_to(person, here)]
    if wanted == "mine":
        part = (conflicts.c.owner == person, conflicts.c.asked == person, conflicts.c.reporter == person)
        conditions.append(or_(*part))
    if wanted == "overdue":
        conditions.append(conflicts.c.limit_at <= now)
    count = connection.execute(select(func.count()).select_from(conflicts).where(*conditions)).scalar_one()
    query = select(conflicts).where(*conditions).order_by(conflicts.c.limit_at, conflicts.c.id)
    return _all(connection, query.limit(MOST_LISTED)), count


def waiting_for(connection: Connection, team: str, person: str) -> tuple[Conflict, ...]:
    """Open conflicts this person owns or is asked about."""
    part = or_(conflicts.c.owner == person, conflicts.c.asked == person)
    query = select(conflicts).where(conflicts.c.team == team, in_state(conflicts, *OPEN), part)
    return _all(connection, query.order_by(conflicts.c.limit_at).limit(MOST_LISTED))


def newest(
    connection: Connection, team: str, person: str, most: int, number: int | None = None
) -> tuple[Conflict, ...]:
    """Open and decided ones, the newest first, or the one of that number, as far as this person may see."""
    known = (conflicts.c.team == team, in_state(conflicts, *OPEN, DECIDED), visible_to(person))
    its_number = () if number is None else (conflicts.c.number == number,)
    query = select(conflicts).where(*known, *its_number)
    return _all(connection, query.order_by(conflicts.c.number.desc()).limit(most))


def most_similar(connection: Connection, conflict: Conflict, person: str) -> Conflict | None:
    """The newest decision of the same type, with common subject words, that this person may see."""
    query = select(conflicts).where(
        conflicts.c.team == conflict.team,
        conflicts.c.type == conflict.facts.type,
        conflicts.c.state == State.DECIDED.value,
        conflicts.c.id != conflict.id,
        visible_to(person),
    )
    newest = _all(connection, query.order_by(conflicts.c.ended_at.desc()).limit(20))
    return next((one for one in newest if share_enough(one.facts.subject, conflict.facts.subject)), None)


def rehome(connection: Connection, id: str, home: str) -> None:
    """The card stands elsewhere now."""
    query = select(conflicts).where(conflicts.c.id == id)
    conflict = _one(connection, query)
    if conflict is not None:
        save(connection, replace(conflict, home=home))


def further(connection: Connection, conflict: Conflict, events: tuple[Event, ...]) -> Put:
    """What is appended to the timeline; nothing is overwritten."""
    first = _last_event(connection, conflict) + 1 if events else 0
    rows = [
        {
            "conflict": conflict.id,
            "seq": seq,
            "team": conflict.team,
            "kind": event.kind,
            "at": event.at,
            "by": event.by,
            "words": dump_sentence(event.words),
            "facts": dict(event.facts),
        }
        for seq, event in enumerate(events, start=first)
    ]
    return Put(timeline, rows)


def _last_event(connection: Connection, conflict: Conflict) -> int:
    if conflict.version == 1:
        return 0
    counted = select(func.coalesce(func.max(timeline.c.seq), 0)).where(timeline.c.conflict == conflict.id)
    return int(connection.execute(counted).scalar_one())


def events(connection: Connection, conflict: str, most: int = 60) -> tuple[tuple[Event, ...], int]:
    """The newest rows of the timeline, oldest first, and how many there are in all."""
    here = timeline.c.conflict == conflict
    count = connection.execute(select(func.count()).select_from(timeline).where(here)).scalar_one()
    rows = connection.execute(select(timeline).where(here).order_by(timeline.c.seq.desc()).limit(most)).all()
    found = [
        Event(kind=row.kind, at=row.at, by=row.by, words=load_sentence(row.words), facts=row.facts)
        for row in reversed(rows)
    ]
    return tuple(found), count


def added(team: str, ids: Callable[[], str], pieces: Sequence[Context]) -> Put:
    """Pieces of context; of the same instant the ids tell the order, so they are given in theirs."""
    names = ("conflict", "by", "at", "words", "link", "joined")
    given = sorted(ids() for _ in pieces)
    rows = [
        {"id": id, "team": team, **{name: getattr(piece, name) for name in names}}
        for id, piece in zip(given, pieces, strict=True)
    ]
    return Put(context, rows)


def contexts(connection: Connection, conflict: str, most: int = 40) -> tuple[tuple[Context, ...], int]:
    """The newest pieces of context, oldest first, and how many there are in all."""
    here = context.c.conflict == conflict
    count = connection.execute(select(func.count()).select_from(context).where(here)).scalar_one()
    query = select(context).where(here).order_by(context.c.at.desc(), context.c.id.desc()).limit(most)
    names = ("conflict", "by", "at", "words", "link", "joined")
    rows = [Context(**{name: getattr(row, name) for name in names}) for row in connection.execute(query)]
    return tuple(reversed(rows)), count


def is_insider(connection: Connection, conflict: str, person: str) -> bool:
    """True for somebody who takes part or took part."""
    here = (insiders.c.conflict == conflict, insiders.c.person == person)
    return connection.execute(select(insiders.c.person).where(*here)).first() is not None


def keep_reply(
    connection: Connection, team: str, conflict: str, *, channel: str, ts: str, by: str, at: datetime
) -> None:
    """Of a thread reply author, time and place are kept, never its words."""
    row = {"team": team, "channel": channel, "ts": ts, "conflict": conflict, "by": by, "at": at}
    upsert(connection, replies, row)
