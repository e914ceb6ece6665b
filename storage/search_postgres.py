"""Words on PostgreSQL: a GIN index knows no order, so each word is kept with the shelf it stands on.

A shelf holds ten thousand numbers that follow one another. Shelves are asked one by one from the newest
on, until there is enough: a word that half of all conflicts have costs one shelf, a rare one an empty look
at each. `OFFSET 0` keeps the planner from mixing the steps: it takes most words for far too rare.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from functools import cache
from typing import Any
from zlib import crc32

from sqlalchemy import (
    ColumnElement,
    Connection,
    Integer,
    Row,
    Select,
    String,
    and_,
    bindparam,
    cast,
    column,
    func,
    literal_column,
    select,
    table,
    text,
    true,
)
from sqlalchemy.dialects.postgresql import TSQUERY, TSVECTOR

from council.finding import NEWEST
from storage.conflicts import DECIDED, visible_to
from storage.tables import conflicts, workspaces

SHELF = 10_000
"""Numbers on one shelf."""
_HERE = "~"
"""Where a shelf's mark goes in a pattern; no word holds it."""

_KEEP = text(
    "INSERT INTO search (team, number, words)"
    " VALUES (:team, :number, array_to_tsvector(CAST(:words AS text[])))"
    " ON CONFLICT (team, number) DO UPDATE SET words = excluded.words WHERE search.words <> excluded.words"
)

_found = table("search", column("team", String), column("number", Integer), column("words", TSVECTOR))


def keep(connection: Connection, team: str, number: int, words: Sequence[str], *, new: bool) -> bool:
    """Keep the words; of a known number only when they have changed. True when they were written."""
    mark = f"{_hall(team)}{number // SHELF}:"
    row = {"team": team, "number": number, "words": [f"{mark}{word}" for word in words]}
    return bool(connection.execute(_KEEP, row).rowcount)


def _hall(team: str) -> str:
    """Keeps the shelves of workspaces apart; when two share one, each still gets only its own rows."""
    return f"{crc32(team.encode()):x}."


def look(
    connection: Connection,
    asked: dict[str, Any],
    ways: tuple[tuple[str, ...], ...],
    beginning: str,
    *,
    decided: bool,
) -> Sequence[Row[Any]]:
    """The newest that have one way's words, as far as the person may see them."""
    terms = {word: _term(word, begun=word == beginning) for way in ways for word in way}
    pattern = " | ".join("(" + " & ".join(terms[word] for word in way) + ")" for way in ways)
    more = {"pattern": pattern, "hall": _hall(asked["team"])}
    return connection.execute(_query(decided), asked | more).all()


def _term(word: str, *, begun: bool) -> str:
    """In quotes: then nothing is a command, and no word holds a quote or a backslash."""
    return f"'{_HERE}{word}'{':*' if begun else ''}"


@cache
def _query(decided: bool) -> Select[Any]:
    """Built once: building a statement takes longer than running it."""
    none: ColumnElement[int] = literal_column("0")
    newest = select(workspaces.c.last_number // SHELF).where(workspaces.c.team == bindparam("team"))
    numbered = func.generate_series(newest.scalar_subquery(), 0, -1)
    shelf = numbered.table_valued(column("place", Integer)).render_derived(name="shelf")
    mark = bindparam("hall", type_=String) + cast(shelf.c.place, String) + ":"
    asked = cast(func.replace(bindparam("pattern", type_=String), _HERE, mark), TSQUERY)
    fitting = select(_found.c.team, _found.c.number).where(_found.c.words.op("@@")(asked))
    on_it = fitting.correlate(shelf).offset(none).subquery("on_it")
    ours = select(on_it.c.number).where(on_it.c.team == bindparam("team"))
    hit = ours.order_by(on_it.c.number.desc()).offset(none).lateral("hit")
    same = and_(_found.c.team == conflicts.c.team, _found.c.number == conflicts.c.number)
    conditions = [
        conflicts.c.team == bindparam("team"),
        conflicts.c.number == hit.c.number,
        visible_to(bindparam("person"), bindparam("here")),
        *((conflicts.c.state == DECIDED,) if decided else ()),
    ]
    shown = ("id", "number", "state", "holds_until", "subject_words", "account")
    words = func.tsvector_to_array(_found.c.words).label("words")
    one = select(*(conflicts.c[name] for name in shown), words).join_from(conflicts, _found, same)
    seen = one.where(*conditions).offset(none).lateral("seen")
    return select(seen).select_from(shelf).join(hit, true()).join(seen, true()).limit(NEWEST)


def words_of(row: Row[Any]) -> Iterable[str]:
    """The words of a conflict that was found, without the mark of its shelf."""
    return (word.partition(":")[2] for word in row.words)
