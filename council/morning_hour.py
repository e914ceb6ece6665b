"""When somebody's day begins for us: what waits for the morning is said to them then, on their own clock."""

from __future__ import annotations

from datetime import time

from council.errors import Invalid
from council.hours import Hours
from council.people import Person
from council.permissions import admit
from council.sentence import say

OPENING = "opening"
"""What is chosen when the day is to begin with the workspace's."""
_HALF_HOURS = tuple(time(hour, minute) for hour in range(6, 13) for minute in (0, 30))[:-1]


def offered(hours: Hours) -> tuple[time, ...]:
    """The half hours from six to noon, as far as the workspace is still open then."""
    return tuple(at for at in _HALF_HOURS if at < hours.closes)


def choose(chosen: str | None, *, by: Person | None, hours: Hours) -> time | None:
    """The hour somebody chose for themselves, as *08:30*; None for the workspace's opening."""
    admit(by)
    if chosen == OPENING:
        return None
    found = next((at for at in offered(hours) if f"{at:%H:%M}" == chosen), None)
    if found is None:
        raise Invalid({"hour": say("Choose when your day begins.")})
    return found
