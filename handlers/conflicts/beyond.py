"""What is longer than its place in the form: it begins there, and is kept whole below, then as context."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from itertools import islice

from slack_sdk.models.blocks import Block

from handlers import forms
from handlers.forms import field

PART, MOST = 2500, 16
"""Details shows so many characters of one piece of context; so many pieces hold Slack's longest message."""
ALL_OF_IT = "That is more than fits above. All of it stands here and is kept as context."
NAME = "beyond_"


def fitted(typed: str, most: int) -> tuple[str, dict[str, str]]:
    """The text on one line, and nothing more when it fits; else how it begins, and all of it in pieces.

    The pieces, cut between words like the beginning, stand by the blocks they are shown in.
    """
    line = " ".join(typed.split())
    if len(line) <= most:
        return line, {}
    head = line[: most - 1]
    parts = {f"{NAME}{n}": part for n, part in enumerate(islice(_pieces(typed.strip()), MOST))}
    return f"{head.rpartition(' ')[0] or head}…", parts


def _pieces(rest: str) -> Iterator[str]:
    while len(rest) > PART:
        cut = max(rest.rfind(" ", 1, PART + 1), rest.rfind("\n", 1, PART + 1))
        cut = cut if cut > 0 else PART
        yield rest[:cut]
        rest = rest[cut:].lstrip()
    yield rest


def gathered(typed: Mapping[str, str]) -> dict[int, str]:
    """The pieces of a form by their places; one that was emptied is left out."""
    places = {block.removeprefix(NAME): text for block, text in typed.items() if block.startswith(NAME)}
    return {int(place): text for place, text in places.items() if place.isdecimal() and text}


def beyond_fields(parts: Mapping[int, str]) -> list[Block]:
    """One input for each piece, whose block is never another's; the first says why they are there."""
    first = min(parts, default=0)
    return [
        field(
            f"{NAME}{place}",
            "What should the owner know?" if place == first else "… continued",
            forms.line(part, tall=True),
            hint=ALL_OF_IT if place == first else None,
            optional=True,
        )
        for place, part in sorted(parts.items())
    ]
