"""What the words of a company's file are in Slack: people who can hold a seat, channels to post into."""

from __future__ import annotations

from dataclasses import dataclass, field

from bot.directory import Directory
from council.people import Channel, Person
from council.workspace import Configuration
from storage.company.building import build
from storage.company.mistake import Mistake
from storage.company.reading import CompanyFile
from storage.company.rows import CompanyRow
from storage.company.writing import Names

BARRED = {
    "guest": "is a guest in Slack, and guests can't hold a seat",
    "bot": "is an app, not a person",
    "deactivated": "was deactivated in Slack",
    "foreign": "belongs to another organisation",
}


@dataclass(slots=True)
class Found:
    """What the words of a file turned out to be."""

    people: dict[str, Person] = field(default_factory=dict)
    channels: dict[str, Channel] = field(default_factory=dict)
    mistakes: list[Mistake] = field(default_factory=list)

    def configuration(self, rows: CompanyRow) -> Configuration:
        """The company with ids; a word that was not found stands for itself."""
        people = {word: person.id for word, person in self.people.items()}
        channels = {word: channel.id for word, channel in self.channels.items()}
        return build(rows, people=people, channels=channels)

    @property
    def names(self) -> Names:
        """What they are called."""
        people = {person.id: person.name for person in self.people.values()}
        return Names(people, {channel.id: channel.name for channel in self.channels.values()})


async def look_up(directory: Directory, file: CompanyFile, team: str) -> Found:
    """Everybody and every channel of the file, each asked for once; who can't hold a seat is a mistake."""
    found = Found()
    people, channels = list(file.people()), list(file.channels())
    for word in dict.fromkeys(word for _, word in people):
        if person := await directory.person(word, team):
            found.people[word] = person
    found.channels = await directory.channels(dict.fromkeys(word for _, word in channels))
    for path, word in people:
        if reason := person_fault(word, found.people.get(word)):
            found.mistakes.append(file.mistake(path, reason))
    for path, word in channels:
        if reason := channel_fault(word, found.channels.get(word)):
            found.mistakes.append(file.mistake(path, reason))
    return found


def person_fault(word: str, person: Person | None) -> str | None:
    """Why the person can't hold a seat, if so."""
    if person is None:
        if "@" in word:
            hidden = "whoever shows none there is named by their user id"
            return f"nobody in Slack has the address {word}, or they were deactivated; {hidden}"
        return f"nobody in Slack has the id {word}"
    named = word if person.name in ("", word) else f"{word} ({person.name})"
    return f"{named} {BARRED[person.barred]}" if person.barred else None


def channel_fault(word: str, channel: Channel | None) -> str | None:
    """Why nothing can be posted into the channel, if so."""
    if channel is None:
        return f"I see no channel {word}; if it is private, type there: /invite @Tiebreak"
    if channel.archived:
        return f"the channel {word} is archived"
    if channel.shared:
        return f"the channel {word} is shared with another organisation"
    return f"{word} is no channel" if channel.kind in ("im", "mpim") else None
