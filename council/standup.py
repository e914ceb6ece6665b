"""A standup: one occurrence of a ceremony that asks each representative the same question beforehand."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import date, datetime
from enum import StrEnum

from council.notice import Notice
from council.post import Post
from council.rhythm import as_planned
from council.workspace import Workspace


class StandupState(StrEnum):
    """Where a standup stands."""

    PLANNED = "planned"
    SUMMED_UP = "summed up"
    SKIPPED = "skipped"


@dataclass(frozen=True, slots=True, kw_only=True)
class Standup:
    """One standup; `on` is the date it is known by, `starts` and `ends` are where it is now (aware UTC)."""

    id: str
    team: str
    version: int = 0
    ceremony: str
    on: date
    starts: datetime
    ends: datetime
    state: StandupState = StandupState.PLANNED

    @property
    def people(self) -> Iterator[str]:
        """Everybody who may be named in what is said about it."""
        yield from ()


@dataclass(frozen=True, slots=True, kw_only=True)
class StandupOutcome:
    """The standup after a rule, what to say, which messages to put up, and when to look again (aware UTC)."""

    standup: Standup
    notices: tuple[Notice, ...] = ()
    posts: tuple[Post, ...] = ()
    wake_at: datetime | None = None


def look_at_standup(standup: Standup, workspace: Workspace, now: datetime) -> StandupOutcome:
    """What now? It follows its occurrence while nothing has been asked; skipped, it may be held after all."""
    if standup.state not in (StandupState.PLANNED, StandupState.SKIPPED):
        return StandupOutcome(standup=standup)
    occurrence = as_planned(workspace.calendar, standup.ceremony, standup.on)
    if occurrence is None:
        return StandupOutcome(standup=replace(standup, state=StandupState.SKIPPED))
    followed = replace(standup, state=StandupState.PLANNED, starts=occurrence.starts, ends=occurrence.ends)
    if occurrence.ends <= now:
        return StandupOutcome(standup=replace(followed, state=StandupState.SUMMED_UP))
    return StandupOutcome(standup=followed, wake_at=occurrence.ends)
