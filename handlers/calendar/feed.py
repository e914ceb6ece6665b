"""A calendar as bytes, for whoever has its address or asks for the file."""

from __future__ import annotations

import asyncio

from slack_sdk.web.async_client import AsyncWebClient

from council.calendar_series import Dates
from handlers.calendar.ics import ics
from handlers.desk import Desk
from handlers.looking import meet
from storage import feeds
from storage.feeds import COUNCIL, digest

NAME, WHOLE = "Council dates", "All council dates"
PATH = "/calendar/{secret}.ics"
"""Where it is served, below the address of the operator's settings."""


def name_of(dates: Dates) -> str:
    """What the calendar is called among others."""
    return WHOLE if dates.whole else NAME


def written(dates: Dates) -> bytes:
    """A calendar's bytes."""
    return ics(name_of(dates), dates)


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
    found = await desk.store.read(lambda connection: feeds.dates(connection, known.team, known.whose, now))
    # the first one loads the library: nobody who presses a button has to wait for that
    return await asyncio.to_thread(written, found) if found else None
