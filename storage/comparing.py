"""What a new report may be the same as, narrowed down by the database before anything is read whole."""

from __future__ import annotations

from collections.abc import Iterable
from functools import cache, lru_cache
from typing import Any

from sqlalchemy import (
    BindParameter,
    ColumnElement,
    Connection,
    Row,
    Select,
    and_,
    bindparam,
    case,
    false,
    or_,
    select,
    union_all,
)

from council.conflict import Conflict, Facts, State
from council.words import content_words, fold
from storage.codec import load_conflict
from storage.conflicts import OPEN, these, visible_to
from storage.tables import conflicts, in_state

NEWEST = 200
MOST_WORDS = 40
MOST_QUESTIONING = 10


def comparable(
    connection: Connection, team: str, person: str, facts: Facts, here: str = ""
) -> tuple[Conflict, ...]:
    """Of the newest open ones, and of the decided ones of its type, those with its account or its words.

    A little more than what is the same in the end: two common words, or the type and account. Only what
    this person may see, `here` being the private channel they report in.
    """
    words = sorted(content_words(facts.subject))[:MOST_WORDS]
    seeing = {"team": team, "person": person, "here": here}
    asked = {**seeing, "type": facts.type, "account": fold(facts.account).strip()}
    said = {f"word_{place}": f"% {_escaped(word)} %" for place, word in enumerate(words)}
    return tuple(load_conflict(row.body) for row in connection.execute(_query(len(words)), asked | said))


def questioning(
    connection: Connection, team: str, person: str, decided: Iterable[Facts], here: str = ""
) -> tuple[Conflict, ...]:
    """The newest few open ones of a decision's type with its account or two of its words."""
    asked = {"team": team, "person": person, "here": here}
    about = [(each.type, fold(each.account).strip(), content_words(each.subject)) for each in decided]
    rows = connection.execute(_waiting(), asked)
    alike = [row.id for row in rows if any(_questions(row, *each) for each in about)]
    return these(connection, team, alike[:MOST_QUESTIONING])


def _questions(row: Row[Any], type: str, account: str, words: frozenset[str]) -> bool:
    same_account = bool(account) and row.account == account
    return row.type == type and (same_account or len(words.intersection(row.subject_words.split())) >= 2)


def _escaped(word: str) -> str:
    return word.replace("_", "/_")


@lru_cache(maxsize=MOST_WORDS + 1)
def _query(words: int) -> Select[Any]:
    """Built once for each number of words: building it takes longer than running it."""
    newest = union_all(select(_newest_open().subquery()), select(_newest_decided().subquery())).subquery()
    same_account = and_(
        newest.c.type == _bound("type"), newest.c.account == _bound("account"), newest.c.account != ""
    )
    alike = or_(same_account, _two_of(newest.c.subject_words, words))
    return select(conflicts.c.body).join(newest, newest.c.id == conflicts.c.id).where(alike)


@cache
def _waiting() -> Select[Any]:
    return _newest_open()


def _two_of(said: ColumnElement[str], words: int) -> ColumnElement[bool]:
    found = [case((said.like(_bound(f"word_{n}"), escape="/"), 1), else_=0) for n in range(words)]
    return sum(found[1:], start=found[0]) >= 2 if words > 1 else false()


def _newest_open() -> Select[Any]:
    """What is open has not ended: that is what its index says."""
    waiting = (_visible(), conflicts.c.ended_at.is_(None), in_state(conflicts, *OPEN))
    return _compared().where(*waiting).order_by(conflicts.c.reported_at.desc()).limit(NEWEST)


def _newest_decided() -> Select[Any]:
    decided = (conflicts.c.type == _bound("type"), conflicts.c.state == State.DECIDED.value)
    return _compared().where(_visible(), *decided).order_by(conflicts.c.ended_at.desc()).limit(NEWEST)


def _compared() -> Select[Any]:
    compared = (conflicts.c.id, conflicts.c.type, conflicts.c.account, conflicts.c.subject_words)
    return select(*compared).where(conflicts.c.team == _bound("team"))


def _visible() -> ColumnElement[bool]:
    return visible_to(_bound("person"), _bound("here"))


def _bound(name: str) -> BindParameter[str]:
    return bindparam(name, type_=conflicts.c.id.type)
