"""One workspace: its people, its conversations, and who can see what."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from sandbox.channels import Channel, Kind
from sandbox.people import Person
from sandbox.refusal import NotPossible

if TYPE_CHECKING:
    from sandbox.clock import Clock
    from sandbox.identity import Identity
    from sandbox.messages import Message
    from sandbox.refusal import Json


@dataclass(slots=True)
class Workspace:
    """The state people share. `organisations` names the teams that strangers come from."""

    clock: Clock
    ids: Identity
    team: str
    name: str
    domain: str
    paid: bool = False
    people: dict[str, Person] = field(default_factory=dict)
    channels: dict[str, Channel] = field(default_factory=dict)
    organisations: dict[str, str] = field(default_factory=dict)
    user_groups: dict[str, Json] = field(default_factory=dict)

    def add_person(self, person: Person) -> Person:
        """Take in somebody made elsewhere; the id may be chosen to be readable in tests."""
        person.updated = int(self.clock.now().timestamp())
        self.people[person.id] = person
        return person

    def add_channel(self, name: str, kind: Kind, members: list[str], creator: str, id_: str = "") -> Channel:
        """Make a conversation; ids follow Slack's first letters."""
        prefix = {"public": "C", "private": "C", "im": "D", "mpim": "G"}[kind]
        created = int(self.clock.now().timestamp())
        ident = id_ or self.ids.make(prefix)
        channel = Channel(ident, self.team, kind, name, creator, created, list(dict.fromkeys(members)))
        self.channels[ident] = channel
        return channel

    def person(self, words: str) -> Person:
        """Somebody by id, handle or name, as a person would say it."""
        if words in self.people:
            return self.people[words]
        called = [person for person in self.people.values() if person.is_called(words)]
        first = [p for p in self.people.values() if p.first_name.casefold() == words.casefold()]
        found = called or first
        if not found:
            raise NotPossible(f"nobody is called {words!r}; there are {self._names()}")
        return found[0]

    def channel(self, words: str) -> Channel:
        """A channel by id or name, with or without `#`."""
        if words in self.channels:
            return self.channels[words]
        wanted = words.removeprefix("#").casefold()
        for channel in self.channels.values():
            if channel.kind in {"public", "private"} and channel.name.casefold() == wanted:
                return channel
        raise NotPossible(f"there is no channel {words!r}; there are {sorted(self._channel_names())}")

    def direct(self, *people: str) -> Channel:
        """The direct or group message of exactly these people, made when it does not exist yet."""
        kind: Kind = "im" if len(set(people)) <= 2 else "mpim"
        for channel in self.channels.values():
            if channel.kind == kind and set(channel.members) == set(people):
                return channel
        names = "--".join(self.people[person].name for person in people)
        return self.add_channel("" if kind == "im" else f"mpdm-{names}-1", kind, list(people), people[0])

    def existing_direct(self, people: set[str]) -> Channel | None:
        """The conversation of exactly these people if there is one."""
        found = (c for c in self.channels.values() if c.kind in {"im", "mpim"} and set(c.members) == people)
        return next(found, None)

    def visible_to(self, person: str) -> list[Channel]:
        """What stands in somebody's list: everything they are in, and public channels of their own team."""
        somebody = self.people[person]
        open_to_all = somebody.team == self.team and not somebody.guest
        return [
            channel
            for channel in self.channels.values()
            if person in channel.members or (channel.kind == "public" and open_to_all)
        ]

    def message(self, channel: str, ts: str) -> Message | None:
        found = self.channels.get(channel)
        return found.messages.get(ts) if found else None

    def is_foreign(self, person: str) -> bool:
        return self.people[person].team != self.team

    def share_a_channel(self, one: str, other: str) -> bool:
        """Whether two people can meet anywhere."""
        return any({one, other} <= set(channel.members) for channel in self.channels.values())

    def _names(self) -> list[str]:
        return sorted(person.name for person in self.people.values())

    def _channel_names(self) -> list[str]:
        return [channel.name for channel in self.channels.values() if channel.name]
