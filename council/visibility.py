"""Who may see a conflict, and where its card may stand. Unknown membership = not a member."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from types import MappingProxyType
from typing import Literal

from council.conflict import Conflict
from council.errors import Unknown
from council.people import Channel, Members
from council.sentence import say

NOBODY: Members = MappingProxyType({})


def may_see(person: str, conflict: Conflict, members: Members = NOBODY) -> bool:
    """True for everybody; when confidential for who takes part, and who is in its card's private channel."""
    if not conflict.facts.confidential or person in conflict.insiders:
        return True
    return conflict.home is not None and person in members.get(conflict.home, ())


def seen(person: str, conflict: Conflict | None, members: Members = NOBODY) -> Conflict:
    """The conflict, when this person may see it; raises the same `Unknown` for hidden and for missing."""
    if conflict is None or not may_see(person, conflict, members):
        raise Unknown(say("There is no such conflict here that you can see."))
    return conflict


@dataclass(frozen=True, slots=True, kw_only=True)
class Place:
    """Where the card goes: a channel, or nowhere (direct messages only)."""

    channel: str | None
    join: bool = False
    """The bot joins this public channel first."""
    why: Literal["reported here", "home", "council", "confidential", "nowhere"]


def starts_confidential(reported_in: Channel | None) -> bool:
    """A report from a private channel, a direct or a group message starts confidential."""
    return reported_in is not None and reported_in.kind != "public"


def _usable(channel: Channel | None) -> bool:
    return channel is not None and not channel.archived and not channel.shared and channel.kind != "im"


def card_place(
    reported_in: Channel | None,
    homes: tuple[str | None, str | None],
    channels: Mapping[str, Channel],
    *,
    confidential: bool,
) -> Place:
    """Channel of the report, else the type's home, else the council's; never one shared with others.

    `homes` are the type's home channel and the council's; a confidential card stands only in a
    private channel the bot is in.
    """
    if confidential:
        private = reported_in is not None and reported_in.kind == "private" and reported_in.bot_in
        if private and _usable(reported_in) and reported_in is not None:
            return Place(channel=reported_in.id, why="reported here")
        return Place(channel=None, why="confidential")
    if reported_in is not None and reported_in.kind == "public" and _usable(reported_in):
        return Place(channel=reported_in.id, join=not reported_in.bot_in, why="reported here")
    whys: tuple[Literal["home", "council"], ...] = ("home", "council")
    for home, why in zip(homes, whys, strict=True):
        channel = channels.get(home) if home else None
        if channel is not None and _usable(channel) and (channel.kind == "public" or channel.bot_in):
            return Place(channel=channel.id, join=channel.kind == "public" and not channel.bot_in, why=why)
    return Place(channel=None, why="nowhere")
