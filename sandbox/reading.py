"""What one person reads: names instead of ids, dates in their own zone, labels instead of blocks."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING
from zoneinfo import ZoneInfo

from sandbox.mrkdwn import Reader, Token, blocks_plain, parse, plain
from sandbox.refusal import Json
from sandbox.views import elements_of, options_of

if TYPE_CHECKING:
    from sandbox.slack import Slack


@dataclass(frozen=True, slots=True)
class Eyes:
    """The eyes of one person."""

    slack: Slack
    person: str

    def text(self, words: str) -> str:
        """A mrkdwn text as it is read."""
        return plain(words, self._names(), self._zone(), self._today())

    def blocks(self, blocks: list[Json]) -> str:
        """All that can be read in blocks, one line each."""
        return blocks_plain(blocks, self._names(), self._zone(), self._today())

    def links(self, shown: object) -> Iterator[tuple[str, str]]:
        """Words and address of every link in a text or in blocks."""
        if isinstance(shown, str):
            yield from self._links(parse(shown))
        elif isinstance(shown, list):
            for item in shown:
                yield from self.links(item) if isinstance(item, dict | list) else ()
        elif isinstance(shown, dict) and shown.get("type") == "mrkdwn":
            yield from self.links(shown["text"])
        elif isinstance(shown, dict):
            yield from self.links(list(shown.values()))

    def _links(self, tokens: Iterable[Token]) -> Iterator[tuple[str, str]]:
        reader = Reader(self._names(), self._zone(), self._today())
        for token in tokens:
            if token.kind == "link":
                yield reader.plain([token]), token.ref
            yield from self._links(token.children)

    def label(self, text: Json | None) -> str:
        """A text object as it is read."""
        if not text:
            return ""
        words = str(text["text"])
        return self.text(words) if text["type"] == "mrkdwn" else words

    def _names(self) -> dict[str, str]:
        workspace = self.slack.workspace
        people = {person.id: person.first_name for person in workspace.people.values()}
        return people | {channel.id: channel.name for channel in workspace.channels.values()}

    def _zone(self) -> str:
        return self.slack.workspace.people[self.person].zone

    def _today(self) -> date:
        return self.slack.now().astimezone(ZoneInfo(self._zone())).date()


@dataclass(frozen=True, slots=True)
class Control:
    """Something to click, choose or type in; `label` is the visible name next to it."""

    block: Json
    element: Json
    label: str

    @property
    def kind(self) -> str:
        return str(self.element["type"])

    @property
    def ids(self) -> tuple[str, str]:
        return str(self.block["block_id"]), str(self.element["action_id"])


def controls(eyes: Eyes, blocks: list[Json]) -> Iterator[Control]:
    """Every control in reading order."""
    for block in blocks:
        for element in elements_of(block):
            yield Control(block, element, _label(eyes, block, element))


def _label(eyes: Eyes, block: Json, element: Json) -> str:
    if element["type"] == "button":
        return eyes.label(element["text"])
    if block["type"] == "input":
        return eyes.label(block["label"])
    return eyes.label(element.get("placeholder")) or eyes.label(block.get("text")) or str(element["type"])


def names_of(control: Control, eyes: Eyes) -> set[str]:
    """All visible names a control answers to: label, placeholder, the text beside it."""
    texts = [
        control.label,
        eyes.label(control.element.get("placeholder")),
        eyes.label(control.block.get("text")),
    ]
    return {text for text in texts if text}


def option_texts(eyes: Eyes, element: Json) -> list[str]:
    """The visible options of a select, menu, radio or checkbox group."""
    return [eyes.label(option["text"]) for option in options_of(element)]


def option_named(eyes: Eyes, options: list[Json], text: str) -> Json | None:
    """The option with that visible text."""
    return next((option for option in options if eyes.label(option["text"]) == text), None)
