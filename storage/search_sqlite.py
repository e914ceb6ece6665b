"""Words on SQLite: FTS5 finds the highest row first, so a row's place is its workspace and its number.

What is found lies in that order already: the newest of a word that half of all conflicts have cost as
much as those of a rare one. A beginning is replaced by words that begin so: FTS5 itself would bring
together everything they stand in before it gave the first.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Sequence
from functools import cache
from typing import Any

from sqlalchemy import (
    Connection,
    Integer,
    Row,
    Select,
    and_,
    bindparam,
    column,
    literal_column,
    select,
    table,
    text,
)

from council.finding import NEWEST
from storage.conflicts import DECIDED, visible_to
from storage.tables import conflicts

MOST_ENDINGS = 20
_ROOM = 32
"""Bits for the numbers of one workspace."""

_PLACE = f"(id << {_ROOM}) + ? FROM search_teams WHERE team = ?"
_NEW = f"INSERT INTO search (words, rowid) SELECT ?, {_PLACE}"
_CHANGED = f"UPDATE search SET words = ? WHERE rowid = (SELECT {_PLACE}) AND words <> ?"
_TEAM = "INSERT INTO search_teams (team) VALUES (?)"
_KNOWN = "INSERT OR IGNORE INTO search_words SELECT value FROM json_each(?)"
_BASE = text(f"SELECT id << {_ROOM} FROM search_teams WHERE team = :team")
_ENDINGS = text(
    f"SELECT word FROM search_words WHERE word > :begun AND word < :after ORDER BY word LIMIT {MOST_ENDINGS}"
)

_found = table("search", column("rowid", Integer), column("words"))


def keep(connection: Connection, team: str, number: int, words: Sequence[str], *, new: bool) -> bool:
    """Keep the words; of a known number only when they have changed. True when they were written."""
    write = connection.exec_driver_sql  # a statement of SQLAlchemy's costs five times what the insert does
    row = (" ".join(words), number, team)
    kept = write(_NEW, row).rowcount if new else write(_CHANGED, (*row, row[0])).rowcount
    if new and not kept:
        write(_TEAM, (team,))
        kept = write(_NEW, row).rowcount
    if kept:
        write(_KNOWN, (json.dumps(words),))
    return bool(kept)


def look(
    connection: Connection,
    asked: dict[str, Any],
    ways: tuple[tuple[str, ...], ...],
    beginning: str,
    *,
    decided: bool,
) -> Sequence[Row[Any]]:
    """The newest that have one way's words, as far as the person may see them."""
    base = connection.execute(_BASE, asked).scalar()
    if base is None:
        return ()
    endings = _endings(connection, beginning) if beginning else ()
    terms = {word: (word, *(endings if word == beginning else ())) for way in ways for word in way}
    match = " OR ".join(" AND ".join(_any_of(terms[word]) for word in way) for way in ways)
    last = base + (1 << _ROOM) - 1
    return connection.execute(
        query(decided=decided), {**asked, "base": base, "last": last, "match": match}
    ).all()


def _any_of(words: Sequence[str]) -> str:
    """In quotes: then nothing is a command, and no word holds a quote."""
    return "(" + " OR ".join(f'"{word}"' for word in words) + ")"


def _endings(connection: Connection, beginning: str) -> tuple[str, ...]:
    after = {"begun": beginning, "after": f"{beginning}\U0010ffff"}
    return tuple(connection.execute(_ENDINGS, after).scalars())


@cache
def query(*, decided: bool) -> Select[Any]:
    """Built once: building a statement takes longer than running it."""
    shown = ("id", "number", "state", "holds_until", "subject_words", "account")
    same = and_(
        conflicts.c.team == bindparam("team"), conflicts.c.number == _found.c.rowid - bindparam("base")
    )
    conditions = [
        literal_column("search").op("MATCH")(bindparam("match")),
        _found.c.rowid.between(bindparam("base"), bindparam("last")),
        visible_to(bindparam("person"), bindparam("here")),
        *((conflicts.c.state == DECIDED,) if decided else ()),
    ]
    query = select(*(conflicts.c[name] for name in shown), _found.c.words)
    query = query.select_from(_found.join(conflicts, same)).where(*conditions)
    return query.order_by(_found.c.rowid.desc()).limit(NEWEST)


def words_of(row: Row[Any]) -> Iterable[str]:
    """The words of a conflict that was found."""
    return str(row.words).split()
