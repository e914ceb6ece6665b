"""Looking people and channels up at first sight; afterwards rows and events say what they are."""

from __future__ import annotations

import asyncio
from collections.abc import Mapping
from dataclasses import replace
from datetime import timedelta
from typing import Any

import aiohttp
from slack_sdk.errors import SlackApiError
from slack_sdk.web.async_client import AsyncWebClient

from council.people import Channel, Person
from handlers.desk import Desk
from storage.people import find_channels, find_people, save_channel, save_person

FRESH = timedelta(hours=24)
PATIENCE = 0.8
"""Seconds a look-up may hold up somebody who waits for a form."""
GONE = ("user_not_found", "users_not_found", "user_not_visible")


def person_of(user: Mapping[str, Any], team: str) -> Person:
    """A person as `users.info` describes them; the person's own team decides foreignness."""
    profile = user.get("profile") or {}
    shown = (
        profile.get("display_name") or profile.get("real_name") or user.get("real_name") or user.get("name")
    )
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
    )


def channel_of(found: Mapping[str, Any]) -> Channel:
    """A channel as `conversations.info` describes it."""
    kind = "im" if found.get("is_im") else "mpim" if found.get("is_mpim") else "public"
    private = kind == "public" and (found.get("is_private") or found.get("is_group"))
    return Channel(
        id=found["id"],
        name=found.get("name") or "",
        kind="private" if private else "im" if kind == "im" else "mpim" if kind == "mpim" else "public",
        archived=bool(found.get("is_archived")),
        shared=bool(found.get("is_ext_shared") or found.get("is_pending_ext_shared")),
        bot_in=bool(found.get("is_member")),
    )


async def meet(desk: Desk, client: AsyncWebClient, team: str, person: str) -> Person | None:
    """The person as known, looked up when unknown or old; None when Slack does not say in time."""
    known = (await desk.store.read(lambda c: find_people(c, team, [person]))).get(person)
    now = desk.clock()
    if known and known.fetched_at and now - known.fetched_at < FRESH:
        return known
    try:
        async with asyncio.timeout(PATIENCE):
            answer = await client.users_info(user=person)
    except (TimeoutError, aiohttp.ClientError, SlackApiError):
        return known
    found = replace(person_of(answer["user"], team), fetched_at=now)
    await desk.store.write(lambda unit: save_person(unit.connection, team, found), team=team)
    return found


async def enter(desk: Desk, client: AsyncWebClient, team: str, channel: str, name: str = "") -> Channel:
    """The channel as known, looked up when unknown or old; what stays unknown counts as private."""
    known = (await desk.store.read(lambda c: find_channels(c, team, [channel]))).get(channel)
    now = desk.clock()
    if known and known.fetched_at and now - known.fetched_at < FRESH:
        return known
    if channel.startswith("D"):
        return Channel(id=channel, kind="im", bot_in=False)
    try:
        async with asyncio.timeout(PATIENCE):
            answer = await client.conversations_info(channel=channel)
    except SlackApiError as problem:
        if problem.response.get("error") != "channel_not_found":
            return known or Channel(id=channel, name=name, kind="private", bot_in=False)
        found = Channel(id=channel, name=name, kind="private", bot_in=False)
    except (TimeoutError, aiohttp.ClientError):
        return known or Channel(id=channel, name=name, kind="private", bot_in=False)
    else:
        found = channel_of(answer["channel"])
    seen = replace(found, fetched_at=now)
    await desk.store.write(lambda unit: save_channel(unit.connection, team, seen), team=team)
    return seen
