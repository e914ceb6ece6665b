"""What Slack says of people and channels: rows that are known follow, everything else is left alone."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from typing import Any, Literal

from handlers.answers import Answer
from handlers.looking import person_of
from handlers.turn import Turn
from storage import absences, outbox, people, seats, standups, wakes
from storage.store import Unit
from storage.uncovering import keep_channel

CONVERTED: Mapping[str, Literal["public", "private"]] = {
    "channel_convert_to_private": "private",
    "channel_convert_to_public": "public",
}
"""Slack says it by a message of its own in that channel, by these subtypes."""


async def on_channel_changed(turn: Turn) -> Answer:
    """A channel that is known was archived, brought back or renamed."""
    event = turn.payload
    place = event.get("channel")
    id = str(place["id"] if isinstance(place, Mapping) else place)
    facts: dict[str, Any] = {}
    if isinstance(place, Mapping) and place.get("name"):
        facts["name"] = str(place["name"])
    if str(event["type"]).endswith("archive"):
        facts["archived"] = not str(event["type"]).endswith("unarchive")
    return await _channel(turn, id, facts)


async def on_sharing(turn: Turn) -> Answer:
    """A channel was shared with another organisation, or is with one less; others may be left in it."""
    event = turn.payload
    shared = event["type"] == "channel_shared" or bool(event.get("is_ext_shared"))
    return await _channel(turn, str(event["channel"]), {"shared": shared})


async def on_conversion(turn: Turn) -> Answer:
    """A channel was made private, or public: then what was hidden in it is taken down."""
    event, now = turn.payload, turn.desk.clock()
    id, kind = str(event["channel"]), CONVERTED[str(event["subtype"])]
    known = (await turn.desk.store.read(lambda c: people.find_channels(c, turn.team, [id]))).get(id)
    if known is not None and known.kind != kind:
        seen = replace(known, kind=kind, fetched_at=now)
        await turn.write(lambda unit: keep_channel(unit, seen))
    return None


async def on_membership(turn: Turn) -> Answer:
    """The bot itself was invited to a channel or left one."""
    event = turn.payload
    if event.get("user") != turn.bot:
        return None
    return await _channel(turn, str(event["channel"]), {"bot_in": event["type"] == "member_joined_channel"})


async def _channel(turn: Turn, id: str, facts: dict[str, Any]) -> Answer:
    known = await turn.desk.store.read(lambda c: people.find_channels(c, turn.team, [id]))
    if id in known and facts:
        await turn.write(lambda unit: people.change_channel(unit.connection, unit.team, id, **facts))
    return None


async def on_person_changed(turn: Turn) -> Answer:
    """Somebody who is known changed their zone, their name or status, left or is here again.

    What is open with them is looked at when they left or their status says away; what says nothing new, like
    most statuses, is not written.
    """
    user = turn.payload.get("user") or {}
    known = await turn.desk.store.read(lambda c: people.find_people(c, turn.team, [str(user.get("id"))]))
    before = known.get(str(user.get("id")))
    if before is None:
        return None
    now = turn.desk.clock()
    found = replace(person_of(user, turn.team), fetched_at=now)
    if found.deactivated:
        found = replace(found, zone=before.zone, name=found.name or before.name)

    if replace(found, fetched_at=before.fetched_at, morning=before.morning) == before:
        return None

    def change(unit: Unit) -> None:
        people.save_person(unit.connection, unit.team, found)
        if found.zone != before.zone:
            outbox.time_anew(unit.connection, unit.team, found.id, now)
        if (found.barred and not before.barred) or (found.looks_away(now) and not before.looks_away(now)):
            wakes.look_now(unit.connection, unit.team, found.id, now)
        if found.barred and not before.barred:
            seats.ask(unit, found.id)
        if (found.zone, found.barred) != (before.zone, before.barred):
            standups.look_now(unit.connection, unit.team, now)
        if before.barred and not found.barred:
            subject = f"here again:{found.id}:{turn.body.get('event_id')}"
            absences.welcome(unit, found.id, before.fetched_at or now, subject)

    await turn.write(change)
    return None
