"""A sentence of the council, read to somebody: names filled in, instants as Slack date tokens."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from zoneinfo import ZoneInfo

from council.people import Person
from council.sentence import Fact, Sentence, When, Where, Who
from council.workspace import Workspace
from handlers.kit import channel_link, quoted, when

MOST_NAME = 80


def name(person: str, people: Mapping[str, Person]) -> str:
    """The person's name as plain words, escaped; never a mention."""
    known = people.get(person)
    return quoted(known.name, MOST_NAME) if known and known.name else "a colleague"


def plain_name(person: str, people: Mapping[str, Person]) -> str:
    """The person's name where Slack shows no markup."""
    known = people.get(person)
    return known.name if known and known.name else "a colleague"


def listed(words: Sequence[str]) -> str:
    """Words in a row, as people say them: *Ana, Ben and you*."""
    return words[0] if len(words) == 1 else f"{', '.join(words[:-1])} and {words[-1]}"


def read(sentence: Sentence, workspace: Workspace) -> str:
    """The sentence as mrkdwn."""
    facts = {key: fact_words(fact, workspace) for key, fact in sentence.facts.items()}
    return sentence.text.format_map(facts)


def fact_words(fact: Fact, workspace: Workspace) -> str:
    """One fact as mrkdwn."""
    match fact:
        case Who(person):
            return name(person, workspace.people)
        case When(instant):
            return when(instant, workspace.hours.zone)
        case Where(channel):
            return channel_link(channel)
        case int():
            return str(fact)
        case str():
            return quoted(fact)


def upper_first(words: str) -> str:
    """The words as the beginning of a sentence."""
    return words[:1].upper() + words[1:]


def plain(sentence: Sentence, workspace: Workspace) -> str:
    """The sentence where Slack shows no markup: unescaped, instants in the workspace's zone."""
    zone = ZoneInfo(workspace.hours.zone)
    words: dict[str, str] = {}
    for key, fact in sentence.facts.items():
        match fact:
            case Who(person):
                words[key] = plain_name(person, workspace.people)
            case When(instant):
                local = instant.astimezone(zone)
                words[key] = f"{local:%a} {local.day} {local:%b}, {local:%H:%M} ({workspace.hours.zone})"
            case Where(channel):
                words[key] = channel
            case _:
                words[key] = str(fact)
    return sentence.text.format_map(words)
