"""Finding conflicts by their words: kept in the same transaction as the conflict, asked newest first.

What stands here is the same on both engines; `search_sqlite` and `search_postgres` keep and look up the
words, each with its engine's own index. Both are made by hand in a migration, because no table of
SQLAlchemy's describes them.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import date
from itertools import combinations
from typing import Any, Protocol

from sqlalchemy import Connection, Row, select

from council.conflict import Conflict, State
from council.finding import Asked, Hit, asked, ranked, said_in
from council.words import content_words
from storage import conflicts, search_postgres, search_sqlite, tables
from storage.codec import load_conflict

ENOUGH = 20
"""When fewer have all of the words, those that have some of them are found too."""
MOST_PAIRED = 6
MOST_DIGITS = 10
OFFERED = (State.OPEN, State.ACKNOWLEDGED, State.DECIDED)

Ways = tuple[tuple[str, ...], ...]
"""What must be there together, in one way or another."""


class Engine(Protocol):
    """What an index must offer. Words are folded, without stop words, and hold no sign of any syntax."""

    def keep(
        self, connection: Connection, team: str, number: int, words: Sequence[str], *, new: bool
    ) -> bool: ...

    def look(
        self, connection: Connection, asked: dict[str, Any], ways: Ways, beginning: str, *, decided: bool
    ) -> Sequence[Row[Any]]: ...

    def words_of(self, row: Row[Any]) -> Iterable[str]: ...


def keep(connection: Connection, conflict: Conflict) -> None:
    """Keep the words a saved conflict is found by; of a known one only when they have changed."""
    words, new = sorted(said_in(conflict)), conflict.version == 1
    _engine(connection).keep(connection, conflict.team, conflict.number, words, new=new)


def keep_all(connection: Connection) -> None:
    """Keep the words of every conflict, for a database that has conflicts but no words yet."""
    table = tables.conflicts
    rows = connection.execute(select(table.c.body).order_by(table.c.team, table.c.number))
    for row in rows:
        conflict = load_conflict(row.body)
        words = sorted(said_in(conflict))
        _engine(connection).keep(connection, conflict.team, conflict.number, words, new=True)


def search(
    connection: Connection,
    team: str,
    person: str,
    question: Asked,
    *,
    today: date,
    here: str = "",
    decided: bool = False,
) -> tuple[Hit, ...]:
    """What this person may see of it, the best first: of all that has the words the newest few hundred.

    `here` is the private channel they ask in: as one of its members they see what stands in it.
    """
    if not question.words:
        return ()
    engine, who = _engine(connection), {"team": team, "person": person, "here": here}
    rows = engine.look(connection, who, (question.words,), question.beginning, decided=decided)
    if len(rows) < ENOUGH and len(question.words) > 1:
        ways = _some(question.words)
        rows = (*rows, *engine.look(connection, who, ways, question.beginning, decided=decided))
    hits = {row.id: _hit(row, engine.words_of(row)) for row in rows}
    return ranked(hits.values(), question, today)


def offered(
    connection: Connection, team: str, person: str, typed: str, *, today: date, most: int
) -> tuple[Conflict, ...]:
    """Open and decided ones by number, or by words and the best first, as far as this person may see them."""
    number, question = typed.strip().removeprefix("#"), asked(typed)
    if number.isdecimal() and len(number) < MOST_DIGITS:
        return conflicts.newest(connection, team, person, most, int(number))
    if not question.words:
        return conflicts.newest(connection, team, person, most)
    hits = search(connection, team, person, question, today=today)
    ids = [hit.id for hit in hits if hit.state in OFFERED]
    return conflicts.these(connection, team, ids[:most])


def _some(words: tuple[str, ...]) -> Ways:
    """Any two of three or more words, or one of two; the last is kept, because it may be a beginning."""
    few = words if len(words) <= MOST_PAIRED else (*words[: MOST_PAIRED - 1], words[-1])
    return tuple(combinations(few, 2 if len(few) > 2 else 1))


def _hit(row: Row[Any], words: Iterable[str]) -> Hit:
    return Hit(
        id=row.id,
        number=row.number,
        state=State(row.state),
        holds_until=row.holds_until,
        subject=frozenset(row.subject_words.split()) | content_words(row.account),
        said=frozenset(words),
    )


def _engine(connection: Connection) -> Engine:
    return search_sqlite if connection.dialect.name == "sqlite" else search_postgres
