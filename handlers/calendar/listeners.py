"""Looking at one's calendar, and making, replacing and removing its private link."""

from __future__ import annotations

from datetime import datetime
from secrets import token_urlsafe
from typing import Any, TypedDict

from council.calendar_series import on_request, takes_part
from council.permissions import share_calendar, shares_calendar
from council.workspace import Workspace
from handlers.answers import Answer, Private
from handlers.calendar.feed import PATH
from handlers.calendar.message import (
    COUNCIL,
    MINE,
    NONE_TO_REMOVE,
    OFF,
    ON_ITS_WAY,
    REMOVED,
    Having,
    link_made,
    overview,
    shown_once,
)
from handlers.conflicts.not_set_up import not_set_up, set_up
from handlers.turn import Turn
from storage import feeds
from storage.feeds import Feed, digest
from storage.store import Unit


class Made(TypedDict):
    """What is kept of a press: never the secret."""

    hash: str
    replaced: bool


async def on_calendar(turn: Turn, words: str = "") -> Answer:
    """Which calendars there are, and their buttons."""
    return await _shown(turn, await set_up(turn))


async def _shown(turn: Turn, workspace: Workspace, only: str | None = None) -> Private:
    def look(connection: Any) -> dict[str, Feed | None]:
        return {each: feeds.feed_of(connection, turn.team, _key(each, turn)) for each in (MINE, COUNCIL)}

    known = await turn.desk.store.read(look)
    shares = shares_calendar(turn.person_id, workspace)
    wanted = [each for each in (MINE, COUNCIL) if each == MINE or shares]
    having = [
        Having(whose=each, names=_names(each, turn, workspace), since=_since(known[each]))
        for each in wanted
        if only in (None, each)
    ]
    return overview(having, links=turn.desk.address is not None, zone=workspace.hours.zone)


def _since(known: Feed | None) -> datetime | None:
    return known.made_at if known else None


def _names(whose: str, turn: Turn, workspace: Workspace) -> tuple[str, ...]:
    ceremonies = workspace.configuration.ceremonies
    everything = whose == COUNCIL
    return tuple(
        each.name for each in ceremonies if everything or takes_part(turn.person_id, each, workspace)
    )


def _key(whose: str, turn: Turn) -> str:
    """Whose calendar it is, as it is kept."""
    return feeds.COUNCIL if whose == COUNCIL else turn.person_id


async def on_show_link(turn: Turn) -> Answer:
    """**Show my private link**: made now when there is none; one that is there is not replaced."""
    return await _make(turn, replacing=False)


async def on_new_link(turn: Turn) -> Answer:
    """**New link**: from now on only this one leads to the calendar."""
    return await _make(turn, replacing=True)


async def _make(turn: Turn, *, replacing: bool) -> Answer:
    if turn.desk.address is None:
        return Private(OFF)
    secret, whose = token_urlsafe(32), _key(turn.value, turn)

    def change(unit: Unit) -> Made:
        _allow(turn, unit)
        if not replacing and feeds.feed_of(unit.connection, unit.team, whose):
            return {"hash": "", "replaced": False}
        replaced = feeds.renew(unit, whose, digest(secret), turn.person_id)
        return {"hash": digest(secret), "replaced": replaced}

    made = await turn.write(change)
    if not made["hash"]:
        return await _shown(turn, await set_up(turn), only=turn.value)
    if made["hash"] != digest(secret):
        return shown_once(turn.value)
    url = turn.desk.address + PATH.format(secret=secret)
    return link_made(turn.value, url, replaced=made["replaced"])


async def on_remove_link(turn: Turn) -> Answer:
    """**Remove link**: nobody can read the calendar from outside any more."""

    def change(unit: Unit) -> bool:
        _allow(turn, unit)
        return feeds.close(unit, _key(turn.value, turn), turn.person_id)

    return Private(REMOVED if await turn.write(change) else NONE_TO_REMOVE)


async def on_download(turn: Turn) -> Answer:
    """**Download .ics**: the file comes into the direct conversation."""

    def change(unit: Unit) -> bool:
        workspace = _allow(turn, unit)
        feeds.send_file(unit, on_request(turn.person_id, _key(turn.value, turn), workspace, unit.clock()))
        return True

    await turn.write(change)
    return Private(ON_ITS_WAY)


def _allow(turn: Turn, unit: Unit) -> Workspace:
    """The council's is the chair's and the admins' to share; everybody has their own."""
    workspace = unit.known.workspace(now=unit.clock())
    if workspace is None:
        raise not_set_up(unit.connection, unit.team)
    if turn.value == COUNCIL:
        share_calendar(turn.person, workspace)
    return workspace
