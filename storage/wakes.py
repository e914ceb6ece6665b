"""One row per subject saying when it must be looked at again: the only way anything happens later."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta
from functools import cache
from typing import Any

from sqlalchemy import Connection, and_, bindparam, delete, false, func, or_, select, true, update

from storage.leases import ends, free, lease
from storage.tables import conflicts, in_state, wakes
from storage.upserts import Put, put, renewed

MOST_TRIES = 5
IMMINENT = timedelta(minutes=1)
_EARLIEST = select(func.min(wakes.c.wake_at)).where(wakes.c.parked == false())


@dataclass(frozen=True, slots=True, kw_only=True)
class Wake:
    """A claimed wake-up: its subject belongs to the holder until the lease ends."""

    team: str
    subject: str
    wake_at: datetime
    tries: int


def arm(connection: Connection, team: str, subject: str, at: datetime | None) -> None:
    """Look at the subject again `at`; None: never. Gives back a claim, and forgets failed tries."""
    if at is None:
        disarm(connection, team, subject)
    else:
        put(connection, [armed(team, subject, at)])


def disarm(connection: Connection, team: str, subject: str) -> None:
    """Never look at the subject again."""
    connection.execute(delete(wakes).where(wakes.c.team == team, wakes.c.subject == subject))


def armed(team: str, subject: str, at: datetime) -> Put:
    """The row of the same."""
    row = {"team": team, "subject": subject, "wake_at": at, "holder": None, "lease_until": None}
    return Put(wakes, [{**row, "tries": 0, "parked": False}], renewed)


def earliest(connection: Connection) -> datetime | None:
    """When the next subject must be looked at, over all workspaces."""
    return connection.execute(_EARLIEST).scalar()


def claim(connection: Connection, holder: str, now: datetime, most: int = 50) -> list[Wake]:
    """Take up to `most` due subjects for this holder, the longest due first.

    The condition stands in the outer WHERE too: with it only inside, PostgreSQL hands one row to several.
    """
    dialect = connection.dialect.name
    taken = {"mine": holder, "now": now, "most": most, **ends(dialect, now)}
    rows = [Wake(**row._mapping) for row in connection.execute(_claiming(dialect), taken)]
    return sorted(rows, key=lambda wake: (wake.wake_at, wake.subject))


@cache
def _claiming(dialect: str) -> Any:
    mine = bindparam("mine", type_=wakes.c.holder.type)
    due = and_(
        wakes.c.parked == false(),
        wakes.c.wake_at <= bindparam("now"),
        free(dialect, wakes.c.holder, wakes.c.lease_until, mine),
    )
    chosen = (
        select(wakes.c.team, wakes.c.subject)
        .where(due)
        .order_by(wakes.c.wake_at, wakes.c.subject)
        .limit(bindparam("most"))
        .with_for_update(skip_locked=True)
        .cte("chosen")
    )
    return (
        update(wakes)
        .where(due, wakes.c.team == chosen.c.team, wakes.c.subject == chosen.c.subject)
        .values(holder=mine, lease_until=lease(dialect), tries=wakes.c.tries + 1)
        .returning(wakes.c.team, wakes.c.subject, wakes.c.wake_at, wakes.c.tries)
    )


def failed(connection: Connection, wake: Wake, again_at: datetime) -> bool:
    """The rule raised: try again later; after five tries the row is parked. Returns True when parked."""
    parked = wake.tries >= MOST_TRIES
    here = (wakes.c.team == wake.team, wakes.c.subject == wake.subject)
    values = {"holder": None, "lease_until": None, "wake_at": again_at, "parked": parked}
    connection.execute(update(wakes).where(*here).values(**values))
    return parked


def release_all(connection: Connection) -> None:
    """At the start on SQLite: leases of earlier starts are void. Elsewhere other replicas hold theirs."""
    if connection.dialect.name == "sqlite":
        held = update(wakes).where(wakes.c.holder.is_not(None))
        connection.execute(held.values(holder=None, lease_until=None))


def unpark_all(connection: Connection, now: datetime) -> None:
    """At the start: what could not be looked at may go well with a newer program; it is tried again."""
    parked = update(wakes).where(wakes.c.parked == true())
    connection.execute(parked.values(parked=False, tries=0, wake_at=now))


def look_anew(connection: Connection, now: datetime, before: datetime) -> None:
    """The clock was set back from about `before`: what was to be looked at by then is looked at now.

    Asked too early, a rule changes nothing and is armed again. What failed waits no longer either.
    """
    imminent = or_(wakes.c.wake_at <= before + IMMINENT, wakes.c.tries > 0)
    ahead = (wakes.c.wake_at > now, wakes.c.holder.is_(None), wakes.c.parked == false())
    connection.execute(update(wakes).where(imminent, *ahead).values(wake_at=now))


def look_now(connection: Connection, team: str, person: str, now: datetime) -> int:
    """Somebody left or is away: every open conflict they own, are asked or reported is looked at.

    Returns how many.
    """
    asked = or_(
        *(column == person for column in (conflicts.c.owner, conflicts.c.asked, conflicts.c.reporter))
    )
    waiting = (conflicts.c.team == team, in_state(conflicts, "open", "acknowledged"))
    found = list(connection.execute(select(conflicts.c.id).where(*waiting, asked)).scalars())
    for conflict in sorted(found):
        arm(connection, team, conflict, now)
    return len(found)


def parked(connection: Connection) -> int:
    """How many subjects could not be looked at."""
    return connection.execute(
        select(func.count()).select_from(wakes).where(wakes.c.parked == true())
    ).scalar_one()


def parked_subjects(connection: Connection, team: str, most: int = 20) -> list[str]:
    """Which subjects of a workspace could not be looked at."""
    here = (wakes.c.team == team, wakes.c.parked == true())
    query = select(wakes.c.subject).where(*here).order_by(wakes.c.subject).limit(most)
    return list(connection.execute(query).scalars())
