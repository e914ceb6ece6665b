"""From what somebody types to what Slack stores: escaped text with real mentions, and a rich text block."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from sandbox.mrkdwn import escape
from sandbox.refusal import Json, NotPossible

if TYPE_CHECKING:
    from sandbox.workspace import Workspace

_SPECIAL = frozenset({"channel", "here", "everyone"})
_PIECE = re.compile(
    r"(?P<url>https?://[^\s<>|]+)|(?<![\w@])@(?P<person>[\w.-]*\w)|(?<![\w#&])#(?P<channel>[\w-]+)"
    r"|:(?P<emoji>[a-z0-9_+-]+):"
)


def composed(workspace: Workspace, typed: str) -> tuple[str, list[Json]]:
    """The stored text and the block of elements it is made of."""
    text: list[str] = []
    elements: list[Json] = []
    place = 0
    for match in _PIECE.finditer(typed):
        piece = _piece(workspace, match)
        if piece is None:
            continue
        _words(text, elements, typed[place : match.start()])
        text.append(piece[0])
        elements.append(piece[1])
        place = match.end()
    _words(text, elements, typed[place:])
    section = {"type": "rich_text_section", "elements": elements}
    return "".join(text), [{"type": "rich_text", "elements": [section]}]


def command_text(workspace: Workspace, typed: str) -> str:
    """A command's text when its manifest entry says `should_escape`: ids with names, entities escaped."""
    text: list[str] = []
    place = 0
    for match in _PIECE.finditer(typed):
        text.append(escape(typed[place : match.start()]))
        text.append(_with_name(workspace, match))
        place = match.end()
    return "".join([*text, escape(typed[place:])])


def _words(text: list[str], elements: list[Json], words: str) -> None:
    if words:
        text.append(escape(words))
        elements.append({"type": "text", "text": words})


def _piece(workspace: Workspace, match: re.Match[str]) -> tuple[str, Json] | None:
    whole = match.group()
    if match["url"]:
        return f"<{whole.replace('&', '&amp;')}>", {"type": "link", "url": whole}
    if match["emoji"]:
        return whole, {"type": "emoji", "name": match["emoji"]}
    if match["person"] in _SPECIAL:
        return f"<!{match['person']}>", {"type": "broadcast", "range": match["person"]}
    if match["person"]:
        person = person_called(workspace, match["person"])
        return (f"<@{person}>", {"type": "user", "user_id": person}) if person else None
    channel = channel_called(workspace, match["channel"])
    return (f"<#{channel}|>", {"type": "channel", "channel_id": channel}) if channel else None


def _with_name(workspace: Workspace, match: re.Match[str]) -> str:
    person = person_called(workspace, match["person"]) if match["person"] else ""
    if person:
        return f"<@{person}|{workspace.people[person].name}>"
    channel = channel_called(workspace, match["channel"]) if match["channel"] else ""
    if channel:
        return f"<#{channel}|{workspace.channels[channel].name}>"
    return f"<{match.group()}>" if match["url"] else escape(match.group())


def person_called(workspace: Workspace, name: str) -> str:
    """The id of whoever `@name` means, empty when nobody."""
    try:
        return workspace.person(name).id
    except NotPossible:
        return ""


def channel_called(workspace: Workspace, name: str) -> str:
    """The id of the channel `#name` means, empty when none."""
    try:
        return workspace.channel(name).id
    except NotPossible:
        return ""
