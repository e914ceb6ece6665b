"""Looking people and channels up at first sight; afterwards rows and events say what they are."""

from __future__ import annotations

import asyncio
from collections.abc import Coroutine, Mapping
from dataclasses import replace
from datetime import UTC, datetime
from typing import Any, Literal, TypeVar

import aiohttp
from slack_sdk.errors import SlackApiError
from slack_sdk.web.async_client import AsyncWebClient

from council.away_status import says_away
from council.people import Channel, Person
from handlers.desk import Desk
from handlers.judging import error_of
from handlers.kit import clip
from storage.people import FRESH, find_channels, find_people, save_person
from storage.uncovering import keep_channel

T = TypeVar("T")
PATIENCE = 0.8
"""Seconds a look-up may hold up somebody who waits for a form."""
STRANGERS = frozenset({"user_not_found", "user_not_visible"})
"""What Slack says of people of other organisations whom the bot shares no channel with."""
MOST_PAGES = 5
MOST_STATUS = 120

Kind = Literal["public", "private", "im", "mpim"]


def person_of(user: Mapping[str, Any], team: str) -> Person:
    """A person as `users.info` describes them; the person's own team decides foreignness."""
    profile = user.get("profile") or {}
    shown = (
        profile.get("display_name") or profile.get("real_name") or user.get("real_name") or user.get("name")
    )
    text, emoji = str(profile.get("status_text") or ""), str(profile.get("status_emoji") or "")
    away, ends = says_away(text, emoji), int(profile.get("status_expiration") or 0)
    return Person(
        id=user["id"],
        name=shown or "",
        zone=user.get("tz") or "UTC",
        email=profile.get("email"),
        guest=bool(user.get("is_restricted") or user.get("is_ultra_restricted")),
        bot=bool(user.get("is_bot")),
        deactivated=bool(user.get("deleted")),
        foreign=bool(user.get("is_stranger")) or user.get("team_id", team) != team,
        admin=bool(user.get("is_admin") or user.get("is_owner")),
        status=clip(f"{emoji} {text}".strip(), MOST_STATUS) if away else "",
        status_until=datetime.fromtimestamp(ends, UTC) if away and ends else None,
    )


def channel_of(found: Mapping[str, Any]) -> Channel:
    """A channel as `conversations.info` describes it."""
    kinds: tuple[tuple[str, Kind], ...] = (("is_im", "im"), ("is_mpim", "mpim"), ("is_private", "private"))
    return Channel(
        id=found["id"],
        name=found.get("name") or "",
        kind=next((kind for flag, kind in kinds if found.get(flag)), "public"),
        archived=bool(found.get("is_archived")),
        shared=bool(found.get("is_ext_shared") or found.get("is_pending_ext_shared")),
        bot_in=bool(found.get("is_member")),
    )


def kind_of(channel: str, name: str) -> Kind | None:
    """What a payload says of the place it comes from: Slack names only public channels there."""
    if channel.startswith("D") or name == "directmessage":
        return "im"
    if name.startswith("mpdm-"):
        return "mpim"
    if name:
        return "private" if name == "privategroup" else "public"
    return None


def remembered(desk: Desk, team: str, person: str) -> Person | None:
    """The person as last read, if that counts still; for a change, whose write asks again."""
    known = desk.store.remembers(team, person)
    return known if known and _is_fresh(known, desk.clock()) else None


def _is_fresh(known: Person | Channel, now: datetime) -> bool:
    return known.fetched_at is not None and now - known.fetched_at < FRESH


async def meet(desk: Desk, client: AsyncWebClient, team: str, person: str) -> Person | None:
    """The person as known, looked up when unknown or old; None when Slack does not say in time."""
    known = await desk.store.read(lambda connection: find_people(connection, team, [person]))
    return await _person(desk, client, team, person, known.get(person))


async def enter(desk: Desk, client: AsyncWebClient, team: str, channel: str, name: str = "") -> Channel:
    """The channel as known, looked up when unknown or old; what stays unknown counts as private.

    `name` is what the payload calls it; what was public may be private by now.
    """
    known = await desk.store.read(lambda connection: find_channels(connection, team, [channel]))
    return await _channel(desk, client, team, channel, name, known.get(channel))


