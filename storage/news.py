"""What a write changed, for the log: said once it is durable, and not at all when it is undone."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

from sqlalchemy import Connection

_KEPT = "tiebreak news"
Fact = str | int | None
Level = Literal["info", "warning", "error"]


@dataclass(frozen=True, slots=True)
class News:
    """One thing that happened; `facts` are ids, numbers and words of ours, never texts of people."""

    event: str
    level: Level
    facts: dict[str, Fact]


def begin(connection: Connection) -> list[News]:
    """A write begins, or begins anew; the list holds what it notes from now on."""
    news: list[News] = []
    connection.info[_KEPT] = news
    return news


def note(connection: Connection, event: str, level: Level = "info", **facts: Fact) -> None:
    """To be said when the running write is durable."""
    kept: list[News] | None = connection.info.get(_KEPT)
    if kept is not None:
        kept.append(News(event, level, facts))
