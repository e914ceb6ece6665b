"""Three guard rails of the council: said to the chair, kindly, each once a quarter at most.

Too many seats make meetings long, what is carried over again and again has no owner, and a council that
decides nothing may meet less often. Looked at on the first working morning of every month.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import date, datetime, time, timedelta

from council.hours import Hours, instant_of
from council.notice import Notice, NoticeKind, tell
from council.workspace import Workspace

MOST_SEATS = 6
MOST_CARRIED = 3
_MONTHS = 3


@dataclass(frozen=True, slots=True, kw_only=True)
class Course:
    """How the council has been doing: what was carried over how often, and what last quarter decided.

    `decided` is None when there was no council yet when the last quarter began.
    """

    carried: tuple[tuple[str, int], ...] = ()
    decided: int | None = None


@dataclass(frozen=True, slots=True)
class Rail:
    """One of the three, to be said; `key` tells it from the others and from those of other quarters."""

    key: str
    notice: Notice


def rails(workspace: Workspace, course: Course, now: datetime) -> tuple[Rail, ...]:
    """What to say to whoever chairs and is here; nothing while nobody chairs a council."""
    chair = next((person for person in workspace.chairing if workspace.present(person, now)), None)
    if chair is None or not workspace.configuration.council.seats:
        return ()
    quarter = "{}-{}".format(*quarter_of(workspace.today(now)))
    said = tell(NoticeKind.GUARD_RAIL, chair, workspace, now)
    return tuple(
        Rail(f"{facts['about']}:{quarter}", replace(said, facts=facts)) for facts in _found(workspace, course)
    )


def _found(workspace: Workspace, course: Course) -> Iterator[dict[str, str | int]]:
    seats = len(workspace.configuration.council.seats)
    if seats > MOST_SEATS:
        yield {"about": "seats", "count": seats}
    again = sorted((each for each in course.carried if each[1] >= MOST_CARRIED), key=lambda each: -each[1])
    if again:
        text, count = again[0]
        yield {"about": "carried", "text": text, "count": count, "others": len(again) - 1}
    if course.decided == 0:
        yield {"about": "decisions"}


def next_look(hours: Hours, now: datetime) -> datetime:
    """The opening of the first working day of the next month."""
    today = hours.day_of(now)
    following = (today.replace(day=1) + timedelta(days=32)).replace(day=1)
    return hours.opening_of(hours.working_day_from(following))


def quarter_of(day: date) -> tuple[int, int]:
    """Year and quarter, from 1."""
    return day.year, (day.month - 1) // _MONTHS + 1


def last_quarter(hours: Hours, now: datetime) -> tuple[datetime, datetime]:
    """From when to when the quarter before this one lasted (aware UTC, by the workspace's calendar)."""
    year, quarter = quarter_of(hours.day_of(now))
    ends = date(year, (quarter - 1) * _MONTHS + 1, 1)
    begins = date(year if quarter > 1 else year - 1, (quarter - 2) % 4 * _MONTHS + 1, 1)
    return instant_of(begins, time(), hours.zone), instant_of(ends, time(), hours.zone)
