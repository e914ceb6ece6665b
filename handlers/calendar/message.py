"""`/ai-council calendar`: which calendars there are for somebody, and how they get at them."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from slack_sdk.models.blocks import Block

from handlers import kit
from handlers.answers import Private
from handlers.calendar.names import Acts

MINE, COUNCIL = "mine", "council"
HOW = (
    "Google Calendar: Other calendars, From URL. Outlook: Add calendar, Subscribe from web. "
    "Apple: File, New calendar subscription. They look for news every few hours."
)
OFF = "Links are switched off here. A file shows what is planned now, and does not follow what changes."
ON_ITS_WAY = "The file comes as a direct message."
AGAIN = "This link was shown once already. If you do not have it, a new one takes its place."
REMOVED = "The link is removed: calendars that use it show nothing new any more."
NONE_TO_REMOVE = "There is no link to remove."


@dataclass(frozen=True, slots=True, kw_only=True)
class Having:
    """One calendar: the names of what is in it, and since when it has a link (aware UTC; None: none)."""

    whose: str
    names: tuple[str, ...]
    since: datetime | None = None


def overview(calendars: Sequence[Having], *, links: bool, zone: str) -> Private:
    """All calendars somebody may have, with their buttons; `links`: they can be read from outside."""
    blocks: list[Block] = []
    for each in calendars:
        blocks += [kit.text(_words(each, links=links, zone=zone)), *kit.buttons(_buttons(each, links=links))]
    return Private("Your council calendar", [*blocks, *([] if links else [kit.small(OFF)])])


def _words(having: Having, *, links: bool, zone: str) -> str:
    mine = having.whose == MINE
    head = "*Your calendar*" if mine else "*The council's calendar*"
    names = ", ".join(kit.quoted(name, 100) for name in having.names[:20])
    empty = "You hold no seat of a ceremony yet." if mine else "There is no ceremony yet."
    lines = [head, f"In it: {names}." if names else empty]
    if links and having.since:
        at = kit.when(having.since, zone)
        lines.append(f"It has a private link since {at}, which cannot be shown again: a new one replaces it.")
    return "\n".join(lines)


def _buttons(having: Having, *, links: bool) -> list[kit.Pressable]:
    whose, mine = having.whose, having.whose == MINE
    row: list[kit.Pressable] = []
    if links and having.since:
        row += [
            kit.button("New link" if mine else "New council link", Acts.NEW_LINK, whose),
            kit.button("Remove link" if mine else "Remove council link", Acts.REMOVE_LINK, whose),
        ]
    elif links:
        row.append(
            kit.button("Show my private link" if mine else "Show the council's link", Acts.SHOW_LINK, whose)
        )
    label = "Download .ics" if mine else "Download the council's .ics"
    return [*row, kit.button(label, Acts.DOWNLOAD, whose)]


def link_made(whose: str, url: str, *, replaced: bool) -> Private:
    """The link, once; whoever has it can read the calendar."""
    what = "Your private link" if whose == MINE else "The council's private link"
    old = " The old one has stopped working." if replaced else ""
    share = "keep it to yourself" if whose == MINE else "give it to nobody but the council"
    lines = [f"*{what}*{old}", f"`{url}`", f"Whoever has it can read the calendar, so {share}."]
    return Private(f"{what}: {url}", [kit.text("\n".join(lines)), kit.small(HOW)])


def shown_once(whose: str) -> Private:
    """The same press came a second time: the first one's link stands and was shown."""
    label = "New link" if whose == MINE else "New council link"
    return Private(AGAIN, [kit.text(AGAIN), *kit.buttons([kit.button(label, Acts.NEW_LINK, whose)])])
