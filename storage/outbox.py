"""What is to be said to somebody, as facts, until it is said or recorded as dropped with its reason."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import Connection, Row, bindparam, case, select, update

from council.notice import ANSWERS, Notice, NoticeKind
from council.quiet import ASKS, Heard, urgency
from storage import lanes
from storage.lanes import Busy
from storage.tables import in_state, notices
from storage.upserts import Put, missing, put

KEPT = timedelta(days=90)
"""What was said or dropped stays so long, to answer why somebody heard something or did not."""

# Built once: building a statement takes longer than running it.
_HERE = (notices.c.team == bindparam("its_team"), notices.c.lane == bindparam("its_lane"))
_DUE = (
    select(notices)
    .where(*_HERE, in_state(notices, "waiting"), notices.c.not_before <= bindparam("now"))
    .order_by(notices.c.priority, notices.c.at, notices.c.id)
    .limit(bindparam("most"))
)
_UNKNOWN = (
    select(notices)
    .where(*_HERE, in_state(notices, "calling"))
    .order_by(notices.c.called_at.desc(), notices.c.id)
)
_SAID_IN = case((notices.c.told_with.is_(None), notices.c.key), else_=notices.c.told_with)
_HEARD = select(notices.c.kind, _SAID_IN.label("message")).where(
    *_HERE, in_state(notices, "said"), notices.c.called_at >= bindparam("since")
)
_TOGETHER = select(notices).where(
    *_HERE, in_state(notices, "said"), notices.c.told_with == bindparam("message")
)
_FOUND = select(notices).where(notices.c.id == bindparam("its_id"))


@dataclass(frozen=True, slots=True, kw_only=True)
class Waiting:
    """A notice with its place in the outbox; `key` finds it again in Slack.

    `conflict` is what it is about, or `subject`, as *kind:id*, when that is something else.

    `told_with` is the key of the message that several notices went out in together.
    """

    id: str
    team: str
    lane: str
    key: str
    conflict: str | None
    subject: str | None
    state: str
    called_at: datetime | None
    told_with: str | None
    notice: Notice

    @property
    def said_as(self) -> str:
        """The key the message carries that says it."""
        return self.told_with or self.key


def key_of(subject: str, kind: str, receiver: str, version: int) -> str:
    """What makes a notice the same notice: it goes along as message metadata.

    It begins like its subject, whose id begins with its time, so that keys made together lie together.
    """
    digest = hashlib.sha256(f"{subject}|{kind}|{receiver}|{version}".encode()).hexdigest()
    return subject.rpartition(":")[2][:10] + digest[:32]


def add(
    connection: Connection,
    team: str,
    id: str,
    notice: Notice,
    *,
    conflict: str | None,
    version: int,
    subject: str = "",
) -> None:
    """Put a notice into its lane; the same notice twice is one.

    `subject` tells it from others of its kind when it is about no conflict; only its key knows it.
    """
    row = _row(team, id, notice, conflict, conflict or subject or id, version)
    put(connection, [Put(notices, [row], missing), lanes.made_ready(team, [_busy(notice)])])


def waiting(
    team: str,
    noticed: Iterable[tuple[str, Notice]],
    *,
    conflict: str | None,
    subject: str | None = None,
    version: int,
) -> tuple[Put, list[Busy]]:
    """Notices, with their ids, about a conflict or another subject; and which lanes are busy by them."""
    kept = list(noticed)
    about = subject or conflict or ""
    rows = [{**_row(team, id, notice, conflict, about, version), "subject": subject} for id, notice in kept]
    return Put(notices, rows, missing), [_busy(notice) for _, notice in kept]


def _busy(notice: Notice) -> Busy:
    return notice.to, notice.not_before, notice.priority


def _row(
    team: str, id: str, notice: Notice, conflict: str | None, subject: str, version: int
) -> dict[str, Any]:
    return {
        "id": id,
        "team": team,
        "lane": notice.to,
        "key": key_of(subject, notice.kind.value, notice.to, version),
        "kind": notice.kind.value,
        "conflict": conflict,
        "to": notice.to,
        "priority": notice.priority,
        "at": notice.at,
        "not_before": notice.not_before,
        "good_until": notice.good_until,
        "facts": dict(notice.facts),
        "state": "waiting",
    }


def due(connection: Connection, team: str, lane: str, now: datetime, most: int = 20) -> list[Waiting]:
    """What the lane has to say now: the most important first, then the oldest."""
    here = {"its_team": team, "its_lane": lane, "now": now, "most": most}
    return [_waiting(row) for row in connection.execute(_DUE, here)]


def unknown(connection: Connection, team: str, lane: str) -> list[Waiting]:
    """Posts of the lane whose outcome nobody knows: the process ended, or the answer never came."""
    here = {"its_team": team, "its_lane": lane}
    return [_waiting(row) for row in connection.execute(_UNKNOWN, here)]


def heard(connection: Connection, team: str, lane: str, since: datetime) -> Heard:
    """What a person has heard since then; answers to what they typed do not count."""
    rows = connection.execute(_HEARD, {"its_team": team, "its_lane": lane, "since": since}).all()
    unasked = [row for row in rows if NoticeKind(row.kind) not in ANSWERS]
    asked = any(NoticeKind(row.kind) in ASKS for row in unasked)
    return Heard(messages=len({row.message for row in unasked}), asked=asked)


def together(connection: Connection, said: Waiting) -> list[Waiting]:
    """What went out in one message with it, the most urgent first; nothing when it was said alone."""
    here = {"its_team": said.team, "its_lane": said.lane, "message": said.told_with}
    return in_order(_waiting(row) for row in connection.execute(_TOGETHER, here))


def in_order(gathered: Iterable[Waiting]) -> list[Waiting]:
    """As they stand in one message."""
    return sorted(gathered, key=lambda each: (urgency(each.notice), each.id))


def find(connection: Connection, id: str) -> Waiting | None:
    """The notice of that id, said or not."""
    row = connection.execute(_FOUND, {"its_id": id}).first()
    return _waiting(row) if row else None


def history(connection: Connection, team: str, conflict: str, most: int = 100) -> list[Waiting]:
    """What was said, dropped or still waits about a conflict, the newest first."""
    here = (notices.c.team == team, notices.c.conflict == conflict)
    query = select(notices).where(*here).order_by(notices.c.at.desc(), notices.c.id.desc()).limit(most)
    return [_waiting(row) for row in connection.execute(query)]


def _waiting(row: Row[Any]) -> Waiting:
    names = ("id", "team", "lane", "key", "conflict", "subject", "state", "called_at", "told_with")
    facts = ("to", "at", "not_before", "good_until", "priority", "facts")
    notice = Notice(kind=NoticeKind(row.kind), **{name: getattr(row, name) for name in facts})
    return Waiting(notice=notice, **{name: getattr(row, name) for name in names})


def call(connection: Connection, id: str, facts: Mapping[str, str | int], now: datetime) -> None:
    """About to be said with these facts: from now on the outcome may be unknown."""
    _move(connection, [id], state="calling", called_at=now, facts=dict(facts))


def call_together(connection: Connection, ids: Iterable[str], now: datetime, *, told_with: str) -> None:
    """Several of them are about to be said in one message."""
    _move(connection, ids, state="calling", called_at=now, told_with=told_with)


def say(connection: Connection, ids: Iterable[str]) -> None:
    """It stands there."""
    _move(connection, ids, state="said")


def wait(connection: Connection, ids: Iterable[str]) -> None:
    """It was certainly not said, and is to be tried again."""
    _move(connection, ids, state="waiting", called_at=None, told_with=None)


def keep(connection: Connection, kept: Mapping[str, datetime]) -> None:
    """They are better said at those instants, by id, and then with whatever else there is."""
    for id, until in kept.items():
        _move(connection, [id], not_before=until, priority=2)


def time_anew(connection: Connection, team: str, lane: str, now: datetime) -> None:
    """The person's clock or morning hour changed: what waits for it is looked at, and kept as is right."""
    waits = (notices.c.team == team, notices.c.lane == lane, notices.c.not_before > now)
    moved = update(notices).where(*waits, in_state(notices, "waiting"), notices.c.at < now)
    if connection.execute(moved.values(not_before=now)).rowcount:
        lanes.ready(connection, team, [(lane, now, 3)])


def drop(connection: Connection, ids: Iterable[str], why: str) -> None:
    """It is never said; the reason stays."""
    _move(connection, ids, state="dropped", why=why)


def _move(connection: Connection, ids: Iterable[str], **values: Any) -> None:
    connection.execute(update(notices).where(notices.c.id.in_(list(ids))).values(**values))


def redirect(connection: Connection, notice: str, lane: str, now: datetime) -> None:
    """The receiver can't be reached for good: the notice goes to its fallback's lane."""
    moved = (
        update(notices)
        .where(notices.c.id == notice)
        .values(lane=lane, to=lane, state="waiting", not_before=now, called_at=None, told_with=None)
        .returning(notices.c.team, notices.c.priority)
    )
    row = connection.execute(moved).one()
    lanes.ready(connection, row.team, [(lane, now, row.priority)])