async def app_name(desk: Desk, client: AsyncWebClient, bot: str) -> str:
    """What Slack calls an app, by its bot id; empty when it does not say in time."""

    async def look() -> str:
        try:
            answer = await client.bots_info(bot=bot)
        except (TimeoutError, aiohttp.ClientError, SlackApiError):
            return ""
        return str((answer.get("bot") or {}).get("name") or "")

    return await _patiently(desk, look(), "")


async def arrive(
    desk: Desk, client: AsyncWebClient, team: str, person: str, channel: str, name: str
) -> tuple[Person | None, Channel]:
    """Somebody, somewhere: one read, and at first sight two look-ups side by side."""
    people, channels = await desk.store.read(
        lambda connection: (
            find_people(connection, team, [person]),
            find_channels(connection, team, [channel]),
        )
    )
    return await asyncio.gather(
        _person(desk, client, team, person, people.get(person)),
        _channel(desk, client, team, channel, name, channels.get(channel)),
    )


async def _person(
    desk: Desk, client: AsyncWebClient, team: str, person: str, known: Person | None
) -> Person | None:
    now = desk.clock()
    if known and _is_fresh(known, now):
        return known

    async def look() -> Person | None:
        found = await _described(client, team, person, known)
        if found is None:
            return known
        seen = replace(found, fetched_at=now)
        await desk.store.write(lambda unit: save_person(unit.connection, team, seen), team=team)
        return seen

    return await _patiently(desk, look(), known)


async def _described(client: AsyncWebClient, team: str, person: str, known: Person | None) -> Person | None:
    """The person as Slack describes them now, None when it does not."""
    try:
        answer = await client.users_info(user=person)
    except SlackApiError as problem:
        stranger = known is None and error_of(problem) in STRANGERS
        return Person(id=person, name="", foreign=True) if stranger else None
    except (TimeoutError, aiohttp.ClientError):
        return None
    return person_of(answer["user"], team)


async def _patiently(desk: Desk, work: Coroutine[Any, Any, T], otherwise: T) -> T:
    """What is found in time; what comes later is kept for the next time."""
    task = asyncio.create_task(work)
    desk.looking.add(task)
    task.add_done_callback(desk.looking.discard)
    done, _ = await asyncio.wait({task}, timeout=PATIENCE)
    return task.result() if done else otherwise


async def _channel(
    desk: Desk, client: AsyncWebClient, team: str, channel: str, name: str, known: Channel | None
) -> Channel:
    kind, now = kind_of(channel, name), desk.clock()
    if kind in ("im", "mpim"):
        return Channel(id=channel, kind=kind, bot_in=False)
    if known and kind not in (None, known.kind):
        known = None
    if known and _is_fresh(known, now):
        return known
    otherwise = known or Channel(id=channel, kind="private", bot_in=False)

    async def look() -> Channel:
        try:
            found = await (_private if kind == "private" else _public)(client, channel)
        except (TimeoutError, aiohttp.ClientError, SlackApiError):
            return otherwise
        seen = replace(found, fetched_at=now)
        await desk.store.write(lambda unit: keep_channel(unit, seen), team=team)
        return seen

    return await _patiently(desk, look(), otherwise)


async def _public(client: AsyncWebClient, channel: str) -> Channel:
    try:
        answer = await client.conversations_info(channel=channel)
    except SlackApiError as problem:
        if error_of(problem) == "channel_not_found":
            return Channel(id=channel, kind="private", bot_in=False)
        raise
    return channel_of(answer["channel"])


async def _private(client: AsyncWebClient, channel: str) -> Channel:
    """Among those the bot is in: asking for one it is not in would be refused."""
    cursor = ""
    for _ in range(MOST_PAGES):
        answer = await client.users_conversations(types="private_channel", limit=200, cursor=cursor or None)
        for found in answer.get("channels") or []:
            if found["id"] == channel:
                return replace(channel_of(found), kind="private", bot_in=True)
        cursor = (answer.get("response_metadata") or {}).get("next_cursor") or ""
        if not cursor:
            break
    return Channel(id=channel, kind="private", bot_in=False)
