"""What the bot could not do, or did not do for long, as its database knows it."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import datetime, timedelta

from sqlalchemy import Connection

from bot.finding import Finding, utc
from storage import conflicts, lanes, wakes
from storage.people import find_channels, find_people

LATE = timedelta(minutes=15)
"""What has been due for so long is not looked at by anybody."""


def standstill(connection: Connection, team: str, now: datetime) -> Iterator[Finding]:
    """Lanes that take nothing, subjects that could not be looked at, and a bot that does not run."""
    stuck = [lane for lane in lanes.stuck(connection, now) if lane.team == team]
    named = _names(connection, team, [lane.lane for lane in stuck])
    for lane in stuck:
        place = named.get(lane.lane, lane.lane)
        since = f"nothing was taken since {utc(lane.failing_since)} ({lane.error})"
        yield Finding(f"messages to {place}", f"{since}; mend that, nothing is lost and I try every minute")
    for subject in wakes.parked_subjects(connection, team):
        number = conflicts.number_of(connection, subject)
        what = f"looking after {f'#{number}' if number else subject}"
        yield Finding(what, "it went wrong five times; look into the log, then do something with it in Slack")
    due = [at for at in (wakes.earliest(connection), lanes.earliest(connection)) if at]
    if due and now - min(due) > LATE:
        yield Finding("what is due", f"it waits since {utc(min(due))}; type: tiebreak run", can_wait=True)


def _names(connection: Connection, team: str, ids: Iterable[str]) -> dict[str, str]:
    channels, people = find_channels(connection, team, ids), find_people(connection, team, ids)
    return {
        **{channel.id: f"#{channel.name}" for channel in channels.values() if channel.name},
        **{person.id: person.name for person in people.values()},
    }
