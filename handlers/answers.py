"""What a listener answers. How it reaches the person depends on where they pressed."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

from slack_sdk.models.blocks import Block, Option, OptionGroup
from slack_sdk.models.views import View

from handlers import kit
from handlers.forms import modal


@dataclass(frozen=True, slots=True)
class Private:
    """Something only this person sees."""

    text: str
    blocks: list[Block] = field(default_factory=list)


@dataclass(frozen=True, slots=True)
class Errors:
    """Sentences under their fields; the modal stays open with everything in it."""

    errors: Mapping[str, str]


@dataclass(frozen=True, slots=True)
class Update:
    """The same window shows something else."""

    view: View


@dataclass(frozen=True, slots=True)
class Clear:
    """All windows close."""


@dataclass(frozen=True, slots=True)
class Options:
    """What a search found."""

    options: list[Option]


@dataclass(frozen=True, slots=True)
class OptionsInGroups:
    """What a search found, under headings."""

    groups: list[OptionGroup]


Answer = Private | Errors | Update | Clear | Options | OptionsInGroups | None
"""None: nothing to say; a modal closes."""


def as_modal(answer: Private, title: str = "Tiebreak") -> View:
    """A private answer as a window of its own, where there is no conversation to say it in."""
    return modal("told", title, answer.blocks or [kit.text(answer.text)], close="Done")


def as_blocks(answer: Private) -> list[Block]:
    """A private answer as blocks of a message."""
    return answer.blocks or [kit.text(answer.text)]
