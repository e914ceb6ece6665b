"""`/calendar/….ics`: a calendar for whoever has its secret address."""

from __future__ import annotations

import hashlib
from typing import TYPE_CHECKING

from slack_sdk.web.async_client import AsyncWebClient

from handlers.calendar.feed import feed
from handlers.desk import Desk
from storage.errors import Unavailable

if TYPE_CHECKING:
    from aiohttp import web

    from bot.pages import Page

HEADERS = {
    # kept by the reader's own program only, which asks each time whether it is still there
    "Cache-Control": "private, no-cache",
    "Referrer-Policy": "no-referrer",
    "X-Content-Type-Options": "nosniff",
}


def calendar_page(desk: Desk, client: AsyncWebClient) -> Page:
    """200 with the calendar, 304 when the asker has it, 404 when there is none any more."""
    from aiohttp import web

    async def calendar(request: web.Request) -> web.Response:
        try:
            body = await feed(desk, client, request.match_info["secret"])
        except Unavailable:
            return web.Response(status=503, headers={**HEADERS, "Retry-After": "60"})
        if body is None:
            return web.Response(status=404, text="There is no such calendar.", headers=HEADERS)
        tag = hashlib.sha256(body).hexdigest()[:32]
        headers = {**HEADERS, "ETag": f'"{tag}"'}
        if any(known.value in (tag, "*") for known in request.if_none_match or ()):
            return web.Response(status=304, headers=headers)
        named = {"Content-Disposition": 'inline; filename="council.ics"'}
        return web.Response(
            body=body, content_type="text/calendar", charset="utf-8", headers={**headers, **named}
        )

    return calendar
