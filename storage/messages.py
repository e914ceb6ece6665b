"""Messages that follow their subject: cards and agendas in channels, and each person's living direct message.

They are projections, not notices: `wanted` counts what should be seen, `shown` what is; the newest wins.
"""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime
from typing import Any, Literal

from sqlalchemy import (
    Connection,
    Row,
    Select,
    and_,
    bindparam,
    case,
    false,
    insert,
    literal,
    or_,
    select,
    true,
    update,
)

from council.post import Post, PostKind
from storage import lanes
from storage.columns import UTC
from storage.lanes import SOON, Busy
from storage.tables import in_state, messages
from storage.upserts import Put

Kind = Literal["card", "dm", "log"] | PostKind
GONE = -1
"""What is wanted of a message that is to be taken down."""

# Built once: building a statement takes longer than running it.
_NEW = insert(messages)
_IN_LANE = (messages.c.team == bindparam("its_team"), messages.c.lane == bindparam("its_lane"))
_WAITING = select(messages).where(*_IN_LANE, in_state(messages, "waiting"))
_DUE = (
    _WAITING.where(
        or_(messages.c.not_before <= bindparam("now"), messages.c.not_before > bindparam("odd")),
        messages.c.wanted != GONE,
    )
    .order_by(messages.c.not_before, messages.c.id)
    .limit(1)
)
_TO_TAKE_DOWN = (
    _WAITING.where(messages.c.wanted == GONE, messages.c.not_before <= bindparam("now"))
    .order_by(messages.c.id)
    .limit(1)
)
_UNKNOWN = select(messages).where(*_IN_LANE, in_state(messages, "calling"))
_CARD = select(messages).where(messages.c.conflict == bindparam("its_conflict"), messages.c.kind == "card")
_AT = select(messages).where(
    messages.c.team == bindparam("its_team"),
    messages.c.channel == bindparam("its_channel"),
    messages.c.ts == bindparam("its_ts"),
)
_WANTED = select(messages.c.wanted).where(messages.c.id == bindparam("its_id"))
_CHANGED = ("channel", "ts", "shown", "updated_at", "called_at", "state", "not_before")
_SHOWN = (
    update(messages)
    .where(messages.c.id == bindparam("its_id"))
    .values({name: bindparam(name) for name in _CHANGED})
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Message:
    """One message in Slack about a conflict or another `subject`, *kind:id*; `ts` is None until it stands."""

    id: str
    team: str
    conflict: str | None
    subject: str | None
    kind: Kind
    lane: str
    person: str | None
    notice: str | None
    channel: str | None
    ts: str | None
    live: bool
    wanted: int
    shown: int
    state: str
    reposted: int
    called_at: datetime | None
    updated_at: datetime | None


def new_card(team: str, id: str, conflict: str, channel: str, now: datetime) -> tuple[Put, Busy]:
    """The conflict's card is to stand in this channel, whose lane has something to do by it."""
    row = {"id": id, "team": team, "conflict": conflict, "kind": "card", "lane": channel, "channel": channel}
    state = {"live": True, "wanted": 1, "shown": 0, "state": "waiting", "reposted": 0, "not_before": now}
    return Put(messages, [row | state]), (channel, now, 1)


def add_post(
    connection: Connection, team: str, id: str, *, subject: str, post: Post, now: datetime
) -> list[Busy]:
    """A message that follows its subject is to stand in a channel; one that stands already stays."""
    here = (messages.c.team == team, messages.c.subject == subject, messages.c.kind == post.kind)
    standing = select(messages.c.id).where(*here, messages.c.state != "gone")
    if connection.execute(standing).first() is not None:
        return []
    row = {"id": id, "team": team, "subject": subject, "kind": post.kind, "lane": post.channel}
    state = {"live": True, "wanted": 1, "shown": 0, "state": "waiting", "reposted": 0, "not_before": now}
    connection.execute(_NEW, row | state | {"channel": post.channel})
    return [(post.channel, now, 1)]


def add_dm(
    connection: Connection,
    team: str,
    id: str,
    *,
    conflict: str | None,
    subject: str | None,
    person: str,
    notice: str,
    channel: str,
    ts: str,
    now: datetime,
    takes: bool = True,
) -> None:
    """A direct message was said that follows its subject; it `takes` the buttons from the one before."""
    if takes:
        about = messages.c.subject == subject if subject else messages.c.conflict == conflict
        before = and_(messages.c.team == team, about, messages.c.person == person, messages.c.live)
        connection.execute(
            update(messages)
            .where(before)
            .values(live=False, wanted=messages.c.wanted + 1, state="waiting", not_before=now + SOON)
        )
    about_row = {"subject": subject} if subject else {"conflict": conflict}
    row = {"id": id, "team": team, **about_row, "kind": "dm", "lane": person, "person": person}
    place = {"notice": notice, "channel": channel, "ts": ts, "updated_at": now}
    state = {"live": True, "wanted": 1, "shown": 1, "state": "shown", "reposted": 0}
    connection.execute(insert(messages).values(**row, **place, **state))


def want_subject(
    connection: Connection,
    team: str,
    subject: str,
    now: datetime,
    *,
    people: Collection[str] | None = None,
    only: PostKind | None = None,
) -> list[Busy]:
    """The subject looks different now: its messages follow, each at most once in two seconds.

    `people`: of direct messages only those to them. `only`: one kind of them does.
    """
    kinds = () if only is None else (messages.c.kind == only,)
    here = (messages.c.team == team, messages.c.subject == subject, messages.c.state != "gone", *kinds)
    whose = true() if people is None else or_(messages.c.person.is_(None), messages.c.person.in_(people))
    changed = update(messages).where(*here, whose).values(**_wanting(now))
    rows = connection.execute(changed.returning(messages.c.lane, messages.c.not_before))
    return [(row.lane, row.not_before, 2) for row in rows]


def _wanting(now: datetime) -> dict[str, Any]:
    """A change from a later clock counts for nothing."""
    just_now = and_(messages.c.updated_at > now - SOON, messages.c.updated_at <= now)
    return {
        "wanted": messages.c.wanted + 1,
        "state": case((messages.c.state == "calling", "calling"), else_="waiting"),
        "not_before": case((just_now, literal(now + SOON, UTC)), else_=literal(now, UTC)),
    }


def add_log(
    connection: Connection, team: str, id: str, *, conflict: str, notice: str, channel: str, ts: str
) -> None:
    """A line about the conflict was said in a channel: it follows nothing, but can be taken down."""
    row = {"id": id, "team": team, "conflict": conflict, "kind": "log", "lane": channel, "notice": notice}
    state = {"live": False, "wanted": 1, "shown": 1, "state": "shown", "reposted": 0}
    connection.execute(_NEW, row | state | {"channel": channel, "ts": ts})


def take_down(connection: Connection, team: str, conflict: str, now: datetime) -> list[Busy]:
    """Card and log lines are to be deleted; one that is just being posted is, once it stands."""
    here = and_(messages.c.team == team, messages.c.conflict == conflict, messages.c.kind != "dm")
    values = {
        "live": False,
        "wanted": GONE,
        "state": case((messages.c.state == "calling", "calling"), else_="waiting"),
        "not_before": now,
    }
    changed = update(messages).where(here, messages.c.state != "gone").values(**values)
    return [(row.lane, now, 1) for row in connection.execute(changed.returning(messages.c.lane))]


def want(
    connection: Connection, team: str, conflict: str, now: datetime, *, ended: bool = False
) -> list[Busy]:
    """The conflict looks different now: its card and living direct messages are to follow, soon.

    Once it has `ended` the older messages shrink as well. Each is changed at most once in two seconds.
    """
    stands = (messages.c.ts.is_not(None), messages.c.state != "gone", messages.c.kind == "dm")
    standing = and_(*stands) if ended else false()
    here = and_(messages.c.team == team, messages.c.conflict == conflict, or_(messages.c.live, standing))
    changed = update(messages).where(here).values(**_wanting(now))
    rows = connection.execute(changed.returning(messages.c.lane, messages.c.not_before))
    return [(row.lane, row.not_before, 2) for row in rows]


def next_due(connection: Connection, team: str, lane: str, now: datetime) -> Message | None:
    """What of the lane does not show what it should, the longest first; a later clock's pause is over."""
    here = {"its_team": team, "its_lane": lane, "now": now, "odd": now + SOON}
    return next(iter(_all(connection, _DUE, here)), None)


def next_gone(connection: Connection, team: str, lane: str, now: datetime) -> Message | None:
    """What of the lane is to be taken down."""
    here = {"its_team": team, "its_lane": lane, "now": now}
    return next(iter(_all(connection, _TO_TAKE_DOWN, here)), None)


def unknown(connection: Connection, team: str, lane: str) -> list[Message]:
    """Cards of the lane whose first post has an unknown outcome."""
    return _all(connection, _UNKNOWN, {"its_team": team, "its_lane": lane})


def card(connection: Connection, conflict: str) -> Message | None:
    """The card of a conflict."""
    return next(iter(_all(connection, _CARD, {"its_conflict": conflict})), None)


def post(connection: Connection, team: str, subject: str, kind: PostKind) -> Message | None:
    """The message of that kind which was put up about a subject, wherever it stands now."""
    here = (messages.c.team == team, messages.c.subject == subject, messages.c.kind == kind)
    query = select(messages).where(*here, messages.c.state != "gone").order_by(messages.c.id)
    return next(iter(_all(connection, query, {})), None)


def at(connection: Connection, team: str, channel: str, ts: str) -> Message | None:
    """The message that stands there, unless it speaks of several things."""
    found = standing(connection, team, channel, ts)
    return found[0] if len(found) == 1 else None


def standing(connection: Connection, team: str, channel: str, ts: str) -> list[Message]:
    """The same for every thing the message speaks of."""
    return _all(connection, _AT, {"its_team": team, "its_channel": channel, "its_ts": ts})


def _all(connection: Connection, query: Select[Any], given: dict[str, Any]) -> list[Message]:
    return [_message(row) for row in connection.execute(query, given)]


def _message(row: Row[Any]) -> Message:
    names = Message.__dataclass_fields__
    return Message(**{name: getattr(row, name) for name in names})


def begin(connection: Connection, message: Message, now: datetime) -> None:
    """About to be posted for the first time: from now on its outcome may be unknown."""
    connection.execute(_row(message).values(state="calling", called_at=now))


def shown(
    connection: Connection, message: Message, *, channel: str, ts: str, version: int, now: datetime
) -> bool:
    """It shows `version`. Returns False when something newer is wanted by now."""
    wanted = connection.execute(_WANTED, {"its_id": message.id}).scalar_one()
    done = bool(version >= wanted) and wanted != GONE
    values = {"channel": channel, "ts": ts, "shown": version, "updated_at": now, "called_at": None}
    later = None if done else now + SOON
    state = {"state": "shown" if done else "waiting", "not_before": later}
    connection.execute(_SHOWN, {"its_id": message.id, **values, **state})
    return done


def again(connection: Connection, message: Message, at: datetime) -> None:
    """It was not taken: to be tried again."""
    connection.execute(_row(message).values(state="waiting", not_before=at, called_at=None))


def skip(connection: Connection, message: Message, now: datetime) -> None:
    """Slack will never take it as it is: it is left as it was until the conflict changes again."""
    connection.execute(
        _row(message).values(state="shown", shown=message.wanted, called_at=None, updated_at=now)
    )


def lost(connection: Connection, message: Message, now: datetime) -> None:
    """Deleted by hand: what follows its subject in a channel is posted anew once; all else is let go."""
    if message.notice is None and message.reposted == 0:
        connection.execute(_row(message).values(ts=None, state="waiting", reposted=1, not_before=now))
        return
    connection.execute(_row(message).values(live=False, state="gone"))


def give_up(connection: Connection, message: Message) -> None:
    """It can't be shown any more."""
    connection.execute(_row(message).values(live=False, state="gone"))


def move_card(connection: Connection, message: Message, channel: str, now: datetime) -> None:
    """The channel is gone for good: the card is posted in its fallback."""
    values = {"lane": channel, "channel": channel, "ts": None, "state": "waiting", "not_before": now}
    connection.execute(_row(message).values(**values, called_at=None))
    lanes.ready(connection, message.team, [(channel, now, 1)])


def _row(message: Message) -> Any:
    return update(messages).where(messages.c.id == message.id)
