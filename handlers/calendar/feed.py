"""What is in a calendar, read for whoever has its address or asks for the file."""

from __future__ import annotations

import asyncio
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from slack_sdk.web.async_client import AsyncWebClient

from council.calendar_series import Series, all_series
from handlers.calendar.ics import ics
from handlers.desk import Desk
from handlers.looking import meet
from storage import feeds, workspaces
from storage.feeds import COUNCIL, digest

NAME = "Council dates"
PATH = "/calendar/{secret}.ics"
"""Where it is served, below the address of the operator's settings."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Dates:
    """All that is written into one calendar; `url` is the workspace's address, `zone` its own."""

    series: tuple[Series, ...]
    team: str
    url: str
    zone: str

    def written(self) -> bytes:
        """As iCalendar."""
        return ics(NAME, self.series, team=self.team, url=self.url, zone=self.zone)


def dates(connection: Any, team: str, whose: str, now: datetime) -> Dates | None:
    """The council's calendar or that of a person, with holidays to the end of next year.

    None before anything is set up.
    """
    workspace = workspaces.load(connection, team, now=now)
    if workspace is None:
        return None
    until = date(workspace.today(now).year + 1, 12, 31)
    person = None if whose == COUNCIL else whose
    series = all_series(workspace, feeds.standings(connection, workspace), until, person=person)
    return Dates(series=series, team=team, url=workspace.url, zone=workspace.hours.zone)


async def feed(desk: Desk, client: AsyncWebClient, secret: str) -> bytes | None:
    """The calendar behind a secret; None when there is none, or its person may not take part any more."""
    known = await desk.store.read(lambda connection: feeds.find(connection, digest(secret)))
    if known is None:
        return None
    if known.whose != COUNCIL:
        person = await meet(desk, client, known.team, known.whose)
        if person is None or person.barred:
            return None
    now = desk.clock()
    found = await desk.store.read(lambda connection: dates(connection, known.team, known.whose, now))
    # the first one loads the library: nobody who presses a button has to wait for that
    return await asyncio.to_thread(found.written) if found else None
